"""Exercise: the largest number of every window."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds
from cnnbook.checks.wording import OBLONG

SIZES = ((1, 1), (2, 2), (2, 3), (3, 2), (3, 4), (4, 4), (5, 4), (5, 7))


@exercise(
    cases=[
        *((digits(*size), k, s) for size, k, s in grid(SIZES, (1, 2, 3), (1, 2, 3)) if k <= min(size)),
        *((-digits(*size) - 1, 2, s) for size, s in grid(((2, 2), (3, 4), (5, 4)), (1, 2, 3))),
        *((signed(*size), 3, s) for size, s in grid(((3, 4), (6, 5)), (1, 2, 4))),
        *((thirds(6, 7), k, 2) for k in (1, 2, 3)),
    ],
    mistakes=f"""
    .max() -> .mean()
        You took the mean of each window: take its largest number.
    .max() -> .argmax()
        That is where the largest number of each window stands: return the number.
    .max() -> .sum()
        You added the numbers of each window: take the largest of them.
    .max() -> .min()
        You took the smallest number of each window.
    .max() -> .max(initial=0)
        Your search for the largest begins with 0, and in a window of negative numbers nothing is above 0.
    return np.maximum.accumulate(result.ravel()).reshape(result.shape)
        Your search goes on where the window before it ended: begin anew in each window.
    return result.astype(int) + (result > 0)
        Your numbers are rounded: leave the fractions.
    image -> np.abs(image)
        You compared without the signs: -7 is smaller than 2.
    i * s -> i; j * s -> j
        Your windows lie one pixel apart: window (i, j) starts at row i * stride and column j * stride.
    i * s -> i * k; j * s -> j * k
        Your windows lie side by side: window (i, j) starts at row i * stride and column j * stride.
    + k, -> + s,; + k] -> + s]
        Your windows have the size of the stride: they reach over kernel_size rows and columns.
    + k, -> + k - 1,; + k] -> + k - 1]; .max() -> .max(initial=-99)
        The last row and the last column of each window are missing: a slice ends before its stop by itself.
    (H - k) // s + 1, (W - k) // s + 1 -> -(-H // s), -(-W // s)
    (H - k) // s + 1, (W - k) // s + 1 -> -(-(H - k) // s) + 1, -(-(W - k) // s) + 1
        You rounded up: a window that would end beyond the picture does not fit here.
    (H - k) // s + 1, (W - k) // s + 1 -> H // s, W // s; .max() -> .max(initial=-99)
        Your result has a side of n // stride: the last window starts at n - kernel_size at the latest.
    where kernel_size > stride
        Every case that fails has windows that overlap.
    where kernel_size < stride
        Every case that fails has windows with gaps between them.
    where image.shape[0] != image.shape[1]
        {OBLONG}
    """,
)
def max_pool(image, kernel_size, stride):
    """Return the largest number of every square window that fits."""
    (H, W), k, s = image.shape, kernel_size, stride
    y = np.zeros(((H - k) // s + 1, (W - k) // s + 1))
    for i, j in np.ndindex(y.shape):
        y[i, j] = image[i * s : i * s + k, j * s : j * s + k].max()
    return y
