"""How many windows fit."""

from __future__ import annotations

import numpy as np

from cnnbook.windows import Windows

__all__ = ["size_of_output"]


def size_of_output(
    image: np.ndarray, kernel: np.ndarray, stride: int = 1, padding: int = 0, dilation: int = 1
) -> tuple[int, int]:
    """Return how many windows there are down and across, or raise ``ValueError`` if none fits.

    Height and width are the last two axes of both arrays.

    Examples
    --------
    >>> size_of_output(np.zeros((1, 3, 5, 6)), np.zeros((2, 3, 3, 3)), stride=2, padding=1, dilation=1)
    (3, 3)
    """
    return Windows.of(image.shape[-2:], kernel.shape[-2:], stride, padding, dilation).out
