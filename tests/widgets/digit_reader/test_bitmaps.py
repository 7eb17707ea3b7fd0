"""Drawings and what is made of them: in Python, and the same in the front end."""

import numpy as np
import pytest
from pages import imported

from cnnbook.data import digits
from cnnbook.widgets import frontend
from cnnbook.widgets.digit_reader import bitmaps

X_TEST = digits()[2][:, 0].astype(float)
WAYS = ("centred", "thinned", "thickened", "turned")


def drawings(count, seed=0):
    """Return random drawings: strokes of some thickness, dots, and spread pictures."""
    rng = np.random.default_rng(seed)
    found = [np.zeros((32, 32), np.uint8), np.ones((32, 32), np.uint8)]
    while len(found) < count:
        bitmap = np.zeros((32, 32), np.uint8)
        for _ in range(rng.integers(1, 4)):
            (top, left), (tall, wide) = rng.integers(0, 30, 2), rng.integers(1, 20, 2)
            bitmap[top : top + tall, left : left + wide] = 1
        found.append(bitmap if rng.random() < 0.7 else (rng.random((32, 32)) < 0.4).astype(np.uint8))
    return found + [bitmaps.spread(image) for image in X_TEST[:10]]


def test_a_spread_picture_shrinks_to_itself():
    for image in X_TEST:
        np.testing.assert_array_equal(bitmaps.shrunk(bitmaps.spread(image)), image)


def test_the_ink_fills_the_height_or_the_width():
    for bitmap in drawings(30)[1:]:
        top, left, height, width = bitmaps.box_of(bitmaps.centred(bitmap))
        assert max(height, width) == 32
        assert abs(2 * top + height - 32) <= 1
        assert abs(2 * left + width - 32) <= 1


def test_what_moves_comes_back_but_for_what_was_lost():
    bitmap = drawings(5)[4]
    framed = bitmap * np.pad(np.ones((26, 30), np.uint8), ((0, 6), (2, 0)))
    np.testing.assert_array_equal(bitmaps.moved(bitmaps.moved(framed, 6, -2), -6, 2), framed)
    assert not bitmaps.moved(bitmap, 40, 0).any()
    np.testing.assert_array_equal(bitmaps.turned(bitmaps.turned(bitmap)), bitmap)


def parts(bitmap):
    """Count the pieces of ink, dots that touch at a corner being one."""
    left = {(int(i), int(j)) for i, j in np.argwhere(bitmap)}
    count = 0
    while left:
        count += 1
        edge = [left.pop()]
        while edge:
            i, j = edge.pop()
            near = {(i + a, j + b) for a in (-1, 0, 1) for b in (-1, 0, 1)} & left
            left -= near
            edge += near
    return count


def test_thinning_takes_ink_and_breaks_nothing():
    for image in X_TEST[:40]:
        bitmap = bitmaps.spread(image)
        thin = bitmaps.thinned(bitmap)
        assert thin.sum() < bitmap.sum() <= bitmaps.thickened(bitmap).sum()
        assert parts(thin) == parts(bitmap)


@pytest.mark.parametrize(
    ("function", "array"),
    [
        (bitmaps.shrunk, np.zeros((8, 8))),
        (bitmaps.shrunk, np.full((32, 32), 2)),
        (bitmaps.centred, np.full((32, 32), 0.5)),
        (bitmaps.spread, np.zeros((32, 32))),
        (bitmaps.spread, np.full((8, 8), 0.03)),
        (bitmaps.spread, np.full((8, 8), 17 / 16)),
    ],
)
def test_what_is_no_drawing_is_refused(function, array):
    with pytest.raises(ValueError, match="must hold"):
        function(array)


CODE = """(module, [drawings, ways]) => drawings.map((dots) => {
  const bitmap = Uint8Array.from(dots);
  const image = module.shrunk(bitmap);
  return {
    ...Object.fromEntries(ways.map((way) => [way, [...module[way](bitmap)]])),
    moved: [...module.moved(bitmap, 3, -5)],
    shrunk: [...image],
    spread: [...module.spread(image)],
  };
})"""


def test_the_front_end_does_the_same(page):
    modules = frontend.page_script(["digit_reader/bitmaps.mjs"])
    page.set_content(f"<script>{modules}</script><script>{frontend.page_start()}</script>")
    drawn = drawings(60)
    sent = [[bitmap.ravel().tolist() for bitmap in drawn], WAYS]
    for bitmap, got in zip(drawn, imported(page, "digit_reader/bitmaps.mjs", CODE, sent), strict=True):
        expected = {way: getattr(bitmaps, way)(bitmap) for way in WAYS}
        expected |= {"moved": bitmaps.moved(bitmap, 3, -5), "shrunk": bitmaps.shrunk(bitmap)}
        expected["spread"] = bitmaps.spread(expected["shrunk"])
        for way, array in expected.items():
            np.testing.assert_array_equal(got[way], array.ravel(), err_msg=way)
