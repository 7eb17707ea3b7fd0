"""The front end as text: put together in Python, so that nobody needs a bundler.

A widget is a folder: its class, the ES module ``view.mjs``, a ``style.css`` if it needs one. The module
may import its neighbours (``./words.mjs``), what widgets share (``../shared/grid.mjs``), and facts that
Python reads too (``./layers.json``).
Browsers cannot follow such an import where the module has no address of its own: inside a
notebook, and on a page opened from the disk. ``load.js`` mends both in the same way. It holds
the modules' texts in a table and imports them from blob addresses, each one once.

A module's name is its folder and its file, ``"quiz/view.mjs"``. A page asks for a widget's entry,
``"quiz.mjs"``: one line that hands on its view.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from posixpath import dirname, normpath

import numpy as np

from cnnbook.data import PICTURES
from cnnbook.tokens import tokens

__all__ = [
    "add_widget",
    "modules_of",
    "notebook_module",
    "packed_picture",
    "page_script",
    "page_start",
    "picture_script",
    "stylesheet",
]

FOLDERS = {"shared": Path(__file__).parent / "shared"}
IMPORT = re.compile(r'^((?:import|export)\s[^;]*?from\s+)"(\.\.?/[\w./-]+\.(?:mjs|json))";', re.MULTILINE)
NEEDED = re.compile(r'^(?:import|export)\s[^;]*?from\s+"([\w/-]+\.(?:mjs|json))";', re.MULTILINE)

DARK_HOSTS = (
    'html[data-theme="dark"]',  # the book
    'body[data-jp-theme-light="false"]',  # JupyterLab, Notebook
    "body.vscode-dark",
    "body.vscode-high-contrast:not(.vscode-high-contrast-light)",
)
KNOWN_HOSTS = ":where(html[data-theme], :has(> body[data-jp-theme-light]), :has(> body[class*=vscode]))"


def add_widget(folder: Path) -> str:
    """Make the folder of a widget known, and return the widget's entry.

    Raises
    ------
    ValueError
        If another widget has a folder of that name.
    """
    if FOLDERS.setdefault(folder.name, folder) != folder:
        raise ValueError(f"two widgets have a folder named {folder.name}")
    return f"{folder.name}.mjs"


@cache
def text_of(name: str) -> str:
    """Return the text of one file of the front end; a module imports others by their names."""
    folder, _, file = name.partition("/")
    if not file:
        return f'export {{ default }} from "{Path(name).stem}/view.mjs";\n'
    text = FOLDERS[folder].joinpath(file).read_text("utf-8")
    if file.endswith(".json"):
        return f"export default {json.dumps(json.loads(text), separators=(',', ':'))};\n"
    return IMPORT.sub(lambda found: f'{found[1]}"{normpath(f"{dirname(name)}/{found[2]}")}";', text)


@cache
def modules_of(entry: str) -> tuple[str, ...]:
    """Return the modules that ``entry`` needs, itself last, each after what it imports."""
    order: dict[str, None] = {}

    def visit(name: str) -> None:
        for needed in NEEDED.findall(text_of(name)):
            visit(needed)
        order[name] = None

    visit(entry)
    return tuple(order)


def quoted(text: str) -> str:
    r"""Return a text as JavaScript, safe inside ``<script>``; modules are full of double quotes.

    Examples
    --------
    >>> print(quoted("a = \"it's\" + '\\n';\n"))
    'a = "it\'s" + \'\\n\';\n'
    """
    for letter, escaped in (("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n"), ("</", "<\\/")):
        text = text.replace(letter, escaped)
    return f"'{text}'"


def table(names: Iterable[str], text: Callable[[str], str] = text_of) -> str:
    """Return the texts of some modules as a JavaScript object, safe inside ``<script>``."""
    return "{" + ",".join(f"{quoted(name)}:{quoted(text(name))}" for name in names) + "}"


@cache
def notebook_module(entry: str) -> str:
    """Return one self-contained ES module for a widget, as anywidget wants it.

    Its parts are loaded when it is shown: anywidget gives up on a module that takes two seconds to start,
    which a notebook full of widgets may need.
    """
    return (
        f"{text_of('shared/load.js')}\n"
        f"const load = globalThis.cnnbookLoader({table(modules_of(entry))});\n"
        f"const render = async (context) => (await load({json.dumps(entry)})).default.render(context);\n"
        "export default { render };\n"
    )


def page_script(names: Iterable[str], text: Callable[[str], str] = text_of) -> str:
    """Return a classic script that hands some modules to the page, each with its ``text``."""
    return f"Object.assign((window.cnnbookModules ??= {{}}), {table(names, text)});\n"


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
    return f"{text_of('shared/load.js')}\n{text_of('shared/hydrate.js')}"


def stylesheet(*entries: str) -> str:
    """Return the colour tokens and the style sheets of some widgets, of all unless they are named."""
    names = {Path(entry).stem for entry in entries} or FOLDERS.keys() - {"shared"}
    sheets = [f"{name}/style.css" for name in ("shared", *sorted(names))]
    own = "".join(text_of(sheet) for sheet in sheets if (FOLDERS[dirname(sheet)] / "style.css").exists())
    light, dark = (
        "".join(f"--cnn-{role}:{colour};" for role, colour in tokens()[theme].items())
        for theme in ("light", "dark")
    )
    hosts = ",".join(DARK_HOSTS)
    return (
        f":root{{{light}}}\n"
        f"@media screen{{{hosts}{{{dark}color-scheme:dark;}}}}\n"
        f"@media screen and (prefers-color-scheme:dark)"
        f"{{:root:not({KNOWN_HOSTS}){{{dark}color-scheme:dark;}}}}\n{own}"
    )
