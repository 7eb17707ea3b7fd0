"""What the questions of the chapter on the network that reads digits say about numbers, computed."""

import numpy as np

from cnnbook import Adam, Linear, accuracy, cross_entropy, predict
from cnnbook.data import digit_network, digits


def size(layer):
    return sum(value.size for value, _ in layer.parameters())


def first_move(grad=40.0, lr=0.003):
    value = np.zeros(1)
    Adam([(value, np.array([grad]))], lr=lr).step()
    return round(abs(value.item()), 9)


NUMBERS = {
    "loss-at-the-start": lambda: round(cross_entropy(np.zeros((1, 10)), np.array([3]))[0], 2),
    "first-move": first_move,
    "without-pooling": lambda: size(Linear(16 * 8 * 8, 10)),
}


def test_what_the_wrong_answers_are():
    assert size(Linear(256, 10)) == 2570
    assert size(Linear(64, 10)) == 650
    m, s = 0.1 * 40, 0.001 * 40**2
    assert np.isclose(0.003 * m / 40, 0.0003)
    assert round(0.003 * m / np.sqrt(s), 4) == 0.0095
    assert np.isclose(0.003 * 40 / 40**2, 0.000075)
    assert (m, s) == (4, 1.6)


def test_what_two_columns_cost():
    *_, x, y = digits()
    shares = []
    for columns in (0, 1, 2):
        moved = np.zeros_like(x, dtype=float)
        moved[..., columns:] = x[..., : 8 - columns]
        shares.append(accuracy(predict(digit_network(), moved), y))
    assert shares[0] > 0.97
    assert 0.5 < shares[1] < 0.7
    assert abs(shares[2] - 0.1) < 0.03
