"""Im2colExplorer in Python."""

import json
import re
from html import unescape

import numpy as np
import pytest
import traitlets
from im2col_states import random_state
from numpy.lib.stride_tricks import sliding_window_view
from pages import tables

from cnnbook import conv2d
from cnnbook.widgets import Im2colExplorer
from cnnbook.widgets.traits import encode


def states(count, seed=0, **given):
    rng = np.random.default_rng(seed)
    return [random_state(rng, **given) for _ in range(count)]


def window_of(explorer, n, number):
    """Return window ``number`` of picture ``n`` as a list, counted by hand."""
    s, p, d = explorer.stride, explorer.padding, explorer.dilation
    padded = np.pad(explorer.x[n], ((0, 0), (p, p), (p, p)))
    K_h, K_w = explorer.weight.shape[2:]
    i, j = np.multiply(np.unravel_index(number, explorer.out), s)
    return padded[:, i : i + d * (K_h - 1) + 1 : d, j : j + d * (K_w - 1) + 1 : d].ravel()


def test_the_worked_example():
    explorer = Im2colExplorer()
    assert [a.shape for a in (explorer.cols, explorer.filters, explorer.products, explorer.output)] == [
        (1, 4, 25),
        (3, 4),
        (1, 3, 25),
        (1, 3, 5, 5),
    ]
    windows = sliding_window_view(np.pad(np.arange(16).reshape(4, 4), 1), (2, 2))
    np.testing.assert_array_equal(explorer.cols[0].T, windows.reshape(25, 4))


@pytest.mark.parametrize("explorer", states(20), ids=repr)
def test_every_window_stands_where_its_arrangement_says(explorer):
    N, L = len(explorer.x), int(np.prod(explorer.out))
    for n, k in np.ndindex(N, L):
        expected = window_of(explorer, n, k)
        explorer.arrangement = "per picture"
        np.testing.assert_array_equal(explorer.cols[n, :, k], expected)
        explorer.arrangement = "batch last"
        np.testing.assert_array_equal(explorer.cols[:, k * N + n], expected)
        explorer.arrangement = "rows"
        np.testing.assert_array_equal(explorer.cols[n, k], expected)


@pytest.mark.parametrize("explorer", states(20, seed=1), ids=repr)
def test_output_is_the_convolution_in_every_arrangement(explorer):
    x, weight = explorer.x.astype(float), explorer.weight.astype(float)
    expected = conv2d(x, weight, None, explorer.stride, explorer.padding, explorer.dilation)
    np.testing.assert_allclose(explorer.output, expected, rtol=1e-12, atol=1e-12)
    N, C_out, H_out, W_out = expected.shape
    explorer.arrangement = "batch last"
    back = explorer.products.reshape(C_out, H_out, W_out, N).transpose(3, 0, 1, 2)
    np.testing.assert_allclose(back, expected, rtol=1e-12, atol=1e-12)
    explorer.arrangement = "rows"
    back = explorer.products.transpose(0, 2, 1).reshape(expected.shape)
    np.testing.assert_allclose(back, expected, rtol=1e-12, atol=1e-12)


def test_whole_numbers_stay_whole():
    explorer = Im2colExplorer(x=np.full((1, 1, 3, 3), 255, np.uint8), weight=np.ones((1, 1, 3, 3), np.uint8))
    assert (explorer.output.dtype, explorer.output.item()) == (np.int64, 9 * 255)
    explorer.direction = "col2im"
    explorer.weight = np.ones((1, 1, 2, 2))
    assert explorer.output.dtype == np.int64
    assert explorer.output.max() == 4 * 255


