"""What a page is sent of a module: the same tokens, and nothing between them."""

from pathlib import Path

import pytest

import cnnbook.widgets
from lean import lean

HOME = Path(cnnbook.widgets.__file__).parent
MODULES = sorted(path for ending in ("*.mjs", "*.js") for path in HOME.glob(f"*/{ending}"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('x = "// no  comment"; // one\n', 'x="// no  comment";'),
        ("x = '/* none */' /* one\nof two */ + 'it\\'s';", "x='/* none */'+'it\\'s';"),
        ("return /[/'\"] \\/ `/gi.test(a);", "return/[/'\"] \\/ `/gi.test(a);"),
        ("f(/ a/, b / c / d);", "f(/ a/,b/c/d);"),
        ("y = (a + b) / c / 2;", "y=(a+b)/c/2;"),
        ("a - -b + +c - (--d);", "a- -b+ +c-(--d);"),
        ("`a  ${x ? `, b  ${{ y: 1 }.y}` : '}`'}  // c`;", "`a  ${x ? `, b  ${{ y: 1 }.y}` : '}`'}  // c`;"),
        ("class A {\n  #b = 1;\n  get c() { return this.#b; }\n}", "class A{#b=1;get c(){return this.#b;}}"),
        ("else\n  return typeof x in y;", "else return typeof x in y;"),
        ('import { a } from "./b.mjs";\n', 'import{a}from"./b.mjs";'),
        ('"\u2190\u00e4"; \u00e9 = $1;', '"\u2190\u00e4";\u00e9=$1;'),
    ],
)
def test_space_and_comments_go_and_nothing_else(text, wanted):
    assert lean(text) == wanted


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_lean_module_is_smaller_and_stays_as_it_is(path):
    text = path.read_text("utf-8")
    once = lean(text)
    assert lean(once) == once
    assert len(once) < len(text)


def test_a_template_without_an_end_is_refused():
    with pytest.raises(ValueError, match="no end"):
        lean("x = `a ${b}")
