"""Training: batches in random order, the loss, its gradient, a step - again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from cnnbook.init import Seed
from cnnbook.layers import Layer
from cnnbook.losses import cross_entropy
from cnnbook.optim import Optimiser
from cnnbook.shapes import as_int

__all__ = ["accuracy", "fit", "predict"]

History = dict[str, list[float]]
Metric = Callable[[np.ndarray, np.ndarray], float]


def accuracy(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the part of the rows whose largest score is that of the right class.

    Parameters
    ----------
    logits : ndarray, shape (N, classes), any real dtype
        Scores; at least one row.
    labels : ndarray, shape (N,), integer
        The right class of each row.

    Returns
    -------
    part : float
        From 0 to 1.

    Raises
    ------
    TypeError
        If ``labels`` are not whole numbers.
    ValueError
        If the shapes do not fit one another, or there is no row.

    References
    ----------
    Top-1 accuracy, as everywhere.

    Examples
    --------
    >>> accuracy(np.array([[2.0, 1.0], [0.0, 3.0]]), np.array([0, 0]))
    0.5
    """
    logits, labels = np.asarray(logits), np.asarray(labels)
    if labels.dtype.kind not in "ui":
        raise TypeError(f"labels must be whole numbers, got dtype {labels.dtype}")
    if logits.ndim != 2 or 0 in logits.shape or labels.shape != logits.shape[:1]:
        raise ValueError(
            f"logits must have shape (N, classes) and labels (N,), with at least one row, "
            f"got {logits.shape} and {labels.shape}"
        )
    return np.mean(logits.argmax(axis=1) == labels).item()


def predict(model: Layer, x: np.ndarray, batch_size: int = 256) -> np.ndarray:
    """Apply a model in evaluation mode, some images at a time; its mode is put back after.

    Parameters
    ----------
    model : Layer
        The model.
    x : ndarray, shape (N, ...), floating point
        The input.
    batch_size : int
        How many images to take at a time.

    Returns
    -------
    y : ndarray, shape (N, ...)
        The outputs, one after the other.

    Raises
    ------
    TypeError, ValueError
        As the model's ``forward``; also if ``batch_size`` is not a whole number of at least 1.

    References
    ----------
    Nothing but the definition.

    Examples
    --------
    >>> from cnnbook.layers import ReLU
    >>> predict(ReLU(), np.array([[-1.0], [1.0], [2.0]]), batch_size=2).ravel()
    array([0., 1., 2.])
    """
    batch_size = as_int(batch_size, "batch_size", 1)
    x = np.asarray(x)
    modes = _modes(model)
    try:
        model.eval()
        starts = range(0, max(len(x), 1), batch_size)
        return np.concatenate([model.forward(x[start : start + batch_size]) for start in starts])
    finally:
        for layer, mode in modes:
            layer.training = mode


def _modes(layer: Layer) -> list[tuple[Layer, bool]]:
    return [(layer, layer.training)] + [pair for child in layer.children().values() for pair in _modes(child)]


def fit(
    model: Layer,
    x: np.ndarray,
    y: np.ndarray,
    optimiser: Optimiser,
    *,
    loss: Callable[[np.ndarray, np.ndarray], tuple[float, np.ndarray]] = cross_entropy,
    epochs: int = 10,
    batch_size: int = 32,
    rng: Seed = None,
    validation: tuple[np.ndarray, np.ndarray] | None = None,
    metrics: Mapping[str, Metric] | None = None,
    progress: bool = True,
) -> History:
    """Train a model, and keep a record of each epoch.

    Parameters
    ----------
    model : Layer
        Trained in place, and left in training mode.
    x, y : ndarray, shapes (N, ...)
        Inputs and targets, at least one.
    optimiser : Optimiser
        Made with the model's ``parameters()``.
    loss : callable
        ``loss(output, target)`` returns the mean over the batch, and its gradient.
    epochs, batch_size : int
        How often to go through the data, and how much of it to take at a time; the last batch of
        an epoch may be smaller.
    rng : numpy.random.Generator or int, optional
        For the order of the data, or a seed.
    validation : (ndarray, ndarray), optional
        Inputs and targets to look at after each epoch, in evaluation mode.
    metrics : dict of callables, optional
        ``metric(output, target)`` returns a float. By default the accuracy, if the targets are whole
        numbers.
    progress : bool
        Show a bar; needs tqdm.

    Returns
    -------
    history : dict of lists
        One entry an epoch: ``"loss"`` and each metric, averaged over the batches as they came, and the
        same with ``"validation_"`` before the name.

    Raises
    ------
    TypeError, ValueError
        If ``x`` and ``y`` differ in length or are empty, or a number is out of its range.
    FloatingPointError
        If the loss is not finite any more: the learning rate is probably too large.

    References
    ----------
    Robbins and Monro, "A stochastic approximation method", 1951.

    Examples
    --------
    >>> from cnnbook import SGD, Linear, mse
    >>> x = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> model = Linear(1, 1, rng=0, dtype=float)
    >>> options = {"loss": mse, "epochs": 100, "batch_size": 2, "rng": 0, "progress": False}
    >>> history = fit(model, x, 3 * x + 1, SGD(model.parameters(), lr=0.1), **options)
    >>> model.weight.round(2), model.bias.round(2)
    (array([[3.]]), array([1.]))
    """
    x, y = np.asarray(x), np.asarray(y)
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y) or len(x) == 0:
        raise ValueError(f"x and y must have the same length, at least 1, got shapes {x.shape} and {y.shape}")
    epochs, batch_size = as_int(epochs, "epochs", 1), as_int(batch_size, "batch_size", 1)
    if metrics is None:
        metrics = {"accuracy": accuracy} if y.dtype.kind in "ui" else {}
    rng = np.random.default_rng(rng)
    history: History = {}
    for _ in _counter(epochs, progress):
        model.train()
        totals = dict.fromkeys(("loss", *metrics), 0.0)
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            output = model.forward(x[batch])
            value, grad = loss(output, y[batch])
            if not np.isfinite(value):
                raise FloatingPointError(f"the loss became {value}: try a smaller learning rate")
            model.parameters_backward(grad)
            optimiser.step()
            totals["loss"] += value * len(batch)
            for name, metric in metrics.items():
                totals[name] += metric(output, y[batch]) * len(batch)
        record = {name: total / len(x) for name, total in totals.items()}
        if validation is not None:
            output = predict(model, validation[0])
            record["validation_loss"] = loss(output, validation[1])[0]
            for name, metric in metrics.items():
                record[f"validation_{name}"] = metric(output, validation[1])
        for name, value in record.items():
            history.setdefault(name, []).append(value)
    return history


def _counter(epochs: int, progress: bool) -> range:
    """Return a range, with a progress bar if asked for."""
    if not progress:
        return range(epochs)
    from tqdm import trange

    return trange(epochs, desc="epochs")
