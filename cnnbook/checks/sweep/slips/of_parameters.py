"""What goes wrong with the gradients of the weights and of the bias."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnnbook.checks.sweep.arrays import Convolution
from cnnbook.checks.sweep.slips import GradientSlip
from cnnbook.checks.sweep.slips.gradients import any_part, grad, one_picture

__all__ = ["of_bias", "of_weights"]


def of_parameters(name: str) -> Iterator[GradientSlip]:
    """Yield what goes wrong with the gradient of the weights, or of the bias."""
    yield (
        "it is averaged over the batch: sum it (the loss does the averaging), and the gradient of x fits",
        lambda c, g: grad(c, g, name) / len(c.x),
    )
    yield "only the last picture of the batch counts: write +=, not =", one_picture(name, -1)
    yield "only the first picture of the batch counts: sum over all", one_picture(name, 0)
    yield (
        "it is averaged over the places: sum over them",
        lambda c, g: grad(c, g, name) / np.prod(g.shape[2:]),
    )
    yield (
        "it is averaged over the batch and the places: sum over them",
        lambda c, g: grad(c, g, name) / np.prod(g.shape[2:]) / len(g),
    )
    yield (
        "only the last window counts: write +=, not =",
        lambda c, g: grad(c, g * last_place(g), name),
    )
    yield from any_part(name)


def last_place(g: np.ndarray) -> np.ndarray:
    """Return 1 at the last picture's last window, and 0 elsewhere."""
    mask = np.zeros_like(g)
    mask[-1, :, -1, -1] = 1
    return mask


def of_weights() -> Iterator[GradientSlip]:
    """Yield what goes wrong with the gradient of the weights."""
    yield from of_parameters("weight")
    yield (
        "it is turned by a half turn: its rows and its columns are mirrored",
        lambda c, g: grad(c, g, "weight")[:, :, ::-1, ::-1],
    )
    yield "it is mirrored up and down", lambda c, g: grad(c, g, "weight")[:, :, ::-1]
    yield "it is mirrored left and right", lambda c, g: grad(c, g, "weight")[..., ::-1]
    yield "its rows and columns are swapped", lambda c, g: grad(c, g, "weight").swapaxes(2, 3)
    yield (
        "it is made with the input without its padding",
        lambda c, g: padding_zeroed(c, g),
    )
    yield "the stride is forgotten: the windows stand one step apart", lambda c, g: close_windows(c, g)


def padding_zeroed(case: Convolution, g: np.ndarray) -> np.ndarray:
    """Return the weights' gradient if the picture lies at the corner, and not inside its padding."""
    (p, q) = case.padding
    x = np.pad(case.x, ((0, 0), (0, 0), (0, 2 * p), (0, 2 * q)))
    return case.but(x=x, padding=(0, 0)).backward(g)["weight"]


def close_windows(case: Convolution, g: np.ndarray) -> np.ndarray:
    """Return the weights' gradient if windows are one step apart."""
    (p, q) = case.padding
    x = np.pad(case.x, ((0, 0), (0, 0), (p, p), (q, q)))
    reach = zip(g.shape[2:], case.dilation, case.kernel, strict=True)
    H, W = (n + d * (k - 1) for n, d, k in reach)
    return case.but(x=x[:, :, :H, :W], padding=(0, 0), stride=(1, 1)).backward(g)["weight"]


def of_bias() -> Iterator[GradientSlip]:
    """Yield what goes wrong with the gradient of the bias."""
    yield from of_parameters("bias")
    yield "it is summed over the batch only: sum over rows and columns too", lambda c, g: g.sum(0)
    yield "it is summed over the places only: sum over the batch too", lambda c, g: g.sum((2, 3))
    yield "it is one number: sum over all axes but that of the filters", lambda c, g: np.array([g.sum()])
    yield "every filter gets the sum of all", lambda c, g: np.full(g.shape[1], g.sum())
    yield "it is the gradient of the output as it is: sum it", lambda c, g: g
