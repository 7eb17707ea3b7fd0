"""Inputs that break typical mistakes: small numbers to read, and every kind of shape."""

from __future__ import annotations

import numpy as np

__all__ = ["digits", "scattered", "shapes", "signed", "thirds"]

PI = (3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8, 3, 2, 7, 9)
SIGNED = (2, -7, 1, 8, -2, 3, -1, 5, 4, -6, 9)


def digits(*shape: int) -> np.ndarray:
    """Return the digits of pi as an array of a shape, from the start again after 31 of them.

    Examples
    --------
    >>> digits(2, 3)
    array([[3., 1., 4.],
           [1., 5., 9.]])
    """
    return np.resize(np.array(PI, float), shape)


def signed(*shape: int) -> np.ndarray:
    """Return small numbers of both signs as an array of a shape, with no symmetry.

    Examples
    --------
    >>> signed(2, 2)
    array([[ 2., -7.],
           [ 1.,  8.]])
    """
    return np.resize(np.array(SIGNED, float), shape)


def thirds(*shape: int) -> np.ndarray:
    """Return fractions of both signs that no binary number holds exactly, as an array of a shape.

    Examples
    --------
    >>> thirds(4).round(3)
    array([ 0.667, -2.333,  0.333,  2.667])
    """
    return signed(*shape) / 3


def scattered(*shape: int) -> np.ndarray:
    """Return whole numbers that all differ, in no order, as an array of a shape.

    Examples
    --------
    >>> scattered(2, 3)
    array([[12., 49., 86.],
           [22., 59., 96.]])
    """
    n = int(np.prod(shape))
    return ((37.0 * np.arange(n) + 12) % (101 if n <= 101 else 10007)).reshape(shape)


def shapes(up_to: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the shapes of every image and kernel of up to so many rows and columns, if it fits."""
    sizes = [(H, W) for H in range(1, up_to + 1) for W in range(1, up_to + 1)]
    return [
        (image, kernel)
        for image in sizes
        for kernel in sizes
        if kernel[0] <= image[0] and kernel[1] <= image[1]
    ]
