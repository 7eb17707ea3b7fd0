"""The cost of a Fourier transform, and of a convolution by spectra."""

from __future__ import annotations

import math
from functools import cache

from cnnbook.conv_fft import best_step
from cnnbook.costs.cost import Cost, Sizes
from cnnbook.shapes import Padding, Pair, as_int
from cnnbook.tiles import Tiles

__all__ = ["fft_cost", "transform_cost"]

# The transforms of so many complex numbers that all others are made of.
SMALLEST = {2: Cost(0, 4), 3: Cost(4, 12), 5: Cost(16, 32)}
TURN, SUM = Cost(4, 2), Cost(0, 2)  # two complex numbers multiplied, and added


def transform_cost(n: int, real: bool = False, inverse: bool = False) -> Cost:
    r"""Count the operations of one fast Fourier transform.

    A transform of :math:`n = p\,m` numbers is p transforms of m numbers, turns by the powers of
    :math:`e^{-2 \pi i / n}`, and m transforms of p numbers:

    .. math::

        F(n) = p\,F(m) + 6\,t + m\,F(p), \qquad F(2) = 4, \; F(3) = 16, \; F(5) = 48

    Here t is the number of turns that are not by 0, 90, 180 or 270 degrees. Two real rows share a
    complex transform, and are parted by 4 halved sums for each of (n - 1) // 2 pairs of frequencies;
    a real transform is counted as half of that. The way back is scaled by 1 / n.

    Parameters
    ----------
    n : int
        How many numbers; their number has no prime factor above 5.
    real : bool
        Whether the numbers (on the way back, the results) are real.
    inverse : bool
        Whether it is the way back.

    Returns
    -------
    cost : Cost
        Operations on real numbers, and no memory.

    Raises
    ------
    TypeError
        If ``n`` is not a whole number.
    ValueError
        If it is below 1, or has a prime factor above 5.

    References
    ----------
    J. Cooley, J. Tukey, "An Algorithm for the Machine Calculation of Complex Fourier Series", 1965.

    Examples
    --------
    >>> transform_cost(4), transform_cost(8)
    (Cost(multiplications=0, additions=16, memory=0), Cost(multiplications=8, additions=52, memory=0))
    >>> transform_cost(8, real=True)
    Cost(multiplications=10, additions=32, memory=0)
    """
    n = as_int(n, "n", 1)
    cost = complex_cost(n)
    scaled = 2 * n if inverse and n > 1 else 0
    if not real:
        return Cost(cost.multiplications + scaled, cost.additions)
    apart = 2 * ((n - 1) // 2)
    halved = cost.multiplications // 2 + (scaled // 2 if inverse else apart)
    return Cost(halved, cost.additions // 2 + apart)


@cache
def complex_cost(n: int) -> Cost:
    """Return the cost of a transform of n complex numbers."""
    if n == 1:
        return Cost(0, 0)
    p = next((prime for prime in SMALLEST if n % prime == 0), None)
    if p is None:
        raise ValueError(f"n must have no prime factor above 5, and has {n} as a factor")
    m = n // p
    turns = sum(4 * j * k % n > 0 for j in range(1, p) for k in range(1, m))
    return p * complex_cost(m) + turns * TURN + m * SMALLEST[p]


def fft_cost(x_shape: tuple, weight_shape: tuple, stride: Pair = 1, padding: Padding = 0) -> Cost:
    """Count what :func:`cnnbook.conv2d_fft` does on real numbers, with the tiles that it chooses.

    A tile's rows are transformed as real numbers, then its columns, of which half are enough, as
    complex ones; of a kernel's rows only those that hold weights. A stride saves nothing.

    Parameters
    ----------
    x_shape, weight_shape, stride, padding
        As in :func:`cnnbook.direct_cost`.

    Returns
    -------
    cost : Cost
        Without a bias; the spectra of tiles, kernels and outputs count as memory.

    Raises
    ------
    TypeError, ValueError
        As :func:`cnnbook.direct_cost`.

    See Also
    --------
    transform_cost : what one transform is taken to cost.

    References
    ----------
    M. Mathieu, M. Henaff, Y. LeCun, "Fast Training of Convolutional Networks through FFTs", 2014.

    Examples
    --------
    >>> fft_cost((1, 1, 4, 4), (1, 1, 3, 3))
    Cost(multiplications=102, additions=278, memory=101)
    """
    sizes = Sizes.of(x_shape, weight_shape, stride, padding)
    (N, C, D), rows = (sizes.N, sizes.C, sizes.D), sizes.windows.kernel[0]
    tiles = tiles_of(sizes)
    (L_h, L_w), T = tiles.size, math.prod(tiles.grid)
    half = L_w // 2 + 1  # the other columns are the conjugates of these
    columns = half * transform_cost(L_h)
    there = N * C * T * (L_h * transform_cost(L_w, real=True) + columns)
    kernels = D * C * (rows * transform_cost(L_w, real=True) + columns)
    products = N * T * D * L_h * half * (C * TURN + (C - 1) * SUM)
    back = half * transform_cost(L_h, inverse=True) + L_h * transform_cost(L_w, real=True, inverse=True)
    spectra = 2 * L_h * half * (N * C * T + D * C + N * D * T)
    return there + kernels + products + N * D * T * back + Cost(0, 0, sizes.memory + spectra)


def tiles_of(sizes: Sizes) -> Tiles:
    """Return the tiles that :func:`cnnbook.conv2d_fft` cuts, at stride 1."""
    windows = sizes.windows
    H, W = ((n - 1) * s + 1 for n, s in zip(windows.out, windows.stride, strict=True))
    counts = sizes.N * (sizes.C + sizes.D), sizes.D * sizes.C
    step = best_step(H, windows.kernel[0], *counts), best_step(W, windows.kernel[1], *counts)
    return Tiles((H, W), step, windows.kernel)
