"""Half precision: sums, means, products and squares are right, and only what comes out is rounded."""

import numpy as np
import pytest
from test_every_function import CALLS

import cnnbook
from cnnbook.data import to_grey
from cnnbook.half import in_single, wide

h = np.float16


def ones(*shape, value=1):
    return np.full(shape, value, h)


SUMS = {  # name: (what is computed, its value)
    "avg_pool2d": (lambda: cnnbook.avg_pool2d(ones(1, 1, 64, 64), 64), 1),
    "avg_pool2d of large numbers": (lambda: cnnbook.avg_pool2d(ones(1, 1, 2, 2, value=60000), 2), 60000),
    "avg_pool2d_backward": (
        lambda: cnnbook.avg_pool2d_backward(ones(1, 1, 1, 4096), ones(1, 1, 1, 8191), (1, 4096), 1)[
            ..., 4095
        ],
        1,
    ),
    "global_avg_pool2d": (lambda: cnnbook.global_avg_pool2d(ones(1, 1, 4, 4, value=60000)), 60000),
    "global_avg_pool2d_backward": (
        lambda: cnnbook.global_avg_pool2d_backward(ones(1, 1, value=8), ones(1, 1, 300, 300))[0, 0, :2, 0],
        8 / 90000,
    ),
    "max_pool2d_backward": (
        lambda: cnnbook.max_pool2d_backward(
            ones(1, 1, 1, 4096), ones(1, 1, 1, 4096), 1, indices=np.zeros((1, 1, 1, 4096), int)
        )[..., 0],
        4096,
    ),
    "linear": (lambda: cnnbook.linear(ones(1, 4096), ones(2, 4096), ones(2, value=-4000)), 96),
    "linear_backward": (
        lambda: cnnbook.linear_backward(ones(4096, 3), ones(4096, 2), ones(3, 2))[1:],
        4096,
    ),
    "conv2d": (lambda: cnnbook.conv2d(ones(1, 1, 64, 64), ones(1, 1, 64, 64), ones(1)), 4096),
    "conv2d with a bias that brings it back": (
        lambda: cnnbook.conv2d(
            ones(1, 1, 1, 2, value=300), ones(1, 1, 1, 2, value=300), ones(1, value=-60000)
        ),
        np.inf,
    ),
    "conv2d_naive": (lambda: cnnbook.conv2d_naive(ones(1, 1, 64, 64), ones(1, 1, 64, 64)), 4096),
    "conv2d_fft": (lambda: cnnbook.conv2d_fft(ones(1, 1, 64, 64), ones(1, 1, 64, 64)), 4096),
    "conv2d_winograd": (lambda: cnnbook.conv2d_winograd(ones(1, 512, 3, 3), ones(1, 512, 3, 3)), 4608),
    "conv2d_backward": (
        lambda: cnnbook.conv2d_backward(ones(1, 1, 64, 64), ones(1, 1, 64, 64), ones(1, 1, 1, 1))[1:],
        4096,
    ),
    "conv2d_backward in several blocks": (
        lambda: cnnbook.conv2d_backward(ones(2600, 1, 1, 1), ones(2600, 1, 16, 16), ones(1, 1, 16, 16))[1:],
        2600,
    ),
    "conv_transpose2d": (
        lambda: cnnbook.conv_transpose2d(ones(1, 1, 1, 2100), ones(1, 1, 1, 2100))[..., 2099],
        2100,
    ),
    "conv_transpose2d with stride": (
        lambda: cnnbook.conv_transpose2d(ones(1, 1, 1, 2100), ones(1, 1, 1, 4200), stride=2)[..., 4199],
        2100,
    ),
    "conv_transpose2d_backward": (
        lambda: cnnbook.conv_transpose2d_backward(ones(1, 1, 64, 64), ones(1, 1, 64, 64), ones(1, 1, 1, 1))[
            1:
        ],
        4096,
    ),
    "cross_correlate2d": (lambda: cnnbook.cross_correlate2d(ones(64, 64), ones(64, 64)), 4096),
    "convolve2d": (lambda: cnnbook.convolve2d(ones(64, 64), ones(64, 64)), 4096),
    "col2im": (lambda: cnnbook.col2im(ones(1, 2100, 2100), (1, 4199), (1, 2100))[..., 2099], 2100),
    "batch_statistics": (lambda: cnnbook.batch_statistics(ones(2, 1) * h([[300], [-300]]))[0], 0),
    "batch_norm": (
        lambda: np.abs(cnnbook.batch_norm(h([[30000], [-30000]]), ones(1), ones(1, value=0))),
        1,
    ),
    "batch_norm_backward": (
        lambda: cnnbook.batch_norm_backward(ones(4096, 1), h([[-1], [1]] * 2048), ones(1))[2],
        4096,
    ),
    "mse": (lambda: [np.array(cnnbook.mse(ones(2, value=300), ones(2, value=0))[0], h)], np.inf),
    "softmax": (lambda: cnnbook.softmax(ones(4096), axis=0) * 4096, 1),
    "softmax_backward": (
        lambda: cnnbook.softmax_backward(h([1] * 4096 + [0] * 4096), ones(8192))[:4096],
        0.5 / 8192,
    ),
    "log_softmax_backward": (
        lambda: cnnbook.log_softmax_backward(ones(4096), ones(4096)),
        0,
    ),
    "tanh_backward": (lambda: cnnbook.tanh_backward(ones(1), ones(1, value=5)), 1 - np.tanh(5.0) ** 2),
    "gaussian": (lambda: cnnbook.gaussian(h([2.998])), np.exp(-(float(h(2.998)) ** 2))),
    "gelu_backward": (
        lambda: cnnbook.gelu_backward(ones(1), ones(1, value=60), approximate="tanh"),
        1,
    ),
    "to_grey": (lambda: to_grey(ones(2, 2, 3, value=255)), 255),
}


