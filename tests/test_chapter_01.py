"""The code that chapter 1 teaches is right, and equal to what the package does."""

import ast
import re

import numpy as np
import pytest
from chapter import Chapter
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from scipy import ndimage, signal

import cnnbook
from cnnbook.data import photo
from cnnbook.kernels import KERNELS, image_kernel

chapter = Chapter("01_convolution", cross_correlate2d=cnnbook.cross_correlate2d)


taught = chapter.taught()
said, told = chapter.said(), chapter.said("text/markdown")
sizes = st.integers(1, 6)


def numbers(text):
    """Return the numbers in a text, in their order."""
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-"))]


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
    slopes = taught.slopes_of(lambda kernel: taught.mean_squared_error(kernel, x, target), w)
    # A forward difference of a parabola is off by h times half the second derivative.
    assert slopes[u, v] == pytest.approx((2 * y * pixels).mean() + 0.001 * (pixels**2).mean(), abs=1e-6)


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


def test_the_rim_is_white_and_the_saucer_is_red():
    rim, saucer = (photo()[r : r + 5, c : c + 5].mean(axis=(0, 1)) for r, c in ((66, 38), (88, 18)))
    assert rim.min() > 200
    assert saucer[0] > 3 * saucer[1:].max()
    for level in (*rim, *saucer):
        assert f" {level:.0f}" in told["channels-result"]


def test_the_rim_answers_on_its_sides_and_hardly_at_the_top():
    left, right, top, bottom = numbers(told["rim-result"])[:4]
    assert left > 300 > -300 > right
    assert max(abs(top), abs(bottom)) < 0.1 * min(left, -right)


@pytest.mark.parametrize("m", [1, 3, 40])
@pytest.mark.parametrize(("size", "frame"), [(3, 0), (3, 1), (5, 2)])
def test_a_moved_scene_breaks_as_many_columns_as_the_frame_is_wide(m, size, frame):
    """Not 40 columns for a move of 40: the columns that come into view are new, not broken."""
    x, kernel = photo(grey=True).astype(float), image_kernel("Sobel vertical", size).astype(float)
    old, new = (
        cnnbook.cross_correlate2d(np.pad(crop, frame), kernel) for crop in (x[:, m : m + 200], x[:, :200])
    )
    broken = np.flatnonzero((new[:, m:] != old[:, : old.shape[1] - m]).any(axis=0)) + m
    assert broken.tolist() == [*range(m, m + frame), *range(200 - frame, 200)][: 2 * frame]


def test_what_is_new_after_a_move():
    assert said["shift-code"] == "True"
    assert numbers(told["shift-result"])[:3] == [198, 158, 40]
    assert ast.literal_eval(said["shift-borders"]) == ([], [40, 199], [40, 41, 198, 199])


def windows_of(image):
    return sliding_window_view(image, (3, 3)).reshape(-1, 9)


def test_a_photograph_teaches_slowly_and_not_wrongly():
    """Worked out with the windows as a matrix, where the chapter nudges every weight."""
    rng = np.random.default_rng(1)
    noise, _ = rng.random((16, 16)), photo(grey=True)
    start = rng.normal(size=(3, 3)).ravel()
    small, whole = photo(grey=True)[150:166, 150:166] / 255, photo(grey=True).astype(float)
    secret = image_kernel("Sobel vertical").ravel()
    claimed = numbers((told["learn-noise-result"] + told["learn-noise-why"]).replace(",", ""))
    A, B = windows_of(small), windows_of(noise)
    weights, after = start.copy(), {}
    for step in range(1, 5001):
        weights = weights - 0.3 * 2 / len(A) * A.T @ (A @ weights - A @ secret)
        after[step] = weights
    off = {step: np.abs(after[step] - secret).max() for step in (200, 5000)}
    gap = np.linalg.norm(A @ (after[200] - secret)) / np.linalg.norm(A @ secret)
    apart = np.abs(windows_of(whole) @ (after[200] - secret)).max()
    ratios = [np.linalg.cond(windows.T @ windows) for windows in (A, B)]
    assert claimed[0] == 200
    assert claimed[2] == pytest.approx(off[200], abs=0.06)
    assert claimed[4] == pytest.approx(100 * gap, abs=1)
    assert claimed[5] == pytest.approx(apart, abs=3)
    assert [claimed[9], claimed[10]] == [round(ratio) for ratio in ratios]
    assert claimed[11] == 5000
    assert claimed[12] == pytest.approx(off[5000], abs=2e-4)
    assert claimed[12] < 0.001


def test_the_flattest_direction_of_the_photograph_is_a_chequered_one():
    small = windows_of(photo(grey=True)[150:166, 150:166] / 255)
    flattest = np.linalg.eigh(small.T @ small)[1][:, 0].reshape(3, 3)
    signs = np.sign(flattest)
    assert (signs[:, 1:] == -signs[:, :-1]).all()
    assert (signs[1:] == -signs[:-1]).all()


def test_a_step_asks_for_ten_losses():
    asked = []
    taught.slopes_of(lambda kernel: asked.append(kernel) or 0.0, np.zeros((3, 3)))
    assert len(asked) == 10 == int(said["count-losses"])


def test_an_odd_pixel_is_half_an_edge_to_sobel():
    answers = ast.literal_eval(said["odd-pixel"])
    assert answers == {"bare difference": (1.0, 1.0), "Sobel": (4.0, 2.0)}
    edge, odd = np.zeros((9, 9)), np.zeros((9, 9))
    edge[:, 5:], odd[4, 4] = 1, 1
    assert [np.abs(ndimage.sobel(image, 1)).max() for image in (edge, odd)] == [4, 2]


def test_examples_and_weights_of_one_small_picture():
    dense = signal.correlate2d(np.zeros((16, 16)), np.zeros((3, 3)), "valid").size
    assert numbers(told["matrix-examples"].replace(",", ""))[2:] == [dense, 9, 256 * dense, dense]


def test_whole_numbers_are_refused():
    (refused,) = (cell for cell in chapter.cells if cell.id == "integers-refused")
    assert refused.outputs[0].ename == "TypeError"


def test_other_cells_say_what_their_text_says():
    assert said["edges"] == said["commute"] == "True"
    assert said["not-commute"] == "False"
    assert said["sources-check"] == "{'correlate2d': True, 'convolve2d': False}"
