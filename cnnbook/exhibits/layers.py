"""Layers with an error in them, in our own words, each with the right one beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from cnnbook.activations import sigmoid, sigmoid_backward, tanh, tanh_backward
from cnnbook.conv_backward import conv2d_backward
from cnnbook.conv_batch import conv2d
from cnnbook.pooling import avg_pool2d_backward, max_pool2d, max_pool2d_backward
from cnnbook.slips import SLIPS, backward_pass
from cnnbook.wrong import (
    all_get_it,
    flipped,
    flipped_back,
    means_inside,
    overwrites,
    refuses_by_height,
    sigmoid_turned,
    sigmoid_turned_back,
    stacked,
    tanh_of_powers,
)

__all__ = ["EXHIBITS", "Exhibit"]


@dataclass(frozen=True)
class Exhibit:
    """A layer with an error: its passes, the right ones, and what kind of mistake it is.

    A pass takes ``(x, weight, stride, padding)``, a backward pass the gradient of the output before these,
    and returns the gradients of the input and of the weights; where there are no weights, zeros.
    ``refuses`` tells, from the same four, where the layer says that it raises an error.
    """

    family: str  # "conv", "pool" or "bend"
    kind: str
    forward: Callable[..., np.ndarray]
    backward: Callable[..., tuple]
    right: tuple[Callable[..., np.ndarray], Callable[..., tuple]]
    refuses: Callable[..., bool] = lambda *_: False


def leaves_over(x: np.ndarray, w: np.ndarray, s: int, p: int) -> bool:
    """Tell whether the stride leaves something over, down or across."""
    return any((n + 2 * p - k) % s for n, k in zip(x.shape[2:], w.shape[2:], strict=True))


def conv(x: np.ndarray, w: np.ndarray, s: int, p: int) -> np.ndarray:
    return conv2d(x, w, stride=s, padding=p)


def conv_back(g: np.ndarray, x: np.ndarray, w: np.ndarray, s: int, p: int) -> tuple:
    return conv2d_backward(g, x, w, stride=s, padding=p)[:2]


def pooled(pool: Callable, back: Callable) -> tuple[Callable[..., np.ndarray], Callable[..., tuple]]:
    """Return the passes of a pooling, whose windows are as large as the kernel."""

    def forward(x: np.ndarray, w: np.ndarray, s: int, p: int) -> np.ndarray:
        return pool(x, w.shape[2:], s, p)

    def backward(g: np.ndarray, x: np.ndarray, w: np.ndarray, s: int, p: int) -> tuple:
        return back(g, x, w.shape[2:], s, p), 0 * w

    return forward, backward


def bent(bend: Callable, back: Callable) -> tuple[Callable[..., np.ndarray], Callable[..., tuple]]:
    """Return the passes of an activation, which needs no weights."""
    return (lambda x, *_: bend(x)), (lambda g, x, w, *_: (back(g, x), 0 * w))


def slip_back(
    slip: str, g: np.ndarray, x: np.ndarray, w: np.ndarray, s: int, p: int
) -> tuple[np.ndarray, np.ndarray]:
    return backward_pass(g, x, w, s, p, slip)


CONV, MAX = (conv, conv_back), pooled(max_pool2d, max_pool2d_backward)
INSIDE = pooled(means_inside, partial(avg_pool2d_backward, count_include_pad=False))
SIGMOID, TANH = bent(sigmoid, sigmoid_backward), bent(tanh, tanh_backward)
SLIP_KINDS = dict(
    zip(
        SLIPS,
        (
            "overlap",
            "mixed conventions",
            "wrong axis",
            "special case",
            "remainder",
            "mixed conventions",
        ),
        strict=True,
    )
)
EXHIBITS: dict[str, Exhibit] = {
    **{
        slip: Exhibit("conv", kind, conv, partial(slip_back, slip), CONV) for slip, kind in SLIP_KINDS.items()
    },
    "width": Exhibit("conv", "wrong axis", refuses_by_height, conv_back, CONV, leaves_over),
    "stacked": Exhibit("conv", "wrong axis", stacked, conv_back, CONV),
    "flipped": Exhibit("conv", "other operation", flipped, flipped_back, CONV),
    "overwritten": Exhibit("pool", "overlap", MAX[0], pooled(max_pool2d, overwrites)[1], MAX),
    "ties": Exhibit("pool", "special case", MAX[0], pooled(max_pool2d, all_get_it)[1], MAX),
    "borders": Exhibit("pool", "mixed conventions", *pooled(means_inside, avg_pool2d_backward), INSIDE),
    "sign": Exhibit("bend", "sign", *bent(sigmoid_turned, sigmoid_turned_back), SIGMOID),
    "powers": Exhibit("bend", "range", bent(tanh_of_powers, tanh)[0], TANH[1], TANH),
}
