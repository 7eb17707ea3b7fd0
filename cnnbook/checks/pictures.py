"""Exercises on pictures and image kernels: the range of the numbers, and a separable kernel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, only_where, raises
from cnnbook.checks.inputs import digits, signed
from cnnbook.checks.report import Verdict

__all__ = ["separable", "to_unit_range"]


def to_unit_range(function: Callable[..., Any]) -> Verdict:
    """Check ``to_unit_range(image)``: a picture of 0 to 255 (uint8) as numbers from 0 to 1.

    0 stays 0, and 255 becomes 1. The result has the shape of the picture, grey (H, W) or in
    colour (H, W, 3), and holds floating-point numbers.

    Examples
    --------
    >>> to_unit_range(lambda image: ...)
    Not attempted yet. Write to_unit_range where the ... stands, run that cell, and then this one.
    """
    pictures = (
        ([[255]], "white"),
        ([[0]], "black"),
        ([[51]], "grey"),
        ([[0, 255]], ""),
        ([[51], [102]], "no white in it"),
        ([[100, 101, 102]], "hardly any contrast"),
        ([[200, 250], [10, 3]], ""),
        (digits(2, 3, 3) * 28, "in colour"),
        (np.arange(256).reshape(8, 32), "every value there is"),
    )
    cases = [Case({"image": np.array(picture, np.uint8)}, why) for picture, why in pictures]
    return check(function, "to_unit_range", reference=lambda image: image / 255, cases=cases, diagnoses=UNIT)


def separable(function: Callable[..., Any]) -> Verdict:
    """Check ``separable(column, row)``: the kernel whose entry (u, v) is column[u] times row[v].

    Both are vectors, of shapes (K_h,) and (K_w,); the result has shape (K_h, K_w).

    Examples
    --------
    >>> separable(lambda column, row: ...)
    Not attempted yet. Write separable where the ... stands, run that cell, and then this one.
    """
    vectors = [(signed(n), digits(m), "") for n in range(1, 5) for m in range(1, 5)]
    vectors += [
        (np.array([1.0, 2.0, 1.0]), np.array([-1.0, 0.0, 1.0]), "a Sobel filter"),
        (np.array([1.0, 2.0, 1.0]) / 4, np.array([1.0, 4.0, 6.0, 4.0, 1.0]) / 16, "fractions"),
        (np.array([1.0, 0.0, 3.0]), np.zeros(2), "zeros"),
    ]
    cases = [
        Case({"column": column, "row": row}, why or ("two lengths" if column.size != row.size else ""))
        for column, row, why in vectors
    ]
    return check(function, "separable", reference=np.outer, cases=cases, diagnoses=SEPARABLE)


UNIT = (
    Diagnosis(
        computes(lambda image: image // 255),
        "The fractions are cut off, so only white is left. The sign // does that, and so does a conversion "
        "to whole numbers: divide with /, and leave the result in floating point.",
    ),
    Diagnosis(
        computes(lambda image: image / 256),
        "You divided by 256. There are 256 values, but the largest is 255, and that has to become 1.",
    ),
    Diagnosis(
        computes(lambda image: image / image.max()),
        "You divided by the largest value in the picture, so a dark picture comes out bright: "
        "divide by 255, the largest value there is.",
    ),
    Diagnosis(
        computes(lambda image: (image - image.min()) / (image.max() - image.min())),
        "You stretched the picture's own range, which changes its contrast: divide by 255 and do no more.",
    ),
    Diagnosis(
        computes(lambda image: image / 127.5 - 1),
        "Your numbers run from -1 to 1: they have to run from 0 to 1.",
    ),
    Diagnosis(
        computes(lambda image: 1 - image / 255),
        "Black and white are swapped: 0 has to stay 0.",
    ),
    Diagnosis(
        computes(lambda image: image / 100), "You divided by 100: these are no percentages, white is 255."
    ),
    Diagnosis(
        computes(lambda image: image.astype(float)),
        "Your numbers still run from 0 to 255: the type has changed, now divide.",
    ),
    Diagnosis(
        raises(TypeError, "Cannot cast"),
        "A division in place (/=) has to store fractions in whole numbers, and NumPy refuses: write "
        "image / 255, which makes a new array.",
    ),
    Diagnosis(
        computes(lambda image: (image + np.uint8(1)) / 256),
        "255 + 1 is 0 in uint8, which counts from 0 to 255 and starts again: divide by 255 instead.",
    ),
    only_where(
        lambda image: image.ndim == 3,
        "Every case that fails is a picture in colour, shape (H, W, 3): your code takes it to be (H, W).",
    ),
)

SEPARABLE = (
    Diagnosis(
        computes(lambda column, row: np.outer(row, column)),
        "Your kernel is transposed: column[u] belongs to row u of the kernel, row[v] to its column v.",
    ),
    Diagnosis(
        computes(lambda column, row: column[:, None] + row[None, :]),
        "You added the two numbers: each entry is their product.",
    ),
    Diagnosis(
        computes(lambda column, row: column @ row),
        "A product of two vectors with @ sums, and leaves one number: you want every product by itself. "
        "np.outer does it, and so does column[:, None] * row[None, :].",
    ),
    Diagnosis(
        computes(lambda column, row: column * row),
        "You multiplied number by number, along one direction: every number of the column has to meet every "
        "number of the row. Give the column a second axis: column[:, None] * row[None, :].",
    ),
    Diagnosis(
        computes(lambda column, row: np.outer(column, row) / np.outer(column, row).sum()),
        "You divided the kernel by its sum: leave it as it is, a Sobel filter has the sum zero.",
    ),
    Diagnosis(
        computes(lambda column, row: np.outer(column, row).ravel()),
        "These are the right numbers in one line: give them the shape (K_h, K_w).",
    ),
    only_where(
        lambda column, row: column.size != row.size,
        "Every case that fails has a column and a row of two lengths: the shape is (len(column), len(row)).",
    ),
)
