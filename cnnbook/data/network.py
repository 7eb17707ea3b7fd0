"""The network that the book trains on its digits, and the weights that it found."""

from __future__ import annotations

from importlib.resources import files

import numpy as np

from cnnbook.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential

__all__ = ["digit_network"]


def digit_network() -> Sequential:
    """Return the network that reads digits, as the chapter on it has trained it.

    Returns
    -------
    network : Sequential
        For pictures of shape (N, 1, 8, 8), as :func:`cnnbook.data.digits` returns them; ten scores
        each. In evaluation mode, in float64; a new one at every call.

    Notes
    -----
    Two convolutions of 3 by 3, 16 channels each and with a ReLU, max pooling by 2, and a fully
    connected layer. The weights are stored in float32. ``python benchmarks/digits.py --weights``
    trains it in float64 with the seed 0, on four fifths of the training rows, and stores them.

    Examples
    --------
    >>> from cnnbook.data import digits
    >>> *_, x_test, y_test = digits()
    >>> digit_network()(x_test[:6]).argmax(axis=1), y_test[:6]
    (array([2, 2, 3, 0, 8, 8]), array([2, 2, 3, 0, 8, 8]))
    """
    network = Sequential(
        Conv2d(1, 16, 3, padding=1, dtype=float),
        ReLU(),
        Conv2d(16, 16, 3, padding=1, dtype=float),
        ReLU(),
        MaxPool2d(2),
        Flatten(),
        Linear(256, 10, dtype=float),
    )
    with files(__package__).joinpath("digit_network.npz").open("rb") as stream, np.load(stream) as archive:
        network.load_state_dict({name: archive[name].astype(float) for name in archive.files})
    network.eval()
    return network
