"""im2col: every window of a batch of images as a column of a matrix."""

from __future__ import annotations

import numpy as np

from cnnbook.shapes import Pair, as_pair, output_size

__all__ = ["im2col"]


def im2col(
    x: np.ndarray, kernel_size: Pair, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1
) -> np.ndarray:
    """Lay out every window of every image as a column.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W), any numeric dtype
        A batch of images.
    kernel_size, stride, padding, dilation : int or (height, width)
        As in :func:`cnnbook.output_size`; the padding is zeros.

    Returns
    -------
    cols : ndarray, shape (N, C * K_h * K_w, L), dtype of ``x``
        Column ``l`` holds window ``l``; windows are counted row by row, and the entries of a
        window run over channel, kernel row, kernel column. This is the layout of
        ``torch.nn.functional.unfold``.

    Raises
    ------
    TypeError
        If ``x`` is not numeric, or a size is not a whole number.
    ValueError
        If ``x`` is not four-dimensional, a size is out of range, or no window fits.

    Examples
    --------
    >>> x = np.arange(9).reshape(1, 1, 3, 3)
    >>> im2col(x, 2)[0]
    array([[0, 1, 3, 4],
           [1, 2, 4, 5],
           [3, 4, 6, 7],
           [4, 5, 7, 8]])
    """
    x = np.asarray(x)
    if x.dtype.kind not in "buifc":
        raise TypeError(f"x must be numeric, got dtype {x.dtype}")
    if x.ndim != 4:
        raise ValueError(f"x must have shape (N, C, H, W), got {x.shape}")
    K_h, K_w = as_pair(kernel_size, "kernel_size", 1)
    s_h, s_w = as_pair(stride, "stride", 1)
    p_h, p_w = as_pair(padding, "padding", 0)
    d_h, d_w = as_pair(dilation, "dilation", 1)
    N, C, H, W = x.shape
    H_out = output_size(H, K_h, s_h, p_h, d_h)
    W_out = output_size(W, K_w, s_w, p_w, d_w)

    x_pad = np.pad(x, ((0, 0), (0, 0), (p_h, p_h), (p_w, p_w)))
    cols = np.empty((N, C, K_h, K_w, H_out, W_out), x.dtype)
    for i in range(K_h):
        rows = slice(i * d_h, i * d_h + s_h * (H_out - 1) + 1, s_h)
        for j in range(K_w):
            columns = slice(j * d_w, j * d_w + s_w * (W_out - 1) + 1, s_w)
            cols[:, :, i, j] = x_pad[:, :, rows, columns]
    return cols.reshape(N, C * K_h * K_w, H_out * W_out)  # (N, C*K_h*K_w, L)
