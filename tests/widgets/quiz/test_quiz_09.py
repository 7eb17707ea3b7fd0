"""What the questions of the chapter on activations say about numbers, computed."""

import numpy as np
from scipy import optimize

from cnnbook import he, relu, relu_backward, sigmoid, sigmoid_backward, sqrt_channels, tanh_backward
from cnnbook.depth import expected_sizes

WINDOWS = np.array([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
DIFFER = np.array([0.0, 1, 1, 0])


def best_of_a_line():
    answers = WINDOWS @ np.linalg.lstsq(WINDOWS, DIFFER)[0]
    assert np.ptp(answers) < 1e-12
    return answers[0].round(12)


def steepest_sigmoid():
    found = optimize.minimize_scalar(lambda x: -sigmoid_backward(1.0, x), bounds=(-5, 5))
    return round(-found.fun, 6)


def size_per_layer():
    ratio = (sqrt_channels((64, 64, 3, 3), 0).var() * 64 * 9 / 2) ** 0.5
    return round(float(ratio), 1)


NUMBERS = {
    "xor-by-a-line": best_of_a_line,
    "slope-of-sigmoid": steepest_sigmoid,
    "size-per-layer": size_per_layer,
    "gradient-of-a-relu": lambda: relu_backward(np.array(5.0), np.array(-2.0)),
    "slope-from-value": lambda: tanh_backward(np.array(1.0), np.arctanh(0.6)).round(12),
    "he-by-hand": lambda: round((2 / (32 * 9)) ** 0.5, 4),
}


def test_what_the_wrong_answers_are():
    assert round((2 / 32) ** 0.5, 4) == 0.25
    assert round(2 / 288, 4) == 0.0069
    assert round((1 / 288) ** 0.5, 4) == 0.0589
    assert round((2 / 9) ** 0.5, 4) == 0.4714
    assert abs(he((400, 32, 3, 3), 0).std() - 0.0833) < 1e-3


def test_sigmoids_in_a_row_hand_back_hardly_any_gradient_and_relus_all_of_it():
    assert expected_sizes(sigmoid, sigmoid_backward, 2, 20)[1][0] < 1e-8
    np.testing.assert_allclose(expected_sizes(relu, relu_backward, 2, 20)[1], 1)
