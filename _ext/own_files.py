"""A Sphinx extension: every file that a page uses comes from the book itself, and no page gets more."""

from __future__ import annotations

import html
import re
import shutil
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from PIL import Image
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator
from sphinx_exercise.nodes import solution_node

import cnnbook.widgets
from cnnbook.data import PICTURES
from cnnbook.plotting.dark import WEBP
from cnnbook.widgets import bundles, frontend
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.traits import Named
from figures import as_webp, dark_twins, with_twins
from formula_widths import with_widths
from lean import lean
from lighter import cut_font, cut_icons, icons_in_use
from page_html import ICON, describe, icon, lost_page, mend, named, one_viewport, sitemap, still
from plain_scripts import HEAD, formulas_script, head_script, plain_scripts
from punctuation import TogetherWithFormula
from search_texts import search_texts
from styles import in_one_sheet

__all__ = ["page_scripts", "scripts", "setup"]

WIDGET = re.compile(r'\bdata-module="([\w-]+\.mjs)"')
BUNDLES_USED = re.compile(r'\bdata-bundles="([\w -]+)"')
PICTURES_USED = re.compile(r'\bdata-pictures="([\w ]+)"')
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
<meta http-equiv="refresh" content="0; url={root}">
</head>
<body><p><a href="{root}">{title}</a></p></body>
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


@cache
def entries() -> frozenset[str]:
    """Return the ES modules that the book's widgets start from."""
    return frozenset(widget.module for widget in classes())


def classes() -> list[type[BookWidget]]:
    """Return the book's widgets."""
    return [getattr(cnnbook.widgets, name) for name in cnnbook.widgets.__all__]


@cache
def with_photographs() -> frozenset[str]:
    """Return the entries of the widgets that show a photograph."""
    return frozenset(
        widget.module
        for widget in classes()
        if any(isinstance(trait, Named) for trait in widget.class_traits().values())
    )


@cache
def with_bundles() -> frozenset[str]:
    """Return the entries of the widgets that need bundled data: those of a network that reads digits."""
    return frozenset(widget.module for widget in classes() if widget.bundles)


@cache
def shared() -> dict[str, tuple[str, ...]]:
    """Return the modules that more than one widget needs, each after what it imports, by their script.

    What no widget but those with a photograph needs has a script of its own; so has what only those with
    bundled data need.
    """
    needed = {entry: frontend.modules_of(entry) for entry in sorted(entries())}
    named = [module for modules in needed.values() for module in modules]
    twice = dict.fromkeys(module for module in named if named.count(module) > 1)
    special = {"photographs.js": with_photographs(), "networks.js": with_bundles()}
    elsewhere = {
        name: {module for entry in entries() - special[name] for module in needed[entry]} for name in special
    }
    own = {name: tuple(module for module in twice if module not in elsewhere[name]) for name in special}
    apart = {module for modules in own.values() for module in modules}
    return {"shared.js": tuple(module for module in twice if module not in apart), **own}


def scripts(entry: str) -> dict[str, tuple[str, ...]]:
    """Return the scripts that hand a widget's modules to a page: script name to module names."""
    common = {
        name: modules for name, modules in shared().items() if {*modules} & {*frontend.modules_of(entry)}
    }
    given = {module for modules in shared().values() for module in modules}
    own = tuple(module for module in frontend.modules_of(entry) if module not in given)
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
    data = sorted({name for names in BUNDLES_USED.findall(body) for name in names.split()})
    given = [*map("picture-{}.js".format, pictures), *map("data-{}.js".format, data)]
    return [*names, *given, "start.js"] if names else []


@cache
def lean_text_of(name: str) -> str:
    """Return the text of a module of the front end, without what only its readers need."""
    return lean(frontend.text_of(name))


def place_files(app: Sphinx) -> None:
    """Write the widgets' files and MathJax into the folder of the built pages."""
    if app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    own = static / "cnnbook"
    own.mkdir(parents=True, exist_ok=True)
    for entry in entries():
        for name, modules in scripts(entry).items():
            own.joinpath(name).write_text(frontend.page_script(modules, lean_text_of), "utf-8")
    for name in PICTURES:
        own.joinpath(f"picture-{name}.js").write_text(frontend.picture_script(name), "utf-8")
        Image.fromarray(PICTURES[name]()).save(own / f"picture-{name}.webp", **WEBP)
    for name in bundles.BUNDLES:
        own.joinpath(f"data-{name}.js").write_text(bundles.bundle_script(name), "utf-8")
    Path(app.outdir, HEAD).write_text(head_script(), "utf-8")
    own.joinpath("start.js").write_text(lean(frontend.page_start()), "utf-8")
    own.joinpath("widgets.css").write_text(frontend.stylesheet(), "utf-8")
    app.add_css_file("cnnbook/widgets.css", priority=400)
    icon(Path(app.srcdir, app.config.html_favicon).read_text("utf-8")).save(Path(app.outdir, ICON))

    source = Path(distribution("sphinx-mathjax-offline").locate_file("sphinx-mathjax-offline/static/mathjax"))
    for name in MATHJAX:
        target = static / "mathjax" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (source / name).is_dir():
            shutil.copytree(source / name, target, dirs_exist_ok=True)
        else:
            shutil.copyfile(source / name, target)
    start = static / "mathjax" / "startup.js"
    start.write_text(formulas_script(list(MATHJAX_PARTS)) + start.read_text("utf-8"), "utf-8")


