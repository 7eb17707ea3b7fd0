"""Exercise: what was taken for what."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, scattered


def setting(count, classes, shift):
    """Return a case: labels, guesses of which some are wrong, and the number of classes."""
    labels = digits(count).astype(int) % classes
    guesses = (labels + shift * (scattered(count).astype(int) % 3 == 0)) % classes
    return labels, guesses, classes


@exercise(
    cases=[setting(*case) for case in grid((1, 2, 3, 5, 8, 20), (2, 3, 4, 10), (0, 1, 2))]
    + [(np.array(rows), np.array([0] * len(rows)), 4) for rows in ([1], [1, 1], [2, 1, 2], [0, 3, 3, 3])],
    mistakes="""
    np.add.at(counts, (labels, guesses), 1) -> counts[labels, guesses] += 1
        counts[labels, guesses] += 1 adds 1 to each pair once, however often it occurs: count every row.
    (labels, guesses) -> (guesses, labels)
        Rows and columns are swapped: a row for what a picture is, a column for what it was taken for.
    return result / result.sum()
        Those are shares: return the counts.
    return result / result.sum(axis=1, keepdims=True).clip(1)
        Those are shares of each row: return the counts.
    return result - np.diag(np.diag(result))
        What was read right belongs in it, too: on the diagonal.
    return result[: max(*labels, *guesses) + 1, : max(*labels, *guesses) + 1]
    return result[: labels.max() + 1, : labels.max() + 1]
        Your table ends at the largest label: it has a row and a column for every class.
    return np.diag(np.diag(result))
    return np.diag(result)
        Those are the right ones only: return the whole table.
    return result + result.T
        You counted each picture both ways: a row for what it is, a column for what it was taken for.
    return result / result.sum(axis=0).clip(1)
        Those are shares of each column: return the counts.
    (labels, guesses) -> (labels - 1, guesses - 1)
        Classes are counted from 0: class 0 has the first row and the first column.
    (labels, guesses) -> (labels[:-1], guesses[:-1])
        The last picture is not counted: range(n) ends at n - 1 by itself.
    where len(labels) > classes
        Every case that fails has more pictures than classes.
    """,
)
def confusion_matrix(labels, guesses, classes):
    """Return how often each class was taken for each, shape (classes, classes).

    Number (i, j) counts the pictures whose label is ``i`` and whose guess is ``j``; both are from 0 to
    below ``classes``.
    """
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (labels, guesses), 1)
    return counts
