"""Exercise on the 1 x 1 convolution: new channels as mixtures of old ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, has_shape, raises
from cnnbook.checks.inputs import digits, signed
from cnnbook.checks.report import Verdict

__all__ = ["mix_channels"]


def mix_channels(function: Callable[..., Any]) -> Verdict:
    """Check ``mix_channels(x, matrix)``: a 1 x 1 convolution as a product over the channels.

    ``x`` has shape (C_in, H, W), ``matrix`` (C_out, C_in); channel o of the result, (C_out, H, W),
    is the sum of all input channels, channel c times ``matrix[o, c]``.

    Examples
    --------
    >>> mix_channels(lambda x, matrix: ...)
    Not attempted yet. Write mix_channels where the ... stands, run that cell, and then this one.
    """
    shapes = (
        ((1, 1, 2), 1, ""),
        ((2, 1, 2), 2, "pictures of one row"),
        ((2, 2, 2), 2, "all sizes two"),
        ((3, 2, 2), 1, "one channel out"),
        ((1, 2, 3), 3, "one channel in"),
        ((3, 2, 3), 2, "fewer channels out than in"),
        ((2, 3, 2), 4, "more channels out than in"),
        ((3, 3, 3), 3, "all sizes three"),
        ((4, 2, 5), 3, "pictures that are not square"),
    )
    cases = [Case({"x": digits(*x), "matrix": signed(C_out, x[0])}, why) for x, C_out, why in shapes]
    return check(function, "mix_channels", reference=mixed, cases=cases, diagnoses=MIX)


def mixed(x: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Return every output channel as a sum of input channels."""
    return np.tensordot(matrix, x, axes=1)


def in_memory_order(x: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Mix neighbours in memory, as a reshape to (pixels, channels) does."""
    C_out, C_in = matrix.shape
    return (x.reshape(-1, C_in) @ matrix.T).reshape(C_out, *x.shape[1:])


def pixels_first(x: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Mix rightly, then reshape the (pixels, channels) without moving the axes back."""
    C_in, H, W = x.shape
    return (x.reshape(C_in, -1).T @ matrix.T).reshape(len(matrix), H, W)


MIX = (
    Diagnosis(
        computes(lambda x, matrix: mixed(x, matrix.T)),
        "Your matrix is transposed: matrix[o, c] says how much of input channel c goes into output "
        "channel o.",
    ),
    Diagnosis(
        computes(lambda x, matrix: matrix @ x),
        "With three axes, @ takes x for a stack of matrices, one for each channel, and sums over the rows of "
        "the picture. The sum has to run over the channels: np.tensordot(matrix, x, axes=1), or np.einsum.",
    ),
    Diagnosis(
        computes(in_memory_order),
        "You reshaped x to rows of C_in numbers, but the channels of a pixel do not lie side by side: x is "
        "channels first. Reshape it to (C_in, H * W) instead.",
    ),
    Diagnosis(
        computes(pixels_first),
        "The mixtures are right, and then a reshape has scrambled them: they stand as (pixels, channels). "
        "Move the axes, or keep the channels in front from the start.",
    ),
    Diagnosis(
        has_shape(lambda x, matrix: (len(matrix), x[0].size)),
        "These are the right mixtures in one line each: give them back their height and width.",
    ),
    Diagnosis(
        computes(lambda x, matrix: np.moveaxis(mixed(x, matrix), 0, -1)),
        "Your channels come last. The layout of the input stays: channels first.",
    ),
    Diagnosis(
        has_shape(lambda x, matrix: (*matrix.shape, *x.shape[1:])),
        "These are the products of every channel with every number of the matrix: sum them over the input "
        "channels.",
    ),
    Diagnosis(
        computes(lambda x, matrix: mixed(x, matrix) / len(x)),
        "You took the mean over the channels: sum them, and do not divide.",
    ),
    Diagnosis(
        computes(lambda x, matrix: np.stack([matrix[c, c] * channel for c, channel in enumerate(x)])),
        "Each of your channels is an old one, scaled. A mixture takes from every input channel.",
    ),
    Diagnosis(
        raises(ValueError, "matmul"),
        "The sign @ cannot match these shapes: it wants to sum over the picture's rows. Reshape x to "
        "(C_in, H * W) first, or use np.tensordot or np.einsum.",
    ),
)
