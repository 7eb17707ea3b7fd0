"""The fully connected layer, against PyTorch and as a convolution of one pixel."""

import numpy as np
import pytest
from torch_reference import each

from cnnbook import conv2d, gradcheck, linear, linear_backward


@each("networks", name="linear")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_is_that_of_pytorch(settings, arrays, dtype):
    arrays = {name: array.astype(dtype) for name, array in arrays.items()}
    y = linear(arrays["x"], arrays["weight"], arrays["bias"])
    np.testing.assert_array_equal(y, arrays["out"], strict=True)
    grads = linear_backward(arrays["grad_out"], arrays["x"], arrays["weight"])
    for name, grad in zip(("x", "weight", "bias"), grads, strict=True):
        np.testing.assert_array_equal(grad, arrays[f"grad_{name}"], strict=True)


def test_is_a_convolution_of_one_pixel():
    rng = np.random.default_rng(0)
    x, weight = rng.standard_normal((3, 5)), rng.standard_normal((4, 5))
    y = conv2d(x[:, :, None, None], weight[:, :, None, None])
    np.testing.assert_allclose(linear(x, weight), y[:, :, 0, 0])


@pytest.mark.parametrize("method", ["central", "complex"])
def test_gradcheck(method):
    rng = np.random.default_rng(0)
    arrays = [rng.standard_normal(shape) for shape in ((3, 5), (4, 5), (4,))]
    gradcheck(linear, lambda g, x, weight, bias: linear_backward(g, x, weight), *arrays, method=method)


@pytest.mark.parametrize(
    ("x", "weight", "bias", "kind", "message"),
    [
        (np.ones((2, 3)), np.ones((4, 5)), None, ValueError, r"got x \(2, 3\) and weight \(4, 5\)"),
        (np.ones(3), np.ones((4, 3)), None, ValueError, r"x must have shape \(N, features_in\)"),
        (np.ones((2, 3)), np.ones(3), None, ValueError, r"got x \(2, 3\) and weight \(3,\)"),
        (np.ones((2, 0)), np.ones((4, 0)), None, ValueError, "at least one feature each"),
        (np.ones((2, 3)), np.ones((0, 3)), None, ValueError, "at least one feature each"),
        (
            np.ones((2, 3)),
            np.ones((4, 3)),
            np.ones(3),
            ValueError,
            r"bias must have shape \(4,\).*got \(3,\)",
        ),
        (np.ones((2, 3), int), np.ones((4, 3)), None, TypeError, "x must hold floating-point"),
        (np.ones((2, 3)), np.ones((4, 3), int), None, TypeError, "weight must hold floating-point"),
        (np.ones((2, 3)), np.ones((4, 3)), np.ones(4, int), TypeError, "bias must hold floating-point"),
    ],
)
def test_refuses_bad_input(x, weight, bias, kind, message):
    with pytest.raises(kind, match=message):
        linear(x, weight, bias)


def test_backward_refuses_another_gradient():
    with pytest.raises(ValueError, match=r"grad_out must have shape \(2, 4\).*got \(2, 3\)"):
        linear_backward(np.ones((2, 3)), np.ones((2, 3)), np.ones((4, 3)))
