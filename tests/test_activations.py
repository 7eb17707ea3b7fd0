"""Activations: against PyTorch, against differences, and at the ends of the number line."""

import inspect

import numpy as np
import pytest
from torch_reference import each

import cnnbook
from cnnbook import activations, gradcheck

NAMES = sorted(name for name in activations.__all__ if not name.endswith("_backward"))
ELEMENTWISE = [name for name in NAMES if "softmax" not in name]
FUNCTIONS = pytest.mark.parametrize("name", NAMES)


def both(name):
    return getattr(cnnbook, name), getattr(cnnbook, f"{name}_backward")


@each("activations")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_is_that_of_pytorch(settings, arrays, dtype):
    settings = dict(settings)
    forward, backward = both(settings.pop("name"))
    eps = np.finfo(dtype).eps
    x, grad_out = arrays["x"].astype(dtype), arrays["grad_out"].astype(dtype)
    y, grad_x = forward(x, **settings), backward(grad_out, x, **settings)
    assert y.dtype == grad_x.dtype == dtype
    np.testing.assert_allclose(y, arrays["out"], rtol=64 * eps, atol=8 * eps)
    np.testing.assert_allclose(grad_x, arrays["grad_x"], rtol=64 * eps, atol=16 * eps)


def test_every_activation_has_a_reference_and_a_derivative():
    from torch_reference import load

    assert {settings["name"] for settings, _ in load("activations")} == set(NAMES)
    assert set(activations.__all__) == {*NAMES, *(f"{name}_backward" for name in NAMES)}


@FUNCTIONS
def test_gradcheck(name):
    x = np.random.default_rng(0).normal(0, 3, (4, 5))
    gradcheck(*both(name), x)


@pytest.mark.parametrize("name", ["tanh", "gaussian"])
def test_gradcheck_by_the_complex_step(name):
    gradcheck(*both(name), np.random.default_rng(0).normal(0, 3, (4, 5)), method="complex", rtol=1e-12)


@pytest.mark.parametrize(("name", "setting"), [("leaky_relu", "slope"), ("elu", "alpha")])
def test_settings(name, setting):
    forward, backward = both(name)
    x = np.random.default_rng(0).normal(0, 3, (4, 5))
    gradcheck(lambda x: forward(x, **{setting: 0.3}), lambda g, x: backward(g, x, **{setting: 0.3}), x)
    for function in (forward, lambda x, **s: backward(x, x, **s)):
        with pytest.raises(TypeError, match=f"{setting} must be a number, got 'a'"):
            function(x, **{setting: "a"})
        with pytest.raises(ValueError, match=f"{setting} must be finite, got nan"):
            function(x, **{setting: float("nan")})


@FUNCTIONS
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_finite_for_every_finite_input_without_a_warning(name, dtype):
    forward, backward = both(name)
    info = np.finfo(dtype)
    x = np.array([info.min, -1000, -88, -1, -info.tiny, 0, info.tiny, 1, 88, 1000, info.max / 2], dtype)
    if "softmax" in name:
        x[0] /= 2  # the difference of the two ends has to be finite
    y, grad_x = forward(x), backward(np.ones_like(x), x)
    assert y.dtype == grad_x.dtype == dtype
    assert np.isfinite(y).all()
    assert np.isfinite(grad_x).all()


def test_known_limits():
    x = np.array([-1e300, 1e300])
    expected = {
        "relu": [0, 1e300],
        "leaky_relu": [-1e298, 1e300],
        "elu": [-1, 1e300],
        "sigmoid": [0, 1],
        "tanh": [-1, 1],
        "gaussian": [0, 0],
        "softplus": [0, 1e300],
        "silu": [0, 1e300],
        "gelu": [0, 1e300],
    }
    assert sorted(expected) == ELEMENTWISE
    for name, limits in expected.items():
        np.testing.assert_allclose(both(name)[0](x), limits)


