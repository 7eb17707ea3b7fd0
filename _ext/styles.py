"""One style sheet for the whole book, without the rules that no page of it can use."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from itertools import pairwise
from os.path import relpath
from pathlib import Path

import tinycss2

__all__ = ["SHEET", "in_one_sheet", "used_rules", "words_of"]

SHEET = "_static/page.css"
LINK = re.compile(r'\s*<link (?=[^>]*rel="stylesheet")[^>]*href="([^"?]*)[^"]*"[^>]*>')
IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"'?]+)""")
NAMES = re.compile(r'\s(?:class|id)="([^"]*)"')
WORD = re.compile(r"[\w-]+")
ADDRESS = re.compile(r'url\((["\']?)(?!data:|#)([^)"\']+)\1\)')
# What Bootstrap's script puts on a page: it names many more classes than this book can meet.
BOOTSTRAP = {
    *("show", "fade", "active", "collapse", "collapsing", "modal-open"),
    *("tooltip", "tooltip-arrow", "tooltip-inner", "bs-tooltip-auto"),
    *("bs-tooltip-top", "bs-tooltip-bottom", "bs-tooltip-start", "bs-tooltip-end"),
}
NESTED = {"media", "supports", "layer", "container"}


def words_of(pages: Path) -> set[str]:
    """Return all that can be a class or an id: the pages' own, and every word of their scripts.

    Parameters
    ----------
    pages : Path
        The folder of the built pages.
    """
    words = {*BOOTSTRAP}
    for path in pages.rglob("*.html"):
        for names in NAMES.findall(path.read_text("utf-8")):
            words.update(names.split())
    for path in pages.glob("_static/**/*.js"):
        if path.name not in {"bootstrap.js", "texts.js"} and "mathjax" not in path.parts:
            words.update(WORD.findall(path.read_text("utf-8")))
    return words


def used_rules(css: str, words: set[str]) -> str:
    """Return a style sheet without comments and without the rules that ask for a class or id of no page.

    Examples
    --------
    >>> used_rules("/* A */ .one, .two:not(.three) { top: 0 } .two { left: 0 }", {"one", "two"})
    '.one,.two:not(.three){ top: 0 }.two{ left: 0 }'
    >>> used_rules(".cnn-t7 { top: 0 } .four .cnn-t7 { left: 0 }", set())
    '.cnn-t7{ top: 0 }'
    >>> used_rules("@media print { .one .two { top: 0 } } p#three { left: 0 }", {"two"})
    ''
    """
    kept = ""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            selectors = [one for one in split(rule.prelude) if not others(named(one)) - words]
            if selectors:
                texts = ",".join(tinycss2.serialize(one).strip() for one in selectors)
                kept += f"{texts}{{{body_of(rule)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in NESTED and rule.content is not None:
            inside = used_rules(tinycss2.serialize(rule.content), words)
            if inside:
                kept += f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude).rstrip()}{{{inside}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword not in {"charset", "import"}:
            kept += rule.serialize()
    return kept


def body_of(rule: tinycss2.ast.QualifiedRule) -> str:
    """Return the declarations of a rule, without comments."""
    return tinycss2.serialize([token for token in rule.content if token.type != "comment"])


def split(prelude: list[tinycss2.ast.Node]) -> list[list[tinycss2.ast.Node]]:
    """Return the selectors of a rule, parted at its commas."""
    parts: list[list[tinycss2.ast.Node]] = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        elif token.type != "comment":
            parts[-1].append(token)
    return parts


def named(selector: list[tinycss2.ast.Node]) -> set[str]:
    """Return the classes and ids that a selector needs; what stands in ``:is()`` or ``:not()`` may lack."""
    classes = {token.value for dot, token in pairwise(selector) if dot == "." and token.type == "ident"}
    return classes | {token.value for token in selector if token.type == "hash"}


def others(names: set[str]) -> set[str]:
    """Return the names that are not the widgets' own: some of those a script puts together, as cnn-t7."""
    return {name for name in names if not name.startswith("cnn-")}


def in_one_sheet(pages: Path, files: Iterable[Path]) -> None:
    """Give each page one style sheet in the place of a dozen; the order of their rules stays.

    Parameters
    ----------
    pages : Path
        The folder of the built pages.
    files : iterable of Path
        The pages.
    """
    texts = {path: path.read_text("utf-8") for path in files}
    sheets: dict[Path, None] = {}
    for path, text in texts.items():
        for name in LINK.findall(text):
            sheets |= dict.fromkeys(with_imports((path.parent / name).resolve()))
    words = words_of(pages)
    css = "".join(rebased(used_rules(sheet.read_text("utf-8"), words), sheet, pages) for sheet in sheets)
    pages.joinpath(SHEET).write_text(css, "utf-8")
    version = hashlib.sha256(css.encode()).hexdigest()[:8]
    for path, text in texts.items():
        first = LINK.search(text)
        if first:
            root = re.search(r'data-content_root="([^"]*)"', text)[1]
            link = f'\n<link rel="stylesheet" href="{root}{SHEET}?v={version}">'
            page = text[: first.start()] + link + LINK.sub("", text[first.end() :])
            path.write_text(page, "utf-8")


def with_imports(sheet: Path) -> list[Path]:
    """Return what a style sheet imports, and itself last."""
    names = IMPORT.findall(sheet.read_text("utf-8"))
    return [path for name in names for path in with_imports((sheet.parent / name).resolve())] + [sheet]


def rebased(css: str, sheet: Path, pages: Path) -> str:
    """Return a style sheet whose addresses hold where the book's one sheet lies."""
    target = pages.resolve() / Path(SHEET).parent

    def moved(found: re.Match[str]) -> str:
        name, _, more = found[2].partition("?")
        return f'url("{relpath(sheet.parent / name, target)}{"?" * bool(more)}{more}")'.replace("\\", "/")

    return ADDRESS.sub(moved, css)
