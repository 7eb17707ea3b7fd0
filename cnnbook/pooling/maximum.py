"""Max pooling: the largest number of each window, and the way back to where it stood."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import as_images, as_reals, check_shape
from cnnbook.half import wide
from cnnbook.shapes import Pair, as_pair
from cnnbook.windows import Windows

__all__ = ["max_pool2d", "max_pool2d_backward"]


def as_pooling(
    x: np.ndarray, kernel_size: Pair, stride: Pair | None, padding: Pair, ceil_mode: bool
) -> Windows:
    """Check the settings of a pooling layer, and find the windows."""
    kernel = as_pair(kernel_size, "kernel_size", 1)
    pads = as_pair(padding, "padding", 0)
    if 2 * pads[0] > kernel[0] or 2 * pads[1] > kernel[1]:
        raise ValueError(
            f"padding {pads} must be at most half of kernel_size {kernel}: "
            f"a window must not lie wholly in the padding (x {x.shape})"
        )
    stride = kernel if stride is None else stride
    return Windows.of(x.shape[2:], kernel, stride, pads, ceil_mode=ceil_mode)


def max_pool2d(
    x: np.ndarray,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Keep the largest number of each window.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W), real floating point
        A batch of images.
    kernel_size, padding : int or (height, width)
        As in :func:`cnnbook.output_size`. The padding is minus infinity, so that it never wins,
        and at most half the kernel.
    stride : int or (height, width), optional
        The kernel's size if it is not given: windows side by side.
    ceil_mode : bool
        Round the output's size up: what is left over at the bottom and right gets windows of its own, if
        they start inside the image; see :func:`cnnbook.output_size`.
    return_indices : bool
        Return the winners' places too, for :func:`max_pool2d_backward`.

    Returns
    -------
    y : ndarray, shape (N, C, H_out, W_out), dtype of ``x``
        A NaN in a window wins.
    indices : ndarray, shape (N, C, H_out, W_out), int64
        The winner's place in its image, ``row * W + column``; of equal numbers the first wins, of
        several NaN the last, as in PyTorch. Only if ``return_indices``.

    Raises
    ------
    TypeError
        If ``x`` does not hold real floating-point numbers, or a size is not a whole number.
    ValueError
        If ``x`` is not four-dimensional, a size is out of range, or no window fits.

    References
    ----------
    ``torch.nn.functional.max_pool2d``.

    Examples
    --------
    >>> x = np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 8.0]]).reshape(1, 1, 2, 4)
    >>> max_pool2d(x, 2)
    array([[[[5., 8.]]]])
    >>> max_pool2d(x, 2, return_indices=True)[1]
    array([[[[1, 6]]]])
    """
    (x,) = as_reals(x=as_images(x))
    windows = as_pooling(x, kernel_size, stride, padding, ceil_mode)
    x_pad = windows.pad(x, -np.inf)
    first, *others = np.ndindex(windows.kernel)
    y = windows.at(x_pad, *first).copy()  # (N, C, H_out, W_out)
    winner = np.zeros(y.shape, np.uint8 if len(others) < 256 else np.intp)  # which entry of its window
    has_nan = return_indices and np.isnan(np.max(x, initial=-np.inf))
    entry = np.empty_like(y)
    for k, (i, j) in enumerate(others, start=1):
        np.copyto(entry, windows.at(x_pad, i, j))  # side by side in memory: it is read twice
        if return_indices:
            better = entry > y
            if has_nan:
                better |= np.isnan(entry)
            np.maximum(winner, better * winner.dtype.type(k), out=winner)  # a later winner has a larger k
        np.maximum(y, entry, out=y)  # of NaN and a number, NaN
    return (y, places(winner, y, windows)) if return_indices else y


def places(winner: np.ndarray, y: np.ndarray, windows: Windows) -> np.ndarray:
    """Return where in its image each window's winning entry lies, ``row * W + column``."""
    W = windows.image[1]
    starts = zip(windows.out, windows.stride, windows.before, strict=True)
    rows, columns = (np.arange(n) * s - p for n, s, p in starts)
    steps = np.add.outer(np.arange(windows.kernel[0]) * W, np.arange(windows.kernel[1])).ravel()
    indices = steps.take(winner.astype(np.intp))  # take would convert bytes far more slowly
    indices += rows[:, None] * W + columns
    if any(windows.before):
        first = np.maximum(rows, 0)[:, None] * W + np.maximum(columns, 0)
        np.copyto(indices, first, where=y == -np.inf)  # nothing won against the padding
    return indices


def max_pool2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
    indices: np.ndarray | None = None,
) -> np.ndarray:
    """Send each gradient back to the number that won its window.

    Parameters
    ----------
    grad_out : ndarray, shape (N, C, H_out, W_out), floating point
        The gradient of the loss with respect to the output.
    x, kernel_size, stride, padding, ceil_mode
        As they were given to :func:`max_pool2d`.
    indices : ndarray, shape (N, C, H_out, W_out), integer, optional
        What ``max_pool2d`` returned with ``return_indices``; found again if not given.

    Returns
    -------
    grad_x : ndarray, shape of ``x``, dtype of ``grad_out``
        Where windows overlap, a number that won twice gets the sum.

    Raises
    ------
    TypeError, ValueError
        As :func:`max_pool2d`; also if ``grad_out`` or ``indices`` has not the shape of the output,
        or an index does not point into the image.

    References
    ----------
    ``torch.nn.functional.max_pool2d``.

    Examples
    --------
    >>> x = np.array([[1.0, 5.0, 2.0, 0.0]]).reshape(1, 1, 1, 4)
    >>> max_pool2d_backward(np.ones((1, 1, 1, 3)), x, (1, 2), stride=1)
    array([[[[0., 2., 1., 0.]]]])
    """
    (x,) = as_reals(x=as_images(x))
    (grad_out,) = as_reals(grad_out=grad_out)
    windows = as_pooling(x, kernel_size, stride, padding, ceil_mode)
    N, C, H, W = x.shape
    rule = f"that of the output of x {x.shape} and kernel_size {windows.kernel}"
    check_shape("grad_out", grad_out, (N, C, *windows.out), rule)
    if indices is None:
        indices = max_pool2d(x, kernel_size, stride, padding, ceil_mode, return_indices=True)[1]
    indices = np.asarray(indices)
    if indices.dtype.kind not in "ui":
        raise TypeError(f"indices must be whole numbers, got dtype {indices.dtype}")
    check_shape("indices", indices, grad_out.shape, rule)
    if indices.size and not 0 <= indices.min() <= indices.max() < H * W:
        raise ValueError(f"indices must point into an image of {H} * {W} = {H * W} entries (x {x.shape})")
    grads = wide(grad_out).ravel()
    grad_x = np.zeros(N * C * H * W, grads.dtype)
    planes = np.arange(0, grad_x.size, H * W).reshape(N, C, 1, 1)
    np.add.at(grad_x, (planes + indices.astype(np.intp)).ravel(), grads)
    return grad_x.astype(grad_out.dtype, copy=False).reshape(x.shape)
