"""Time the book's products against SciPy and against the naive loops.

All of one row is measured in one run, in turns, so that a busy machine slows all of them alike.
"""

from __future__ import annotations

import numpy as np
from scipy import signal
from timing import medians

from cnnbook import cross_correlate2d

SIZES = [((7, 7), (3, 3)), ((64, 64), (3, 3)), *(((256, 256), (k, k)) for k in (3, 5, 9))]
LOOPS_LIMIT = 500_000  # products: more take the loops seconds


def naive_loops(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Cross-correlate, one product after the other."""
    (H, W), (K_h, K_w) = image.shape, kernel.shape
    output = np.zeros((H - K_h + 1, W - K_w + 1), image.dtype)
    for i in range(H - K_h + 1):
        for j in range(W - K_w + 1):
            for u in range(K_h):
                for v in range(K_w):
                    output[i, j] += image[i + u, j + v] * kernel[u, v]
    return output


def row(image_shape: tuple[int, int], kernel_shape: tuple[int, int]) -> str:
    """Return one line of the table."""
    rng = np.random.default_rng(0)
    image, kernel = rng.standard_normal(image_shape), rng.standard_normal(kernel_shape)
    functions = [
        lambda: cross_correlate2d(image, kernel),
        lambda: signal.correlate2d(image, kernel, "valid"),
        lambda: naive_loops(image, kernel),
    ]
    if image.size * kernel.size > LOOPS_LIMIT:
        functions.pop()
    expected = functions[1]()
    for function in functions:
        np.testing.assert_allclose(function(), expected, rtol=1e-10, atol=1e-10)
    ours, *others = medians(*functions)
    ratios = "".join(f"{other / ours:12.1f}" for other in others)
    shapes = "{} x {}, {} x {}".format(*image_shape, *kernel_shape)
    return f"{shapes:18}{ours * 1e3:10.3f}{ratios}"


def main() -> None:
    """Print the table."""
    print("2D cross-correlation, float64; the others' time as a multiple of ours")
    print(f"{'image, kernel':18}{'ours (ms)':>10}{'SciPy':>12}{'loops':>12}")
    for shapes in SIZES:
        print(row(*shapes))


if __name__ == "__main__":
    main()
