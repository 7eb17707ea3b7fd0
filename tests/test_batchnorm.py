"""Batch normalisation, function and layer, against PyTorch."""

import numpy as np
import pytest
from torch_reference import each

from cnnbook import (
    BatchNorm1d,
    BatchNorm2d,
    batch_norm,
    batch_norm_backward,
    batch_statistics,
    gradcheck,
    gradcheck_layer,
)

CLOSE = {"rtol": 1e-12, "atol": 1e-12}


def layer_for(x, momentum=0.1, eps=1e-5):
    return (BatchNorm1d if x.ndim == 2 else BatchNorm2d)(x.shape[1], eps, momentum, dtype=float)


@each("networks", name="batch_norm")
def test_the_layer_is_that_of_pytorch(settings, arrays):
    x = arrays["x"]
    layer = layer_for(x, momentum=0.25, eps=1e-3).train(settings["training"])
    layer.load_state_dict(
        {
            "weight": arrays["weight"],
            "bias": arrays["bias"],
            "running_mean": arrays["mean_before"],
            "running_var": arrays["var_before"],
        }
    )
    np.testing.assert_allclose(layer.forward(x), arrays["out"], **CLOSE)
    np.testing.assert_allclose(layer.backward(arrays["grad_out"]), arrays["grad_x"], **CLOSE)
    np.testing.assert_allclose(layer.grad_weight, arrays["grad_weight"], **CLOSE)
    np.testing.assert_allclose(layer.grad_bias, arrays["grad_bias"], **CLOSE)
    np.testing.assert_allclose(layer.running_mean, arrays["mean_after"], **CLOSE)
    np.testing.assert_allclose(layer.running_var, arrays["var_after"], **CLOSE)


@each("networks", name="batch_norm", training=True)
def test_the_functions_are_those_of_pytorch(settings, arrays):
    x, weight = arrays["x"], arrays["weight"]
    np.testing.assert_allclose(batch_norm(x, weight, arrays["bias"], 1e-3), arrays["out"], **CLOSE)
    grads = batch_norm_backward(arrays["grad_out"], x, weight, 1e-3)
    for name, grad in zip(("x", "weight", "bias"), grads, strict=True):
        np.testing.assert_allclose(grad, arrays[f"grad_{name}"], **CLOSE)


@pytest.mark.parametrize("shape", [(4, 3), (3, 2, 4, 5)])
@pytest.mark.parametrize("method", ["central", "complex"])
def test_gradcheck(shape, method):
    rng = np.random.default_rng(0)
    arrays = [rng.standard_normal(s) for s in (shape, shape[1:2], shape[1:2])]
    gradcheck(
        batch_norm, lambda g, x, weight, bias: batch_norm_backward(g, x, weight), *arrays, method=method
    )


@pytest.mark.parametrize("shape", [(4, 3), (3, 2, 4, 5)])
@pytest.mark.parametrize("training", [True, False])
def test_gradcheck_of_the_layer(shape, training):
    x = np.random.default_rng(0).standard_normal(shape)
    layer = layer_for(x)
    for _ in range(3):
        layer.forward(x + 1)
    before = layer.train(training).state_dict()
    gradcheck_layer(layer, x)
    for name, array in layer.state_dict().items():
        np.testing.assert_array_equal(array, before[name])


def test_channels_get_mean_0_and_spread_1():
    x = np.random.default_rng(0).normal(5, 3, (8, 2, 6, 7))
    y = batch_norm(x, np.ones(2), np.zeros(2), eps=0)
    mean, var = batch_statistics(y)
    np.testing.assert_allclose(mean, 0, atol=1e-12)
    np.testing.assert_allclose(var, 1)


def test_evaluation_does_not_depend_on_the_batch_and_moves_nothing():
    x = np.random.default_rng(0).standard_normal((4, 3))
    layer = layer_for(x)
    layer.forward(x)
    before = layer.eval().state_dict()
    y = layer.forward(x)
    np.testing.assert_array_equal(layer.forward(x[:1]), y[:1])
    assert layer.forward(x[:0]).shape == (0, 3)
    for name, array in layer.state_dict().items():
        np.testing.assert_array_equal(array, before[name])


def test_backward_belongs_to_the_mode_of_the_last_forward_pass():
    x = np.random.default_rng(0).standard_normal((4, 3))
    layer = layer_for(x)
    layer.forward(x)
    expected = layer.backward(x)
    layer.eval()
    np.testing.assert_array_equal(layer.backward(x), expected)


@pytest.mark.parametrize(
    ("x", "weight", "bias", "kind", "message"),
    [
        (
            np.ones((1, 2)),
            np.ones(2),
            np.ones(2),
            ValueError,
            r"at least two numbers.*got x of shape \(1, 2\)",
        ),
        (np.ones((0, 2)), np.ones(2), np.ones(2), ValueError, r"at least two numbers.*\(0, 2\)"),
        (np.ones((2, 2, 3)), np.ones(2), np.ones(2), ValueError, r"x must have shape .* got \(2, 2, 3\)"),
        (np.ones((2, 0)), np.ones(0), np.ones(0), ValueError, "at least one channel"),
        (np.ones((2, 2)), np.ones(3), np.ones(2), ValueError, r"weight must have shape \(2,\).*got \(3,\)"),
        (np.ones((2, 2)), np.ones(2), np.ones(1), ValueError, r"bias must have shape \(2,\).*got \(1,\)"),
        (np.ones((2, 2), int), np.ones(2), np.ones(2), TypeError, "x must hold floating-point"),
        (np.ones((2, 2)), np.ones(2, int), np.ones(2), TypeError, "weight must hold floating-point"),
        (np.ones((2, 2)), np.ones(2), np.ones(2, int), TypeError, "bias must hold floating-point"),
    ],
)
def test_refuses_bad_input(x, weight, bias, kind, message):
    with pytest.raises(kind, match=message):
        batch_norm(x, weight, bias)


def test_refuses_a_negative_eps_and_another_gradient():
    x = np.ones((2, 2))
    with pytest.raises(ValueError, match="eps must be finite, and 0 <= eps < inf, got -1"):
        batch_norm(x, np.ones(2), np.ones(2), eps=-1)
    with pytest.raises(ValueError, match=r"grad_out must have shape \(2, 2\), that of x, got \(2,\)"):
        batch_norm_backward(np.ones(2), x, np.ones(2))


@pytest.mark.parametrize("x", [np.ones((4, 2)), np.ones((4, 3, 5)), np.ones((4, 3, 5, 5))])
def test_the_layer_refuses_another_shape(x):
    with pytest.raises(ValueError, match=r"x must have shape \(N, C=3\), got"):
        BatchNorm1d(3)(x)


def test_the_layer_refuses_bad_settings():
    for momentum in (-0.1, 1.1):
        with pytest.raises(ValueError, match="momentum must be finite, and 0 <= momentum < 1"):
            BatchNorm2d(3, momentum=momentum)
    BatchNorm2d(3, momentum=1)
    with pytest.raises(ValueError, match="channels must be at least 1"):
        BatchNorm2d(0)
