"""Batch normalisation as a class: batch statistics in training, running ones in evaluation."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import as_floats, as_number, with_gradient
from cnnbook.batchnorm import batch_norm, batch_norm_backward, batch_statistics
from cnnbook.half import in_single, wide
from cnnbook.layers.base import Layer
from cnnbook.shapes import as_int, check_size

__all__ = ["BatchNorm1d", "BatchNorm2d"]


@in_single
def scale(
    x: np.ndarray, weight: np.ndarray, bias: np.ndarray, mean: np.ndarray, var: np.ndarray, eps: float
) -> np.ndarray:
    """Normalise by statistics that do not depend on ``x``; all of them broadcast with it."""
    return weight * ((x - mean) / np.sqrt(var + eps)) + bias


@in_single
def scale_backward(
    grad_out: np.ndarray, x: np.ndarray, weight: np.ndarray, mean: np.ndarray, var: np.ndarray, eps: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of :func:`scale` with respect to ``x``, ``weight`` and ``bias``."""
    axes = (0, *range(2, x.ndim))
    spread = np.sqrt(var + eps)
    grad_weight = (grad_out * ((x - mean) / spread)).sum(axis=axes)
    return grad_out * (weight / spread), grad_weight, grad_out.sum(axis=axes)


class BatchNorm2d(Layer):
    """Batch normalisation of images: :func:`cnnbook.batch_norm` with a memory.

    Parameters
    ----------
    channels : int
        Channels of the input.
    eps : float
        Added to the variance.
    momentum : float
        How much of each batch's statistics goes into the running ones, from 0 to 1.
    dtype : dtype
        Of the parameters and running statistics.

    Attributes
    ----------
    weight, bias : ndarray, shape (channels,)
        The spread and the mean that each channel gets; they start at 1 and 0.
    running_mean, running_var : ndarray, shape (channels,)
        Used in evaluation; they start at 0 and 1. As in PyTorch the running variance is the
        unbiased one, while the batch is normalised by the biased one.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range; in ``forward``, if ``x`` has another shape or, in
        training, fewer than two numbers in each channel.

    References
    ----------
    Ioffe and Szegedy, "Batch normalization", 2015; ``torch.nn.BatchNorm2d``.

    Examples
    --------
    >>> layer = BatchNorm2d(1)
    >>> layer(np.array([1.0, 3.0]).reshape(2, 1, 1, 1)).round(4).ravel()
    array([-1.,  1.])
    >>> layer.running_mean, layer.running_var
    (array([0.2], dtype=float32), array([1.1], dtype=float32))
    """

    buffer_names = ("running_mean", "running_var")
    rank = 4
    weight: np.ndarray
    grad_weight: np.ndarray
    bias: np.ndarray
    grad_bias: np.ndarray

    def __init__(self, channels: int, eps: float = 1e-5, momentum: float = 0.1, dtype: type = np.float32):
        channels = as_int(channels, "channels", 1)
        check_size("a row of channels", channels)
        self.eps = as_number(eps, "eps", 0)
        self.momentum = as_number(momentum, "momentum", 0, np.nextafter(1, 2))
        self.add_parameter("weight", np.ones(channels, dtype))
        self.add_parameter("bias", np.zeros(channels, dtype))
        self.running_mean: np.ndarray = np.zeros(channels, dtype)
        self.running_var: np.ndarray = np.ones(channels, dtype)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Normalise by this batch's statistics in training, by the running ones in evaluation."""
        (x,) = as_floats(x=x)
        if x.ndim != self.rank or x.shape[1] != len(self.weight):
            names = ("N", f"C={len(self.weight)}", "H", "W")[: self.rank]
            raise ValueError(f"x must have shape ({', '.join(names)}), got {x.shape}")
        if self.training:
            y = batch_norm(x, self.weight, self.bias, self.eps)
            mean, var = batch_statistics(wide(x))
            count = x.size // x.shape[1]
            self.running_mean += self.momentum * (mean - self.running_mean)
            self.running_var += self.momentum * (var * count / (count - 1) - self.running_var)
        else:
            y = scale(x, self.per_channel(self.weight), self.per_channel(self.bias), *self.running())
        self.x, self.by_batch = x, self.training
        return y

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        """Go back through whichever statistics the forward pass used."""
        x = self.last("x")
        if self.by_batch:
            grads = batch_norm_backward(grad_out, x, self.weight, self.eps)
            grad_x, self.grad_weight[...], self.grad_bias[...] = grads
            return grad_x
        grad_out, x = with_gradient(grad_out, x)
        grads = scale_backward(grad_out, x, self.per_channel(self.weight), *self.running())
        grad_x, self.grad_weight[...], self.grad_bias[...] = grads
        return grad_x

    def running(self) -> tuple[np.ndarray, np.ndarray, float]:
        """Return the running mean and variance, ready to broadcast, and ``eps``."""
        return self.per_channel(self.running_mean), self.per_channel(self.running_var), self.eps

    def per_channel(self, array: np.ndarray) -> np.ndarray:
        """Return a view of one number for each channel that broadcasts with the input."""
        return array.reshape(1, -1, *(1,) * (self.rank - 2))


class BatchNorm1d(BatchNorm2d):
    """Batch normalisation of rows of numbers, (N, C); all else as in :class:`BatchNorm2d`.

    Examples
    --------
    >>> BatchNorm1d(1)(np.array([[1.0], [3.0]])).round(4)
    array([[-1.],
           [ 1.]])
    """

    rank = 2
