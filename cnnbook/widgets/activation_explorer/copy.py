"""The static copy of an ActivationExplorer: its numbers, as they stand on a page without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cnnbook.widgets.html import cell_text, figure

if TYPE_CHECKING:
    from cnnbook.widgets.activation_explorer import ActivationExplorer

__all__ = ["static_copy"]

CORNER = 8


def static_copy(explorer: ActivationExplorer, facts: dict[str, Any]) -> str:
    """Return the table of the mode, and what it shows in words."""
    title = facts["titles"][explorer.function]
    if explorer.mode == "picture":
        grids = {"map": ("input", explorer.map), "result": ("output", explorer.output)}
        parts = "".join(
            figure(name, role, array[:CORNER, :CORNER].round(2)) for name, (role, array) in grids.items()
        )
        words = (
            f"The upper left corners of a map of edges, and of what {title} makes of it. "
            f"In the whole map {np.mean(explorer.output == 0):.0%} of the numbers become 0."
        )
        return f'<div class="cnn-stage">{parts}</div><p class="cnn-words">{words}</p>'
    if explorer.mode == "chain":
        signal, gradient = explorer.sizes
        rows = {"signal": signal, "gradient": gradient}
        words = (
            f"{explorer.depth} layers with {title}, weights by {facts['initialisers'][explorer.initialiser]} "
            f"rule: in the last one the signal has the size {short(signal[-1])}, "
            f"and in the first one the gradient {short(gradient[0])}."
        )
        head = ["layer", *map(str, range(1, explorer.depth + 1))]
        return table("sizes", head, rows, short) + f'<p class="cnn-words">{words}</p>'
    names = [explorer.function, *explorer.compare]
    rows = {facts["titles"][name]: row for name, row in zip(names, explorer.values, strict=True)}
    value, slope = explorer.values[0]
    words = f"At {cell_text(explorer.x)}, {title} is {value:.3f}, and its slope is {slope:.3f}."
    head = [f"at x = {cell_text(explorer.x)}", "value", "slope"]
    return table("value and slope", head, rows, "{:.3f}".format) + f'<p class="cnn-words">{words}</p>'


def short(number: float) -> str:
    """Return a number to two digits, as a power of ten where it is far from 1.

    Examples
    --------
    >>> short(1.414), short(0.0123), short(3486784401.0), short(4e-13)
    ('1.4', '0.012', '3.5e9', '4.0e-13')
    """
    if 1e-3 <= number < 1e4:
        return f"{number:.2g}" if number < 10 else f"{number:.0f}"
    digits, exponent = f"{number:.1e}".split("e")
    return f"{digits}e{int(exponent)}"


def table(name: str, head: list[str], rows: dict[str, Any], text: Any) -> str:
    """Return a table with headings on top and on the left."""
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{title}</th>{"".join(f"<td>{text(n)}</td>" for n in row)}</tr>'
        for title, row in rows.items()
    )
    return (
        f'<div class="cnn-scroller" tabindex="0" role="group" aria-label="{name}">'
        f'<table class="cnn-bend-table" aria-label="{name}"><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
