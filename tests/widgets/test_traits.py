"""The traits: arrays and whole numbers, checked and refused."""

import ipywidgets
import numpy as np
import pytest
import traitlets

from cnnbook.widgets import ConvolutionExplorer
from cnnbook.widgets.traits import decode, encode


@pytest.mark.parametrize("dtype", ["uint8", "int64", "float32", "float64"])
def test_an_array_survives_the_journey(dtype):
    array = np.arange(6).reshape(2, 3).astype(dtype)
    back = decode(encode(array))
    assert back.dtype == array.dtype
    np.testing.assert_array_equal(back, array)


def test_big_endian_arrays_travel_little_endian():
    np.testing.assert_array_equal(decode(encode(np.arange(3, dtype=">f8"))), [0, 1, 2])


@pytest.mark.parametrize(
    ("given", "kept"), [("int8", "int64"), ("uint32", "int64"), ("uint8", "uint8"), ("float16", "float64")]
)
def test_dtypes_that_the_page_does_not_know_are_widened(given, kept):
    assert ConvolutionExplorer(image=np.ones((4, 4), given)).image.dtype == kept


def test_an_array_reads_as_a_read_only_copy():
    mine = np.zeros((5, 5))
    explorer = ConvolutionExplorer(image=mine)
    mine[0, 0] = 7
    assert explorer.image[0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        explorer.image[0, 0] = 1


def test_the_same_array_again_notifies_nobody():
    explorer = ConvolutionExplorer(image=np.eye(5))
    calls = []
    explorer.observe(calls.append, "image")
    explorer.image = np.eye(5)
    assert calls == []
    explorer.image = 2 * np.eye(5)
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([[1, 2], [3]], "image must be an array"),
        ([["a", "b"]], "real numbers, got dtype <U1"),
        ([[1j]], "real numbers, got dtype complex128"),
        ([[True]], "real numbers, got dtype bool"),
        (np.empty((3, 0)), r"got shape \(3, 0\)"),
        (np.ones((17, 3)), r"2 dimensions of 1 to 16 entries, got shape \(17, 3\)"),
        (np.ones(3), r"got shape \(3,\)"),
        ([[np.nan]], "finite numbers"),
        ([[2e6]], "finite numbers up to"),
    ],
)
def test_a_bad_array_is_refused_and_the_old_one_kept(value, message):
    explorer = ConvolutionExplorer()
    before = explorer.image
    with pytest.raises(traitlets.TraitError, match=message):
        explorer.image = value
    assert explorer.image is before


@pytest.mark.parametrize("value", [0, 9, -1, 1.5, 2.0, True, np.bool_(True), "2", None, (1, 2)])
def test_a_bad_whole_number_is_refused(value):
    explorer = ConvolutionExplorer(stride=2)
    with pytest.raises(traitlets.TraitError, match="stride must be a whole number from 1 to 8, got"):
        explorer.stride = value
    assert explorer.stride == 2


def test_numpy_integers_are_whole_numbers():
    explorer = ConvolutionExplorer(stride=np.int64(2))
    assert type(explorer.stride) is int


def test_two_widgets_can_be_linked():
    one, two = ConvolutionExplorer(), ConvolutionExplorer(kernel=np.ones((2, 2)))
    link = ipywidgets.link((one, "kernel"), (two, "kernel"))
    np.testing.assert_array_equal(two.kernel, one.kernel)
    two.kernel = np.eye(3)
    np.testing.assert_array_equal(one.kernel, np.eye(3))
    one.set_state({"kernel": encode(np.full((2, 3), 4))})
    np.testing.assert_array_equal(two.kernel, np.full((2, 3), 4))
    link.unlink()


def test_apart_from_that_an_array_behaves_as_ever():
    image = ConvolutionExplorer(image=np.arange(12).reshape(3, 4), kernel=[[1]]).image
    assert repr(image[0]) == "array([0, 1, 2, 3])"
    assert type(image * 2) is np.ndarray
    assert type(image.sum()) is np.int64
    np.testing.assert_array_equal(image == 5, np.arange(12).reshape(3, 4) == 5)
    np.testing.assert_array_equal(image != 5, np.arange(12).reshape(3, 4) != 5)
    with pytest.raises(ValueError, match="ambiguous"):
        bool(image == 5)
