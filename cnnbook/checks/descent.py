"""Exercises on learning a kernel: the slope of a loss along one weight, and a step downhill."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case, Formula
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, raises
from cnnbook.checks.inputs import digits, signed
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import SQUARE_ONLY

__all__ = ["nudge", "slope"]


def slope(function: Callable[..., Any]) -> Verdict:
    """Check ``slope(loss, kernel, row, column, h)``: how steep the loss is along one weight.

    The central difference: the loss with that weight raised by h, minus the loss with it lowered
    by h, divided by 2 h. ``loss`` takes a kernel and returns a number; the kernel is left as it was.

    Examples
    --------
    >>> slope(lambda loss, kernel, row, column, h: ...)
    Not attempted yet. Write slope where the ... stands, run that cell, and then this one.
    """
    losses = (
        Formula("lambda kernel: kernel.sum()", lambda kernel: kernel.sum()),
        Formula("lambda kernel: (kernel**2).sum()", lambda kernel: (kernel**2).sum()),
        Formula("lambda kernel: (kernel**3).sum()", lambda kernel: (kernel**3).sum()),
        Formula("lambda kernel: kernel.prod()", lambda kernel: kernel.prod()),
    )
    cases = []
    for shape in ((1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 3)):
        row, column = shape[0] - 1, shape[1] // 2
        for loss in losses:
            case = {"loss": loss, "kernel": signed(*shape), "row": row, "column": column, "h": 0.5}
            cases.append(Case(case, "" if shape[0] == shape[1] else "a kernel that is not square"))
            cases.append(Case({**case, "h": 0.125}, "a smaller h"))
    return check(function, "slope", reference=central, cases=cases, diagnoses=SLOPE)


def nudge(function: Callable[..., Any]) -> Verdict:
    """Check ``nudge(kernel, slopes, step)``: the kernel after one step downhill.

    Every weight moves against its slope, by ``step`` times the slope. The result is a new array.

    Examples
    --------
    >>> nudge(lambda kernel, slopes, step: ...)
    Not attempted yet. Write nudge where the ... stands, run that cell, and then this one.
    """
    cases = [
        Case({"kernel": digits(*shape), "slopes": signed(*shape), "step": step}, why)
        for shape in ((1, 1), (1, 2), (2, 2), (2, 3), (3, 3))
        for step, why in ((0.5, ""), (0.25, ""), (0.0, "a step of zero"))
    ]
    return check(function, "nudge", reference=downhill, cases=cases, diagnoses=NUDGE)


def moved(kernel: np.ndarray, row: int, column: int, h: float) -> np.ndarray:
    """Return a copy of a kernel with one weight moved by ``h``."""
    kernel = kernel.copy()
    kernel[row, column] += h
    return kernel


Loss = Callable[[np.ndarray], float]


def central(loss: Loss, kernel: np.ndarray, row: int, column: int, h: float) -> float:
    """Return the central difference."""
    return (loss(moved(kernel, row, column, h)) - loss(moved(kernel, row, column, -h))) / (2 * h)


def downhill(kernel: np.ndarray, slopes: np.ndarray, step: float) -> np.ndarray:
    """Return the kernel after a step."""
    return kernel - step * slopes


SLOPE = (
    Diagnosis(
        computes(lambda f, w, i, j, h: (f(moved(w, i, j, h)) - f(w)) / h),
        "This is the forward difference: lower the weight by h as well, and divide by 2 h. The error then "
        "shrinks with h squared, and not only with h.",
    ),
    Diagnosis(
        computes(lambda f, w, i, j, h: (f(w) - f(moved(w, i, j, -h))) / h),
        "This is the backward difference: raise the weight by h as well, and divide by 2 h.",
    ),
    Diagnosis(
        computes(lambda f, w, i, j, h: 2 * central(f, w, i, j, h)),
        "Your slope is twice too steep: from -h to +h it is 2 h, so divide by 2 * h.",
    ),
    Diagnosis(
        computes(lambda f, w, i, j, h: central(f, w, i, j, h) * h * h),
        "Python reads a / 2 * h as (a / 2) * h: write a / (2 * h).",
    ),
    Diagnosis(
        computes(lambda f, w, i, j, h: central(f, w, i, j, h) * 2 * h),
        "This is how much the loss changes: divide by 2 h to get the slope.",
    ),
    Diagnosis(
        computes(lambda f, w, i, j, h: -central(f, w, i, j, h)),
        "Your slope has the wrong sign: subtract the loss at -h from the loss at +h.",
    ),
    Diagnosis(
        computes(lambda f, w, i, j, h: (f(w + h) - f(w - h)) / (2 * h)),
        "You moved all the weights at once: move kernel[row, column] only.",
    ),
    Diagnosis(
        computes(lambda f, w, i, j, h: central(f, w, j, i, h)),
        "Row and column are swapped: the weight is kernel[row, column].",
    ),
    Diagnosis(
        lambda attempt: "kernel" in attempt.changed and attempt.error is None,
        "Your function changes the kernel that it was given. plus = kernel is only a second name for "
        "the same array: write plus = kernel.copy(), or put the weight back at the end.",
    ),
    SQUARE_ONLY,
)

NUDGE = (
    Diagnosis(
        computes(lambda w, slopes, step: w + step * slopes),
        "You went uphill: the slope points to where the loss grows, so subtract.",
    ),
    Diagnosis(
        computes(lambda w, slopes, step: w - slopes),
        "You subtracted the whole slope: multiply it by the step first.",
    ),
    Diagnosis(
        computes(lambda w, slopes, step: w - step * np.sign(slopes)),
        "You used the sign of the slope only: a steep weight has to move further than a flat one.",
    ),
    Diagnosis(
        computes(lambda w, slopes, step: -step * slopes),
        "This is the step alone: add it to the kernel.",
    ),
    Diagnosis(
        computes(lambda w, slopes, step: w * (1 - step * slopes)),
        "You multiplied the kernel by the step: subtract the step from it.",
    ),
    Diagnosis(
        raises(TypeError, "NoneType"),
        "Something in your function is None: a function without a return gives None.",
    ),
)
