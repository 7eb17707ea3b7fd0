"""The notebook lint: a good notebook passes, and each rule finds the one thing that it is for."""

import json

import nbformat
import pytest
from nbformat import v4

import lint_notebooks

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
MEASURED = ["measured", "nbval-skip"]
ALT = {"mystnb": {"image": {"alt": "One red pixel."}}}


def picture():
    return v4.new_output("display_data", {"image/png": PIXEL, "text/plain": "<Figure>"})


def result(text, kind="text/plain", count=1):
    return v4.new_output("execute_result", {kind: text}, execution_count=count)


def code(*outputs, source="1", count=1, **metadata):
    return v4.new_code_cell(
        source, id=f"code-{count}", execution_count=count, outputs=list(outputs), metadata=metadata
    )


def markdown(source):
    return v4.new_markdown_cell(source, id="prose")


def lint(folder, *cells, **metadata):
    """Write a notebook of these cells, and return what the lint finds in it."""
    path = folder / "page.ipynb"
    path.write_text(json.dumps({**v4.new_notebook(metadata=metadata), "cells": cells}), "utf-8")
    return list(lint_notebooks.findings(path))


def test_a_good_notebook_passes(tmp_path):
    cells = [
        markdown("# A title\n\n![A cup.](cup.png) <img src='cup.png' alt='A cup.'>\n\n"
                 "```{figure} cup.png\n:alt: A cup.\nThe caption.\n```"),
        code(result("array([1, 2])")),
        code(picture(), count=2, **ALT),
        code(picture(), count=3, tags=MEASURED, **ALT),
        code(
            v4.new_output("error", ename="ValueError", evalue="no window fits", traceback=["ValueError: no"]),
            count=4,
            tags=["raises-exception"],
        ),
        code(v4.new_output("stream", name="stdout", text="5\n"), count=5),
    ]  # fmt: skip
    assert lint(tmp_path, *cells) == []


FIGURE = "```{figure} cup.png\n:width: 50%\nThe caption.\n```"
ERROR = v4.new_output("error", ename="E", evalue="", traceback=["E"])
LONG_ERROR = v4.new_output("error", ename="E", evalue="", traceback=["in a file", "E"])

