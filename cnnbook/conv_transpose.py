"""The transposed convolution: the adjoint of conv2d, and its input gradient."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import as_floats, as_images, check_shape
from cnnbook.conv_backward import conv2d_backward, input_gradient
from cnnbook.conv_batch import conv2d
from cnnbook.half import in_single
from cnnbook.shapes import Pair, as_int, as_pair, check_size
from cnnbook.threads import share_out
from cnnbook.windows import Windows

__all__ = ["conv_transpose2d", "conv_transpose2d_backward"]


@in_single
def conv_transpose2d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    stride: Pair = 1,
    padding: Pair = 0,
    output_padding: Pair = 0,
    groups: int = 1,
    dilation: Pair = 1,
) -> np.ndarray:
    r"""Stamp every kernel at every place, scaled by the input there, and add up.

    With the same weight and settings it is the adjoint of :func:`cnnbook.conv2d`,

    .. math::

        \langle \mathrm{conv}(a), x \rangle = \langle a, \mathrm{conv}^\mathsf{T}(x) \rangle,

    which is what ``conv2d_backward`` returns as ``grad_x``. It does not undo a convolution.

    Parameters
    ----------
    x : ndarray, shape (N, C_in, H, W), floating point
        A batch of images.
    weight : ndarray, shape (C_in, C_out / groups, K_h, K_w), floating point
        The kernels, laid out as the weight of the ``conv2d`` that goes the other way.
    bias : ndarray, shape (C_out,), floating point, optional
        One number to add for each channel of the output.
    stride, padding, dilation : int or (height, width)
        Those of the ``conv2d`` that goes the other way: padding is cut off here.
    output_padding : int or (height, width)
        Rows and columns to add at the end; smaller than the stride or the dilation. A strided
        ``conv2d`` maps several sizes to one, and this says which of them to return to.
    groups : int
        As in ``conv2d``.

    Returns
    -------
    y : ndarray, shape (N, C_out, H_out, W_out)
        ``H_out = (H - 1) * stride - 2 * padding + dilation * (K_h - 1) + output_padding + 1``, in
        the common dtype of the arguments.

    Raises
    ------
    TypeError
        If an array does not hold floating-point numbers, or a size is not a whole number.
    ValueError
        If shapes or groups do not fit one another, a size is out of range, or nothing is left.

    References
    ----------
    Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016, chapter 4;
    ``torch.nn.functional.conv_transpose2d``.

    Examples
    --------
    >>> conv_transpose2d(np.array([[[[1.0, 2.0]]]]), np.ones((1, 1, 2, 2)), stride=2)[0, 0]
    array([[1., 1., 2., 2.],
           [1., 1., 2., 2.]])
    """
    x, weight = as_floats(x=as_images(x), weight=weight)
    groups = as_int(groups, "groups", 1)
    if weight.ndim != 4 or 0 in weight.shape:
        raise ValueError(
            f"weight must have shape (C_in, C_out / groups, K_h, K_w), all at least 1, got {weight.shape}"
        )
    if x.shape[1] != weight.shape[0] or x.shape[1] % groups:
        raise ValueError(
            f"x {x.shape} must have as many channels as weight {weight.shape} has kernels, "
            f"{weight.shape[0]}, and groups={groups} must divide them"
        )
    s, p, d = as_pair(stride, "stride", 1), as_pair(padding, "padding", 0), as_pair(dilation, "dilation", 1)
    extra = as_pair(output_padding, "output_padding", 0)
    if any(extra[a] >= max(s[a], d[a]) for a in (0, 1)):
        raise ValueError(f"output_padding {extra} must be smaller than stride {s} or dilation {d}")
    full = [
        (n - 1) * s + d * (k - 1) + 1 for n, s, d, k in zip(x.shape[2:], s, d, weight.shape[2:], strict=True)
    ]
    H_out, W_out = (n - 2 * p + extra for n, p, extra in zip(full, p, extra, strict=True))
    if min(x.shape[2:]) < 1 or min(H_out, W_out) < 1:
        raise ValueError(
            f"nothing is left: x {x.shape} and weight {weight.shape} with stride {s}, padding {p}, "
            f"dilation {d} give an image of {H_out} by {W_out}"
        )
    check_size("an output", H_out, W_out)
    windows = Windows.of(tuple(full), weight.shape[2:], s, 0, d)
    C_out = groups * weight.shape[1]
    stamped = np.empty((len(x), C_out, *full), np.result_type(x, weight))
    share_out(input_gradient(x, weight, windows, groups, stamped), products=x.size * weight[0].size)
    stamped = np.pad(stamped, ((0, 0), (0, 0), (0, extra[0]), (0, extra[1])))
    y = stamped[:, :, p[0] : p[0] + H_out, p[1] : p[1] + W_out]  # the padding is cut off
    if bias is None:
        return np.ascontiguousarray(y)
    (bias,) = as_floats(bias=bias)
    check_shape("bias", bias, (C_out,), f"one number for each output channel of weight {weight.shape}")
    return y + bias[:, None, None]


@in_single
def conv_transpose2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: Pair = 1,
    padding: Pair = 0,
    output_padding: Pair = 0,
    groups: int = 1,
    dilation: Pair = 1,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of a loss with respect to the arguments of :func:`conv_transpose2d`.

    Parameters
    ----------
    grad_out : ndarray, shape (N, C_out, H_out, W_out), floating point
        The gradient of the loss with respect to the output.
    x, weight, stride, padding, output_padding, groups, dilation
        As they were given to :func:`conv_transpose2d`.

    Returns
    -------
    grad_x, grad_weight : ndarray, shapes of ``x`` and ``weight``
        The adjoint of the adjoint: a plain ``conv2d``, and its weight gradient.
    grad_bias : ndarray, shape (C_out,)
        Summed over the batch and all places.

    Raises
    ------
    TypeError, ValueError
        As :func:`conv_transpose2d`; also if ``grad_out`` has not the shape of the output.

    References
    ----------
    Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016, chapter 4.

    Examples
    --------
    >>> x, weight = np.array([[[[1.0, 2.0]]]]), np.ones((1, 1, 2, 2))
    >>> conv_transpose2d_backward(np.ones((1, 1, 2, 4)), x, weight, stride=2)[0]
    array([[[[4., 4.]]]])
    """
    y = conv_transpose2d(x, weight, None, stride, padding, output_padding, groups, dilation)
    (grad_out,) = as_floats(grad_out=grad_out)
    x, weight = np.asarray(x), np.asarray(weight)
    check_shape("grad_out", grad_out, y.shape, f"that of the output of x {x.shape} and weight {weight.shape}")
    s, p = as_pair(stride, "stride", 1), as_pair(padding, "padding", 0)
    canvas = np.pad(grad_out, ((0, 0), (0, 0), (p[0], p[0]), (p[1], p[1])))
    extra = as_pair(output_padding, "output_padding", 0)
    canvas = canvas[
        :, :, : canvas.shape[2] - extra[0], : canvas.shape[3] - extra[1]
    ]  # nothing was stamped there
    grad_x = conv2d(canvas, weight, None, s, 0, dilation, groups)
    grad_weight = conv2d_backward(x, canvas, weight, s, 0, dilation, groups)[1]
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3))
