"""Exercise on coverage: how many windows hold each pixel."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Attempt, Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import SQUARE_ONLY
from cnnbook.shapes import output_size

__all__ = ["coverage"]

Shape = tuple[int, int]


def coverage(function: Callable[..., Any]) -> Verdict:
    """Check ``coverage(image_shape, kernel_shape, stride, padding)``: a count for every pixel.

    It says how many windows hold the pixel. The frame is not part of the result.

    Examples
    --------
    >>> coverage(lambda image_shape, kernel_shape, stride, padding: ...)
    Not attempted yet. Write coverage where the ... stands, run that cell, and then this one.
    """
    kernels = ((1, 1), (2, 2), (3, 3), (2, 3))
    small = product(product(range(2, 5), repeat=2), kernels, (1, 2, 3), (0, 1, 2))
    fitting = [
        setting
        for setting in small
        if all(k <= n + 2 * setting[3] for n, k in zip(*setting[:2], strict=True))
    ]
    large = [((5, 5), (3, 3), 1, 0), ((5, 5), (3, 3), 1, 1), ((5, 7), (3, 2), 2, 1), ((7, 6), (5, 3), 2, 0)]
    cases = [
        Case(
            dict(zip(("image_shape", "kernel_shape", "stride", "padding"), setting, strict=True)),
            special(*setting),
        )
        for setting in [*fitting, *large]
    ]
    return check(function, "coverage", reference=covered, cases=cases, diagnoses=COVERAGE)


def special(image: Shape, kernel: Shape, s: int, p: int) -> str:
    """Say what is special about some settings, if anything is."""
    if s > max(kernel):
        return "a stride longer than the kernel"
    if any((n + 2 * p - k) % s for n, k in zip(image, kernel, strict=True)):
        return "something left over"
    return "a picture that is not square" if image[0] != image[1] else ""


def covered(
    image: Shape,
    kernel: Shape,
    s: int,
    p: int,
    add: Callable[[np.ndarray], Any] | None = None,
    frame: bool = False,
) -> np.ndarray:
    """Count by windows; ``add`` marks one window in a way of its own."""
    padded = np.zeros((image[0] + 2 * p, image[1] + 2 * p))
    for i, j in product(*(range(0, n - k + 1, s) for n, k in zip(padded.shape, kernel, strict=True))):
        window = padded[i : i + kernel[0], j : j + kernel[1]]
        if add is None:
            window += 1
        else:
            add(window)
    return padded if frame else padded[p : p + image[0], p : p + image[1]]


def mark(
    value: float, rows: slice = slice(None), columns: slice = slice(None)
) -> Callable[[np.ndarray], None]:
    """Return what adds to a part of a window only."""

    def add(window: np.ndarray) -> None:
        window[rows, columns] += value

    return add


def overwrite(window: np.ndarray) -> None:
    """Set instead of adding."""
    window[...] = 1


def without_last(image: Shape, kernel: Shape, s: int, p: int) -> np.ndarray:
    """Count without the last window of each row and each column."""
    padded = np.zeros((image[0] + 2 * p, image[1] + 2 * p))
    for i in range(0, padded.shape[0] - kernel[0], s):
        for j in range(0, padded.shape[1] - kernel[1], s):
            padded[i : i + kernel[0], j : j + kernel[1]] += 1
    return padded[p : p + image[0], p : p + image[1]]


def has_a_number_for_each_window(attempt: Attempt) -> bool | None:
    """Explain results of the output's shape; where it is the picture's, they prove nothing."""
    image, kernel, s, p = attempt.case.arguments.values()
    out = tuple(output_size(n, k, s, p) for n, k in zip(image, kernel, strict=True))
    if np.shape(attempt.got) != out:
        return False
    return True if attempt.fault == "shape" else None


COVERAGE = (
    Diagnosis(
        computes(lambda *setting: covered(*setting, frame=True)),
        "Your result still holds the frame: cut out the picture, rows padding to padding + H.",
    ),
    Diagnosis(
        lambda attempt: np.size(attempt.got) == 0 and attempt["padding"] == 0,
        "Your result is empty where the padding is 0: [padding:-padding] becomes [0:0]. "
        "Cut with padding : padding + H instead.",
    ),
    Diagnosis(
        computes(lambda *setting: covered(*setting, overwrite)),
        "Each pixel holds 1 at most: add to what is there with +=, and do not overwrite it.",
    ),
    Diagnosis(
        computes(lambda *setting: covered(*setting, mark(1, slice(1), slice(1)))),
        "You marked the corner of each window only: a window holds K_h rows and K_w columns.",
    ),
    Diagnosis(
        computes(lambda *setting: covered(*setting, mark(1, slice(-1), slice(-1)))),
        "The last row and the last column of each window are missing: a slice start : start + K_h "
        "ends before start + K_h by itself.",
    ),
    Diagnosis(
        computes(lambda image, kernel, s, p: covered(image, kernel, 1, p)),
        "You left the stride out: windows start at 0, stride, 2 * stride, and so on.",
    ),
    Diagnosis(
        computes(lambda image, kernel, s, p: covered(image, kernel, s, 0)),
        "You left the padding out: windows may begin in the frame.",
    ),
    Diagnosis(
        computes(without_last),
        "The last window of each row and column is missing: it may start at n + 2 * padding - k, "
        "and range ends before its stop.",
    ),
    Diagnosis(
        lambda attempt: attempt.fault == "dtype" and attempt.got.dtype.kind in "iu",
        "Your counts are integers: begin with np.zeros(shape), which holds floating-point numbers.",
    ),
    Diagnosis(
        has_a_number_for_each_window,
        "Your result has a number for each window: it should have one for each pixel.",
    ),
    SQUARE_ONLY,
)
