"""Exercise: each gradient back to the number that won its window."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds
from cnnbook.checks.wording import OBLONG
from cnnbook.pooling import max_pool2d

SIZES = ((1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3), (4, 3), (4, 5), (5, 6))


def pooled(make, size, k, s):
    """Return a case: the winners of a picture's windows, and a gradient for each."""
    indices = max_pool2d(digits(1, 1, *size), k, s, return_indices=True)[1][0, 0]
    return make(*indices.shape), indices, size


@exercise(
    cases=[
        *(pooled(signed, *case) for case in grid(SIZES, (1, 2, 3), (1, 2, 3)) if case[1] <= min(case[0])),
        *(pooled(thirds, size, 2, 1) for size in SIZES[2:]),
        *(pooled(digits, (1, 3), 1, s) for s in (1, 2)),
    ],
    mistakes=f"""
    += -> =
        Of a number that won several windows you kept one gradient: add them all. On an array of indexes +=
        adds once to a place that is named twice; np.add.at adds every time.
    += g -> += 1
        You counted the windows that each number won: add their gradients.
    += g -> += abs(g)
        You lost the signs of the gradients.
    += g -> -= g
        Your signs are turned round: the gradient goes back as it is.
    return result / np.maximum(np.bincount(indices.ravel(), minlength=result.size).reshape(shape), 1)
        You took the mean over the windows that a number won: several paths add up.
    return result.ravel().reshape(shape[::-1]).T
        You read an index as column * H + row: it is row * W + column, so H rows of W.
    grad[at] -> grad[at % shape[1] * shape[1] + at // shape[1]]
        Row and column are swapped: the row is indices // W, and the column indices % W.
    indices.ravel() -> indices.T.ravel()
        You went through the winners column by column, and through the gradients row by row.
    return result.ravel()
        Your result is one long row: give it the shape of the picture.
    return result.astype(int)
        Your numbers are cut off: leave the fractions.
    where len(set(indices.ravel())) < indices.size
        Every case that fails has a number that won several windows.
    where shape[0] != shape[1]
        {OBLONG}
    """,
)
def give_back(grad_out, indices, shape):
    """Return the gradient of a picture of a shape: what each of its numbers gets from the windows it won."""
    grad = np.zeros(shape[0] * shape[1])
    for g, at in zip(grad_out.ravel(), indices.ravel(), strict=True):
        grad[at] += g
    return grad.reshape(shape)
