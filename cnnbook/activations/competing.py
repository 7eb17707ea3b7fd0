"""Softmax and its logarithm, each with its derivative: scores that compete along an axis."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import as_reals, with_gradient
from cnnbook.half import in_single
from cnnbook.shapes import as_int

__all__ = ["log_softmax", "log_softmax_backward", "softmax", "softmax_backward"]


@in_single
def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    r"""Turn scores into probabilities: positive, and 1 in sum.

    .. math::

        \frac{e^{x_k}}{\sum_j e^{x_j}}

    Parameters
    ----------
    x : ndarray, at least one axis, real floating point
        The scores.
    axis : int
        The axis along which they compete.

    Returns
    -------
    y : ndarray, shape and dtype of ``x``
        The largest score is subtracted first, so that no power overflows.

    Raises
    ------
    TypeError, ValueError
        If ``x`` does not hold real floating-point numbers, has no such axis, or it is empty.

    References
    ----------
    Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.

    Examples
    --------
    >>> softmax(np.array([1000.0, 1000.0, 0.0]))
    array([0.5, 0.5, 0. ])
    """
    x, axis = _scores(x, axis)
    shifted = x - x.max(axis=axis, keepdims=True)
    power = np.exp(shifted)
    return power / power.sum(axis=axis, keepdims=True)


@in_single
def softmax_backward(grad_out: np.ndarray, x: np.ndarray, axis: int = -1) -> np.ndarray:
    r"""Return the gradient with respect to the scores: every score moves every probability.

    Parameters
    ----------
    grad_out, x : ndarray, same shape, real floating point
        The gradient of the loss with respect to the output, and the input of :func:`softmax`.
    axis : int
        As in :func:`softmax`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        With the probabilities :math:`p` and the gradient :math:`g`,
        :math:`p \odot (g - \sum_j g_j p_j)`.

    Raises
    ------
    TypeError, ValueError
        As :func:`softmax`; also if the shapes differ.

    References
    ----------
    ``torch.nn.functional.softmax``.

    Examples
    --------
    >>> softmax_backward(np.array([4.0, 0.0]), np.array([1000.0, 1000.0]))
    array([ 1., -1.])
    """
    x, axis = _scores(x, axis)
    grad_out, x = with_gradient(grad_out, x, as_reals)
    p = softmax(x, axis)
    return p * (grad_out - (grad_out * p).sum(axis=axis, keepdims=True))


@in_single
def log_softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    r"""Return the logarithm of :func:`softmax`, without taking it of a number that rounds to 0.

    .. math::

        x_k - \log \sum_j e^{x_j}

    Parameters
    ----------
    x : ndarray, at least one axis, real floating point
        The scores.
    axis : int
        The axis along which they compete.

    Returns
    -------
    y : ndarray, shape and dtype of ``x``
        The largest score is subtracted first, so that no power overflows.

    Raises
    ------
    TypeError, ValueError
        If ``x`` does not hold real floating-point numbers, has no such axis, or it is empty.

    References
    ----------
    Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.

    Examples
    --------
    >>> log_softmax(np.array([1000.0, 1000.0]))
    array([-0.69314718, -0.69314718])
    """
    x, axis = _scores(x, axis)
    shifted = x - x.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


@in_single
def log_softmax_backward(grad_out: np.ndarray, x: np.ndarray, axis: int = -1) -> np.ndarray:
    r"""Return the gradient with respect to the scores: every score moves every result.

    Parameters
    ----------
    grad_out, x : ndarray, same shape, real floating point
        The gradient of the loss with respect to the output, and the input of :func:`log_softmax`.
    axis : int
        As in :func:`log_softmax`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        With the probabilities :math:`p` and the gradient :math:`g`,
        :math:`g - p \sum_j g_j`.

    Raises
    ------
    TypeError, ValueError
        As :func:`log_softmax`; also if the shapes differ.

    References
    ----------
    ``torch.nn.functional.log_softmax``.

    Examples
    --------
    >>> log_softmax_backward(np.array([4.0, 0.0]), np.array([1000.0, 1000.0]))
    array([ 2., -2.])
    """
    x, axis = _scores(x, axis)
    grad_out, x = with_gradient(grad_out, x, as_reals)
    p = softmax(x, axis)
    return grad_out - p * grad_out.sum(axis=axis, keepdims=True)


def _scores(x: np.ndarray, axis: int) -> tuple[np.ndarray, int]:
    """Check that scores have a non-empty axis to compete along."""
    (x,) = as_reals(x=x)
    axis = as_int(axis, "axis", -x.ndim)
    if axis >= x.ndim or x.shape[axis] == 0:
        raise ValueError(f"axis {axis} must be a non-empty axis of x, which has shape {x.shape}")
    return x, axis
