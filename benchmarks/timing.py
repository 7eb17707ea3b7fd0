"""What the benchmarks share: functions timed in turns, the layers to time, and quiet idle threads."""

from __future__ import annotations

import math
import os
import statistics
import sys
from collections.abc import Callable
from time import perf_counter

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


def start_again_passive() -> None:
    """Run the script again with the settings that keep idle threads quiet, unless it has them."""
    if any(os.environ.get(name) != value for name, value in PASSIVE.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **PASSIVE})
