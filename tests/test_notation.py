"""The page of symbols: a letter that stands in two places is listed with both meanings."""

import re
from collections import Counter

import book

BODY, TWICE = (book.ROOT / "notation.md").read_text("utf-8").split("## Letters with two meanings")
SAME = {"x", "w", "y"}  # of one picture, and of a whole layer: the same thing with more axes
ROW = re.compile(r"^\| (\$.+?\$(?:, \$.+?\$)*) \|", re.M)


def symbols(part: str) -> list[str]:
    """Return the symbols in the first column of a part's table."""
    return [symbol for row in ROW.findall(part) for symbol in re.findall(r"\$(.+?)\$", row)]


def test_a_letter_of_two_sections_is_listed_with_both_meanings():
    places = Counter(letter for part in BODY.split("\n## ") for letter in {*symbols(part)})
    twice = {letter for letter, count in places.items() if count > 1}
    assert len(twice) > 10
    assert twice - SAME <= {*symbols(TWICE)}


def test_the_columns_have_the_symbols_of_chapter_6():
    columns = BODY.split("## Windows as columns")[1].split("\n## ")[0]
    assert symbols(columns) == ["Q", "L", "X", "w_{o,q}", "Y", "q", "l", "g"]
