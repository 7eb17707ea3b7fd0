"""The convolutional layer: many kernels on a batch of images."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from cnnbook.arguments import as_floats, as_images, check_shape
from cnnbook.shapes import Padding, Pair, as_int
from cnnbook.threads import available, side_by_side
from cnnbook.windows import Windows

__all__ = ["conv2d"]

# Columns that each thread has in use at a time: a few MB in all, so that they stay in the processor's
# cache while the product reads them.
BLOCK_BYTES = 2**22 // max(2, available())
# Where the output is no wider than this, the images of a block lie innermost in memory: the runs to
# copy are as long as the block has images, not as short as a row.
NARROW = 16
# Products of two numbers from which on it pays to start threads, which takes about 0.1 ms.
MANY = 2**22


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


def blocks(N: int, windows: Windows, column: int) -> Iterator[tuple[slice, list[tuple[int, int]]]]:
    """Cut a batch into images, and their rows of windows from first to stop, of about ``BLOCK_BYTES``.

    ``column`` is the bytes of what belongs to one window.
    """
    H_out, W_out = windows.out
    images = max(1, BLOCK_BYTES // (column * H_out * W_out))
    if images < N:  # the same number of blocks for each thread
        rounds = math.ceil(N / (images * available()))
        images = math.ceil(N / (rounds * available()))
    rows = max(1, min(H_out, BLOCK_BYTES // (column * W_out)))
    bands = [(row, min(row + rows, H_out)) for row in range(0, H_out, rows)]
    for n in range(0, N, images):
        yield slice(n, n + images), bands


def narrow(windows: Windows, x: np.ndarray) -> bool:
    """Say whether the images of this block should lie innermost in memory."""
    return windows.out[1] <= NARROW and len(x) >= 8


def correlation_calls(
    x: np.ndarray, weight: np.ndarray, bias: np.ndarray | None, windows: Windows, groups: int, out: np.ndarray
) -> list[Callable[[], None]]:
    """Return calls that fill ``out`` with the products of kernels and windows, each for some images."""
    H_out, W_out = windows.out
    w = weight.reshape(groups, len(weight) // groups, -1)  # (groups, C_out/groups, C_in/groups*K_h*K_w)
    grouped = out.reshape(len(out), *w.shape[:2], H_out * W_out)  # (N, groups, C_out/groups, H_out*W_out)

    def fill(images: slice, bands: list[tuple[int, int]]) -> None:
        images_last = narrow(windows, x[images])
        x_pad = windows.pad(x[images], images_last=images_last)
        for first, stop in bands:
            cols = windows.view(windows.band(x_pad, first, stop))  # (images, C_in, K_h, K_w, rows, W_out)
            block = out[images, :, first:stop]  # (images, C_out, rows, W_out)
            if images_last:
                cols = cols.transpose(1, 2, 3, 4, 5, 0).reshape(groups, w.shape[2], -1)
                product = (w @ cols).reshape(*block.shape[1:], -1)  # (C_out, rows, W_out, images)
                block[...] = product.transpose(3, 0, 1, 2)
            else:
                cols = cols.reshape(len(x_pad), groups, w.shape[2], -1)  # (images, groups, ..., rows*W_out)
                np.matmul(w, cols, out=grouped[images, :, :, first * W_out : stop * W_out])
            if bias is not None:
                block += bias.reshape(-1, 1, 1)
            del cols  # before the next ones are made

    column = groups * w.shape[2] * x.itemsize
    return [partial(fill, *block) for block in blocks(len(x), windows, column)]


def run_all(calls: list[Callable[[], None]], products: int) -> None:
    """Make the calls, on threads if they are much work."""
    if products >= MANY:
        side_by_side(calls)
    else:
        for call in calls:
            call()


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
    dtype = np.result_type(x, weight) if bias is None else np.result_type(x, weight, bias)
    y = np.empty((len(x), len(weight), *windows.out), dtype)
    run_all(correlation_calls(x, weight, bias, windows, groups, y), y.size * weight[0].size)
    return y
