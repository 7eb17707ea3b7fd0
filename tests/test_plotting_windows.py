"""The figures of windows show the windows, the frames and the errors that they are given."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from chapter import Chapter
from matplotlib.colors import to_rgb
from test_plotting import stored, texts

from cnnbook import output_size, plotting, receptive_field
from cnnbook.data import photo
from cnnbook.tokens import colour

STACK = [{"kernel_size": 3, "stride": 2, "padding": 1}, {"kernel_size": 3}, {"kernel_size": 3}]
NAMES = ["picture", "first", "second", "third"]


@pytest.fixture(autouse=True)
def _no_window():
    with mpl.rc_context({"backend": "agg"}):
        yield
        plt.close("all")


def squares(ax, role, strong):
    """Return the places of the squares in a role's colour, strong or faint, as (x, y)."""
    found = []
    for patch in ax.patches:
        *hue, strength = patch.get_facecolor()
        if np.allclose(hue, to_rgb(colour(role))) and (strength > 0.5) == strong:
            found.append(patch.get_xy())
    return found


@pytest.mark.parametrize("setting", [(8, 3, 2, 0, 1), (8, 3, 2, 1, 1), (9, 3, 1, 0, 3), (5, 1, 3, 2, 1)])
def test_every_window_covers_what_it_weighs(setting):
    n, k, s, p, d = setting
    (ax,) = plotting.windows_on_a_line(*setting).axes
    covered = squares(ax, "kernel", strong=True)
    assert [x for x, _ in covered] == [i * s + u * d for i in range(output_size(*setting)) for u in range(k)]
    starts = [text.replace("−", "-") for text in texts(ax) if text.startswith("starts")]
    assert starts == [f"starts at {i * s - p}" for i in range(output_size(*setting))]
    reached = {x for x, _ in squares(ax, "kernel", strong=True) + squares(ax, "kernel", strong=False)}
    dropped = [x for x, _ in squares(ax, "dropped", strong=False)]
    assert dropped == list(range(max(map(int, reached)) + 1, n + 2 * p))
    assert [patch.get_x() for patch in ax.patches if patch.get_hatch()] == dropped


@pytest.mark.parametrize("place", [0, 1])
def test_an_entry_sees_its_receptive_field(place):
    (ax,) = plotting.seen_through(STACK, 12, place, NAMES).axes
    field = receptive_field(STACK)
    seen = [x for x, _ in squares(ax, "input", strong=True)]
    start = field.start + place * field.jump
    assert seen == [x for x in range(start, start + field.size) if 0 <= x < 12]
    assert len(squares(ax, "padding", strong=False)) == (place == 0)
    assert [x for x, _ in squares(ax, "output", strong=True)] == [start + (field.size - 1) / 2]
    assert texts(ax)[-1] == "third"


def test_a_padded_line_shows_every_number():
    lines = {mode: np.pad(np.arange(1, 5), 2, mode=mode) for mode in ("reflect", "wrap")}
    (ax,) = plotting.border_lines(lines, 2).axes
    assert texts(ax) == [*"32123432", "reflect", *"34123412", "wrap"]
    assert len(squares(ax, "padding", strong=False)) == 8


def test_corners_stand_beside_the_cut():
    image = photo(grey=True)
    corners = {"zeros": np.zeros((20, 20)), "truth": image[20:40, 30:50]}
    whole, *others = plotting.border_frames(corners, 5, image, (25, 35, 100)).axes
    assert [ax.get_title() for ax in others] == ["zeros", "truth"]
    (box,) = whole.patches
    shown = whole.images[0].get_array().shape[1]
    assert box.get_width() == pytest.approx(100 * shown / 256)
    assert others[1].lines[0].get_xdata()[0] == 4.5


def test_a_rule_stands_above_its_windows():
    settings = {"valid": (6, 3, 1, 0, 1), "full": (6, 3, 1, 2, 1), "dilated": (6, 3, 1, 0, 2)}
    axes = plotting.rules_with_windows(settings).axes
    assert [ax.get_title() for ax in axes] == list(settings)
    assert [len(squares(ax, "kernel", strong=True)) for ax in axes] == [3 * 4, 3 * 8, 3 * 2]
    tops = [ax.get_position().y1 for ax in axes]
    assert tops[0] == tops[1] > tops[2]


def test_rounded_up_a_window_reaches_beyond_the_picture():
    down, up = plotting.rules_with_windows({"down": (8, 3, 2, 0, 1), "up": (8, 3, 2, 0, 1, True)}).axes
    assert [len(squares(ax, "kernel", strong=True)) for ax in (down, up)] == [3 * 3, 3 * 4]
    assert [sum(bool(patch.get_hatch()) for patch in ax.patches) for ax in (down, up)] == [1, 0]


def test_no_rule_runs_into_its_neighbour_or_off_the_figure():
    shown = Chapter("04_stride_and_padding").defined_by_part("show-rules", "rules")
    fig = plotting.rules_with_windows(shown)
    fig.canvas.draw()
    boxes = [ax.title.get_window_extent() for ax in fig.axes]
    assert all(box.x0 >= -1 and box.x1 <= fig.bbox.x1 and box.y1 <= fig.bbox.y1 for box in boxes)
    assert all(box.y0 >= ax.get_window_extent().y1 for ax, box in zip(fig.axes, boxes, strict=True))
    for left, right in zip(boxes[::2], boxes[1::2], strict=True):
        assert left.x1 < right.x0


def test_errors_are_the_curves():
    panes = {"stride 2": {"plain": [0, 1, 0], "blurred": [0, 0.5, 0]}, "stride 4": {"plain": [0, 2, 3]}}
    left, right = plotting.shift_errors(panes).axes
    assert [list(line.get_ydata()) for line in left.lines] == [[0, 1, 0], [0, 0.5, 0]]
    assert left.get_ylim() == right.get_ylim()
    assert [text.get_text() for text in left.get_legend().get_texts()] == ["plain", "blurred"]


def test_errors_stand_beside_what_they_are_compared_with():
    panes = {"stride 2": {"plain": [0, 1, 0]}, "stride 4": {"plain": [0, 2, 3]}}
    left, right = plotting.shift_errors(panes, {"zeros": 1, "worse": 9}).axes
    for ax in (left, right):
        assert [list(line.get_ydata()) for line in ax.lines[1:]] == [[1, 1], [9, 9]]
        assert ax.get_ylim()[1] > 9
    assert [text.get_text() for text in left.texts] == ["zeros", "worse"]
    assert [text.get_text() for text in left.get_legend().get_texts()] == ["plain"]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plotting.windows_on_a_line(16, 3, 1, 2),
        lambda: plotting.rules_with_windows(dict.fromkeys("abcdef", (6, 3, 1, 2, 1))),
        lambda: plotting.seen_through(STACK, 16, 0, NAMES),
        lambda: plotting.border_lines({"zeros": np.zeros(16)}, 4),
        lambda: plotting.border_frames({"a": photo(grey=True)[:30, :30]}, 5, photo(grey=True), (9, 9, 99)),
        lambda: plotting.shift_errors({"a": {"b": [0, 1, 2]}, "c": {"d": [0, 1, 2]}}),
    ],
)
def test_a_figure_fits_the_column_and_is_small(draw):
    picture, size = stored(draw())
    assert picture.width <= 688 - 18
    assert size < 100_000
