"""Time the layers against PyTorch, SciPy, the naive loops and the sources' ways of doing it.

Usage: python benchmarks/bench_layers.py [conv] [pool] [epoch] [others]

All of one row is measured in one run, in turns, so that a busy machine slows all of them alike; each
number is a ratio of medians, time of ours / time of the other. Needs torch==2.13.0.
"""

from __future__ import annotations

import math
import os
import statistics
import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np
import torch
from scipy import signal
from torch.nn import functional

import cnnbook
import cnnbook.data
from cnnbook import conv2d, conv2d_backward, conv2d_naive, im2col, max_pool2d, max_pool2d_backward

# The idle threads of one library would spin on the processors that the other needs: OpenBLAS's for some
# 30 ms after a product, which makes PyTorch look up to 1.7 times slower. It has to be said before they start.
PASSIVE = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0", "OPENBLAS_THREAD_TIMEOUT": "4"}
SECONDS = 0.25  # for each function of a row
CONVOLUTIONS = [  # input, weight, settings; the first seven are those of the house's notes
    ((5, 1, 10, 10), (20, 1, 3, 3), {}),
    ((64, 1, 28, 28), (16, 1, 5, 5), {"padding": 2}),
    ((32, 32, 28, 28), (64, 32, 3, 3), {}),
    ((8, 64, 56, 56), (64, 64, 3, 3), {"padding": 1}),
    ((16, 64, 56, 56), (128, 64, 3, 3), {"padding": 1, "stride": 2}),
    ((8, 256, 14, 14), (256, 256, 3, 3), {"padding": 1}),
    ((8, 256, 28, 28), (64, 256, 1, 1), {}),
    ((32, 1, 8, 8), (16, 1, 3, 3), {"padding": 1}),
    ((32, 16, 8, 8), (16, 16, 3, 3), {"padding": 1}),
    ((32, 3, 32, 32), (32, 3, 5, 5), {"padding": 2}),
    ((4, 3, 224, 224), (32, 3, 3, 3), {"padding": 1, "stride": 2}),
    ((4, 3, 224, 224), (96, 3, 16, 16), {"stride": 16}),
    ((16, 16, 32, 32), (32, 16, 3, 3), {"padding": 1}),
    ((8, 128, 14, 14), (128, 128, 3, 3), {"padding": 2, "dilation": 2}),
    ((16, 512, 7, 7), (512, 512, 3, 3), {"padding": 1}),
    ((8, 64, 28, 28), (128, 32, 3, 3), {"padding": 1, "groups": 2}),
]
POOLINGS = [
    ((64, 16, 28, 28), {"kernel_size": 2}),
    ((32, 64, 28, 28), {"kernel_size": 2}),
    ((8, 64, 56, 56), {"kernel_size": 3, "stride": 2, "padding": 1}),
    ((32, 16, 8, 8), {"kernel_size": 2}),
    ((16, 32, 32, 32), {"kernel_size": 3, "stride": 1, "padding": 1}),
    ((8, 128, 14, 14), {"kernel_size": (2, 3)}),
]


def medians(*functions: Callable[[], object], seconds: float = SECONDS) -> list[float]:
    """Return each function's median time in seconds; the functions take turns."""
    times: list[list[float]] = [[] for _ in functions]
    for function in functions:
        function()
    end = perf_counter() + seconds * len(functions)
    while perf_counter() < end or len(times[0]) < 5:
        for function, own in zip(functions, times, strict=True):
            start = perf_counter()
            function()
            own.append(perf_counter() - start)
    return [statistics.median(own) for own in times]


def mean(ratios: list[float]) -> float:
    """Return the geometric mean."""
    return math.exp(statistics.fmean(map(math.log, ratios)))


def label(shape: tuple[int, ...], weight: tuple[int, ...], settings: dict) -> str:
    """Return a row's name."""
    words = {"padding": "p", "stride": "s", "dilation": "d", "groups": "g"}
    extra = "".join(f" {words[name]}{value}" for name, value in settings.items())
    return f"{'x'.join(map(str, shape))}, {weight[0]} of {weight[2]}x{weight[3]}{extra}"


