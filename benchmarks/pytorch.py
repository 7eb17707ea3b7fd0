"""Time the layers against PyTorch: convolution, max pooling, an epoch of training.

Usage: python benchmarks/pytorch.py [conv] [pool] [epoch] [--case KERNEL WITH]

Each table is made four times, each in a process of its own: by the kernel that OpenBLAS chooses on this
processor and by Haswell's, with threadpoolctl (our threads) and without (those of the products). A case is
one of them: ``--case own with``, ``--case Haswell without``.

All of one row is measured in one run, in turns, so that a busy machine slows all of them alike; each
number is a ratio of medians, time of ours / time of PyTorch's.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import numpy as np
from timing import CONVOLUTIONS, label, mean, medians, start_again_passive

import cnnbook
import cnnbook.data
from cnnbook import conv2d, conv2d_backward, im2col, max_pool2d, max_pool2d_backward

if importlib.util.find_spec("torch") is None:
    print("No comparison with PyTorch: it is not installed. `make bench TORCH=1` installs it (over 200 MB).")
    sys.exit()

import torch
import torch_digits
from torch.nn import functional

WIDTHS = (8, 6, 9, 6, 9, 6, 9, 6)  # of the columns of the table of conv2d
POOLINGS = [
    ((64, 16, 28, 28), {"kernel_size": 2}),
    ((32, 64, 28, 28), {"kernel_size": 2}),
    ((8, 64, 56, 56), {"kernel_size": 3, "stride": 2, "padding": 1}),
    ((32, 16, 8, 8), {"kernel_size": 2}),
    ((16, 32, 32, 32), {"kernel_size": 3, "stride": 1, "padding": 1}),
    ((8, 128, 14, 14), {"kernel_size": (2, 3)}),
]


def convolution(shape, kernel, settings, dtype) -> tuple[float, float, float, float]:
    """Return the ratios of forward and of its bare matrix product, of backward and of its two."""
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
    side_by_side = cols.transpose(1, 2, 0, 3).reshape(groups, cols.shape[2], -1)
    grads = grad_out.reshape(*product.shape).transpose(1, 2, 0, 3).reshape(*w.shape[:2], -1)
    grad_w, grad_cols = np.empty_like(w), np.empty_like(side_by_side)

    def bare_products():
        np.matmul(grads, side_by_side.swapaxes(1, 2), out=grad_w)
        np.matmul(w.swapaxes(1, 2), grads, out=grad_cols)

    ours_back, reference_back, bare_back = medians(
        lambda: conv2d_backward(grad_out, x, weight, **settings),
        lambda: torch.autograd.grad(y, leaves, g, retain_graph=True),
        bare_products,
    )
    return ours / reference, bare / reference, ours_back / reference_back, bare_back / reference_back


def convolutions() -> None:
    """Print the table of conv2d."""
    print("conv2d: time of ours / PyTorch's. bare: the matrix products alone, on columns already made.")
    names = ("float32", "bare", "backward", "bare", "float64", "bare", "backward", "bare")
    print(f"{'':40}" + "".join(f"{name:>{width}}" for name, width in zip(names, WIDTHS, strict=True)))
    rows = []
    for case in CONVOLUTIONS:
        single, double = (convolution(*case, dtype) for dtype in (np.float32, np.float64))
        rows.append((*single, *double))
        print(line(label(*case), rows[-1]), flush=True)
    print(line("geometric mean", [mean(column) for column in zip(*rows, strict=True)]))
    print(line("geometric mean of the first seven", [mean(column) for column in zip(*rows[:7], strict=True)]))
    print(line("worst", [max(column) for column in zip(*rows, strict=True)]))


def line(name: str, numbers) -> str:
    """Return one line of the table of conv2d."""
    return f"{name:40}" + "".join(
        f"{number:{width}.2f}" for number, width in zip(numbers, WIDTHS, strict=True)
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
    theirs = torch_digits.network()
    adam, torch_adam = cnnbook.Adam(ours.parameters()), torch.optim.Adam(theirs.parameters())
    x_torch, y_torch = torch.tensor(x), torch.tensor(y)

    def our_epoch():
        cnnbook.fit(ours, x, y, adam, epochs=1, rng=rng, metrics={}, progress=False)

    first, second = medians(
        our_epoch, lambda: torch_digits.train_epoch(theirs, torch_adam, x_torch, y_torch), seconds=4
    )
    print(
        f"one epoch on the digits: {first * 1e3:.0f} ms, PyTorch {second * 1e3:.0f} ms, {first / second:.2f}"
    )


CASES = [(kernel, threadpoolctl) for kernel in ("own", "Haswell") for threadpoolctl in ("with", "without")]
TABLES = {"conv": convolutions, "pool": poolings, "epoch": epoch}


def kernel_in_use() -> str:
    """Return the name of the kernel that multiplies matrices here."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return "unknown (threadpoolctl would tell)"
    return " ".join(info["architecture"] for info in threadpool_info() if info["internal_api"] == "openblas")


def one_case(kernel: str, threadpoolctl: str, chosen: list[str]) -> None:
    """Print the tables of one case, in this process."""
    versions = f"NumPy {np.__version__}, PyTorch {torch.__version__}, {torch.get_num_threads()} threads"
    print(f"{versions}; kernel {kernel}: {kernel_in_use()}; {threadpoolctl} threadpoolctl")
    if threadpoolctl == "without":
        sys.modules["threadpoolctl"] = None
    for name in chosen:
        TABLES[name]()
        print()


def main(arguments: list[str]) -> None:
    """Print the tables of each case, in a process of its own."""
    start_again_passive()
    if "--case" in arguments:
        place = arguments.index("--case")
        one_case(*arguments[place + 1 : place + 3], arguments[:place])
        return
    for kernel, threadpoolctl in CASES:
        environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_CORETYPE"}
        if kernel != "own":
            environment["OPENBLAS_CORETYPE"] = kernel
        command = [sys.executable, __file__, *(arguments or TABLES), "--case", kernel, threadpoolctl]
        subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
