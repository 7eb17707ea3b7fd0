"""The texts of all pages for the search page: from the disk a page cannot fetch another one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, SoupStrainer, Tag

__all__ = ["search_texts"]


def search_texts(pages: Path, names: list[str]) -> str:
    """Return a classic script that hands the texts of some pages to the search page.

    Parameters
    ----------
    pages : Path
        The folder of the built pages.
    names : list of str
        Their files, as ``"chapters/01_convolution.html"``.

    Returns
    -------
    script : str
        ``cnnbookTexts``: each file's name to as much of its HTML as the search asks for.
    """
    return f"window.cnnbookTexts = {json.dumps({name: text_of(pages / name) for name in names})};\n"


def text_of(path: Path) -> str:
    """Return the sections of a page with their ids, and text inside, without a widget's numbers."""
    article = BeautifulSoup(path.read_text("utf-8"), "html.parser", parse_only=SoupStrainer("article"))
    for element in article.select(".headerlink, script, style, .cnnbook-widget, .cell_output table"):
        element.decompose()
    return f'<div role="main">{"".join(sections(article))}</div>'


def sections(element: Tag) -> Iterator[str]:
    """Yield what an element holds: texts, and elements that a link can name."""
    for child in element.children:
        if not isinstance(child, Tag):
            yield child.output_ready("minimal")
        elif "id" in child.attrs:
            yield f'<div id="{child["id"]}">{"".join(sections(child))}</div>'
        else:
            yield from sections(child)
