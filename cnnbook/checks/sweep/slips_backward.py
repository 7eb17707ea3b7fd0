"""Wrong gradients of a convolution, each with what to tell who wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnnbook.checks.sweep.arrays import Convolution

__all__ = ["ACCUMULATE", "backward_slips"]

ACCUMULATE = "the gradient is not accumulated where windows overlap: write +=, not ="

Grads = dict[str, np.ndarray]
Slip = tuple[str, Callable[[Convolution, np.ndarray], np.ndarray]]


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


def grad(case: Convolution, g: np.ndarray, name: str, **changes: object) -> np.ndarray:
    """Return a right gradient of a case with other arguments."""
    return case.but(**changes).backward(g)[name]


def of_input() -> Iterator[Slip]:
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
    yield "the padding is not cut off", lambda c, g: uncut(c, g)
    yield (
        "the padding is cut off with [p:-p], which is empty for p = 0: cut with [p:p + H]",
        lambda c, g: uncut(c, g)[:, :, c.padding[0] : -c.padding[0], c.padding[1] : -c.padding[1]],
    )
    yield (
        "the padding is cut off at one end only, below and to the right",
        lambda c, g: uncut(c, g)[:, :, : c.x.shape[2], : c.x.shape[3]],
    )
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


def uncut(case: Convolution, g: np.ndarray) -> np.ndarray:
    """Return the gradient of the padded input."""
    (p, q) = case.padding
    x = np.pad(case.x, ((0, 0), (0, 0), (p, p), (q, q)))
    return case.but(x=x, padding=(0, 0)).backward(g)["x"]


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


def one_picture(name: str, which: int) -> Callable:
    """Return a gradient that comes from one picture of the batch only."""

    def slip(case: Convolution, g: np.ndarray) -> np.ndarray:
        only = np.zeros_like(g)
        only[which] = g[which]
        return grad(case, only, name)

    return slip


def of_parameters(name: str) -> Iterator[Slip]:
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


def of_weights() -> Iterator[Slip]:
    """Yield what goes wrong with the gradient of the weights."""
    yield from of_parameters("weight")
    yield (
        "it is turned by a half turn",
        lambda c, g: grad(c, g, "weight")[:, :, ::-1, ::-1],
    )
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


def of_bias() -> Iterator[Slip]:
    """Yield what goes wrong with the gradient of the bias."""
    yield from of_parameters("bias")
    yield "it is summed over the batch only: sum over rows and columns too", lambda c, g: g.sum(0)
    yield "it is summed over the places only: sum over the batch too", lambda c, g: g.sum((2, 3))
    yield "it is one number: sum over all axes but that of the filters", lambda c, g: np.array([g.sum()])
    yield "every filter gets the sum of all", lambda c, g: np.full(g.shape[1], g.sum())
    yield "it is the gradient of the output as it is: sum it", lambda c, g: g


def any_part(name: str) -> Iterator[Slip]:
    """Yield what may go wrong with any gradient."""
    yield "it is 0: is what you compute ever written into it?", lambda c, g: 0 * grad(c, g, name)
    yield "its sign is the other one", lambda c, g: -grad(c, g, name)
    yield "it is twice as large as it should be", lambda c, g: 2 * grad(c, g, name)
    yield "it is half as large as it should be", lambda c, g: grad(c, g, name) / 2


def backward_slips() -> dict[str, list[Slip]]:
    """Return every wrong gradient that is known, with its diagnosis, by the argument's name."""
    return {"x": [*of_input()], "weight": [*of_weights()], "bias": [*of_bias()]}
