"""KernelExplorer in Python."""

import json
import re
from html import unescape

import numpy as np
import pytest
import traitlets
from scipy import signal

from cnnbook.data import photo
from cnnbook.widgets import KernelExplorer

rng = np.random.default_rng(0)


def test_output_is_scipys_on_the_grey_photo():
    explorer = KernelExplorer()
    grey = photo(grey=True).astype(int)
    assert explorer.output.dtype == np.int64
    np.testing.assert_array_equal(explorer.output, signal.correlate2d(grey, explorer.kernel, "valid"))
    explorer.flip = True
    np.testing.assert_array_equal(explorer.output, signal.convolve2d(grey, explorer.kernel, "valid"))


def test_output_in_colour_has_three_channels():
    image, kernel = rng.random((9, 7, 3)), rng.normal(size=(2, 5))
    explorer = KernelExplorer(image=image, kernel=kernel, colour=True)
    expected = np.stack([signal.correlate2d(image[..., c], kernel, "valid") for c in range(3)], -1)
    np.testing.assert_allclose(explorer.output, expected, rtol=1e-12, atol=1e-14)


def test_a_grey_picture_in_colour_stays_grey():
    assert KernelExplorer(image=np.ones((5, 5)), colour=True).output.shape == (3, 3)


def test_a_bundled_picture_travels_as_its_name():
    for image in ("coffee", photo()):
        explorer = KernelExplorer(image=image)
        assert explorer.get_state("image")["image"] == {"name": "coffee"}
        assert explorer.pictures == ["coffee"]
    changed = photo()
    changed[0, 0] = 0
    assert KernelExplorer(image=changed).get_state("image")["image"]["shape"] == [256, 256, 3]
    assert KernelExplorer(image=changed).pictures == []


def test_the_stored_copy_holds_no_pixels():
    copy = KernelExplorer()._repr_mimebundle_()[0]["text/html"]
    assert len(copy) < 6000
    state = json.loads(unescape(re.search(r'data-state="([^"]*)"', copy)[1]))
    assert state["image"] == {"name": "coffee"}
    assert 'data-pictures="coffee"' in copy
    assert copy.count("<td") == 3 * 9


def test_the_static_copy_shows_the_sum_that_numpy_computed():
    explorer = KernelExplorer(row=90, column=60)
    assert f"add up to {explorer.output[90, 60]}." in explorer.static_html()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("image", "tea", "a picture, or one of the names coffee, coffee48, got 'tea'"),
        (
            "image",
            np.ones((5, 5, 4)),
            r"sides of 1 to 256 pixels, got \(5, 5, 4\)",
        ),
        ("image", np.ones((300, 5)), r"got \(300, 5\)"),
        ("image", np.ones((2, 9)), "no window fits"),
        ("kernel", np.ones((8, 8)), r"got shape \(8, 8\)"),
        ("view", "inverted", "view"),
        ("row", 254, "must lie in the output of 254 by 254, got 254 and 127"),
        ("row", -1, "from 0 to 255"),
    ],
)
def test_bad_values_are_refused_and_nothing_changes(name, value, message):
    explorer = KernelExplorer()
    before = explorer.get_state(explorer.state_names())
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(explorer, name, value)
    assert explorer.get_state(explorer.state_names()) == before


def test_the_pixel_stays_inside_when_the_picture_shrinks():
    explorer = KernelExplorer(row=200, column=100)
    explorer.image = photo()[:64]
    assert (explorer.row, explorer.column) == (61, 100)
