"""Columns in three arrangements."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np

__all__ = ["ARRANGEMENTS", "FACTS", "arrange"]

FACTS: dict[str, Any] = json.loads(files(__package__).joinpath("facts.json").read_text("utf-8"))
"""What the page has to know too."""
ARRANGEMENTS: tuple[str, ...] = tuple(FACTS["arrangements"])


def arrange(cols: np.ndarray, arrangement: str) -> np.ndarray:
    """Bring columns, or what was multiplied out of them, into another arrangement.

    Parameters
    ----------
    cols : ndarray, shape (N, Q, L)
        Per picture: a matrix for each picture, a column for each window.
    arrangement : {"per picture", "batch last", "rows"}
        The arrangement wanted.

    Returns
    -------
    ndarray
        Shape (N, Q, L), (Q, L * N) or (N, L, Q). In the second, column ``l * N + n`` is window
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
