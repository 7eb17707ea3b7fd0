"""Built files made lighter: icon fonts hold the icons that are used, figures a palette."""

from __future__ import annotations

import io
import re
from pathlib import Path

from fontTools import subset
from PIL import Image

__all__ = ["cut_font", "cut_palette", "icons_in_use"]

ICON_RULE = re.compile(r'((?:\.fa-[\w-]+:{1,2}before,?)+)\{content:"\\([0-9a-f]+)"')
ICON_NAME = re.compile(r"\bfa-[a-z0-9-]+")
ICON_CODE = re.compile(r"\\([ef][0-9a-f]{3})\b")
PRIVATE_USE = re.compile(r"[\ue000-\uf8ff]")
PALETTE = 256


def icons_in_use(pages: Path, stylesheet: str) -> set[int]:
    """Return the code points of the icons that built pages, their scripts and their styles use.

    Parameters
    ----------
    pages : Path
        The folder of the built pages.
    stylesheet : str
        The icon font's own style sheet, which says which name stands for which code point.
    """
    code_of = {
        name: int(code, 16)
        for names, code in ICON_RULE.findall(stylesheet)
        for name in ICON_NAME.findall(names)
    }
    used: set[int] = set()
    for path in pages.rglob("*"):
        if path.suffix in {".html", ".css", ".js"} and "fontawesome" not in path.parts:
            text = path.read_text("utf-8", errors="ignore")
            used |= {code_of[name] for name in ICON_NAME.findall(text) if name in code_of}
            used |= {int(code, 16) for code in ICON_CODE.findall(text)}
            used |= {ord(letter) for letter in PRIVATE_USE.findall(text)}
    return used


def cut_font(path: Path, icons: set[int]) -> None:
    """Drop every glyph of a font but some icons."""
    options = subset.Options(flavor="woff2" if path.suffix == ".woff2" else None)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=icons)
    with subset.load_font(str(path), options) as font:
        subsetter.subset(font)
        subset.save_font(font, str(path), options)


def cut_palette(path: Path) -> None:
    """Store a figure with a palette, where that is smaller: it has few colours, or is a grey photograph."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(
            PALETTE,
            method=Image.Quantize.MAXCOVERAGE,  # keeps a rare colour, which the median cut gives away
            kmeans=3,
            dither=Image.Dither.NONE,
        )
    stream = io.BytesIO()
    small.save(stream, "PNG", optimize=True)
    if stream.tell() < path.stat().st_size:
        path.write_bytes(stream.getvalue())
