"""Exercise: a kernel that adds what a blur takes away."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, thirds

SHAPES = [(1, 3), (3, 1), (3, 3), (3, 5), (5, 3), (5, 5)]


@exercise(
    cases=[
        *((digits(*shape) / digits(*shape).sum(), n) for shape, n in grid(SHAPES, (1.0, 2.0, 5.0, 0.0, 0.3))),
        *((np.full(shape, 1 / np.prod(shape)), n) for shape, n in grid(SHAPES, (1.0, 2.5))),
        *((thirds(*shape), 3.0) for shape in SHAPES),
    ],
    mistakes="""
    identity - blur -> blur - identity
        This makes the picture softer: what a blur takes away is the picture minus the blurred one.
    identity + amount -> amount
        The picture itself is missing: what the blur takes away is added to it.
    (identity - blur) -> identity - blur
        The amount is multiplied with the identity only: put the difference in brackets.
    (identity - blur) -> blur
        You added the blur itself: add what it takes away, identity - blur.
    identity + amount * (identity - blur) -> identity - amount * blur
        The identity that belongs to the difference is missing: the sum of the weights has changed.
    identity + amount * (identity - blur) -> np.where(identity, 1 + amount, -amount * blur)
        You overwrote the middle: there, too, the blur is subtracted, so amount times its middle is missing.
    identity - blur -> 1 - blur
        1 - blur has a 1 at every place: the identity has a single one, in its middle.
    blur.shape[0] // 2, blur.shape[1] // 2 -> 0, 0
        The 1 of your identity stands in the corner: it belongs into the middle.
    np.zeros(blur.shape) -> np.eye(*blur.shape); identity[blur.shape[0] // 2, blur.shape[1] // 2] = 1 ->
    np.zeros(blur.shape) -> np.eye(*blur.shape)
        np.eye has ones all along its diagonal: the identity kernel has a single one, in its middle.
    np.zeros(blur.shape) -> np.ones(blur.shape)
        Your identity is 1 everywhere: it is zero but for a single 1 in its middle.
    amount * (identity - blur) -> amount + (identity - blur)
        You added the amount to every weight: multiply by it.
    where blur.shape[0] != blur.shape[1]
        Every case that fails has a kernel that is not square: the middle is K_h // 2, K_w // 2.
    """,
)
def sharpening(blur, amount):
    """Return the kernel that adds so many times what a blur takes away; the blur has odd sides."""
    identity = np.zeros(blur.shape)
    identity[blur.shape[0] // 2, blur.shape[1] // 2] = 1
    return identity + amount * (identity - blur)