BAD = {
    "counts: never run": (":2: counts: execution count None, should be 1", [code(result("1"), count=None)]),
    "counts: run twice": (":3: counts: execution count 3, should be 2", [code(result("1")), code(count=3)]),
    "outputs: all cleared": (": outputs: no cell has a stored output", [code()]),
    "stderr": (
        ":2: stderr: stored stderr: 'a warning'",
        [code(v4.new_output("stream", name="stderr", text="a warning"))],
    ),
    "errors: not meant": (":2: errors: stored error E in a cell that is not tagged", [code(ERROR)]),
    "errors: long": (
        ":2: errors: a stored traceback has more than its last line",
        [code(LONG_ERROR, tags=["raises-exception"])],
    ),
    "links: a term": (
        ":2: links: an output links to another page: {term}`a window <window>`",
        [code(result("See {term}`a window <window>`.", "text/markdown"))],
    ),
    "addresses: result": (
        ":2: addresses: stored address 0x7f3c2a10",
        [code(result("<object at 0x7f3c2a10>"))],
    ),
    "addresses: stream": (
        ":2: addresses: stored address 0x7f3c2a10",
        [code(v4.new_output("stream", name="stdout", text="at 0x7f3c2a10"))],
    ),
    "paths: output": (":2: paths: a path of one machine", [code(result("'/home/ann/book/a.py'"))]),
    "paths: html": (
        ":2: paths: a path of one machine",
        [code(result("<a href='file:///Users/ann'>", "text/html"))],
    ),
    "paths: source": (
        ":2: paths: a path of one machine",
        [code(result("1"), source="open('/home/ann/a.npz')")],
    ),
    "alt-text: output": (":2: alt-text: a stored picture, but no cell metadata", [code(picture())]),
    "alt-text: blank": (
        ":2: alt-text: a stored picture, but no cell metadata",
        [code(picture(), mystnb={"image": {"alt": " "}})],
    ),
    "alt-text: html": (
        ":2: alt-text: no alternative text: <img src='a.png'>",
        [code(result("<img src='a.png'>", "text/html"))],
    ),
    "alt-text: markdown": (
        ":3: alt-text: no alternative text: ![](",
        [code(result("1")), markdown("See ![](cup.png).")],
    ),
    "alt-text: empty": (
        ':3: alt-text: no alternative text: <img src="a.png" alt="">',
        [code(result("1")), markdown('<img src="a.png" alt="">')],
    ),
    "alt-text: directive": (
        ":3: alt-text: no alternative text: ```{figure} cup.png",
        [code(result("1")), markdown(FIGURE)],
    ),
    "powers": (
        ":3: powers: write 3e+09 as a power of ten: cnnbook.listing.powers_of_ten",
        [code(result("1")), code(result("It grows to 3e+09.", kind="text/markdown", count=2), count=2)],
    ),
    "size: cell": (":2: size: outputs of 300", [code(result("x" * 300_001))]),
    "long-cells": (":2: long-cells: 26 lines of code", [code(result("1"), source="1\n" * 26)]),
    "long-cells: empty": (":2: long-cells: an empty code cell", [code(result("1"), source="")]),
    "measured: two": (
        ":3: measured: cell 2 is tagged measured already",
        [code(picture(), tags=MEASURED, **ALT), code(picture(), count=2, tags=MEASURED, **ALT)],
    ),
    "measured: compared": (
        ":2: measured: a measured cell needs the tag nbval-skip: its outputs cannot be compared",
        [code(picture(), tags=["measured"], **ALT)],
    ),
    "measured: text": (
        ":2: measured: a measured cell may store pictures only",
        [code(result("3.1 ms"), tags=MEASURED)],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_each_rule_finds_what_it_is_for(tmp_path, name):
    message, cells = BAD[name]
    found = lint(tmp_path, v4.new_markdown_cell("# A title", id="title"), *cells)
    assert len(found) == 1
    assert found[0].startswith(f"page.ipynb{message}")


def test_every_rule_has_a_bad_notebook():
    elsewhere = {"cell-ids", "widget-state"}
    assert {name.partition(":")[0] for name in BAD} | elsewhere == set(lint_notebooks.RULES)


def test_widget_state_is_refused(tmp_path):
    found = lint(tmp_path, code(result("1")), widgets={"state": {}})
    assert found == ["page.ipynb: widget-state: metadata.widgets is stored"]


def test_a_large_file_is_refused(tmp_path):
    cells = [code(result("x" * 260_000, count=n), count=n) for n in range(1, 5)]
    (found,) = lint(tmp_path, *cells)
    assert found.startswith("page.ipynb: size: 104")


def test_a_cell_id_twice_is_refused(tmp_path):
    assert lint(tmp_path, markdown("a"), markdown("b")) == [
        "page.ipynb:2: cell-ids: another cell has the id prose, too"
    ]


def test_a_cell_without_id_is_refused(tmp_path):
    cell = markdown("a")
    del cell["id"]
    assert lint(tmp_path, cell) == ["page.ipynb:1: cell-ids: the cell has no id"]


def test_a_file_that_is_no_notebook_is_refused(tmp_path):
    path = tmp_path / "page.ipynb"
    path.write_text(json.dumps({**v4.new_notebook(), "cells": [{"id": "a", "cell_type": "poem"}]}), "utf-8")
    (found,) = lint_notebooks.findings(path)
    assert found.startswith("page.ipynb: format: ")


@pytest.mark.parametrize("image", ["![](a.png)", "<img src='a.png'>", FIGURE])
def test_a_picture_on_a_markdown_page_needs_alt_text(tmp_path, image):
    path = tmp_path / "page.md"
    path.write_text(f"# A title\n\n{image}\n", "utf-8")
    (found,) = lint_notebooks.findings(path)
    assert found.startswith("page.md: alt-text: no alternative text: ")


def test_a_notebook_that_the_contents_do_not_name_is_a_stray(tmp_path):
    (tmp_path / "_toc.yml").write_text("root: intro\nchapters:\n- file: chapters/one\n", "utf-8")
    (tmp_path / "chapters").mkdir()
    for name in ("intro.ipynb", "chapters/one.ipynb", "chapters/Untitled.ipynb"):
        nbformat.write(v4.new_notebook(), tmp_path / name)
    assert list(lint_notebooks.strays(tmp_path)) == ["Untitled.ipynb: stray: _toc.yml does not name it"]
