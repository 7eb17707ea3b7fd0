"""What the questions of the chapter on pooling say about numbers, computed."""

import numpy as np

from cnnbook import (
    MaxPool2d,
    avg_pool2d,
    avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
    output_size,
)

PICTURE = np.array([[1.0, 2, 0, 7], [3, 4, 5, 6], [9, 0, 2, 2], [1, 1, 2, 3]])[None, None]


def gradient_of_a_peak():
    x = np.zeros((1, 1, 5, 5))
    x[..., 2, 2] = 1
    return max_pool2d_backward(np.ones((1, 1, 3, 3)), x, 3, 1)[0, 0, 2, 2]


def share_of_a_mean():
    x = np.zeros((1, 1, 9, 9))
    return avg_pool2d_backward(np.full((1, 1, 8, 8), 8.0), x, 2, 1)[0, 0, 4, 4]


NUMBERS = {
    "largest-of-windows": lambda: max_pool2d(PICTURE, 2).sum(),
    "rounded-up": lambda: output_size(112, 3, 2, ceil_mode=True),
    "gradient-of-a-peak": gradient_of_a_peak,
    "weights-saved": lambda: (512 * 7 * 7 * 10) / (512 * 10),
    "parameters-of-pooling": lambda: len(list(MaxPool2d(3).parameters())),
    "channels-after": lambda: max_pool2d(np.zeros((8, 64, 112, 112)), 3, 2, 1).shape[1],
    "share-of-a-mean": share_of_a_mean,
}


def test_what_the_wrong_answers_are():
    assert PICTURE.sum() == 48
    assert avg_pool2d(PICTURE, 2).sum() == 12
    assert PICTURE.max(axis=3).sum() == 25
    assert np.sort(PICTURE.ravel())[-4:].sum() == 27
    assert output_size(112, 3, 2) == 55
    assert output_size(112, 3, 3, ceil_mode=True) == 38
    assert max_pool2d(np.zeros((1, 1, 112, 112)), 3, 2, 1).shape[2:] == (56, 56)
