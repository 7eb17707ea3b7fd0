"""The costs of the two ways that carry out every product: loops, and one matrix product."""

from __future__ import annotations

import math

from cnnbook.costs.cost import Cost, Sizes
from cnnbook.shapes import Padding, Pair

__all__ = ["direct_cost", "im2col_cost"]


def direct_cost(x_shape: tuple, weight_shape: tuple, stride: Pair = 1, padding: Padding = 0) -> Cost:
    """Count what the loops of :func:`cnnbook.conv2d_naive` do.

    They leave out the products with the padding.

    Parameters
    ----------
    x_shape : tuple of int
        Shape of the images, (N, C_in, H, W).
    weight_shape : tuple of int
        Shape of the kernels, (C_out, C_in, K_h, K_w); no groups.
    stride, padding
        As in :func:`cnnbook.conv2d`.

    Returns
    -------
    cost : Cost
        Without a bias.

    Raises
    ------
    TypeError
        If a size is not a whole number, or a shape no sequence.
    ValueError
        If a shape has not four sizes of at least 1, the channels differ, or no window fits.

    References
    ----------
    V. Sze, Y. Chen, T. Yang, J. Emer, "Efficient Processing of Deep Neural Networks", 2017, counts so.

    Examples
    --------
    >>> direct_cost((1, 1, 4, 4), (1, 1, 3, 3))
    Cost(multiplications=36, additions=32, memory=29)
    >>> direct_cost((1, 1, 4, 4), (1, 1, 3, 3), padding=1).multiplications
    100
    """
    sizes = Sizes.of(x_shape, weight_shape, stride, padding)
    seen = [entries_seen(sizes, axis) for axis in (0, 1)]
    pairs = sizes.N * sizes.D
    products = pairs * sizes.C * math.prod(map(sum, seen))
    sums = pairs * math.prod(sum(n > 0 for n in along) for along in seen)  # a window may see padding only
    return Cost(products, products - sums, sizes.memory)


def entries_seen(sizes: Sizes, axis: int) -> list[int]:
    """Return for each window along an axis how many of its entries lie in the image."""
    windows = sizes.windows
    n, k, before = windows.image[axis], windows.kernel[axis], windows.before[axis]
    starts = (windows.stride[axis] * i - before for i in range(windows.out[axis]))
    return [max(0, min(start + k, n) - max(start, 0)) for start in starts]


def im2col_cost(x_shape: tuple, weight_shape: tuple, stride: Pair = 1, padding: Padding = 0) -> Cost:
    """Count the matrix product of the kernels with the columns of :func:`cnnbook.im2col`.

    The zeros of the padding stand in the columns, and are multiplied like other numbers.
    :func:`cnnbook.conv2d` makes the same product a few columns at a time, and holds fewer of them.

    Parameters
    ----------
    x_shape, weight_shape, stride, padding
        As in :func:`direct_cost`.

    Returns
    -------
    cost : Cost
        Without a bias; the columns count as memory.

    Raises
    ------
    TypeError, ValueError
        As :func:`direct_cost`.

    References
    ----------
    Chellapilla, Puri and Simard, "High performance convolutional neural networks for document
    processing", 2006.

    Examples
    --------
    >>> im2col_cost((1, 1, 4, 4), (1, 1, 3, 3))
    Cost(multiplications=36, additions=32, memory=65)
    >>> im2col_cost((1, 1, 4, 4), (1, 1, 3, 3), padding=1).multiplications
    144
    """
    sizes = Sizes.of(x_shape, weight_shape, stride, padding)
    rows = sizes.C * math.prod(sizes.windows.kernel)
    columns = sizes.N * math.prod(sizes.windows.out)
    results = sizes.D * columns
    return Cost(results * rows, results * (rows - 1), sizes.memory + rows * columns)
