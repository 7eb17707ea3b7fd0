"""The convolutional layer backward: the gradients of its input, its kernels and its bias."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from itertools import chain

import numpy as np

from cnnbook import tuning
from cnnbook.arguments import as_floats, check_shape
from cnnbook.blocks import Block, blocks, in_groups, room
from cnnbook.conv_batch import as_convolution, correlation
from cnnbook.half import in_single
from cnnbook.shapes import Padding, Pair
from cnnbook.threads import share_out
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
    return gradients(grad_out, x, weight, stride, padding, dilation, groups)


@in_single
def gradients(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
    input_too: bool = True,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of :func:`conv2d_backward`; without ``input_too``, the first is empty."""
    x, weight, _, windows, groups = as_convolution(x, weight, None, stride, padding, dilation, groups)
    (grad_out,) = as_floats(grad_out=grad_out)
    rule = f"that of the output of x {x.shape} and weight {weight.shape}"
    check_shape("grad_out", grad_out, (len(x), len(weight), *windows.out), rule)
    dtype = np.result_type(grad_out, x, weight)
    grad_x = np.empty(x.shape if input_too else 0, dtype)
    grad_weight, grad_bias = np.zeros(weight.shape, dtype), np.empty(len(weight), dtype)
    calls: list[Callable[[], object]] = [
        partial(add_weight_gradient, grad_out, x, windows, groups, grad_weight),
        *(input_gradient(grad_out, weight, windows, groups, grad_x) if input_too else ()),
        partial(grad_out.sum, axis=(0, 2, 3), out=grad_bias),
    ]
    share_out(calls, products=grad_out.size * weight[0].size)
    return grad_x, grad_weight, grad_bias


def in_pieces(weight: np.ndarray, groups: int) -> tuple[list[slice], int]:
    """Cut the channels of each group into pieces, of about ``ROWS`` rows of columns in all groups.

    So a block has many windows, however many channels there are, and a product that is as large as the
    kernels of one piece stays small. Return the pieces, and the bytes of a window's columns, gradients
    and inputs: two thirds of them, as all that may fill one and a half times the room.
    """
    C_out, C, K_h, K_w = weight.shape
    count = max(round(groups * C * K_h * K_w / tuning.ROWS), math.ceil(2 * weight.nbytes / room()))
    some = math.ceil(C / count)
    column = (groups * some * K_h * K_w + C_out + groups * C) * weight.itemsize * 2 // 3
    return [slice(c, min(c + some, C)) for c in range(0, C, some)], column


def add_weight_gradient(
    grad_out: np.ndarray, x: np.ndarray, windows: Windows, groups: int, grad_weight: np.ndarray
) -> None:
    """Add ``grad_out @ cols.T`` to ``grad_weight``, the images of a block side by side."""
    x, grad_out = in_groups(x, groups), in_groups(grad_out, groups)
    grad_w = grad_weight.reshape(groups, -1, *grad_weight.shape[1:])  # (groups, C_out, C, K_h, K_w)
    pieces, column = in_pieces(grad_weight, groups)
    for block in chain.from_iterable(blocks(len(x), windows, column, axis=-3)):
        g = block.outputs(grad_out)  # (groups, C_out, windows)
        for piece in pieces:
            cols = block.columns(x, piece)  # (groups, some*K_h*K_w, windows)
            some = grad_w[:, :, piece]
            some += (g @ cols.swapaxes(1, 2)).reshape(some.shape)
            del cols  # before the next ones are made


def input_gradient(
    grad_out: np.ndarray, weight: np.ndarray, windows: Windows, groups: int, grad_x: np.ndarray
) -> list[Callable[[], None]]:
    """Return calls that fill ``grad_x``, each for some images.

    At stride 1 it is a convolution of ``grad_out`` with the rotated kernels. That takes columns of
    ``grad_out`` and a copy of the kernels; where these are many, and at any other stride, the columns
    ``w.T @ grad_out`` are added to the images instead, as col2im does.
    """
    back = windows.reversed
    (C_out, C, K_h, K_w), C_in = weight.shape, grad_x.shape[1]
    few = weight.nbytes <= 2 * room() and (C_out <= 2 * C_in or windows.kernel == (1, 1))
    w = weight.reshape(groups, C_out // groups, C, K_h, K_w)
    if back is not None and few:
        rotated = w[..., ::-1, ::-1].swapaxes(1, 2).reshape(C_in, C_out // groups, K_h, K_w)
        return correlation(grad_out, rotated, None, back, groups, grad_x)

    grad_out, grad_x = in_groups(grad_out, groups), in_groups(grad_x, groups)
    pieces, column = in_pieces(weight, groups)

    def add(share: list[Block]) -> None:
        grad_x[share[0].images] = 0
        for block in share:
            g = block.outputs(grad_out)  # (..., groups, C_out, windows)
            for piece in pieces:
                kernels = w[:, :, piece].reshape(*w.shape[:2], -1)  # (groups, C_out, some*K_h*K_w)
                block.add_back(grad_x, kernels.swapaxes(1, 2) @ g, piece)

    return [partial(add, share) for share in blocks(len(grad_out), windows, column)]
