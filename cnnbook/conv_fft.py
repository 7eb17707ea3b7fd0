"""The convolutional layer by Fourier transforms: a sum of products becomes one product a frequency."""

from __future__ import annotations

import math

import numpy as np

from cnnbook import tuning
from cnnbook.conv_batch import as_convolution
from cnnbook.half import in_single
from cnnbook.shapes import Padding, Pair
from cnnbook.tiles import Tiles

__all__ = ["conv2d_fft", "fast_length"]


def fast_length(n: int) -> int:
    """Return the smallest length from ``n`` on whose transform is quick: no prime factor above 5.

    Examples
    --------
    >>> [fast_length(n) for n in (1, 7, 17, 97)]
    [1, 8, 18, 100]
    """
    while True:
        rest = n
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return n
        n += 1


def best_step(out: int, span: int, tiles: int, kernels: int) -> int:
    """Return how many outputs a tile should give along one axis, by the work of all the transforms.

    A transform of length L costs L log L. So many ``tiles`` of images and ``kernels`` are transformed for
    each tile along the axis, and once.
    """
    sizes = {fast_length(n) for n in (*range(span, 4 * span), *(span << k for k in range(2, 12)))}
    most = fast_length(out + span - 1)

    def work(size: int) -> float:
        return (-(-out // (size - span + 1)) * tiles + kernels) * size * math.log2(size + 1)

    return min({size for size in sizes if size < most} | {most}, key=work) - span + 1


@in_single
def conv2d_fft(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> np.ndarray:
    r"""Convolve by multiplying spectra.

    .. math::

        \hat{y}_{n o} = \sum_c \overline{\hat{w}_{o c}} \; \hat{x}_{n c}

    The hat is the discrete Fourier transform; its conjugate turns a convolution into the
    cross-correlation that layers compute. Each channel of an image, and each slice of a kernel, is
    transformed once. Large images are cut into tiles that overlap (overlap-save). The result is that
    of :func:`cnnbook.conv2d` but for rounding: an error is small beside the *largest* output, not
    beside each. A stride saves nothing: all outputs are computed, and most are dropped.

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

    See Also
    --------
    cnnbook.conv2d_winograd : fewer products for kernels of 3x3.
    scipy.signal.oaconvolve : one picture and one kernel, cut into tiles likewise.

    References
    ----------
    M. Mathieu, M. Henaff, Y. LeCun, "Fast Training of Convolutional Networks through FFTs", 2014.

    Examples
    --------
    >>> x = np.arange(9.0).reshape(1, 1, 3, 3)
    >>> conv2d_fft(x, np.array([[[[1.0, 0.0], [0.0, -1.0]]]]))[0, 0].round(12)
    array([[-4., -4.],
           [-4., -4.]])
    """
    x, weight, bias, windows, groups = as_convolution(x, weight, bias, stride, padding, dilation, groups)
    arrays = (x, weight) if bias is None else (x, weight, bias)
    N, (C_out, C_group) = len(x), weight.shape[:2]
    s_h, s_w = windows.stride
    H_out, W_out = ((n - 1) * s + 1 for n, s in zip(windows.out, windows.stride, strict=True))
    counts = N * (x.shape[1] + C_out), C_out * C_group
    step = best_step(H_out, windows.span[0], *counts), best_step(W_out, windows.span[1], *counts)
    tiles = Tiles((H_out, W_out), step, windows.span)

    real = not any(np.iscomplexobj(array) for array in (x, weight))
    there, back = (np.fft.rfft2, np.fft.irfft2) if real else (np.fft.fft2, np.fft.ifft2)
    spread = np.zeros((*weight.shape[:2], *windows.span), weight.dtype)
    spread[..., :: windows.dilation[0], :: windows.dilation[1]] = weight
    w = np.conj(there(np.conj(spread), tiles.size))  # (C_out, C_in / groups, f_h, f_w)
    w = w.reshape(groups, -1, *w.shape[1:]).transpose(3, 4, 0, 2, 1)  # (f_h, f_w, groups, C_in, C_out)
    w = np.ascontiguousarray(w)

    x_pad = windows.pad(x)
    y = np.empty((N, C_out, *windows.out), np.result_type(*arrays))
    for some in tiles.some(N, tuning.MOST_TILES):
        spectra = there(tiles.cut(x_pad[some]))  # (n, C_in, T_h, T_w, f_h, f_w)
        n, C_in, T_h, T_w, f_h, f_w = spectra.shape
        grouped = spectra.reshape(n, groups, C_in // groups, T_h * T_w, f_h, f_w).transpose(4, 5, 1, 0, 3, 2)
        product = grouped.reshape(f_h, f_w, groups, n * T_h * T_w, -1) @ w
        product = product.reshape(f_h, f_w, groups, n, T_h, T_w, -1).transpose(3, 2, 6, 4, 5, 0, 1)
        whole = back(product.reshape(n, C_out, T_h, T_w, f_h, f_w), tiles.size)
        y[some] = tiles.join(whole[..., : step[0], : step[1]])[:, :, ::s_h, ::s_w]
    if bias is not None:
        y += bias[:, None, None]
    return y
