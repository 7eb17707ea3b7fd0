"""Exercise: the mistakes that a network makes with the least doubt."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import scattered


def setting(count, classes, shift, most):
    """Return a case: probabilities, of which no two in a column are the same, labels, and how many."""
    p = scattered(count, classes) + 1
    p /= p.sum(axis=1, keepdims=True)
    wrong = scattered(count).astype(int) % 3 != 1  # the first row is
    return p, (p.argmax(axis=1) + shift * wrong) % classes, most


@exercise(
    cases=[setting(*case) for case in grid((1, 2, 3, 5, 8, 12), (2, 3, 5), (1, -1), (1, 2, 4))],
    mistakes="""
    -p.max( -> p.max(
        Your order is turned round: the surest comes first.
    wrong[order] -> order
        Those are places in the list of mistakes: return the rows of p.
    best != labels -> best == labels
        Those were read right: return the mistakes.
    np.flatnonzero(best != labels) -> np.arange(len(p))
        Among them are some that were read right.
    [:count] ->
        Return no more than count rows.
    -p.max(axis=1)[wrong] -> p[np.arange(len(p)), labels][wrong]
    p.max(axis=1)[wrong] -> p[np.arange(len(p)), labels][wrong]
        You went by what the right class got: how sure it was is the probability of its own answer.
    np.flatnonzero(best != labels) -> np.flatnonzero(best != labels)[:count]
        You cut the list before you sorted it: the surest may stand further down.
    return result[::-1]
        These are the right rows, but the surest stands last.
    [:count] -> [-count:]
        You took the last rows of the list: the first are the surest.
    wrong[order] -> wrong
        The rows are in their order in the data: the surest comes first.
    return p.argmax(axis=1)[result]
        Those are the answers: return the rows.
    return (p.argmax(axis=1) != labels).astype(int)
        That tells of each row whether it is wrong: return the numbers of those rows.
    return p.max(axis=1)[result]
        Those are the probabilities: return the rows.
    -p.max(axis=1)[wrong] -> -np.diff(np.sort(p, axis=1)[:, -2:]).ravel()[wrong]
        You went by how far the two largest lie apart: how sure it was is the largest alone.
    where (p.argmax(axis=1) != labels).sum() < count
        Every case that fails has fewer mistakes than are asked for.
    where (p.argmax(axis=1) != labels).sum() > count
        Every case that fails has more mistakes than are asked for.
    """,
)
def surest_mistakes(p, labels, count):
    """Return the rows that are read wrong, the surest first, at most ``count`` of them.

    ``p`` has the shape (N, classes), a probability for each class; a row is read as its largest. How sure
    it was is that largest probability.
    """
    best = p.argmax(axis=1)
    wrong = np.flatnonzero(best != labels)
    order = np.argsort(-p.max(axis=1)[wrong], kind="stable")
    return wrong[order][:count]
