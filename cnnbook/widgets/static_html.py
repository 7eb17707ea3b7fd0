"""Pieces of the static copies: what stands on a page without JavaScript."""

from __future__ import annotations

import numpy as np

__all__ = ["cell_text", "figure", "grid"]


def cell_text(value: float) -> str:
    """Return a number as it stands in a cell: integers as they are, fractions to two decimals."""
    if float(value).is_integer():
        return str(int(value))
    text = f"{value:.2f}"
    return "0.00" if float(text) == 0 else text


def grid(name: str, role: str, array: np.ndarray, padding: int = 0) -> str:
    """Return a table with one cell (``td``) a number; padding is drawn as header cells."""
    most = np.abs(array).max() or 1
    letters = max(2, max(len(cell_text(value)) for value in array.flat))
    W = array.shape[1]
    pad = '<th aria-hidden="true" class="padding">0</th>'
    outside = f'<tr aria-hidden="true">{pad * (W + 2 * padding)}</tr>' * padding
    rows = ""
    for row in array:
        cells = "".join(
            f'<td style="--tint:{abs(value) / most:.2f}"{" class=negative" if value < 0 else ""}>'
            f"{cell_text(value)}</td>"
            for value in row
        )
        rows += f"<tr>{pad * padding}{cells}{pad * padding}</tr>"
    return (
        f'<table class="cnn-grid cnn-{role}" aria-label="{name}" '
        f'style="--columns:{W + 2 * padding};--letters:{letters}">'
        f"<tbody>{outside}{rows}{outside}</tbody></table>"
    )


def figure(name: str, role: str, array: np.ndarray, padding: int = 0) -> str:
    """Return a grid with its name and its size above it."""
    H, W = array.shape
    return (
        f'<figure class="cnn-figure"><figcaption><b>{name}</b> <span class="cnn-size">{H} × {W}</span>'
        f'</figcaption><div class="cnn-scroller" tabindex="0" role="group" aria-label="{name}">'
        f"{grid(name, role, array, padding)}</div></figure>"
    )
