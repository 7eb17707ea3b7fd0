"""Exercise: every window of one picture as a column."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import scattered, shapes, thirds
from cnnbook.checks.wording import OBLONG

SMALL = [(*pair, stride) for pair, stride in grid(shapes(3), grid((1, 2), (1, 2)))]
LARGE = (
    ((7, 7), (3, 3), (1, 1)),
    ((5, 6), (3, 2), (2, 2)),
    ((8, 7), (2, 3), (3, 2)),
    ((7, 9), (2, 2), (3, 3)),
)


@exercise(
    cases=[
        *((scattered(*size), kernel, stride) for size, kernel, stride in [*SMALL, *LARGE]),
        (thirds(5, 4), (2, 3), (2, 1)),
    ],
    mistakes=f"""
    return result.T
        Your windows are the rows. That is a layout of its own; here each window is a column: transpose.
    (W * np.arange(K_h)[:, None] + np.arange(K_w)) -> (W * np.arange(K_h) + np.arange(K_w)[:, None])
        Inside a window you count column by column. Count row by row: entry (u, v) is number u * K_w + v.
    (W * down[:, None] + across) -> (W * down + across[:, None])
        You count the windows column by column. Count them row by row: window (i, j) is i * W_out + j.
    stride = stride[::-1]
        The two strides are swapped: the first number of the pair goes down the rows, the second across.
    stride = (1, 1)
        Your windows start one pixel apart: use the stride as the step of their start positions.
    stride = kernel_size
        Your windows lie side by side, as if the stride were the kernel's size.
    W * np.arange(K_h) -> s_h * W * np.arange(K_h); np.arange(K_w) -> s_w * np.arange(K_w)
        The stride stands between the pixels of a window. It belongs between the windows.
    (W * np.arange(K_h) -> (K_w * np.arange(K_h)
        You take the rows of a window to be neighbours: two of them lie W pixels apart, not K_w.
    W * -> H *
        You take a row of the picture to be H pixels long. It is W: pixel (r, c) has the number r * W + c.
    H - K_h + 1 -> H - K_h; W - K_w + 1 -> W - K_w
        The last window is missing. It starts at H - K_h, and range stops before its end: H - K_h + 1.
    offsets[:, None] + starts -> (offsets[:, None] + starts).reshape(K_h, K_w, len(down), len(across))
    return result.reshape(*kernel_size, -1)
        These are the right numbers with four axes, or three: reshape them to (K_h * K_w, L).
    return result.T.reshape(result.shape)
        Only the shape is right: your windows are rows, and reshape keeps the order of reading. Transpose.
    image.take(offsets[:, None] + starts) -> offsets[:, None] + starts + 0.0
    image.take(offsets[:, None] + starts) -> offsets[:, None] + starts
        These are the numbers of the pixels. Now take the pixels: image.take(numbers).
    where stride != (1, 1)
        Every case that fails has a stride that is not 1.
    where image.shape[0] != image.shape[1] or kernel_size[0] != kernel_size[1]
        {OBLONG}
    """,
)
def take_windows(image, kernel_size, stride):
    """Return every window of one picture as a column, (K_h * K_w, L), all counted row by row."""
    (H, W), (K_h, K_w), (s_h, s_w) = image.shape, kernel_size, stride
    down, across = np.arange(0, H - K_h + 1, s_h), np.arange(0, W - K_w + 1, s_w)
    offsets = (W * np.arange(K_h)[:, None] + np.arange(K_w)).ravel()
    starts = (W * down[:, None] + across).ravel()
    return image.take(offsets[:, None] + starts)
