"""Pooling: against PyTorch, against each window by itself, and its gradients."""

import numpy as np
import pytest
from convolutions import numbers
from hypothesis import given
from hypothesis import strategies as st
from torch_reference import each

from cnnbook import (
    avg_pool2d,
    avg_pool2d_backward,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    gradcheck,
    max_pool2d,
    max_pool2d_backward,
)

DTYPES = pytest.mark.parametrize("dtype", [np.float64, np.float32])


@each("pooling", name="max_pool2d")
@DTYPES
def test_max_is_that_of_pytorch(settings, arrays, dtype):
    x, out = arrays["x"].astype(dtype), arrays["out"].astype(dtype)
    y, indices = max_pool2d(x, **settings, return_indices=True)
    np.testing.assert_array_equal(y, out, strict=True)
    np.testing.assert_array_equal(indices, arrays["indices"], strict=True)
    np.testing.assert_array_equal(max_pool2d(x, **settings), out, strict=True)
    if "grad_x" in arrays:
        grad_out, grad_x = arrays["grad_out"].astype(dtype), arrays["grad_x"].astype(dtype)
        for given_indices in (indices, None):
            found = max_pool2d_backward(grad_out, x, **settings, indices=given_indices)
            np.testing.assert_array_equal(found, grad_x, strict=True)


@each("pooling", name="avg_pool2d")
@DTYPES
def test_average_is_that_of_pytorch(settings, arrays, dtype):
    x, grad_out = arrays["x"].astype(dtype), arrays["grad_out"].astype(dtype)
    close = {"rtol": 4 * np.finfo(dtype).eps, "atol": 4 * np.finfo(dtype).eps}
    y, grad_x = avg_pool2d(x, **settings), avg_pool2d_backward(grad_out, x, **settings)
    assert y.dtype == grad_x.dtype == dtype
    np.testing.assert_allclose(y, arrays["out"], **close)
    np.testing.assert_allclose(grad_x, arrays["grad_x"], **close)
    assert grad_x.flags.c_contiguous


@each("pooling", name="global_avg_pool2d")
@DTYPES
def test_global_average_is_that_of_pytorch(settings, arrays, dtype):
    x, grad_out = arrays["x"].astype(dtype), arrays["grad_out"].astype(dtype)
    close = {"rtol": 4 * np.finfo(dtype).eps, "atol": 4 * np.finfo(dtype).eps}
    y, grad_x = global_avg_pool2d(x), global_avg_pool2d_backward(grad_out, x)
    assert y.dtype == grad_x.dtype == dtype
    np.testing.assert_allclose(y, arrays["out"], **close)
    np.testing.assert_allclose(grad_x, arrays["grad_x"], **close)


SLIDING = ("kernel_size", "stride", "padding")


