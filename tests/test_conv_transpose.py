"""The transposed convolution: against PyTorch, and as the adjoint of conv2d."""

import numpy as np
import pytest
from convolutions import convolutions, numbers
from hypothesis import given
from hypothesis import strategies as st
from torch_reference import each

from cnnbook import conv2d, conv2d_backward, conv_transpose2d, conv_transpose2d_backward, gradcheck


@each("transposed")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_is_that_of_pytorch(settings, arrays, dtype):
    arrays = {name: array.astype(dtype) for name, array in arrays.items()}
    x, weight = arrays["x"], arrays["weight"]
    y = conv_transpose2d(x, weight, arrays["bias"], **settings)
    np.testing.assert_array_equal(y, arrays["out"], strict=True)
    grads = conv_transpose2d_backward(arrays["grad_out"], x, weight, **settings)
    for name, grad in zip(("x", "weight", "bias"), grads, strict=True):
        np.testing.assert_array_equal(grad, arrays[f"grad_{name}"], strict=True)


@given(convolutions(), st.integers(0, 2**32 - 1))
def test_is_the_adjoint_of_conv2d_and_its_input_gradient(case, seed):
    y = conv2d(case.x, case.weight, **case.settings)
    g = numbers(np.random.default_rng(seed), *y.shape)
    s, p, d = (case.settings[name] for name in ("stride", "padding", "dilation"))
    kernel = case.weight.shape[2:]
    extra = [(n + 2 * p[a] - d[a] * (kernel[a] - 1) - 1) % s[a] for a, n in enumerate(case.x.shape[2:])]
    back = conv_transpose2d(g, case.weight, output_padding=tuple(extra), **case.settings)
    assert back.shape == case.x.shape
    assert np.vdot(y, g) == np.vdot(case.x, back)
    grad_x = conv2d_backward(g, case.x, case.weight, **case.settings)[0]
    np.testing.assert_array_equal(back, grad_x)


def test_gradcheck():
    rng = np.random.default_rng(0)
    settings = {"stride": (2, 3), "padding": (1, 0), "output_padding": (1, 2), "groups": 2}
    gradcheck(
        lambda x, weight, bias: conv_transpose2d(x, weight, bias, **settings),
        lambda g, x, weight, bias: conv_transpose2d_backward(g, x, weight, **settings),
        *(rng.standard_normal(shape) for shape in ((2, 4, 3, 2), (4, 3, 3, 2), (6,))),
    )


X, WEIGHT = np.ones((2, 4, 3, 5)), np.ones((4, 3, 2, 3))


@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        ({"x": X[0]}, ValueError, r"x must have shape \(N, C, H, W\)"),
        (
            {"x": X[:, :2]},
            ValueError,
            r"x \(2, 2, 3, 5\) must have as many channels as weight \(4, 3, 2, 3\)",
        ),
        ({"x": X[:, :, :0]}, ValueError, "nothing is left"),
        ({"x": X.astype(int)}, TypeError, "x must hold floating-point"),
        ({"weight": WEIGHT[0]}, ValueError, r"weight must have shape \(C_in, C_out / groups"),
        ({"weight": WEIGHT[:, :0]}, ValueError, r"weight must have shape .* got \(4, 0, 2, 3\)"),
        ({"weight": WEIGHT.astype(int)}, TypeError, "weight must hold floating-point"),
        ({"groups": 3}, ValueError, "groups=3 must divide them"),
        ({"groups": -1}, ValueError, "groups must be at least 1"),
        ({"bias": np.ones(4)}, ValueError, r"bias must have shape \(6,\).*got \(4,\)"),
        ({"bias": np.ones(6, int)}, TypeError, "bias must hold floating-point"),
        ({"padding": (0, 4)}, ValueError, "nothing is left.*an image of 4 by -1"),
        ({"padding": "same"}, TypeError, "padding must be a whole number"),
        ({"output_padding": 1}, ValueError, r"output_padding \(1, 1\) must be smaller than stride \(1, 1\)"),
        ({"output_padding": -1}, ValueError, "output_padding must be at least 0"),
        ({"stride": 0}, ValueError, "stride must be at least 1"),
        ({"dilation": 0.5}, TypeError, "dilation must be a whole number"),
    ],
)
def test_refuses_bad_input(change, kind, message):
    with pytest.raises(kind, match=message):
        conv_transpose2d(**{"x": X, "weight": WEIGHT, "groups": 2, **change})


def test_backward_refuses_another_gradient():
    with pytest.raises(ValueError, match=r"grad_out must have shape \(2, 6, 4, 7\).*got \(2, 6, 4, 6\)"):
        conv_transpose2d_backward(np.ones((2, 6, 4, 6)), X, WEIGHT, groups=2)
    with pytest.raises(TypeError, match="grad_out must hold floating-point"):
        conv_transpose2d_backward(np.ones((2, 6, 4, 7), int), X, WEIGHT, groups=2)
