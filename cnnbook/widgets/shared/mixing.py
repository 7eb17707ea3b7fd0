"""Numbers that look random, and are the same ones on every machine: shared/mixing.mjs has them, too."""

from __future__ import annotations

import numpy as np

__all__ = ["uniform"]


def uniform(beginning: np.ndarray | int, size: int) -> np.ndarray:
    """Return numbers from 0 to below 1 for so many places, from the given one on.

    Parameters
    ----------
    beginning : int or array_like of int, shape (...)
        The first place of each row; only its last 32 bits count.
    size : int
        How many places follow one another.

    Returns
    -------
    numbers : numpy.ndarray, shape (..., size), float64
        Mixed from whole numbers of 32 bits.

    Examples
    --------
    >>> uniform(1, 2).round(3)
    array([0.408, 0.817])
    """
    first = np.asarray(beginning, dtype=np.uint64)[..., None]
    mixed = (np.arange(size, dtype=np.uint64) + first) & np.uint64(0xFFFFFFFF)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor) & np.uint64(0xFFFFFFFF)
    return (mixed ^ (mixed >> np.uint64(16))) / 2**32