def test_the_sigmoid_keeps_its_digits_far_from_0():
    x = np.array([-700.0, -40.0])
    np.testing.assert_allclose(cnnbook.sigmoid(x), np.exp(x), rtol=1e-15)
    np.testing.assert_allclose(cnnbook.sigmoid_backward(np.ones(2), -x), np.exp(x), rtol=1e-15)


def test_the_sigmoids_gradient_rises():
    # one of the sources has 1 / (1 + exp(+x)), whose gradient falls
    assert cnnbook.sigmoid(np.array([2.0])) > 0.5
    assert cnnbook.sigmoid_backward(np.array([1.0]), np.array([2.0])) > 0


def test_exact_gelu_keeps_its_digits_in_the_tail():
    # -x * exp(-x**2 / 2) / sqrt(2 pi) / x * (1 - 1/x**2 + 3/x**4 - ...) at -20
    value = cnnbook.gelu(np.array([-20.0])).item()
    series = 1 - 1 / 400 + 3 / 400**2 - 15 / 400**3
    assert value == pytest.approx(-np.exp(-200) / np.sqrt(2 * np.pi) * series, rel=1e-8)


@pytest.mark.parametrize("axis", [0, 1, -1, -2])
def test_softmax_is_a_distribution_and_ignores_a_common_shift(axis):
    x = np.random.default_rng(0).normal(0, 3, (3, 4))
    p = cnnbook.softmax(x, axis)
    np.testing.assert_allclose(p.sum(axis=axis), 1)
    np.testing.assert_allclose(cnnbook.softmax(x + 1000, axis), p, rtol=1e-12)
    np.testing.assert_allclose(cnnbook.log_softmax(x, axis), np.log(p))


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize(
    ("x", "axis", "kind", "message"),
    [
        (np.ones((2, 3)), 2, ValueError, r"axis 2 must be a non-empty axis of x.*\(2, 3\)"),
        (np.ones((2, 3)), -3, ValueError, "axis must be at least -2, got -3"),
        (np.ones((2, 3)), 1.0, TypeError, "axis must be a whole number"),
        (np.ones((2, 0)), 1, ValueError, "non-empty axis"),
        (np.ones(()), 0, ValueError, "non-empty axis"),
        (np.ones((2, 3), int), 1, TypeError, "x must hold floating-point"),
    ],
)
def test_softmax_refuses_bad_input(name, x, axis, kind, message):
    forward, backward = both(name)
    for call in (lambda: forward(x, axis), lambda: backward(x, x, axis)):
        with pytest.raises(kind, match=message):
            call()


@FUNCTIONS
def test_refuses_what_is_not_floating_point(name):
    forward, backward = both(name)
    x = np.ones((2, 3))
    for bad in (x.astype(int), x > 0, x.astype(object), "text", None):
        with pytest.raises(TypeError, match="x must hold floating-point numbers"):
            forward(bad)
    with pytest.raises(TypeError, match="grad_out must hold floating-point numbers"):
        backward(x.astype(int), x)
    with pytest.raises(ValueError, match=r"grad_out must have shape \(2, 3\), that of x, got \(3,\)"):
        backward(x[0], x)


@pytest.mark.parametrize("name", sorted({*NAMES} - {"tanh", "gaussian"}))
def test_refuses_complex_numbers_where_there_is_an_order(name):
    forward, backward = both(name)
    x = np.ones((2, 3)) + 0j
    for call in (lambda: forward(x), lambda: backward(x, x)):
        with pytest.raises(TypeError, match="must hold real numbers"):
            call()


def test_gelu_refuses_another_word():
    for call in (cnnbook.gelu, lambda x, approximate: cnnbook.gelu_backward(x, x, approximate)):
        with pytest.raises(ValueError, match='approximate must be "none" or "tanh"'):
            call(np.ones(2), approximate="sigmoid")


@FUNCTIONS
def test_forward_and_backward_take_the_same_settings(name):
    forward, backward = both(name)
    settings = [p for p in inspect.signature(forward).parameters if p != "x"]
    assert list(inspect.signature(backward).parameters) == ["grad_out", "x", *settings]
