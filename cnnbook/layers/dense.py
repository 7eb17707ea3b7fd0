"""The fully connected layer as a class."""

from __future__ import annotations

import numpy as np

from cnnbook.init import Seed, he
from cnnbook.layers.base import Layer
from cnnbook.linear import linear, linear_backward
from cnnbook.shapes import as_int

__all__ = ["Linear"]


class Linear(Layer):
    """A fully connected layer: :func:`cnnbook.linear` with weights of its own.

    Parameters
    ----------
    features_in, features_out : int
        How many numbers a row has before and after.
    bias : bool
        Whether there is one.
    rng : numpy.random.Generator or int, optional
        For the weights, drawn by :func:`cnnbook.he`; the bias starts at 0.
    dtype : dtype
        Of the parameters.

    Attributes
    ----------
    weight : ndarray, shape (features_out, features_in)
        With its gradient in ``grad_weight``.
    bias : ndarray, shape (features_out,), or None
        With its gradient in ``grad_bias``.

    Raises
    ------
    TypeError, ValueError
        If a number is not whole or below 1.

    Examples
    --------
    >>> Linear(64, 10, rng=0)(np.zeros((2, 64), np.float32)).shape
    (2, 10)
    """

    weight: np.ndarray
    grad_weight: np.ndarray
    bias: np.ndarray | None
    grad_bias: np.ndarray

    def __init__(
        self,
        features_in: int,
        features_out: int,
        bias: bool = True,
        rng: Seed = None,
        dtype: type = np.float32,
    ):
        shape = as_int(features_out, "features_out", 1), as_int(features_in, "features_in", 1)
        self.add_parameter("weight", he(shape, rng, dtype=dtype))
        self.bias = None
        if bias:
            self.add_parameter("bias", np.zeros(features_out, dtype))

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return (N, features_out) for (N, features_in)."""
        self.x = x
        return linear(x, self.weight, self.bias)

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        """Return the gradient for the input; overwrite those of weight and bias."""
        grad_x, self.grad_weight[...], grad_bias = linear_backward(grad_out, self.last("x"), self.weight)
        if self.bias is not None:
            self.grad_bias[...] = grad_bias
        return grad_x
