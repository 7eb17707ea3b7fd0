"""Exercise: the range of a picture's numbers."""

import numpy as np

from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import digits

GREY = ([[255]], [[0]], [[51]], [[0, 255]], [[51], [102]], [[100, 101, 102]], [[200, 250], [10, 3]])
COLOUR = (28 * digits(2, 3, 3), [[[255, 254, 1], [0, 127, 128]]])


@exercise(
    cases=[
        (np.array(picture, np.uint8),)
        for picture in (*GREY, *COLOUR, 23 * digits(4, 3), np.arange(256).reshape(8, 32))
    ],
    mistakes="""
    image / 255 -> image // 255
    image / 255 -> np.uint8(image / 255)
        The fractions are cut off, so only white is left. Divide with /, and keep floating-point numbers.
    255 -> 256
        You divided by 256. There are 256 values, but the largest is 255, and that has to become 1.
    255 -> image.max()
        You divided by the largest value in the picture: divide by 255, the largest value there is.
    return (image - image.min()) / (image.max() - image.min())
        You stretched the picture's own range, which changes its contrast: divide by 255 and do no more.
    image / 255 -> image / 127.5 - 1
        Your numbers run from -1 to 1: they have to run from 0 to 1.
    image / 255 -> 1 - image / 255
        Black and white are swapped: 0 has to stay 0.
    255 -> 100
        You divided by 100: these are no percentages, white is 255.
    image / 255 -> image.astype(float)
        Your numbers still run from 0 to 255: the type has changed, now divide.
    image /= 255
        A division in place (/=) has to store fractions in whole numbers, which NumPy refuses: image / 255.
    image / 255 -> (image + np.uint8(1)) / 256
        255 + 1 is 0 in uint8, which counts from 0 to 255 and starts again: divide by 255 instead.
    image / 255 -> image.astype(np.int8) / 255
        An int8 ends at 127, and goes on at -128, so bright pixels have become negative: use a float.
    where image.ndim == 3
        Every case that fails is a picture in colour, of shape (H, W, 3): NumPy divides any shape at once.
    where image.ndim == 2
        Every case that fails is a grey picture, of shape (H, W): it has no third axis.
    """,
)
def to_unit_range(image):
    """Return a picture of 0 to 255 (uint8), grey or in colour, as numbers from 0 to 1."""
    return image / 255
