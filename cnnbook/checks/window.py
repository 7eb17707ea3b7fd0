"""Exercises on one window: how many there are, and the weighted sum of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes
from cnnbook.checks.inputs import pairs, shapes, special, valid_shape
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import COUNT, FLIPPED, NAN_CASES, SQUARE_ONLY

__all__ = ["output_shape", "weighted_sum"]


def output_shape(function: Callable[..., Any]) -> Verdict:
    """Check ``output_shape(image_shape, kernel_shape)``: how many windows fit, down and across.

    Both shapes are (height, width) pairs, and the kernel fits into the image. The result is the
    tuple (H_out, W_out).

    Examples
    --------
    >>> output_shape(lambda image_shape, kernel_shape: ...)
    Not attempted yet. Write output_shape where the ... stands, run that cell, and then this one.
    """
    large = [((7, 7), (3, 3)), ((28, 28), (5, 5)), ((480, 640), (3, 5)), ((256, 256), (256, 1))]
    cases = [
        Case({"image_shape": image_shape, "kernel_shape": kernel_shape}, special(image_shape, kernel_shape))
        for image_shape, kernel_shape in [*shapes(4), *large]
    ]
    return check(function, "output_shape", reference=valid_shape, cases=cases, diagnoses=OUTPUT_SHAPE)


def weighted_sum(function: Callable[..., Any]) -> Verdict:
    """Check ``weighted_sum(image, kernel, row, column)``: the sum of products of one window.

    The window has the kernel's shape, and its upper left corner at (row, column). The kernel is
    not flipped. The result is a number.

    Examples
    --------
    >>> weighted_sum(lambda image, kernel, row, column: ...)
    Not attempted yet. Write weighted_sum where the ... stands, run that cell, and then this one.
    """
    return check(function, "weighted_sum", reference=window_sum, cases=places(), diagnoses=WEIGHTED_SUM)


def window(image: np.ndarray, kernel: np.ndarray, row: int, column: int) -> np.ndarray:
    """Return the window of the image with its upper left corner at (row, column)."""
    return image[row : row + kernel.shape[0], column : column + kernel.shape[1]]


def window_sum(image: np.ndarray, kernel: np.ndarray, row: int, column: int) -> float:
    """Return the sum of products of one window."""
    return (window(image, kernel, row, column) * kernel).sum()


def places() -> Iterator[Case]:
    """Yield images and kernels with the first, the last and a corner window."""
    for case in pairs(3):
        H_out, W_out = valid_shape(case.arguments["image"].shape, case.arguments["kernel"].shape)
        for row, column in sorted({(0, 0), (0, W_out - 1), (H_out - 1, 0), (H_out - 1, W_out - 1)}):
            yield Case({**case.arguments, "row": row, "column": column}, case.why)


OUTPUT_SHAPE = (
    Diagnosis(
        computes(lambda image_shape, kernel_shape: tuple(np.subtract(image_shape, kernel_shape))),
        f"One row and one column too few: count the last window. {COUNT}",
    ),
    Diagnosis(
        computes(lambda image_shape, kernel_shape: tuple(np.add(image_shape, kernel_shape) - 1)),
        "You counted every place where the kernel touches the image. It has to lie wholly inside: "
        "subtract K_h - 1 from H, and do not add it.",
    ),
    Diagnosis(
        computes(lambda image_shape, kernel_shape: image_shape),
        f"That is the image's own shape, but not every pixel can be a window's corner. {COUNT}",
    ),
    Diagnosis(
        computes(lambda image_shape, kernel_shape: tuple(np.floor_divide(image_shape, kernel_shape))),
        "You laid the windows side by side. They overlap: each starts one pixel after the one before it.",
    ),
    Diagnosis(
        computes(lambda image_shape, kernel_shape: valid_shape(image_shape, kernel_shape)[::-1]),
        "Height and width are swapped: a shape is (height, width), rows first.",
    ),
    Diagnosis(
        computes(lambda image_shape, kernel_shape: tuple(np.subtract(image_shape, kernel_shape) + 2)),
        f"One row and one column too many. {COUNT}",
    ),
    SQUARE_ONLY,
)

WEIGHTED_SUM = (
    Diagnosis(computes(lambda x, w, i, j: window(x, w, i, j) * w), "These are the products: now sum them."),
    Diagnosis(computes(lambda x, w, i, j: window_sum(x, np.flip(w), i, j)), FLIPPED),
    Diagnosis(
        computes(lambda x, w, i, j: window_sum(x, w, j, i)),
        "Row and column are swapped: the window is image[row : row + K_h, column : column + K_w].",
    ),
    Diagnosis(
        computes(lambda x, w, i, j: window_sum(x, w, 0, 0)),
        "You always take the window in the upper left corner: it has to start at (row, column).",
    ),
    Diagnosis(
        computes(lambda x, w, i, j: window(x, w, i, j).sum()),
        "You summed the window without the kernel: multiply each pixel by its weight first.",
    ),
    Diagnosis(
        computes(lambda x, w, i, j: (window(x, w, i, j) * w).mean()),
        "You took the mean of the products: a weighted sum is not divided by the number of weights.",
    ),
    Diagnosis(
        computes(lambda x, w, i, j: window_sum(x, w[:-1, :-1], i, j)),
        "The last row and the last column of the window are missing: range(K_h) ends at K_h - 1 by itself, "
        "and a slice start : start + K_h before start + K_h.",
    ),
    Diagnosis(
        computes(lambda x, w, i, j: window(x, w, i, j) @ w),
        "The sign @ is the product of matrices. Here every pixel meets its own weight: use *, then sum.",
    ),
    Diagnosis(
        computes(lambda x, w, i, j: (window(x, w, i, j) * w)[-1, -1]),
        "Only the last product is left: add each one to the sum with +=.",
    ),
    Diagnosis(
        computes(lambda x, w, i, j: (window(x, w, i, j) * w).sum(axis=0)),
        "You summed along one direction only: sum over the rows and the columns of the window.",
    ),
    NAN_CASES,
    SQUARE_ONLY,
)
