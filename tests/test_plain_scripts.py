"""No script stands inside a page, and one only comes before it."""

import pytest

from plain_scripts import formulas_script, plain_scripts

ROOT = '<html data-content_root="../" data-theme="auto"><head><meta charset="utf-8" /></head>'


def test_what_the_theme_writes_by_script_stands_in_the_page():
    page = "<a><script>\n document.write(`\n<b>x</b>`);\n</script></a>"
    assert plain_scripts(page) == "<a>\n<b>x</b></a>"


def test_scripts_wait_until_the_page_is_read():
    page = '<script src="a.js"></script><script defer="defer" src="b.js"></script>'
    assert plain_scripts(page) == page.replace("<script src", '<script defer="defer" src')


def test_the_first_script_comes_before_the_page_which_is_light_without_it():
    page = plain_scripts(ROOT)
    assert 'data-theme="light"' in page
    assert '<script src="../_static/cnnbook/head.js"></script>' in page


def test_a_handler_becomes_a_mark():
    assert plain_scripts('<button onclick="window.print()">') == "<button data-print>"


def test_a_script_that_nobody_knows_is_refused():
    assert plain_scripts("<script>DOCUMENTATION_OPTIONS.pagename = 'x';</script>") == ""
    with pytest.raises(ValueError, match="alert"):
        plain_scripts("<script>alert(1)</script>")


def test_mathjax_is_told_its_parts():
    assert "load: ['core', 'input/tex']" in formulas_script(["core", "input/tex"])
