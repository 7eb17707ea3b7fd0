"""im2col: every window of a batch of images as a column of a matrix; col2im: its adjoint."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import as_images
from cnnbook.half import in_single
from cnnbook.shapes import Padding, Pair, as_pair
from cnnbook.windows import Windows

__all__ = ["col2im", "im2col"]


def im2col(
    x: np.ndarray, kernel_size: Pair, stride: Pair = 1, padding: Padding = 0, dilation: Pair = 1
) -> np.ndarray:
    """Lay out every window of every image as a column.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W), any numeric dtype
        A batch of images.
    kernel_size, stride, padding, dilation : int or (height, width)
        As in :func:`cnnbook.output_size`; the padding is zeros, and may be a word as there.

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

    References
    ----------
    Chellapilla, Puri and Simard, "High performance convolutional neural networks for document
    processing", 2006.

    Examples
    --------
    >>> x = np.arange(9).reshape(1, 1, 3, 3)
    >>> im2col(x, 2)[0]
    array([[0, 1, 3, 4],
           [1, 2, 4, 5],
           [3, 4, 6, 7],
           [4, 5, 7, 8]])
    """
    x = as_images(x)
    windows = Windows.of(x.shape[2:], kernel_size, stride, padding, dilation)
    (N, C), (K_h, K_w), (H_out, W_out) = x.shape[:2], windows.kernel, windows.out
    cols = windows.view(windows.pad(x)).copy()  # (N, C, K_h, K_w, H_out, W_out)
    return cols.reshape(N, C * K_h * K_w, H_out * W_out)  # (N, C*K_h*K_w, L)


@in_single
def col2im(
    cols: np.ndarray,
    output_size: Pair,
    kernel_size: Pair,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
) -> np.ndarray:
    """Add every column back to where :func:`im2col` took it from.

    This is the adjoint of ``im2col``, not its inverse: an entry that lay in three windows gets
    the sum of three numbers. As gradients of shared values add up, it is the backward pass.

    Parameters
    ----------
    cols : ndarray, shape (N, C * K_h * K_w, L), any numeric dtype but bool
        Columns in the layout of ``im2col``.
    output_size : int or (height, width)
        The size of the images to return, without padding.
    kernel_size, stride, padding, dilation : int or (height, width)
        As in ``im2col``.

    Returns
    -------
    x : ndarray, shape (N, C, H, W), dtype of ``cols``
        What fell on the padding is left out. This is ``torch.nn.functional.fold``. Sums of small
        integers wrap around as NumPy's do.

    Raises
    ------
    TypeError
        If ``cols`` is not numeric or is Boolean, or a size is not a whole number.
    ValueError
        If the shape of ``cols`` does not follow from the sizes, a size is out of range, or no
        window fits.

    Examples
    --------
    >>> cols = im2col(np.ones((1, 1, 3, 3), int), 2)
    >>> col2im(cols, 3, 2)[0, 0]  # in how many windows each entry lies
    array([[1, 2, 1],
           [2, 4, 2],
           [1, 2, 1]])
    """
    cols = np.asarray(cols)
    if cols.dtype.kind not in "uifc":
        raise TypeError(f"cols must be numeric, so that it can be summed, got dtype {cols.dtype}")
    windows = Windows.of(as_pair(output_size, "output_size", 1), kernel_size, stride, padding, dilation)
    (K_h, K_w), (H_out, W_out) = windows.kernel, windows.out
    if cols.ndim != 3 or cols.shape[1] == 0 or cols.shape[1] % (K_h * K_w) or cols.shape[2] != H_out * W_out:
        raise ValueError(
            f"cols must have shape (N, C * {K_h} * {K_w}, {H_out} * {W_out}), for {H_out} by {W_out} windows "
            f"of a kernel {windows.kernel} on images of {windows.image}, got {cols.shape}"
        )
    N, C = cols.shape[0], cols.shape[1] // (K_h * K_w)
    cols = cols.reshape(N, C, K_h, K_w, H_out, W_out)
    x_pad = windows.blank((N, C), cols.dtype)
    windows.add(x_pad, cols)
    return np.ascontiguousarray(windows.crop(x_pad))
