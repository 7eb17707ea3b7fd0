"""Optimisers, against PyTorch step by step."""

import numpy as np
import pytest
from torch_reference import each

import cnnbook
from cnnbook import SGD, Adam


@each("optimisers")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_path_is_that_of_pytorch(settings, arrays, dtype):
    settings = dict(settings)
    value, grad = arrays["value"].astype(dtype), np.zeros(arrays["value"].shape, dtype)
    optimiser = getattr(cnnbook, settings.pop("name"))([(value, grad)], **settings)
    for new, place in zip(arrays["grads"], arrays["path"], strict=True):
        grad[...] = new
        optimiser.step()
        assert value.dtype == dtype
        np.testing.assert_allclose(
            value, place, rtol=100 * np.finfo(dtype).eps, atol=20 * np.finfo(dtype).eps
        )
        np.testing.assert_array_equal(grad, new)


@pytest.mark.parametrize("optimiser", [SGD, Adam])
def test_each_parameter_has_its_own_memory(optimiser):
    pairs = [(np.array([float(k)]), np.array([float(k)])) for k in range(3)]
    together = optimiser(iter(pairs), lr=0.1)
    alone = [(np.array([2.0]), np.array([2.0]))]
    single = optimiser(alone, lr=0.1)
    for _ in range(3):
        together.step()
        single.step()
    np.testing.assert_array_equal(pairs[2][0], alone[0][0])


@pytest.mark.parametrize("optimiser", [SGD, Adam])
@pytest.mark.parametrize(
    ("settings", "kind", "message"),
    [
        ({"lr": -0.1}, ValueError, "lr must be finite, and 0 <= lr < inf, got -0.1"),
        ({"lr": float("nan")}, ValueError, "lr must be finite"),
        ({"lr": float("inf")}, ValueError, "lr must be finite"),
        ({"lr": "0.1"}, TypeError, "lr must be a number, got '0.1'"),
        ({"lr": True}, TypeError, "lr must be a number, got True"),
        ({"lr": 0.1, "weight_decay": -1}, ValueError, "weight_decay must be finite"),
        ({"lr": 0.1, "moment": 0.9}, TypeError, "moment"),
    ],
)
def test_refuses_bad_settings(optimiser, settings, kind, message):
    with pytest.raises(kind, match=message):
        optimiser([], **settings)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: SGD([], lr=0.1, momentum=1), "momentum must be finite, and 0 <= momentum < 1, got 1"),
        (lambda: SGD([], lr=0.1, nesterov=True), "nesterov=True needs a momentum above 0"),
        (lambda: Adam([], betas=(0.9, 1.0)), r"betas\[1\] must be finite, and 0 <= betas\[1\] < 1, got 1.0"),
        (lambda: Adam([], betas=(-0.1, 0.9)), r"betas\[0\] must be"),
        (lambda: Adam([], betas=0.9), "betas must be two numbers, got 0.9"),
        (lambda: Adam([], eps=-1), "eps must be"),
        (lambda: SGD([(np.ones(2), np.ones(3))], lr=1), r"grad must have shape \(2,\).*got \(3,\)"),
    ],
)
def test_refuses_settings_out_of_range(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_refuses_integer_parameters():
    with pytest.raises(TypeError, match="value must hold floating-point"):
        SGD([(np.ones(2, int), np.ones(2))], lr=1)
