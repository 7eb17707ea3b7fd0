"""Settings too large to address: what they make no difference to works, anything else is refused by name."""

import numpy as np
import pytest

import cnnbook
from cnnbook.windows import Windows

X, POINT, HUGE = (
    np.arange(8.0).reshape(1, 1, 2, 4),
    np.ones((1, 1, 1, 1)),
    (2**31, 2**62, 2**63, 2**64, 10**30),
)


@pytest.mark.parametrize("huge", HUGE)
def test_a_step_that_is_never_taken_may_be_as_long_as_it_likes(huge):
    conv = cnnbook.conv2d(X, POINT, dilation=huge)
    np.testing.assert_array_equal(conv, X)
    np.testing.assert_array_equal(cnnbook.conv2d(X, POINT, stride=huge), X[..., :1, :1])
    np.testing.assert_array_equal(cnnbook.conv2d_naive(X, POINT, stride=huge, dilation=huge), X[..., :1, :1])
    np.testing.assert_allclose(cnnbook.conv2d_fft(X, POINT, stride=huge, dilation=huge), X[..., :1, :1])
    np.testing.assert_array_equal(cnnbook.im2col(X, 1, dilation=huge), X.reshape(1, 1, 8))
    np.testing.assert_array_equal(cnnbook.im2col(X, 2, stride=huge), cnnbook.im2col(X[..., :2], 2))
    np.testing.assert_array_equal(cnnbook.col2im(np.ones((1, 1, 1)), (2, 4), 1, stride=huge).sum(), 1)
    grads = cnnbook.conv2d_backward(POINT, X, np.ones((1, 1, 2, 2)), stride=huge)
    np.testing.assert_array_equal(grads[0], [[[[1, 1, 0, 0], [1, 1, 0, 0]]]])
    np.testing.assert_array_equal(grads[1], X[..., :2])
    for name in ("max", "avg"):
        pool, backward = getattr(cnnbook, f"{name}_pool2d"), getattr(cnnbook, f"{name}_pool2d_backward")
        np.testing.assert_array_equal(pool(X, 1, stride=huge), X[..., :1, :1])
        np.testing.assert_array_equal(backward(POINT, X, 1, stride=huge), X == 0)
    stamped = cnnbook.conv_transpose2d(POINT, POINT, stride=huge, dilation=huge)
    np.testing.assert_array_equal(stamped, POINT)
    back = cnnbook.conv_transpose2d_backward(POINT, POINT, POINT, stride=huge, dilation=huge)
    for grad in back:
        assert grad.ravel().tolist() == [1]


@pytest.mark.parametrize("huge", HUGE)
@pytest.mark.parametrize(
    "call",
    [
        lambda n: cnnbook.conv2d(X, POINT, padding=n),
        lambda n: cnnbook.conv2d(X, np.ones((1, 1, 2, 2)), padding="full", dilation=n),
        lambda n: cnnbook.conv2d_naive(X, POINT, padding=n),
        lambda n: cnnbook.conv2d_fft(X, POINT, padding=n),
        lambda n: cnnbook.conv2d_winograd(X, np.ones((1, 1, 3, 3)), padding=n),
        lambda n: cnnbook.conv2d_backward(X, X, POINT, padding=n),
        lambda n: cnnbook.im2col(X, 1, padding=n),
        lambda n: cnnbook.im2col(X, n, padding=n),
        lambda n: cnnbook.col2im(np.ones((1, 1, 1)), n, 1, stride=n),
        lambda n: cnnbook.col2im(np.ones((1, 1, 1)), n, n),
        lambda n: cnnbook.conv_transpose2d(X, POINT, stride=n),
        lambda n: cnnbook.conv_transpose2d(POINT, np.ones((1, 1, 2, 2)), dilation=n),
        lambda n: cnnbook.conv_transpose2d(POINT, POINT, stride=n, output_padding=n - 1),
        lambda n: cnnbook.conv_transpose2d(X, POINT, padding=n),
        lambda n: cnnbook.max_pool2d(X, n, padding=n // 2),
        lambda n: cnnbook.avg_pool2d(X, n, padding=n // 2),
        lambda n: cnnbook.he((n, n)),
        lambda n: cnnbook.Linear(n, n),
        lambda n: cnnbook.Conv2d(n, n, 1),
        lambda n: cnnbook.Conv2d(1, 1, n),
    ],
)
def test_what_cannot_be_addressed_is_refused_by_name(call, huge):
    with pytest.raises(
        ValueError, match=r"too large to address|nothing is left|no window fits|cols must have shape"
    ):
        call(huge)


@pytest.mark.parametrize("make", [cnnbook.BatchNorm2d, cnnbook.BatchNorm1d])
def test_so_many_channels_are_refused(make):
    with pytest.raises(ValueError, match="would be too large to address"):
        make(2**64)


def test_only_steps_that_are_never_taken_are_shortened():
    windows = Windows.of((5, 7), (1, 2), stride=(9, 4), dilation=(6, 3))
    assert (windows.stride, windows.dilation, windows.out) == ((5, 4), (1, 3), (1, 1))