@st.composite
def poolings(draw):
    """Draw images with ties, and settings of which at least one window fits, rounded down or up."""
    sizes, settings = [], {"kernel_size": [], "stride": [], "padding": []}
    for _ in range(2):
        k = draw(st.integers(1, 4))
        p = draw(st.integers(0, k // 2))
        sizes.append(draw(st.integers(max(1, k - 2 * p), 8)))
        for name, value in zip(settings, (k, draw(st.integers(1, 5)), p), strict=True):
            settings[name].append(value)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.integers(-2, 3, (draw(st.integers(0, 2)), draw(st.integers(1, 2)), *sizes)) / 2
    ceil_mode = {"ceil_mode": draw(st.booleans())}
    return x, {name: tuple(values) for name, values in settings.items()} | ceil_mode


def starts(n, k, s, p, ceil_mode):
    """Yield where the windows along one direction start: as long as they fit, or start in the image."""
    start = -p
    while start + k <= n + p or (ceil_mode and start < n and start - s + k < n + p):
        yield start
        start += s


def windows(x, settings):
    """Yield the place of each window, its rows and columns, and their entries and those of padding."""
    places = []
    for n, k, s, p in zip(x.shape[2:], *(settings[name] for name in SLIDING), strict=True):
        found = starts(n, k, s, p, settings["ceil_mode"])
        places.append([(slice(max(a, 0), a + k), min(a + k, n + p) - a) for a in found])
    for i, (rows, height) in enumerate(places[0]):
        for j, (columns, width) in enumerate(places[1]):
            yield i, j, rows, columns, height * width


@given(poolings())
def test_each_window_by_itself(case):
    x, settings = case
    y, indices = max_pool2d(x, **settings, return_indices=True)
    inside = avg_pool2d(x, **settings, count_include_pad=False)
    with_zeros = avg_pool2d(x, **settings)
    seen = 0
    for i, j, rows, columns, entries in windows(x, settings):
        seen += 1
        window = x[:, :, rows, columns]
        flat = window.reshape(*x.shape[:2], -1) if x.size else np.zeros((0, x.shape[1], 1))
        np.testing.assert_array_equal(y[:, :, i, j], flat.max(axis=2))
        first = flat.argmax(axis=2)
        place = (rows.start + first // window.shape[3]) * x.shape[3] + columns.start + first % window.shape[3]
        np.testing.assert_array_equal(indices[:, :, i, j], place)
        np.testing.assert_allclose(inside[:, :, i, j], flat.mean(axis=2), atol=1e-12)
        total = flat.sum(axis=2) / entries
        np.testing.assert_allclose(with_zeros[:, :, i, j], total, atol=1e-12)
    assert seen == y[0, 0].size if len(y) else True


@given(poolings(), st.booleans(), st.integers(0, 2**32 - 1))
def test_the_average_and_its_backward_are_adjoints(case, count_include_pad, seed):
    x, settings = case
    y = avg_pool2d(x, **settings, count_include_pad=count_include_pad)
    g = numbers(np.random.default_rng(seed), *y.shape)
    grad_x = avg_pool2d_backward(g, x, **settings, count_include_pad=count_include_pad)
    np.testing.assert_allclose(np.vdot(y, g), np.vdot(x, grad_x), rtol=1e-12, atol=1e-12)


@given(poolings(), st.integers(0, 2**32 - 1))
def test_max_sends_every_gradient_somewhere(case, seed):
    x, settings = case
    y, indices = max_pool2d(x, **settings, return_indices=True)
    g = numbers(np.random.default_rng(seed), *y.shape)
    grad_x = max_pool2d_backward(g, x, **settings, indices=indices)
    expected = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(y.shape):
        expected[n, c, *divmod(indices[n, c, i, j], x.shape[3])] += g[n, c, i, j]
    np.testing.assert_array_equal(grad_x, expected)


SETTINGS = [
    {"kernel_size": 2},
    {"kernel_size": (3, 2), "stride": 1, "padding": 1},
    {"kernel_size": 2, "stride": 3},
    {"kernel_size": (3, 4), "stride": 2, "padding": (0, 1), "ceil_mode": True},
]


@pytest.mark.parametrize("settings", SETTINGS)
def test_gradcheck(settings):
    x = np.random.default_rng(0).permutation(2 * 2 * 5 * 6).reshape(2, 2, 5, 6) / 10  # no ties
    gradcheck(
        lambda x: max_pool2d(x, **settings),
        lambda grad_out, x: max_pool2d_backward(grad_out, x, **settings),
        x,
    )
    for method in ("central", "complex"):
        gradcheck(
            lambda x: avg_pool2d(x, **settings),
            lambda grad_out, x: avg_pool2d_backward(grad_out, x, **settings),
            x,
            method=method,
        )


def test_gradcheck_of_the_global_average():
    x = np.random.default_rng(0).standard_normal((2, 3, 4, 5))
    gradcheck(global_avg_pool2d, global_avg_pool2d_backward, x, method="complex")


def test_only_minus_infinity_gives_a_place_inside_the_image():
    x = np.full((1, 1, 3, 4), -np.inf)
    y, indices = max_pool2d(x, 3, stride=2, padding=1, return_indices=True)
    np.testing.assert_array_equal(y, np.full((1, 1, 2, 2), -np.inf))
    assert indices.tolist() == [[[[0, 1], [4, 5]]]]


def test_rounding_up_never_counts_what_lies_beyond_the_padding():
    x = np.ones((1, 1, 1, 4))
    settings = {"kernel_size": (1, 3), "stride": 2, "padding": (0, 1), "ceil_mode": True}
    np.testing.assert_allclose(avg_pool2d(x, **settings)[0, 0, 0], [2 / 3, 1, 1 / 2])
    inside = avg_pool2d(x, **settings, count_include_pad=False)
    np.testing.assert_array_equal(inside, np.ones((1, 1, 1, 3)))


def test_a_kernel_larger_than_the_image_fits_if_it_is_rounded_up():
    x = np.arange(12.0).reshape(1, 1, 3, 4)
    y, indices = max_pool2d(x, 5, stride=3, ceil_mode=True, return_indices=True)
    assert (y.item(), indices.item()) == (11, 11)
    with pytest.raises(ValueError, match="no window fits"):
        max_pool2d(x, 5, stride=3)


@pytest.mark.parametrize("kernel", [(255, 1), (16, 16), (257, 1), (1, 300), (17, 16)])
def test_a_kernel_may_have_more_entries_than_a_byte_counts(kernel):
    entries = kernel[0] * kernel[1]
    x = np.arange(float(entries)).reshape(1, 1, *kernel)
    y, indices = max_pool2d(x, kernel, return_indices=True)
    assert indices.item() == y.item() == entries - 1


X = np.ones((2, 3, 5, 6))


@pytest.mark.parametrize("function", [max_pool2d, avg_pool2d])
@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        ({"x": X[0]}, ValueError, r"x must have shape \(N, C, H, W\), got \(3, 5, 6\)"),
        ({"x": X[:, :0]}, ValueError, "x must have at least one channel"),
        ({"x": X.astype(int)}, TypeError, r"x must hold floating-point.*x\.astype\(float\)"),
        ({"x": X.astype(object)}, TypeError, "x must be numeric"),
        ({"kernel_size": 6}, ValueError, r"no window fits.*image \(5, 6\), kernel \(6, 6\)"),
        ({"kernel_size": 0}, ValueError, "kernel_size must be at least 1"),
        ({"kernel_size": "2"}, TypeError, "kernel_size must be a whole number"),
        ({"stride": 0}, ValueError, "stride must be at least 1"),
        ({"stride": 1.5}, TypeError, "stride must be a whole number"),
        ({"padding": (0, 2)}, ValueError, r"padding \(0, 2\) must be at most half of kernel_size \(2, 2\)"),
        ({"padding": (2, 0)}, ValueError, r"padding \(2, 0\) must be at most half of kernel_size \(2, 2\)"),
        ({"padding": -1}, ValueError, "padding must be at least 0"),
        ({"padding": "same"}, TypeError, "padding must be a whole number"),
    ],
)
def test_refuses_bad_input(function, change, kind, message):
    with pytest.raises(kind, match=message):
        function(**{"x": X, "kernel_size": 2, **change})


@pytest.mark.parametrize("function", [max_pool2d_backward, avg_pool2d_backward])
def test_backward_refuses_another_gradient(function):
    with pytest.raises(
        ValueError, match=r"grad_out must have shape \(2, 3, 2, 3\).*x \(2, 3, 5, 6\).*got \(2, 3, 2, 2\)"
    ):
        function(np.ones((2, 3, 2, 2)), X, 2)
    with pytest.raises(TypeError, match="grad_out must hold floating-point"):
        function(np.ones((2, 3, 2, 3), int), X, 2)


def test_max_refuses_complex_numbers():
    with pytest.raises(TypeError, match="x must hold real numbers, got dtype complex128"):
        max_pool2d(X + 0j, 2)


@pytest.mark.parametrize(
    ("indices", "kind", "message"),
    [
        (np.zeros((2, 3, 2, 3)), TypeError, "indices must be whole numbers, got dtype float64"),
        (
            np.zeros((2, 3, 2, 2), int),
            ValueError,
            r"indices must have shape \(2, 3, 2, 3\), that of .* x \(2, 3, 5, 6\)",
        ),
        (np.full((2, 3, 2, 3), 30), ValueError, "indices must point into an image of 5 \\* 6 = 30 entries"),
        (np.full((2, 3, 2, 3), -1), ValueError, "indices must point into an image"),
    ],
)
def test_max_backward_refuses_other_indices(indices, kind, message):
    with pytest.raises(kind, match=message):
        max_pool2d_backward(np.ones((2, 3, 2, 3)), X, 2, indices=indices)


def test_the_global_average_refuses_bad_input():
    with pytest.raises(ValueError, match=r"the mean of no entry is not defined: x has shape \(2, 3, 0, 6\)"):
        global_avg_pool2d(X[:, :, :0])
    with pytest.raises(ValueError, match="x must have shape"):
        global_avg_pool2d(X[0])
    with pytest.raises(TypeError, match="floating-point"):
        global_avg_pool2d(X.astype(int))
    with pytest.raises(ValueError, match=r"grad_out must have shape \(2, 3\)"):
        global_avg_pool2d_backward(np.ones((2, 3, 1, 1)), X)


@pytest.mark.parametrize("dtype", np.typecodes["AllInteger"])
def test_indices_of_every_integer_dtype_will_do(dtype):
    x = np.random.default_rng(0).standard_normal((2, 1, 4, 5))
    y, indices = max_pool2d(x, 2, return_indices=True)
    expected = max_pool2d_backward(y, x, 2, indices=indices)
    np.testing.assert_array_equal(max_pool2d_backward(y, x, 2, indices=indices.astype(dtype)), expected)


@pytest.mark.parametrize("dtype", [bool, float, complex, object, "U2", "M8[s]", "m8[s]"])
def test_indices_of_any_other_dtype_are_refused_by_name(dtype):
    x = np.ones((1, 1, 2, 2))
    with pytest.raises(TypeError, match="indices must be whole numbers, got dtype"):
        max_pool2d_backward(x[..., :1, :1], x, 2, indices=np.zeros((1, 1, 1, 1)).astype(dtype))
