"""The figures show the numbers that they are given, in the roles' colours."""

import io

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb
from PIL import Image

from cnnbook import plotting
from cnnbook.data import photo
from cnnbook.plotting.draw import NEUTRAL, TINT, shrunk
from cnnbook.tokens import colour, tokens

SIGNED = np.array([[-4.0, 0.0], [2.0, 4.0]])


@pytest.fixture(autouse=True)
def _no_window():
    with mpl.rc_context({"backend": "agg"}):
        yield
        plt.close("all")


@pytest.fixture
def ax():
    return plotting.panels([(200, 200)])[1][0]


def stored(fig):
    """Return the picture as a notebook stores it."""
    file = io.BytesIO()
    fig.savefig(file, bbox_inches="tight")
    return Image.open(file), len(file.getvalue())


def texts(ax):
    return [text.get_text() for text in ax.texts]


def faces(ax):
    (image,) = ax.images
    return np.asarray(image.get_array())


def test_every_number_stands_in_its_square(ax):
    plotting.draw_numbers(ax, np.array([[1, 2, 3], [40, 50, 60]]))
    assert texts(ax) == ["1", "2", "3", "40", "50", "60"]
    assert [text.get_position() for text in ax.texts] == [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)]


def test_fractions_are_rounded_and_get_a_real_minus_sign(ax):
    plotting.draw_numbers(ax, SIGNED / 3, role="kernel", digits=2)
    assert texts(ax) == ["−1.33", "0.00", "0.67", "1.33"]


def test_what_rounds_to_zero_has_no_sign(ax):
    plotting.draw_numbers(ax, np.array([[-0.001, 0.001]]), role="kernel", digits=2)
    assert texts(ax) == ["0.00", "0.00"]


def test_zero_is_white_and_signs_have_the_colours_of_their_roles(ax):
    plotting.draw_numbers(ax, SIGNED, role="output")
    (low, zero), (half, high) = faces(ax)
    np.testing.assert_allclose(zero, 1)
    for face, role in ((low, "negative"), (high, "output")):
        np.testing.assert_allclose(face, 1 - TINT * (1 - np.array(to_rgb(colour(role)))))
    np.testing.assert_allclose(1 - half, (1 - high) / 2)


def test_an_array_of_zeros_can_be_drawn(ax):
    plotting.draw_numbers(ax, np.zeros((2, 2)), role="kernel")
    assert (faces(ax) == 1).all()


@pytest.mark.parametrize("white", [255, 1.0])
def test_input_squares_are_grey_levels_in_either_unit(ax, white):
    plotting.draw_numbers(ax, np.array([[0, white]]))
    assert faces(ax).tolist() == [[[0, 0, 0], [1, 1, 1]]]
    assert [text.get_color() for text in ax.texts] == ["white", "black"]


def test_the_middle_of_the_signed_colours_is_neutral():
    colours = plotting.signed_colours()
    assert to_hex(colours(0.5)) == NEUTRAL
    assert (to_hex(colours(0.0)), to_hex(colours(1.0))) == (colour("negative"), colour("output"))


@pytest.mark.parametrize("array", [np.array([[-1.0, 5.0]]), np.array([[-7.0, 2.0]]), np.zeros((2, 3))])
def test_a_signed_map_has_zero_in_the_middle_of_its_range(array):
    ax, bar = plotting.signed_map(array, "title").axes
    low, high = ax.images[0].get_clim()
    assert low == -high
    assert high == (np.abs(array).max() or 1)
    assert bar.get_yticklabels()[1].get_text() == "0"


def test_the_patch_beside_the_picture_is_the_one_in_the_box():
    image = photo(grey=True)
    left, right = plotting.patch_in_picture(image, 20, 50, 3).axes
    assert texts(right) == [str(n) for n in image[20:23, 50:53].flat]
    (box,) = left.patches
    assert box.get_bbox().bounds == (47.5, 17.5, 7, 7)  # two pixels of margin on each side


def test_what_processors_round_differently_gets_one_level():
    edge = np.array([[1000.5, -7.25], [250.1, 0.0]])
    for scale in (1, 1e-6, 1e6):
        near = scale * edge * (1 + np.array([[3e-16, -2e-15], [4e-15, 0]]))
        assert (near != scale * edge).sum() == 3
        np.testing.assert_array_equal(shrunk(near, 6), shrunk(scale * edge, 6))
    np.testing.assert_array_equal(shrunk(np.zeros((2, 2)), 6), np.zeros((2, 2)))


def test_large_pictures_are_shrunk_by_whole_blocks():
    image = np.arange(24.0).reshape(4, 6)
    assert shrunk(image, 6) is not image
    np.testing.assert_array_equal(shrunk(image, 6), image)
    np.testing.assert_array_equal(shrunk(image, 3), [[3.5, 5.5, 7.5], [15.5, 17.5, 19.5]])
    assert shrunk(np.ones((9, 7, 3)), 3).shape == (4, 3, 3)


