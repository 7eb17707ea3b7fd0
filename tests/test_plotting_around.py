"""The figures of the layers around a convolution show the numbers that they are given."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnbook import plotting


@pytest.fixture(autouse=True)
def _no_window():
    with mpl.rc_context({"backend": "agg"}):
        yield
        plt.close("all")


def test_each_answer_stands_below_the_middle_of_its_window():
    strip, answers = np.zeros((8, 20)), np.linspace(0, 1, 39).reshape(3, 13)
    top, below = plotting.answers_along(strip, answers, 8, "answers").axes
    np.testing.assert_array_equal(below.images[0].get_array(), answers)
    left, right, *_ = below.images[0].get_extent()
    assert (left, right) == (3, 16)  # window 0 holds columns 0 to 7: its middle is 3.5
    assert top.get_xlim() == below.get_xlim() == (-0.5, 19.5)
    assert below.get_title() == "answers"


def test_every_spread_is_on_its_curve():
    panes = {"a": {"one": [1, 10, 100.0], "two": [1, 0.1, 0.01]}, "b": {"one": [1, 1, 1], "two": [2, 2, 2]}}
    axes = plotting.spread_by_layer(panes).axes
    assert [ax.get_title() for ax in axes] == ["a", "b"]
    for ax, pane in zip(axes, panes.values(), strict=True):
        assert [line.get_label() for line in ax.lines] == list(pane)
        for line, curve in zip(ax.lines, pane.values(), strict=True):
            np.testing.assert_array_equal(line.get_data(), [[1, 2, 3], curve])
    assert axes[0].get_ylim() == axes[1].get_ylim()
    assert [ax.get_ylabel() for ax in axes] == ["spread", ""]


def test_curves_that_lie_on_one_another_are_all_seen_and_the_legend_lies_on_none():
    climbs = {
        name: list(1.0 * factor ** np.arange(20)) for name, factor in zip("abc", (2, 1, 0.5), strict=True)
    }
    panes = {"plain": climbs, "normalised": dict.fromkeys("abc", [0.6] * 20)}
    fig = plotting.spread_by_layer(panes)
    first, last = fig.axes
    marked = [set(range(20)[line.get_markevery()[0] :: line.get_markevery()[1]]) for line in last.lines]
    assert set.union(*marked) == set(range(20))
    assert sum(map(len, marked)) == 20
    fig.canvas.draw()
    assert first.get_legend() is None
    box = last.get_legend().get_window_extent()
    for line in last.lines:
        assert not any(box.contains(*point) for point in last.transData.transform(line.get_xydata()))
