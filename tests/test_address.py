"""A book that is told where it lies: each page names its own address."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

import book

ADDRESS = "https://example.org/book/"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return the built pages of a small book with an address."""
    folder = tmp_path_factory.mktemp("small")
    for name in ("_ext", "_static", "cnnbook", "tools", "references.bib"):
        folder.joinpath(name).symlink_to(book.ROOT / name)
    config = yaml.safe_load((book.ROOT / "_config.yml").read_text("utf-8"))
    config["html"]["baseurl"] = ADDRESS
    folder.joinpath("_config.yml").write_text(yaml.safe_dump(config), "utf-8")
    folder.joinpath("_toc.yml").write_text("format: jb-book\nroot: one\nchapters:\n- file: part/two\n")
    folder.joinpath("part").mkdir()
    folder.joinpath("one.md").write_text("# One\n\nThe first.\n")
    folder.joinpath("part/two.md").write_text("# Two\n\nThe second.\n")
    build = [Path(sys.executable).with_name("jupyter-book"), "build", folder, "--quiet"]
    answer = subprocess.run(build, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return folder / "_build" / "html"


@pytest.mark.parametrize("name", ["one.html", "part/two.html", "genindex.html"])
def test_a_page_names_its_own_address(told, name):
    head = BeautifulSoup((told / name).read_text("utf-8"), "html.parser").head
    assert [link["href"] for link in head.find_all("link", rel="canonical")] == [ADDRESS + name]
    assert head.find("meta", property="og:image")["content"] == f"{ADDRESS}_static/icon.png"


def test_the_book_lists_its_pages(told):
    assert re.findall("<loc>(.*?)</loc>", (told / "sitemap.xml").read_text("utf-8")) == [
        f"{ADDRESS}one.html",
        f"{ADDRESS}part/two.html",
    ]
    assert f'href="{ADDRESS}one.html"' in (told / "404.html").read_text("utf-8")
