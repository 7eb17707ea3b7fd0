"""Icons made lighter: the fonts and their style sheet hold those that the book uses."""

from __future__ import annotations

import re
from pathlib import Path

from fontTools import subset

__all__ = ["cut_font", "cut_icons", "icons_in_use"]

ICON_RULE = re.compile(r'((?:\.fa-[\w-]+:{1,2}before,?)+)\{content:"\\([0-9a-f]+)"\}?')
ICON_NAME = re.compile(r"\bfa-[a-z0-9-]+")
ICON_CODE = re.compile(r"\\([ef][0-9a-f]{3})\b")
PRIVATE_USE = re.compile(r"[\ue000-\uf8ff]")


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


def cut_icons(css: str, icons: set[int]) -> str:
    """Drop from the icon font's style sheet the rules of every icon but some."""
    return ICON_RULE.sub(lambda rule: rule[0] if int(rule[2], 16) in icons else "", css)
