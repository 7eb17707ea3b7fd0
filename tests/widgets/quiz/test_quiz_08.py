"""What the questions of the chapter on pooling say about numbers, computed."""

import numpy as np
import pytest
from test_quiz_07 import wrong_numbers

from cnnbook import (
    Conv2d,
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


def test_height_and_width_of_what_is_pooled():
    assert max_pool2d(np.zeros((1, 1, 112, 112)), 3, 2, 1).shape[2:] == (56, 56)


# What somebody computes who makes the mistake that the feedback of a wrong number names.
WRONG = {
    "largest-of-windows": {
        48: lambda: PICTURE.sum(),
        12: lambda: avg_pool2d(PICTURE, 2).sum(),
        25: lambda: PICTURE.max(axis=3).sum(),
        27: lambda: np.sort(PICTURE.ravel())[-4:].sum(),
    },
    "rounded-up": {
        55: lambda: output_size(112, 3, 2),
        57: lambda: 55 + 1 + 1,
        54.5: lambda: (112 - 3) / 2,
        38: lambda: output_size(112, 3, 3, ceil_mode=True),
    },
    "gradient-of-a-peak": {
        1: lambda: 1,
        4: lambda: (5 - 3) ** 2,
        0.1111: lambda: round(avg_pool2d_backward(np.ones((1, 1, 1, 1)), np.zeros((1, 1, 3, 3)), 3).max(), 4),
        0: lambda: 0,
    },
    "weights-saved": {7: lambda: 7, 512: lambda: 512, 250880: lambda: 512 * 7 * 7 * 10, 10: lambda: 10},
    "parameters-of-pooling": {
        9: lambda: 3 * 3,
        576: lambda: Conv2d(64, 64, 3, groups=64).weight.size,
        64: lambda: 64,
    },
    "channels-after": {
        32: lambda: 64 / 2,
        56: lambda: output_size(112, 3, 2, 1),
        1: lambda: 1,
        512: lambda: 8 * 64,
    },
    "share-of-a-mean": {
        2: lambda: avg_pool2d_backward(np.full((1, 1, 1, 1), 8.0), np.zeros((1, 1, 2, 2)), 2, 1).max(),
        32: lambda: 4 * 8,
        4: lambda: 2 * 2,
    },
}


@pytest.mark.parametrize(("name", "numbers"), wrong_numbers("08_pooling").items())
def test_a_wrong_number_is_what_its_feedback_says(name, numbers):
    assert sorted(WRONG[name]) == sorted(numbers)
    for number, mistake in WRONG[name].items():
        assert mistake() == number
