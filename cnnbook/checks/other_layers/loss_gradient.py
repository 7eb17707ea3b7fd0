"""Exercise: the gradient of the cross-entropy, from scores that may be large."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds

LABELS = {
    1: ([0],),
    2: ([0, 0], [1, 0], [0, 1]),
    3: ([0, 1, 0], [1, 1, 0], [0, 0, 1]),
    4: ([1, 0, 1, 1], [0, 1, 0, 0]),
}


def settings(make, *shape):
    """Return a case for each list of labels: scores, and the right class of each row."""
    return [(make(*shape), np.array(labels) * (shape[1] - 1)) for labels in LABELS[shape[0]]]


def far_apart(*shape):
    """Return scores whose rows lie far above and far below 0."""
    return thirds(*shape) + 900.0 * signed(shape[0], 1)


@exercise(
    cases=[
        case
        for make, *shape in grid((digits, signed, thirds), (1, 2, 3, 4), (2, 3, 4))
        for case in settings(make, *shape)
    ]
    + [case for shape in grid((1, 2, 3), (2, 3)) for case in settings(far_apart, *shape)],
    mistakes="""
    - logits.max(axis=1, keepdims=True) ->
        In float64 np.exp overflows from about 709.8 on, and infinity divided by infinity is no number:
        subtract the largest score of each row first.
    - logits.max(axis=1, keepdims=True) -> - logits.max()
        You subtracted the largest score of the whole batch. In a row far below it every exponential is 0,
        and 0 / 0 is no number: take the largest of each row.
    p / len(labels) -> p
        The loss is the mean over the batch, so each gradient is divided by the number of rows.
    p / len(labels) -> p / logits.size
        You divided by the number of scores: the loss is the mean over the rows.
    -= 1 -> -= 0
        Those are the probabilities: subtract 1 at the right class of each row.
    p[np.arange(len(labels)), labels] -= 1 -> p -= labels[:, None]
        You subtracted the label itself: it is the number of a class. Subtract 1 in its column.
    return (logits - np.eye(logits.shape[1])[labels]) / len(logits)
        Those are the scores: make probabilities of them first.
    return -result
        Your gradient has the other sign: it is the probability minus 1 at the right class, below 0.
    axis=1 -> axis=0
        Your probabilities add up to 1 in every column: take them along each row.
    p[np.arange(len(labels)), labels] -> p[:, labels]
        p[:, labels] takes these columns in every row: each row has one label of its own.
    labels] -> logits.argmax(axis=1)]
        You subtracted 1 at the largest score: the label says which class is right.
    p[np.arange(len(labels)), labels] -> p[np.arange(len(labels)), -1 - labels]
        You counted the classes from the end.
    where np.abs(logits).max() > 700
        Every case that fails has scores far from 0: does an exponential overflow, or do all of a row vanish?
    where len(labels) > 1
        Every case that fails has several rows.
    """,
)
def loss_gradient(logits, labels):
    """Return the gradient of the cross-entropy with respect to the scores.

    ``logits`` has the shape (N, classes), ``labels`` the right class of each row. The loss is the mean over
    the rows. Scores may be so large, or so small, that their exponentials are not.
    """
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)
