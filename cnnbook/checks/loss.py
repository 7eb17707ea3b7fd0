"""Exercise on the loss: how far a kernel's output is from a target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes
from cnnbook.checks.inputs import digits, shapes, signed, special, valid_shape
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import SQUARE_ONLY
from cnnbook.conv import convolve2d, cross_correlate2d

__all__ = ["mean_squared_error"]


def mean_squared_error(function: Callable[..., Any]) -> Verdict:
    """Check ``mean_squared_error(kernel, image, target)``: how far a kernel's output is off.

    The mean, over all outputs, of the squared difference between ``cross_correlate2d(image,
    kernel)`` and the target. The result is a number.

    Examples
    --------
    >>> mean_squared_error(lambda kernel, image, target: ...)
    Not attempted yet. Write mean_squared_error where the ... stands, run that cell, and then this one.
    """
    cases = []
    for image_shape, kernel_shape in [*shapes(3), ((5, 6), (3, 2)), ((6, 4), (2, 3))]:
        image, kernel = digits(*image_shape), signed(*kernel_shape) / 2
        target = digits(*valid_shape(image_shape, kernel_shape))[::-1]
        case = {"kernel": kernel, "image": image, "target": target}
        cases.append(Case(case, special(image_shape, kernel_shape)))
    image, kernel = digits(3, 4), signed(2, 2)
    perfect = {"kernel": kernel, "image": image, "target": cross_correlate2d(image, kernel)}
    cases.append(Case(perfect, "a target that is met"))
    return check(function, "mean_squared_error", reference=mse, cases=cases, diagnoses=ERROR)


def off(kernel: np.ndarray, image: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the differences between a kernel's output and the target."""
    return cross_correlate2d(image, kernel) - target


def mse(kernel: np.ndarray, image: np.ndarray, target: np.ndarray) -> float:
    """Return the mean squared error."""
    return (off(kernel, image, target) ** 2).mean()


ERROR = (
    Diagnosis(
        computes(lambda w, x, t: (off(w, x, t) ** 2).sum()),
        "This is the sum of the squares: take their mean, so that a larger picture has no larger loss.",
    ),
    Diagnosis(
        computes(lambda w, x, t: np.sqrt(mse(w, x, t))),
        "This is the root of the mean squared error: leave the root away.",
    ),
    Diagnosis(
        computes(lambda w, x, t: mse(w, x, t) / 2),
        "Your result is half of it: some books put a factor 1/2 before the sum, this one does not.",
    ),
    Diagnosis(
        computes(lambda w, x, t: np.abs(off(w, x, t)).mean()),
        "You took the mean of the absolute differences: square them instead.",
    ),
    Diagnosis(
        computes(lambda w, x, t: off(w, x, t).mean()),
        "The differences are not squared, so those below zero cancel those above it: square each one first.",
    ),
    Diagnosis(
        computes(lambda w, x, t: off(w, x, t).mean() ** 2),
        "You squared the mean. Square each difference first, and take the mean then.",
    ),
    Diagnosis(
        computes(lambda w, x, t: off(w, x, t) ** 2),
        "These are the squared differences, one for each output: now take their mean.",
    ),
    Diagnosis(
        computes(lambda w, x, t: ((convolve2d(x, w) - t) ** 2).mean()),
        "You computed the output with the flipped kernel: use cross_correlate2d.",
    ),
    Diagnosis(
        computes(lambda w, x, t: (off(w, x, t) ** 2).sum() / x.size),
        "You divided by the number of pixels in the image: divide by the number of outputs, target.size.",
    ),
    SQUARE_ONLY,
)
