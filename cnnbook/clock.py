"""What the chapter on fast convolution times: ways to convolve, what a machine allows, what threads gain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from timeit import Timer
from unittest import mock

import numpy as np

from cnnbook import threads, tuning
from cnnbook.conv_batch import conv2d
from cnnbook.costs import direct_cost
from cnnbook.im2col import im2col

__all__ = ["best", "first_win", "gains", "on_one_thread", "race", "rates", "roof"]

LONGEST = 20_000  # weights: loops in Python are timed up to there


def best(function: Callable[..., object], *arguments: object) -> float:
    """Return the seconds that a call takes at best, in five runs of 3 ms and more."""
    timer = Timer(lambda: function(*arguments))
    count = 1 + int(0.003 / timer.timeit(1))
    return min(timer.repeat(5, count)) / count


@contextmanager
def on_one_thread() -> Iterator[None]:
    """Keep matrix products, and the package's own pieces of work, on one thread."""
    with threads.blas().limit(limits=1, user_api="blas"), mock.patch.object(tuning, "MOST_THREADS", 1):
        yield


def layer(C_in: int, n: int, k: int, C_out: int, N: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return the pictures and the weights of a layer."""
    return np.ones((N, C_in, n, n), "f4"), np.ones((C_out, C_in, k, k), "f4")


def race(
    ways: Mapping[str, Callable], layers: Mapping[float, tuple[int, int, int]], loops: Callable
) -> dict[str, dict[float, float]]:
    """Return the seconds of each way for each layer; a way that refuses a layer is left out there.

    Parameters
    ----------
    ways : mapping of str to callable
        By name: a function of pictures, weights and the padding.
    layers : mapping of float to (int, int, int)
        By a number: channels (as many filters), side of the picture, side of the kernel.
    loops : callable
        Loops in Python, timed for 3 x 3 outputs of one filter and scaled up.
    """
    curves: dict[str, dict[float, float]] = {name: {} for name in ("loops", *ways)}
    for number, (C, n, k) in layers.items():
        x, weight = layer(C, n, k, C)
        if weight.size < LONGEST:
            part = np.zeros((1, C, k + 2, k + 2), x.dtype)
            curves["loops"][number] = C * n * n / 9 * best(loops, part, weight[:1])
        for name, way in ways.items():
            try:
                way(x, weight, k // 2)
            except ValueError:
                continue
            curves[name][number] = best(way, x, weight, k // 2)
    return {name: points for name, points in curves.items() if points}


def first_win(ours: Mapping[float, float], other: Mapping[float, float]) -> float:
    """Return the first size at which ours takes less, or infinity.

    Examples
    --------
    >>> first_win({3: 9, 5: 8}, {3: 4, 5: 12}), first_win({3: 9}, {3: 4})
    (5, inf)
    """
    return next((size for size in ours if ours[size] < other[size]), np.inf)


def roof() -> tuple[float, float]:
    """Return the operations a second of a large matrix product, and the bytes a second of a large copy."""
    big, wide = np.ones((1024, 1024), "f4"), np.ones(2**24, "f4")
    return 2 * 1024**3 / best(np.dot, big, big), 2 * wide.nbytes / best(np.copyto, wide.copy(), wide)


def rates() -> dict[str, tuple[float, float]]:
    """Return operations a byte, and a second, of four ways to make a layer of 32 channels to 64."""
    x, weight = layer(32, 56, 3, 64)
    cost = direct_cost((1, 32, 58, 58), weight.shape)
    work, least = cost.operations, 4 * cost.memory
    cols, rows = im2col(x, 3, padding=1)[0], weight.reshape(64, -1)
    copies = least + 2 * cols.nbytes  # written, and read
    x_pad, y = np.pad(x[0, 0], 1), np.zeros((56, 56), "f4")

    def one_cut() -> np.ndarray:  # reads and writes five maps for 2 operations
        return np.add(y, x_pad[1:-1, 1:-1] * weight[0, 0, 0, 0], out=y)

    return {
        "cuts": (2 / 20, 2 * y.size / best(one_cut)),
        "columns, einsum": (work / copies, work / best(np.einsum, "oq,ql->ol", rows, cols)),
        "columns, @": (work / copies, work / best(np.matmul, rows, cols)),
        "conv2d": (work / least, work / best(lambda: conv2d(x, weight, padding=1))),
    }


def count_down(n: int) -> None:
    """Count down, in Python."""
    while n:
        n -= 1


def count_in_threads(count: int) -> None:
    """Count down eight times, shared by so many threads."""
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(count_down, [50_000] * 8))


def gains(conv_in_threads: Callable, counts: Sequence[int] = (1, 2, 4)) -> dict[str, dict[int, float]]:
    """Return how many times as fast with several threads: Amdahl's law, a layer, one product, Python.

    Parameters
    ----------
    conv_in_threads : callable
        The chapter's layer: a function of pictures, weights and the number of threads.
    counts : sequence of int
        The numbers of threads, 1 first.
    """
    x, weight = layer(32, 56, 3, 64, N=16)
    pad = [(0, 0), (0, 0), (1, 1), (1, 1)]
    serial = best(np.pad, x, pad) + best(np.stack, list(np.ones((16, 64, 3136), "f4")))
    big = np.ones((1024, 1024), "f4")
    times: dict[str, dict[int, float]] = {name: {} for name in ("layer", "product's own", "Python")}
    for T in counts:
        times["layer"][T] = best(conv_in_threads, x, weight, T)
        times["Python"][T] = best(count_in_threads, T)
        with threads.blas().limit(limits=T, user_api="blas"):
            times["product's own"][T] = best(np.dot, big, big)
    shared = times["layer"][1] - serial
    law = {T: serial + shared / min(T, threads.available()) for T in counts}
    found = {"Amdahl's law": {T: times["layer"][1] / seconds for T, seconds in law.items()}}
    return found | {name: {T: own[1] / own[T] for T in counts} for name, own in times.items()}
