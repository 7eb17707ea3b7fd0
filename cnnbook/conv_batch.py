"""The convolutional layer: many kernels on a batch of images."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from cnnbook.arguments import as_floats, as_images, check_shape
from cnnbook.blocks import Block, blocks, in_groups
from cnnbook.half import in_single
from cnnbook.shapes import Padding, Pair, as_int
from cnnbook.threads import share_out
from cnnbook.windows import Windows

__all__ = ["conv2d"]


def as_convolution(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None,
    stride: Pair,
    padding: Padding,
    dilation: Pair,
    groups: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None, Windows, int]:
    """Check that images, kernels, bias and groups fit one another, and find the windows."""
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
    windows = Windows.of(x.shape[2:], weight.shape[2:], stride, padding, dilation)
    return x, weight, bias, windows, groups


def correlation(
    x: np.ndarray, weight: np.ndarray, bias: np.ndarray | None, windows: Windows, groups: int, y: np.ndarray
) -> list[Callable[[], None]]:
    """Return calls that fill ``y`` with the products of kernels and windows, each for some images."""
    x, y = in_groups(x, groups), in_groups(y, groups)
    w = weight.reshape(groups, y.shape[2], -1)  # (groups, C_out, C_in*K_h*K_w)
    b = None if bias is None else bias.reshape(groups, -1, 1, 1)

    def fill(share: list[Block]) -> None:
        for block in share:
            block.store(y, w, block.columns(x), b)

    return [partial(fill, share) for share in blocks(len(x), windows, w[:, 0].nbytes)]


@in_single
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
    x, weight, bias, windows, groups = as_convolution(x, weight, bias, stride, padding, dilation, groups)
    dtype = np.result_type(x, weight) if bias is None else np.result_type(x, weight, bias)
    y = np.empty((len(x), len(weight), *windows.out), dtype)
    share_out(correlation(x, weight, bias, windows, groups, y), products=y.size * weight[0].size)
    return y
