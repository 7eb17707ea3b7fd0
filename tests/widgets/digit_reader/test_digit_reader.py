"""DigitReader in Python: what it computes, what it refuses, what its copy holds."""

import numpy as np
import pytest
import traitlets
from pages import tables

from cnnbook import softmax
from cnnbook.data import digit_network, digits
from cnnbook.widgets import DigitReader
from cnnbook.widgets.digit_reader import bitmaps

X_TEST, Y_TEST = digits()[2:]


def test_it_is_the_books_network_on_a_held_out_picture():
    for picture in (0, 17, 359):
        reader = DigitReader(picture=picture)
        np.testing.assert_array_equal(reader.image, X_TEST[picture, 0])
        scores = digit_network()(X_TEST[picture : picture + 1].astype(float))
        np.testing.assert_allclose(reader.probabilities, softmax(scores, axis=1)[0], rtol=1e-12)
        assert f"is a{'n' * int(Y_TEST[picture] == 8)} {Y_TEST[picture]}." in reader.sentence()


def test_each_follows_the_other():
    reader = DigitReader(picture=4)
    reader.image = X_TEST[9, 0]
    assert reader.picture is None
    np.testing.assert_array_equal(bitmaps.shrunk(reader.drawing), X_TEST[9, 0])
    reader.drawing = np.tri(32)[::-1].astype(int) * np.tri(32, k=-20).astype(int)
    np.testing.assert_array_equal(reader.image, bitmaps.shrunk(reader.drawing))
    reader.centred = True
    np.testing.assert_array_equal(reader.image, bitmaps.shrunk(bitmaps.centred(reader.drawing)))
    reader.picture = 4
    assert not reader.centred
    np.testing.assert_array_equal(reader.image, X_TEST[4, 0])


def test_any_ink_can_be_read_and_is_drawn_as_nearly_as_dots_can():
    image = np.random.default_rng(0).random((8, 8))
    reader = DigitReader(image=image)
    np.testing.assert_array_equal(reader.image, image)
    assert reader.picture is None
    assert np.abs(bitmaps.shrunk(reader.drawing) - image).max() <= 1 / 32
    reader.picture = 3
    reader.image = X_TEST[3, 0] / 2
    np.testing.assert_array_equal(reader.image, X_TEST[3, 0] / 2)
    scores = digit_network()(X_TEST[3:4].astype(float) / 2)
    np.testing.assert_allclose(reader.scores, scores[0], rtol=1e-12)
    reader.centred = True  # from now on the dots count
    np.testing.assert_array_equal(16 * reader.image % 1, 0)


def test_a_drawing_is_centred_unless_told_otherwise():
    ink = np.zeros((32, 32), int)
    ink[3:9, 4:8] = 1
    assert DigitReader(drawing=ink).image[:, 3:5].min() == 1
    assert DigitReader(drawing=ink, centred=False).image[5:].max() == 0


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("image", np.zeros((4, 4)), r"shape \(8, 8\)"),
        ("image", np.full((8, 8), 2), "from 0 to 1 .* numbers from 2 to 2"),
        ("image", np.full((8, 8), -0.1), "from 0 to 1"),
        ("image", np.full((8, 8), np.nan), "finite"),
        ("drawing", np.full((32, 32), 2), "0 and 1"),
        ("drawing", np.zeros((8, 8)), r"\(32, 32\)"),
        ("picture", 360, "picture"),
    ],
)
def test_refuses_and_keeps(name, value, message):
    reader = DigitReader()
    before = getattr(reader, name)
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(reader, name, value)
    np.testing.assert_array_equal(getattr(reader, name), before)


def test_the_copy_holds_the_numbers():
    reader = DigitReader(picture=2)
    copy = reader.static_html()
    np.testing.assert_array_equal(tables(copy)["image"], 16 * reader.image)
    assert reader.sentence() in copy
    assert "held-out picture 2" in repr(reader)
    assert 'data-bundles="digit-network digits-test"' in reader._repr_mimebundle_()[0]["text/html"]
