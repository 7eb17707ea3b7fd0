"""Time conv2d against SciPy, the naive loops, and the ways in which the book's sources make columns.

All of one row is measured in one run, in turns; each number is a ratio of medians.
"""

from __future__ import annotations

import numpy as np
from scipy import signal
from timing import CONVOLUTIONS, label, medians, start_again_passive

from cnnbook import conv2d, conv2d_backward, conv2d_naive, im2col


def fancy_columns(x: np.ndarray, K: int, padding: int) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Return the columns by one fancy index, as two of the sources do, and the index."""
    C, H, W = x.shape[1:]
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    H_out, W_out = H + 2 * padding - K + 1, W + 2 * padding - K + 1
    channels = np.repeat(np.arange(C), K * K)[:, None]
    rows = np.tile(np.repeat(np.arange(K), K), C)[:, None] + np.repeat(np.arange(H_out), W_out)
    columns = np.tile(np.arange(K), C * K)[:, None] + np.tile(np.arange(W_out), H_out)
    return x_pad[:, channels, rows, columns], (channels, rows, columns)


def take_columns(x: np.ndarray, K: int, padding: int) -> np.ndarray:
    """Return the columns by ``take`` with flat indices, as one of the sources does."""
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    flat = np.arange(x_pad[0].size).reshape(1, *x_pad.shape[1:])
    return x_pad.reshape(len(x), -1).take(im2col(flat, K)[0], axis=1)


def fancy_backward(x: np.ndarray, w: np.ndarray, g: np.ndarray, K: int, padding: int) -> None:
    """Go back through :func:`fancy_columns`, with ``np.add.at`` as the sources do."""
    cols, (channels, rows, columns) = fancy_columns(x, K, padding)
    np.einsum("nol,nkl->ok", g, cols, optimize=True)
    grad = np.zeros((*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding), x.dtype)
    np.add.at(grad, (slice(None), channels, rows, columns), w.T @ g)


def other_ways(shape, kernel, settings) -> str:
    """Return the ratios of other ways to ours; SciPy's and the loops' time from a part of the work."""
    rng = np.random.default_rng(0)
    x, weight = rng.standard_normal(shape).astype("f4"), rng.standard_normal(kernel).astype("f4")
    K, padding = kernel[2], settings.get("padding", 0)
    w = weight.reshape(len(weight), -1)
    grad_out = conv2d(x, weight, **settings)
    g = grad_out.reshape(*grad_out.shape[:2], -1)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    ours, fancy, take, scipy, loops, back, add_at = medians(
        lambda: conv2d(x, weight, **settings),
        lambda: w @ fancy_columns(x, K, padding)[0],
        lambda: w @ take_columns(x, K, padding),
        lambda: signal.correlate(padded[0], weight[0], "valid", method="direct"),
        lambda: conv2d_naive(padded[:1, :, : K + 2, : K + 2], weight[:1]),
        lambda: conv2d_backward(grad_out, x, weight, **settings),
        lambda: fancy_backward(x, w, g, K, padding),
    )
    scipy, loops = scipy * len(x) * len(weight), loops / 9 * grad_out.size
    ratios = fancy / ours, take / ours, scipy / ours, loops / ours, add_at / back
    return "".join(f"{ratio:12.1f}" for ratio in ratios)


def rate(shape, kernel, settings) -> float:
    """Return the part of the rate of a large matrix product that conv2d reaches."""
    x, weight, big = (np.ones(size, np.float32) for size in (shape, kernel, (1024, 1024)))
    products = conv2d(x, weight, **settings).size * weight[0].size
    ours, bare = medians(lambda: conv2d(x, weight, **settings), lambda: big @ big)
    return products / ours / (1024**3 / bare)


def others() -> None:
    """Print what other ways take, and the share of the processor's own rate."""
    names = "".join(f"{name:>12}" for name in ("fancy index", "take", "SciPy", "loops", "np.add.at"))
    print(f"{'other ways, float32: their time / ours':40}{names}")
    for case in CONVOLUTIONS[1:4]:
        print(f"{label(*case):40}{other_ways(*case)}", flush=True)
    print("share of the rate of a large matrix product that conv2d reaches, float32")
    for case in CONVOLUTIONS[2:7]:
        print(f"{label(*case):40}{rate(*case):12.0%}", flush=True)


if __name__ == "__main__":
    start_again_passive()
    others()
