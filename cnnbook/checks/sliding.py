"""Exercise on the sliding window: the weighted sum of every window."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, has_shape, only_where, raises
from cnnbook.checks.inputs import digits, pairs, signed, valid_shape
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import COUNT, FLIPPED, NAN_CASES, SQUARE_ONLY, TOO_LARGE, TOUCHES
from cnnbook.conv import cross_correlate2d

__all__ = ["correlate"]


def correlate(function: Callable[..., Any]) -> Verdict:
    """Check ``correlate(image, kernel)``: the weighted sum of every window, as an array.

    One number for each place where the kernel lies wholly inside the image; it is not flipped.
    This is :func:`cnnbook.cross_correlate2d`.

    Examples
    --------
    >>> correlate(lambda image, kernel: ...)
    Not attempted yet. Write correlate where the ... stands, run that cell, and then this one.
    """
    whole = Case({"image": digits(3, 3).astype(int), "kernel": signed(2, 2) / 4}, "an image of whole numbers")
    return check(function, "correlate", reference=slide, cases=[*pairs(), whole], diagnoses=CORRELATE)


def slide(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Cross-correlate in the kernel's dtype."""
    return cross_correlate2d(np.asarray(image, kernel.dtype), kernel)


def by_loops(
    image: np.ndarray,
    kernel: np.ndarray,
    weight: Callable[[np.ndarray, int, int], float] = lambda kernel, u, v: kernel[u, v],
    last_only: bool = False,
) -> np.ndarray:
    """Slide by loops with a mistake in them: another weight for a pixel, or no sum."""
    output = np.zeros(valid_shape(image.shape, kernel.shape))
    for i, j, u, v in product(*map(range, output.shape), *map(range, kernel.shape)):
        term = image[i + u, j + v] * weight(kernel, u, v)
        output[i, j] = term if last_only else output[i, j] + term
    return output


def one_window(image: np.ndarray, kernel: np.ndarray, count: int) -> np.ndarray:
    """Slide over so many windows only, and leave the other outputs at zero."""
    output = slide(image, kernel)
    output.flat[count:] = 0
    return output


def running(image: np.ndarray, kernel: np.ndarray, by_row: bool) -> np.ndarray:
    """Slide without setting the sum back to zero, or only for each row."""
    output = slide(image, kernel)
    return np.cumsum(output, axis=1) if by_row else np.cumsum(output).reshape(output.shape)


def less(rows: int, columns: int) -> Callable[[np.ndarray, np.ndarray], tuple[int, int]]:
    """Return what makes the output's shape, so many rows and columns short."""

    def shape(image: np.ndarray, kernel: np.ndarray) -> tuple[int, int]:
        H_out, W_out = valid_shape(image.shape, kernel.shape)
        return H_out - rows, W_out - columns

    return shape


CORRELATE = (
    Diagnosis(computes(lambda x, w: slide(x, np.flip(w))), FLIPPED),
    Diagnosis(
        has_shape(less(1, 1)),
        f"Your result is one row and one column too small: count the last window. {COUNT}",
    ),
    Diagnosis(
        has_shape(less(1, 0)),
        f"Your result is one row too small: count the last window downwards, too. {COUNT}",
    ),
    Diagnosis(
        has_shape(less(0, 1)),
        f"Your result is one column too small: count the last window across, too. {COUNT}",
    ),
    Diagnosis(
        has_shape(lambda x, w: x.shape),
        f"{TOO_LARGE} {COUNT}",
    ),
    Diagnosis(
        has_shape(lambda x, w: (x.shape[0] + w.shape[0] - 1, x.shape[1] + w.shape[1] - 1)),
        f"{TOUCHES} {COUNT}",
    ),
    Diagnosis(
        has_shape(lambda x, w: (x.shape[0] // w.shape[0], x.shape[1] // w.shape[1])),
        "Your windows lie side by side. They overlap: each starts one pixel after the one before it.",
    ),
    Diagnosis(
        has_shape(lambda x, w: valid_shape(x.shape, w.shape)[::-1]),
        "Height and width of your result are swapped: a shape is (height, width), rows first.",
    ),
    Diagnosis(
        computes(lambda x, w: by_loops(x, w, lambda w, u, v: w[v, u])),
        "You read the kernel transposed: the row comes first, kernel[u, v], and then the column.",
    ),
    Diagnosis(
        computes(lambda x, w: by_loops(x, w, lambda w, u, v: 1.0)),
        "You summed the windows without the kernel: multiply each pixel by its weight first.",
    ),
    Diagnosis(
        computes(lambda x, w: slide(x, w) / w.size),
        "You took the mean of each window's products: a weighted sum is not divided by their number.",
    ),
    Diagnosis(
        computes(lambda x, w: running(x, w, by_row=False)),
        "Each number still holds the sums of the windows before it: set the sum back to 0 for every window.",
    ),
    Diagnosis(
        computes(lambda x, w: running(x, w, by_row=True)),
        "Each number still holds the sums of the windows to its left: set the sum to 0 for every window.",
    ),
    Diagnosis(
        computes(lambda x, w: by_loops(x, w, last_only=True)),
        "Only the last product of each window is left: add each one to the sum with +=.",
    ),
    Diagnosis(
        computes(lambda x, w: one_window(x, w, 1)),
        "Only the first window was computed: the return stands inside the loops. Move it out to the left.",
    ),
    Diagnosis(
        computes(lambda x, w: one_window(x, w, x.shape[1] - w.shape[1] + 1)),
        "Only the first row was computed: the return stands inside the outer loop. Move it out to the left.",
    ),
    Diagnosis(
        computes(lambda x, w: np.abs(slide(x, w))),
        "Negative sums have lost their sign: keep it, the output may be negative.",
    ),
    Diagnosis(
        computes(lambda x, w: np.maximum(slide(x, w), 0)),
        "Negative sums have become zero: keep them, the output may be negative.",
    ),
    NAN_CASES,
    only_where(
        lambda x, w: x.dtype.kind != "f",
        "Every case that fails has an image of whole numbers: do not give the output the image's dtype.",
    ),
    SQUARE_ONLY,
    only_where(
        lambda x, w: w.shape[0] % 2 == 0 or w.shape[1] % 2 == 0,
        "Every case that fails has an even kernel, which has no centre: start the window at its corner.",
    ),
    Diagnosis(
        lambda attempt: any(
            explains(attempt)
            for explains in (raises(IndexError), raises(ValueError, "broadcast"), has_shape(less(-1, -1)))
        ),
        f"A window runs past the edge of the image. {COUNT}",
    ),
)
