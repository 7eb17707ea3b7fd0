"""The two-dimensional products, against SciPy and against loops written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

from cnnbook import convolve2d, cross_correlate2d

IMAGE = np.array([[1, 2, 0, 3], [0, 1, 4, 2], [5, 0, 1, 1]], float)
KERNEL = np.array([[1, -2, 0], [3, 0, 1]], float)


def correlate_by_loops(image, kernel):
    """Return the sums of products, one product after the other."""
    H_out, W_out = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    output = np.zeros((H_out, W_out))
    for i, j in np.ndindex(H_out, W_out):
        for u, v in np.ndindex(kernel.shape):
            output[i, j] += image[i + u, j + v] * kernel[u, v]
    return output


def test_cross_correlation_worked_by_hand():
    # 1*1 - 2*2 + 3*0 + 1*4 = 1; 1*2 + 3*1 + 1*2 = 7; -2*1 + 3*5 + 1*1 = 14; 1 - 2*4 + 1 = -6
    np.testing.assert_array_equal(cross_correlate2d(IMAGE, KERNEL), [[1, 7], [14, -6]])
    np.testing.assert_array_equal(correlate_by_loops(IMAGE, KERNEL), [[1, 7], [14, -6]])


def test_convolution_worked_by_hand():
    # the flipped kernel is [[1, 0, 3], [0, -2, 1]]
    # 1*1 + 3*0 - 2*1 + 4 = 3; 2 + 3*3 - 2*4 + 2 = 5; 3*4 + 0 + 1 = 13; 1 + 3*2 - 2*1 + 1 = 6
    np.testing.assert_array_equal(convolve2d(IMAGE, KERNEL), [[3, 5], [13, 6]])


@st.composite
def cases(draw):
    """Draw an image and a kernel that fits, neither of them square in general."""
    K_h, K_w = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    H, W = draw(st.integers(K_h, K_h + 7)), draw(st.integers(K_w, K_w + 7))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.standard_normal((H, W)), rng.standard_normal((K_h, K_w))


@given(cases())
def test_agrees_with_scipy_and_the_loops(case):
    image, kernel = case
    close = {"rtol": 1e-12, "atol": 1e-12}
    np.testing.assert_allclose(
        cross_correlate2d(image, kernel), signal.correlate2d(image, kernel, "valid"), **close
    )
    np.testing.assert_allclose(convolve2d(image, kernel), signal.convolve2d(image, kernel, "valid"), **close)
    np.testing.assert_allclose(cross_correlate2d(image, kernel), correlate_by_loops(image, kernel), **close)


@pytest.mark.parametrize("function", [cross_correlate2d, convolve2d])
@pytest.mark.parametrize(
    ("image", "kernel", "output"),
    [
        ("float32", "float32", "float32"),
        ("float32", "float64", "float64"),
        ("float64", "float32", "float64"),
        ("complex64", "float32", "complex64"),
    ],
)
def test_result_has_the_common_dtype(function, image, kernel, output):
    assert function(IMAGE.astype(image), KERNEL.astype(kernel)).dtype == output


def test_complex_numbers_are_not_conjugated():
    assert cross_correlate2d(np.array([[1j]]), np.array([[1j]])).item() == -1


@pytest.mark.parametrize("function", [cross_correlate2d, convolve2d])
def test_leaves_its_arguments_alone(function):
    image, kernel = IMAGE.copy(), KERNEL.copy()
    function(image, kernel)
    np.testing.assert_array_equal(image, IMAGE)
    np.testing.assert_array_equal(kernel, KERNEL)


@pytest.mark.parametrize("function", [cross_correlate2d, convolve2d])
def test_takes_strided_views(function):
    image, kernel = IMAGE.T[::-1], KERNEL.T[:, ::-1]
    np.testing.assert_array_equal(function(image, kernel), function(image.copy(), kernel.copy()))


def test_takes_nested_lists():
    assert convolve2d([[1.0, 2.0]], [[3.0]]).tolist() == [[3.0, 6.0]]


@pytest.mark.parametrize("function", [cross_correlate2d, convolve2d])
@pytest.mark.parametrize(
    ("image", "kernel", "kind", "message"),
    [
        (IMAGE.astype(int), KERNEL, TypeError, r"image must hold .*got dtype int64.*image\.astype\(float\)"),
        (IMAGE, KERNEL.astype(np.uint8), TypeError, "kernel must hold .*got dtype uint8"),
        (IMAGE > 0, KERNEL, TypeError, "image must hold .*got dtype bool"),
        (IMAGE[0], KERNEL, ValueError, r"image must have two dimensions .* got shape \(4,\)"),
        (IMAGE, KERNEL[None], ValueError, r"kernel must have two dimensions .* got shape \(1, 2, 3\)"),
        (IMAGE, KERNEL[0], ValueError, r"kernel must have two dimensions .* got shape \(3,\)"),
        (IMAGE, 2.0, ValueError, r"kernel must have two dimensions .* got shape \(\)"),
        (IMAGE, KERNEL[:0], ValueError, r"image \(3, 4\) and kernel \(0, 3\) must not be empty"),
        (IMAGE[:1], KERNEL, ValueError, r"kernel \(2, 3\) must not be larger than the image \(1, 4\)"),
        (IMAGE[:, :2], KERNEL, ValueError, r"kernel \(2, 3\) must not be larger than the image \(3, 2\)"),
    ],
)
def test_refuses_other_input(function, image, kernel, kind, message):
    with pytest.raises(kind, match=message):
        function(image, kernel)
