"""Rectifiers, each with its derivative: ReLU, leaky ReLU, ELU."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import as_number, as_reals, with_gradient
from cnnbook.half import in_single

__all__ = ["elu", "elu_backward", "leaky_relu", "leaky_relu_backward", "relu", "relu_backward"]


def relu(x: np.ndarray) -> np.ndarray:
    """Keep what is positive, and replace the rest by 0.

    Parameters
    ----------
    x : ndarray, any shape, real floating point
        The input.

    Returns
    -------
    y : ndarray, shape and dtype of ``x``
        ``max(x, 0)``.

    Raises
    ------
    TypeError
        If ``x`` does not hold real floating-point numbers.

    References
    ----------
    Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010.

    Examples
    --------
    >>> relu(np.array([-1.0, 0.0, 2.0]))
    array([0., 0., 2.])
    """
    (x,) = as_reals(x=x)
    return np.maximum(x, 0)


def relu_backward(grad_out: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Let the gradient pass where ``x`` is positive; at 0 it is 0, as in PyTorch.

    Parameters
    ----------
    grad_out, x : ndarray, same shape, real floating point
        The gradient of the loss with respect to the output, and the input of :func:`relu`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        ``grad_out`` or 0.

    Raises
    ------
    TypeError, ValueError
        If an argument is not real floating point, or the shapes differ.

    References
    ----------
    ``torch.nn.functional.relu``.

    Examples
    --------
    >>> relu_backward(np.array([5.0, 5.0, 5.0]), np.array([-1.0, 0.0, 2.0]))
    array([0., 0., 5.])
    """
    grad_out, x = with_gradient(grad_out, x, as_reals)
    return grad_out * (x > 0)


@in_single
def leaky_relu(x: np.ndarray, slope: float = 0.01) -> np.ndarray:
    """Keep what is positive, and let a fraction of the rest leak through.

    Parameters
    ----------
    x : ndarray, any shape, real floating point
        The input.
    slope : float
        The factor for negative numbers.

    Returns
    -------
    y : ndarray, shape and dtype of ``x``
        ``x`` or ``slope * x``.

    Raises
    ------
    TypeError, ValueError
        If ``x`` does not hold real floating-point numbers, or ``slope`` is not a finite number.

    References
    ----------
    Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models", 2013.

    Examples
    --------
    >>> leaky_relu(np.array([-1.0, 0.0, 2.0]), slope=0.25)
    array([-0.25,  0.  ,  2.  ])
    """
    (x,) = as_reals(x=x)
    slope = as_number(slope, "slope")
    return np.where(x > 0, x, slope * x)


@in_single
def leaky_relu_backward(grad_out: np.ndarray, x: np.ndarray, slope: float = 0.01) -> np.ndarray:
    """Multiply by the derivative, 1 or ``slope``; at 0 it is ``slope``, as in PyTorch.

    Parameters
    ----------
    grad_out, x : ndarray, same shape, real floating point
        The gradient of the loss with respect to the output, and the input of :func:`leaky_relu`.
    slope : float
        As in :func:`leaky_relu`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        ``grad_out`` or ``slope * grad_out``.

    Raises
    ------
    TypeError, ValueError
        If an argument is not real floating point, or the shapes differ.

    References
    ----------
    ``torch.nn.functional.leaky_relu``.

    Examples
    --------
    >>> leaky_relu_backward(np.array([4.0, 4.0, 4.0]), np.array([-1.0, 0.0, 2.0]), slope=0.25)
    array([1., 1., 4.])
    """
    grad_out, x = with_gradient(grad_out, x, as_reals)
    slope = as_number(slope, "slope")
    return np.where(x > 0, grad_out, slope * grad_out)


@in_single
def elu(x: np.ndarray, alpha: float = 1.0) -> np.ndarray:
    r"""Keep what is positive, and bend the rest towards :math:`-\alpha`.

    Parameters
    ----------
    x : ndarray, any shape, real floating point
        The input.
    alpha : float
        How far below 0 the output can go.

    Returns
    -------
    y : ndarray, shape and dtype of ``x``
        ``x`` or ``alpha * (exp(x) - 1)``.

    Raises
    ------
    TypeError, ValueError
        If ``x`` does not hold real floating-point numbers, or ``alpha`` is not a finite number.

    References
    ----------
    Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential
    linear units (ELUs)", 2016.

    Examples
    --------
    >>> elu(np.array([-1000.0, 0.0, 2.0]), alpha=0.5)
    array([-0.5,  0. ,  2. ])
    """
    (x,) = as_reals(x=x)
    alpha = as_number(alpha, "alpha")
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


@in_single
def elu_backward(grad_out: np.ndarray, x: np.ndarray, alpha: float = 1.0) -> np.ndarray:
    """Multiply by the derivative, 1 or ``alpha * exp(x)``; at 0 it is ``alpha``, as in PyTorch.

    Parameters
    ----------
    grad_out, x : ndarray, same shape, real floating point
        The gradient of the loss with respect to the output, and the input of :func:`elu`.
    alpha : float
        As in :func:`elu`.

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
    ``torch.nn.functional.elu``.

    Examples
    --------
    >>> elu_backward(np.array([4.0, 4.0, 4.0]), np.array([-1000.0, 0.0, 2.0]), alpha=0.5)
    array([0., 2., 4.])
    """
    grad_out, x = with_gradient(grad_out, x, as_reals)
    alpha = as_number(alpha, "alpha")
    return np.where(x > 0, grad_out, grad_out * (alpha * np.exp(np.minimum(x, 0))))
