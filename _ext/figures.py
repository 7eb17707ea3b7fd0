"""The figures of the built pages: as WebP, each with a twin for the dark beside it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import nbformat
from PIL import Image

from cnnbook.plotting.dark import WEBP

__all__ = ["as_webp", "dark_twins", "with_twins"]

FIGURE = re.compile(r'(<img\b[^>]*?\bsrc="[^"]*/)([\w-]+)\.png("[^>]*>)')


def as_webp(path: Path) -> tuple[int, int]:
    """Store a picture as WebP without loss, in the place of a PNG twice as large; return its size."""
    with Image.open(path) as picture:
        picture.convert("RGB").save(path.with_suffix(".webp"), **WEBP)
        size = picture.size
    path.unlink()
    return size


def dark_twins(notebooks: Iterable[Path]) -> dict[str, bytes]:
    """Return the dark twins that notebooks store: the name of the figure's file to the twin as WebP.

    MyST-NB names a figure's file by the hash of its bytes.
    """
    twins = {}
    for path in notebooks:
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                dark = output.get("metadata", {}).get("image/png", {}).get("dark")
                if dark:
                    name = hashlib.sha256(base64.b64decode(output.data["image/png"])).hexdigest()
                    twins[name] = base64.b64decode(dark)
    return twins


def with_twins(page: str, sizes: dict[str, tuple[int, int]], twins: Iterable[str]) -> str:
    """Return a page whose figures are WebP, each that has a dark twin followed by it.

    Both wait until they are seen, so that a reader loads one of them; their sizes are given, so that
    nothing moves when they come.
    """

    def pair(found: re.Match[str]) -> str:
        before, name, after = found.groups()
        if name not in sizes or "_images/" not in before:
            return found[0]
        width, height = sizes[name]
        sized = before.replace("<img", f'<img width="{width}" height="{height}"', 1)
        light = f"{sized}{name}.webp{after}"
        if name not in twins:
            return light
        tagged = light.replace("<img", '<img loading="lazy" class="in-light"', 1)
        return tagged + tagged.replace("in-light", "in-dark").replace(f"{name}.webp", f"{name}-dark.webp")

    return FIGURE.sub(pair, page)
