"""The convolutional layer: many kernels on a batch of images, forward and backward."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import as_floats, as_images, check_shape
from cnnbook.shapes import Padding, Pair, as_int
from cnnbook.windows import Windows

__all__ = ["conv2d", "conv2d_backward"]

# Columns in use at a time: few enough to stay in a processor's cache while the product reads them.
BLOCK_BYTES = 2**19


def as_convolution(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None,
    stride: Pair,
    padding: Padding,
    dilation: Pair,
    groups: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None, Windows]:
    """Check that images, kernels and settings fit one another, and find the windows."""
    x, weight = as_floats(x=as_images(x), weight=weight)
    if weight.ndim != 4 or 0 in weight.shape:
        raise ValueError(
            f"weight must have shape (C_out, C_in / groups, K_h, K_w), all at least 1, got {weight.shape}"
        )
    groups = as_int(groups, "groups", 1)
    if x.shape[1] != groups * weight.shape[1]:
        raise ValueError(
            f"x {x.shape} has {x.shape[1]} channels, but weight {weight.shape} "
            f"with groups={groups} needs {groups} * {weight.shape[1]} = {groups * weight.shape[1]}"
        )
    if weight.shape[0] % groups:
        raise ValueError(
            f"groups must divide the number of kernels: weight {weight.shape} has {weight.shape[0]}, "
            f"groups={groups} (x {x.shape})"
        )
    if bias is not None:
        (bias,) = as_floats(bias=bias)
        check_shape("bias", bias, weight.shape[:1], f"one number for each kernel of weight {weight.shape}")
    return x, weight, bias, Windows.of(x.shape[2:], weight.shape[2:], stride, padding, dilation)


def block_sizes(windows: Windows, channels: int, itemsize: int) -> tuple[int, int]:
    """Return how many images, and how many rows of windows, have columns of about ``BLOCK_BYTES``."""
    H_out, W_out = windows.out
    row_bytes = channels * windows.kernel[0] * windows.kernel[1] * W_out * itemsize
    return max(1, BLOCK_BYTES // (row_bytes * H_out)), min(H_out, max(1, BLOCK_BYTES // row_bytes))


def conv2d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> np.ndarray:
    r"""Slide every kernel over every image, across all channels of its group.

    .. math::

        y_{n o i j} = b_o + \sum_{c, u, v} w_{o c u v} \; x_{n,\, c,\, s i + d u - p,\, s j + d v - p}

    It is one matrix product with the columns of :func:`cnnbook.im2col`, taken a few images at a
    time: the columns of a whole batch would fill K_h * K_w times the memory of the input.

    Parameters
    ----------
    x : ndarray, shape (N, C_in, H, W), floating point
        A batch of images.
    weight : ndarray, shape (C_out, C_in / groups, K_h, K_w), floating point
        The kernels.
    bias : ndarray, shape (C_out,), floating point, optional
        One number to add for each kernel.
    stride, dilation : int or (height, width)
        Step from window to window, and from one entry of the kernel to the next.
    padding : int, (height, width), "valid", "same" or "full"
        Zeros around the images; :func:`cnnbook.pad_amounts` explains the words.
    groups : int
        The channels are cut into so many groups, and each kernel sees one of them.

    Returns
    -------
    y : ndarray, shape (N, C_out, H_out, W_out)
        In the common dtype of the arguments; the sizes are those of :func:`cnnbook.output_size`.

    Raises
    ------
    TypeError
        If an array does not hold floating-point numbers, or a size is not a whole number.
    ValueError
        If shapes or groups do not fit one another, a size is out of range, or no window fits.

    See Also
    --------
    cnnbook.conv2d_naive : the same with every loop written out.

    References
    ----------
    The layout and settings are those of ``torch.nn.functional.conv2d``.

    Examples
    --------
    >>> x = np.arange(9.0).reshape(1, 1, 3, 3)
    >>> conv2d(x, np.array([[[[1.0, 0.0], [0.0, -1.0]]]]))[0, 0]
    array([[-4., -4.],
           [-4., -4.]])
    """
    x, weight, bias, windows = as_convolution(x, weight, bias, stride, padding, dilation, groups)
    N, C_in = x.shape[:2]
    C_out, (H_out, W_out) = weight.shape[0], windows.out
    dtype = np.result_type(x, weight) if bias is None else np.result_type(x, weight, bias)
    out = np.empty((N, groups, C_out // groups, H_out * W_out), dtype)
    w = weight.reshape(groups, C_out // groups, -1)  # (groups, C_out/groups, C_in/groups*K_h*K_w)

    images, rows = block_sizes(windows, C_in, x.itemsize)
    for n in range(0, N, images):
        x_pad = windows.pad(x[n : n + images])
        for row in range(0, H_out, rows):
            cols = windows.view(windows.band(x_pad, row, min(row + rows, H_out)))
            cols = cols.reshape(len(x_pad), groups, w.shape[2], -1)  # (images, groups, ..., rows*W_out)
            block = out[n : n + images, :, :, row * W_out : (row + rows) * W_out]
            np.matmul(w, cols, out=block)
            if bias is not None:
                block += bias.reshape(groups, -1, 1)
    return out.reshape(N, C_out, H_out, W_out)


def conv2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of a loss with respect to the arguments of :func:`conv2d`.

    The forward pass is ``y = w @ cols``, so ``grad_w = grad_out @ cols.T`` and
    ``grad_cols = w.T @ grad_out``, which :func:`cnnbook.col2im` adds back to the images. The
    columns are made a second time, a few images at a time, rather than kept.

    Parameters
    ----------
    grad_out : ndarray, shape (N, C_out, H_out, W_out), floating point
        The gradient of the loss with respect to the output.
    x, weight, stride, padding, dilation, groups
        As they were given to :func:`conv2d`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        An entry that no window covers gets 0.
    grad_weight : ndarray, shape of ``weight``
        Summed over the batch: it is the loss that averages.
    grad_bias : ndarray, shape (C_out,)
        Summed over the batch and all places.

    Raises
    ------
    TypeError, ValueError
        As :func:`conv2d`; also if ``grad_out`` has not the shape of the output.

    References
    ----------
    LeCun et al., "Gradient-based learning applied to document recognition", 1998.

    Examples
    --------
    >>> x = np.arange(9.0).reshape(1, 1, 3, 3)
    >>> grad_x, grad_weight, grad_bias = conv2d_backward(np.ones((1, 1, 2, 2)), x, np.ones((1, 1, 2, 2)))
    >>> grad_x[0, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    >>> grad_weight[0, 0], grad_bias
    (array([[ 8., 12.], [20., 24.]]), array([4.]))
    """
    x, weight, _, windows = as_convolution(x, weight, None, stride, padding, dilation, groups)
    (grad_out,) = as_floats(grad_out=grad_out)
    N, C_in = x.shape[:2]
    C_out, (K_h, K_w), (H_out, W_out) = weight.shape[0], windows.kernel, windows.out
    rule = f"that of the output of x {x.shape} and weight {weight.shape}"
    check_shape("grad_out", grad_out, (N, C_out, H_out, W_out), rule)
    dtype = np.result_type(grad_out, x, weight)
    g = grad_out.reshape(N, groups, C_out // groups, H_out * W_out)
    w = weight.reshape(groups, C_out // groups, -1)  # (groups, C_out/groups, C_in/groups*K_h*K_w)
    grad_w = np.zeros(w.shape, dtype)
    grad_x = np.empty(x.shape, dtype)

    images, rows = block_sizes(windows, C_in, x.itemsize)
    for n in range(0, N, images):
        x_pad = windows.pad(x[n : n + images])
        grad_pad = np.zeros(x_pad.shape, dtype)
        for row in range(0, H_out, rows):
            stop = min(row + rows, H_out)
            block = g[n : n + images, :, :, row * W_out : stop * W_out]
            cols = windows.view(windows.band(x_pad, row, stop))
            cols = cols.reshape(len(x_pad), groups, w.shape[2], -1)  # (images, groups, ..., rows*W_out)
            grad_w += (block @ cols.swapaxes(2, 3)).sum(axis=0)
            grad_cols = w.swapaxes(1, 2) @ block
            grad_cols = grad_cols.reshape(len(x_pad), C_in, K_h, K_w, stop - row, W_out)
            band = windows.band(grad_pad, row, stop)
            for i, j in np.ndindex(K_h, K_w):
                windows.at(band, i, j)[...] += grad_cols[:, :, i, j]
        grad_x[n : n + images] = windows.crop(grad_pad)
    return grad_x, grad_w.reshape(weight.shape), grad_out.sum(axis=(0, 2, 3), dtype=dtype)
