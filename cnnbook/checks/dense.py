"""Exercise on the dense layer in disguise: the matrix that does what a kernel does."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, has_shape
from cnnbook.checks.inputs import shapes, signed, special, valid_shape
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import COUNT, SQUARE_ONLY

__all__ = ["dense_matrix"]

Shape = tuple[int, int]


def dense_matrix(function: Callable[..., Any]) -> Verdict:
    """Check ``dense_matrix(kernel, image_shape)``: the matrix that maps image to output.

    One row for each output, one column for each pixel, both counted row by row, so that
    ``matrix @ image.ravel()`` is ``cross_correlate2d(image, kernel).ravel()``.

    Examples
    --------
    >>> dense_matrix(lambda kernel, image_shape: ...)
    Not attempted yet. Write dense_matrix where the ... stands, run that cell, and then this one.
    """
    large = [((7, 7), (3, 3)), ((5, 6), (3, 2)), ((4, 7), (2, 3))]
    cases = [
        Case(
            {"kernel": signed(*kernel_shape), "image_shape": image_shape}, special(image_shape, kernel_shape)
        )
        for image_shape, kernel_shape in [*shapes(3), *large]
    ]
    cases.append(Case({"kernel": signed(2, 3) / 4, "image_shape": (3, 4)}, "fractions"))
    return check(function, "dense_matrix", reference=matrix_of, cases=cases, diagnoses=DENSE)


def matrix_of(
    kernel: np.ndarray, image_shape: Shape, pixel: Callable[[int, int, Shape], int] | None = None
) -> np.ndarray:
    """Build the matrix; ``pixel`` counts the pixels in a way of its own."""
    H_out, W_out = valid_shape(image_shape, kernel.shape)
    matrix = np.zeros((H_out * W_out, image_shape[0] * image_shape[1]))
    for i, j, u, v in product(*map(range, (H_out, W_out, *kernel.shape))):
        n = (i + u) * image_shape[1] + j + v if pixel is None else pixel(i + u, j + v, image_shape)
        matrix[i * W_out + j, n] = kernel[u, v]
    return matrix


def side_by_side(kernel: np.ndarray, image_shape: Shape) -> np.ndarray:
    """Build the matrix with all of a window's weights next to each other."""
    H_out, W_out = valid_shape(image_shape, kernel.shape)
    matrix = np.zeros((H_out * W_out, image_shape[0] * image_shape[1]))
    for i, j in product(range(H_out), range(W_out)):
        start = i * image_shape[1] + j
        matrix[i * W_out + j, start : start + kernel.size] = kernel.ravel()
    return matrix


def row_by_row(kernel: np.ndarray, image_shape: Shape) -> np.ndarray:
    """Build the matrix with each row one place further than the one above, line breaks forgotten."""
    first = matrix_of(kernel, image_shape)[0]
    H_out, W_out = valid_shape(image_shape, kernel.shape)
    return np.array([np.roll(first, n) for n in range(H_out * W_out)])


DENSE = (
    Diagnosis(
        computes(lambda kernel, image_shape: matrix_of(kernel, image_shape).T),
        "Your matrix is transposed: an output has a row of it, a pixel a column.",
    ),
    Diagnosis(
        computes(lambda kernel, image_shape: matrix_of(np.flip(kernel), image_shape)),
        "Your kernel is flipped: this matrix computes a convolution. Put kernel[u, v] where pixel "
        "(i + u, j + v) stands.",
    ),
    Diagnosis(
        computes(lambda kernel, image_shape: matrix_of(kernel != 0, image_shape)),
        "The ones stand in the right places: put the weights there.",
    ),
    Diagnosis(
        computes(
            lambda kernel, image_shape: matrix_of(kernel, image_shape, lambda y, x, shape: y * shape[0] + x)
        ),
        "You count the pixels with the height: a row of the image is W pixels long, so pixel (y, x) has the "
        "number y * W + x.",
    ),
    Diagnosis(
        computes(
            lambda kernel, image_shape: matrix_of(
                kernel, image_shape, lambda y, x, shape: y * (shape[1] - kernel.shape[1] + 1) + x
            )
        ),
        "You count the pixels with the width of the output: a row of the image is W pixels long, so pixel "
        "(y, x) has the number y * W + x.",
    ),
    Diagnosis(
        computes(side_by_side),
        "The weights of a window do not stand side by side: between one row of the kernel and the next there "
        "are W - K_w pixels that the window leaves out.",
    ),
    Diagnosis(
        computes(row_by_row),
        "Each row of your matrix is the one above, moved on by one. At the end of an image row the window "
        "jumps: it moves on by K_w.",
    ),
    Diagnosis(
        has_shape(lambda kernel, image_shape: (image_shape[0] * image_shape[1],) * 2),
        f"There are fewer outputs than pixels, so the matrix is not square. {COUNT}",
    ),
    Diagnosis(
        has_shape(lambda kernel, shape: (*valid_shape(shape, kernel.shape), *shape)),
        "These are the right numbers with four axes: reshape them to (outputs, pixels).",
    ),
    SQUARE_ONLY,
)
