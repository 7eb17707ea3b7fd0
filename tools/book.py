"""Which notebooks are the book's: those that ``_toc.yml`` names."""

from __future__ import annotations

from pathlib import Path

import yaml

__all__ = ["ROOT", "notebooks", "pages"]

ROOT = Path(__file__).resolve().parent.parent


def named(node: dict) -> list[str]:
    """Return the files that a node of the table of contents names, itself first."""
    own = [node[key] for key in ("root", "file") if key in node]
    inner = [child for key in ("parts", "chapters", "sections", "entries") for child in node.get(key) or []]
    return own + [name for child in inner for name in named(child)]


def pages(root: Path = ROOT) -> list[Path]:
    """Return every source file of the book, in reading order.

    Raises
    ------
    FileNotFoundError
        If ``_toc.yml`` names a file that is not there.
    """
    found = []
    for name in named(yaml.safe_load((root / "_toc.yml").read_text("utf-8"))):
        candidates = [root / name, *(root / f"{name}{suffix}" for suffix in (".ipynb", ".md"))]
        path = next((candidate for candidate in candidates if candidate.is_file()), None)
        if path is None:
            raise FileNotFoundError(f"_toc.yml names {name}, which is not there")
        found.append(path)
    return found


def notebooks(root: Path = ROOT) -> list[Path]:
    """Return the notebooks of the book, in reading order."""
    return [path for path in pages(root) if path.suffix == ".ipynb"]
