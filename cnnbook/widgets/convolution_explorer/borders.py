"""What the padding of a sliding window holds, and how often its windows count each pixel."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np

from cnnbook.im2col import col2im, im2col

__all__ = ["FACTS", "MODES", "check_border", "coverage", "pad", "reached"]

FACTS: dict[str, Any] = json.loads(files(__package__).joinpath("facts.json").read_text("utf-8"))
"""What the page has to know too."""
MODES: dict[str, str] = FACTS["modes"]
"""PyTorch's names of the padding modes, each with NumPy's."""


def check_border(shape: tuple[int, int], padding: int, mode: str) -> None:
    """Raise ``ValueError`` if a picture of this shape is too small for the padding in this mode.

    Examples
    --------
    >>> check_border((3, 5), 3, "reflect")
    Traceback (most recent call last):
      ...
    ValueError: padding_mode 'reflect' needs a padding below the input's size: padding is 3, height is 3
    """
    for side, n in zip(("height", "width"), shape, strict=True):
        if mode == "reflect" and padding >= n:
            need = "a padding below the input's size"
        elif mode == "circular" and padding > n:
            need = "a padding no larger than the input"
        else:
            continue
        raise ValueError(f"padding_mode {mode!r} needs {need}: padding is {padding}, {side} is {n}")


def pad(image: np.ndarray, padding: int, mode: str) -> np.ndarray:
    """Return a padded copy of a picture (H, W).

    Examples
    --------
    >>> pad(np.array([[1, 2, 3]]), 1, "circular")[0]
    array([3, 1, 2, 3, 1])
    """
    return np.pad(image, padding, MODES[mode])


def coverage(
    shape: tuple[int, int], kernel: tuple[int, int], stride: int, padding: int, dilation: int, mode: str
) -> np.ndarray:
    """Count how often all windows together meet each pixel of a picture.

    Parameters
    ----------
    shape, kernel : tuple of int
        The sizes of the picture and of the kernel.
    stride, padding, dilation : int
        As in :func:`cnnbook.output_size`.
    mode : str
        One of :data:`MODES`. A zero of the padding is no pixel and is not counted; any other
        padding is a copy of some pixel, and counts for that pixel.

    Returns
    -------
    counts : ndarray, shape (H, W), int64

    Examples
    --------
    >>> coverage((3, 3), (3, 3), stride=1, padding=1, dilation=1, mode="zeros")
    array([[4, 6, 4],
           [6, 9, 6],
           [4, 6, 4]])
    >>> coverage((3, 3), (3, 3), stride=1, padding=1, dilation=1, mode="circular")
    array([[9, 9, 9],
           [9, 9, 9],
           [9, 9, 9]])
    """
    H, W = shape
    met = meetings(shape, kernel, stride, padding, dilation)
    if mode == "zeros":
        return met[padding : padding + H, padding : padding + W].copy()
    origin = pad(np.arange(H * W).reshape(H, W), padding, mode)  # which pixel stands where
    counts = np.zeros(H * W, np.int64)
    np.add.at(counts, origin.ravel(), met.ravel())
    return counts.reshape(H, W)


def reached(
    shape: tuple[int, int], kernel: tuple[int, int], stride: int, padding: int, dilation: int
) -> np.ndarray:
    """Return where in the padded picture some window lies: (H + 2 * padding, W + 2 * padding), bool.

    Examples
    --------
    >>> reached((1, 4), (1, 3), stride=2, padding=0, dilation=1)
    array([[ True,  True,  True, False]])
    """
    return meetings(shape, kernel, stride, padding, dilation) > 0


def meetings(
    shape: tuple[int, int], kernel: tuple[int, int], stride: int, padding: int, dilation: int
) -> np.ndarray:
    """Count in how many windows each place of the padded picture lies."""
    size = tuple(n + 2 * padding for n in shape)
    ones = im2col(np.ones((1, 1, *size), np.int64), kernel, stride, 0, dilation)
    return col2im(ones, size, kernel, stride, 0, dilation)[0, 0]
