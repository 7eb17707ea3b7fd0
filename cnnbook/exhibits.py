"""The museum: layers with an error in them, in our own words, and five kinds of test that may find it.

The chapter on the sources shows them. The slips of :mod:`cnnbook.slips` are exhibits, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from cnnbook.activations import sigmoid, sigmoid_backward, tanh, tanh_backward
from cnnbook.conv_backward import conv2d_backward
from cnnbook.conv_batch import conv2d
from cnnbook.pooling import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward
from cnnbook.shapes import as_int
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

__all__ = ["EXHIBITS", "TESTS", "Exhibit", "caught_by"]

TESTS = ("one example", "shapes", "adjoint", "numeric gradient", "sweep")
ONE: dict[str, tuple] = {
    "conv": (1, (5, 5), (3, 3), 1, 1),
    "pool": (1, (4, 4), (2, 2), 2, 0),
    "bend": (1, (3, 3), (1, 1), 1, 0),
}
SWEEP: dict[str, list[tuple]] = {
    "conv": [
        (1, (6, 6), (3, 3), 1, 0),
        (2, (6, 6), (3, 3), 1, 1),
        (1, (6, 7), (3, 2), 1, 1),
        (1, (8, 8), (3, 3), 2, 1),
        (1, (5, 6), (3, 2), 2, 0),
        (2, (4, 5), (1, 2), 3, 0),
    ],
    "pool": [
        (1, (5, 5), (3, 3), 1, 0),
        (2, (4, 6), (2, 3), 1, 1),
        (1, (6, 7), (2, 2), 2, 1),
        (1, (4, 5), (2, 2), 2, 0, "ties"),
    ],
    "bend": [
        (1, (3, 4), (1, 1), 1, 0, "zeros"),
        (2, (3, 4), (1, 1), 1, 0),
        (1, (3, 3), (1, 1), 1, 0, "large"),
    ],
}
VALUES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "random": lambda x: x,
    "zeros": lambda x: 0 * x,
    "ties": lambda x: np.maximum(np.round(x), 0),
    "large": lambda x: 500 * x,
}


@dataclass(frozen=True)
class Exhibit:
    """A layer with an error: its passes, the right ones, and what kind of mistake it is.

    A pass takes ``(x, weight, stride, padding)``, a backward pass the gradient of the output before these,
    and returns the gradients of the input and of the weights; where there are no weights, zeros.
    """

    family: str  # "conv", "pool" or "bend"
    kind: str
    forward: Callable[..., np.ndarray]
    backward: Callable[..., tuple]
    right: tuple[Callable[..., np.ndarray], Callable[..., tuple]]


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
MEAN = pooled(avg_pool2d, avg_pool2d_backward)
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
    "width": Exhibit("conv", "wrong axis", refuses_by_height, conv_back, CONV),
    "stacked": Exhibit("conv", "wrong axis", stacked, conv_back, CONV),
    "flipped": Exhibit("conv", "other operation", flipped, flipped_back, CONV),
    "overwritten": Exhibit("pool", "overlap", MAX[0], pooled(max_pool2d, overwrites)[1], MAX),
    "ties": Exhibit("pool", "special case", MAX[0], pooled(max_pool2d, all_get_it)[1], MAX),
    "borders": Exhibit("pool", "mixed conventions", *pooled(means_inside, avg_pool2d_backward), MEAN),
    "sign": Exhibit("bend", "sign", *bent(sigmoid_turned, sigmoid_turned_back), SIGMOID),
    "powers": Exhibit("bend", "range", bent(tanh_of_powers, tanh)[0], TANH[1], TANH),
}


def arrays_of(exhibit: Exhibit, setting: tuple) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return random arrays for a setting: the input of two channels, the weights, the output's gradient."""
    N, size, kernel_size, s, p, *values = setting
    if N < 1:
        raise ValueError("a batch holds at least one picture")
    as_int(s, "the stride", 1), as_int(p, "the padding", 0)
    if values and values[0] not in VALUES:
        raise ValueError(f"the values are one of {', '.join(VALUES)}, got {values[0]!r}")
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(N, 2, *size)), rng.normal(size=(3, 2, *kernel_size))
    x = VALUES[values[0] if values else "random"](x)
    return x, w, rng.normal(size=exhibit.right[0](x, w, s, p).shape)


def caught_by(exhibit: Exhibit, test: str, settings: list[tuple] | None = None) -> bool | None:
    """Tell whether a kind of test catches an exhibit.

    Parameters
    ----------
    exhibit : Exhibit
        The layer.
    test : {"one example", "shapes", "adjoint", "numeric gradient", "sweep"}
        Compare with a right layer on one customary setting; look at shapes only; hold the backward pass
        against the forward pass by the adjoint identity, or by differences along a direction; compare with
        a right layer on settings of many kinds. An error that is raised counts as caught.
    settings : list of (N, (H, W), (K_h, K_w), stride, padding), optional
        What to try; all but the first test sweep, if nothing is said.

    Returns
    -------
    caught : bool or None
        None where the test has no meaning: the adjoint of a function that is not linear.

    Examples
    --------
    >>> [caught_by(EXHIBITS["flipped"], test) for test in TESTS]
    [True, False, False, False, True]
    """
    if test == "adjoint" and exhibit.family == "bend":
        return None
    default = [ONE[exhibit.family]] if test == "one example" else SWEEP[exhibit.family]
    return any(caught_on(exhibit, test, setting) for setting in settings or default)


def caught_on(exhibit: Exhibit, test: str, setting: tuple) -> bool:
    """Tell whether a kind of test catches an exhibit on one setting."""
    s, p = setting[3:5]
    x, w, g = arrays_of(exhibit, setting)
    if test in ("adjoint", "numeric gradient") and setting[5:] and exhibit.family == "pool":
        return False  # at a tie there is no slope to compare with
    try:
        with np.errstate(all="ignore"):
            y, grads = exhibit.forward(x, w, s, p), exhibit.backward(g, x, w, s, p)
            if test == "shapes":
                return (y.shape, *[a.shape for a in grads]) != (g.shape, x.shape, w.shape)
            if test == "adjoint":
                sides = [np.vdot(x, grads[0])] + ([np.vdot(w, grads[1])] if exhibit.family == "conv" else [])
                return not np.allclose(sides, np.vdot(y, g), rtol=1e-9, atol=1e-9)
            if test == "numeric gradient":
                return not slopes_agree(exhibit, (x, w), grads, g, setting)
            right = exhibit.right[0](x, w, s, p), *exhibit.right[1](g, x, w, s, p)
    except (IndexError, ValueError, AssertionError):
        return True
    return not all(a.shape == b.shape and np.allclose(a, b) for a, b in zip((y, *grads), right, strict=True))


def slopes_agree(exhibit: Exhibit, arrays: tuple, grads: tuple, g: np.ndarray, setting: tuple) -> bool:
    """Compare the gradients with a difference along a random direction."""
    s, p = setting[3:5]
    rng = np.random.default_rng(1)
    along = [rng.normal(size=array.shape) for array in arrays]
    step = 1e-6
    ends = [
        exhibit.forward(*(a + sign * step * d for a, d in zip(arrays, along, strict=True)), s, p)
        for sign in (1, -1)
    ]
    slope = np.vdot(ends[0] - ends[1], g) / (2 * step)
    expected = sum(np.vdot(grad, d) for grad, d in zip(grads, along, strict=True))
    return bool(np.isclose(slope, expected, rtol=1e-5, atol=1e-5))
