"""What goes wrong with the gradient of the input."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnnbook.checks.sweep.arrays import Convolution
from cnnbook.checks.sweep.slips import GradientSlip
from cnnbook.checks.sweep.slips.cuts import cuts, uncut
from cnnbook.checks.sweep.slips.gradients import any_part, grad

__all__ = ["ACCUMULATE", "of_input"]

ACCUMULATE = "the gradient is not accumulated where windows overlap: write +=, not ="


def of_input() -> Iterator[GradientSlip]:
    """Yield what goes wrong with the gradient of the input."""
    yield ACCUMULATE, lambda c, g: spread(c, g, True)
    yield ACCUMULATE, lambda c, g: spread(c, g, False)
    yield (
        "the gradient is not accumulated, neither where windows overlap nor over filters: write +=, not =",
        lambda c, g: spread(c, g * (np.arange(g.shape[1]) == g.shape[1] - 1)[:, None, None], True),
    )
    yield (
        "the kernel is turned by a half turn once too often, or not at all",
        lambda c, g: grad(c, g, "x", weight=c.weight[:, :, ::-1, ::-1]),
    )
    yield (
        "the kernel's rows and columns are swapped",
        lambda c, g: grad(c, g, "x", weight=c.weight.swapaxes(2, 3)),
    )
    yield from cuts()
    yield (
        "the rows and columns that the stride leaves over are missing: their gradient is 0, but the shape is "
        "that of x",
        lambda c, g: remainder_lost(c, g),
    )
    yield (
        "the stride is forgotten on the way back: the pieces stand one step apart",
        lambda c, g: strideless(c, g),
    )
    yield (
        "it is averaged over the batch: every picture has a gradient of its own",
        lambda c, g: grad(c, g, "x") / len(c.x),
    )
    yield "only the first filter sends its gradient back", lambda c, g: one_filter(c, g, 0)
    yield "only the last filter sends its gradient back: write +=, not =", lambda c, g: one_filter(c, g, -1)
    yield (
        "every picture of the batch gets the gradient of the last",
        lambda c, g: np.repeat(grad(c, g, "x")[-1:], len(c.x), 0),
    )
    yield (
        "only the first picture of the batch gets a gradient",
        lambda c, g: grad(c, g, "x") * (np.arange(len(c.x)) == 0)[:, None, None, None],
    )
    yield from any_part("x")


def spread(case: Convolution, g: np.ndarray, by_window: bool, backwards: bool = False) -> np.ndarray:
    """Return the input's gradient if each piece replaces what stood there."""
    (p, q), (s, t), (d, e) = case.padding, case.stride, case.dilation
    (N, C, H, W), (K_h, K_w) = case.x.shape, case.kernel
    found = np.zeros((N, C, H + 2 * p, W + 2 * q))
    for i, j in np.ndindex(g.shape[2:]) if by_window else np.ndindex(K_h, K_w):
        if by_window:
            piece = product(g[:, :, i, j], case)
            found[:, :, i * s :, j * t :][:, :, : d * K_h : d, : e * K_w : e][:, :, :K_h, :K_w] = piece
        else:
            one = np.zeros(g.shape[:1] + found.shape[1:2] + g.shape[2:])
            for n, m in np.ndindex(g.shape[2:]):
                one[:, :, n, m] = product(g[:, :, n, m], case)[:, :, i, j]
            found[:, :, i * d :, j * e :][:, :, : s * g.shape[2] : s, : t * g.shape[3] : t] = one
    return found[:, :, p : p + H, q : q + W]


def product(g: np.ndarray, case: Convolution) -> np.ndarray:
    """Return one window's piece of the input's gradient, (N, C, K_h, K_w)."""
    parts = zip(np.split(g, case.groups, 1), np.split(case.weight, case.groups), strict=True)
    return np.concatenate([np.einsum("no,ocuv->ncuv", one, w) for one, w in parts], 1)


def remainder_lost(case: Convolution, g: np.ndarray) -> np.ndarray:
    """Return the input's gradient as large as the windows reach."""
    sizes = zip(g.shape[2:], case.stride, case.dilation, case.kernel, case.padding, strict=True)
    H, W = ((n - 1) * s + d * (k - 1) + 1 - 2 * p for n, s, d, k, p in sizes)
    return grad(case, g, "x")[:, :, :H, :W]


def strideless(case: Convolution, g: np.ndarray) -> np.ndarray:
    """Return the input's gradient if the windows stood side by side."""
    H, W = (k - 1 + n for n, k in zip(g.shape[2:], case.kernel, strict=True))
    small = case.but(x=np.zeros((*case.x.shape[:2], H, W)), stride=(1, 1), padding=(0, 0), dilation=(1, 1))
    found = np.zeros(uncut(case, g).shape)
    found[:, :, :H, :W] = small.backward(g)["x"]
    (p, q), (H, W) = case.padding, case.x.shape[2:]
    return found[:, :, p : p + H, q : q + W]


def one_filter(case: Convolution, g: np.ndarray, which: int) -> np.ndarray:
    """Return the input's gradient if only one filter counts."""
    only = np.zeros_like(g)
    only[:, which] = g[:, which]
    return grad(case, only, "x")
