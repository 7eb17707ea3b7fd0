"""The convolutional layer as its definition reads: seven loops, slow, and easy to trust."""

from __future__ import annotations

import numpy as np

from cnnbook.conv_batch import as_convolution
from cnnbook.half import in_single
from cnnbook.shapes import Padding, Pair

__all__ = ["conv2d_naive"]


@in_single
def conv2d_naive(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> np.ndarray:
    """Convolve one product at a time, to check :func:`cnnbook.conv2d` against.

    Parameters
    ----------
    x : ndarray, shape (N, C_in, H, W), floating point
        A batch of images.
    weight : ndarray, shape (C_out, C_in / groups, K_h, K_w), floating point
        The kernels.
    bias : ndarray, shape (C_out,), floating point, optional
        One number to add for each kernel.
    stride, padding, dilation, groups
        As in :func:`cnnbook.conv2d`.

    Returns
    -------
    y : ndarray, shape (N, C_out, H_out, W_out)
        In the common dtype of the arguments.

    Raises
    ------
    TypeError, ValueError
        As :func:`cnnbook.conv2d`.

    References
    ----------
    The formula in :func:`cnnbook.conv2d`, term by term.

    Examples
    --------
    >>> x = np.arange(9.0).reshape(1, 1, 3, 3)
    >>> conv2d_naive(x, np.array([[[[1.0, 0.0], [0.0, -1.0]]]]))[0, 0]
    array([[-4., -4.],
           [-4., -4.]])
    """
    x, weight, bias, windows, groups = as_convolution(x, weight, bias, stride, padding, dilation, groups)
    N, _, H, W = x.shape
    C_out, C_group, K_h, K_w = weight.shape
    H_out, W_out = windows.out
    if bias is None:
        bias = np.zeros(C_out, weight.dtype)
    y = np.zeros((N, C_out, H_out, W_out), np.result_type(x, weight, bias))
    for n in range(N):
        for o in range(C_out):
            first = o // (C_out // groups) * C_group  # the first channel that kernel o sees
            for i in range(H_out):
                for j in range(W_out):
                    y[n, o, i, j] = bias[o]
                    for c in range(C_group):
                        for u in range(K_h):
                            for v in range(K_w):
                                row = windows.stride[0] * i + windows.dilation[0] * u - windows.before[0]
                                column = windows.stride[1] * j + windows.dilation[1] * v - windows.before[1]
                                if 0 <= row < H and 0 <= column < W:  # the padding adds nothing
                                    y[n, o, i, j] += weight[o, c, u, v] * x[n, first + c, row, column]
    return y
