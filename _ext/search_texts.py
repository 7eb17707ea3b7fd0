"""The texts of all pages for the search page: from the disk a page cannot fetch another one."""

from __future__ import annotations

import json
from pathlib import Path

from bs4 import BeautifulSoup

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
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    article = soup.find("article")
    for element in article.select(".headerlink, script, style, .cnnbook-widget, .cell_output table"):
        element.decompose()
    for element in article.find_all(True):
        if element.get("id"):
            element.attrs = {"id": element["id"]}
            element.name = "div"
        else:
            element.unwrap()
    return f'<div role="main">{article.decode_contents()}</div>'
