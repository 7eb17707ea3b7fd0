"""The map of what needs what: it says what the chapters say, and draws what it is given."""

import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from chapter import Chapter

import book
from cnnbook import plotting


def closure(needs):
    """Return for each chapter all that it needs, on every way back."""
    found = {}
    for chapter in sorted(needs):
        found[chapter] = {*needs[chapter]}.union(*(found[one] for one in needs[chapter]))
    return found


def told():
    """Return what the chapters say that you need, in their first cells."""
    needs = {}
    for path in sorted((book.ROOT / "chapters").glob("*.ipynb")):
        said = Chapter(path.stem).source("title").split("**What you'll need.**")[1]
        needs[int(path.stem[:2])] = {int(number) for number in re.findall(r"<(\d\d)_\w+>`", said)}
    return needs


def test_the_map_leads_to_all_that_a_chapter_says_you_need_and_to_nothing_else():
    defined = Chapter("../intro").defined_by_part
    lines = enumerate(defined("needs-map", "TABLE").splitlines(), 1)
    mapped = {number: {*map(int, line.partition(",")[2].split())} for number, line in lines}
    chapters = told()
    assert sorted(chapters) == sorted(mapped)
    reached = closure(mapped)
    for chapter, asked in chapters.items():
        assert mapped[chapter] <= asked <= reached[chapter], chapter
        others = [one for one in mapped[chapter] if any(one in reached[two] for two in mapped[chapter])]
        assert others == [], f"{chapter}: an arrow that another way makes needless"


def test_an_arrow_ends_at_the_top_of_the_box_that_needs():
    with mpl.rc_context({"backend": "agg"}):
        places = {"a": (0, 0), "b": (1, 1)}
        (ax,) = plotting.needs_map(places, {"b": ["a"]}, [1, 1]).axes
        (arrow,) = (text for text in ax.texts if not text.get_text())
        boxes = [patch.get_extents().transformed(ax.transData.inverted()) for patch in ax.patches]
        assert arrow.xy == pytest.approx((1, min(boxes[1].y0, boxes[1].y1)), abs=0.05)
        assert arrow.xyann == pytest.approx((0, max(boxes[0].y0, boxes[0].y1)), abs=0.05)
        assert [text.get_text() for text in ax.texts if text.get_text()] == ["1  a", "2  b"]
        plt.close("all")


def test_a_map_without_a_place_is_refused():
    with pytest.raises(ValueError, match="no place is given for 'c'"):
        plotting.needs_map({"a": (0, 0)}, {"a": ["c"]}, [1])
    with pytest.raises(ValueError, match="the parts have 2 chapters, but 1 have a place"):
        plotting.needs_map({"a": (0, 0)}, {}, [2])
