"""Run the book's notebooks, and store their outputs so that a second run changes nothing.

Without a notebook's name, run all that _toc.yml names. A cell tagged `measured` keeps what is
stored, and does not run, unless --measure asks for new timings. --check stores nothing: it says which cells
would change, and fails if there is one.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

import book
from compare_notebooks import PICTURES, differences, may_differ, picture_difference

__all__ = ["check", "run", "store"]

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
WIDGET = "application/vnd.jupyter.widget-view+json"


def run(path: Path, *, measure: bool = False) -> NotebookNode:
    """Run a notebook in its own folder, and return it in canonical form.

    Parameters
    ----------
    path : Path
        The notebook; it is not changed.
    measure : bool
        Take new outputs for the cells tagged ``measured``, too.

    Returns
    -------
    notebook : NotebookNode
        Every output as computed now; a picture that shows the same as the stored one is the
        stored one.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell raises that is not tagged ``raises-exception``.
    """
    stored = nbformat.read(path, as_version=4)
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if keeps(cell, measure=measure):
            cell.source = "None"  # it counts, and costs nothing
    NotebookClient(
        notebook,
        timeout=600,
        kernel_name=KERNEL["name"],
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR", "--IPKernelApp.extensions=cnnbook.plotting.dark"],
        resources={"metadata": {"path": str(path.resolve().parent)}},
    ).execute()
    canonise(notebook)
    for old, new in zip(stored.cells, notebook.cells, strict=True):
        if keeps(old, measure=measure):
            new.source, new.outputs = old.source, old.outputs
        elif old.cell_type == "code":
            settle(old, new)
    return notebook


def keeps(cell: NotebookNode, *, measure: bool) -> bool:
    """Tell whether a cell keeps its stored outputs: its timings differ from run to run."""
    return not measure and "measured" in cell.metadata.get("tags", []) and bool(cell.get("outputs"))


def canonise(notebook: NotebookNode) -> None:
    """Drop what differs from run to run, or from machine to machine."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata["kernelspec"] = nbformat.from_dict(KERNEL)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for number, output in enumerate(cell.get("outputs", [])):
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
            data = output.get("data", {})
            if "text/html" in data:
                data.pop(WIDGET, None)  # it would name a model that is gone, and hide the static copy
            elif WIDGET in data:
                data[WIDGET]["model_id"] = f"{cell.id}-{number}"


def settle(old: NotebookNode, new: NotebookNode) -> None:
    """Keep the stored pictures that show the same as the new ones."""
    share = may_differ(old)
    for before, after in zip(old.outputs, new.outputs, strict=False):
        for old_pictures, new_pictures in zip(bundles(before), bundles(after), strict=True):
            for kind in PICTURES:
                was, now = old_pictures.get(kind), new_pictures.get(kind)
                both = isinstance(was, str) and isinstance(now, str)
                if both and not picture_difference(was, now, share):
                    new_pictures[kind] = was


def bundles(output: NotebookNode) -> tuple[dict, dict]:
    """Return where an output may hold pictures: its data, and what it says about its PNG (the dark one)."""
    return output.get("data", {}), output.get("metadata", {}).get("image/png", {})


def written(notebook: NotebookNode) -> str:
    """Return the text of a notebook's file."""
    return nbformat.writes(notebook) + "\n"


def store(path: Path, *, measure: bool = False) -> bool:
    """Run a notebook and store it; tell whether its file changed."""
    text = written(run(path, measure=measure))
    changed = text != path.read_text("utf-8")
    if changed:
        path.write_text(text, "utf-8")
    return changed


def check(path: Path) -> list[str]:
    """Run a notebook, and say where its file differs from what would be stored."""
    fresh = run(path)
    if written(fresh) == path.read_text("utf-8"):
        return []
    found = list(differences(nbformat.read(path, as_version=4), fresh))
    return found or ["the file is not in canonical form; `make notebooks` writes it so"]


def main() -> int:
    """Do what the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path)
    parser.add_argument("--check", action="store_true", help="store nothing; fail if a cell would change")
    parser.add_argument("--measure", action="store_true", help="take new timings in cells tagged measured")
    options = parser.parse_args()
    failed = False
    for path in options.notebooks or book.notebooks():
        try:
            if options.check:
                lines = check(path)
                failed = failed or bool(lines)
            else:
                lines = ["stored"] if store(path, measure=options.measure) else []
        except CellExecutionError as error:
            lines = [str(error)]
            failed = True
        for line in lines or ["unchanged"]:
            print(f"{path.name}: {line}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
