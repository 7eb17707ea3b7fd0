"""What the questions of the chapter on the other layers say about numbers, computed."""

import numpy as np

from cnnbook import (
    BatchNorm1d,
    Dropout,
    batch_norm_backward,
    conv2d,
    cross_entropy,
    softmax,
)


def running_mean(momentum, batches=2):
    layer = BatchNorm1d(1, momentum=momentum, dtype=float)
    for _ in range(batches):
        layer(np.array([[7.0], [9.0]]))
    return round(layer.running_mean.item(), 9)


def sum_of_gradients():
    grad_x, *_ = batch_norm_backward(
        np.array([[1.0], [2], [3], [6]]), np.array([[3.0], [1], [4], [1]]), np.ones(1)
    )
    return abs(round(grad_x.sum().item(), 9))


def scores(p):
    """Return the scores of two classes, the first of which gets a probability."""
    return np.log([[p, 1 - p]])


def right_score():
    return round(cross_entropy(scores(0.9), np.array([0]))[1][0, 0].item(), 9)


NUMBERS = {
    "two-batches": lambda: running_mean(0.1),
    "sum-of-gradients": sum_of_gradients,
    "one-that-stays": lambda: Dropout(0.75, rng=0)(np.full(50, 6.0)).max(),
    "slid-over-a-map": lambda: conv2d(np.zeros((1, 64, 10, 12)), np.zeros((10, 64, 7, 7))).size,
    "gradient-of-the-right-class": right_score,
}


def test_what_the_wrong_answers_are():
    assert (running_mean(0.1, 1), running_mean(0.9)) == (0.8, 7.92)
    assert np.isclose(cross_entropy(scores(0.9), np.array([0]))[0], -np.log(0.9))
    assert round(-np.log(0.9), 4) == 0.1054
    assert round(-1 / 0.9, 4) == -1.1111
    assert np.isclose(softmax(scores(0.9), axis=1)[0, 0], 0.9)
    assert 24 * 10 * 64 == 15360


def test_a_dropped_number_has_no_gradient_and_the_others_are_divided():
    layer = Dropout(0.75, rng=0)
    y = layer(np.ones(50))
    assert set(layer.backward(np.ones(50))[y == 0]) == {0}
    assert set(layer.backward(np.ones(50))[y > 0]) == {4}
