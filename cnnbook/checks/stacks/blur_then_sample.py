"""Exercise: blur, then take every so-many-th pixel."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, thirds
from cnnbook.checks.wording import OBLONG
from cnnbook.conv import cross_correlate2d


@exercise(
    cases=[
        *((digits(H, W), stride) for H, W, stride in grid((2, 3, 4), (2, 3, 5), (1, 2, 3))),
        *((digits(H, W), 2) for H, W in ((6, 7), (7, 6), (8, 5))),
        *((thirds(5, 6), stride) for stride in (1, 2, 4)),
        (np.ones((4, 4)), 2),
    ],
    mistakes=f"""
    np.pad(image, -> np.pad(image[::stride, ::stride],; kernel)[::stride, ::stride] -> kernel)
        You sampled first. By then the harm is done: blur the whole picture, and then sample.
    cross_correlate2d(padded, kernel)[ -> image[
        There is no blur: every number is a pixel of the picture.
    [::stride, ::stride] ->
        You blurred, and kept every pixel: take every stride-th of them.
    / 16 -> / 1
        Your result is 16 times too bright: the weights of a blur sum to 1, so divide them by 16.
    / 16 -> / 9
    / 16 -> / 8
    / 16 -> / 4
    / 16 -> / 15
        The weights have to sum to 1. They are 1, 2, 1 times 1, 2, 1: divide by their sum, 16.
    mode="reflect" -> mode="constant"
        The border is too dark: you padded with zeros. Use mode="reflect".
    mode="reflect" -> mode="edge"
    mode="reflect" -> mode="symmetric"
        You repeated the outermost pixels beyond the border. Use NumPy's "reflect"; SciPy calls it mirror.
    mode="reflect" -> mode="wrap"
        Beyond the border you put the other side of the picture. Use mode="reflect".
    np.outer([1, 2, 1], [1, 2, 1]) / 16 -> np.ones((3, 3)) / 9
        You used the box blur. The Gaussian one is the outer product of 1, 2, 1 with itself, divided by 16.
    np.outer([1, 2, 1], [1, 2, 1]) / 16 -> np.add.outer([1, 2, 1], [1, 2, 1]) / 24
    np.outer([1, 2, 1], [1, 2, 1]) / 16 -> np.array([[0, 1, 0], [1, 4, 1], [0, 1, 0]]) / 8
    np.outer([1, 2, 1], [1, 2, 1]) / 16 -> np.array([[1, 2, 1], [2, 3, 2], [1, 2, 1]]) / 15
        Your weights are others: they are the products of 1, 2, 1 and 1, 2, 1, so 4 in the middle.
    cross_correlate2d(padded, -> cross_correlate2d(image,
        The border is missing: pad the picture by 1 before you blur it, so that it keeps its size.
    [::stride, ::stride] -> [::stride]
        You sampled the rows and kept every column: [::stride, ::stride].
    [::stride, ::stride] -> [:, ::stride]
        You sampled the columns and kept every row: [::stride, ::stride].
    np.outer([1, 2, 1], [1, 2, 1]) / 16 -> np.outer([0, 1, 0], [1, 2, 1]) / 4
        You blurred along the rows only: the kernel has three rows as well as three columns.
    np.outer([1, 2, 1], [1, 2, 1]) / 16 -> np.outer([1, 2, 1], [0, 1, 0]) / 4
        You blurred along the columns only: the kernel has three columns as well as three rows.
    [::stride, ::stride] -> [stride - 1 :: stride, stride - 1 :: stride]
    [::stride, ::stride] -> [stride // 2 :: stride, stride // 2 :: stride]
        You began with the wrong pixel: the first row and the first column stay.
    return result[: image.shape[0] // stride, : image.shape[1] // stride]
        The last row or column is missing: where the stride does not divide the size, it stays as well.
    where image.shape[0] != image.shape[1]
        {OBLONG}
    """,
)
def blur_then_sample(image, stride):
    """Return a picture after a 3 x 3 Gaussian blur with mirrored borders, every so-many-th pixel of it."""
    kernel = np.outer([1, 2, 1], [1, 2, 1]) / 16
    padded = np.pad(image, 1, mode="reflect")
    return cross_correlate2d(padded, kernel)[::stride, ::stride]
