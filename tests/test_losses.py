"""Losses, against PyTorch and against differences."""

import math

import numpy as np
import pytest
from torch_reference import each

from cnnbook import cross_entropy, gradcheck, mse


@each("networks", name="mse")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_mse_is_that_of_pytorch(settings, arrays, dtype):
    prediction, target = arrays["prediction"].astype(dtype), arrays["target"].astype(dtype)
    value, grad = mse(prediction, target)
    assert type(value) is float
    assert grad.dtype == dtype
    np.testing.assert_allclose(value, arrays["out"], rtol=4 * np.finfo(dtype).eps)
    np.testing.assert_allclose(grad, arrays["grad"], rtol=4 * np.finfo(dtype).eps)


@each("networks", name="cross_entropy")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_cross_entropy_is_that_of_pytorch(settings, arrays, dtype):
    logits, labels = arrays["prediction"].astype(dtype), arrays["target"]
    value, grad = cross_entropy(logits, labels)
    assert type(value) is float
    assert grad.dtype == dtype
    eps = np.finfo(dtype).eps
    np.testing.assert_allclose(value, arrays["out"], rtol=16 * eps, atol=16 * eps)
    np.testing.assert_allclose(grad, arrays["grad"], rtol=16 * eps, atol=16 * eps)


def test_gradcheck_of_squares():
    rng = np.random.default_rng(0)
    target = rng.standard_normal((3, 4))
    for method in ("central", "complex"):
        gradcheck(
            lambda prediction: mse(prediction, target)[0],
            lambda g, prediction: g * mse(prediction, target)[1],
            rng.standard_normal((3, 4)),
            method=method,
        )


def test_gradcheck_of_cross_entropy():
    rng = np.random.default_rng(0)
    labels = np.array([0, 3, 1])
    gradcheck(
        lambda logits: cross_entropy(logits, labels)[0],
        lambda g, logits: g * cross_entropy(logits, labels)[1],
        rng.standard_normal((3, 4)),
    )


def test_knowing_nothing_costs_the_logarithm_of_the_classes():
    assert cross_entropy(np.zeros((5, 10)), np.arange(5))[0] == pytest.approx(math.log(10))


def test_being_sure_and_wrong_stays_finite():
    value, grad = cross_entropy(np.array([[1e4, 0.0]]), np.array([1]))
    assert value == 1e4
    assert grad.tolist() == [[1, -1]]


X, LABELS = np.ones((2, 3)), np.array([0, 2])


@pytest.mark.parametrize(
    ("logits", "labels", "kind", "message"),
    [
        (X, [0, 3], ValueError, r"labels must be from 0 to 2 for logits \(2, 3\), got 0 to 3"),
        (X, [-1, 0], ValueError, "labels must be from 0 to 2"),
        (X, [0, 1, 2], ValueError, r"labels must have shape \(2,\).*\(2, 3\), got \(3,\)"),
        (X, [0.0, 1.0], TypeError, "labels must be whole numbers, got dtype float64"),
        (X, [True, False], TypeError, "labels must be whole numbers, got dtype bool"),
        (X[0], [0], ValueError, r"logits must have shape \(N, classes\).*got \(3,\)"),
        (X[:0], LABELS[:0], ValueError, r"neither of them 0, got \(0, 3\)"),
        (X.astype(int), LABELS, TypeError, "logits must hold floating-point"),
    ],
)
def test_cross_entropy_refuses_bad_input(logits, labels, kind, message):
    with pytest.raises(kind, match=message):
        cross_entropy(logits, np.array(labels))


def test_squares_refuse_bad_input():
    with pytest.raises(ValueError, match=r"target must have shape \(2, 3\).*got \(3,\)"):
        mse(X, X[0])
    with pytest.raises(TypeError, match="target must hold floating-point"):
        mse(X, X.astype(int))
    with pytest.raises(TypeError, match="prediction must hold floating-point"):
        mse(X.astype(int), X)


def test_no_entry():
    with pytest.raises(
        ValueError, match=r"the mean of no entry is not defined: prediction has shape \(0, 3\)"
    ):
        mse(X[:0], X[:0])
