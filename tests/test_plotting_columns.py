"""The figures of columns show the numbers that they are given."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnbook import im2col, plotting


@pytest.fixture(autouse=True)
def _no_window():
    with mpl.rc_context({"backend": "agg"}):
        yield
        plt.close("all")


def numbers(ax):
    return [int(text.get_text()) for text in ax.texts if text.get_text().isdigit()]


COLS = im2col(np.arange(1, 25).reshape(2, 1, 3, 4), 2)


def test_the_layouts_hold_the_same_numbers_in_their_own_order():
    per_picture, batch_last = (numbers(ax) for ax in plotting.column_layouts(COLS).axes)
    assert per_picture == np.concatenate(list(COLS), axis=1).ravel().tolist()
    assert batch_last == [n for pair in zip(*COLS.reshape(2, -1).tolist(), strict=True) for n in pair]


def test_a_place_has_one_colour_in_the_kernel_in_its_row_in_the_window_and_in_its_column():
    window, kernel = np.array([[1, 2], [5, 6]]), np.array([[3, 4], [7, 8]])
    axes = plotting.kernel_and_row(window, kernel).axes
    assert [numbers(ax) for ax in axes] == [[1, 2, 5, 6], [1, 2, 5, 6], [3, 4, 7, 8], [3, 4, 7, 8]]
    faces = [np.asarray(ax.images[0].get_array()) for ax in axes]
    assert [face.shape[:2] for face in faces] == [(2, 2), (4, 1), (2, 2), (1, 4)]
    assert len(np.unique(faces[0].reshape(4, 3), axis=0)) == 4
    for face in faces[1:]:
        np.testing.assert_array_equal(face.reshape(4, 3), faces[0].reshape(4, 3))


def test_the_layouts_have_two_shades_one_for_each_picture():
    for ax in plotting.column_layouts(COLS).axes:
        faces = np.asarray(ax.images[0].get_array())
        shown = np.array(numbers(ax)).reshape(faces.shape[:2])
        assert len(np.unique(faces.reshape(-1, 3), axis=0)) == 2
        assert len(np.unique(faces[shown <= 12], axis=0)) == 1


def test_a_dot_for_each_time_in_milliseconds():
    (ax,) = plotting.timings({"small": {"loops": 0.25, "view": 0.001}, "large": {"view": 0.0404}}).axes
    assert [list(line.get_xdata()) for line in ax.lines] == [[250], [1], [40.4]]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["loops", "view", "view"]
    assert {"250", "1.00", "40.4", " small", " large"} == {text.get_text() for text in ax.texts}
