"""The figures of a network that reads show the numbers that they are given."""

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


def test_every_picture_stands_in_its_row_with_its_words():
    rng = np.random.default_rng(0)
    rows = {"one": list(rng.random((3, 4, 4))), "two": list(rng.normal(size=(2, 4, 4)))}
    axes = plotting.picture_rows(rows, {"two": ["a", "b"]}, signed=["two"]).axes
    assert len(axes) == 5
    for ax, image in zip(axes, [*rows["one"], *rows["two"]], strict=True):
        np.testing.assert_array_equal(ax.images[0].get_array(), image)
    assert [ax.get_xlabel() for ax in axes] == ["", "", "", "a", "b"]
    assert [ax.get_ylabel() for ax in axes] == ["one", "", "", "two", ""]
    tops = [ax.get_position().y1 for ax in axes]
    assert tops[0] == tops[2] > tops[3] == tops[4]
    assert axes[3].images[0].get_clim()[1] == max(abs(a).max() for a in rows["two"])


def test_curves_start_with_the_first_epoch():
    axes = plotting.training_curves(
        {"loss": {"a": [3, 2, 1.0], "b": [4, 3, 2.0]}, "right": {"a": [0.5]}}, ["loss"]
    ).axes
    assert [ax.get_yscale() for ax in axes] == ["log", "linear"]
    np.testing.assert_array_equal(axes[0].lines[1].get_data(), [[1, 2, 3], [4, 3, 2]])
    assert [text.get_text() for text in axes[0].get_legend().get_texts()] == ["a", "b"]


def test_counts_stand_where_they_belong():
    counts = np.array([[5, 0, 1], [0, 7, 0], [2, 0, 9]])
    (ax,) = plotting.taken_for(counts, "taken for", "is").axes
    texts = {text.get_position(): text.get_text() for text in ax.texts}
    assert texts[2, 0] == "1"
    assert texts[0, 2] == "2"
    assert texts[1, 0] == "·"
    shown = ax.images[0].get_array()
    assert (shown[~np.eye(3, dtype=bool)] <= 0).all()
    assert (np.diag(shown) > 0).all()
