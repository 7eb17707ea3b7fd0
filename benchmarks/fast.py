"""Time conv2d_fft and conv2d_winograd against conv2d, and say from which kernel on spectra are faster.

All of one row is measured in one run, in turns; each number is a ratio of medians.
"""

from __future__ import annotations

import numpy as np
from timing import label, medians, start_again_passive

from cnnbook import conv2d, conv2d_fft, conv2d_winograd

LAYERS = [  # input without its padding, kernels; the padding keeps the size
    ((1, 1, 256, 256), 1),
    ((1, 8, 64, 64), 8),
    ((8, 16, 64, 64), 16),
    ((8, 64, 28, 28), 64),
    ((4, 3, 224, 224), 32),
]
KERNELS = (3, 5, 7, 9, 11, 15, 21)


def row(shape: tuple[int, ...], filters: int, k: int) -> tuple[float, float | None]:
    """Return the time of FFT, and of Winograd where it is defined, as multiples of that of conv2d."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal(shape, np.float32)
    weight = rng.standard_normal((filters, shape[1], k, k), np.float32)
    ways = [conv2d, conv2d_fft] + [conv2d_winograd] * (k == 3)
    ours, *others = medians(*(lambda way=way: way(x, weight, padding=k // 2) for way in ways))
    fft, winograd = (*(time / ours for time in others), None)[:2]
    return fft, winograd


def main() -> None:
    """Print the table."""
    print("conv2d_fft and conv2d_winograd (m = 4), float32: their time / that of conv2d")
    heads = "".join(f"{f'FFT {k}x{k}':>11}" for k in KERNELS)
    print(f"{'layer':28}{'Winograd':>11}{heads}   FFT is faster from")
    for shape, filters in LAYERS:
        found = [row(shape, filters, k) for k in KERNELS]
        numbers = "".join(f"{fft:11.2f}" for fft, _ in found)
        won = [k for k, (fft, _) in zip(KERNELS, found, strict=True) if fft < 1]
        steady = [k for k in won if set(KERNELS[KERNELS.index(k) :]) <= set(won)]
        name = label(shape, (filters, 0, 0, 0), {}).split(" of ")[0]
        start = f"{steady[0]}x{steady[0]}" if steady else "none of these"
        print(f"{name:28}{found[0][1]:11.2f}{numbers}   {start}", flush=True)


if __name__ == "__main__":
    start_again_passive()
    main()
