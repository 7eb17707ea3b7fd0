"""No script stands inside a page, and none blocks it: a server may forbid what is written into a page."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["HEAD", "formulas_script", "head_script", "plain_scripts"]

HERE = Path(__file__).parent
HEAD = "_static/cnnbook/head.js"
# What the theme writes by script, so that it is not there without: here it always is.
WRITTEN = re.compile(r"<script>\s*document\.write\(`(.*?)`\);\s*</script>", re.DOTALL)
INSIDE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>\s*", re.DOTALL)
# Each is done by a file of the book: head.js, formulas.js or page.js.
DONE = re.compile(
    r"document\.documentElement\.dataset\.mode|DOCUMENTATION_OPTIONS\.pagename|window\.MathJax = |"
    r"Activate the search field"
)
HANDLER = re.compile(r' onclick="window\.print\(\)"')
BLOCKS = re.compile(r"<script (?!defer|async)(?=[^>]*\bsrc=)")
PRELOAD = re.compile(r'\s*<link rel="preload" as="script"[^>]*>')
NOT_USED = re.compile(r'\s*<script [^>]*src="[^"]*/design-tabs\.js[^>]*></script>')
ROOT = re.compile(r'(<html [^>]*data-content_root="([^"]*)"[^>]*)data-theme="auto"')


def head_script() -> str:
    """Return the script that runs before a page is drawn."""
    return HERE.joinpath("head.js").read_text("utf-8")


def formulas_script(parts: list[str]) -> str:
    """Return what MathJax is told before it starts, and which of its parts it loads."""
    return HERE.joinpath("formulas.js").read_text("utf-8").replace('["its parts"]', repr(parts))


def plain_scripts(page: str) -> str:
    """Return a page whose scripts are files, and wait until it is read; but the first, which is short.

    Raises
    ------
    ValueError
        If a script stands inside the page that no file of the book replaces.
    """
    page = NOT_USED.sub("", PRELOAD.sub("", HANDLER.sub(" data-print", WRITTEN.sub(r"\1", page))))
    unknown = [text for text in INSIDE.findall(page) if not DONE.search(text)]
    if unknown:
        raise ValueError(f"a script inside a page: {unknown[0][:200]}")
    page = BLOCKS.sub('<script defer="defer" ', INSIDE.sub("", page))
    root = ROOT.search(page)
    if root is None:
        return page
    page = ROOT.sub(r'\1data-theme="light"', page)
    first = f'<meta charset="utf-8" />\n<script src="{root[2]}{HEAD}"></script>'
    return page.replace('<meta charset="utf-8" />', first, 1)
