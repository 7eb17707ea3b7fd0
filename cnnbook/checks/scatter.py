"""Exercise on col2im: every entry added back to where it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, only_where
from cnnbook.checks.inputs import signed
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import SQUARE_ONLY
from cnnbook.im2col import col2im
from cnnbook.shapes import output_size

__all__ = ["add_back"]

Pair = tuple[int, int]


def add_back(function: Callable[..., Any]) -> Verdict:
    """Check ``add_back(cols, image_size, kernel_size, stride)``: the columns, added back into pictures.

    The columns have shape (N, C * K_h * K_w, L), as ``im2col`` makes them; ``image_size``,
    ``kernel_size`` and ``stride`` are (height, width) pairs. The result has shape (N, C, H, W). This is
    :func:`cnnbook.col2im` without padding.

    Examples
    --------
    >>> add_back(lambda cols, image_size, kernel_size, stride: ...)
    Not attempted yet. Write add_back where the ... stands, run that cell, and then this one.
    """
    settings = (
        ((1, 2), (1, 1), (1, 1)),
        ((2, 2), (1, 2), (1, 1)),
        ((1, 3), (1, 2), (1, 1)),
        ((3, 1), (2, 1), (1, 1)),
        ((2, 3), (2, 2), (1, 1)),
        ((3, 2), (2, 1), (2, 1)),
        ((3, 3), (2, 2), (1, 1)),
        ((2, 4), (1, 2), (1, 2)),
        ((3, 4), (2, 2), (1, 2)),
        ((2, 4), (2, 2), (1, 2)),
        ((5, 2), (3, 2), (2, 1)),
        ((4, 5), (3, 2), (1, 2)),
        ((5, 4), (2, 2), (2, 2)),
        ((5, 5), (3, 3), (1, 1)),
        ((7, 6), (3, 3), (2, 1)),
    )
    cases = [case(N, C, *setting) for N, C in ((1, 1), (1, 2), (2, 1), (2, 3)) for setting in settings]
    return check(function, "add_back", reference=sums, cases=cases, diagnoses=ADD_BACK)


def case(N: int, C: int, size: Pair, kernel_size: Pair, stride: Pair) -> Case:
    """Return columns of small numbers."""
    L = np.prod([*map(output_size, size, kernel_size, stride)])
    cols = signed(N, C * kernel_size[0] * kernel_size[1], L)
    dropped = any((n - k) % s for n, k, s in zip(size, kernel_size, stride, strict=True))
    why = "pixels that no window reaches" if dropped else "several pictures" if N > 1 else ""
    why = why or ("several channels" if C > 1 else "")
    return Case({"cols": cols, "image_size": size, "kernel_size": kernel_size, "stride": stride}, why)


def sums(cols: np.ndarray, image_size: Pair, kernel_size: Pair, stride: Pair) -> np.ndarray:
    """Return the sums, (N, C, H, W)."""
    return col2im(cols, image_size, kernel_size, stride)


def by_loops(
    cols: np.ndarray,
    size: Pair,
    kernel: Pair,
    stride: Pair,
    entry: Callable[..., float] = lambda cols, c, u, v, at, K_h, K_w: cols[(c * K_h + u) * K_w + v, at],
    step: Pair | None = None,
    add: bool = True,
    by_column: bool = False,
    offsets_first: bool = False,
) -> np.ndarray:
    """Add back by loops with a mistake in them: another entry, another step, the last instead of the sum."""
    C = cols.shape[1] // (kernel[0] * kernel[1])
    x = np.zeros((len(cols), C, *size))
    H_out, W_out = map(output_size, size, kernel, stride)
    s_h, s_w = step or stride
    order = (*kernel, H_out, W_out) if offsets_first else (H_out, W_out, *kernel)
    for n, c, *at in np.ndindex(len(cols), C, *order):
        i, j, u, v = at[2:] + at[:2] if offsets_first else at
        window = j * H_out + i if by_column else i * W_out + j
        number = entry(cols[n], c, u, v, window, *kernel)
        pixel = n, c, i * s_h + u, j * s_w + v
        x[pixel] = x[pixel] + number if add else number
    return x


ADD_BACK = (
    Diagnosis(
        computes(lambda *given: by_loops(*given, add=False)),
        "Where windows overlap, only the last window is left: add to what stands there, with +=.",
    ),
    Diagnosis(
        computes(lambda *given: by_loops(*given, add=False, offsets_first=True)),
        "Where windows overlap, only one entry is left: the one of the last offset. On an array of indexes "
        "+= adds only once to a place that is named twice; np.add.at adds every time. In a loop over the "
        "offsets, += on a slice is right, and = is not.",
    ),
    Diagnosis(
        computes(lambda cols, *given: sums(cols, *given) / np.maximum(sums(np.ones_like(cols), *given), 1)),
        "You took the mean of a pixel's entries. Take their sum: each window it lies in counts fully.",
    ),
    Diagnosis(
        computes(lambda cols, *given: sums(np.ones_like(cols), *given)),
        "You counted the windows of each pixel. Add the entries of cols, not ones.",
    ),
    Diagnosis(
        computes(
            lambda *given: by_loops(
                *given,
                lambda cols, c, u, v, at, K_h, K_w: cols[(u * K_w + v) * (len(cols) // (K_h * K_w)) + c, at],
            )
        ),
        "You read the columns as if the channel ran fastest. Channel c has the rows from c * K_h * K_w on.",
    ),
    Diagnosis(
        computes(
            lambda *given: by_loops(
                *given, lambda cols, c, u, v, at, K_h, K_w: cols[(c * K_w + v) * K_h + u, at]
            )
        ),
        "You read a window's entries column by column. They are counted row by row: u * K_w + v.",
    ),
    Diagnosis(
        computes(lambda *given: by_loops(*given, by_column=True)),
        "You read the windows column by column. They are counted row by row: window (i, j) is column "
        "i * W_out + j.",
    ),
    Diagnosis(
        computes(lambda cols, size, kernel, stride: by_loops(cols, size, kernel, stride, step=(1, 1))),
        "You lay the windows one pixel apart: window (i, j) starts at pixel (i * s_h, j * s_w).",
    ),
    Diagnosis(
        computes(lambda cols, size, kernel, stride: by_loops(cols, size, kernel, stride, step=stride[::-1])),
        "The two strides are swapped: the first number of the pair goes down the rows, the second across.",
    ),
    Diagnosis(
        computes(lambda cols, *given: np.repeat(sums(cols, *given).sum(axis=1, keepdims=True), 1, axis=1)),
        "You added the channels together: each has its own picture.",
    ),
    only_where(
        lambda cols, size, kernel, stride: any(
            (n - k) % s for n, k, s in zip(size, kernel, stride, strict=True)
        ),
        "Every case that fails has pixels that no window reaches: they belong to the picture all the same, "
        "and stay zero.",
    ),
    only_where(lambda cols, *_: len(cols) > 1, "Every case that fails has several pictures."),
    only_where(
        lambda cols, size, kernel, stride: stride != (1, 1), "Every case that fails has a stride above 1."
    ),
    SQUARE_ONLY,
)
