"""The convolutional layer backward: the gradients of its input, its kernels and its bias."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from cnnbook.arguments import as_floats, check_shape
from cnnbook.conv_batch import BLOCK_BYTES, as_convolution, blocks, correlation_calls, narrow, run_all
from cnnbook.shapes import Padding, Pair
from cnnbook.windows import Windows

__all__ = ["conv2d_backward"]


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
    rule = f"that of the output of x {x.shape} and weight {weight.shape}"
    check_shape("grad_out", grad_out, (len(x), len(weight), *windows.out), rule)
    dtype = np.result_type(grad_out, x, weight)
    grad_x, grad_weight = np.empty(x.shape, dtype), np.zeros(weight.shape, dtype)
    calls = [partial(add_grad_weight, grad_out, x, windows, groups, grad_weight)]
    calls += grad_x_calls(grad_out, weight, windows, groups, grad_x)
    run_all(calls, grad_out.size * weight[0].size)
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3), dtype=dtype)


def add_grad_weight(
    grad_out: np.ndarray, x: np.ndarray, windows: Windows, groups: int, grad_weight: np.ndarray
) -> None:
    """Add ``grad_out @ cols.T`` to ``grad_weight``, block by block, the images of a block side by side."""
    C_out = grad_out.shape[1]
    grad_w = grad_weight.reshape(groups, C_out // groups, -1)  # (groups, C_out/groups, C_in/groups*K_h*K_w)
    some = max(1, BLOCK_BYTES // 4 // grad_w[:, 0].nbytes)  # kernels at a time: small products, too
    column = max(C_out, grad_w[:, 0].size) * x.itemsize
    for images, bands in blocks(len(x), windows, column):
        images_last = narrow(windows, x[images])
        x_pad = windows.pad(x[images], images_last=images_last)
        order = (1, 2, 3, 4, 5, 0) if images_last else (1, 2, 3, 0, 4, 5)
        for first, stop in bands:
            cols = windows.view(windows.band(x_pad, first, stop)).transpose(order)
            cols = cols.reshape(groups, grad_w.shape[2], -1)  # (groups, C_in/groups*K_h*K_w, windows)
            g = grad_out[images, :, first:stop].transpose((1, 2, 3, 0) if images_last else (1, 0, 2, 3))
            g = g.reshape(*grad_w.shape[:2], -1)  # (groups, C_out/groups, windows)
            for o in range(0, grad_w.shape[1], some):
                grad_w[:, o : o + some] += g[:, o : o + some] @ cols.swapaxes(1, 2)
            del cols, g  # before the next ones are made


def grad_x_calls(
    grad_out: np.ndarray, weight: np.ndarray, windows: Windows, groups: int, grad_x: np.ndarray
) -> list[Callable[[], None]]:
    """Return calls that fill ``grad_x``, each for some images.

    At stride 1 it is a convolution of ``grad_out`` with the rotated kernels, padded by what the window
    reaches beyond its first entry less the padding. That takes columns of ``grad_out`` and a copy of the
    kernels; where these are many, and at any other stride, the columns of ``w.T @ grad_out`` are added
    to the images instead.
    """
    K, d = windows.kernel, windows.dilation
    before, after = (
        tuple(d[a] * (K[a] - 1) - pads[a] for a in (0, 1)) for pads in (windows.before, windows.after)
    )
    C_out, C_in = grad_out.shape[1], grad_x.shape[1]
    few = weight.nbytes <= 2 * BLOCK_BYTES and (C_out <= 2 * C_in or K == (1, 1))
    if windows.stride == (1, 1) and min(before + after) >= 0 and few:
        rotated = weight.reshape(groups, C_out // groups, *weight.shape[1:])[..., ::-1, ::-1]
        rotated = rotated.swapaxes(1, 2).reshape(C_in, C_out // groups, *K)  # (C_in, C_out/groups, K_h, K_w)
        back = replace(windows, image=windows.out, before=before, after=after, out=windows.image)
        return correlation_calls(grad_out, rotated, None, back, groups, grad_x)
    column = max(C_out, C_in * K[0] * K[1]) * grad_x.itemsize
    add = partial(add_columns, grad_out, weight, windows, groups, grad_x)
    return [partial(add, *block) for block in blocks(len(grad_x), windows, column)]


def add_columns(
    grad_out: np.ndarray,
    weight: np.ndarray,
    windows: Windows,
    groups: int,
    grad_x: np.ndarray,
    images: slice,
    bands: list[tuple[int, int]],
) -> None:
    """Fill ``grad_x`` for some images with the sums of the columns ``w.T @ grad_out``, as col2im does."""
    w = weight.reshape(groups, len(weight) // groups, -1)  # (groups, C_out/groups, C_in/groups*K_h*K_w)
    grad_block = grad_x[images]
    images_last = narrow(windows, grad_block)
    grad_pad = windows.blank(*grad_block.shape[:2], grad_x.dtype, images_last=images_last)
    for first, stop in bands:
        g = grad_out[images, :, first:stop]  # (images, C_out, rows, W_out)
        size = grad_block.shape[1], *windows.kernel, stop - first, windows.out[1]
        if images_last:
            cols = w.swapaxes(1, 2) @ g.transpose(1, 2, 3, 0).reshape(*w.shape[:2], -1)
            cols = cols.reshape(*size, -1).transpose(5, 0, 1, 2, 3, 4)
        else:
            cols = w.swapaxes(1, 2) @ g.reshape(len(g), *w.shape[:2], -1)  # (images, groups, ..., rows*W_out)
            cols = cols.reshape(-1, *size)
        windows.add(windows.band(grad_pad, first, stop), cols)
        del cols  # before the next ones are made
    grad_block[...] = windows.crop(grad_pad)
