"""What the questions about im2col say about numbers, computed."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnbook import col2im, im2col


def wide_of_five():
    """Return a wide matrix, batch last, whose entries say which picture they came from."""
    pictures = np.broadcast_to(np.arange(5)[:, None, None, None], (5, 1, 4, 4))
    return im2col(pictures, 2).transpose(1, 2, 0).reshape(4, -1)


def factor(kernel_size, stride, side=512):
    return im2col(np.zeros((1, 1, side, side), np.int8), kernel_size, stride, kernel_size // 2).size / side**2


NUMBERS = {
    "how-many-columns": lambda: im2col(np.zeros((1, 1, 4, 4)), 2, padding=1).shape[2],
    "batch-last": lambda: wide_of_five()[0, 7],
    "memory-factor": lambda: factor(3, 1),
    "slopes-a-pixel": lambda: col2im(np.ones((1, 16, 49)), 16, 4, stride=2)[0, 0, 8, 8],
}


def test_which_of_the_answers_copy():
    a = np.zeros((8, 8))
    index = np.arange(5)
    made = [
        sliding_window_view(a, (3, 3)),
        sliding_window_view(a, (3, 3)).reshape(-1, 9),
        a[::2, ::2],
        a.T,
        a.take(index),
    ]
    assert [not np.shares_memory(a, array) for array in made] == [False, True, False, False, True]


def test_the_reshape_puts_all_pictures_of_four_filters_into_the_first():
    product = np.arange(20)[:, None] + np.zeros((20, 500))
    assert np.unique(product.reshape(5, 20, 10, 10)[0]).tolist() == [0, 1, 2, 3]
