"""The convolutional layer backward: the gradients of its input, its kernels and its bias."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from cnnbook.arguments import as_floats, check_shape
from cnnbook.conv_batch import BLOCK_BYTES, as_convolution, blocks, correlation_calls, narrow, run_all
from cnnbook.shapes import Padding, Pair
from cnnbook.windows import Windows, spread

__all__ = ["conv2d_backward"]

# Rows of columns to multiply at a time.
ROWS = 512


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
    grad_bias = np.empty(len(weight), dtype)
    calls = [partial(add_grad_weight, grad_out, x, windows, groups, grad_weight)]
    calls += grad_x_calls(grad_out, weight, windows, groups, grad_x)
    calls.append(partial(grad_out.sum, axis=(0, 2, 3), out=grad_bias))
    run_all(calls, grad_out.size * weight[0].size)
    return grad_x, grad_weight, grad_bias


def channel_pieces(weight: np.ndarray, groups: int) -> list[slice]:
    """Cut the channels of each group into pieces, of about ``ROWS`` rows of columns in all groups.

    So the columns of a block can be those of many windows, however many channels there are, and a
    product that is as large as the kernels of one piece stays small.
    """
    C, K_h, K_w = weight.shape[1:]
    pieces = max(round(groups * C * K_h * K_w / ROWS), math.ceil(2 * weight.nbytes / BLOCK_BYTES))
    some = math.ceil(C / pieces)
    return [slice(c, min(c + some, C)) for c in range(0, C, some)]


def piece_blocks(
    N: int, weight: np.ndarray, windows: Windows, groups: int, pieces: list[slice]
) -> Iterator[tuple[slice, list[tuple[int, int]]]]:
    """Cut a batch into blocks; a thread holds 1.5 ``BLOCK_BYTES`` of columns, ``grad_out`` and ``x``."""
    C_out, C = weight.shape[:2]
    rows = groups * pieces[0].stop * math.prod(windows.kernel)
    return blocks(N, windows, (rows + C_out + groups * C) * weight.itemsize * 2 // 3)


def add_grad_weight(
    grad_out: np.ndarray, x: np.ndarray, windows: Windows, groups: int, grad_weight: np.ndarray
) -> None:
    """Add ``grad_out @ cols.T`` to ``grad_weight``, block by block, the images of a block side by side."""
    C_out, C, K_h, K_w = grad_weight.shape
    grad_w = grad_weight.reshape(groups, C_out // groups, C, K_h * K_w)
    pieces = channel_pieces(grad_weight, groups)
    for images, bands in piece_blocks(len(x), grad_weight, windows, groups, pieces):
        images_last = narrow(windows, x[images])
        x_pad = windows.pad(x[images], images_last=images_last)
        x_pad = x_pad.reshape(len(x_pad), groups, C, *x_pad.shape[2:])
        for first, stop in bands:
            # (images, groups, C, K_h, K_w, rows, W_out)
            cols = windows.view(windows.band(x_pad, first, stop))
            cols = cols.transpose((1, 2, 3, 4, 5, 6, 0) if images_last else (1, 2, 3, 4, 0, 5, 6))
            g = grad_out[images, :, first:stop]  # (images, C_out, rows, W_out)
            g = spread(g).transpose(1, 2, 3, 0) if images_last else g.swapaxes(0, 1)
            g = g.reshape(*grad_w.shape[:2], -1)  # (groups, C_out/groups, windows)
            for piece in pieces:
                some = cols[:, piece].reshape(groups, -1, g.shape[2])  # (groups, some*K_h*K_w, windows)
                grad_w[:, :, piece] += (g @ some.swapaxes(1, 2)).reshape(*g.shape[:2], -1, K_h * K_w)
                del some  # before the next ones are made
            del g


def grad_x_calls(
    grad_out: np.ndarray, weight: np.ndarray, windows: Windows, groups: int, grad_x: np.ndarray
) -> list[Callable[[], None]]:
    """Return calls that fill ``grad_x``, each for some images.

    At stride 1 it is a convolution of ``grad_out`` with the rotated kernels, padded by what the window
    reaches beyond its first entry less the padding. That takes columns of ``grad_out`` and a copy of the
    kernels; where these are many, and at any other stride, the columns ``w.T @ grad_out`` are added to
    the images instead, as col2im does.
    """
    K, d = windows.kernel, windows.dilation
    before, after = (
        tuple(d[a] * (K[a] - 1) - pads[a] for a in (0, 1)) for pads in (windows.before, windows.after)
    )
    (C_out, C, K_h, K_w), C_in = weight.shape, grad_x.shape[1]
    few = weight.nbytes <= 2 * BLOCK_BYTES and (C_out <= 2 * C_in or K == (1, 1))
    if windows.stride == (1, 1) and min(before + after) >= 0 and few:
        rotated = weight.reshape(groups, C_out // groups, C, *K)[..., ::-1, ::-1]
        rotated = rotated.swapaxes(1, 2).reshape(C_in, C_out // groups, *K)  # (C_in, C_out/groups, K_h, K_w)
        back = replace(windows, image=windows.out, before=before, after=after, out=windows.image)
        return correlation_calls(grad_out, rotated, None, back, groups, grad_x)

    w = weight.reshape(groups, C_out // groups, C, K_h * K_w)
    pieces = channel_pieces(weight, groups)

    def add_columns(images: slice, bands: list[tuple[int, int]]) -> None:
        grad_block = grad_x[images]
        images_last = narrow(windows, grad_block)
        grad_pad = windows.blank(len(grad_block), C_in, grad_x.dtype, images_last=images_last)
        grad_grouped = grad_pad.reshape(len(grad_pad), groups, C, *grad_pad.shape[2:])
        for first, stop in bands:
            g = grad_out[images, :, first:stop]  # (images, C_out, rows, W_out)
            if images_last:  # all windows side by side, or those of each image apart
                g = spread(g).transpose(1, 2, 3, 0).reshape(*w.shape[:2], -1)
            else:
                g = g.reshape(len(g), *w.shape[:2], -1)
            for piece in pieces:
                kernels = w[:, :, piece].reshape(*w.shape[:2], -1)  # (groups, C_out/groups, some*K_h*K_w)
                cols = kernels.swapaxes(1, 2) @ g
                size = groups, piece.stop - piece.start, K_h, K_w, stop - first, windows.out[1]
                if images_last:
                    cols = cols.reshape(*size, -1).transpose(6, 0, 1, 2, 3, 4, 5)
                else:
                    cols = cols.reshape(-1, *size)
                windows.add(windows.band(grad_grouped[:, :, piece], first, stop), cols)
                del cols  # before the next ones are made
        grad_block[...] = windows.crop(grad_pad)

    return [
        partial(add_columns, *block) for block in piece_blocks(len(grad_out), weight, windows, groups, pieces)
    ]
