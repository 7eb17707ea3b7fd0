"""Convolution in two dimensions: one picture, one kernel."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import check_product
from cnnbook.half import in_single
from cnnbook.im2col import im2col
from cnnbook.windows import Windows

__all__ = ["convolve2d", "cross_correlate2d"]


@in_single
def cross_correlate2d(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    r"""Slide a kernel over an image and sum the products at each place.

    .. math::

        y_{ij} = \sum_{u=0}^{K_h-1} \sum_{v=0}^{K_w-1} x_{i+u,\,j+v} \, w_{uv}

    Deep learning calls this a convolution. In mathematics it is the cross-correlation:
    the kernel is not flipped; :func:`convolve2d` flips it.

    Parameters
    ----------
    image : ndarray, shape (H, W), floating point
        The picture.
    kernel : ndarray, shape (K_h, K_w), floating point
        The weights.

    Returns
    -------
    output : ndarray, shape (H - K_h + 1, W - K_w + 1)
        One number for each place where the kernel lies wholly inside the image, in the
        common dtype of the two.

    Raises
    ------
    TypeError
        If an array does not hold floating-point numbers.
    ValueError
        If an array is not two-dimensional, or the kernel is larger than the image.

    See Also
    --------
    scipy.signal.correlate2d : the same with ``mode="valid"``.

    Examples
    --------
    >>> image = np.arange(9.0).reshape(3, 3)
    >>> cross_correlate2d(image, np.array([[1.0, 0.0], [0.0, -1.0]]))
    array([[-4., -4.],
           [-4., -4.]])
    """
    image, kernel = np.asarray(image), np.asarray(kernel)
    check_product(image=image, kernel=kernel)
    for name, array in (("image", image), ("kernel", kernel)):
        if array.ndim != 2:
            raise ValueError(f"{name} must have two dimensions (height, width), got shape {array.shape}")
    if kernel.size == 0 or image.size == 0:
        raise ValueError(f"image {image.shape} and kernel {kernel.shape} must not be empty")
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError(f"the kernel {kernel.shape} must not be larger than the image {image.shape}")
    cols = im2col(image[None, None], kernel.shape)[0]  # (K_h*K_w, L)
    return (kernel.ravel() @ cols).reshape(Windows.of(image.shape, kernel.shape).out)  # (H_out, W_out)


def convolve2d(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    r"""Convolve in the sense of mathematics: flip the kernel, then cross-correlate.

    .. math::

        y_{ij} = \sum_{u=0}^{K_h-1} \sum_{v=0}^{K_w-1} x_{i+u,\,j+v} \, w_{K_h-1-u,\,K_w-1-v}

    Parameters, result and errors are those of :func:`cross_correlate2d`.

    See Also
    --------
    scipy.signal.convolve2d : the same with ``mode="valid"``.

    Examples
    --------
    >>> image = np.arange(9.0).reshape(3, 3)
    >>> convolve2d(image, np.array([[1.0, 0.0], [0.0, -1.0]]))
    array([[4., 4.],
           [4., 4.]])
    """
    return cross_correlate2d(image, np.flip(kernel))
