"""The naive loops, worked by hand; elsewhere they are held against PyTorch and against conv2d."""

import numpy as np

from cnnbook import conv2d_naive


def test_worked_by_hand():
    x = np.array([[1, 2, 0], [0, 1, 4]], float)[None, None]
    weight = np.array([[1, -2], [3, 1]], float)[None, None]
    # 1*1 - 2*2 + 3*0 + 1*1 = -2 and 1*2 - 2*0 + 3*1 + 1*4 = 9, and the bias 10
    assert conv2d_naive(x, weight, np.array([10.0])).tolist() == [[[[8, 19]]]]


def test_channels_are_summed_and_groups_kept_apart():
    x = np.array([2.0, 3.0, 5.0, 7.0]).reshape(1, 4, 1, 1)
    together = conv2d_naive(x, np.ones((1, 4, 1, 1)))
    apart = conv2d_naive(x, np.array([1.0, 10.0, 1.0, 10.0]).reshape(2, 2, 1, 1), groups=2)
    assert together.ravel().tolist() == [17]
    assert apart.ravel().tolist() == [32, 75]
