"""Links in the reader's copies: what JupyterLab cannot look up is a plain link."""

import nbformat
import pytest
from pybtex.database import parse_string

from reader_links import link_pages, linked

WORKS = r"""
@misc{one, author = {Le Cun, Yann}, title = {One}, year = {1998}}
@misc{two, author = {B{\'e}ziers, Ann and van Dam, Bo}, title = {Two}, year = {2000}}
@misc{three, author = {A, A and B, B and C, C}, title = {Three}, year = {2001}}
@misc{none, key = {Short}, title = {A long title}}
"""
LINKED = {
    "{term}`kernel`": "[kernel](../glossary.md)",
    "{term}`weights <weight>`": "[weights](../glossary.md)",
    "{doc}`symbols <../notation>`": "[symbols](../notation.md)",
    "{doc}`symbols </notation>`": "[symbols](../notation.md)",
    "{doc}`pooling <02_pooling>`": "[pooling](02_pooling.ipynb)",
    "{cite:t}`one`": "[Le Cun (1998)](../bibliography.md)",
    "{cite}`two`": "([Béziers and van Dam, 2000](../bibliography.md))",
    "{cite}`one, three`": "([Le Cun, 1998; A et al., 2001](../bibliography.md))",
    "{cite:t}`none`": "[Short](../bibliography.md)",
    "{py:func}`cnnbook.conv2d`": "`cnnbook.conv2d`",
    '<a href="cnnbook-1-py3-none-any.whl">a wheel</a>': "a wheel",
    "{eq}`one` and `{x}` and `x` < `y`": "{eq}`one` and `{x}` and `x` < `y`",
}


@pytest.fixture
def works():
    return parse_string(WORKS, "bibtex")


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "book"
    (root / "chapters").mkdir(parents=True)
    (root / "chapters/02_pooling.ipynb").touch()
    (root / "notation.md").touch()
    (root / "_toc.yml").write_text("root: notation\n")
    (root / "references.bib").write_text(WORKS, "utf-8")
    return root


@pytest.mark.parametrize(("text", "expected"), LINKED.items())
def test_a_reference_becomes_a_link(works, root, text, expected):
    assert linked(f"See {text}.", "chapters/01_one.ipynb", works, root) == f"See {expected}."


def test_links_are_relative_to_the_page(works, root):
    assert linked("{term}`kernel`", "intro.ipynb", works, root) == "[kernel](glossary.md)"


def test_the_glossary_links_within_itself(works, root):
    assert linked("{term}`kernel`", "glossary.md", works, root) == "{term}`kernel`"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ref}`running`", "[Run it](../intro.md)"),
        ("{ref}`on the first page <running>`", "[on the first page](../intro.md)"),
        ("{ref}`here <own>`", "*here*"),
        ("{eq}`first`", "[that formula](../intro.md)"),
        ("{eq}`own-one`", "{eq}`own-one`"),
    ],
)
def test_a_label_of_another_page_becomes_a_link(works, root, text, expected):
    (root / "_toc.yml").write_text("root: intro\nchapters:\n- file: chapters/01_one\n")
    (root / "intro.md").write_text("# One\n\n(running)=\n**Run it.**\nAs you like.\n\n$$\nx\n$$ (first)\n")
    cells = [nbformat.v4.new_markdown_cell("(own)=\n## Two")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / "chapters/01_one.ipynb")
    assert linked(text, "chapters/01_one.ipynb", works, root) == expected


def test_an_unknown_work_is_an_error(works, root):
    with pytest.raises(KeyError, match="nobody"):
        linked("{cite}`nobody`", "intro.ipynb", works, root)


def test_the_works_are_listed(works, root):
    lines = linked("```{bibliography}\n:all:\n```", "bibliography.md", works, root).splitlines()
    assert len(lines) == 4
    assert "- Ann Béziers and Bo van Dam\\. Two\\. 2000\\." in lines


def test_the_functions_are_listed(works, root):
    rest = "```{eval-rst}\n.. currentmodule:: cnnbook\n.. autofunction:: output_size\n```"
    expected = "- `cnnbook.output_size`: Count the windows that fit along one direction."
    assert linked(rest, "api.md", works, root) == expected


def test_only_text_is_changed(root, tmp_path):
    path = tmp_path / "lab" / "one.ipynb"
    path.parent.mkdir()
    new_markdown, new_code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    nbformat.write(nbformat.v4.new_notebook(cells=[new_markdown("{term}`a`"), new_code("'{term}`a`'")]), path)
    link_pages([path], path.parent, root)
    assert [cell.source for cell in nbformat.read(path, 4).cells] == ["[a](glossary.md)", "'{term}`a`'"]
