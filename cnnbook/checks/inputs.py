"""Inputs that break typical mistakes: small numbers to read, and every kind of shape."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.shapes import output_size

__all__ = ["digits", "pairs", "shapes", "signed", "special", "valid_shape"]

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


def shapes(up_to: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the shapes of every image and kernel of up to so many rows and columns, if it fits."""
    for H, W in product(range(1, up_to + 1), repeat=2):
        for kernel_shape in product(range(1, H + 1), range(1, W + 1)):
            yield (H, W), kernel_shape


def valid_shape(image_shape: tuple[int, int], kernel_shape: tuple[int, int]) -> tuple[int, int]:
    """Return the shape of the output where the kernel lies wholly inside the image."""
    H_out, W_out = (output_size(n, k) for n, k in zip(image_shape, kernel_shape, strict=True))
    return H_out, W_out


def pairs(up_to: int = 4) -> Iterator[Case]:
    """Yield images with kernels that fit into them: all small shapes, then special ones.

    Every image and kernel of up to ``up_to`` rows and columns comes once, so the smallest case
    that fails is a small one.
    """
    for image_shape, kernel_shape in shapes(up_to):
        yield pair(digits(*image_shape), signed(*kernel_shape), special(image_shape, kernel_shape))
    yield pair(digits(5, 7), signed(3, 2), "neither image nor kernel square")
    yield pair(digits(7, 5), signed(3, 3), "an image that is not square")
    yield pair(digits(7, 7), signed(5, 5), "a large kernel")
    yield pair(signed(6, 5), signed(2, 3), "negative numbers in the image")
    yield pair(digits(5, 4) / 8, signed(2, 3) / 4, "fractions")
    yield pair(digits(4, 5), np.zeros((3, 2)), "a kernel of zeros")
    holed = digits(5, 5)
    holed[1, 3] = np.nan
    yield pair(holed, signed(2, 2), "a NaN that only some windows hold")
    yield pair(digits(6, 4).T, signed(3, 2).T, "arrays that are views")
    yield pair(digits(5, 6).astype(np.float32), signed(3, 3).astype(np.float32), "float32")


def pair(image: np.ndarray, kernel: np.ndarray, why: str) -> Case:
    """Return a case of an image and a kernel."""
    return Case({"image": image, "kernel": kernel}, why)


def special(image_shape: tuple[int, int], kernel_shape: tuple[int, int]) -> str:
    """Say what is special about some shapes, if anything is."""
    if image_shape == kernel_shape:
        return "a kernel as large as the image"
    if 1 in image_shape:
        return "an image of one row" if image_shape[0] == 1 else "an image of one column"
    if kernel_shape[0] != kernel_shape[1]:
        return "a kernel that is not square"
    return "an even kernel" if kernel_shape[0] % 2 == 0 else ""
