"""ChannelExplorer in Python."""

import base64
import io
import json
import re
from html import unescape

import numpy as np
import pytest
import traitlets
from PIL import Image
from scipy import signal

from cnnbook.data import photo
from cnnbook.widgets import ChannelExplorer

rng = np.random.default_rng(0)


def by_scipy(image, weight, bias, groups, padding):
    """Return the layer's output, one channel after the other."""
    image = np.pad(image, [(0, 0), (padding, padding), (padding, padding)])
    parts = np.split(image, groups)
    return np.stack(
        [
            sum(
                signal.correlate2d(x, w, "valid")
                for x, w in zip(parts[k * groups // len(weight)], slices, strict=True)
            )
            + bias[k]
            for k, slices in enumerate(weight)
        ]
    )


@pytest.mark.parametrize(("C_in", "C_out", "groups"), [(3, 2, 1), (3, 6, 3), (4, 4, 2), (1, 3, 1), (4, 8, 4)])
@pytest.mark.parametrize("whole", [True, False])
def test_output_is_scipys(C_in, C_out, groups, whole):
    shapes = {"image": (C_in, 6, 7), "weight": (C_out, C_in // groups, 3, 2), "bias": (C_out,)}
    arrays = {
        name: rng.integers(-9, 10, shape) if whole else rng.normal(size=shape)
        for name, shape in shapes.items()
    }
    explorer = ChannelExplorer(**arrays, groups=groups, padding=1)
    expected = by_scipy(**arrays, groups=groups, padding=1)
    assert explorer.output.dtype == (np.int64 if whole else np.float64)
    np.testing.assert_allclose(explorer.output, expected, rtol=0 if whole else 1e-12, atol=1e-14)


def test_it_starts_with_the_photo():
    explorer = ChannelExplorer(bias=None)
    np.testing.assert_array_equal(explorer.image, photo(side=48).transpose(2, 0, 1))
    assert explorer.output.shape == (3, 46, 46)
    assert explorer.bias.tolist() == [0, 0, 0]


def test_fewer_groups_add_slices_of_zeros_and_change_no_result():
    explorer = ChannelExplorer(groups=3)
    before = explorer.output
    explorer.groups = 1
    assert explorer.weight.shape == (3, 3, 3, 3)
    np.testing.assert_array_equal(explorer.output, before)


def test_more_groups_keep_each_filters_own_slice():
    explorer = ChannelExplorer(weight=np.arange(9).reshape(3, 3, 1, 1))
    explorer.groups = 3
    assert explorer.weight.ravel().tolist() == [0, 4, 8]


def test_the_bias_and_the_filter_follow_the_number_of_filters():
    explorer = ChannelExplorer(bias=[1, 2, 3], filter=2)
    explorer.weight = np.ones((2, 3, 2, 2))
    assert (explorer.bias.tolist(), explorer.filter) == ([1, 2], 1)
    explorer.weight = np.ones((4, 3, 2, 2))
    assert explorer.bias.tolist() == [1, 2, 0, 0]


def test_values_that_fit_only_together_are_set_together():
    explorer = ChannelExplorer()
    with explorer.hold_trait_notifications():
        explorer.image = np.ones((2, 6, 6))
        explorer.weight = np.ones((4, 1, 2, 2))
        explorer.groups = 2
    assert explorer.output.shape == (4, 5, 5)
    assert (explorer.row, explorer.column) == (4, 4)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("image", "coffee", r"\(C, H, W\), or one of the names coffee48, got 'coffee'"),
        ("image", np.ones((5, 5, 5)), r"3 dimensions of 1 to 4, 64, 64 entries, got shape \(5, 5, 5\)"),
        (
            "image",
            np.ones((2, 5, 5)),
            r"\(3, 3, 3, 3\) with groups=1 needs 3 \* 1 = 3 .* \(2, 5, 5\) has 2",
        ),
        ("image", np.ones((3, 2, 9)), r"no window fits: image has shape \(3, 2, 9\)"),
        ("weight", np.ones((2, 1, 3, 3)), r"weight \(2, 1, 3, 3\) with groups=1 needs 1"),
        ("weight", np.ones((9, 3, 3, 3)), "of 1 to 8, 4, 5, 5 entries"),
        ("bias", [1, 2], "one number for each of the 3 filters, got 2"),
        ("bias", None, "bias must hold real numbers"),
        ("groups", 2, "groups=2 must divide the channels, 3, and the filters, 3"),
        ("filter", 3, "there are 3 filters, counted from 0, got 3"),
        ("row", 46, "must lie in the output of 46 by 46, got 46 and 23"),
        ("padding", 3, "from 0 to 2, got 3"),
    ],
)
def test_bad_values_are_refused_and_nothing_changes(name, value, message):
    explorer = ChannelExplorer()
    before = explorer.get_state(explorer.state_names())
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(explorer, name, value)
    assert explorer.get_state(explorer.state_names()) == before


def test_the_state_holds_the_name_of_the_photo():
    copy = ChannelExplorer()._repr_mimebundle_()[0]["text/html"]
    state = json.loads(unescape(re.search(r'data-state="([^"]*)"', copy)[1]))
    assert state["image"] == {"name": "coffee48"}
    assert 'data-pictures="coffee48"' in copy
    assert len(copy) < 30_000


def test_the_static_copy_shows_the_photo_the_maps_and_the_numbers():
    explorer = ChannelExplorer(row=10, column=30, filter=1, bias=[0, -7, 0])
    copy = explorer.static_html()
    pictures = [
        np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))
        for data in re.findall(r"base64,([^\"]+)", copy)
    ]
    np.testing.assert_array_equal(pictures[0], photo(side=48))
    assert [picture.shape for picture in pictures[1:]] == [(46, 46)] * 3
    edges = pictures[2].astype(int) - 127.5
    assert (np.sign(edges) * np.sign(explorer.output[1]) >= 0).all()
    assert copy.count("<td") == 3 * 3 * 9
    patch = explorer.image[:, 10:13, 30:33].astype(int)
    sums = (patch * explorer.weight[1]).sum((1, 2))
    shown = re.findall(r'cnn-part">([^<]*)<', copy)
    assert [int(text.replace("−", "-")) for text in shown] == sums.tolist()
    assert sums.sum() - 7 == explorer.output[1, 10, 30]
    assert f"make {explorer.output[1, 10, 30]}.".replace("-", "−") in copy


def test_the_static_copy_says_which_slices_are_missing():
    copy = ChannelExplorer(groups=3, filter=1).static_html()
    assert copy.count("filter 1 has no slice for it") == 2
    assert copy.count("<table") == 3
