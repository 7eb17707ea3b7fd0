"""The code that the chapter on im2col teaches is right, and equal to what the package does."""

import re
import timeit

import numpy as np
import pytest
from chapter import Chapter
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from threadpoolctl import threadpool_limits

import book
import cnnbook

chapter = Chapter("06_im2col", sliding_window_view=sliding_window_view, im2col=cnnbook.im2col)
WAYS = ["im2col_loop", "im2col_view"]


taught = chapter.taught()


@st.composite
def cases(draw):
    """Draw a batch and settings of which one window fits at least; height and width are drawn apart."""
    sizes, kernel_size, stride, padding = [], [], [], []
    for _ in range(2):
        k, p = draw(st.integers(1, 4)), draw(st.integers(0, 3))
        smallest = max(1, k - 2 * p)
        sizes.append(draw(st.integers(smallest, smallest + 5)))
        kernel_size.append(k)
        padding.append(p)
        stride.append(draw(st.integers(1, 4)))
    N, C = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    dtype = draw(st.sampled_from([np.float64, np.float32, np.int16]))
    x = np.arange(1, 1 + N * C * sizes[0] * sizes[1], dtype=dtype).reshape(N, C, *sizes)
    return x, tuple(kernel_size), tuple(stride), tuple(padding)


@pytest.mark.parametrize("way", WAYS)
@given(case=cases())
def test_every_way_is_the_package(way, case):
    np.testing.assert_array_equal(getattr(taught, way)(*case), cnnbook.im2col(*case), strict=True)


@given(cases())
def test_the_first_columns_are_the_package(case):
    x, kernel_size, _, padding = case
    x_pad = taught.pad(x, padding)
    columns = taught.columns_by_windows(x_pad[0, 0], kernel_size)
    np.testing.assert_array_equal(columns, cnnbook.im2col(x[:1, :1], kernel_size, padding=padding)[0])


@pytest.mark.parametrize(("side", "k", "stride", "padding"), [(7, 3, 1, 0), (8, 3, 2, 1), (6, 2, 2, 0)])
def test_the_rows_added_back_are_right_unless_swapped(side, k, stride, padding):
    cols = np.random.default_rng(0).normal(
        size=(1, k * k, cnnbook.output_size(side, k, stride, padding) ** 2)
    )
    expected = cnnbook.col2im(cols, side, k, stride, padding)[0, 0]
    rows = np.ascontiguousarray(cols[0].T)
    right, wrong = (
        taught.add_rows_back(rows, (side, side), k, stride, padding, swapped) for swapped in (False, True)
    )
    np.testing.assert_allclose(right, expected, atol=1e-12)
    assert np.abs(wrong - expected).max() > 0.5


@pytest.mark.parametrize(("side", "k"), [(5, 3), (3, 2), (7, 4)])
def test_where_the_swap_does_no_harm(side, k):
    assert taught.adjoint_gap(side, k, 1, 0, swapped=True) < 1e-9


@pytest.mark.parametrize("setting", [(7, 3, 1, 0), (7, 3, 1, 1), (8, 3, 2, 1), (6, 3, 1, 0)])
def test_where_the_adjoint_test_catches_the_swap(setting):
    assert taught.adjoint_gap(*setting, swapped=False) < 1e-9
    assert taught.adjoint_gap(*setting, swapped=True) > 1


def test_what_the_table_of_the_swap_says():
    (table,) = (cell.outputs[0].data["text/markdown"] for cell in chapter.cells if cell.id == "swapped-table")
    lines = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    assert [line[4] for line in lines if line[4] != "0.0"] == []
    assert [line[5] == "0.0" for line in lines] == [True] * 2 + [False] * 4
    assert lines[-1][5] == "IndexError"


def test_the_adjoint_test_is_blind_to_a_mistake_of_both():
    assert chapter.said()["adjoint-blind"] == "(True, False)"


