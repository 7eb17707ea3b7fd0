"""Batch normalisation: every channel gets the mean and the spread that two parameters ask for."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import as_floats, as_number, check_shape
from cnnbook.half import in_single

__all__ = ["batch_norm", "batch_norm_backward", "batch_statistics"]


@in_single
def batch_statistics(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean and the variance of every channel over the batch and all places.

    Parameters
    ----------
    x : ndarray, shape (N, C) or (N, C, H, W), floating point
        A batch with at least two numbers in each channel.

    Returns
    -------
    mean, var : ndarray, shape (C,), dtype of ``x``
        The variance is the mean square, divided by the count and not by one less.

    Raises
    ------
    TypeError
        If ``x`` does not hold floating-point numbers.
    ValueError
        If ``x`` has another rank, no channel, or fewer than two numbers in each.

    References
    ----------
    Ioffe and Szegedy, "Batch normalization", 2015.

    Examples
    --------
    >>> batch_statistics(np.array([[1.0, 10.0], [3.0, 30.0]]))
    (array([ 2., 20.]), array([  1., 100.]))
    """
    (x,) = as_floats(x=x)
    if x.ndim not in (2, 4) or x.shape[1] == 0:
        raise ValueError(f"x must have shape (N, C) or (N, C, H, W) with at least one channel, got {x.shape}")
    if x.size < 2 * x.shape[1]:
        raise ValueError(
            f"the statistics need at least two numbers in each channel, got x of shape {x.shape}"
        )
    axes = (0, *range(2, x.ndim))
    mean = x.mean(axis=axes, keepdims=True)
    return mean.reshape(-1), np.mean((x - mean) ** 2, axis=axes)


@in_single
def batch_norm(x: np.ndarray, weight: np.ndarray, bias: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    r"""Shift and scale every channel by the statistics of this batch, then by two parameters.

    .. math::

        y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta

    Parameters
    ----------
    x : ndarray, shape (N, C) or (N, C, H, W), floating point
        A batch with at least two numbers in each channel.
    weight, bias : ndarray, shape (C,), floating point
        The spread and the mean that each channel gets, :math:`\gamma` and :math:`\beta`.
    eps : float
        Added to the variance, so that a constant channel does not divide by 0.

    Returns
    -------
    y : ndarray, shape of ``x``
        In the common dtype of the arguments.

    Raises
    ------
    TypeError
        If an array does not hold floating-point numbers.
    ValueError
        If the shapes do not fit one another, a channel has fewer than two numbers, or ``eps`` is negative.

    References
    ----------
    Ioffe and Szegedy, "Batch normalization", 2015; ``torch.nn.functional.batch_norm`` in training.

    Examples
    --------
    >>> batch_norm(np.array([[1.0], [3.0]]), np.array([2.0]), np.array([5.0]), eps=0.0)
    array([[3.], [7.]])
    """
    x_hat, _, weight, bias = _normalise(x, weight, bias, eps)
    return weight * x_hat + bias


@in_single
def batch_norm_backward(
    grad_out: np.ndarray, x: np.ndarray, weight: np.ndarray, eps: float = 1e-5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of a loss with respect to the arguments of :func:`batch_norm`.

    The statistics depend on every number of the channel, so with
    :math:`\hat g = \gamma\,g / \sqrt{\sigma^2 + \epsilon}` and the means taken over the channel

    .. math::

        \frac{\partial L}{\partial x} = \hat g - \overline{\hat g} - \hat x \, \overline{\hat g \hat x}

    Parameters
    ----------
    grad_out : ndarray, shape of ``x``, floating point
        The gradient of the loss with respect to the output.
    x, weight, eps
        As they were given to :func:`batch_norm`.

    Returns
    -------
    grad_x : ndarray, shape of ``x``
        It sums to 0 in every channel: a shift of the input changes nothing.
    grad_weight, grad_bias : ndarray, shape (C,)
        Summed over the batch and all places.

    Raises
    ------
    TypeError, ValueError
        As :func:`batch_norm`; also if ``grad_out`` has not the shape of ``x``.

    References
    ----------
    Ioffe and Szegedy, "Batch normalization", 2015, section 3, simplified.

    Examples
    --------
    >>> x = np.array([[1.0], [3.0], [5.0]])
    >>> grad_x, grad_weight, grad_bias = batch_norm_backward(np.ones((3, 1)), x, np.array([2.0]))
    >>> grad_x.round(12).tolist(), grad_bias.tolist()
    ([[0.0], [0.0], [0.0]], [3.0])
    """
    x_hat, scale, weight, _ = _normalise(x, weight, None, eps)
    (grad_out,) = as_floats(grad_out=grad_out)
    check_shape("grad_out", grad_out, x_hat.shape, "that of x")
    axes = (0, *range(2, x_hat.ndim))
    g = grad_out * weight * scale
    centre = g.mean(axis=axes, keepdims=True)
    along = (g * x_hat).mean(axis=axes, keepdims=True)
    return g - centre - x_hat * along, (grad_out * x_hat).sum(axis=axes), grad_out.sum(axis=axes)


def _normalise(x, weight, bias, eps):
    """Return the normalised input, the factor that did it, and the parameters, ready to broadcast."""
    mean, var = batch_statistics(x)
    x, weight = as_floats(x=x, weight=weight)
    bias = np.zeros_like(weight) if bias is None else as_floats(bias=bias)[0]
    for name, array in (("weight", weight), ("bias", bias)):
        check_shape(name, array, x.shape[1:2], f"one number for each channel of x {x.shape}")
    eps = as_number(eps, "eps", 0)
    column = (1, -1) + (1,) * (x.ndim - 2)
    scale = 1 / np.sqrt(var.reshape(column) + eps)
    return (x - mean.reshape(column)) * scale, scale, weight.reshape(column), bias.reshape(column)
