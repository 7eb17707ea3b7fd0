"""Exercise: the gradient through a Gaussian."""

import numpy as np

from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import digits, signed, thirds

SHAPES = ((1,), (2,), (5,), (2, 3), (3, 2), (1, 2, 2), (2, 1, 2, 3))


@exercise(
    cases=[
        *((digits(1), np.array([x])) for x in (0.0, 1.0, -1.0, 0.5, -2.0)),
        *((signed(*shape), thirds(*shape)) for shape in SHAPES),
        *((digits(*shape), digits(*shape)[::-1] / 4) for shape in SHAPES),
        *((thirds(*shape), -digits(*shape) / 8) for shape in SHAPES),
        *((digits(*shape), thirds(*shape)) for shape in SHAPES),
    ],
    mistakes="""
    -2 * x -> 2 * x
        Your sign is turned round: where x is positive the bell falls, so its slope is negative.
    -2 * x -> -2
        Inside the exponent stands -x², and its slope is -2x: the x is missing.
    -2 * x -> -x
        Inside the exponent stands -x², and its slope is -2x: the 2 is missing.
    -2 * x * np.exp(-x * x) -> -2 * x
        The exponential is its own slope: it stays as a factor.
    -2 * x -> -1
    -2 * x * np.exp(-x * x) -> np.exp(-x * x)
        That is the value, not the slope: by the chain rule -2x, the slope of the exponent, is a factor, too.
    np.exp(-x * x) -> np.exp(-x * x / 2)
        That is the bell of a normal distribution, with half the exponent: here it is -x².
    np.exp(-x * x) -> np.exp(-x)
        In the exponent stands -x², not -x.
    -2 * x -> -2 * np.abs(x)
        The bell rises on the left: where x is negative its slope is positive.
    grad_out * (-2 * x * np.exp(-x * x)) -> -2 * x * np.exp(-x * x)
        That is the slope itself: multiply it by the gradient that comes in.
    grad_out * -> grad_out +
        Along a path slopes multiply: you added them.
    return result.astype(int)
        Your numbers are cut off: leave the fractions.
    np.exp(-x * x) -> np.exp(x * x)
        Your exponential grows: (-x)**2 is x**2, and the minus has to stay outside.
    where (x < 0).any()
        Every case that fails has a negative number in x.
    where (x > 0).any()
        Every case that fails has a positive number in x.
    """,
)
def bell_back(grad_out, x):
    """Return the gradient with respect to x, if exp(-x²) has the gradient grad_out."""
    return grad_out * (-2 * x * np.exp(-x * x))