@pytest.mark.parametrize(("n", "k"), [(7, 3), (5, 5), (4, 1)])
def test_a_line_for_each_window_that_fits(n, k):
    (ax,) = plotting.windows_that_fit(n, k).axes
    places = [text for text in texts(ax) if text.startswith("place")]
    assert places == [f"place {place}" for place in range(n - k + 1)]
    kernel = to_rgb(colour("kernel"))
    covered = [patch for patch in ax.patches if patch.get_facecolor()[:3] == kernel]
    assert len(covered) == (n - k + 1) * k


def test_grids_of_different_sizes_share_the_size_of_a_cell():
    fig = plotting.number_grids({"a": np.ones((7, 7)), "b": np.ones((5, 5))}, ("kernel", "output"))
    wide, narrow = (ax.get_position() for ax in fig.axes)
    assert wide.width / 7 == pytest.approx(narrow.width / 5)
    assert wide.y1 == pytest.approx(narrow.y1)


def test_pictures_and_signed_maps_stand_side_by_side():
    fig = plotting.pictures({"a": np.ones((4, 4)), "b": SIGNED, "c": 2 * SIGNED}, signed=["b", "c"])
    assert [ax.get_title() for ax in fig.axes] == ["a", "b", "c"]
    assert [ax.images[0].get_clim() for ax in fig.axes] == [(0, 1), (-8, 8), (-8, 8)]
    fig = plotting.pictures({"b": SIGNED}, signed=["b"], most=3)
    assert fig.axes[0].images[0].get_clim() == (-3, 3)


def test_a_matrix_has_its_lines_where_rows_and_columns_of_pictures_end():
    matrix = np.zeros((4, 6))
    matrix[1, 2] = 5
    (ax,) = plotting.matrix_map(matrix, 2, 3, "title").axes
    assert faces(ax).shape == (4, 6, 3)
    assert (faces(ax) < 1).any(axis=-1).nonzero() == (np.array([1]), np.array([2]))
    strong = [line.get_linewidth() > 0.5 for line in ax.lines]
    assert strong == [n % 2 == 0 for n in (1, 2, 3)] + [n % 3 == 0 for n in (1, 2, 3, 4, 5)]


def test_a_table_of_pairs_gives_a_diagonal_one_colour():
    (ax,) = plotting.table_of_pairs(np.array([1, 2, 3]), np.array([4, 5])).axes
    words = texts(ax)
    assert words[-5:-1] == ["4", "13", "22", "15"]
    assert sorted(map(int, words[3:-5][1:4])) == [4, 8, 12]
    products, sums = ax.patches[:6], ax.patches[6:]
    places = [i + j for j in range(2) for i in range(3)]
    for place, patch in zip(places, products, strict=True):
        assert patch.get_facecolor() == sums[place].get_facecolor()


def test_a_descent_marks_the_steps_whose_kernels_it_shows():
    losses = [1.0, 0.1, 0.01, 0.001]
    fig = plotting.descent(losses, {0: SIGNED, 3: SIGNED / 2})
    curve, first, last = fig.axes
    assert list(curve.lines[0].get_ydata()) == losses
    marks = [(line.get_xdata()[0], line.get_ydata()[0]) for line in curve.lines[1:]]
    assert marks == [(0, 1.0), (3, 0.001)]
    assert (first.get_title(), last.get_title()) == ("at the start", "after 3 steps")
    assert texts(last) == ["−2.00", "0.00", "1.00", "2.00"]
    assert np.diff(np.log10(curve.get_yticks())) == pytest.approx(1)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plotting.pictures({"a": photo(grey=True), "b": photo(grey=True) / 255}),
        lambda: plotting.patch_in_picture(photo(grey=True), 68, 33),
        lambda: plotting.signed_map(photo(grey=True) - 100.0, "title"),
        lambda: plotting.number_grids({"a": np.eye(16), "b": np.eye(9)}, ("kernel", "output")),
        lambda: plotting.windows_that_fit(16, 3),
        lambda: plotting.table_of_pairs(np.arange(4), np.arange(3)),
        lambda: plotting.pictures({"a": photo(grey=True), "b": photo(grey=True) - 99.0}, signed=["b"]),
        lambda: plotting.matrix_map(np.eye(25, 49), 5, 7, "title"),
        lambda: plotting.descent(np.exp(-np.arange(200.0)), dict.fromkeys((0, 5, 10, 199), np.eye(3))),
    ],
)
def test_a_figure_fits_the_column_and_is_small(draw):
    picture, size = stored(draw())
    assert picture.width <= 688 - 18  # the column of a page, and the frame around a figure
    assert size < 100_000


def test_both_themes_have_the_same_roles():
    assert tokens()["light"].keys() == tokens()["dark"].keys()


@pytest.mark.parametrize(("role", "theme"), [("inputs", "light"), ("input", "sepia")])
def test_an_unknown_colour_is_refused(role, theme):
    with pytest.raises(ValueError, match=r"there is no .*; there are .*"):
        colour(role, theme)