def convolution(shape, kernel, settings, dtype) -> tuple[float, float, float, float]:
    """Return the ratios of forward, of the bare matrix product, of backward; and the share of its rate."""
    rng = np.random.default_rng(0)
    x, weight = rng.standard_normal(shape).astype(dtype), rng.standard_normal(kernel).astype(dtype)
    bias = rng.standard_normal(kernel[0]).astype(dtype)
    leaves = [torch.tensor(array, requires_grad=True) for array in (x, weight, bias)]
    y = functional.conv2d(*leaves, **settings)
    grad_out = rng.standard_normal(y.shape).astype(dtype)
    g = torch.tensor(grad_out)
    groups = settings.get("groups", 1)
    cols = im2col(x, kernel[2:], **{name: value for name, value in settings.items() if name != "groups"})
    cols = cols.reshape(shape[0], groups, -1, cols.shape[2])
    w = weight.reshape(groups, kernel[0] // groups, -1)
    product = np.empty((*cols.shape[:2], w.shape[1], cols.shape[3]), dtype)

    def theirs():
        with torch.no_grad():
            functional.conv2d(*leaves, **settings)

    ours, reference, bare = medians(
        lambda: conv2d(x, weight, bias, **settings), theirs, lambda: np.matmul(w, cols, out=product)
    )
    ours_back, reference_back = medians(
        lambda: conv2d_backward(grad_out, x, weight, **settings),
        lambda: torch.autograd.grad(y, leaves, g, retain_graph=True),
    )
    return ours / reference, bare / reference, ours_back / reference_back, bare / ours


def convolutions() -> None:
    """Print the table of conv2d."""
    print("conv2d: time of ours / PyTorch's. bare: the matrix product alone, on columns already made.")
    print(f"{'':40}{'float32':>8}{'bare':>6}{'backward':>9}{'float64':>9}{'bare':>6}{'backward':>9}")
    rows = []
    for case in CONVOLUTIONS:
        single, double = (convolution(*case, dtype) for dtype in (np.float32, np.float64))
        rows.append((*single[:3], *double[:3]))
        print(line(label(*case), rows[-1]), flush=True)
    print(line("geometric mean", [mean(column) for column in zip(*rows, strict=True)]))
    print(line("geometric mean of the first seven", [mean(column) for column in zip(*rows[:7], strict=True)]))
    print(line("worst", [max(column) for column in zip(*rows, strict=True)]))


def line(name: str, numbers) -> str:
    """Return one line of the table of conv2d."""
    return f"{name:40}" + "".join(
        f"{number:{width}.2f}" for number, width in zip(numbers, (8, 6, 9, 9, 6, 9), strict=True)
    )


def poolings() -> None:
    """Print the table of max_pool2d."""
    print("max_pool2d, float32, forward with indices plus backward: time of ours / PyTorch's")
    ratios = []
    for shape, settings in POOLINGS:
        x = np.random.default_rng(0).standard_normal(shape).astype(np.float32)
        leaf = torch.tensor(x, requires_grad=True)
        grad_out = np.ones_like(max_pool2d(x, **settings))
        g = torch.tensor(grad_out)

        def ours(x=x, settings=settings, grad_out=grad_out):
            _, indices = max_pool2d(x, **settings, return_indices=True)
            max_pool2d_backward(grad_out, x, **settings, indices=indices)

        def theirs(leaf=leaf, settings=settings, g=g):
            torch.autograd.grad(functional.max_pool2d(leaf, **settings), leaf, g)

        first, second = medians(ours, theirs)
        ratios.append(first / second)
        print(f"{'x'.join(map(str, shape)) + ' ' + str(settings):72}{ratios[-1]:6.2f}", flush=True)
    print(f"{'geometric mean':72}{mean(ratios):6.2f}\n{'worst':72}{max(ratios):6.2f}")


def epoch() -> None:
    """Print the time of an epoch of training."""
    x, y, *_ = cnnbook.data.digits()
    rng = np.random.default_rng(0)
    ours = cnnbook.Sequential(
        cnnbook.Conv2d(1, 16, 3, padding=1, rng=rng),
        cnnbook.ReLU(),
        cnnbook.Conv2d(16, 16, 3, padding=1, rng=rng),
        cnnbook.ReLU(),
        cnnbook.MaxPool2d(2),
        cnnbook.Flatten(),
        cnnbook.Linear(256, 10, rng=rng),
    )
    theirs = torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.Conv2d(16, 16, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(256, 10),
    )
    adam, torch_adam = cnnbook.Adam(ours.parameters()), torch.optim.Adam(theirs.parameters())
    x_torch, y_torch = torch.tensor(x), torch.tensor(y)

    def our_epoch():
        cnnbook.fit(ours, x, y, adam, epochs=1, rng=rng, metrics={}, progress=False)

    def their_epoch():
        for batch in torch.randperm(len(x)).split(32):
            torch_adam.zero_grad()
            functional.cross_entropy(theirs(x_torch[batch]), y_torch[batch]).backward()
            torch_adam.step()

    first, second = medians(our_epoch, their_epoch, seconds=4)
    print(
        f"one epoch on the digits: {first * 1e3:.0f} ms, PyTorch {second * 1e3:.0f} ms, {first / second:.2f}"
    )


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


def main(chosen: list[str]) -> None:
    """Print the tables."""
    if any(os.environ.get(name) != value for name, value in PASSIVE.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **PASSIVE})
    print(f"NumPy {np.__version__}, PyTorch {torch.__version__}, {torch.get_num_threads()} threads")
    tables = {"conv": convolutions, "pool": poolings, "epoch": epoch, "others": others}
    for name in chosen or tables:
        tables[name]()
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
