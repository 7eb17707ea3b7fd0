"""Pieces of the static copies: what stands on a page without JavaScript."""

from __future__ import annotations

import numpy as np

__all__ = ["cell_text", "figure", "grid", "with_sign"]


def cell_text(value: float) -> str:
    """Return a number as it stands in a cell: integers as they are, fractions to two decimals."""
    if float(value).is_integer():
        return str(int(value))
    text = f"{value:.2f}"
    return "0.00" if float(text) == 0 else text


def grid(
    name: str,
    role: str,
    array: np.ndarray,
    padding: int = 0,
    *,
    padded: np.ndarray | None = None,
    dropped: np.ndarray | None = None,
    tints: np.ndarray | None = None,
    outside: np.ndarray | None = None,
) -> str:
    """Return a table with one cell (``td``) a number; padding is drawn as header cells.

    ``padded`` is the array with its padding, numbers or texts (zeros unless given); ``dropped``
    is true where no window reaches, in the padded array. ``tints`` says how strong each colour is,
    from 0 to 1 (a number's share of the largest unless given); ``outside`` is true for numbers of
    ``array`` that are zeros of some padding themselves.
    """
    if padded is None:
        padded = np.pad(array, padding)
    if dropped is None:
        dropped = np.zeros(padded.shape, bool)
    if tints is None:
        tints = np.abs(array) / (np.abs(array).max() or 1)
    if outside is None:
        outside = np.zeros(array.shape, bool)
    H, W = array.shape
    letters = max(2, max(len(cell_text(value)) for value in array.flat))
    rows = ""
    for i in range(-padding, H + padding):
        cells = ""
        for j in range(-padding, W + padding):
            place = i + padding, j + padding
            marks = ["dropped"] * bool(dropped[place])
            if 0 <= i < H and 0 <= j < W:
                marks += ["padding"] if outside[i, j] else ["negative"] * bool(array[i, j] < 0)
                of = f' class="{" ".join(marks)}"' * bool(marks)
                cells += f'<td style="--tint:{tints[i, j]:.2f}"{of}>{cell_text(array[i, j])}</td>'
            else:
                text = padded[place] if isinstance(padded[place], str) else cell_text(padded[place])
                cells += f'<th aria-hidden="true" class="{" ".join(["padding", *marks])}">{text}</th>'
        hidden = "" if 0 <= i < H else ' aria-hidden="true"'
        rows += f"<tr{hidden}>{cells}</tr>"
    return (
        f'<table class="cnn-grid cnn-{role}" aria-label="{name}" '
        f'style="--columns:{W + 2 * padding};--letters:{letters}">'
        f"<tbody>{rows}</tbody></table>"
    )


def figure(name: str, role: str, array: np.ndarray, padding: int = 0, **more: np.ndarray) -> str:
    """Return a grid with its name and its size above it."""
    H, W = array.shape
    frame = f", with frame {H + 2 * padding} × {W + 2 * padding}" if padding else ""
    return (
        f'<figure class="cnn-figure"><figcaption><b>{name}</b> <span class="cnn-size">{H} × {W}{frame}</span>'
        f'</figcaption><div class="cnn-scroller" tabindex="0" role="group" aria-label="{name}">'
        f"{grid(name, role, array, padding, **more)}</div></figure>"
    )


def with_sign(sign: str, part: str) -> str:
    """Return a sign and what follows it, which stay on one line; a screen reader skips the sign."""
    star = " cnn-star" * (sign == "⋆")
    shown = f'<span class="cnn-sign{star}" aria-hidden="true">{sign}</span>'
    return f'<div class="cnn-with-sign">{shown}{part}</div>'
