"""What becomes of a page's HTML: its head, its ids, the titles of its solutions."""

import re

import numpy as np
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document

import book
from page_html import TOGGLE, describe, icon, mend, named, one_viewport, sitemap


def page_of(*texts):
    document = new_document("page")
    document += [nodes.paragraph("", text) for text in texts]
    return document


def told(tags):
    soup = BeautifulSoup(tags, "html.parser")
    return {one.get("property") or one["name"]: one["content"] for one in soup.find_all("meta")}


def test_the_first_paragraph_describes_a_page():
    tags = told(
        describe('One & "two"', page_of("A <kernel>\n slides.", "More."), "https://example.org/book/")
    )
    assert tags == {
        "description": "A <kernel> slides.",
        "og:type": "article",
        "og:title": 'One & "two"',
        "og:description": "A <kernel> slides.",
        "og:image": "https://example.org/book/_static/icon.png",
    }


def test_a_long_description_ends_after_a_word():
    text = told(describe("", page_of("word " * 90)))["description"]
    assert len(text) <= 160
    assert re.fullmatch(r"(word )+…", text)


def test_a_page_without_text_is_not_described():
    assert told(describe("Index", None)) == {"og:type": "article", "og:title": "Index"}


@pytest.mark.parametrize("kind", ["exercise", "solution"])
def test_no_two_exercises_share_an_id(kind):
    assert mend(f'<section id="{kind}-content"><p>') == "<section><p>"


def test_the_title_of_a_solution_is_no_link():
    title = '<p class="admonition-title">Solution to<a class="reference" href="#ex-one"> Exercise 1</a></p>'
    assert mend(title) == '<p class="admonition-title">Solution to Exercise 1</p>'
    assert (
        mend('<p>As in <a href="#ex-one">Exercise 1</a></p>')
        == '<p>As in <a href="#ex-one">Exercise 1</a></p>'
    )


def test_the_references_claim_no_role_that_is_not_theirs():
    item = '<div class="citation" id="id5" role="doc-biblioentry">'
    body = mend(f'<div role="list" class="citation-list">{item}</div></div><ul role="list">')
    assert body == '<div class="citation-list"><div class="citation" id="id5"></div></div><ul role="list">'


def test_one_viewport_is_left():
    tag = '<meta name="viewport" content="width=device-width, initial-scale=1" />'
    assert one_viewport(f"<head>{tag}\n{tag}<title>") == f"<head>{tag}<title>"
    assert one_viewport("<head>") == "<head>"


def test_the_icon_is_the_favicons_squares():
    picture = np.asarray(icon((book.ROOT / "_static/favicon.svg").read_text("utf-8"), 32))
    assert picture.shape == (32, 32, 3)
    assert [tuple(map(int, picture[at])) for at in ((0, 0), (15, 15), (31, 31))] == [
        (0x0B, 0x4F, 0x85), (0xF2, 0xB2, 0x1F), (0xF2, 0xB2, 0x1F),
    ]  # fmt: skip


def test_a_sitemap_holds_whole_addresses():
    text = sitemap("https://example.org/book/", ["intro.html", "chapters/01.html"])
    assert re.findall("<loc>(.*?)</loc>", text) == [
        "https://example.org/book/intro.html", "https://example.org/book/chapters/01.html",
    ]  # fmt: skip


def test_an_arrow_has_a_name():
    assert named(f"{TOGGLE}<i></i></span></summary>").startswith(
        '<summary aria-label="the pages of this one"><span'
    )
    assert named("<summary>code</summary>") == "<summary>code</summary>"
