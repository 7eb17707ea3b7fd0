"""Exercise: the softplus, for any number."""

import numpy as np

from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import digits, signed, thirds

SHAPES = ((1,), (3,), (2, 3), (3, 2), (2, 2, 2))


@exercise(
    cases=[
        *((np.array([x]),) for x in (0.0, 1.0, -1.0, 3.0, -3.0, 30.0, -30.0, 1000.0, -1000.0)),
        *((make(*shape),) for make in (digits, signed, thirds) for shape in SHAPES),
        (-digits(2, 3),),
        (100 * signed(3, 4),),
        (np.array([-800.0, 800.0]),),
    ],
    mistakes="""
    np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))) -> np.log(1 + np.exp(x))
    np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))) -> np.log1p(np.exp(x))
        From about 710 on exp(x) is too large for a number. Take exp(-abs(x)), and add what is missing.
    np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))) -> x + np.log1p(np.exp(-x))
        Now very negative numbers overflow: exp(-x) is as large there as exp(x) was on the other side.
    np.maximum(x, 0) + ->
        For positive numbers x itself is missing: log(1 + exp(x)) = x + log(1 + exp(-x)).
    np.maximum(x, 0) -> x
        Only positive numbers get x added: for negative ones log(1 + exp(x)) can be taken as it is.
    np.maximum(x, 0) -> np.abs(x)
    np.maximum(x, 0) -> np.maximum(-x, 0)
        To the left the curve goes to 0, and to the right to x.
    + np.log1p(np.exp(-np.abs(x))) ->
        That is a ReLU, with its corner: at 0 the soft ramp is log 2.
    np.log1p(np.exp(-np.abs(x))) -> np.exp(-np.abs(x))
        The logarithm is missing.
    np.log1p -> np.log
        In the logarithm stands 1 + exp(...): the 1 is missing.
    np.log1p(np.exp(-np.abs(x))) -> np.log2(1 + np.exp(-np.abs(x)))
        You took the logarithm to another base: np.log is the natural one.
    return 1 / (1 + np.exp(-x))
        That is the sigmoid: the slope of the soft ramp, and not the ramp.
    x = np.clip(x, -20, 20)
    x = np.clip(x, -700, 700)
        You cut the numbers off: 1000 has to come out as 1000.
    return result.astype(int)
        Your numbers are cut off: leave the fractions.
    return np.where(x > 0, x, result)
        Above 0 you return x alone: log(1 + exp(-x)) is still to be added.
    where np.abs(x).max() > 700
        Every case that fails has a number so large that an exponential overflows.
    where (x < 0).any()
        Every case that fails has a negative number.
    """,
)
def soft_ramp(x):
    """Return log(1 + exp(x)) for each number, however large it is."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))
