"""The code that chapter 1 teaches is right, and equal to what the package does."""

import numpy as np
import pytest
from chapter import Chapter
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

import cnnbook
from cnnbook.kernels import KERNELS, image_kernel

chapter = Chapter("01_convolution", cross_correlate2d=cnnbook.cross_correlate2d)


taught = chapter.taught()
sizes = st.integers(1, 6)


@st.composite
def pairs(draw):
    """Draw an image and a kernel that fits into it, not square as a rule."""
    K_h, K_w, more_h, more_w = draw(st.tuples(sizes, sizes, sizes, sizes))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.normal(size=(K_h + more_h - 1, K_w + more_w - 1)), rng.normal(size=(K_h, K_w))


@given(pairs())
def test_the_loops_equal_the_package_and_scipy(pair):
    x, w = pair
    y = taught.correlate_loops(x, w)
    np.testing.assert_allclose(y, cnnbook.cross_correlate2d(x, w), atol=1e-12)
    np.testing.assert_allclose(y, signal.correlate2d(x, w, mode="valid"), atol=1e-12)


@given(pairs())
def test_the_flipped_loops_equal_the_package_and_scipy(pair):
    x, w = pair
    y = taught.convolve_loops(x, w)
    np.testing.assert_allclose(y, cnnbook.convolve2d(x, w), atol=1e-12)
    np.testing.assert_allclose(y, signal.convolve2d(x, w, mode="valid"), atol=1e-12)


@given(pairs(), st.data())
def test_one_window_is_one_output(pair, data):
    x, w = pair
    y = cnnbook.cross_correlate2d(x, w)
    i, j = (data.draw(st.integers(0, n - 1)) for n in y.shape)
    assert taught.one_window(x, w, i, j) == pytest.approx(y[i, j], abs=1e-12)


@pytest.mark.parametrize(("n", "k"), [(7, 3), (1, 1), (9, 9), (256, 3)])
def test_the_count_of_windows_equals_the_package(n, k):
    assert taught.count_windows(n, k) == cnnbook.output_size(n, k)


@given(pairs())
def test_the_matrix_is_the_one_of_the_exercise(pair):
    x, w = pair
    matrix = taught.matrix_by_asking(w, x.shape)
    np.testing.assert_allclose(matrix @ x.ravel(), taught.correlate_loops(x, w).ravel(), atol=1e-12)
    solution = chapter.defined_by("solution-dense-matrix")["dense_matrix_solution"]
    np.testing.assert_array_equal(matrix, solution(w, x.shape))


@given(pairs(), st.data())
def test_the_slope_of_the_squared_error_is_its_derivative(pair, data):
    x, w = pair
    target = np.zeros_like(cnnbook.cross_correlate2d(x, w))
    u, v = (data.draw(st.integers(0, n - 1)) for n in w.shape)
    y = taught.correlate_loops(x, w)
    pixels = x[u : u + y.shape[0], v : v + y.shape[1]]
    slope = taught.slope_ahead(lambda kernel: taught.mean_squared_error(kernel, x, target), w, u, v)
    # A forward difference of a parabola is off by h times half the second derivative.
    assert slope == pytest.approx((2 * y * pixels).mean() + 0.001 * (pixels**2).mean(), abs=1e-6)


@pytest.mark.parametrize("name", ["Sobel vertical", "sharpen", "box blur"])
def test_any_kernel_can_be_learned(name):
    rng = np.random.default_rng(5)
    picture, secret = rng.random((16, 16)), image_kernel(name).astype(float)
    result = cnnbook.cross_correlate2d(picture, secret)
    kernels = taught.learn(
        lambda kernel: taught.mean_squared_error(kernel, picture, result), rng.normal(size=(3, 3)), 0.3, 200
    )
    assert len(kernels) == 201
    np.testing.assert_allclose(kernels[-1], secret, atol=0.01)


def test_what_the_text_says_about_the_kernels():
    sums = {name: round(float(image_kernel(name).sum()), 6) for name in KERNELS}
    assert [name for name, total in sums.items() if total == 0] == [
        "outline",
        "Sobel horizontal",
        "Sobel vertical",
    ]
    assert set(sums.values()) == {0, 1}
    ranks = {name: np.linalg.matrix_rank(image_kernel(name)) for name in KERNELS}
    assert {name for name, rank in ranks.items() if rank > 1} == {"sharpen", "emboss", "outline"}


def test_other_cells_say_what_their_text_says():
    said = chapter.said()
    assert said["edges"] == said["commute"] == "True"
    assert said["not-commute"] == "False"
    assert said["sources-check"] == "{'correlate2d': True, 'convolve2d': False}"
