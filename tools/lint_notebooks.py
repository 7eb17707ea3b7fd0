"""Check the stored notebooks of the book, and the pictures of its other pages.

Without a file's name, check all that _toc.yml names. Every finding is a line
`file:cell: rule: what is wrong`; one finding makes the run fail.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

import book

__all__ = ["RULES", "findings"]

FILE_LIMIT = 1_000_000
OUTPUT_LIMIT = 300_000
LINES_LIMIT = 25

ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
PATH = re.compile(r"(?<![\w.])(/(?:home|Users|root|tmp|work|private|mnt)/[\w.]|[A-Z]:\\Users\\)")
MARKDOWN_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(")
HTML_IMAGE = re.compile(r"<img\b(?![^>]*\balt=(\"[^\"]+\"|'[^']+'))[^>]*>", re.IGNORECASE)
DIRECTIVE_IMAGE = re.compile(
    r"^(?P<fence>[`:]{3,})\{(?:image|figure)\}(?P<body>.*?)^(?P=fence)\s*$", re.MULTILINE | re.DOTALL
)
WITH_E = re.compile(r"(?<![\w.`])\d(?:\.\d+)?e[+-]?\d+")
LINKING_ROLE = re.compile(r"\{(?:term|doc|ref)\}`[^`]*`")
DIRECTIVE_ALT = re.compile(r"^\s*:?alt:\s*\S", re.MULTILINE)

Found = Iterator[tuple[int, str]]  # a cell's number from 1, or 0 for the file; what is wrong


def code_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Yield each code cell with its number in the notebook."""
    return ((number, cell) for number, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code")


def tags(cell: NotebookNode) -> list[str]:
    """Return a cell's tags."""
    return cell.metadata.get("tags", [])


def texts(output: NotebookNode) -> Iterator[str]:
    """Yield the texts of an output, but no pictures."""
    if output.output_type == "stream":
        yield output.text
    elif output.output_type == "error":
        yield from output.traceback
        yield output.evalue
    else:
        for kind, content in output.data.items():
            if not kind.startswith("image/"):
                yield content if isinstance(content, str) else json.dumps(content)


def without_alt(markdown: str) -> Iterator[str]:
    """Yield the images of a Markdown text that have no alternative text."""
    for image in MARKDOWN_IMAGE.finditer(markdown):
        if not image["alt"].strip():
            yield image[0]
    for image in HTML_IMAGE.finditer(markdown):
        yield image[0]
    for image in DIRECTIVE_IMAGE.finditer(markdown):
        if not DIRECTIVE_ALT.search(image["body"]):
            yield image[0].splitlines()[0]


def cell_ids(notebook: NotebookNode) -> Found:
    """Demand that each cell has an id of its own: a stored widget's id comes from it."""
    seen = set()
    for number, cell in enumerate(notebook.cells, 1):
        if not cell.get("id"):
            yield number, "the cell has no id"
        elif cell.id in seen:
            yield number, f"another cell has the id {cell.id}, too"
        seen.add(cell.get("id"))


def counts(notebook: NotebookNode) -> Found:
    """Demand that the cells were run once each, from the first to the last."""
    for expected, (number, cell) in enumerate(code_cells(notebook), 1):
        if cell.execution_count != expected:
            yield number, f"execution count {cell.execution_count}, should be {expected}"


def outputs(notebook: NotebookNode) -> Found:
    """Demand that the outputs are stored."""
    cells = [cell for _, cell in code_cells(notebook)]
    if cells and not any(cell.outputs for cell in cells):
        yield 0, "no cell has a stored output"


def stderr(notebook: NotebookNode) -> Found:
    """Refuse what a cell wrote to stderr: a warning is to be mended."""
    for number, cell in code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                yield number, f"stored stderr: {output.text.strip()[:100]!r}"


def errors(notebook: NotebookNode) -> Found:
    """Refuse an error that is not meant to teach something."""
    for number, cell in code_cells(notebook):
        raised = [output for output in cell.outputs if output.output_type == "error"]
        if raised and "raises-exception" not in tags(cell):
            yield number, f"stored error {raised[0].ename} in a cell that is not tagged raises-exception"
        if any(len(output.traceback) > 1 for output in raised):
            yield number, "a stored traceback has more than its last line"


def addresses(notebook: NotebookNode) -> Found:
    """Refuse addresses in memory: they differ from run to run."""
    for number, cell in code_cells(notebook):
        for match in (ADDRESS.search(text) for output in cell.outputs for text in texts(output)):
            if match:
                yield number, f"stored address {match[0]}"


def paths(notebook: NotebookNode) -> Found:
    """Refuse paths of somebody's machine, in outputs and in sources."""
    for number, cell in enumerate(notebook.cells, 1):
        stored = [text for output in cell.get("outputs", []) for text in texts(output)]
        for match in map(PATH.search, [cell.source, *stored]):
            if match:
                yield number, f"a path of one machine: {match.string[match.start() : match.end() + 30]!r}"


def alt_text(notebook: NotebookNode) -> Found:
    """Demand a text that says what a picture shows, for every picture."""
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "markdown":
            for image in without_alt(cell.source):
                yield number, f"no alternative text: {image}"
            continue
        data = [output.data for output in cell.get("outputs", []) if "data" in output]
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
        if any(kind.startswith("image/") for kinds in data for kind in kinds) and not str(alt).strip():
            yield number, 'a stored picture, but no cell metadata {"mystnb": {"image": {"alt": "..."}}}'
        for kinds in data:
            for kind in ("text/html", "text/markdown"):
                for image in without_alt(kinds.get(kind, "")):
                    yield number, f"no alternative text: {image}"


def links(notebook: NotebookNode) -> Found:
    """Refuse a role in an output that links to another page: in JupyterLab it leads nowhere."""
    for number, cell in code_cells(notebook):
        for output in cell.outputs:
            for link in LINKING_ROLE.findall(output.get("data", {}).get("text/markdown", "")):
                yield number, f"an output links to another page: {link}"


def powers(notebook: NotebookNode) -> Found:
    """Ask for powers of ten in a sentence: a reader need not know what 3e+09 is."""
    for number, cell in code_cells(notebook):
        for output in cell.outputs:
            for found in WITH_E.findall(output.get("data", {}).get("text/markdown", "")):
                yield number, f"write {found} as a power of ten: cnnbook.listing.powers_of_ten"


def size(notebook: NotebookNode) -> Found:
    """Keep a notebook, and each cell's outputs, quick to load."""
    total = len(nbformat.writes(notebook).encode())
    if total > FILE_LIMIT:
        yield 0, f"{total} bytes, more than {FILE_LIMIT}"
    for number, cell in code_cells(notebook):
        total = len(json.dumps(cell.outputs).encode())
        if total > OUTPUT_LIMIT:
            yield number, f"outputs of {total} bytes, more than {OUTPUT_LIMIT}"


def widget_state(notebook: NotebookNode) -> Found:
    """Refuse stored widget state: the static copy is what the book shows."""
    if "widgets" in notebook.metadata:
        yield 0, "metadata.widgets is stored"


def long_cells(notebook: NotebookNode) -> Found:
    """Keep a code cell short enough to read at once."""
    for number, cell in code_cells(notebook):
        lines = len(cell.source.splitlines())
        if lines > LINES_LIMIT:
            yield number, f"{lines} lines of code, more than {LINES_LIMIT}"
        if not lines:
            yield number, "an empty code cell"


def measured(notebook: NotebookNode) -> Found:
    """Allow one measured cell, which holds pictures only: timings differ from run to run."""
    found = [(number, cell) for number, cell in code_cells(notebook) if "measured" in tags(cell)]
    for number, _ in found[1:]:
        yield number, f"cell {found[0][0]} is tagged measured already"
    for number, cell in found:
        if not all(any(kind.startswith("image/") for kind in o.get("data", {})) for o in cell.outputs):
            yield number, "a measured cell may store pictures only"
        if "nbval-skip" not in tags(cell):
            yield number, "a measured cell needs the tag nbval-skip: its outputs cannot be compared"


RULES: dict[str, Callable[[NotebookNode], Found]] = {
    rule.__name__.replace("_", "-"): rule
    for rule in (
        cell_ids,
        counts,
        outputs,
        stderr,
        errors,
        addresses,
        paths,
        alt_text,
        links,
        powers,
        size,
        widget_state,
        long_cells,
        measured,
    )
}


def findings(path: Path) -> Iterator[str]:
    """Yield a line for each thing that is wrong with a notebook or a Markdown page."""
    if path.suffix == ".md":
        for image in without_alt(path.read_text("utf-8")):
            yield f"{path.name}: alt-text: no alternative text: {image}"
        return
    text = path.read_text("utf-8")
    raw = nbformat.from_dict(json.loads(text))
    rules = dict(RULES)
    wrong = list(rules.pop("cell-ids")(raw))  # nbformat would mend the ids in silence
    for number, message in wrong:
        yield f"{path.name}:{number}: cell-ids: {message}"
    if wrong:
        return
    try:
        nbformat.validate(raw)
    except nbformat.ValidationError as error:
        yield f"{path.name}: format: {error.message}"
        return
    notebook = nbformat.v4.reads(text)
    for name, rule in rules.items():
        for number, message in rule(notebook):
            yield f"{path.name}{f':{number}' if number else ''}: {name}: {message}"


def strays(root: Path) -> Iterator[str]:
    """Yield a line for each notebook of the book's folders that no page of the book is."""
    for path in sorted([*root.glob("*.ipynb"), *root.glob("chapters/**/*.ipynb")]):
        if path not in book.pages(root) and ".ipynb_checkpoints" not in path.parts:
            yield f"{path.name}: stray: _toc.yml does not name it"


def main() -> int:
    """Check what the command line names; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", type=Path)
    options = parser.parse_args()
    lines = [line for path in options.pages or book.pages() for line in findings(path)]
    if not options.pages:
        lines += strays(book.ROOT)
    print("\n".join(lines) or "notebooks: nothing to mend")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
