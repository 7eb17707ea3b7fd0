"""Exercise on a layer with channels: slices summed, a bias added, a map for each filter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, has_shape
from cnnbook.checks.inputs import digits, signed
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import SQUARE_ONLY
from cnnbook.conv_batch import conv2d

__all__ = ["filter_bank", "layers"]


def filter_bank(function: Callable[..., Any]) -> Verdict:
    """Check ``filter_bank(x, weight, bias)``: one picture, several filters, several maps.

    ``x`` has shape (C_in, H, W), ``weight`` (C_out, C_in, K_h, K_w) and ``bias`` (C_out,); the
    result is an array of shape (C_out, H - K_h + 1, W - K_w + 1), as :func:`cnnbook.conv2d` makes it.

    Examples
    --------
    >>> filter_bank(lambda x, weight, bias: ...)
    Not attempted yet. Write filter_bank where the ... stands, run that cell, and then this one.
    """
    cases = [
        Case({"x": digits(*x), "weight": signed(*weight), "bias": signed(weight[0] + 1)[1:]}, why)
        for x, weight, why in layers()
    ]
    return check(function, "filter_bank", reference=bank, cases=cases, diagnoses=BANK)


def layers() -> list[tuple[tuple[int, ...], tuple[int, ...], str]]:
    """Return the shapes of inputs and weights, and what is special about them."""
    return [
        ((1, 2, 2), (1, 1, 1, 2), ""),
        ((1, 2, 3), (2, 1, 2, 2), "one channel in"),
        ((2, 2, 2), (1, 2, 2, 1), "one filter"),
        ((2, 3, 3), (2, 2, 2, 2), "as many filters as channels"),
        ((3, 3, 4), (2, 3, 2, 3), "fewer filters than channels"),
        ((2, 4, 3), (3, 2, 1, 2), "more filters than channels"),
        ((3, 4, 5), (4, 3, 3, 2), "as many filters as rows"),
        ((2, 3, 3), (2, 2, 1, 1), "1 x 1 kernels"),
        ((3, 5, 5), (3, 3, 3, 3), "all sizes three"),
    ]


def bank(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Return the maps of all filters."""
    return conv2d(x[None], weight, bias)[0]


def slices(x: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return every filter's slice on its channel, not summed: (C_out, C_in, H_out, W_out)."""
    return np.stack([conv2d(x[None], w[:, None], groups=len(x))[0] for w in weight])


def along(bias: np.ndarray) -> np.ndarray:
    """Return a bias that is added to whole maps."""
    return bias[:, None, None]


def out_shape(x: np.ndarray, weight: np.ndarray, *more: int) -> tuple[int, ...]:
    """Return the shape of one map, after some other axes."""
    return (*more, x.shape[1] - weight.shape[2] + 1, x.shape[2] - weight.shape[3] + 1)


def last_slice(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Return the maps of the last slices alone."""
    return slices(x, weight)[:, -1] + along(bias)


BANK = (
    Diagnosis(
        computes(lambda x, w, b: slices(x, w).sum(axis=1)),
        "The biases are missing: add bias[o] to every number of map o.",
    ),
    Diagnosis(
        computes(lambda x, w, b: slices(x, w).sum(axis=1) + x.shape[0] * along(b)),
        "You added the bias once for each channel. Sum the slices' results first, then add bias[o] once.",
    ),
    Diagnosis(
        computes(lambda x, w, b: slices(x, w)[:, 0] + along(b)),
        "Only the first channel counts in your result. Every channel has its slice: sum over all of them.",
    ),
    Diagnosis(
        computes(last_slice),
        "Only the last channel is left: add each slice's result to the sum with +=.",
    ),
    Diagnosis(
        computes(lambda x, w, b: slices(x, w).mean(axis=1) + along(b)),
        "You took the mean over the channels: the slices' results are summed, and not divided.",
    ),
    Diagnosis(
        computes(lambda x, w, b: slices(x, w).sum(axis=0) + along(b[: len(x)])),
        "You summed over the filters. Sum over the channels: each filter keeps a map of its own.",
    ),
    Diagnosis(
        has_shape(lambda x, w, b: out_shape(x, w, len(x))),
        "Your result has a map for each channel of the input. Sum over the channels: there is a map for each "
        "filter.",
    ),
    Diagnosis(
        has_shape(lambda x, w, b: out_shape(x, w, *w.shape[:2])),
        "The slices' results are all there, one by one: now sum them over the channels, axis 1.",
    ),
    Diagnosis(
        has_shape(lambda x, w, b: out_shape(x, w)),
        "All filters ended up in one map. Each filter has a map of its own: stack them along a first axis.",
    ),
    Diagnosis(
        computes(lambda x, w, b: slices(x, w).sum(axis=1) + b),
        "NumPy has added your bias along the columns: it lines up the last axes. Give the bias two more, "
        "bias[:, None, None].",
    ),
    Diagnosis(
        computes(lambda x, w, b: bank(x, np.flip(w, (1, 2, 3)), b)),
        "You flipped the filters along all their axes, the channels too, as scipy.signal.convolve does. "
        "Leave them as they stand: a layer cross-correlates.",
    ),
    Diagnosis(
        computes(lambda x, w, b: bank(x, np.flip(w, (2, 3)), b)),
        "You flipped every slice: that is a convolution. Leave the slices as they stand.",
    ),
    Diagnosis(
        computes(lambda x, w, b: bank(x, w[:, ::-1], b)),
        "The slices lie on the wrong channels: slice c of a filter belongs to channel c.",
    ),
    Diagnosis(
        computes(lambda x, w, b: bank(x, np.broadcast_to(w[:1], w.shape), b)),
        "Every map comes from the first filter: map o belongs to weight[o].",
    ),
    SQUARE_ONLY,
)
