"""How large signals and gradients are after many layers: expected, measured, stored."""

import numpy as np
import pytest
from scipy import integrate, stats

import cnnbook
from cnnbook.data import results
from cnnbook.depth import expected_sizes, measured_sizes, unwrap

STORED = results("depth")
FUNCTIONS = list(STORED["found"])
GAINS = {"he": 2, "glorot": 1, "sqrt_channels": 18, "sqrt_filters": 18}


def pair(name):
    return getattr(cnnbook, name), getattr(cnnbook, f"{name}_backward")


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("gain", [0.5, 2, 18])
def test_what_is_expected_is_an_integral(name, gain):
    function, backward = pair(name)

    def mean(square, spread):
        def inside(z):
            return square(np.array(spread * z)) * stats.norm.pdf(z)

        return sum(integrate.quad(inside, *ends, epsabs=1e-10)[0] for ends in ((-9, 0), (0, 9)))

    signal, slopes = [gain], []
    for _ in range(3):
        spread = np.sqrt(signal[-1])
        slopes.append(gain * mean(lambda s: backward(np.ones_like(s), s) ** 2, spread))
        signal.append(gain * mean(lambda s: function(s) ** 2, spread))
    found = expected_sizes(function, backward, gain, 3)
    np.testing.assert_allclose(found[0] ** 2, signal[:3], rtol=5e-3)
    np.testing.assert_allclose(found[1] ** 2, [slopes[0] * slopes[1], slopes[1], 1], rtol=5e-3)


def test_unwrap_is_the_adjoint_of_wrapping():
    rng = np.random.default_rng(0)
    x, g = rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(2, 3, 6, 7))
    wrapped = np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="wrap")
    np.testing.assert_allclose(np.vdot(wrapped, g), np.vdot(x, unwrap(g)))


@pytest.mark.parametrize("name", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("rule", ["he", "sqrt_filters"])
def test_a_run_lies_in_its_stored_band_and_near_what_is_expected(name, rule):
    sizes = measured_sizes(*pair(name), getattr(cnnbook, rule), np.random.default_rng(7))
    expected = expected_sizes(*pair(name), GAINS[rule], 20)
    for what, line in zip(("signal", "gradient"), expected, strict=True):
        band = STORED["found"][name][rule][what]
        assert (sizes[what] >= 0.99 * np.array(band["low"])).all()
        assert (sizes[what] <= 1.01 * np.array(band["high"])).all()
        assert np.abs(np.log10(sizes[what] / line)).max() < 0.7


def test_the_gradient_is_that_of_the_signal():
    """Without a bend, what comes back is the transpose of what went forward."""
    rng = np.random.default_rng(1)

    def same(x):
        return x

    def back(grad_out, x):
        return grad_out

    sizes = measured_sizes(same, back, cnnbook.glorot, rng, depth=3, channels=4, side=3, pictures=2)
    assert sizes["signal"].shape == sizes["gradient"].shape == (3,)
    assert not sizes["flat"].any()
    assert sizes["gradient"][-1] == pytest.approx(1, abs=0.2)


def test_units_that_are_flat_for_all_pictures_are_flat():
    for rules in STORED["found"].values():
        for found in rules.values():
            assert (np.array(found["dead"]) <= np.array(found["flat"])).all()
            assert len(found["dead"]) == STORED["depth"] == 20


def test_he_and_relu_keep_their_size():
    signal, gradient = expected_sizes(*pair("relu"), 2, 20)
    np.testing.assert_allclose(signal, 2**0.5)
    np.testing.assert_allclose(gradient, 1)
