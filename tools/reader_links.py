"""References between the book's pages, as JupyterLab can follow them.

jupyterlab-myst renders one file at a time: it cannot look up a term in the glossary, or a work in
references.bib. In the reader's copies a reference to another page is therefore a plain link.
"""

from __future__ import annotations

import inspect
import pydoc
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

import nbformat
from pybtex.backends import BaseBackend
from pybtex.database import BibliographyData, Entry, parse_file
from pybtex.plugin import find_plugin
from pybtex.richtext import Text

import book

__all__ = ["link_pages", "linked"]

ROLE = re.compile(
    r"\{(?P<role>term|doc|ref|eq|cite|cite:p|cite:t|py:\w+)\}`(?:(?P<text>[^`<]+?)\s*<(?P<to>[^`>]+)>|(?P<only>[^`]+))`"
)
WHEEL = re.compile(r'<a href="[^"/]+\.whl">(.*?)</a>')  # it lies beside the built pages only
WORKS = re.compile(r"```\{bibliography\}.*?```", re.DOTALL)
NAMES = re.compile(r"```\{eval-rst\}\s*\.\. currentmodule:: (?P<module>\S+)(?P<lines>.*?)```", re.DOTALL)
LABEL = re.compile(r"^\(([\w-]+)\)=\n+(.+)$", re.MULTILINE)
EQUATION = re.compile(r"^\$\$ \(([\w-]+)\)$", re.MULTILINE)
NAME = re.compile(r"^\.\. auto\w+:: (\S+)", re.MULTILINE)


def linked(text: str, page: str, works: BibliographyData, root: Path = book.ROOT) -> str:
    """Return a page's text with plain links in the place of references to other pages.

    Parameters
    ----------
    text : str
        Markdown.
    page : str
        The page's path in the book, which links are relative to: ``"chapters/01_convolution.ipynb"``.
    works : BibliographyData
        What can be cited.
    root : Path
        The book's folder.
    """
    here = PurePosixPath(page).parent

    def link(shown: str, target: str) -> str:
        return f"[{shown}]({relpath(target, here)})"

    def replace(found: re.Match[str]) -> str:
        role, target = found["role"], found["to"] or found["only"]
        shown = found["text"] or target
        if role == "term":
            return found[0] if page == "glossary.md" else link(shown, "glossary.md")
        if role == "doc":
            name = normpath(here / target) if not target.startswith("/") else target[1:]
            suffix = ".ipynb" if (root / f"{name}.ipynb").is_file() else ".md"
            return link(shown, name + suffix)
        if role == "ref":
            place, title = labels(root).get(target, (page, target))
            shown = found["text"] or title
            return (
                f"*{shown}*" if place == page else link(shown, place)
            )  # a label further down is not there yet
        if role == "eq":
            place, title = labels(root).get(target, (page, ""))
            return found[0] if place == page else link(title, place)
        if role.startswith("cite"):
            cited = [work(works.entries[key.strip()]) for key in target.split(",")]
            form = "{} ({})" if role == "cite:t" else "{}, {}"
            label = "; ".join(form.format(*one) if one[1] else one[0] for one in cited)
            return (
                link(label, "bibliography.md") if role == "cite:t" else f"({link(label, 'bibliography.md')})"
            )
        return f"`{shown}`"

    text = WHEEL.sub(r"\1", WORKS.sub(lambda _: bibliography(works), text))
    return NAMES.sub(summaries, ROLE.sub(replace, text))


@cache
def labels(root: Path) -> dict[str, tuple[str, str]]:
    """Return where each label stands, and what it labels: ``{"running": ("intro.ipynb", "Run it")}``."""
    found = {}
    for path in book.pages(root):
        if path.suffix == ".ipynb":
            cells = nbformat.read(path, as_version=4).cells
            text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        else:
            text = path.read_text("utf-8")
        place = path.relative_to(root).as_posix()
        found |= {label: (place, line.strip("#*. ")) for label, line in LABEL.findall(text)}
        found |= dict.fromkeys(EQUATION.findall(text), (place, "that formula"))
    return found


def work(entry: Entry) -> tuple[str, str]:
    """Return who wrote a work, or what it is called for short, and the year."""
    names = [
        plain(" ".join(person.prelast_names + person.last_names))
        for person in entry.persons.get("author", [])
    ]
    names = names or [plain(entry.fields.get("key") or entry.fields["title"])]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    return who, entry.fields.get("year", "")


def plain(latex: str) -> str:
    """Return a text of references.bib without its marks."""
    return Text.from_latex(latex).render(written_as("text"))


@cache
def written_as(form: str) -> BaseBackend:
    """Return what writes a rich text as plain text or Markdown, looked up once: it takes long to find."""
    return find_plugin("pybtex.backends", form)()


def bibliography(works: BibliographyData) -> str:
    """Return all works as a Markdown list, sorted."""
    style = find_plugin("pybtex.style.formatting", "plain")()
    entries = style.format_entries(style.sort(works.entries.values()))
    return "\n".join("- " + " ".join(entry.text.render(written_as("markdown")).split()) for entry in entries)


def summaries(found: re.Match[str]) -> str:
    """Return what Sphinx would document as a Markdown list: each name with its first line."""
    lines = []
    for name in NAME.findall(found["lines"]):
        full = f"{found['module']}.{name}"
        doc = inspect.getdoc(pydoc.locate(full)) or ""
        lines.append(f"- `{full}`: {markdown(doc.partition(chr(10))[0])}")
    return "\n".join(lines)


def markdown(line: str) -> str:
    r"""Return a line of reStructuredText as Markdown.

    >>> markdown(r"as :func:`fold`: :math:`\sigma(x)` of ``x``")
    'as `fold`: $\\sigma(x)$ of `x`'
    """
    line = re.sub(r":math:`(.+?)`", r"$\1$", line)
    return re.sub(r":\w+:(`.+?`)", r"\1", line).replace("``", "`")


def link_pages(copies: list[Path], folder: Path, root: Path = book.ROOT) -> None:
    """Put plain links into the reader's copies."""
    works = parse_file(root / "references.bib", "bibtex")

    def in_page(path: Path) -> Callable[[str], str]:
        return lambda text: linked(text, path.relative_to(folder).as_posix(), works, root)

    for path in copies:
        if path.suffix == ".md":
            path.write_text(in_page(path)(path.read_text("utf-8")), "utf-8")
        elif path.suffix == ".ipynb":
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                if cell.cell_type == "markdown":
                    cell.source = in_page(path)(cell.source)
            nbformat.write(notebook, path)
