"""Wrong gradients of a pooling, each with what to tell who wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnnbook.checks.sweep.pool.case import Pooling, shared
from cnnbook.checks.sweep.slips.of_input import ACCUMULATE

__all__ = ["backward_slips"]

Slip = tuple[str, Callable[[Pooling, np.ndarray], np.ndarray]]


def grad(case: Pooling, g: np.ndarray, **changes: object) -> np.ndarray:
    """Return a right gradient of a case with other arguments."""
    return case.but(**changes).backward(g)["x"]


def pieces(case: Pooling, g: np.ndarray) -> Iterator[tuple[tuple[slice, ...], np.ndarray]]:
    """Yield each window's place in the padded pictures, and its piece of the gradient."""
    (s, t), (u, v), (p, q) = case.step, case.kernel_size, case.padding
    for i, j in np.ndindex(g.shape[2:]):
        only = np.zeros_like(g, float)
        only[:, :, i, j] = g[:, :, i, j]
        one = np.pad(grad(case, only), ((0, 0), (0, 0), (p, p + u), (q, q + v)))
        place = ..., slice(i * s, i * s + u), slice(j * t, j * t + v)
        yield place, one[place]


def replaced(case: Pooling, g: np.ndarray, whole: bool) -> np.ndarray:
    """Return the gradient if a window's piece replaces what stood there, whole or where it is not 0."""
    (H, W), (u, v), (p, q) = case.x.shape[2:], case.kernel_size, case.padding
    found = np.zeros((*case.x.shape[:2], H + 2 * p + u, W + 2 * q + v))
    for place, piece in pieces(case, g):
        found[place] = piece if whole else np.where(piece, piece, found[place])
    return found[:, :, p : p + H, q : q + W]


def whole_to_all(case: Pooling, g: np.ndarray) -> np.ndarray:
    """Return the gradient if every entry of a window gets the whole one."""
    return shared(case, g, lambda x, top: np.ones_like(x))


def by_entries(case: Pooling, g: np.ndarray) -> np.ndarray:
    """Return the mean's gradient if one entry of all windows replaces the one before."""
    windows = case.windows
    found = windows.blank(case.x.shape[:2], float)
    for i, j in np.ndindex(case.kernel_size):
        windows.at(found, i, j)[...] = g / np.prod(case.kernel_size)
    return windows.crop(found)


def winners() -> Iterator[Slip]:
    """Yield what goes wrong with where the gradient of a maximum goes."""
    yield (
        "of equal numbers each gets the whole gradient: one of them gets it, or they share it",
        lambda c, g: shared(c, g, lambda x, top: x == top),
    )
    yield (
        "the largest number is looked for in all channels: every channel has its own (argmax over rows and "
        "columns, channel by channel)",
        lambda c, g: shared(c, g, lambda x, top: x == top.max(1, keepdims=True)),
    )
    yield (
        "every number of a window gets the whole gradient: only the largest should",
        whole_to_all,
    )
    yield (
        "it is shared equally, as a mean's: the largest number gets all of it",
        lambda c, g: grad(c, g, largest=False),
    )
    yield (
        "it is multiplied by the number itself: the largest number's gradient is the window's",
        lambda c, g: grad(c, g) * c.x,
    )
    yield "it is 1 where it should be the window's gradient", lambda c, g: grad(c, np.ones_like(g))
    yield (
        "the flat argmax is taken apart with the kernel's height: row, column = divmod(argmax, K_w)",
        lambda c, g: misplaced(c, g),
    )


def misplaced(case: Pooling, g: np.ndarray) -> np.ndarray:
    """Return the gradient if a winner's row and column are found with the kernel's height."""
    windows, (s, t) = case.windows, case.step
    x = windows.view(windows.pad(case.x.astype(float), -np.inf))  # (N, C, K_h, K_w, H_out, W_out)
    N, C, K_h, K_w, H_out, W_out = x.shape
    u, v = np.divmod(x.reshape(N, C, K_h * K_w, H_out, W_out).argmax(2), K_h)
    rows, columns = u + s * np.arange(H_out)[:, None], v + t * np.arange(W_out)
    found = windows.blank((N, C), float)
    n, c = np.ogrid[:N, :C]
    np.add.at(found, (n[..., None, None], c[..., None, None], rows, columns), g)
    return windows.crop(found)


def shares() -> Iterator[Slip]:
    """Yield what goes wrong with the shares of a mean's gradient."""
    yield ACCUMULATE, by_entries
    yield (
        "the mean's gradient is not divided: every entry gets the whole one",
        whole_to_all,
    )
    yield (
        "the padding's zeros do not count for the mean: on the way back they get their share as well",
        lambda c, g: grad(c, g, count_include_pad=False),
    )
    yield (
        "the padding's zeros count for the mean: only the numbers of the picture should",
        lambda c, g: grad(c, g, count_include_pad=True),
    )
    yield (
        "the largest number of each window gets all of it: a mean shares it equally",
        lambda c, g: grad(c, g, largest=True),
    )


def amounts() -> Iterator[Slip]:
    """Yield what goes wrong with how much of it goes back, and where it is written."""
    yield ACCUMULATE, lambda c, g: replaced(c, g, True)
    yield ACCUMULATE, lambda c, g: replaced(c, g, False)
    yield "the padding is not cut off", uncut
    yield (
        "the padding is cut off with [p:-p], which is empty for p = 0: cut with [p:p + H]",
        lambda c, g: uncut(c, g)[:, :, c.padding[0] : -c.padding[0], c.padding[1] : -c.padding[1]],
    )
    yield (
        "the rows and columns that the stride leaves over are missing: their gradient is 0, but the shape is "
        "that of x",
        remainder_lost,
    )
    yield (
        "it is averaged over the batch: every picture has a gradient of its own",
        lambda c, g: grad(c, g) / len(c.x),
    )
    yield (
        "only the first picture of the batch gets a gradient",
        lambda c, g: grad(c, g) * (np.arange(len(c.x)) == 0)[:, None, None, None],
    )
    yield (
        "only the first channel gets a gradient",
        lambda c, g: grad(c, g) * (np.arange(c.x.shape[1]) == 0)[:, None, None],
    )
    yield "it is 0: is what you compute ever written into it?", lambda c, g: 0 * grad(c, g)
    yield "its sign is the other one", lambda c, g: -grad(c, g)


def uncut(case: Pooling, g: np.ndarray) -> np.ndarray:
    """Return the gradient of the padded input."""
    (p, q) = case.padding
    x = np.pad(case.x, ((0, 0), (0, 0), (p, p), (q, q)), constant_values=-np.inf)
    return grad(case, g, x=x, padding=(0, 0), stride=case.step)


def remainder_lost(case: Pooling, g: np.ndarray) -> np.ndarray:
    """Return the gradient as large as the windows reach."""
    sizes = zip(g.shape[2:], case.step, case.kernel_size, case.padding, strict=True)
    H, W = ((n - 1) * s + k - p for n, s, k, p in sizes)
    return grad(case, g)[:, :, :H, :W]


def backward_slips(largest: bool) -> list[Slip]:
    """Return every wrong gradient of a pooling that is known, with its diagnosis."""
    return [*(winners() if largest else shares()), *amounts()]
