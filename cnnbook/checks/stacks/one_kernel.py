"""Exercise: two layers without a bend as one."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds

SHAPES = [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (3, 3)]


@exercise(
    cases=[
        *((digits(*one), signed(*two)) for one, two in grid(SHAPES, SHAPES)),
        *((thirds(*one), digits(*two)) for one, two in grid(SHAPES[3:], SHAPES[3:])),
    ],
    mistakes="""
    first[i, j] * second -> first[i, j] * second[::-1, ::-1]
        You turned a kernel: neither layer flips, so both stay as they are.
    first[i, j] * second -> first[i, j] + second
        You added the weights of the two layers: a path through both multiplies them.
    kernel[i : i + K_h, j : j + K_w] += first[i, j] * second -> kernel[i, j] = first[i, j];
    return kernel -> return kernel + np.pad(second, [(0, n - 1) for n in first.shape])
        You added the two kernels: every weight of one meets every weight of the other, in a product.
    return result[::-1, ::-1]
        Your kernel is turned by 180 degrees: weight [0, 0] is the product of the two upper left corners.
    return result[: len(first), : len(first[0])]
        Your kernel is as large as the first one: both together see K + K - 1 pixels.
    return result[: len(second), : len(second[0])]
        Your kernel is as large as the second one: both together see K + K - 1 pixels.
    return np.pad(result, ((0, 1), (0, 1)))
        There is one row and one column too many: both together see K + K - 1 pixels.
    range(H) -> range(H - 1)
        The last row of the first kernel is not used: range(H) ends at H - 1 by itself.
    range(W) -> range(W - 1)
        The last column of the first kernel is not used: range(W) ends at W - 1 by itself.
    return np.kron(first, second)
        You laid the copies of the second kernel side by side: they overlap, one step apart, and add up.
    return result / result.sum()
        You divided by the sum: leave the weights as they are.
    where first.shape != second.shape
        Every case that fails has kernels of two shapes.
    """,
)
def one_kernel(first, second):
    """Return the kernel that does in one layer what two do, one after the other, without a flip."""
    H, W = first.shape
    K_h, K_w = second.shape
    kernel = np.zeros((H + K_h - 1, W + K_w - 1))
    for i in range(H):
        for j in range(W):
            kernel[i : i + K_h, j : j + K_w] += first[i, j] * second
    return kernel
