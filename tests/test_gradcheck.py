"""gradcheck has to find every wrong gradient, so here are the wrong ones."""

import numpy as np
import pytest

from cnnbook import GradientError, Linear, ReLU, Sequential, gradcheck, gradcheck_layer

X, Y = np.array([[0.5, -1.0, 2.0]]), np.array([[3.0], [0.25]])


def product(x, y):
    return x * y


def right(g, x, y):
    return (g * y).sum(axis=0, keepdims=True), (g * x).sum(axis=1, keepdims=True)


@pytest.mark.parametrize("method", ["central", "complex"])
def test_accepts_the_right_gradient(method):
    assert 0 <= gradcheck(product, right, X, Y, method=method) <= 1
    assert gradcheck(product, lambda *a: list(right(*a)), X.astype(np.float32), Y, method=method) <= 1


def test_the_complex_step_is_exact_to_rounding():
    gradcheck(np.exp, lambda g, x: g * np.exp(x), X, method="complex", rtol=1e-14, atol=0)
    with pytest.raises(GradientError):
        gradcheck(np.exp, lambda g, x: g * np.exp(x), X, rtol=1e-14, atol=0)


def off_by(k, factor=1.0, place=None, add=0.0):
    def backward(g, x, y):
        grads = [grad.copy() for grad in right(g, x, y)]
        grads[k] *= factor
        if place is not None:
            grads[k][place] += add
        return tuple(grads)

    return backward


@pytest.mark.parametrize("method", ["central", "complex"])
@pytest.mark.parametrize(
    ("backward", "place"),
    [
        (off_by(0, factor=-1), "argument 0"),
        (off_by(1, factor=1.0001), "argument 1"),
        (off_by(1, factor=0), "argument 1"),
        (off_by(0, place=(0, 2), add=1e-3), r"argument 0 at \(0, 2\)"),
        (off_by(1, place=(1, 0), add=-1e-3), r"argument 1 at \(1, 0\)"),
        (lambda g, x, y: right(2 * g, x, y), "argument"),
    ],
)
def test_finds_a_wrong_gradient_and_names_it(method, backward, place):
    with pytest.raises(GradientError, match=f"{place}.*backward says .*with step .* says"):
        gradcheck(product, backward, X, Y, method=method)


@pytest.mark.parametrize(
    ("backward", "message"),
    [
        (lambda g, x, y: (0.0, 0.0), r"argument 0 has shape \(\), the argument \(1, 3\)"),
        (
            lambda g, x, y: (np.zeros(3), right(g, x, y)[1]),
            r"argument 0 has shape \(3,\), the argument \(1, 3\)",
        ),
        (lambda g, x, y: right(g, x, y)[:1], "backward returned 1 gradients for 2 arrays"),
        (lambda g, x, y: right(g, x, y)[0], "backward returned 1 gradients for 2 arrays"),
        (off_by(1, factor=np.nan), r"argument 1 is nan at \(0, 0\)"),
        (off_by(0, place=(0, 1), add=np.inf), r"argument 0 is (inf|-inf) at \(0, 1\)"),
    ],
)
def test_refuses_what_is_no_gradient(backward, message):
    with pytest.raises(GradientError, match=message):
        gradcheck(product, backward, X, Y)


def test_a_forward_pass_that_gives_nan_is_never_right():
    with pytest.raises(GradientError, match="says nan"):
        gradcheck(lambda x: x * np.nan, lambda g, x: np.zeros_like(x), X)


def test_zero_is_right_only_where_it_is():
    gradcheck(lambda x: 0 * x, lambda g, x: np.zeros_like(x), X)
    with pytest.raises(GradientError):
        gradcheck(lambda x: x, lambda g, x: np.zeros_like(x), X)


def test_a_function_that_writes_into_its_arguments_fools_nobody():
    def forward(x):
        x *= 2
        return x

    before = X.copy()
    gradcheck(forward, lambda g, x: 2 * g, X)
    np.testing.assert_array_equal(X, before)


def test_errors_that_are_small_one_by_one_are_found_together():
    x = np.ones(400)
    with pytest.raises(GradientError, match="a random direction: backward says 0,"):
        gradcheck(lambda x: 5e-9 * x.sum(), lambda g, x: np.zeros(400), x, rng=1)


@pytest.mark.parametrize(
    ("arguments", "settings", "kind", "message"),
    [
        ((), {}, ValueError, "at least one array"),
        ((np.ones(2, int),), {}, TypeError, "argument_0 must hold floating-point"),
        ((np.ones(2) + 0j,), {}, TypeError, "argument 0 must hold real numbers"),
        ((np.ones(2),), {"method": "forward"}, ValueError, "method must be"),
        ((np.ones(2),), {"step": 0}, ValueError, "step must be"),
        ((np.ones(2),), {"step": "small"}, TypeError, "step must be a number"),
        ((np.ones(0),), {}, ValueError, "forward returned an empty array"),
    ],
)
def test_refuses_bad_input(arguments, settings, kind, message):
    with pytest.raises(kind, match=message):
        gradcheck(lambda x: 2 * x, lambda g, x: 2 * g, *arguments, **settings)


def test_a_layer_is_put_back():
    layer = Sequential(Linear(3, 4, rng=0, dtype=float), ReLU(), Linear(4, 2, rng=1, dtype=float))
    before = layer.state_dict()
    gradcheck_layer(layer, X)
    for name, array in layer.state_dict().items():
        np.testing.assert_array_equal(array, before[name])


def test_a_layer_with_a_wrong_gradient_is_found_and_put_back():
    class Wrong(Linear):
        def backward(self, grad_out):
            grad_x = super().backward(grad_out)
            self.grad_bias *= 2
            return grad_x

    layer = Wrong(3, 2, rng=0, dtype=float)
    before = layer.state_dict()
    with pytest.raises(GradientError, match="argument 2"):
        gradcheck_layer(layer, X)
    for name, array in layer.state_dict().items():
        np.testing.assert_array_equal(array, before[name])


def test_a_float32_layer_is_refused():
    with pytest.raises(TypeError, match=r"float64 parameters \(dtype=float\), got float32"):
        gradcheck_layer(Linear(3, 2, rng=0), X)
