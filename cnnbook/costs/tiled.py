"""The cost of a convolution by Winograd's tiles."""

from __future__ import annotations

import math

import numpy as np

from cnnbook.conv_winograd import winograd_matrices
from cnnbook.costs.cost import Cost, Sizes
from cnnbook.shapes import Padding, Pair, as_int
from cnnbook.tiles import Tiles

__all__ = ["winograd_cost"]


def winograd_cost(
    x_shape: tuple, weight_shape: tuple, stride: Pair = 1, padding: Padding = 0, *, m: int = 4
) -> Cost:
    """Count what :func:`cnnbook.conv2d_winograd` has to do: F(m x m, 3 x 3).

    The matrices' zeros cost nothing, and their ones no multiplication. (NumPy carries those out too,
    as its matrix product does not look at what it multiplies.) What the last tiles give beyond the
    output is counted.

    Parameters
    ----------
    x_shape, weight_shape, padding
        As in :func:`cnnbook.direct_cost`, with kernels of 3x3.
    stride
        1.
    m : int
        Rows and columns of outputs in a tile.

    Returns
    -------
    cost : Cost
        Without a bias; the transformed tiles and kernels and their products count as memory.

    Raises
    ------
    TypeError, ValueError
        As :func:`cnnbook.direct_cost`, and if the kernel is not 3x3 or the stride not 1.

    References
    ----------
    A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015.

    Examples
    --------
    >>> winograd_cost((1, 1, 4, 4), (1, 1, 3, 3), m=2)
    Cost(multiplications=58, additions=84, memory=77)
    """
    sizes = Sizes.of(x_shape, weight_shape, stride, padding)
    if sizes.windows.kernel != (3, 3) or sizes.windows.stride != (1, 1):
        raise ValueError(
            f"Winograd's tiles are for kernels of 3x3 at stride 1, got weight_shape {weight_shape} and "
            f"stride {stride}: use im2col_cost, or fft_cost for large kernels"
        )
    m = as_int(m, "m", 1)
    AT, G, BT = map(product_cost, winograd_matrices(m, 3))
    N, C, D, t = sizes.N, sizes.C, sizes.D, m + 2
    T = math.prod(Tiles(sizes.windows.out, (m, m), (3, 3)).grid)
    kernels = D * C * (3 + t) * G
    tiles = N * C * T * (t + t) * BT
    products = N * D * T * t * t * Cost(C, C - 1)
    between = t * t * (D * C + N * C * T + N * D * T)
    return kernels + tiles + products + N * D * T * (t + m) * AT + Cost(0, 0, sizes.memory + between)


def product_cost(matrix: np.ndarray) -> Cost:
    """Return the cost of a matrix times a vector: zeros cost nothing, ones no multiplication."""
    others = int((np.abs(matrix) != 1).sum() - (matrix == 0).sum())
    return Cost(others, int(sum((row != 0).sum() - 1 for row in matrix)))
