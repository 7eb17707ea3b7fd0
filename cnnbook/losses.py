"""Losses: one number to make small, and its gradient with respect to the prediction."""

from __future__ import annotations

import numpy as np

from cnnbook.activations import log_softmax
from cnnbook.arguments import as_floats, as_reals, check_shape
from cnnbook.half import in_single

__all__ = ["cross_entropy", "mse"]


def _errors(prediction: np.ndarray, target: np.ndarray) -> np.ndarray:
    prediction, target = as_floats(prediction=prediction, target=target)
    check_shape("target", target, prediction.shape, "that of prediction")
    return prediction - target


@in_single
def mse(prediction: np.ndarray, target: np.ndarray) -> tuple[float, np.ndarray]:
    """Take the mean of the squared errors.

    Parameters
    ----------
    prediction, target : ndarray, same shape, not empty, floating point
        What the network says, and what it should say.

    Returns
    -------
    value : float
        The mean over all entries.
    grad : ndarray, shape of ``prediction``
        ``2 * (prediction - target) / size``.

    Raises
    ------
    TypeError
        If an array does not hold floating-point numbers.
    ValueError
        If the shapes differ, or there is no entry.

    References
    ----------
    ``torch.nn.functional.mse_loss``.

    Examples
    --------
    >>> mse(np.array([1.0, 2.0]), np.array([0.0, 4.0]))
    (2.5, array([ 1., -2.]))
    """
    error = _errors(prediction, target)
    if error.size == 0:
        raise ValueError(f"the mean of no entry is not defined: prediction has shape {error.shape}")
    return np.mean(error**2).item(), error * (2 / error.size)


@in_single
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    r"""Take the mean of minus the logarithm of the probability that each label gets.

    .. math::

        L = -\frac{1}{N} \sum_n \log \mathrm{softmax}(z_n)_{y_n}, \qquad
        \frac{\partial L}{\partial z} = \frac{\mathrm{softmax}(z) - \mathrm{onehot}(y)}{N}

    Parameters
    ----------
    logits : ndarray, shape (N, classes), real floating point
        Scores, before any softmax; at least one row.
    labels : ndarray, shape (N,), integer
        The right class of each row, from 0.

    Returns
    -------
    value : float
        The mean over the batch; ``log(classes)`` for a network that knows nothing.
    grad : ndarray, shape and dtype of ``logits``
        It sums to 0 in every row.

    Raises
    ------
    TypeError
        If ``logits`` does not hold real floating-point numbers, or ``labels`` whole numbers.
    ValueError
        If the shapes do not fit one another, there is no row, or a label is out of range.

    References
    ----------
    ``torch.nn.functional.cross_entropy``.

    Examples
    --------
    >>> value, grad = cross_entropy(np.array([[0.0, 0.0]]), np.array([1]))
    >>> round(value, 4), grad
    (0.6931, array([[ 0.5, -0.5]]))
    """
    (logits,) = as_reals(logits=logits)
    labels = np.asarray(labels)
    if labels.dtype.kind not in "ui":
        raise TypeError(f"labels must be whole numbers, got dtype {labels.dtype}")
    if logits.ndim != 2 or 0 in logits.shape:
        raise ValueError(f"logits must have shape (N, classes), neither of them 0, got {logits.shape}")
    N, classes = logits.shape
    check_shape("labels", labels, (N,), f"one label for each row of logits {logits.shape}")
    if labels.min() < 0 or labels.max() >= classes:
        raise ValueError(
            f"labels must be from 0 to {classes - 1} for logits {logits.shape}, "
            f"got {labels.min()} to {labels.max()}"
        )
    log_p = log_softmax(logits, axis=1)
    rows = np.arange(N)
    grad = np.exp(log_p)
    grad[rows, labels] -= 1
    return -np.mean(log_p[rows, labels]).item(), grad / N
