"""Exercise on sampling: blur, then take every so-many-th pixel."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes
from cnnbook.checks.inputs import digits, signed
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import SQUARE_ONLY
from cnnbook.conv import cross_correlate2d
from cnnbook.kernels import image_kernel

__all__ = ["blur_then_sample"]

GAUSSIAN = image_kernel("Gaussian blur")


def blur_then_sample(function: Callable[..., Any]) -> Verdict:
    """Check ``blur_then_sample(image, stride)``: a 3x3 Gaussian blur, then every so-many-th pixel.

    The picture goes on as in a mirror (``"reflect"``) beyond its border, so that the blurred one is
    as large as it was. Rows 0, stride, 2 * stride ... stay, and so do the columns.

    Examples
    --------
    >>> blur_then_sample(lambda image, stride: ...)
    Not attempted yet. Write blur_then_sample where the ... stands, run that cell, and then this one.
    """
    cases = [
        Case({"image": digits(H, W), "stride": s}, "" if s > 1 else "stride 1: the blur alone")
        for H, W, s in product((2, 3, 4), (2, 3, 5), (1, 2, 3))
    ]
    cases.append(Case({"image": digits(6, 7), "stride": 2}, "an even and an odd side"))
    cases.append(Case({"image": signed(5, 6) / 8, "stride": 2}, "fractions of both signs"))
    cases.append(Case({"image": np.ones((4, 4)), "stride": 2}, "a flat picture"))
    return check(function, "blur_then_sample", reference=sampled, cases=cases, diagnoses=BLUR)


def blurred(image: np.ndarray, kernel: np.ndarray = GAUSSIAN, mode: str = "reflect") -> np.ndarray:
    """Blur, and keep the size."""
    K_h, K_w = kernel.shape
    return cross_correlate2d(np.pad(image, ((K_h // 2,) * 2, (K_w // 2,) * 2), mode=mode), kernel)


def sampled(image: np.ndarray, stride: int) -> np.ndarray:
    """Blur, then sample."""
    return blurred(image)[::stride, ::stride]


def too_early(image: np.ndarray, stride: int) -> np.ndarray:
    """Sample, then blur."""
    small = image[::stride, ::stride]
    return blurred(small)


BLUR = (
    Diagnosis(
        computes(too_early),
        "You sampled first. By then the harm is done: blur the whole picture, and then sample.",
    ),
    Diagnosis(
        computes(lambda x, s: x[::s, ::s]), "There is no blur: every number is a pixel of the picture."
    ),
    Diagnosis(
        computes(lambda x, s: blurred(x)), "You blurred, and kept every pixel: take every stride-th of them."
    ),
    Diagnosis(
        computes(lambda x, s: 16 * sampled(x, s)),
        "Your result is 16 times too bright: the weights of a blur sum to 1, so divide them by 16.",
    ),
    Diagnosis(
        computes(lambda x, s: blurred(x, mode="constant")[::s, ::s]),
        'The border is too dark: you padded with zeros. Use mode="reflect".',
    ),
    Diagnosis(
        computes(lambda x, s: blurred(x, mode="edge")[::s, ::s]),
        'You repeated the outermost pixels beyond the border. Use mode="reflect".',
    ),
    Diagnosis(
        computes(lambda x, s: blurred(x, mode="wrap")[::s, ::s]),
        'Beyond the border you put the other side of the picture. Use mode="reflect".',
    ),
    Diagnosis(
        computes(lambda x, s: blurred(x, np.full((3, 3), 1 / 9))[::s, ::s]),
        "You used the box blur. The Gaussian one is the outer product of 1, 2, 1 with itself, divided by 16.",
    ),
    Diagnosis(
        computes(lambda x, s: cross_correlate2d(x, GAUSSIAN)[::s, ::s]),
        "The border is missing: pad the picture by 1 before you blur it, so that it keeps its size.",
    ),
    Diagnosis(
        computes(lambda x, s: blurred(x)[::s]),
        "You sampled the rows and kept every column: [::stride, ::stride].",
    ),
    Diagnosis(
        computes(lambda x, s: blurred(x, GAUSSIAN[1:2] * 2)[::s, ::s]),
        "You blurred along the rows only: the kernel has three rows as well as three columns.",
    ),
    Diagnosis(
        computes(lambda x, s: blurred(x)[s - 1 :: s, s - 1 :: s]),
        "You began with the wrong pixel: the first row and the first column stay.",
    ),
    SQUARE_ONLY,
)
