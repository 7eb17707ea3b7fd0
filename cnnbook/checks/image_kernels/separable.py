"""Exercise: a kernel from a column and a row."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds


@exercise(
    cases=[
        *((signed(n), digits(m)) for n, m in grid(range(1, 5), range(1, 5))),
        *((thirds(n), np.array([300.0, 0.0, -45.0, 7.0, 1.0])) for n in (1, 3)),
        *((digits(n), thirds(n)) for n in (1, 4)),
        *((digits(3) - 2, row) for row in (np.array([-1.0, 0.0, 1.0]), np.zeros(2))),
    ],
    mistakes="""
    return result.T
        Your kernel is transposed: column[u] belongs to row u, so its number is the same all along a row.
    column[:, None] * row -> column[:, None] + row
        You added the two numbers: each entry of the kernel is their product.
    return column @ row
    return (column * row).sum()
        A product of two vectors with @ sums, and leaves one number: here every pair keeps its own product.
    return column * row
        You multiplied number by number, along one direction: give the column a second axis, column[:, None].
    return result / result.sum()
    return result / column.sum()
    return result / row.sum()
        You divided the kernel by its sum, or by that of a vector: leave it as it is.
    return result.ravel()
        These are the right numbers in one line: give them the shape (K_h, K_w).
    return result.T.reshape(result.shape)
        You have every product, in the wrong order: u goes down the rows and v across.
    return np.pad(result[:-1, :-1], ((0, 1), (0, 1)))
        The last row and the last column are still zero: range(n) ends at n - 1 by itself.
    where column.size != row.size
        Every case that fails has a column and a row of two lengths: the kernel has column.size rows.
    """,
)
def separable(column, row):
    """Return the kernel whose entry (u, v) is column[u] times row[v], of shape (K_h, K_w)."""
    return column[:, None] * row
