"""Exercise: the gradient of all filters, from columns and the gradient of the output."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds

SHAPES = ((1, 1, 1), (1, 2, 1), (2, 1, 2), (2, 2, 3), (3, 2, 4), (2, 3, 2), (4, 3, 5), (3, 4, 4))


@exercise(
    cases=[
        *((signed(N, F, L), digits(N, Q, L)) for N, (F, Q, L) in grid((1, 2, 3), SHAPES)),
        *((thirds(2, F, L), digits(2, Q, L)) for F, Q, L in SHAPES[3:]),
        *((signed(2, F, L), signed(2, Q, L)) for F, Q, L in SHAPES[3:]),
    ],
    mistakes="""
    return result / len(cols)
        You took the mean over the batch. Sum over it: each picture adds its own share, and it is the loss
        that averages, if it does.
    return result / cols.shape[2]
        You took the mean over the windows. Sum over them.
    range(len(cols)) -> range(1)
        Only the first picture counts: add the products of all pictures.
    return grad_out @ cols.transpose(0, 2, 1)
        There is still a gradient for each picture: add them up.
    return grad_out.sum(axis=0) @ cols.sum(axis=0).T
        You summed over the pictures before you multiplied. First multiply picture by picture, then add.
    return grad_out.reshape(len(result), -1) @ cols.reshape(len(result[0]), -1).T
        reshape keeps the order of reading, which begins with the picture: move that axis back first.
    += -> =
        Only the last picture is left: add what each picture gives, with +=.
    return result.T
        Your gradient is transposed. It has the shape of the filters' matrix: a row for each filter.
    grad_out[n] @ cols[n].T -> grad_out[n] @ np.abs(cols[n]).T
        You lost the signs of the columns.
    cols[n].T -> cols[n][:, ::-1].T
        You read the windows from the end in one of the two: window l of grad_out goes with window l of cols.
    cols[n].T -> cols[0].T
        You took the columns of the first picture for all of them.
    grad_out[n] @ -> grad_out[0] @
        You took the output gradient of the first picture for all of them.
    return result * len(cols)
        Your gradient is too large by the number of pictures.
    return -result
        Your gradient has the other sign. It points uphill; the minus sign belongs to the step.
    grad_out[n] @ cols[n].T -> np.outer(grad_out[n].sum(axis=1), cols[n].sum(axis=1))
        You summed over the windows before you multiplied. First multiply window by window, then add: that is
        what a matrix product does.
    where len(cols) > 1
        Every case that fails has several pictures.
    where grad_out.shape[1] > 1
        Every case that fails has several filters.
    """,
)
def weight_gradient(grad_out, cols):
    """Return the gradient of the filters, written as the rows of a matrix.

    ``grad_out`` is the gradient of the output, (N, C_out, L); ``cols`` are the columns of the input,
    (N, Q, L), as ``im2col`` makes them. The result has shape (C_out, Q), summed over the pictures.
    """
    total = np.zeros((grad_out.shape[1], cols.shape[1]))
    for n in range(len(cols)):
        total += grad_out[n] @ cols[n].T
    return total
