"""Exercise: every entry of the columns added back to where it came from."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds
from cnnbook.checks.wording import OBLONG
from cnnbook.shapes import output_size

SETTINGS = (
    *(((1, 2), (1, 1), (1, 1)), ((2, 2), (1, 2), (1, 1)), ((1, 3), (1, 2), (1, 1)), ((3, 1), (2, 1), (1, 1))),
    *(((2, 3), (2, 2), (1, 1)), ((3, 2), (2, 1), (2, 1)), ((3, 3), (2, 2), (1, 1)), ((2, 4), (1, 2), (1, 2))),
    *(((3, 4), (2, 2), (1, 2)), ((2, 4), (2, 2), (1, 2)), ((5, 2), (3, 2), (2, 1)), ((4, 5), (3, 2), (1, 2))),
    *(((5, 4), (2, 2), (2, 2)), ((5, 5), (3, 3), (1, 1)), ((7, 6), (3, 3), (2, 1)), ((6, 7), (1, 2), (3, 3))),
)


def columns(make, N, C, size, kernel, stride):
    """Return a case: columns of the right shape, and the settings."""
    L = np.prod([*map(output_size, size, kernel, stride)])
    return make(N, C * kernel[0] * kernel[1], L), size, kernel, stride


@exercise(
    cases=[
        *(columns(signed, *n, *setting) for n, setting in grid(((1, 1), (1, 2), (2, 1), (2, 3)), SETTINGS)),
        *(columns(thirds, 2, 2, (4, 5), (2, 3), stride) for stride in grid((1, 2), (1, 2))),
        *(columns(digits, 1, 1, size, (2, 1), (1, 3)) for size in grid((2, 3), (4, 6))),
    ],
    mistakes=f"""
    for i, j, u, v -> for u, v, i, j; H_out, W_out, K_h, K_w): -> K_h, K_w, H_out, W_out):; += -> =
        Where windows overlap, only the last offset's entry is left. On an array of indexes += adds once to a
        place that is named twice, and np.add.at adds every time; on a slice += is right, and = is not.
    return result / np.maximum(inner(np.ones_like(cols), image_size, kernel_size, stride), 1)
        You took the mean of a pixel's entries. Take their sum: each window it lies in counts fully.
    -1, K_h, K_w, H_out, W_out) -> K_h, K_w, -1, H_out, W_out).transpose(0, 3, 1, 2, 4, 5)
        You read the columns as if the channel ran fastest. Channel c has the rows from c * K_h * K_w on.
    -1, K_h, K_w, H_out, W_out) -> -1, K_w, K_h, H_out, W_out).swapaxes(2, 3)
        You read a window's entries column by column. They are counted row by row: u * K_w + v.
    -1, K_h, K_w, H_out, W_out) -> -1, K_h, K_w, W_out, H_out).swapaxes(4, 5)
        You read the windows column by column. They are counted row by row: (i, j) is column i * W_out + j.
    i * s_h -> i; j * s_w -> j
        You lay the windows one pixel apart: window (i, j) starts at pixel (i * s_h, j * s_w).
    i * s_h -> i * K_h; j * s_w -> j * K_w
        You lay the windows side by side: window (i, j) starts at pixel (i * s_h, j * s_w).
    i * s_h -> i * s_w; j * s_w -> j * s_h
        The two strides are swapped: the first number of the pair goes down the rows, the second across.
    parts[:, :, u, v, -> parts[:, :, K_h - 1 - u, K_w - 1 - v,
        Each window lies flipped in your picture: its first entry belongs to its upper left corner.
    return result.sum(axis=1, keepdims=True)
        You added the channels together: each has its own picture.
    return result.sum(axis=0, keepdims=True)
        You added the pictures together: each stays on its own.
    return result.transpose(0, 2, 3, 1)
        Your channels come last. The result is channels first, (N, C, H, W).
    where any((n - k) % s for n, k, s in zip(image_size, kernel_size, stride))
        Every case that fails has pixels that no window reaches: they are part of the picture, and stay zero.
    where len(cols) > 1
        Every case that fails has several pictures.
    where cols.shape[1] > kernel_size[0] * kernel_size[1]
        Every case that fails has several channels.
    where stride != (1, 1)
        Every case that fails has a stride above 1.
    where image_size[0] != image_size[1] or kernel_size[0] != kernel_size[1]
        {OBLONG}
    """,
)
def add_back(cols, image_size, kernel_size, stride):
    """Return the columns, (N, C * K_h * K_w, L), added back into pictures, (N, C, H, W)."""
    (H, W), (K_h, K_w), (s_h, s_w) = image_size, kernel_size, stride
    H_out, W_out = (H - K_h) // s_h + 1, (W - K_w) // s_w + 1
    parts = cols.reshape(len(cols), -1, K_h, K_w, H_out, W_out)
    x = np.zeros((len(cols), parts.shape[1], H, W))
    for i, j, u, v in np.ndindex(H_out, W_out, K_h, K_w):
        x[:, :, i * s_h + u, j * s_w + v] += parts[:, :, u, v, i, j]
    return x
