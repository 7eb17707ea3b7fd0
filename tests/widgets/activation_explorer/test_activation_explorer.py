"""ActivationExplorer in Python."""

import numpy as np
import pytest
import traitlets
from scipy import signal, special

import cnnbook
from cnnbook.data import photo
from cnnbook.widgets import ActivationExplorer
from cnnbook.widgets.activation_explorer import FACTS, NAMES
from cnnbook.widgets.activation_explorer.copy import short

WRITTEN = {
    "relu": lambda x: x * (x > 0),
    "leaky_relu": lambda x: x * np.where(x > 0, 1, 0.3),
    "elu": lambda x: np.where(x > 0, x, np.exp(x) - 1),
    "softplus": lambda x: -special.log_expit(-x),
    "silu": lambda x: x * special.expit(x),
    "gelu": lambda x: x * special.ndtr(x),
    "sigmoid": special.expit,
    "tanh": np.tanh,
    "gaussian": lambda x: np.exp(-(x**2)),
}


def test_every_activation_of_the_package_is_offered():
    offered = {f"{name}_backward" for name in NAMES}
    package = {name for name in cnnbook.activations.__all__ if name.endswith("_backward")}
    assert package - offered == {"softmax_backward", "log_softmax_backward"}
    assert set(WRITTEN) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("x", [-3.5, -0.25, 0.4, 4])
def test_value_and_slope(name, x):
    explorer = ActivationExplorer(function=name, x=x, slope=0.3)
    f, h = WRITTEN[name], 1e-6
    expected = [f(x), (f(x + h) - f(x - h)) / (2 * h)]
    np.testing.assert_allclose(explorer.output, expected, rtol=1e-6, atol=1e-9)


def test_functions_that_are_compared_stand_below():
    explorer = ActivationExplorer(function="tanh", compare=["relu", "sigmoid"], x=-1)
    expected = [
        [np.tanh(-1), 1 - np.tanh(1) ** 2],
        [0, 0],
        [special.expit(-1), special.expit(-1) * special.expit(1)],
    ]
    np.testing.assert_allclose(explorer.values, expected)


@pytest.mark.parametrize("shape", [(256, 256, 3), (9, 200), (140, 17)])
def test_a_picture_is_bent(shape):
    rng = np.random.default_rng(0)
    picture = photo() if shape[2:] else rng.integers(0, 256, shape).astype(np.uint8)
    explorer = ActivationExplorer(mode="picture", picture=picture, function="sigmoid", gain=2, bias=-0.5)
    grey = photo(grey=True) if shape[2:] else picture
    H, W = (min(n, 128) for n in grey.shape)
    top, left = (grey.shape[0] - H) // 2, (grey.shape[1] - W) // 2
    kernel = np.outer([1, 2, 1], [-1, 0, 1])
    edges = signal.correlate2d(grey[top : top + H, left : left + W].astype(float), kernel, "valid")
    expected = 2 * edges / edges.std(mean=0) - 0.5
    np.testing.assert_allclose(explorer.map, expected, atol=1e-12)
    np.testing.assert_allclose(explorer.output, special.expit(expected), atol=1e-12)
    before, after = explorer.histograms
    assert before.sum() == after.sum() == expected.size
    assert after[:20].sum() == 0
    assert before[0] == (expected < -3.8).sum()


def test_a_flat_picture_has_no_edges():
    explorer = ActivationExplorer(mode="picture", picture=np.full((5, 5), 7, np.uint8))
    assert not explorer.map.any()


@pytest.mark.parametrize(
    ("name", "rule", "signal", "gradient"),
    [
        ("relu", "he", 2**0.5, 1),
        ("relu", "glorot", 0.5**9.5, 0.5**9.5),
        ("relu", "sqrt_channels", 18**0.5 * 3.0**19, 3.0**19),
    ],
)
def test_a_chain_of_relus(name, rule, signal, gradient):
    signals, gradients = ActivationExplorer(mode="chain", function=name, initialiser=rule).output
    assert signals.shape == gradients.shape == (20,)
    assert signals[-1] == pytest.approx(signal)
    assert gradients[0] == pytest.approx(gradient)
    assert gradients[-1] == 1


def test_the_gains_are_those_of_the_initialisers():
    for name, gain in FACTS["gains"].items():
        weight = getattr(cnnbook, name)((400, 400, 3, 3), 0)
        assert weight.var() * 400 * 9 == pytest.approx(gain, rel=0.01)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": 4.5}, "x must be a number from -4 to 4, got 4.5"),
        ({"x": float("nan")}, "x must be a number"),
        ({"x": "1"}, "x must be a number"),
        ({"slope": -0.1}, "slope must be a number from 0 to 1"),
        ({"gain": 0}, "gain must be a number from 0.25 to 8"),
        ({"depth": 21}, "depth must be a whole number from 1 to 20, got 21"),
        ({"function": "step"}, "function"),
        ({"compare": ["relu", "tanh", "elu", "gelu"]}, "compare"),
        ({"initialiser": "zeros"}, "initialiser"),
        ({"picture": np.ones((2, 9))}, "picture must have at least 3 pixels a side"),
    ],
)
def test_a_bad_value_is_refused_and_nothing_changes(change, message):
    explorer = ActivationExplorer()
    before = explorer.get_state(explorer.state_names())
    ((name, value),) = change.items()
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(explorer, name, value)
    assert explorer.get_state(explorer.state_names()) == before


def test_unknown_keyword():
    with pytest.raises(TypeError, match="ActivationExplorer takes no leak; it takes bias, compare"):
        ActivationExplorer(leak=1)


def test_the_static_copies_hold_numpys_numbers():
    curve = ActivationExplorer(function="tanh", compare=["relu"], x=0.5)
    assert "<td>0.462</td><td>0.786</td>" in curve.static_html()
    assert repr(curve) == "ActivationExplorer(tanh, relu at 0.5)"
    chain = ActivationExplorer(mode="chain", depth=3, initialiser="sqrt_channels")
    assert "<td>4.2</td><td>13</td><td>38</td>" in chain.static_html()
    assert repr(chain) == "ActivationExplorer(3 layers of relu, sqrt_channels)"
    picture = ActivationExplorer(mode="picture")
    assert f"{np.mean(picture.output == 0):.0%} of the numbers become 0" in picture.static_html()
    assert repr(picture) == "ActivationExplorer(relu on a map, gain 1, bias 0)"
    assert picture.get_state(["picture"])["picture"] == {"name": "coffee"}


def test_far_numbers_are_powers_of_ten():
    assert [short(n) for n in (0.5, 12.3, 9999, 12345, 1e-5)] == ["0.5", "12", "9999", "1.2e4", "1.0e-5"]
