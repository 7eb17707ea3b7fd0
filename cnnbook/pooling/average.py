"""Average pooling: the mean of each window, or of each whole channel."""

from __future__ import annotations

import math

import numpy as np

from cnnbook.arguments import as_floats, as_images, check_shape
from cnnbook.half import in_single, wide
from cnnbook.pooling.maximum import as_pooling
from cnnbook.shapes import Pair
from cnnbook.windows import Windows

__all__ = ["avg_pool2d", "avg_pool2d_backward", "global_avg_pool2d", "global_avg_pool2d_backward"]


def divisors(windows: Windows, count_include_pad: bool) -> np.ndarray:
    """Return by what each window's sum is divided: an array that broadcasts to (H_out, W_out)."""
    if count_include_pad and windows.before == windows.after:
        return np.full((1, 1), math.prod(windows.kernel))
    counted = windows.pad(np.ones((1, 1, *windows.image), int))
    if count_include_pad:  # the padding, but not what lies beyond it
        H, W = (n + 2 * p for n, p in zip(windows.image, windows.before, strict=True))
        counted[..., :H, :W] = 1
    return windows.view(counted).sum((2, 3))[0, 0]


@in_single
def avg_pool2d(
    x: np.ndarray,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> np.ndarray:
    """Take the mean of each window.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W), floating point
        A batch of images.
    kernel_size, padding : int or (height, width)
        As in :func:`cnnbook.output_size`. The padding is zeros, and at most half the kernel.
    stride : int or (height, width), optional
        The kernel's size if it is not given: windows side by side.
    ceil_mode : bool
        Round the output's size up: what is left over at the bottom and right gets windows of its own, if
        they start inside the image; see :func:`cnnbook.output_size`.
    count_include_pad : bool
        Whether the zeros of the padding count as entries of the mean. What lies beyond the padding, under
        a window that ``ceil_mode`` adds, never counts.

    Returns
    -------
    y : ndarray, shape (N, C, H_out, W_out), dtype of ``x``
        The means.

    Raises
    ------
    TypeError
        If ``x`` does not hold floating-point numbers, or a size is not a whole number.
    ValueError
        If ``x`` is not four-dimensional, a size is out of range, or no window fits.

    References
    ----------
    ``torch.nn.functional.avg_pool2d``.

    Examples
    --------
    >>> x = np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 3.0, 8.0, 2.0]]).reshape(1, 1, 2, 4)
    >>> avg_pool2d(x, 2)
    array([[[[3., 3.]]]])
    """
    (x,) = as_floats(x=as_images(x))
    windows = as_pooling(x, kernel_size, stride, padding, ceil_mode)
    x_pad = windows.pad(x)
    total = np.zeros(x.shape[:2] + windows.out, x.dtype)
    for i, j in np.ndindex(windows.kernel):
        total += windows.at(x_pad, i, j)
    return total / divisors(windows, count_include_pad).astype(x.dtype)


def avg_pool2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> np.ndarray:
    """Share each gradient equally among the entries of its window.

    Parameters
    ----------
    grad_out : ndarray, shape (N, C, H_out, W_out), floating point
        The gradient of the loss with respect to the output.
    x, kernel_size, stride, padding, ceil_mode, count_include_pad
        As they were given to :func:`avg_pool2d`; of ``x`` only the shape matters.

    Returns
    -------
    grad_x : ndarray, shape of ``x``, dtype of ``grad_out``
        Where windows overlap, the shares add up.

    Raises
    ------
    TypeError, ValueError
        As :func:`avg_pool2d`; also if ``grad_out`` has not the shape of the output.

    References
    ----------
    ``torch.nn.functional.avg_pool2d``.

    Examples
    --------
    >>> avg_pool2d_backward(np.array([[[[4.0, 8.0]]]]), np.zeros((1, 1, 2, 4)), 2)[0, 0]
    array([[1., 1., 2., 2.],
           [1., 1., 2., 2.]])
    """
    x, grad_out = as_floats(x=as_images(x), grad_out=grad_out)
    windows = as_pooling(x, kernel_size, stride, padding, ceil_mode)
    rule = f"that of the output of x {x.shape} and kernel_size {windows.kernel}"
    check_shape("grad_out", grad_out, x.shape[:2] + windows.out, rule)
    share = wide(grad_out)
    share = share / divisors(windows, count_include_pad).astype(share.dtype)
    grad_pad = windows.blank(x.shape[:2], share.dtype)
    for i, j in np.ndindex(windows.kernel):
        windows.at(grad_pad, i, j)[...] += share
    return np.ascontiguousarray(windows.crop(grad_pad), grad_out.dtype)


@in_single
def global_avg_pool2d(x: np.ndarray) -> np.ndarray:
    """Take the mean of each whole channel.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W), floating point
        A batch of images, of any size but an empty one.

    Returns
    -------
    y : ndarray, shape (N, C), dtype of ``x``
        The means.

    Raises
    ------
    TypeError
        If ``x`` does not hold floating-point numbers.
    ValueError
        If ``x`` is not four-dimensional, or its images are empty.

    References
    ----------
    Lin, Chen and Yan, "Network in network", 2014.

    Examples
    --------
    >>> global_avg_pool2d(np.arange(8.0).reshape(1, 2, 2, 2))
    array([[1.5, 5.5]])
    """
    (x,) = as_floats(x=as_images(x))
    if 0 in x.shape[2:]:
        raise ValueError(f"the mean of no entry is not defined: x has shape {x.shape}")
    return x.mean(axis=(2, 3))


def global_avg_pool2d_backward(grad_out: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Share each channel's gradient equally among its entries.

    Parameters
    ----------
    grad_out : ndarray, shape (N, C), floating point
        The gradient of the loss with respect to the output.
    x : ndarray, shape (N, C, H, W), floating point
        As it was given to :func:`global_avg_pool2d`; only its shape matters.

    Returns
    -------
    grad_x : ndarray, shape of ``x``, dtype of ``grad_out``
        The shares.

    Raises
    ------
    TypeError, ValueError
        As :func:`global_avg_pool2d`; also if ``grad_out`` has not the shape of the output.

    References
    ----------
    Lin, Chen and Yan, "Network in network", 2014.

    Examples
    --------
    >>> global_avg_pool2d_backward(np.array([[8.0]]), np.zeros((1, 1, 2, 2)))
    array([[[[2., 2.], [2., 2.]]]])
    """
    mean = global_avg_pool2d(x)
    (grad_out,) = as_floats(grad_out=grad_out)
    N, C, H, W = np.shape(x)
    check_shape("grad_out", grad_out, mean.shape, f"one number for each channel of x {np.shape(x)}")
    share = (wide(grad_out) / (H * W)).astype(grad_out.dtype)
    return np.broadcast_to(share[:, :, None, None], (N, C, H, W)).copy()
