"""Exercise on im2col for a batch: channels, padding, and where each number of a column goes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, only_where
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import SQUARE_ONLY
from cnnbook.im2col import im2col
from cnnbook.shapes import output_size

__all__ = ["unfold"]

Pair = tuple[int, int]


def unfold(function: Callable[..., Any]) -> Verdict:
    """Check ``unfold(x, kernel_size, padding)``: the windows of a batch, a matrix for each picture.

    The batch has shape (N, C, H, W); ``kernel_size`` and ``padding`` are (height, width) pairs, and the
    padding is zeros. The result has shape (N, C * K_h * K_w, L): a column runs over channel, kernel
    row, kernel column. This is :func:`cnnbook.im2col` at stride 1.

    Examples
    --------
    >>> unfold(lambda x, kernel_size, padding: ...)
    Not attempted yet. Write unfold where the ... stands, run that cell, and then this one.
    """
    small = [
        case((N, C, *size), kernel, padding)
        for N, C in ((1, 1), (1, 2), (2, 1), (2, 2))
        for size, kernel in (((1, 2), (1, 1)), ((2, 2), (2, 2)), ((2, 3), (1, 2)), ((3, 2), (2, 1)))
        for padding in ((0, 0), (0, 1), (1, 0), (1, 1))
    ]
    large = [
        case(*settings)
        for settings in product(((2, 3, 5, 4), (1, 3, 7, 7)), ((3, 3), (3, 2), (2, 3)), ((0, 0), (1, 2)))
    ]
    return check(function, "unfold", reference=columns, cases=[*small, *large], diagnoses=UNFOLD)


def case(shape: tuple[int, ...], kernel_size: Pair, padding: Pair) -> Case:
    """Return a batch whose every number is another one, counted from 1."""
    x = np.arange(1.0, 1 + np.prod(shape)).reshape(shape)
    special = ("several pictures" if shape[0] > 1 else "", "several channels" if shape[1] > 1 else "")
    why = " and ".join(filter(None, special)) or ("padding" if any(padding) else "")
    return Case({"x": x, "kernel_size": kernel_size, "padding": padding}, why)


def columns(x: np.ndarray, kernel_size: Pair, padding: Pair) -> np.ndarray:
    """Return the columns, (N, C * K_h * K_w, L)."""
    return im2col(x, kernel_size, padding=padding)


def axes(x: np.ndarray, kernel_size: Pair, padding: Pair) -> np.ndarray:
    """Return the windows with all their axes: (N, C, K_h, K_w, H_out, W_out)."""
    out = map(output_size, x.shape[2:], kernel_size, (1, 1), padding)
    return columns(x, kernel_size, padding).reshape(*x.shape[:2], *kernel_size, *out)


def moved(*order: int) -> Callable[[np.ndarray, Pair, Pair], np.ndarray]:
    """Return a variant with its axes in another order inside the columns."""

    def variant(x: np.ndarray, kernel_size: Pair, padding: Pair) -> np.ndarray:
        right = columns(x, kernel_size, padding)
        return axes(x, kernel_size, padding).transpose(order).reshape(right.shape)

    return variant


UNFOLD = (
    Diagnosis(
        computes(moved(0, 2, 3, 1, 4, 5)),
        "In your columns the channel runs fastest. It has to run slowest: all the offsets of channel 0, then "
        "all those of channel 1, as in weight.reshape(C_out, -1).",
    ),
    Diagnosis(
        computes(moved(0, 1, 3, 2, 4, 5)),
        "Inside a window you count column by column. Count row by row: channel, kernel row, kernel column.",
    ),
    Diagnosis(
        computes(moved(0, 1, 4, 5, 2, 3)),
        "The shape is right, and windows and offsets are mixed up: the axes of a view of all windows are "
        "(N, C, H_out, W_out, K_h, K_w). Bring them to (N, C, K_h, K_w, H_out, W_out) with transpose, and "
        "reshape then.",
    ),
    Diagnosis(
        computes(lambda x, k, p: columns(x, k, p).transpose(0, 2, 1)),
        "Your windows are the rows. Here each window is a column: swap the last two axes.",
    ),
    Diagnosis(
        computes(lambda x, k, p: columns(x, k, p).transpose(1, 2, 0).reshape(x.shape[1] * k[0] * k[1], -1)),
        "That is one wide matrix for the whole batch. Here each picture has a matrix of its own, and "
        "the axis of the pictures stays in front.",
    ),
    Diagnosis(
        computes(lambda x, k, p: columns(x.reshape(-1, 1, *x.shape[2:]), k, p)),
        "Each channel has a matrix of its own. The channels of a window belong into one column, one below "
        "the other.",
    ),
    Diagnosis(
        computes(lambda x, k, p: columns(x.sum(axis=1, keepdims=True), k, p)),
        "You added the channels up. Keep them: each has its own rows of the column. The matrix product will "
        "add them, each times its own weight.",
    ),
    Diagnosis(
        computes(lambda x, k, p: columns(x, k, p[::-1])),
        "The padding's two numbers are swapped: the first adds rows above and below, the second columns.",
    ),
    Diagnosis(
        computes(lambda x, k, p: columns(x, k, (0, 0))),
        "The padding is missing: put zeros around each picture first.",
    ),
    Diagnosis(
        computes(lambda x, k, p: columns(np.pad(x, ((0, 0), (0, 0), (p[0], 0), (p[1], 0))), k, (0, 0))),
        "You pad above and on the left only: the zeros go on both sides.",
    ),
    Diagnosis(
        computes(
            lambda x, k, p: columns(
                np.pad(x, ((0, 0), (0, 0), (p[0], p[0]), (p[1], p[1])), mode="edge"), k, (0, 0)
            )
        ),
        "Your border repeats the picture's edge: here it is zeros.",
    ),
    only_where(lambda x, k, p: len(x) > 1, "Every case that fails has several pictures."),
    only_where(lambda x, k, p: x.shape[1] > 1, "Every case that fails has several channels."),
    SQUARE_ONLY,
)
