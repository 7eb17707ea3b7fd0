"""The code that the chapter on activations teaches is right, and what the chapter says is so."""

import re

import numpy as np
import pytest
from chapter import Chapter
from claims import numbers
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import signal, special

import cnnbook
from cnnbook.data import photo, results
from cnnbook.kernels import image_kernel
from cnnbook.listing import powers_of_ten

chapter = Chapter("09_activations")
taught = chapter.taught()
GREY = photo(grey=True).astype(float)
FOUND = results("depth")["found"]
RULES = ("he", "glorot", "sqrt_channels")
BACK = {
    f"{name}_backward": getattr(cnnbook, f"{name}_backward")
    for name in ("relu", "leaky_relu", "elu", "softplus", "silu", "gelu", "sigmoid", "tanh", "gaussian")
}
said = chapter.told


def rows(name):
    """Return the numbers of each row of a table, without its headings."""
    lines = [line.split("|")[1:-1] for line in said(name).splitlines() if line.startswith("|")][2:]
    return {row[0].strip(): numbers(" ".join(row[1:]).replace("to −", "to  −")) for row in lines}


@given(arrays.arrays(float, st.integers(1, 9), elements=st.floats(-1e3, 1e3)), st.floats(-9, 9))
def test_what_is_taught_is_the_package_and_scipy(x, g):
    grad_out = np.full_like(x, g)
    np.testing.assert_array_equal(taught.relu_forward(x), cnnbook.relu(x))
    np.testing.assert_array_equal(taught.relu_back(grad_out, x), cnnbook.relu_backward(grad_out, x))
    np.testing.assert_allclose(taught.sigmoid_stable(x), special.expit(x), rtol=1e-13, atol=1e-300)


def test_the_slope_of_the_sigmoid_is_the_complex_steps():
    x = np.linspace(-30, 30, 61)
    expected = np.imag(1 / (1 + np.exp(-x - 1e-30j))) / 1e-30
    scope = chapter.defined_by("stable")
    np.testing.assert_allclose(scope["sigmoid_back"](2.0, x), 2 * expected, rtol=1e-13)
    far = [f"{special.expit(-x) * special.expit(x):{form}}" for x, form in ((5, ".4f"), (10, ".6f"))]
    assert f"at 5 it is {far[0]}, at 10 {far[1]}" in said("slope-say")
    assert f"the first is ${powers_of_ten(special.expit(-40))}$" in said("slope-say")


def test_the_rim_differs():
    assert numbers(said("one-layer-say"))[-2:] == [144, 44]


def test_three_kernels_move_in_25_directions_of_49():
    rng = np.random.default_rng(5)
    a, b, c = rng.normal(size=(3, 3, 3))
    moves = []
    for number in range(27):
        d = np.eye(27)[number].reshape(3, 3, 3)
        parts = [(d[0], b, c), (a, d[1], c), (a, b, d[2])]
        moves.append(sum(signal.convolve2d(signal.convolve2d(p, q), r) for p, q, r in parts).ravel())
    assert np.linalg.matrix_rank(moves) == 25
    assert "moves in 25 independent directions out of 49" in said("three-or-one-fit")


def test_xor_and_corners():
    assert chapter.said()["xor-by-relu"] == "array([0., 1., 1., 0.])"
    assert numbers(said("xor-say"))[-1] == round(np.exp(-1), 2)
    shape = np.zeros((9, 13))
    shape[2:7, 2:8], shape[2:4, 2:4], shape[5:8, 8:11] = 1, 0, 1
    sums = signal.convolve2d(shape, np.ones((2, 2)), "valid")
    assert numbers(said("corner-say")) == [16, 8, 0.5, 16, (sums % 2).sum()]


def test_what_overflows():
    text = chapter.said()["overflow"]
    assert "array([ 0., nan])" in text
    assert text.count("overflow encountered in exp") == 1


def test_the_lost_sign_is_caught_and_climbs():
    (output,) = next(cell for cell in chapter.cells if cell.id == "wrong-sign-check").outputs
    said_by_it, seen = (float(n) for n in re.findall(r"(?:says|is) (-?[\d.]+\d)", output.text))
    assert said_by_it == pytest.approx(-seen) != 0
    before, after, same, worse = numbers(said("wrong-sign-say"))[-4:]
    assert before > after
    assert worse > same


def test_the_gallery_is_what_normal_numbers_give():
    z = np.random.default_rng(8).normal(size=400_000)
    found = numbers(said("gallery-say"))
    means = [cnnbook.relu(z).mean(), cnnbook.elu(z).mean(), special.expit(z).mean()]
    np.testing.assert_allclose(found[:3], means, atol=0.012)
    flat = {name: np.abs(back(np.ones_like(z), z)) < 0.01 for name, back in BACK.items()}
    assert found[3] == pytest.approx(100 * flat["relu_backward"].mean(), abs=1)
    others = [100 * share.mean() for name, share in flat.items() if name != "relu_backward"]
    assert found[4] == pytest.approx(max(others), abs=1)


def test_a_relu_drops_one_half_and_two_of_them_nothing():
    edges = signal.correlate2d(GREY, image_kernel("Sobel vertical"), "valid")
    assert f"{np.mean(edges <= 0):.0%} of this map" in said("kept-say")
    np.testing.assert_array_equal(np.maximum(edges, 0) - np.maximum(-edges, 0), edges)


def test_factors_of_the_rules():
    table = list(rows("rules-say").values())
    layers = [(64, 3, 49), (64, 64, 9), (128, 64, 9), (64, 256, 1)]
    variances = [
        lambda o, c, k: 2 / (c * k),
        lambda o, c, k: 2 / ((c + o) * k),
        lambda o, c, k: 2 / c,
        lambda o, c, k: 2 / o,
    ]
    for row, variance in zip(table, variances, strict=True):
        np.testing.assert_allclose(row, [(variance(*n) * n[1] * n[2] / 2) ** 0.5 for n in layers], atol=0.006)
    assert f"{3**20:,}" in said("rules-say")


def test_shares_in_the_twentieth_layer():
    flat = [FOUND[f]["sqrt_channels"]["flat"][-1] for f in ("tanh", "gaussian", "sigmoid")]
    expected = [100 * share for share in (*flat, FOUND["relu"]["he"]["dead"][-1])]
    np.testing.assert_allclose(numbers(said("same-rule-say")), expected, atol=0.51)


def test_what_is_said_of_twenty_layers_is_stored():
    text = said("depth-say")
    assert f"the signal is {FOUND['relu']['he']['signal']['middle'][-1]:.2g}" in text
    assert f"{FOUND['tanh']['sqrt_channels']['gradient']['middle'][0]:,.0f}" in text
    for rule in RULES:
        assert powers_of_ten(FOUND["sigmoid"][rule]["gradient"]["middle"][0], 1) in text
    assert numbers(said("depth-promise"))[0] < 4


def test_units_that_died_stay_dead():
    found = numbers(said("dying-say"))
    early, late = found[4:8], found[9:13]
    assert early[0] < early[-1]
    assert all(b >= a for a, b in zip(early, late, strict=True))
    assert "Not one of them came back" in said("dying-say")
