"""Squashing functions, each with its derivative: sigmoid, tanh, Gaussian."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import as_floats, as_reals, with_gradient
from cnnbook.half import in_single

__all__ = ["gaussian", "gaussian_backward", "sigmoid", "sigmoid_backward", "tanh", "tanh_backward"]


@in_single
def sigmoid(x: np.ndarray) -> np.ndarray:
    r"""Squash every number into the interval from 0 to 1.

    .. math::

        \sigma(x) = \frac{1}{1 + e^{-x}}

    Parameters
    ----------
    x : ndarray, any shape, real floating point
        The input.

    Returns
    -------
    y : ndarray, shape and dtype of ``x``
        Exact to rounding for every finite input: only ``exp(-abs(x))`` is taken, which cannot overflow.

    Raises
    ------
    TypeError
        If ``x`` does not hold real floating-point numbers.

    References
    ----------
    Cybenko, "Approximation by superpositions of a sigmoidal function", 1989.

    Examples
    --------
    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    (x,) = as_reals(x=x)
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


@in_single
def sigmoid_backward(grad_out: np.ndarray, x: np.ndarray) -> np.ndarray:
    r"""Multiply by the derivative :math:`\sigma(x)\,\sigma(-x)`.

    Parameters
    ----------
    grad_out, x : ndarray, same shape, real floating point
        The gradient of the loss with respect to the output, and the input of :func:`sigmoid`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        At most a quarter of ``grad_out``.

    Raises
    ------
    TypeError, ValueError
        If an argument is not real floating point, or the shapes differ.

    References
    ----------
    Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", 1986.

    Examples
    --------
    >>> sigmoid_backward(np.array([8.0, 8.0]), np.array([0.0, 1000.0]))
    array([2., 0.])
    """
    grad_out, x = with_gradient(grad_out, x, as_reals)
    return grad_out * sigmoid(x) * sigmoid(-x)


def tanh(x: np.ndarray) -> np.ndarray:
    """Squash every number into the interval from -1 to 1.

    Parameters
    ----------
    x : ndarray, any shape, floating point
        The input.

    Returns
    -------
    y : ndarray, shape and dtype of ``x``
        The hyperbolic tangent, ``2 * sigmoid(2 * x) - 1``.

    Raises
    ------
    TypeError
        If ``x`` does not hold floating-point numbers.

    References
    ----------
    LeCun, Bottou, Orr and Müller, "Efficient backprop", 1998.

    Examples
    --------
    >>> tanh(np.array([-1000.0, 0.0, 1000.0]))
    array([-1.,  0.,  1.])
    """
    (x,) = as_floats(x=x)
    return np.tanh(x)


@in_single
def tanh_backward(grad_out: np.ndarray, x: np.ndarray) -> np.ndarray:
    r"""Multiply by the derivative :math:`1 - \tanh^2 x`.

    Parameters
    ----------
    grad_out, x : ndarray, same shape, floating point
        The gradient of the loss with respect to the output, and the input of :func:`tanh`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        At most ``grad_out``.

    Raises
    ------
    TypeError, ValueError
        If an argument is not floating point, or the shapes differ.

    References
    ----------
    LeCun, Bottou, Orr and Müller, "Efficient backprop", 1998.

    Examples
    --------
    >>> tanh_backward(np.array([3.0, 3.0]), np.array([0.0, 1000.0]))
    array([3., 0.])
    """
    grad_out, x = with_gradient(grad_out, x)
    return grad_out * (1 - np.tanh(x) ** 2)


@in_single
def gaussian(x: np.ndarray) -> np.ndarray:
    """Answer most to 0, and less the farther ``x`` is from it.

    Parameters
    ----------
    x : ndarray, any shape, floating point
        The input.

    Returns
    -------
    y : ndarray, shape and dtype of ``x``
        ``exp(-x**2)``; 0 where the square overflows.

    Raises
    ------
    TypeError
        If ``x`` does not hold floating-point numbers.

    References
    ----------
    The article "CNN by Numpy", one of the book's four sources.

    Examples
    --------
    >>> gaussian(np.array([-1e200, 0.0]))
    array([0., 1.])
    """
    (x,) = as_floats(x=x)
    with np.errstate(over="ignore"):
        return np.exp(-x * x)


@in_single
def gaussian_backward(grad_out: np.ndarray, x: np.ndarray) -> np.ndarray:
    r"""Multiply by the derivative :math:`-2 x\, e^{-x^2}`.

    Parameters
    ----------
    grad_out, x : ndarray, same shape, floating point
        The gradient of the loss with respect to the output, and the input of :func:`gaussian`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        0 at 0, where the bell is flat.

    Raises
    ------
    TypeError, ValueError
        If an argument is not floating point, or the shapes differ.

    References
    ----------
    The article "CNN by Numpy", one of the book's four sources.

    Examples
    --------
    >>> gaussian_backward(np.array([1.0, 1.0]), np.array([-1.0, 1.0])).round(4)
    array([ 0.7358, -0.7358])
    """
    grad_out, x = with_gradient(grad_out, x)
    return grad_out * (-2 * gaussian(x) * x)
