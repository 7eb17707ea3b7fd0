"""Exercise: running statistics that follow those of each batch."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds

SHAPES = ((2, 1, 1, 1), (1, 1, 1, 2), (1, 2, 2, 1), (2, 2, 1, 2), (2, 2, 2, 2), (3, 2, 1, 3), (3, 3, 3, 3))
SHARES = (0.1, 0.25, 0.5, 1.0)


@exercise(
    cases=[
        *(
            (digits(2, shape[1]), make(*shape), share)
            for make, shape, share in grid((digits, signed), SHAPES, SHARES)
        ),
        *((np.ones((2, shape[1])), make(*shape), 0.1) for make, shape in grid((digits, thirds), SHAPES)),
    ],
    mistakes="""
    , ddof=1 ->
        Your variance is divided by the count. That one normalises the batch; the running one, which stands
        for pictures not seen, is divided by one less.
    , ddof=1) -> ) * len(x) / (len(x) - 1 or 1)
    , ddof=1) -> ) * len(x) / (len(x) - 1)
    , ddof=1) -> ) * (len(x) / (len(x) - 1))
        You counted the pictures, and one alone even divides by 0: a channel has m = N * H * W numbers, and
        the factor is m / (m - 1).
    x.var(axis=(0, 2, 3), ddof=1) -> x.var(axis=0, ddof=1).mean(axis=(1, 2))
    x.var(axis=(0, 2, 3), ddof=1) -> x.var(axis=0).mean(axis=(1, 2))
        You took the variance at each place and then the mean of these: a channel has one variance, over all
        its numbers at once, and the places may differ, too.
    x.var(axis=(0, 2, 3), ddof=1) -> x.var(axis=(2, 3), ddof=1).mean(axis=0)
    x.var(axis=(0, 2, 3), ddof=1) -> x.var(axis=(2, 3)).mean(axis=0)
        You took the variance in each picture and then the mean of these: a channel has one variance, over all
        its numbers at once, and the pictures may differ, too.
    (1 - momentum) -> momentum; + momentum * np -> + (1 - momentum) * np
        Momentum is the share of the new batch, as PyTorch means it: the old statistics keep 1 - momentum.
    (1 - momentum) * running -> running
        You added to the old statistics without letting them fade: they keep 1 - momentum.
    (1 - momentum) * running + momentum * np.stack -> np.stack
        Those are the statistics of this batch: the running ones move a part of the way only.
    momentum * np.stack([mean, var]) -> momentum * running
        Nothing of the batch arrives.
    .var( -> .std(
        You keep the standard deviation: the second row is the variance.
    [mean, var] -> [var, mean]
        Mean and variance are swapped.
    axis=(0, 2, 3) -> axis=(1, 2, 3)
        You took the statistics of each picture: take those of each channel, over the batch and all places.
    axis=(0, 2, 3) -> axis=(0, 1, 2)
        You took the statistics of each column: the channels are axis 1, (N, C, H, W).
    axis=(0, 2, 3) -> axis=(0, 1, 2, 3)
        You took the statistics of the whole batch at once: each channel has its own.
    mean = x.mean(axis=(0, 2, 3)) -> mean = running[0]
        Your mean stays where it was: it follows the batch, too.
    var = x.var(axis=(0, 2, 3), ddof=1) -> var = running[1]
        Your variance stays where it was: it follows the batch, too.
    x.var(axis=(0, 2, 3), ddof=1) -> (x**2).sum(axis=(0, 2, 3)) / (x[:, 0].size - 1)
    x.var(axis=(0, 2, 3), ddof=1) -> (x**2).mean(axis=(0, 2, 3))
        Those are squares of the numbers: the variance takes the mean off before it squares.
    where x.shape[1] > 1
        Every case that fails has several channels.
    where momentum < 1
        Every case that fails keeps a part of the old statistics.
    """,
)
def follow_statistics(running, x, momentum):
    """Return the running statistics after one more batch.

    ``running`` has the shape (2, C): the running mean of each channel, and below it the running variance.
    ``x`` is the batch (N, C, H, W); ``momentum`` is the share that it gets.
    """
    mean = x.mean(axis=(0, 2, 3))
    var = x.var(axis=(0, 2, 3), ddof=1)
    return (1 - momentum) * running + momentum * np.stack([mean, var])
