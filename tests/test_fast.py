"""Convolution by Fourier transforms and by Winograd's tiles, held against conv2d and against PyTorch."""

from fractions import Fraction
from functools import partial

import numpy as np
import pytest
from convolutions import convolutions, numbers
from hypothesis import given
from hypothesis import strategies as st
from torch_reference import each, load

from cnnbook import (
    conv2d,
    conv2d_backward,
    conv2d_fft,
    conv2d_naive,
    conv2d_winograd,
    conv_fft,
    fast_length,
    gradcheck,
    tuning,
    winograd_matrices,
)
from cnnbook.tiles import Tiles


def off(y, expected):
    """Return the largest error as a share of the largest output."""
    return np.abs(y - expected).max(initial=0) / max(1.0, np.abs(expected).max(initial=0))


@given(convolutions())
def test_by_spectra_it_is_the_same(case):
    y = conv2d_fft(*case.arrays, **case.settings)
    expected = conv2d_naive(*case.arrays, **case.settings)
    assert y.shape == expected.shape
    assert off(y, expected) < 1e-12


@st.composite
def small_kernels(draw):
    """Draw a convolution with kernels of 3x3 and steps of 1, and a size of tiles."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    groups, per_group, kernels = (draw(st.integers(1, 3)) for _ in range(3))
    padding = draw(st.one_of(st.sampled_from(["valid", "same", "full"]), st.integers(0, 3)))
    size = [draw(st.integers(3, 11)) for _ in range(2)]
    x = numbers(rng, draw(st.integers(0, 3)), groups * per_group, *size)
    bias = numbers(rng, groups * kernels) if draw(st.booleans()) else None
    weight = numbers(rng, groups * kernels, per_group, 3, 3)
    return (x, weight, bias), {"padding": padding, "groups": groups}, draw(st.integers(1, 6))


@given(small_kernels())
def test_by_tiles_it_is_the_same(case):
    arrays, settings, m = case
    y = conv2d_winograd(*arrays, **settings, m=m)
    expected = conv2d_naive(*arrays, **settings)
    assert y.shape == expected.shape
    assert off(y, expected) < 1e-11


@each("convolution")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_both_agree_with_pytorch(settings, arrays, dtype):
    x, weight, out = (arrays[name].astype(dtype) for name in ("x", "weight", "out"))
    bias = arrays["bias"].astype(dtype) if "bias" in arrays else None
    ones = all(settings.get(name, 1) in (1, (1, 1)) for name in ("stride", "dilation"))
    ways = [conv2d_fft] + [conv2d_winograd] * (weight.shape[2:] == (3, 3) and ones)
    for way in ways:
        y = way(x, weight, bias, **settings)
        assert y.dtype == dtype
        assert y.shape == out.shape
        assert off(y, out) < 100 * np.finfo(dtype).eps


@given(convolutions(), st.integers(0, 2**32 - 1))
def test_by_spectra_the_gradients_are_adjoints(case, seed):
    its_gradients_are_adjoints(conv2d_fft, case.x, case.weight, seed, case.settings)


@given(small_kernels(), st.integers(0, 2**32 - 1))
def test_by_tiles_the_gradients_are_adjoints(case, seed):
    (x, weight, _), settings, m = case
    its_gradients_are_adjoints(partial(conv2d_winograd, m=m), x, weight, seed, settings)


def its_gradients_are_adjoints(function, x, weight, seed, settings):
    """Hold a way against conv2d_backward: it is linear in the images and in the kernels."""
    y = function(x, weight, **settings)
    g = numbers(np.random.default_rng(seed), *y.shape)

    grad_x, grad_weight, grad_bias = conv2d_backward(g, x, weight, **settings)
    close = {"rel": 1e-11, "abs": 1e-9}
    assert np.vdot(y, g) == pytest.approx(np.vdot(x, grad_x), **close)
    assert np.vdot(y, g) == pytest.approx(np.vdot(weight, grad_weight), **close)
    bias = np.arange(1.0, len(weight) + 1)
    more = function(x, weight, bias, **settings) - y
    assert np.vdot(more, g) == pytest.approx(np.vdot(bias, grad_bias), **close)


GRADCHECKED = {  # a way, the kernels' shape, and settings
    "spectra": (
        conv2d_fft,
        (6, 2, 3, 2),
        {"stride": (2, 1), "padding": (1, 2), "dilation": (1, 2), "groups": 2},
    ),
    "spectra, plain": (conv2d_fft, (3, 4, 5, 3), {"padding": 1}),
    "tiles": (conv2d_winograd, (6, 2, 3, 3), {"padding": (1, 2), "groups": 2}),
    "tiles, large": (partial(conv2d_winograd, m=4), (3, 4, 3, 3), {}),
}


@pytest.mark.parametrize("name", GRADCHECKED)
def test_numeric_gradients_of_both_are_those_of_conv2d(name):
    function, shape, settings = GRADCHECKED[name]
    rng = np.random.default_rng(0)
    arrays = [rng.standard_normal(one) for one in ((2, 4, 5, 6), shape, shape[:1])]
    gradcheck(
        lambda x, weight, bias: function(x, weight, bias, **settings),
        lambda grad_out, x, weight, bias: conv2d_backward(grad_out, x, weight, **settings),
        *arrays,
    )


def test_pytorchs_cases_try_both():
    cases = [(settings, arrays["weight"].shape) for settings, arrays in load("convolution")]
    assert any(shape[2:] == (3, 3) and settings.get("stride", 1) in (1, [1, 1]) for settings, shape in cases)


@pytest.mark.parametrize("function", [conv2d_fft, conv2d_winograd])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex128])
def test_many_images_and_tiles_are_taken_in_parts(function, dtype, monkeypatch):
    rng = np.random.default_rng(0)
    x, weight, bias = (rng.normal(size=shape).astype(dtype) for shape in [(7, 3, 13, 17), (4, 3, 3, 3), (4,)])
    if dtype == np.complex128:
        x, weight = x * (1 + 2j), weight * (3 - 1j)
    monkeypatch.setattr(tuning, "MOST_TILES", 5)
    monkeypatch.setattr(conv_fft, "best_step", lambda *_: 4)
    y = function(x, weight, bias, padding=1)
    assert y.dtype == dtype
    assert off(y, conv2d(x, weight, bias, padding=1)) < (1e-5 if dtype == np.float32 else 1e-13)


@pytest.mark.parametrize("m", range(1, 7))
@pytest.mark.parametrize("r", range(1, 6))
def test_the_matrices_are_exact(m, r):
    AT, G, BT = winograd_matrices(m, r)
    rng = np.random.default_rng(m * r)
    x, w = (np.array([Fraction(int(n), 3) for n in rng.integers(-9, 10, size)]) for size in (m + r - 1, r))
    y = AT @ ((G @ w) * (BT @ x))
    assert y.tolist() == [sum(x[i + u] * w[u] for u in range(r)) for i in range(m)]
    assert {number.denominator for number in BT.ravel()} == {1}


def test_any_different_points_do():
    AT, G, BT = winograd_matrices(2, 3, points=[Fraction(2, 3), 5, -7])
    x, w = np.arange(4), np.array([1, -2, 4])
    assert (AT @ ((G @ w) * (BT @ x))).tolist() == [6, 9]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((2, 3, [0, 1]), r"F\(2, 3\) needs m \+ r - 2 = 3 different points, got 0, 1"),
        ((2, 3, [0, 1, 1]), r"needs m \+ r - 2 = 3 different points, got 0, 1, 1"),
        ((2, 3, []), "got none"),
        ((9, 9), r"F\(9, 9\) needs 16 points, and only 11 are known"),
        ((0, 3), "m must be at least 1"),
        ((10**30, 3), "only 11 are known"),
    ],
)
def test_refuses_other_points(arguments, message):
    with pytest.raises(ValueError, match=message):
        winograd_matrices(*arguments)


@pytest.mark.parametrize(
    ("shape", "settings"),
    [
        ((2, 1, 5, 5), {}),
        ((2, 1, 3, 2), {}),
        ((2, 1, 3, 3), {"stride": 2}),
        ((2, 1, 3, 3), {"dilation": (1, 2)}),
    ],
)
def test_where_there_are_no_tiles_it_says_what_to_use(shape, settings):
    with pytest.raises(ValueError, match=r"for kernels of 3x3 at stride 1 and dilation 1, got .*use conv2d"):
        conv2d_winograd(np.ones((1, 1, 9, 9)), np.ones(shape), **settings)


def test_quick_lengths_have_small_factors():
    for n in range(1, 400):
        quick = fast_length(n)
        assert n <= quick <= 1.25 * n + 1
        assert 60**12 % quick == 0


@pytest.mark.parametrize("step", [(1, 1), (2, 3), (5, 4), (8, 9)])
def test_tiles_cover_each_output_once(step):
    tiles = Tiles((7, 9), step, (3, 2))
    x = np.arange(2 * 9 * 10).reshape(1, 2, 9, 10)
    cut = tiles.cut(x)
    assert cut.shape == (1, 2, *tiles.grid, *tiles.size)
    np.testing.assert_array_equal(tiles.join(cut[..., : step[0], : step[1]]), x[:, :, :7, :9])
