"""What the chapter on convolution teaches is right, and equal to what the package does."""

import ast

import numpy as np
import pytest
from chapter import Chapter
from claims import numbers, pairs
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

import cnnbook
from cnnbook.data import photo
from cnnbook.widgets.quiz.questions import load_questions

chapter = Chapter("01_convolution", cross_correlate2d=cnnbook.cross_correlate2d)
taught = chapter.taught()
said, told = chapter.said(), chapter.said("text/markdown")
lists = st.lists(st.integers(-9, 9), min_size=1, max_size=6)
QUESTIONS = {q["id"]: q for part in load_questions("01_convolution").values() for q in part}


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


def test_the_rim_is_white_and_the_saucer_is_red():
    rim, saucer = (photo()[r : r + 5, c : c + 5].mean(axis=(0, 1)) for r, c in ((66, 38), (88, 18)))
    assert rim.min() > 200
    assert saucer[0] > 3 * saucer[1:].max()
    for level in (*rim, *saucer):
        assert f" {level:.0f}" in told["channels-result"]


def test_the_rim_answers_on_its_sides_and_hardly_at_the_top():
    left, row, right, top, column, bottom, *inner = numbers(told["rim-result"])
    assert (row, column) == (60, 115)
    assert inner[0] < -50 < 50 < inner[1]
    assert left > 300 > -300 > right
    assert max(abs(top), abs(bottom)) < 0.1 * min(left, -right)


def test_whole_numbers_are_refused():
    (refused,) = (cell for cell in chapter.cells if cell.id == "integers-refused")
    assert refused.outputs[0].ename == "TypeError"


def test_a_dense_layer_of_the_photograph():
    assert numbers(told["why-result"])[2:4] == [256 * 256 * 254 * 254, 64]
    assert f"{256 * 256 * 254 * 254 * 8 / 1e9:.0f} gigabytes" in told["why-result"]


def test_an_edge_in_two_numbers():
    image = chapter.defined_by("two-numbers")["black_and_white"]
    edge = signal.correlate2d(image, [[-1, 1]], "valid")
    assert said["two-numbers"] == repr(edge)


@given(
    st.lists(st.integers(-9, 9), min_size=1, max_size=6), st.lists(st.integers(-9, 9), min_size=1, max_size=6)
)
def test_pairs_with_one_sum_are_a_convolution(first, second):
    sums = np.zeros(len(first) + len(second) - 1, int)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            sums[i + j] += a * b
    assert sums.tolist() == np.convolve(first, second).tolist() == np.convolve(second, first).tolist()
    differences = np.correlate(first, second, "full")
    assert differences.tolist() == np.correlate(second, first, "full")[::-1].tolist()


def test_what_the_table_of_pairs_adds_up_to():
    assert ast.literal_eval(said["pairs"].replace("array", "")) == ([4, 13, 22, 15], [4, 13, 22, 15])


def test_other_cells_say_what_their_text_says():
    assert said["commute"] == "[True, False]"
    assert said["window-slice"] == "(np.float64(454.0), np.int64(454))"


def test_the_map_is_of_the_loops_that_scipy_confirms():
    assert said["check-scipy"] == "True"
    assert "correlate_loops(x_photo, w)" in chapter.source("edges")


def test_which_sizes_give_one_number():
    for answer in QUESTIONS["one-number"]["answers"]:
        H, W, K_h, K_w = (int(n) for n in numbers(answer["text"]))
        size = (H - K_h + 1, W - K_w + 1)
        assert (size == (1, 1)) is answer["right"]


def test_where_the_largest_of_each_row_stands():
    """The largest does not move on with the edge in every row; the numbers beside it grow."""
    w = chapter.defined_by_part("explorer", "w")
    y = signal.correlate2d(photo(grey=True)[68:75, 33:40].astype(float), w, "valid")
    columns = y.argmax(axis=1)
    assert columns[0] == 2
    assert set(columns[1:]) == {3}
    assert (np.diff(y[:, 4]) > 0).all()
    assert numbers(told["largest-result"]) == [2, 3, 4, y[0, 4], y[-1, 4]]


def test_the_order_matters_unless_every_overlap_is_counted():
    rng = np.random.default_rng(2)
    a, b = rng.normal(size=(9, 6)), rng.normal(size=(2, 4))
    np.testing.assert_allclose(signal.convolve2d(a, b, "full"), signal.convolve2d(b, a, "full"))
    with pytest.raises(ValueError, match="kernel"):
        cnnbook.convolve2d(b, a)
    assert "does not matter if every overlap is counted" in chapter.source("takeaways")