def test_backwards_each_pixel_comes_as_often_as_it_was_copied():
    explorer = Im2colExplorer(x=np.ones((1, 1, 5, 5), int), weight=np.ones((1, 1, 3, 3)), direction="col2im")
    expected = np.outer([1, 2, 3, 2, 1], [1, 2, 3, 2, 1])
    np.testing.assert_array_equal(explorer.counts[0, 0], expected)
    np.testing.assert_array_equal(explorer.output[0, 0], expected)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stride": 0}, "stride must be a whole number from 1 to 5, got 0"),
        ({"dilation": 3, "weight": np.ones((1, 1, 5, 5))}, "no window fits"),
        ({"x": np.ones((1, 2, 4, 4))}, r"weight \(3, 1, 2, 2\) has 1 channels, and x \(1, 2, 4, 4\) has 2"),
        ({"x": np.ones((4, 1, 3, 3))}, "at most 3 for pictures, got 4"),
        ({"weight": np.ones((7, 1, 2, 2))}, "at most 6 for filters, got 7"),
        ({"x": np.ones((3, 1, 8, 8))}, "columns would hold 4 x 243 = 972 numbers, and at most 720"),
        ({"arrangement": "columns"}, "arrangement"),
        ({"position": 25}, "below the number of windows, 25, got 25"),
    ],
)
def test_a_bad_value_is_refused_and_nothing_changes(change, message):
    explorer = Im2colExplorer()
    before = explorer.get_state(explorer.state_names())
    state = {name: encode(v) if isinstance(v, np.ndarray) else v for name, v in change.items()}
    with pytest.raises(traitlets.TraitError, match=message):
        explorer.set_state(state)
    assert explorer.get_state(explorer.state_names()) == before


def test_pictures_and_filters_can_change_together():
    explorer = Im2colExplorer()
    with explorer.hold_trait_notifications():
        explorer.x = np.ones((1, 3, 5, 4))
        explorer.weight = np.ones((2, 3, 3, 3))
    assert explorer.output.shape == (1, 2, 5, 4)


def test_filters_follow_the_channels_of_a_given_picture():
    assert Im2colExplorer(x=np.ones((2, 3, 4, 4))).weight.shape == (3, 3, 2, 2)


def test_the_largest_worked_example_of_the_sources_can_be_shown():
    explorer = Im2colExplorer(x=np.zeros((1, 3, 7, 7)), weight=np.zeros((2, 3, 3, 3)), arrangement="rows")
    assert explorer.cols.shape == (1, 25, 27)


def test_position_follows_the_number_of_windows():
    explorer = Im2colExplorer(position=24)
    explorer.padding = 0
    assert explorer.position == 8


def test_unknown_keyword():
    with pytest.raises(TypeError, match="Im2colExplorer takes no kernel; it takes arrangement, controls"):
        Im2colExplorer(kernel=2)


def test_the_static_copy_holds_numpys_numbers():
    x = np.arange(32).reshape(2, 1, 4, 4)
    explorer = Im2colExplorer(x=x, padding=1, stride=2)
    data, _ = explorer._repr_mimebundle_()
    assert data["text/plain"] == (
        "Im2colExplorer(im2col, per picture: x (2, 1, 4, 4) weight (3, 1, 2, 2) cols (2, 4, 9), "
        "stride 2, padding 1, dilation 1)"
    )
    assert "application/vnd.jupyter.widget-view+json" in data
    state = json.loads(unescape(re.search(r'data-state="([^"]*)"', data["text/html"])[1]))
    assert (state["arrangement"], state["x"]["shape"]) == ("per picture", [2, 1, 4, 4])
    got = tables(data["text/html"])
    expected = {"filters": explorer.filters}
    for n in range(2):
        expected |= {f"input[{n}, 0]": x[n, 0], f"columns[{n}]": explorer.cols[n]}
        expected |= {f"products[{n}]": explorer.products[n]}
        expected |= {f"output[{n}, {f}]": explorer.output[n, f] for f in range(3)}
    assert got == {name: array.tolist() for name, array in expected.items()}
    assert "(2, 4, 9)" in data["text/html"]
    assert "2.25 times as many" in data["text/html"]
    assert (
        data["text/html"].count('0.00" class="padding"') == (explorer.cols == 0).sum() - 1
    )  # one pixel is zero


def test_the_static_copy_of_the_way_back():
    explorer = Im2colExplorer(direction="col2im", arrangement="rows")
    got = tables(explorer._repr_mimebundle_()[0]["text/html"])
    assert sorted(got) == ["columns", "counts", "input", "sums"]
    assert got["columns"] == explorer.cols[0].tolist()
    assert got["sums"] == explorer.output[0, 0].tolist()
    assert got["counts"] == explorer.counts[0, 0].tolist()


def test_every_bundle_of_the_same_state_is_the_same():
    one, two = (Im2colExplorer()._repr_mimebundle_()[0]["text/html"] for _ in range(2))
    assert one == two
