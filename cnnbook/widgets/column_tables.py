"""Columns in three arrangements, and their static tables."""

from __future__ import annotations

import numpy as np

from cnnbook.widgets.static_html import cell_text

__all__ = ["ARRANGEMENTS", "arrange", "table"]

ARRANGEMENTS = ("per picture", "batch last", "rows")


def arrange(cols: np.ndarray, arrangement: str) -> np.ndarray:
    """Bring columns, or what was multiplied out of them, into another arrangement.

    Parameters
    ----------
    cols : ndarray, shape (N, R, L)
        Per picture: a matrix for each picture, a column for each window.
    arrangement : {"per picture", "batch last", "rows"}
        The arrangement wanted.

    Returns
    -------
    ndarray
        Shape (N, R, L), (R, L * N) or (N, L, R). In the second, column ``l * N + n`` is window
        ``l`` of picture ``n``.

    Examples
    --------
    >>> arrange(np.arange(8).reshape(2, 2, 2), "batch last")
    array([[0, 4, 1, 5],
           [2, 6, 3, 7]])
    """
    if arrangement == "batch last":
        return cols.transpose(1, 2, 0).reshape(cols.shape[1], -1)
    return np.ascontiguousarray(cols.transpose(0, 2, 1)) if arrangement == "rows" else cols


def table(
    name: str,
    role: str,
    array: np.ndarray,
    *,
    tints: np.ndarray | None = None,
    outside: np.ndarray | None = None,
    padding: int = 0,
) -> str:
    """Return a matrix as a named table in a scroller, one cell (``td``) a number.

    Parameters
    ----------
    name, role : str
        The accessible name, and the role that gives the colour.
    array : ndarray, shape (H, W)
        The numbers.
    tints : ndarray, shape (H, W), optional
        How strong the colour is, from 0 to 1; by default a number's share of the largest.
    outside : ndarray of bool, shape (H, W), optional
        Which numbers are zeros of the padding.
    padding : int
        How many rows and columns of zeros to draw around the numbers, as header cells.
    """
    H, W = array.shape
    if tints is None:
        tints = np.abs(array) / (np.abs(array).max() or 1)
    if outside is None:
        outside = np.zeros(array.shape, bool)
    letters = max(2, max(len(cell_text(value)) for value in array.flat))
    zero = '<th aria-hidden="true" class="padding">0</th>'
    frame = f'<tr aria-hidden="true">{zero * (W + 2 * padding)}</tr>' * padding
    rows = ""
    for i in range(H):
        cells = ""
        for j in range(W):
            marks = "padding" if outside[i, j] else "negative" if array[i, j] < 0 else ""
            of = f" class={marks}" if marks else ""
            cells += f'<td style="--tint:{tints[i, j]:.2f}"{of}>{cell_text(array[i, j])}</td>'
        rows += f"<tr>{zero * padding}{cells}{zero * padding}</tr>"
    return (
        f'<figure class="cnn-figure"><figcaption><b>{name}</b> <span class="cnn-size">{H} × {W}</span>'
        f'</figcaption><div class="cnn-scroller" tabindex="0" role="group" aria-label="{name}">'
        f'<table class="cnn-grid cnn-{role}" aria-label="{name}" '
        f'style="--columns:{W + 2 * padding};--letters:{letters}">'
        f"<tbody>{frame}{rows}{frame}</tbody></table></div></figure>"
    )
