"""Exercises on im2col: the windows of one picture, and those of a batch with channels."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, has_shape, only_where
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import SQUARE_ONLY
from cnnbook.im2col import im2col

__all__ = ["take_windows"]

Pair = tuple[int, int]


def take_windows(function: Callable[..., Any]) -> Verdict:
    """Check ``take_windows(image, kernel_size, stride)``: every window of one picture as a column.

    The picture has shape (H, W); ``kernel_size`` and ``stride`` are (height, width) pairs. The result
    has shape (K_h * K_w, L): windows are counted row by row, and so are the entries of a window.

    Examples
    --------
    >>> take_windows(lambda image, kernel_size, stride: ...)
    Not attempted yet. Write take_windows where the ... stands, run that cell, and then this one.
    """
    small = [
        case(size, kernel, stride)
        for size in product((1, 2, 3), repeat=2)
        for kernel in product(range(1, size[0] + 1), range(1, size[1] + 1))
        for stride in product((1, 2), repeat=2)
    ]
    large = [
        case(*settings)
        for settings in (
            ((7, 7), (3, 3), (1, 1)),
            ((5, 6), (3, 2), (2, 2)),
            ((6, 4), (2, 3), (1, 1)),
            ((8, 7), (2, 3), (3, 2)),
            ((7, 9), (2, 2), (3, 3)),
        )
    ]
    return check(function, "take_windows", reference=columns, cases=[*small, *large], diagnoses=TAKE)


def case(size: Pair, kernel_size: Pair, stride: Pair) -> Case:
    """Return a picture whose pixels hold their own numbers."""
    image = np.arange(float(size[0] * size[1])).reshape(size)
    why = "two strides" if stride[0] != stride[1] else "a kernel that is not square"
    special = stride[0] != stride[1] or kernel_size[0] != kernel_size[1]
    return Case({"image": image, "kernel_size": kernel_size, "stride": stride}, why * special)


def columns(image: np.ndarray, kernel_size: Pair, stride: Pair) -> np.ndarray:
    """Return the windows as columns, (K_h * K_w, L)."""
    return im2col(image[None, None], kernel_size, stride)[0]


def axes(image: np.ndarray, kernel_size: Pair, stride: Pair) -> np.ndarray:
    """Return the windows with four axes: (K_h, K_w, H_out, W_out)."""
    (K_h, K_w), (s_h, s_w), (H, W) = kernel_size, stride, image.shape
    return columns(image, kernel_size, stride).reshape(K_h, K_w, (H - K_h) // s_h + 1, (W - K_w) // s_w + 1)


def by_numbers(
    image: np.ndarray, kernel_size: Pair, stride: Pair, row: int, step: Pair = (1, 1)
) -> np.ndarray:
    """Take the windows by number, with a row of so many pixels, and so many pixels between entries."""
    (K_h, K_w), (s_h, s_w), (H, W) = kernel_size, stride, image.shape
    offsets = np.add.outer(row * step[0] * np.arange(K_h), step[1] * np.arange(K_w)).ravel()
    starts = np.add.outer(row * np.arange(0, H - K_h + 1, s_h), np.arange(0, W - K_w + 1, s_w)).ravel()
    return image.take(offsets[:, None] + starts)


def last_left_out(image: np.ndarray, kernel_size: Pair, stride: Pair) -> np.ndarray:
    """Stop one place too early in both directions."""
    (K_h, K_w), (s_h, s_w), (H, W) = kernel_size, stride, image.shape
    kept = axes(image, kernel_size, stride)[:, :, : -(-(H - K_h) // s_h), : -(-(W - K_w) // s_w)]
    return kept.reshape(K_h * K_w, kept.shape[2] * kept.shape[3])


TAKE = (
    Diagnosis(
        computes(lambda x, k, s: columns(x, k, s).T),
        "Your windows are the rows. That is a layout of its own; here each window is a column: transpose.",
    ),
    Diagnosis(
        computes(lambda x, k, s: axes(x, k, s).swapaxes(0, 1).reshape(k[0] * k[1], -1)),
        "Inside a window you count column by column. Count row by row: entry (u, v) is number u * K_w + v.",
    ),
    Diagnosis(
        computes(lambda x, k, s: axes(x, k, s).swapaxes(2, 3).reshape(k[0] * k[1], -1)),
        "You count the windows column by column. Count them row by row: window (i, j) is i * W_out + j.",
    ),
    Diagnosis(
        computes(lambda x, k, s: columns(x, k, s[::-1])),
        "The two strides are swapped: the first number of the pair goes down the rows, the second across.",
    ),
    Diagnosis(
        computes(lambda x, k, s: columns(x, k, (1, 1))),
        "Your windows start one pixel apart: use the stride as the step of their start positions.",
    ),
    Diagnosis(
        computes(lambda x, k, s: columns(x, k, k)),
        "Your windows lie side by side, as if the stride were the kernel's size.",
    ),
    Diagnosis(
        computes(lambda x, k, s: by_numbers(x, k, s, x.shape[1], s)),
        "The stride stands between the pixels of a window. It belongs between the windows: the offsets "
        "inside a window are always one pixel apart.",
    ),
    Diagnosis(
        computes(lambda x, k, s: by_numbers(x, k, s, x.shape[0])),
        "You take a row of the picture to be H pixels long. It is W: pixel (r, c) has the number r * W + c.",
    ),
    Diagnosis(
        computes(lambda x, k, s: columns(x, k[::-1], s)),
        "Height and width of the kernel are swapped: kernel_size is (K_h, K_w), rows first.",
    ),
    Diagnosis(
        computes(last_left_out),
        "The last window is missing. The last start position is H - K_h, and range and arange stop before "
        "their end: write H - K_h + 1.",
    ),
    Diagnosis(
        has_shape(lambda x, k, s: axes(x, k, s).shape),
        "These are the right numbers with four axes: reshape them to (K_h * K_w, L).",
    ),
    only_where(
        lambda x, k, s: s != (1, 1),
        "Every case that fails has a stride that is not 1.",
    ),
    SQUARE_ONLY,
)
