"""The front end as text: put together in Python, so that nobody needs a bundler.

A widget is one ES module in ``static/``; it may import its neighbours (``./grid.mjs``).
Browsers cannot follow such an import where the module has no address of its own: inside a
notebook, and on a page opened from the disk. ``load.js`` mends both in the same way. It holds
the modules' texts in a table and imports them from blob addresses, each one once.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import numpy as np

from cnnbook.data import PICTURES
from cnnbook.tokens import tokens

__all__ = [
    "modules_of",
    "notebook_module",
    "packed_picture",
    "page_script",
    "page_start",
    "picture_script",
    "stylesheet",
]

STATIC = files("cnnbook.widgets").joinpath("static")
STYLES = ("widgets.css", "quiz.css", "channel_explorer.css", "im2col_explorer.css", "shape_detective.css")
IMPORT = re.compile(r'^(?:import|export)\s[^;]*?from\s+"\./([\w-]+\.mjs)";', re.MULTILINE)
NOT_CODE = re.compile(r"^[ ]*//.*\n|^[ ]+", re.MULTILINE)

DARK_HOSTS = (
    'html[data-theme="dark"]',  # the book
    'body[data-jp-theme-light="false"]',  # JupyterLab, Notebook
    "body.vscode-dark",
    "body.vscode-high-contrast:not(.vscode-high-contrast-light)",
)
KNOWN_HOSTS = ":where(html[data-theme], :has(> body[data-jp-theme-light]), :has(> body[class*=vscode]))"


@cache
def text_of(name: str) -> str:
    """Return the text of one file of the front end."""
    return STATIC.joinpath(name).read_text("utf-8")


@cache
def modules_of(entry: str) -> tuple[str, ...]:
    """Return the modules that ``entry`` needs, itself last, each after what it imports."""
    order: dict[str, None] = {}

    def visit(name: str) -> None:
        for needed in IMPORT.findall(text_of(name)):
            visit(needed)
        order[name] = None

    visit(entry)
    return tuple(order)


def lean(text: str) -> str:
    r"""Return a module without indentation and without the lines that are comments: a sixth less to send.

    A module therefore has no text that runs over several lines.

    Examples
    --------
    >>> lean("// A comment.\nif (x) {\n  y(); // z\n}\n")
    'if (x) {\ny(); // z\n}\n'
    """
    return NOT_CODE.sub("", text)


def table(names: Iterable[str]) -> str:
    """Return the texts of some modules as a JavaScript object, safe inside ``<script>``."""
    return json.dumps({name: lean(text_of(name)) for name in names}, ensure_ascii=False).replace("</", "<\\/")


@cache
def notebook_module(entry: str) -> str:
    """Return one self-contained ES module for a widget, as anywidget wants it.

    Its parts are loaded when it is shown: anywidget gives up on a module that takes two seconds to start,
    which a notebook full of widgets may need.
    """
    return (
        f"{text_of('load.js')}\n"
        f"const load = cnnbookLoader({table(modules_of(entry))});\n"
        f"const render = async (context) => (await load({json.dumps(entry)})).default.render(context);\n"
        "export default { render };\n"
    )


def page_script(names: Iterable[str]) -> str:
    """Return a classic script that hands some modules to the page."""
    return f"Object.assign((window.cnnbookModules ??= {{}}), {table(names)});\n"


@cache
def packed_picture(name: str) -> dict[str, object]:
    """Return a bundled picture's pixels for the front end: differences along each row, deflated.

    A browser unpacks them exactly, without a canvas, also on a page opened from the disk.
    """
    image = PICTURES[name]()
    differences = np.diff(image, axis=1, prepend=np.uint8(0))  # modulo 256
    packed = zlib.compress(differences.tobytes(), 9)
    return {"shape": list(image.shape), "deflated": base64.b64encode(packed).decode("ascii")}


def picture_script(name: str) -> str:
    """Return a classic script that hands a bundled picture to the page."""
    return f"(window.cnnbookPictures ??= {{}})[{json.dumps(name)}] = {json.dumps(packed_picture(name))};\n"


def page_start() -> str:
    """Return the classic script that makes every widget on the page live."""
    return f"{text_of('load.js')}\n{text_of('hydrate.js')}"


@cache
def stylesheet() -> str:
    """Return the style of all widgets: the colour tokens, then the style sheets."""
    light, dark = (
        "".join(f"--cnn-{role}:{colour};" for role, colour in tokens()[theme].items())
        for theme in ("light", "dark")
    )
    hosts = ",".join(DARK_HOSTS)
    return (
        f":root{{{light}}}\n"
        f"@media screen{{{hosts}{{{dark}color-scheme:dark;}}}}\n"
        f"@media screen and (prefers-color-scheme:dark)"
        f"{{:root:not({KNOWN_HOSTS}){{{dark}color-scheme:dark;}}}}\n" + "".join(map(text_of, STYLES))
    )
