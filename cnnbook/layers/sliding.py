"""The layers that slide over images, as classes: convolution and pooling."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnbook.conv_backward import gradients
from cnnbook.conv_batch import conv2d
from cnnbook.init import Seed, he
from cnnbook.layers.base import Layer
from cnnbook.pooling import (
    avg_pool2d,
    avg_pool2d_backward,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from cnnbook.shapes import Padding, Pair, as_int, as_pair

__all__ = ["AvgPool2d", "Conv2d", "GlobalAvgPool2d", "MaxPool2d"]


class Conv2d(Layer):
    """A convolutional layer: :func:`cnnbook.conv2d` with weights of its own.

    Parameters
    ----------
    channels_in, channels_out : int
        Channels of the input, and how many kernels there are.
    kernel_size, stride, padding, dilation, groups
        As in :func:`cnnbook.conv2d`.
    bias : bool
        Whether there is one.
    rng : numpy.random.Generator or int, optional
        For the weights, drawn by :func:`cnnbook.he`; the bias starts at 0.
    dtype : dtype
        Of the parameters.

    Attributes
    ----------
    weight : ndarray, shape (channels_out, channels_in / groups, K_h, K_w)
        With its gradient in ``grad_weight``.
    bias : ndarray, shape (channels_out,), or None
        With its gradient in ``grad_bias``.

    Raises
    ------
    TypeError, ValueError
        If a number is not whole or out of range, or ``groups`` does not divide both channels.

    Examples
    --------
    >>> Conv2d(3, 16, 5, padding="same", rng=0)(np.zeros((2, 3, 28, 28), np.float32)).shape
    (2, 16, 28, 28)
    """

    weight: np.ndarray
    grad_weight: np.ndarray
    bias: np.ndarray | None
    grad_bias: np.ndarray

    def __init__(
        self,
        channels_in: int,
        channels_out: int,
        kernel_size: Pair,
        stride: Pair = 1,
        padding: Padding = 0,
        dilation: Pair = 1,
        groups: int = 1,
        bias: bool = True,
        rng: Seed = None,
        dtype: type = np.float32,
    ):
        C_in, C_out = as_int(channels_in, "channels_in", 1), as_int(channels_out, "channels_out", 1)
        groups = as_int(groups, "groups", 1)
        if C_in % groups or C_out % groups:
            raise ValueError(f"groups={groups} must divide channels_in={C_in} and channels_out={C_out}")
        self.settings: dict[str, Any] = {
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "groups": groups,
        }
        shape = (C_out, C_in // groups, *as_pair(kernel_size, "kernel_size", 1))
        self.add_parameter("weight", he(shape, rng, dtype=dtype))
        self.bias = None
        if bias:
            self.add_parameter("bias", np.zeros(C_out, dtype))

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return (N, channels_out, H_out, W_out) for (N, channels_in, H, W)."""
        self.x = x
        return conv2d(x, self.weight, self.bias, **self.settings)

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        """Return the gradient for the input; overwrite those of weight and bias."""
        return self._backward(grad_out)

    def parameters_backward(self, grad_out: np.ndarray) -> None:
        """Overwrite the gradients of weight and bias, and spare that of the input."""
        self._backward(grad_out, input_too=False)

    def _backward(self, grad_out: np.ndarray, **wanted: bool) -> np.ndarray:
        grads = gradients(grad_out, self.last("x"), self.weight, **self.settings, **wanted)
        grad_x, self.grad_weight[...], grad_bias = grads
        if self.bias is not None:
            self.grad_bias[...] = grad_bias
        return grad_x


class MaxPool2d(Layer):
    """Max pooling: :func:`cnnbook.max_pool2d`, which remembers where each number came from.

    Parameters
    ----------
    kernel_size, stride, padding, ceil_mode
        As in :func:`cnnbook.max_pool2d`.

    Examples
    --------
    >>> MaxPool2d(2)(np.array([[[[1.0, 5.0], [3.0, 4.0]]]]))
    array([[[[5.]]]])
    """

    def __init__(
        self,
        kernel_size: Pair,
        stride: Pair | None = None,
        padding: Pair = 0,
        ceil_mode: bool = False,
    ):
        self.settings: dict[str, Any] = {
            "kernel_size": kernel_size,
            "stride": stride,
            "padding": padding,
            "ceil_mode": ceil_mode,
        }

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the largest number of each window."""
        self.x = x
        y, indices = max_pool2d(x, **self.settings, return_indices=True)
        self.indices: np.ndarray = indices
        return y

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        """Return the gradient for the input."""
        return max_pool2d_backward(grad_out, self.last("x"), **self.settings, indices=self.indices)


class AvgPool2d(Layer):
    """Average pooling: :func:`cnnbook.avg_pool2d`.

    Parameters
    ----------
    kernel_size, stride, padding, ceil_mode, count_include_pad
        As in :func:`cnnbook.avg_pool2d`.

    Examples
    --------
    >>> AvgPool2d(2)(np.array([[[[1.0, 5.0], [3.0, 3.0]]]]))
    array([[[[3.]]]])
    """

    def __init__(
        self,
        kernel_size: Pair,
        stride: Pair | None = None,
        padding: Pair = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ):
        self.settings: dict[str, Any] = {
            "kernel_size": kernel_size,
            "stride": stride,
            "padding": padding,
            "ceil_mode": ceil_mode,
            "count_include_pad": count_include_pad,
        }

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the mean of each window."""
        self.x = x
        return avg_pool2d(x, **self.settings)

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        """Return the gradient for the input."""
        return avg_pool2d_backward(grad_out, self.last("x"), **self.settings)


class GlobalAvgPool2d(Layer):
    """The mean of each whole channel: :func:`cnnbook.global_avg_pool2d`.

    Examples
    --------
    >>> GlobalAvgPool2d()(np.zeros((2, 16, 7, 7))).shape
    (2, 16)
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return (N, C) for (N, C, H, W)."""
        self.x = x
        return global_avg_pool2d(x)

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        """Return the gradient for the input."""
        return global_avg_pool2d_backward(grad_out, self.last("x"))
