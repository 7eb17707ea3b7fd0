"""Exercise on counting: the parameters of a convolutional layer."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes
from cnnbook.checks.report import Verdict
from cnnbook.checks.wording import SQUARE_ONLY

__all__ = ["count_parameters"]

Shape = tuple[int, int]


def count_parameters(function: Callable[..., Any]) -> Verdict:
    """Check ``count_parameters(C_in, C_out, kernel_shape)``: how many numbers a layer learns.

    Every filter has a slice of ``kernel_shape``, (height, width), for each of the ``C_in`` input
    channels, and one bias; there are ``C_out`` filters.

    Examples
    --------
    >>> count_parameters(lambda C_in, C_out, kernel_shape: ...)
    Not attempted yet. Write count_parameters where the ... stands, run that cell, and then this one.
    """
    small = product((1, 2, 3), (1, 2, 4), ((1, 1), (3, 3), (2, 3)))
    known = [
        (1, 6, (5, 5), "LeNet-5's first layer"),
        (3, 64, (3, 3), "VGG-16's first layer"),
        (512, 512, (3, 3), "VGG-16's last convolution"),
        (64, 16, (1, 1), "a 1 x 1 kernel"),
        (5, 7, (1, 9), "a kernel that is not square"),
    ]
    cases = [
        Case({"C_in": C_in, "C_out": C_out, "kernel_shape": shape}, "".join(why))
        for C_in, C_out, shape, *why in [*small, *known]
    ]
    return check(function, "count_parameters", reference=parameters, cases=cases, diagnoses=COUNTED)


def parameters(C_in: int, C_out: int, shape: Shape) -> int:
    """Return the number of weights and biases."""
    return C_out * (C_in * shape[0] * shape[1] + 1)


COUNTED = (
    Diagnosis(
        computes(lambda C_in, C_out, shape: C_out * C_in * shape[0] * shape[1]),
        "These are the weights. The biases are learned, too: one for each filter.",
    ),
    Diagnosis(
        computes(lambda C_in, C_out, shape: C_out * (shape[0] * shape[1] + 1)),
        "You counted one slice for each filter. A filter has a slice for each of the C_in input channels.",
    ),
    Diagnosis(
        computes(lambda C_in, C_out, shape: C_in * shape[0] * shape[1] + 1),
        "That is one filter with its bias. There are C_out of them.",
    ),
    Diagnosis(
        computes(lambda C_in, C_out, shape: C_out * C_in * (shape[0] * shape[1] + 1)),
        "You gave every slice a bias. The slices' results are summed first, and then one bias is added: "
        "one for each filter.",
    ),
    Diagnosis(
        computes(lambda C_in, C_out, shape: C_out * C_in * shape[0] * shape[1] + C_in),
        "You counted a bias for each input channel. A bias belongs to a filter, so there are C_out of them.",
    ),
    Diagnosis(
        computes(lambda C_in, C_out, shape: C_out * C_in * shape[0] * shape[1] + 1),
        "You counted one bias for the whole layer. Every filter has one of its own.",
    ),
    Diagnosis(
        computes(lambda C_in, C_out, shape: (C_out + C_in) * shape[0] * shape[1] + C_out),
        "You added the two numbers of channels. Every output channel has a slice for every input channel, so "
        "they are multiplied.",
    ),
    SQUARE_ONLY,
)
