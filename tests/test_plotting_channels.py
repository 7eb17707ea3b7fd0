"""The figures of channels show the order of memory, the slices and the costs that they are given."""

import io

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex
from PIL import Image

from cnnbook import plotting
from cnnbook.tokens import colour

LAYERS = ["a small layer", "a large layer"]
PANELS = {
    "parameters": {"convolution": [156, 2_359_808], "dense": [4.8e6, 4.8e11]},
    "multiply-adds": {"convolution": [1.2e5, 4.6e8], "dense": [4.8e6, 4.8e11]},
}


@pytest.fixture(autouse=True)
def _no_window():
    with mpl.rc_context({"backend": "agg"}):
        yield
        plt.close("all")


def test_the_tapes_are_the_order_of_memory():
    (ax,) = plotting.memory_tapes(2, 3, marked=4).axes
    texts = [text.get_text() for text in ax.texts]
    labels = np.array([f"{c}{pixel}" for c in "RGB" for pixel in range(6)]).reshape(3, 2, 3)
    entries = [text for text in texts if text[0] in "RGB"]
    assert entries[:18] == np.ascontiguousarray(labels).ravel().tolist()
    assert entries[18:] == np.ascontiguousarray(labels.transpose(1, 2, 0)).ravel().tolist()


def test_the_marked_pixel_is_outlined_three_times_in_each_tape():
    (ax,) = plotting.memory_tapes(2, 3, marked=4).axes
    outlined = [p.get_xy() for p in ax.patches if to_hex(p.get_edgecolor()) == colour("text")]
    assert [x for x, _ in outlined] == [1, 4, 10, 16, 12, 13, 14]  # in the picture, NCHW, NHWC


def test_there_is_a_line_for_each_slice():
    kinds = {"all": [[0, 1, 2], [0, 1, 2]], "depthwise": [[0], [1], [2]]}
    everything, depthwise = plotting.channel_links(kinds, 3).axes
    ends = [tuple(line.get_ydata()) for line in everything.lines]
    assert ends == [(c, o) for o in range(2) for c in range(3)]
    assert [tuple(line.get_ydata()) for line in depthwise.lines] == [(0, 0), (1, 1), (2, 2)]
    assert [len(dots.get_offsets()) for dots in everything.collections] == [3, 2]


def test_the_dots_stand_at_the_costs():
    fig = plotting.costs(LAYERS, PANELS)
    for ax, (title, ways) in zip(fig.axes, PANELS.items(), strict=True):
        assert ax.get_title() == title
        assert ax.get_xscale() == "log"
        dots = {line.get_label(): list(line.get_xdata()) for line in ax.lines}
        assert dots == ways
        low, high = ax.get_xlim()
        assert low < min(ways["convolution"]) < max(ways["dense"]) < high
    assert [label.get_text() for label in fig.axes[0].get_yticklabels()] == LAYERS


def test_lines_of_both_panels_can_be_compared():
    left, right = plotting.costs(LAYERS, PANELS).axes
    assert left.get_xlim() == right.get_xlim()


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plotting.memory_tapes(2, 3, 2),
        lambda: plotting.channel_links({"a": [[0, 1]] * 2, "b": [[0], [1]], "c": [[0], [1]]}, 2),
        lambda: plotting.costs(LAYERS, PANELS),
    ],
)
def test_a_figure_fits_the_column_and_is_small(draw):
    file = io.BytesIO()
    draw().savefig(file, bbox_inches="tight")
    assert Image.open(file).width <= 688 - 18
    assert len(file.getvalue()) < 100_000
