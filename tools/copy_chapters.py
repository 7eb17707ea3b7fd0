"""Give the reader copies of the book's pages that are the reader's own.

Usage: python tools/copy_chapters.py FOLDER

A copy that is there already is left as it is; to start afresh, rename or remove it. New copies
get links that JupyterLab can follow, and are marked as trusted: otherwise JupyterLab would not show
stored HTML as it is.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary

import book
from reader_links import link_pages

__all__ = ["copy_pages"]


def copy_pages(folder: Path, root: Path = book.ROOT) -> list[Path]:
    """Copy the pages, and the pictures that they show, to where links between them still work.

    Parameters
    ----------
    folder : Path
        Where the copies go; made if it is not there.
    root : Path
        The book's folder.

    Returns
    -------
    copied : list of Path
        The new copies. What was there before is not among them.
    """
    copied = []
    pictures = [path for path in sorted(root.glob("_static/**/*")) if path.suffix in {".png", ".svg"}]
    for source in [*book.pages(root), *pictures]:
        target = folder / source.relative_to(root)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            copied.append(target)
    return copied


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    copies = copy_pages(folder)
    link_pages(copies, folder)
    notary = NotebookNotary()
    for path in copies:
        if path.suffix == ".ipynb":
            notary.sign(nbformat.read(path, as_version=4))
        print(f"copied {path}")
