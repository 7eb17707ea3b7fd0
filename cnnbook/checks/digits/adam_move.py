"""Exercise: what Adam subtracts from a parameter."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds


@exercise(
    cases=[
        (make(*shape), size * digits(*shape), t, lr)
        for make, shape, size, t, lr in grid(
            (signed, thirds), ((1,), (2,), (3,), (2, 3)), (1, 0.0001), (1, 2, 10, 1000), (0.001, 0.5)
        )
    ]
    + [(np.zeros(shape), np.zeros(shape), t, 0.5) for shape in ((1,), (2, 3)) for t in (1, 10)],
    mistakes="""
    mean / (1 - 0.9**t) -> mean
        The mean of the gradients started at 0, and is too small in the first steps: divide it by
        1 - 0.9 ** t.
    square / (1 - 0.999**t) -> square
        The mean of the squares started at 0, too: divide it by 1 - 0.999 ** t.
    mean / (1 - 0.9**t) -> mean; square / (1 - 0.999**t) -> square
        Both means started at 0, and are too small in the first steps: divide each by 1 minus its own share to
        the power t.
    0.999 -> 0.9
        You corrected both means by 0.9: that of the squares keeps 0.999.
    0.999 -> 0.99
        The mean of the squares keeps 0.999.
    mean / (1 - 0.9**t) -> mean / (1 - 0.999**t)
    mean / (1 - 0.9**t) -> mean / (1 - 0.999**t); square / (1 - 0.999**t) -> square / (1 - 0.9**t)
        The shares are swapped: 0.9 for the mean, 0.999 for the squares.
    mean / (1 - 0.9**t) -> mean * (1 - 0.9**t); square / (1 - 0.999**t) -> square * (1 - 0.999**t)
        The means are too small in the first steps, and you made them smaller still: divide.
    0.9** -> 0.9 *; 0.999** -> 0.999 *
        The shares are raised to the power t.
    np.sqrt(square) -> square
        You divided by the mean square: take its root, so that a gradient ten times as large makes the same
        move.
    square / (1 - 0.999**t) -> np.sqrt(square) / (1 - 0.999**t); np.sqrt(square) + 1e-8 -> square + 1e-8
        The root is taken of the corrected mean: divide first.
    0.9** -> 0.9 *
        The share of the mean is raised to the power t: 0.9 ** t.
    lr * mean -> mean
        The step size is missing.
    return -result
        What is subtracted has the sign of the mean.
    **t) -> ** (t - 1 or 1))
        Steps are counted from 1.
    np.sqrt(square) + 1e-8 -> np.sqrt(square) + 1
        What keeps the division away from 0 is 1e-8.
    np.sqrt(square) + 1e-8 -> np.sqrt(square + 1e-8)
        1e-8 is added to the root, not under it.
    np.sqrt(square) + 1e-8 -> np.sqrt(square)
        Where no gradient ever came both means are 0, and you divide by 0: add 1e-8 to the root.
    where t > 1
        Every case that fails is after the first step.
    where t == 1
        Every case that fails is the first step.
    """,
)
def adam_move(mean, square, t, lr):
    """Return what Adam subtracts in step ``t``, counted from 1.

    ``mean`` and ``square`` are the running means of the gradient and of its square, this step's included,
    with the shares 0.9 and 0.999; ``lr`` is the step size. 1e-8 is added to the root of the second.
    """
    mean = mean / (1 - 0.9**t)
    square = square / (1 - 0.999**t)
    return lr * mean / (np.sqrt(square) + 1e-8)