def test_the_published_lookup_is_the_swapped_one():
    """Our words for it: idx[row] * k2 + idx[column] + ftrs * offset, of a window that starts at idx."""
    k, window, offset = 3, (2, 1), 5
    entry = window[0] * k + window[1] + k * k * offset
    marked = np.zeros(25 * 9)
    marked[entry] = 1
    back = taught.add_rows_back(marked.reshape(25, 9), (7, 7), k, 1, 0, swapped=True)
    assert back[window[0] + offset // k, window[1] + offset % k] == 1


STEPS = {"cuts": "conv_by_cuts", "einsum": "conv_by_einsum", "product": "conv_by_product"}


def best(function, *arrays):
    with threadpool_limits(1):
        return min(timeit.repeat(lambda: function(*arrays), number=1, repeat=7))


def test_on_a_small_layer_leaving_python_is_most_of_the_gain():
    x, weight = np.ones((1, 3, 14, 14), np.float32), np.ones((8, 3, 3, 3), np.float32)
    loops = best(lambda x, w: cnnbook.conv2d_naive(x, w, padding=1), x, weight)
    times = {name: best(getattr(taught, step), x, weight) for name, step in STEPS.items()}
    assert loops / times["einsum"] > 200 > 20 > times["einsum"] / times["product"]
    assert "the time is divided by hundreds" in chapter.source("measure-say")
    assert "On the small layer above leaving Python saves most" in chapter.source("takeaways")


def test_on_a_large_layer_the_product_counts():
    x, weight = np.ones((4, 32, 28, 28), np.float32), np.ones((64, 32, 3, 3), np.float32)
    times = {name: best(getattr(taught, step), x, weight) for name, step in STEPS.items()}
    assert times["einsum"] / times["product"] > 1.5


@pytest.mark.parametrize(("N", "C", "C_out"), [(1, 3, 8), (4, 32, 64)])
def test_by_itself_the_tuned_product_is_faster_on_either_layer(N, C, C_out):
    x, weight = np.ones((N, C, 28, 28), np.float32), np.ones((C_out, C, 3, 3), np.float32)
    rows, cols = weight.reshape(C_out, -1), taught.columns_only(x, weight)
    plain = best(lambda rows, cols: np.einsum("oq,nql->nol", rows, cols), rows, cols)
    assert plain / best(np.matmul, rows, cols) > 1.5
    told = " ".join(chapter.source(name) for name in ("measure-say", "takeaways"))
    assert "nearly all of the gain" not in told


def test_the_building_counts_on_the_small_layer_only():
    for (N, C, C_out), many in (((1, 3, 8), True), ((4, 32, 64), False)):
        x, weight = np.ones((N, C, 28, 28), np.float32), np.ones((C_out, C, 3, 3), np.float32)
        share = best(taught.columns_only, x, weight) / best(taught.conv_by_product, x, weight)
        assert (share > 0.4) == many


def test_the_places_of_the_published_lookup():
    """Place 5 of the window in row 2 and column 1; five windows stand in a row."""
    row, column, place, width = 2, 1, 5, cnnbook.output_size(7, 3)
    right, theirs = 9 * (row * width + column) + place, row * 3 + column + 9 * place
    assert f"9 · 11 + 5, which is {right}." in chapter.source("mistake")
    assert f"9 · 5 + 7, which is {theirs}:" in chapter.source("mistake")


def test_the_ways_are_counted_alike():
    intro = (book.ROOT / "intro.ipynb").read_text("utf-8")
    assert "built in four ways" in intro
    assert "in four ways" in chapter.source("title")
    assert "- Four ways to build the columns:" in chapter.source("title")
    assert "was one way. Here are three more." in chapter.source("ways")


@given(cases())
def test_every_step_of_the_measurement_is_the_layer(case):
    x, *_ = case
    x = x.astype(float)
    weight = np.random.default_rng(0).normal(size=(2, x.shape[1], 3, 3))
    expected = cnnbook.conv2d_naive(x, weight, padding=1)
    for step in STEPS.values():
        y = getattr(taught, step)(x, weight).reshape(expected.shape)
        np.testing.assert_allclose(y, expected, rtol=1e-9, atol=1e-9)


def test_a_symbol_has_one_meaning():
    """The width is W and the rows of pixels are i; a place in a window is q."""
    prose = "\n".join(cell.source for cell in chapter.cells if cell.cell_type == "markdown")
    assert not re.findall(r"W_\{o|\br\\?,|\bR\b|row \$r\$|column \$c\$", prose)


def test_one_cell_is_measured_and_shows_a_picture_only():
    measured = [cell for cell in chapter.cells if "measured" in cell.metadata.get("tags", [])]
    assert len(measured) == 1
    (output,) = measured[0].outputs
    assert "image/png" in output.data


@given(cases(), st.sampled_from([1, 2, 3]))
def test_the_grouped_product_is_the_package(case, groups):
    x, *settings = case
    x = np.repeat(x.astype(float), groups, axis=1)
    weight = np.random.default_rng(0).normal(size=(2 * groups, x.shape[1] // groups, *settings[0]))
    expected = cnnbook.conv2d_naive(x, weight, None, *settings[1:], groups=groups)
    y = taught.grouped_product(weight.reshape(2 * groups, -1), cnnbook.im2col(x, *settings), groups)
    np.testing.assert_allclose(y.reshape(expected.shape), expected, rtol=1e-9, atol=1e-9)


def test_dilation_takes_the_two_changes_that_the_text_names():
    x = np.random.default_rng(0).normal(size=(1, 2, 9, 8))
    (K_h, K_w), (d_h, d_w) = (3, 2), (2, 3)
    cols = cnnbook.im2col(x, (K_h, K_w), dilation=(d_h, d_w)).reshape(1, 2, K_h, K_w, 9 - 4, 8 - 3)
    for u, v in np.ndindex(K_h, K_w):
        np.testing.assert_array_equal(cols[:, :, u, v], x[:, :, d_h * u :, d_w * v :][:, :, :5, :5])


def test_other_cells_say_what_their_text_says():
    assert chapter.said()["strided-view"].startswith("((48, 8), (48, 8, 48, 8), False)")
    assert " 2 of 10,000 numbers are right" in chapter.said("text/markdown")["worked-trap"]
    assert " 9 times as much" in chapter.said("text/markdown")["cost-example"]


def test_the_worked_examples_of_the_sources():
    assert chapter.said()["product"] == "((3, 4), (4, 25), (3, 25))"
    assert chapter.said()["worked-product"] == "((20, 500), (5, 20, 10, 10))"
    assert chapter.said()["shapes-of-columns"] == "((1, 27, 25), (1, 363, 3025))"
