"""Exercise: numbers of both signs as shades of grey."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, scattered, signed, thirds


@exercise(
    cases=[
        *((signed(*shape), most) for shape, most in grid([(1, 1), (1, 3), (2, 2), (3, 4)], (9.0, 4.0, 20.0))),
        *((thirds(*shape), most) for shape, most in grid([(2, 3), (4, 2)], (1.0, 2.5))),
        *((digits(3, 3) - 4, most) for most in (5.0, 2.0)),
        *((scattered(4, 5) - 50, most) for most in (30.0, 60.0)),
    ],
    mistakes="""
    np.clip(0.5 + y / (2 * most), 0, 1) -> 0.5 + np.clip(y, -most, most) / most
    (2 * most) -> most
        The contrast is twice too strong: from -most to most it is 2 * most, and that has to become 1.
    0.5 + ->
        Zero has become black, so everything below zero is lost: zero has to become grey, 0.5.
    return np.clip(y / most, 0, 1)
        Zero has become black: this is the view that is called clamped. Zero has to become grey, 0.5.
    return np.clip(y / most, -1, 1)
        These run from -1 to 1: move them up and halve them, to 0 to 1.
    return np.clip(np.abs(y) / most, 0, 1)
        The sign is lost: this is the view that is called absolute. Zero has to become grey, 0.5.
    np.clip(0.5 + y / (2 * most), 0, 1) -> 0.5 + y / (2 * most)
        Some numbers lie below 0 or above 1: what is beyond most becomes white, and below -most black.
    most -> np.abs(y).max()
        You used the largest number of the picture: use most, which you are given.
    return (y - y.min()) / np.ptp(y)
        You stretched the picture's own range, so zero has no shade of its own: it has to become 0.5.
    return 1 - result
        Black and white are swapped: most becomes 1, which is white.
    (2 * most) -> 2 * most
        Python reads a / 2 * b as (a / 2) * b: write a / (2 * b).
    return 255 * result
    return np.round(255 * result)
        These are shades from 0 to 255: they have to run from 0 to 1.
    0, 1 -> 0, 0.5
        Everything above zero is grey: white is 1.
    0, 1 -> 0.5, 1
        Everything below zero is grey: black is 0.
    """,
)
def shades(y, most):
    """Return shades of grey: -most is 0, zero is 0.5, most is 1, and what lies beyond is cut off."""
    return np.clip(0.5 + y / (2 * most), 0, 1)