@pytest.mark.parametrize("name", SUMS)
def test_the_value_is_right(name):
    compute, expected = SUMS[name]
    with np.errstate(over="ignore"):
        found = compute()
        rounded = np.asarray(expected, float).astype(h)
    for part in found if isinstance(found, (tuple, list)) else (found,):
        assert part.dtype == h
        np.testing.assert_array_equal(part, np.full(part.shape, rounded))


def test_losses_of_large_errors_are_finite():
    value, grad = cnnbook.mse(ones(4, value=300), ones(4, value=-300))
    assert value == 360000
    np.testing.assert_array_equal(grad, np.full(4, 300, h), strict=True)
    big = ones(70000, 2, value=0)
    value, grad = cnnbook.cross_entropy(big, np.zeros(70000, int))
    assert value == pytest.approx(np.log(2), rel=1e-6)
    np.testing.assert_array_equal(grad, np.tile(np.array([-0.5 / 70000, 0.5 / 70000]).astype(h), (70000, 1)))


@pytest.mark.parametrize("name", CALLS)
def test_what_comes_out_is_the_rounded_result_of_exact_numbers(name):
    arrays = [
        np.random.default_rng(0).integers(-99, 99, shape).astype(h) / h(8) for shape in CALLS[name][0](3)
    ]
    found, exact = (
        getattr(cnnbook, name)(*[array.astype(dtype) for array in arrays], **CALLS[name][1])
        for dtype in (h, np.float32)
    )
    pairs = zip(found, exact, strict=True) if isinstance(found, tuple) else [(found, exact)]
    for part, whole in pairs:
        if isinstance(part, float):
            assert part == whole
        elif part.dtype.kind == "f":
            with np.errstate(over="ignore"):
                np.testing.assert_array_equal(part, whole.astype(h), strict=True)


def test_two_kinds_of_numbers_have_the_wider_one():
    y = cnnbook.conv2d(ones(1, 1, 64, 64), np.ones((1, 1, 64, 64), np.float32))
    np.testing.assert_array_equal(y, np.full((1, 1, 1, 1), 4096, np.float32), strict=True)
    grad = cnnbook.avg_pool2d_backward(ones(1, 1, 1, 1), np.ones((1, 1, 2, 2)), 2)
    assert grad.dtype == h


def test_by_keyword_and_in_tuples():
    @in_single
    def both(x, times=1):
        return times * x.cumsum()[-1:], "word"

    value, word = both(x=ones(4096), times=2)
    np.testing.assert_array_equal(value, np.array([8192], h), strict=True)
    assert word == "word"


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex64, np.int8])
def test_other_arrays_stay_what_they_are(dtype):
    x = np.ones(3, dtype)
    assert wide(x) is x


@pytest.mark.parametrize("make", [cnnbook.Adam, cnnbook.SGD])
def test_optimisers_remember_squares_that_half_precision_cannot_hold(make):
    for gradient in (1e-4, 300.0, 60000.0):
        moved = []
        for dtype in (h, np.float32):
            value, grad = np.ones(2, dtype), np.full(2, gradient, h).astype(dtype)
            optimiser = make([(value, grad)], lr=1 / 1024 if make is not cnnbook.SGD else 1 / gradient)
            for _ in range(3):
                optimiser.step()
            moved.append(value)
        assert moved[0].dtype == h
        np.testing.assert_allclose(moved[0], moved[1], atol=2e-3)
        assert (moved[1] != 1).all()


def test_batch_norm_in_half_precision_keeps_statistics_of_large_batches():
    x = np.tile(np.array([[[[-1]]], [[[1]]]], h), (1, 1, 200, 200))
    layer = cnnbook.BatchNorm2d(1, momentum=1)
    layer(x)
    np.testing.assert_allclose(layer.running_var, 1, rtol=1e-4)
    half = cnnbook.BatchNorm2d(1, dtype=h).eval()
    assert half(x).dtype == h
    grad = half.backward(np.full_like(x, 0.5))
    assert grad.dtype == h
    assert half.grad_bias[0] == h(40000)
    np.testing.assert_allclose(half.grad_weight, 0, atol=1e-3)
