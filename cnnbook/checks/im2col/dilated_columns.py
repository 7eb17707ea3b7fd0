"""Exercise: the columns of windows with gaps between their pixels."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import scattered, thirds
from cnnbook.checks.wording import OBLONG

SETTINGS = (
    ((3, 4), (2, 2), (1, 1)),
    ((4, 3), (2, 2), (2, 1)),
    ((3, 5), (1, 2), (1, 2)),
    ((5, 4), (3, 2), (2, 1)),
    ((4, 6), (2, 3), (1, 2)),
    ((5, 5), (2, 2), (2, 3)),
    ((6, 7), (3, 3), (2, 3)),
    ((7, 4), (3, 2), (3, 2)),
)


@exercise(
    cases=[
        *(
            (scattered(*n, *size), k, d)
            for n, (size, k, d) in grid(((1, 1), (1, 2), (2, 1), (2, 3)), SETTINGS)
        ),
        *(
            (scattered(1, 1, 5, 5), k, d)
            for k, d in grid(((1, 2), (2, 1), (2, 2), (2, 3)), ((1, 1), (1, 2), (2, 1), (2, 2)))
        ),
        (thirds(2, 2, 5, 6), (2, 3), (3, 2)),
    ],
    mistakes=f"""
    d_h * (K_h - 1) -> K_h - 1; d_w * (K_w - 1) -> K_w - 1
        You count as many windows as there would be without gaps. A window is d * (k - 1) + 1 pixels long.
    - d_h * (K_h - 1) -> - d_h * K_h + 1; - d_w * (K_w - 1) -> - d_w * K_w + 1
        A window of yours is too long: k weights have k - 1 gaps, so it is d * (k - 1) + 1 pixels long.
    dilation = dilation[::-1]
        The two dilations are swapped: the first number of the pair goes down the rows, the second across.
    kernel_size = kernel_size[::-1]
        The kernel's two numbers are swapped: kernel_size is (K_h, K_w), rows first.
    cols[:, :, u, v] -> cols[:, :, K_h - 1 - u, K_w - 1 - v]
        Each window is flipped: its first entry is the pixel under weight (0, 0).
    cols.reshape( -> cols.swapaxes(2, 3).reshape(
        Inside a window you count column by column. Count row by row: entry (u, v) is number u * K_w + v.
    cols.reshape( -> cols.transpose(0, 2, 3, 1, 4, 5).reshape(
        In your columns the channel runs fastest. It has to run slowest, as in weight.reshape(C_out, -1).
    return result.transpose(0, 2, 1)
        Your windows are the rows. Here each window is a column: swap the last two axes.
    return result.transpose(1, 2, 0).reshape(result.shape[1], -1)
        That is one wide matrix for the whole batch. Here each picture has a matrix of its own.
    x = x.sum(axis=1, keepdims=True)
        You added the channels up. Keep them: each has its own rows of the column.
    where dilation != (1, 1)
        Every case that fails has gaps: weight (u, v) lies d_h * u rows and d_w * v columns from the corner.
    where len(x) > 1
        Every case that fails has several pictures.
    where x.shape[1] > 1
        Every case that fails has several channels.
    where kernel_size[0] != kernel_size[1] or x.shape[2] != x.shape[3]
        {OBLONG}
    """,
)
def dilated_columns(x, kernel_size, dilation):
    """Return the windows of a batch as columns, with gaps between the pixels of a window.

    The batch has shape (N, C, H, W); ``kernel_size`` and ``dilation`` are (height, width) pairs. The stride
    is 1, and there is no padding. The result has shape (N, C * K_h * K_w, L).
    """
    (N, C, H, W), (K_h, K_w), (d_h, d_w) = x.shape, kernel_size, dilation
    H_out, W_out = H - d_h * (K_h - 1), W - d_w * (K_w - 1)
    cols = np.empty((N, C, K_h, K_w, H_out, W_out), x.dtype)
    for u in range(K_h):
        for v in range(K_w):
            down = slice(d_h * u, d_h * u + H_out)
            across = slice(d_w * v, d_w * v + W_out)
            cols[:, :, u, v] = x[:, :, down, across]
    return cols.reshape(N, C * K_h * K_w, H_out * W_out)
