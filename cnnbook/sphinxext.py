"""What the book's build needs from Sphinx: every file that a page uses comes from the book itself."""

from __future__ import annotations

import html
import io
import re
import shutil
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from fontTools import subset
from PIL import Image
from sphinx.application import Sphinx

import cnnbook.widgets
from cnnbook.data import PICTURES
from cnnbook.widgets import frontend

__all__ = ["icons_in_use", "page_scripts", "scripts", "setup"]

WIDGET = re.compile(r'\bdata-module="([\w-]+\.mjs)"')
PICTURES_USED = re.compile(r'\bdata-pictures="([\w ]+)"')
ICON_RULE = re.compile(r'((?:\.fa-[\w-]+:{1,2}before,?)+)\{content:"\\([0-9a-f]+)"')
ICON_NAME = re.compile(r"\bfa-[a-z0-9-]+")
ICON_CODE = re.compile(r"\\([ef][0-9a-f]{3})\b")
PRIVATE_USE = re.compile(r"[\ue000-\uf8ff]")
# The icon fonts are preloaded whether used or not (an error on file://), and come again as 1.5 MB of script.
UNUSED = re.compile(
    r'<link rel="preload" as="font"[^>]*>\s*|<script src="[^"]*/fontawesome/[^"]*"></script>\s*'
)
START = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="icon" href="_static/favicon.svg">
<meta http-equiv="refresh" content="0; url={root}.html">
</head>
<body><p><a href="{root}.html">{title}</a></p></body>
</html>
"""
# MathJax in parts: its one-file builds bring a menu, 100 kB of it, that no page shows.
MATHJAX_PARTS = ("core", "input/tex", "output/chtml", "a11y/assistive-mml")
MATHJAX = (
    "startup.js",
    *map("{}.js".format, MATHJAX_PARTS),
    "input/tex/extensions",
    "output/chtml/fonts",
)
PALETTE = 256


@cache
def entries() -> frozenset[str]:
    """Return the ES modules that the book's widgets start from."""
    widgets = (getattr(cnnbook.widgets, name) for name in cnnbook.widgets.__all__)
    return frozenset(widget.module for widget in widgets if hasattr(widget, "module"))


@cache
def shared() -> tuple[str, ...]:
    """Return the modules that more than one widget needs, each after what it imports."""
    needed = [module for entry in sorted(entries()) for module in frontend.modules_of(entry)]
    return tuple(dict.fromkeys(module for module in needed if needed.count(module) > 1))


def scripts(entry: str) -> dict[str, tuple[str, ...]]:
    """Return the scripts that hand a widget's modules to a page: script name to module names."""
    own = tuple(module for module in frontend.modules_of(entry) if module not in shared())
    common = {"shared.js": shared()} if shared() else {}
    return {**common, f"{Path(entry).stem}.js": own}


def page_scripts(body: str) -> list[str]:
    """Return the names of the scripts that a page needs, in the order in which they run.

    Parameters
    ----------
    body : str
        The HTML of the page.

    Raises
    ------
    ValueError
        If the page holds a widget that ``cnnbook.widgets`` does not offer.
    """
    found = dict.fromkeys(WIDGET.findall(body))
    if unknown := sorted(set(found) - entries()):
        raise ValueError(f"no widget of cnnbook.widgets is made by {', '.join(unknown)}")
    names = dict.fromkeys(name for entry in found for name in scripts(entry))
    pictures = sorted({name for names in PICTURES_USED.findall(body) for name in names.split()})
    return [*names, *map("picture-{}.js".format, pictures), "start.js"] if names else []


def place_files(app: Sphinx) -> None:
    """Write the widgets' files and MathJax into the folder of the built pages."""
    if app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    own = static / "cnnbook"
    own.mkdir(parents=True, exist_ok=True)
    for entry in entries():
        for name, modules in scripts(entry).items():
            own.joinpath(name).write_text(frontend.page_script(modules), "utf-8")
    for name in PICTURES:
        own.joinpath(f"picture-{name}.js").write_text(frontend.picture_script(name), "utf-8")
    own.joinpath("start.js").write_text(frontend.page_start(), "utf-8")
    own.joinpath("widgets.css").write_text(frontend.stylesheet(), "utf-8")
    app.add_css_file("cnnbook/widgets.css", priority=400)

    source = Path(distribution("sphinx-mathjax-offline").locate_file("sphinx-mathjax-offline/static/mathjax"))
    for name in MATHJAX:
        target = static / "mathjax" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (source / name).is_dir():
            shutil.copytree(source / name, target, dirs_exist_ok=True)
        else:
            shutil.copyfile(source / name, target)


def use_own_mathjax(app: Sphinx, config: Any) -> None:
    """Point Sphinx at the book's own copy of MathJax."""
    config.mathjax_path = "mathjax/startup.js"
    config.mathjax3_config = {"loader": {"load": list(MATHJAX_PARTS)}}


def finish_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Give a page the scripts that it uses, no others, and mend its bibliography's role."""
    body = context.get("body", "")
    for name in page_scripts(body):
        app.add_js_file(f"cnnbook/{name}", loading_method="defer", priority=400)
    # Sphinx hands a parent its children's mathematics.
    if 'class="math' not in body:
        files = context["script_files"]
        files[:] = [file for file in files if "mathjax" not in f"{file}{file.attributes}".lower()]
    # The list of references claims a role that holds nothing but list items.
    context["body"] = body.replace('<div role="list" class="citation-list">', '<div class="citation-list">')


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


def finish_build(app: Sphinx, exception: Exception | None) -> None:
    """Leave out what no page needs: most icons, and the second copy of them as a script."""
    if exception or app.builder.format != "html":
        return
    pages = Path(app.outdir)
    for folder in pages.glob("_static/vendor/fontawesome/*"):
        icons = icons_in_use(pages, (folder / "css" / "all.min.css").read_text("utf-8"))
        for path in (folder / "webfonts").iterdir():
            cut_font(path, icons)
        shutil.rmtree(folder / "js")
    for path in pages.glob("_images/*.png"):
        cut_palette(path)
    for path in pages.rglob("*.html"):
        path.write_text(UNUSED.sub("", path.read_text("utf-8")), "utf-8")
    start = START.format(title=html.escape(app.config.html_title), root=app.config.root_doc)
    pages.joinpath("index.html").write_text(start, "utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.connect("config-inited", use_own_mathjax)
    app.connect("builder-inited", place_files)
    app.connect("html-page-context", finish_page, priority=900)
    app.connect("build-finished", finish_build)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
