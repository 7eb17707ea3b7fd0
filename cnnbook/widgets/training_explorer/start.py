"""Where a training on the page begins: its digits, its network, its first weights and its order."""

from __future__ import annotations

import numpy as np

from cnnbook.data import digits
from cnnbook.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential, Tanh
from cnnbook.widgets.shared.mixing import uniform

__all__ = ["ACTIVATIONS", "Order", "first_weights", "flat", "held_out_rows", "load", "network", "parts"]

ACTIVATIONS = {"ReLU": ReLU, "tanh": Tanh}
PLACES = 65536  # more than any network here has weights


class Order(np.random.Generator):
    """The order in which :func:`cnnbook.fit` takes the pictures, drawn as the page draws it.

    Parameters
    ----------
    seed : int
        From 0.
    epoch : int
        How many epochs are over.

    Examples
    --------
    >>> order = Order(0)
    >>> order.permutation(5), order.permutation(5)
    (array([1, 3, 4, 2, 0]), array([2, 1, 0, 3, 4]))
    """

    def __init__(self, seed: int, epoch: int = 0) -> None:
        super().__init__(np.random.PCG64(seed))
        self.epoch, self.seed = epoch, seed

    def permutation(self, n: int) -> np.ndarray:  # type: ignore[override]
        """Return the order of the next epoch."""
        beginning = 2**31 + (1000 * self.seed + self.epoch) * 2048
        self.epoch += 1
        return np.argsort(uniform(beginning, n), kind="stable")


def held_out_rows(count: int) -> np.ndarray:
    """Return which of the training pictures are held out: every sixth."""
    return np.arange(count) % 6 == 5


def parts() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the pictures to learn from with their labels, and those that are held out, in float64.

    All of them are training pictures of :func:`cnnbook.data.digits`: what a reader tries out here must
    not choose by the test pictures.
    """
    x, y, *_ = digits()
    held_out = held_out_rows(len(x))
    x = x.astype(float)
    return x[~held_out], y[~held_out], x[held_out], y[held_out]


def network(filters: int, activation: str, pooling: bool) -> Sequential:
    """Return the book's digit network in float64, its weights 0.

    Parameters
    ----------
    filters : int
        Filters of each of its two convolutions.
    activation : str
        A key of ``ACTIVATIONS``.
    pooling : bool
        Whether there is a max pooling.
    """
    side, between = (4, [MaxPool2d(2)]) if pooling else (8, [])
    act = ACTIVATIONS[activation]
    model = Sequential(
        Conv2d(1, filters, 3, padding=1, rng=0, dtype=float),
        act(),
        Conv2d(filters, filters, 3, padding=1, rng=0, dtype=float),
        act(),
        *between,
        Flatten(),
        Linear(filters * side * side, 10, rng=0, dtype=float),
    )
    load(model, np.zeros(flat(model).size))
    return model


def flat(model: Sequential) -> np.ndarray:
    """Return all weights in one row."""
    return np.concatenate([value.ravel() for value, _ in model.parameters()])


def load(model: Sequential, weights: np.ndarray) -> None:
    """Copy a row of weights into a network."""
    start = 0
    for value, _ in model.parameters():
        value[...] = weights[start : start + value.size].reshape(value.shape)
        start += value.size


def first_weights(model: Sequential, seed: int) -> np.ndarray:
    """Draw the first weights as :func:`cnnbook.he` does with a uniform distribution; biases are 0."""
    drawn, place = [], seed * PLACES
    for value, _ in model.parameters():
        drawn.append(np.zeros(value.size))
        if value.ndim > 1:
            drawn[-1] += np.sqrt(6 / value[0].size) * (2 * uniform(place, value.size) - 1)
        place += value.size
    return np.concatenate(drawn)
