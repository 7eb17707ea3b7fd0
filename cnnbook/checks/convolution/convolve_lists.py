"""Exercise: products whose places have the same sum."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds


@exercise(
    cases=[
        *((digits(n), signed(m)) for n, m in grid(range(1, 6), range(1, 6))),
        *((thirds(n), digits(m)) for n, m in grid((2, 4, 7), (1, 3, 4))),
        *((signed(n), thirds(m)) for n, m in grid((3, 5), (2, 6))),
    ],
    mistakes="""
    second -> second[::-1]
        You added products whose places have the same difference, which is cross-correlation: here i + j
        stays the same.
    return np.convolve(first, second, "valid")
        You kept the windows that lie wholly inside: every pair of places counts, so there are n + m - 1 sums.
    return np.convolve(first, second, "same")
        Your result is as long as the longer list: the places add up to 0, 1, ... n + m - 2.
    return result[: len(first)]
        Your result is as long as the first list: the last places are n - 1 and m - 1, so it goes on.
    return result[:-1]
        The last sum is missing: the last places are n - 1 and m - 1, so there are n + m - 1 sums.
    return np.append(result, 0.0)
        There is one number too many: the last places are n - 1 and m - 1, so there are n + m - 1 sums.
    return np.outer(first, second).sum(axis=0)
    return np.outer(first, second).sum(axis=1)
        You added up the columns or the rows of the table: add up its diagonals, where i + j is the same.
    return np.outer(first, second)
        This is the table itself: add up its diagonals, where i + j is the same.
    first[i] * second[j] -> first[i] + second[j]
    return np.add.outer(first, second)
        You added the two numbers of a pair: multiply them.
    return np.bincount(np.add.outer(range(len(first)), range(len(second))).ravel()).astype(float)
        You counted the pairs of each sum: add their products.
    np.ndindex(len(first), len(second)) -> [(i, j) for i in range(len(first)) for j in range(-i, len(second))]
        You let j fall below 0, and an index of -1 is the last place: leave those pairs out.
    len(first), len(second)) -> len(first) - 1, len(second))
    len(first), len(second)) -> len(first), len(second) - 1)
        The last number of a list is not used: range(n) ends at n - 1 by itself.
    where len(first) != len(second)
        Every case that fails has lists of two lengths.
    """,
)
def convolve_lists(first, second):
    """Return the sums of first[i] * second[j] over all pairs with the same i + j, from 0 on."""
    sums = np.zeros(len(first) + len(second) - 1)
    for i, j in np.ndindex(len(first), len(second)):
        sums[i + j] += first[i] * second[j]
    return sums
