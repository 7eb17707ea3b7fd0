"""The fully connected layer: every output sees every input."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import as_floats, check_shape
from cnnbook.half import in_single

__all__ = ["linear", "linear_backward"]


@in_single
def linear(x: np.ndarray, weight: np.ndarray, bias: np.ndarray | None = None) -> np.ndarray:
    """Multiply every row by the transposed weights and add the bias.

    Parameters
    ----------
    x : ndarray, shape (N, features_in), floating point
        A batch of rows.
    weight : ndarray, shape (features_out, features_in), floating point
        One row of weights for each output.
    bias : ndarray, shape (features_out,), floating point, optional
        One number to add for each output.

    Returns
    -------
    y : ndarray, shape (N, features_out)
        ``x @ weight.T + bias``, in the common dtype of the arguments.

    Raises
    ------
    TypeError
        If an array does not hold floating-point numbers.
    ValueError
        If the shapes do not fit one another.

    References
    ----------
    The layout of ``torch.nn.functional.linear``.

    Examples
    --------
    >>> linear(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [0.0, 1.0]]), np.array([10.0, 20.0]))
    array([[21., 22.]])
    """
    x, weight = as_floats(x=x, weight=weight)
    if x.ndim != 2 or weight.ndim != 2 or x.shape[1] != weight.shape[1] or 0 in weight.shape:
        raise ValueError(
            f"x must have shape (N, features_in) and weight (features_out, features_in), with at least "
            f"one feature each, got x {x.shape} and weight {weight.shape}"
        )
    y = x @ weight.T
    if bias is None:
        return y
    (bias,) = as_floats(bias=bias)
    check_shape("bias", bias, weight.shape[:1], f"one number for each row of weight {weight.shape}")
    return y + bias


@in_single
def linear_backward(
    grad_out: np.ndarray, x: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of a loss with respect to the arguments of :func:`linear`.

    Parameters
    ----------
    grad_out : ndarray, shape (N, features_out), floating point
        The gradient of the loss with respect to the output.
    x, weight
        As they were given to :func:`linear`.

    Returns
    -------
    grad_x, grad_weight : ndarray, shapes of ``x`` and ``weight``
        ``grad_out @ weight`` and ``grad_out.T @ x``.
    grad_bias : ndarray, shape (features_out,)
        Like ``grad_weight`` summed over the batch: it is the loss that averages.

    Raises
    ------
    TypeError, ValueError
        As :func:`linear`; also if ``grad_out`` has not the shape of the output.

    References
    ----------
    Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", 1986.

    Examples
    --------
    >>> grad_x, grad_weight, grad_bias = linear_backward(
    ...     np.array([[1.0, 10.0]]), np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [0.0, 1.0]])
    ... )
    >>> grad_x, grad_weight
    (array([[ 3., 14.]]), array([[ 1.,  2.], [10., 20.]]))
    """
    grad_out, x, weight = as_floats(grad_out=grad_out, x=x, weight=weight)
    rule = f"that of the output of x {x.shape} and weight {weight.shape}"
    check_shape("grad_out", grad_out, linear(x, weight).shape, rule)
    return grad_out @ weight, grad_out.T @ x, grad_out.sum(axis=0)
