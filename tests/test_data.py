"""The bundled data: what is there, that it is what it says, and that it has a licence."""

from importlib.resources import files

import numpy as np
import pytest

from cnnbook import data


def test_photo_in_colour():
    image = data.photo()
    assert image.shape == (256, 256, 3)
    assert image.dtype == np.uint8
    assert image.min() < 10
    assert image.max() > 245


def test_photo_in_grey_is_the_rounded_luma():
    luma = data.photo() @ np.array([0.299, 0.587, 0.114])
    grey = data.photo(grey=True)
    assert grey.dtype == np.uint8
    assert grey.shape == (256, 256)
    assert np.abs(grey - luma).max() <= 0.5 + 1e-9


def test_a_smaller_photo_is_made_of_means():
    blocks = data.photo()[8:-8, 8:-8].reshape(48, 5, 48, 5, 3).mean((1, 3))
    small = data.photo(side=48)
    assert small.dtype == np.uint8
    assert np.abs(small - blocks).max() <= 0.5
    np.testing.assert_array_equal(data.photo(side=256), data.photo())
    np.testing.assert_array_equal(data.photo(side=48, grey=True), data.to_grey(small))


@pytest.mark.parametrize("side", [0, 257, 2.5])
def test_a_photo_of_an_impossible_size_is_refused(side):
    with pytest.raises(ValueError, match=f"from 1 to 256, got {side}"):
        data.photo(side=side)


@pytest.mark.parametrize("grey", [False, True])
def test_photo_is_a_new_array_each_time(grey):
    data.photo(grey=grey)[...] = 0
    assert data.photo(grey=grey).any()


def test_photo_refuses_a_positional_argument():
    with pytest.raises(TypeError, match="positional"):
        data.photo(True)


def test_each_data_file_has_its_licence_beside_it():
    names = [path.name for path in files("cnnbook.data").iterdir()]
    stems = [name.removesuffix(".npz") for name in names if name.endswith(".npz")]
    assert stems
    for stem in stems:
        assert f"LICENSE-{stem}.txt" in names