def use_own_mathjax(app: Sphinx, config: Any) -> None:
    """Point Sphinx at the book's own copy of MathJax."""
    config.mathjax_path = "mathjax/startup.js"


def finish_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Give a page the scripts that it uses, no others, and say in its head what it holds."""
    body = context.get("body", "")
    for name in page_scripts(body):
        app.add_js_file(f"cnnbook/{name}", loading_method="defer", priority=400)
    # Sphinx hands a parent its children's mathematics.
    if 'class="math' not in body:
        files = context["script_files"]
        files[:] = [file for file in files if "mathjax" not in f"{file}{file.attributes}".lower()]
    context["body"] = still(with_widths(mend(body)), context["pathto"]("_static/cnnbook", 1))
    touch = f'<link rel="apple-touch-icon" href="{context["pathto"](ICON, 1)}" />\n'
    context["metatags"] = (
        context.get("metatags", "")
        + touch
        + describe(context.get("title") or app.config.html_title, doctree, app.config.html_baseurl or "")
    )


def finish_build(app: Sphinx, exception: Exception | None) -> None:
    """Leave out what no page needs: most icons, and the second copy of them as a script."""
    if exception or app.builder.format != "html":
        return
    pages = Path(app.outdir)
    for folder in pages.glob("_static/vendor/fontawesome/*"):
        style = folder / "css" / "all.min.css"
        icons = icons_in_use(pages, style.read_text("utf-8"))
        style.write_text(cut_icons(style.read_text("utf-8"), icons), "utf-8")
        for path in (folder / "webfonts").iterdir():
            cut_font(path, icons)
        shutil.rmtree(folder / "js")
    script = pages / "_static" / "page.js"
    script.write_text(lean(script.read_text("utf-8")), "utf-8")
    sizes = {path.stem: as_webp(path) for path in pages.glob("_images/*.png")}
    sources = (Path(app.env.doc2path(name)) for name in app.env.found_docs)
    twins = dark_twins(path for path in sources if path.suffix == ".ipynb")
    for name, twin in twins.items():
        pages.joinpath("_images", f"{name}-dark.webp").write_bytes(twin)
    own_pages = [path for path in pages.rglob("*.html") if not path.is_relative_to(pages / "_static")]
    for path in own_pages:
        page = named(one_viewport(UNUSED.sub("", path.read_text("utf-8"))))
        path.write_text(with_twins(plain_scripts(page), sizes, twins), "utf-8")
    in_one_sheet(pages, own_pages)
    names = [app.builder.get_target_uri(name) for name in sorted(app.env.found_docs)]
    files = [f"{name}index.html" if name.endswith("/") else name for name in names]
    pages.joinpath("_static", "cnnbook", "texts.js").write_text(search_texts(pages, files), "utf-8")
    root = app.builder.get_target_uri(app.config.root_doc)
    start = START.format(title=html.escape(app.config.html_title), root=root)
    pages.joinpath("index.html").write_text(start, "utf-8")
    first = urljoin(app.config.html_baseurl or "", root)
    pages.joinpath("404.html").write_text(lost_page(app.config.html_title, first), "utf-8")
    if address := app.config.html_baseurl:
        pages.joinpath("sitemap.xml").write_text(sitemap(address, names), "utf-8")


def begin_solution(translator: HTML5Translator, node: solution_node) -> None:
    """Fold a solution without a script: mend() makes its title the summary."""
    translator.body.append(translator.starttag(node, "details", CLASS="admonition"))


def end_solution(translator: HTML5Translator, node: solution_node) -> None:
    """Close what ``begin_solution`` opened."""
    translator.body.append("</details>\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.add_node(solution_node, override=True, html=(begin_solution, end_solution))
    app.add_post_transform(TogetherWithFormula)
    app.connect("config-inited", use_own_mathjax)
    app.connect("builder-inited", place_files)
    app.connect("html-page-context", finish_page, priority=900)
    app.connect("build-finished", finish_build, priority=900)  # after the theme wrote its colours
    return {"parallel_read_safe": True, "parallel_write_safe": True}
