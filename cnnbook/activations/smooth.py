"""Smooth relatives of ReLU, each with its derivative: softplus, SiLU, GELU."""

from __future__ import annotations

import math

import numpy as np

from cnnbook.activations.squashing import sigmoid
from cnnbook.arguments import as_reals, with_gradient
from cnnbook.half import in_single

__all__ = ["gelu", "gelu_backward", "silu", "silu_backward", "softplus", "softplus_backward"]


@in_single
def softplus(x: np.ndarray) -> np.ndarray:
    r"""Round off the corner of ReLU: :math:`\log(1 + e^x)`.

    Parameters
    ----------
    x : ndarray, any shape, real floating point
        The input.

    Returns
    -------
    y : ndarray, shape and dtype of ``x``
        Close to ``x`` for large numbers, and never overflowing.

    Raises
    ------
    TypeError
        If ``x`` does not hold real floating-point numbers.

    References
    ----------
    Dugas et al., "Incorporating second-order functional knowledge for better option pricing", 2000.

    Examples
    --------
    >>> softplus(np.array([-1000.0, 1000.0]))
    array([   0., 1000.])
    """
    (x,) = as_reals(x=x)
    return np.logaddexp(0, x)


@in_single
def softplus_backward(grad_out: np.ndarray, x: np.ndarray) -> np.ndarray:
    r"""Multiply by the derivative, which is the sigmoid.

    Parameters
    ----------
    grad_out, x : ndarray, same shape, real floating point
        The gradient of the loss with respect to the output, and the input of :func:`softplus`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        The product.

    Raises
    ------
    TypeError, ValueError
        If an argument is not real floating point, or the shapes differ.

    References
    ----------
    ``torch.nn.functional.softplus``.

    Examples
    --------
    >>> softplus_backward(np.array([4.0, 4.0]), np.array([0.0, 1000.0]))
    array([2., 4.])
    """
    grad_out, x = with_gradient(grad_out, x, as_reals)
    return grad_out * sigmoid(x)


@in_single
def silu(x: np.ndarray) -> np.ndarray:
    r"""Gate every number by its own sigmoid: :math:`x\,\sigma(x)`, also called swish.

    Parameters
    ----------
    x : ndarray, any shape, real floating point
        The input.

    Returns
    -------
    y : ndarray, shape and dtype of ``x``
        A little below 0 for small negative numbers.

    Raises
    ------
    TypeError
        If ``x`` does not hold real floating-point numbers.

    References
    ----------
    Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function
    approximation in reinforcement learning", 2018.

    Examples
    --------
    >>> silu(np.array([-1000.0, 0.0, 1000.0]))
    array([  -0.,    0., 1000.])
    """
    (x,) = as_reals(x=x)
    return x * sigmoid(x)


@in_single
def silu_backward(grad_out: np.ndarray, x: np.ndarray) -> np.ndarray:
    r"""Multiply by the derivative :math:`\sigma(x)\,(1 + x\,\sigma(-x))`.

    Parameters
    ----------
    grad_out, x : ndarray, same shape, real floating point
        The gradient of the loss with respect to the output, and the input of :func:`silu`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        The product.

    Raises
    ------
    TypeError, ValueError
        If an argument is not real floating point, or the shapes differ.

    References
    ----------
    ``torch.nn.functional.silu``.

    Examples
    --------
    >>> silu_backward(np.array([4.0, 4.0]), np.array([0.0, 1000.0]))
    array([2., 4.])
    """
    grad_out, x = with_gradient(grad_out, x, as_reals)
    return grad_out * sigmoid(x) * (1 + x * sigmoid(-x))


@in_single
def gelu(x: np.ndarray, approximate: str = "none") -> np.ndarray:
    r"""Gate every number by how likely a standard normal one is to be smaller: :math:`x\,\Phi(x)`.

    Parameters
    ----------
    x : ndarray, any shape, real floating point
        The input.
    approximate : "none" or "tanh"
        ``"tanh"`` replaces :math:`\Phi(x)` by
        :math:`\frac12 (1 + \tanh(\sqrt{2/\pi}\,(x + 0.044715\,x^3)))`.

    Returns
    -------
    y : ndarray, shape and dtype of ``x``
        The exact form asks Python's ``math.erfc`` number by number: NumPy has no error function.

    Raises
    ------
    TypeError
        If ``x`` does not hold real floating-point numbers.
    ValueError
        If ``approximate`` is another word.

    References
    ----------
    Hendrycks and Gimpel, "Gaussian error linear units (GELUs)", 2016.

    Examples
    --------
    >>> gelu(np.array([-1000.0, 0.0, 1000.0]))
    array([  -0.,    0., 1000.])
    """
    (x,) = as_reals(x=x)
    return x * _gate(x, approximate)[0]


@in_single
def gelu_backward(grad_out: np.ndarray, x: np.ndarray, approximate: str = "none") -> np.ndarray:
    r"""Multiply by the derivative, :math:`\Phi(x) + x\,\Phi'(x)`.

    Parameters
    ----------
    grad_out, x : ndarray, same shape, real floating point
        The gradient of the loss with respect to the output, and the input of :func:`gelu`.
    approximate : "none" or "tanh"
        As in :func:`gelu`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        The product.

    Raises
    ------
    TypeError, ValueError
        If an argument is not real floating point, the shapes differ, or ``approximate`` is another word.

    References
    ----------
    ``torch.nn.functional.gelu``.

    Examples
    --------
    >>> gelu_backward(np.array([4.0, 4.0]), np.array([0.0, 1000.0]))
    array([2., 4.])
    """
    grad_out, x = with_gradient(grad_out, x, as_reals)
    gate, slope = _gate(x, approximate)
    return grad_out * (gate + x * slope)


def _gate(x: np.ndarray, approximate: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the gate of GELU and its derivative."""
    z = np.clip(x, -100, 100)  # beyond, the gate is 0 or 1, and powers of x could overflow
    if approximate == "none":
        wide = z.astype(float)
        gate = np.vectorize(math.erfc, otypes=[float])(-wide / math.sqrt(2)) / 2
        slope = np.exp(-wide * wide / 2) / math.sqrt(2 * math.pi)
    elif approximate == "tanh":
        scale = math.sqrt(2 / math.pi)
        bend = np.tanh(scale * (z + 0.044715 * z**3))
        gate = (1 + bend) / 2
        slope = (1 - bend**2) / 2 * scale * (1 + 3 * 0.044715 * z**2)
    else:
        raise ValueError(f'approximate must be "none" or "tanh", got {approximate!r}')
    return gate.astype(x.dtype), slope.astype(x.dtype)
