"""Exercise: the mean of every window, the padding left out."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds
from cnnbook.checks.wording import OBLONG

SIZES = ((2, 2), (2, 3), (3, 3), (4, 3), (5, 6))


@exercise(
    cases=[
        *(
            (digits(*size), k, s, p)
            for size, k, s, p in grid(SIZES, range(1, 5), range(1, 4), range(3))
            if 2 * p <= k <= min(size) + 2 * p
        ),
        *((digits(*size) // 4, 2, 1, p) for size, p in grid(((3, 4), (4, 3)), (0, 1))),
        *((signed(4, 5), k, s, 1) for k, s in grid((2, 3), (1, 2))),
        *((thirds(5, 4), k, s, p) for k, s, p in grid((2, 3), (1, 3), (0, 1))),
    ],
    mistakes=f"""
    window.mean() -> window.sum() / k**2
        You divided by all places of the window: at the border some lie in the padding, and do not count here.
    window.mean() -> window.sum()
        You added the numbers of each window: divide by how many of them lie on the picture.
    window.mean() -> window.max()
        You took the largest number of each window: take the mean.
    window.mean() -> np.median(window)
        You took the number in the middle of each window: take the mean.
    window.mean() -> window[window != 0].mean() if window.any() else 0
    window.mean() -> window.sum() / max(1, np.count_nonzero(window))
        You left all zeros out, those of the picture, too: only places of the padding do not count.
    max(top, 0) -> top % H; max(left, 0) -> left % W; window.mean() -> window.sum() / max(1, window.size)
        A window that begins in the padding has a start below 0, and a slice from -1 begins at the last row.
    image[max(top, 0) : top + k, max(left, 0) : left + k] -> np.pad(image, p, "edge")[i*s:, j*s:][:k, :k]
        You filled the frame with the outermost pixels: its places do not count at all.
    i * s - p, j * s - p -> max(i * s - p, 0), max(j * s - p, 0)
        You moved the windows at the border inside. They stay, and what lies in the padding is cut off.
    i * s -> i; j * s -> j
        Your windows lie one pixel apart: window (i, j) starts at row i * stride - padding.
    i * s -> i * k; j * s -> j * k
        Your windows lie side by side: window (i, j) starts at row i * stride - padding.
    i * s - p -> i * s; j * s - p -> j * s; window.mean() -> window.sum() / max(1, window.size)
        You left the padding out: window (i, j) starts at row i * stride - padding.
    2 * p -> p
        You counted the padding once: it is added on each side.
    window.mean() -> window.sum() / ((top + k - max(top, 0)) * (left + k - max(left, 0)))
        What lies beyond the lower and the right border does not count either: divide by window.size.
    // s + 1, -> // s + 1 + ((H + 2 * p - k) % s > 0),; // s + 1)) -> // s + 1 + ((W + 2 * p - k) % s > 0)))
        You rounded up: a window that would end beyond the frame does not fit here.
    return result.astype(int)
        Your numbers are cut off: leave the fractions.
    where padding == 0
        Every case that fails has no padding.
    where padding > 0
        Every case that fails has a padding.
    where image.shape[0] != image.shape[1]
        {OBLONG}
    """,
)
def mean_inside(image, kernel_size, stride, padding):
    """Return the mean of every square window over the places that lie on the picture."""
    (H, W), k, s, p = image.shape, kernel_size, stride, padding
    y = np.zeros(((H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1))
    for i, j in np.ndindex(y.shape):
        top, left = i * s - p, j * s - p
        window = image[max(top, 0) : top + k, max(left, 0) : left + k]
        y[i, j] = window.mean()
    return y
