"""The digits as a page carries them: one sheet of numbers, which shared/digits.mjs reads."""

from __future__ import annotations

import numpy as np

from cnnbook.data import digits

__all__ = ["digit_sheet"]


def digit_sheet() -> np.ndarray:
    """Return the training digits as a picture carries its pixels: a row each, at its end what it shows.

    Returns
    -------
    sheet : ndarray, shape (1437, 65, 1), uint8
        64 numbers from 0 to 16, and the label.

    Examples
    --------
    >>> digit_sheet().shape, digit_sheet()[:5, -1, 0]
    ((1437, 65, 1), array([0, 2, 3, 5, 6], dtype=uint8))
    """
    x, y, *_ = digits()
    pixels = (16 * x).astype(np.uint8).reshape(len(x), 64)
    return np.concatenate([pixels, y[:, None].astype(np.uint8)], axis=1)[..., None]
