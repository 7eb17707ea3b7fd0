"""The figures of columns show the numbers that they are given."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnbook import im2col, plotting
from cnnbook.plotting.paper import WIDTH


@pytest.fixture(autouse=True)
def _no_window():
    with mpl.rc_context({"backend": "agg"}):
        yield
        plt.close("all")


def numbers(ax):
    return [int(text.get_text()) for text in ax.texts if text.get_text().isdigit()]


COLS = im2col(np.arange(1, 25).reshape(2, 1, 3, 4), 2)


def test_the_three_layouts_hold_the_same_numbers_in_their_own_order():
    per_picture, batch_last, rows = (numbers(ax) for ax in plotting.column_layouts(COLS).axes)
    assert per_picture == np.concatenate(list(COLS), axis=1).ravel().tolist()
    assert batch_last == [n for pair in zip(*COLS.reshape(2, -1).tolist(), strict=True) for n in pair]
    assert rows == np.concatenate([matrix.T for matrix in COLS], axis=1).ravel().tolist()


def test_the_layouts_have_two_shades_one_for_each_picture():
    for ax in plotting.column_layouts(COLS).axes:
        faces = np.asarray(ax.images[0].get_array())
        shown = np.array(numbers(ax)).reshape(faces.shape[:2])
        assert len(np.unique(faces.reshape(-1, 3), axis=0)) == 2
        assert len(np.unique(faces[shown <= 12], axis=0)) == 1


def test_the_marked_column_is_framed():
    (ax,) = plotting.columns_of_numbers(COLS[0], "columns", mark=4).axes
    (box,) = ax.patches
    assert box.get_xy() == (3.5, -0.5)
    assert box.get_height() == len(COLS[0])
    assert numbers(ax) == COLS[0].ravel().tolist()


def test_memory_is_the_array_in_one_line_with_its_own_strides():
    a = np.arange(24, dtype=np.int64).reshape(4, 6)
    grid, line = plotting.in_memory(a, top=1, left=2, kernel_size=(2, 2)).axes
    assert numbers(grid) == numbers(line) == a.ravel().tolist()
    said = [text.get_text() for text in grid.texts + line.texts]
    assert "shape (4, 6)\nstrides (48, 8)" in said
    assert {"one to the right: 8 bytes", "one row down: 48 bytes"} <= set(said)
    faces = np.asarray(line.images[0].get_array())[0]
    marked = np.flatnonzero((faces != faces[0]).any(axis=1))
    assert marked.tolist() == [8, 9, 14, 15]


def test_two_matrices_have_squares_of_one_size():
    fig = plotting.two_matrices(np.eye(25, 49), np.ones((9, 25)), ("kernel", "picture"))
    sizes = [ax.get_window_extent().size for ax in fig.axes]
    for size, shape in zip(sizes, ((49, 25), (25, 9)), strict=True):
        np.testing.assert_allclose(size / shape, sizes[0] / (49, 25))
    assert fig.get_size_inches()[0] * fig.dpi <= WIDTH


def test_a_curve_for_each_kernel():
    (ax,) = plotting.memory_factors({"1 × 1": {1: 1.0, 2: 0.25}, "3 × 3": {1: 9.0, 2: 2.25}}).axes
    assert [list(line.get_ydata()) for line in ax.lines[:2]] == [[1.0, 0.25], [9.0, 2.25]]
    assert [text.get_text() for text in ax.texts] == ["1 × 1", "3 × 3"]


def test_a_bar_for_each_time_in_milliseconds():
    (ax,) = plotting.timings({"small": {"loops": 0.25, "view": 0.001}, "large": {"view": 0.04}}).axes
    assert [bar.get_width() for bar in ax.patches] == [250, 1, 40]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["loops", "view", "view"]
    assert {"250", "1", "40", " small", " large"} == {text.get_text() for text in ax.texts}
