"""What goes wrong with the bias, the batch and the numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnnbook.checks.sweep.arrays import Convolution
from cnnbook.checks.sweep.slips import OutputSlip

__all__ = ["results"]


def with_bias(case: Convolution, times: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Return the output with a bias that is changed."""
    return case.forward() if case.bias is None else case.but(bias=times(case.bias)).forward()


def reshaped(y: np.ndarray, order: tuple[int, ...]) -> np.ndarray:
    """Return the numbers as they lie after some transposition, in the right shape."""
    return y.transpose(order).reshape(y.shape)


def results() -> Iterator[OutputSlip]:
    """Yield what goes wrong with the bias, the batch and the numbers."""
    yield "the bias is missing", lambda c: c.but(bias=None).forward()
    yield "the bias is subtracted", lambda c: with_bias(c, np.negative)
    yield "every filter gets the bias of the first", lambda c: with_bias(c, lambda b: np.full_like(b, b[0]))
    yield (
        "the bias is added once for each channel: once is enough",
        lambda c: with_bias(c, lambda b: b * c.weight.shape[1]),
    )
    yield (
        "the bias is added to every product: once for each window is enough",
        lambda c: with_bias(c, lambda b: b * c.weight[0].size),
    )
    yield (
        "every picture of the batch gets the result of the first",
        lambda c: np.repeat(c.forward()[:1], len(c.x), 0),
    )
    yield (
        "every picture of the batch gets the result of the last",
        lambda c: np.repeat(c.forward()[-1:], len(c.x), 0),
    )
    yield (
        "a reshape mixes pictures and filters: transpose to (N, C_out, H_out, W_out) after it, as the "
        "product's rows are filters",
        lambda c: reshaped(c.forward(), (1, 0, 2, 3)),
    )
    yield (
        "a reshape mixes filters and places: the product's columns are filters, so transpose after it",
        lambda c: reshaped(c.forward(), (0, 2, 3, 1)),
    )
    yield (
        "a reshape mixes pictures and places: transpose before it",
        lambda c: reshaped(c.forward(), (1, 2, 3, 0)),
    )
    yield (
        "numbers are cut off to whole ones: is the output an array of integers?",
        lambda c: np.trunc(c.forward()),
    )
    yield (
        "numbers run over: the sums are kept in a small integer type (uint8), so convert to float first",
        lambda c: c.forward().astype(np.int64).astype(np.uint8).astype(float),
    )
    yield "negative numbers become 0: a ReLU is another layer", lambda c: np.maximum(c.forward(), 0)
    yield "everything is 0: is what you compute ever written into the output?", lambda c: 0 * c.forward()
    yield "the sign is the other one", lambda c: -c.forward()
