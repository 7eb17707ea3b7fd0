"""Exercise: how many windows hold each pixel."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.wording import OBLONG

PICTURES = ((1, 2), (2, 3), (3, 2), (3, 3), (4, 3), (4, 4))
KERNELS = ((1, 1), (2, 2), (3, 3), (2, 3), (3, 1))
LARGE = (((5, 5), (3, 3), 1, 1), ((5, 7), (3, 2), 2, 1), ((7, 6), (5, 3), 2, 0), ((6, 7), (1, 4), 3, 3))


ALL = grid(PICTURES, KERNELS, (1, 2, 3), (0, 1, 2), fits=lambda i, k, s, p: np.all(np.add(i, 2 * p) >= k))


@exercise(
    cases=[*ALL, *LARGE],
    mistakes=f"""
    counts[padding : padding + H, padding : padding + W] -> counts
        Your result still holds the frame: cut out the picture, rows padding to padding + H.
    padding : padding + H -> padding:-padding; padding : padding + W -> padding:-padding
        Your result is empty where the padding is 0: [padding:-padding] becomes [0:0]. End at padding + H.
    counts[i : i + K_h, j : j + K_w] -> counts[i, j]
        You marked the corner of each window only: a window holds K_h rows and K_w columns.
    i + K_h -> i + K_h - 1; j + K_w -> j + K_w - 1
        The last row and the last column of each window are missing: a slice ends before its stop by itself.
    stride -> 1
        You left the stride out: windows start at 0, stride, 2 * stride, and so on.
    padding -> 0
        You left the padding out: windows may begin in the frame.
    2 * padding -> padding
        You counted the padding once: the frame lies on each side, so there are H + 2 * padding rows.
    K_h + 1 -> K_h; K_w + 1 -> K_w
        The last window of each row and column is missing: it may start at n + 2 * padding - k.
    - K_h + 1 ->; - K_w + 1 ->
        Your windows run past the end: the last one starts at n + 2 * padding - k.
    return np.ones([(n + 2 * padding - k) // stride + 1 for n, k in zip(image_shape, kernel_shape)])
        Your result has a number for each window: it should have one for each pixel.
    counts[padding : padding + H, padding : padding + W] -> counts[:H, :W]
        You cut out the wrong part: the picture begins at row and column padding of the frame.
    padding : padding + H, padding : padding + W -> :H, :W; (H + 2 * padding, W + 2 * padding) -> (H, W);
    (0, H + 2 * padding -> (-padding, H + padding; (0, W + 2 * padding -> (-padding, W + padding
        A window that begins in the frame has a start below 0, and a slice from -1 begins at the last row.
    return result / (result.max() or 1)
        You divided by the largest count: leave the counts as they are.
    return np.full(image_shape, 1.0 * kernel_shape[0] * kernel_shape[1])
        Each of your pixels has as many windows as the kernel has weights: at the border there are fewer.
    where image_shape[0] != image_shape[1] or kernel_shape[0] != kernel_shape[1]
        {OBLONG}
    """,
)
def coverage(image_shape, kernel_shape, stride, padding):
    """Return for every pixel how many windows hold it; the frame is not part of the result."""
    (H, W), (K_h, K_w) = image_shape, kernel_shape
    counts = np.zeros((H + 2 * padding, W + 2 * padding))
    for i in range(0, H + 2 * padding - K_h + 1, stride):
        for j in range(0, W + 2 * padding - K_w + 1, stride):
            counts[i : i + K_h, j : j + K_w] += 1
    return counts[padding : padding + H, padding : padding + W]
