"""Exercise on the flip: convolution in the sense of mathematics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, has_shape
from cnnbook.checks.inputs import pairs
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import NAN_CASES, SQUARE_ONLY, TOO_LARGE, TOUCHES
from cnnbook.conv import convolve2d
from cnnbook.conv import cross_correlate2d as slide

__all__ = ["convolve"]


def convolve(function: Callable[..., Any]) -> Verdict:
    """Check ``convolve(image, kernel)``: convolution in the sense of mathematics.

    The kernel is flipped in both directions, then slid over the image. This is
    :func:`cnnbook.convolve2d`.

    Examples
    --------
    >>> convolve(lambda image, kernel: ...)
    Not attempted yet. Write convolve where the ... stands, run that cell, and then this one.
    """
    return check(function, "convolve", reference=convolve2d, cases=pairs(), diagnoses=CONVOLVE)


QUARTER = "You turned the kernel by a quarter: flipping both ways is half a turn."
CONVOLVE = (
    Diagnosis(
        computes(slide),
        "Your kernel is not flipped: this is the cross-correlation. Reverse its rows and its columns first.",
    ),
    Diagnosis(
        computes(lambda x, w: slide(x, w[::-1])),
        "You reversed the kernel's rows only: reverse its columns, too.",
    ),
    Diagnosis(
        computes(lambda x, w: slide(x, w[:, ::-1])),
        "You reversed the kernel's columns only: reverse its rows, too.",
    ),
    Diagnosis(
        computes(lambda x, w: slide(x, w.T)),
        "You transposed the kernel. A flip swaps no rows with columns: it reverses the order of both.",
    ),
    Diagnosis(
        computes(lambda x, w: slide(x, np.rot90(w))),
        QUARTER,
    ),
    Diagnosis(
        computes(lambda x, w: slide(x, np.rot90(w, -1))),
        QUARTER,
    ),
    Diagnosis(
        computes(lambda x, w: slide(np.flip(x), w)),
        "You flipped the image, so the output comes out reversed: flip the kernel instead.",
    ),
    Diagnosis(
        computes(lambda x, w: np.flip(slide(x, w))),
        "You flipped the output: flip the kernel before it slides.",
    ),
    Diagnosis(
        has_shape(lambda x, w: (x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1)),
        TOUCHES,
    ),
    Diagnosis(
        has_shape(lambda x, w: x.shape),
        TOO_LARGE,
    ),
    NAN_CASES,
    SQUARE_ONLY,
)
