"""Initialisers: the spread they promise, and what it does to a deep network."""

import numpy as np
import pytest

from cnnbook import conv2d, fans, glorot, he, relu, sqrt_channels, sqrt_filters

SHAPE = (64, 32, 3, 5)
SPREADS = [
    (he, 2 / (32 * 15)),
    (glorot, 2 / (32 * 15 + 64 * 15)),
    (sqrt_channels, 2 / 32),
    (sqrt_filters, 2 / 64),
]


@pytest.mark.parametrize(("function", "variance"), SPREADS)
@pytest.mark.parametrize("distribution", ["normal", "uniform"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_mean_spread_and_dtype(function, variance, distribution, dtype):
    weight = function(SHAPE, 0, distribution, dtype)
    assert weight.shape == SHAPE
    assert weight.dtype == dtype
    assert abs(weight.mean()) < 0.02 * np.sqrt(variance)
    assert weight.std() == pytest.approx(np.sqrt(variance), rel=0.02)
    furthest = np.abs(weight).max() / np.sqrt(variance)
    assert furthest < np.sqrt(3) + 1e-6 if distribution == "uniform" else furthest > 3


@pytest.mark.parametrize(("function", "_"), SPREADS)
def test_a_seed_gives_the_same_and_a_generator_goes_on(function, _):
    np.testing.assert_array_equal(function(SHAPE, 7), function(SHAPE, 7))
    rng = np.random.default_rng(7)
    first, second = function(SHAPE, rng), function(SHAPE, rng)
    np.testing.assert_array_equal(first, function(SHAPE, 7))
    assert (first != second).any()
    assert (function(SHAPE) != function(SHAPE)).any()


def test_he_keeps_the_signals_through_ten_layers_and_the_sources_do_not():
    def last_spread(function):
        rng = np.random.default_rng(0)
        x = rng.standard_normal((4, 16, 12, 12))
        for _ in range(10):
            x = relu(conv2d(x, function((16, 16, 3, 3), rng, dtype=float), padding="same"))
        return x.std()

    assert 0.1 < last_spread(he) < 3
    assert last_spread(sqrt_channels) > 1000
    assert last_spread(sqrt_filters) > 1000


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ((3,), ValueError),
        ((3, 4, 5), ValueError),
        (9, ValueError),
        ((3, 0), ValueError),
        ((3, 1.5), TypeError),
    ],
)
@pytest.mark.parametrize("function", [fans, he, glorot, sqrt_channels, sqrt_filters])
def test_refuses_other_shapes(function, shape, kind):
    with pytest.raises(kind, match="shape must be"):
        function(shape)


def test_refuses_another_word():
    with pytest.raises(ValueError, match="distribution must be"):
        he((3, 4), 0, "gaussian")
