"""The activations as classes: a function, its derivative, and the last input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnbook import activations
from cnnbook.layers.base import Layer

__all__ = [
    "ELU",
    "GELU",
    "Gaussian",
    "LeakyReLU",
    "ReLU",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Tanh",
]

Function = Callable[..., np.ndarray]


class Activation(Layer):
    """A layer made of a function and the product with its derivative, each handed the same settings."""

    function: Function
    derivative: Function

    def __init__(self):
        self.settings: dict[str, Any] = {}

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Apply the function."""
        self.x = x
        return type(self).function(x, **self.settings)

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        """Multiply by the derivative."""
        return type(self).derivative(grad_out, self.last("x"), **self.settings)


class ReLU(Activation):
    """:func:`cnnbook.relu` as a layer.

    Examples
    --------
    >>> ReLU()(np.array([-1.0, 2.0]))
    array([0., 2.])
    """

    function, derivative = activations.relu, activations.relu_backward


class LeakyReLU(Activation):
    """:func:`cnnbook.leaky_relu` as a layer.

    Parameters
    ----------
    slope : float
        The factor for negative numbers.

    Examples
    --------
    >>> LeakyReLU(slope=0.5)(np.array([-1.0, 2.0]))
    array([-0.5,  2. ])
    """

    function, derivative = activations.leaky_relu, activations.leaky_relu_backward

    def __init__(self, slope: float = 0.01):
        self.settings = {"slope": slope}


class ELU(Activation):
    """:func:`cnnbook.elu` as a layer.

    Parameters
    ----------
    alpha : float
        How far below 0 the output can go.

    Examples
    --------
    >>> ELU()(np.array([-1000.0, 2.0]))
    array([-1.,  2.])
    """

    function, derivative = activations.elu, activations.elu_backward

    def __init__(self, alpha: float = 1.0):
        self.settings = {"alpha": alpha}


class Sigmoid(Activation):
    """:func:`cnnbook.sigmoid` as a layer.

    Examples
    --------
    >>> Sigmoid()(np.array([0.0]))
    array([0.5])
    """

    function, derivative = activations.sigmoid, activations.sigmoid_backward


class Tanh(Activation):
    """:func:`cnnbook.tanh` as a layer.

    Examples
    --------
    >>> Tanh()(np.array([0.0]))
    array([0.])
    """

    function, derivative = activations.tanh, activations.tanh_backward


class Gaussian(Activation):
    """:func:`cnnbook.gaussian` as a layer.

    Examples
    --------
    >>> Gaussian()(np.array([0.0]))
    array([1.])
    """

    function, derivative = activations.gaussian, activations.gaussian_backward


class Softplus(Activation):
    """:func:`cnnbook.softplus` as a layer.

    Examples
    --------
    >>> Softplus()(np.array([1000.0]))
    array([1000.])
    """

    function, derivative = activations.softplus, activations.softplus_backward


class SiLU(Activation):
    """:func:`cnnbook.silu` as a layer.

    Examples
    --------
    >>> SiLU()(np.array([0.0]))
    array([0.])
    """

    function, derivative = activations.silu, activations.silu_backward


class GELU(Activation):
    """:func:`cnnbook.gelu` as a layer.

    Parameters
    ----------
    approximate : "none" or "tanh"
        The exact form, or the one with a hyperbolic tangent.

    Examples
    --------
    >>> GELU()(np.array([0.0]))
    array([0.])
    """

    function, derivative = activations.gelu, activations.gelu_backward

    def __init__(self, approximate: str = "none"):
        self.settings = {"approximate": approximate}


class Softmax(Activation):
    """:func:`cnnbook.softmax` as a layer.

    Parameters
    ----------
    axis : int
        The axis along which the scores compete.

    Examples
    --------
    >>> Softmax()(np.array([[7.0, 7.0]]))
    array([[0.5, 0.5]])
    """

    function, derivative = activations.softmax, activations.softmax_backward

    def __init__(self, axis: int = -1):
        self.settings = {"axis": axis}
