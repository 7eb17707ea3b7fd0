"""What a page is sent of a module: it does the same, and is shorter."""

import re
import sys
from pathlib import Path

import pytest

import cnnbook.widgets
from lean import lean

HOME = Path(cnnbook.widgets.__file__).parent
MODULES = sorted(path for ending in ("*.mjs", "*.js") for path in HOME.glob(f"*/{ending}"))
EXPORT = re.compile(r"\bexport (?:default|(?:const|class|function\*?|async function) [\w$]+)")

pytestmark = pytest.mark.skipif(
    sys.platform == "darwin" and lean("x = 1 ") == "x = 1 ", reason="minify-go has no wheel for this Mac"
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('x = "// no  comment"; // one\n', 'x="// no  comment"'),
        ("x = /[/'\"] \\/ `/gi.test(a);", "x=/[/'\"] \\/ `/gi.test(a)"),
        ("x = (a - -b) / +c / 2;", "x=(a- -b)/+c/2"),
        ("`a  ${x ? `, b  ${{ y: 1 }.y}` : '}`'}  // c`;", '`a  ${x?`, b  ${{y:1}.y}`:"}`"}  // c`'),
        ("x = [0.30000000000000004, 9007199254740993];", "x=[.30000000000000004,9007199254740993]"),
        ("x = [60_000, 1e-8];", "x=[6e4,1e-8]"),
        ("export const f = (long) => long + 1;", "export const f=e=>e+1"),
        ('import { a } from "./b.mjs";\n', 'import{a}from"./b.mjs"'),
        ("", ""),
    ],
)
def test_space_comments_and_long_names_go_and_nothing_else(text, wanted):
    assert lean(text) == wanted


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_lean_module_is_smaller_and_offers_the_same(path):
    text = path.read_text("utf-8")
    short = lean(text)
    assert len(short) < 0.85 * len(text)
    assert EXPORT.findall(short) == EXPORT.findall(text)


def test_what_is_no_javascript_is_refused():
    with pytest.raises(ValueError, match="template"):
        lean("x = `a ${b")
