"""The book's own Sphinx extension: which scripts a page gets."""

import re

import pytest

from cnnbook.widgets import bundles, frontend
from own_files import entries, page_scripts, scripts, shared
from styles import used_rules


def widget(module):
    return f'<div class="cnnbook-widget" data-module="{module}" data-state="{{}}"></div>'


def test_a_page_without_widgets_gets_no_script():
    assert page_scripts('<p>data-module is a word, and "explorer.mjs" another</p>') == []


@pytest.mark.parametrize("entry", sorted(entries()))
def test_a_page_gets_each_module_of_its_widgets_once(entry):
    *names, last = page_scripts(widget(entry) * 2)
    assert last == "start.js"
    given = [module for name in names for module in scripts(entry)[name]]
    assert len(given) == len(set(given))
    needed = set(frontend.modules_of(entry))
    assert set(given) >= needed
    assert set(given) - needed <= {module for modules in shared().values() for module in modules}


def test_a_page_without_a_photograph_gets_no_code_for_one():
    assert "photographs.js" not in page_scripts(widget("im2col_explorer.mjs"))
    assert "photographs.js" in page_scripts(widget("kernel_explorer.mjs"))
    assert "shared/picture_view.mjs" in shared()["photographs.js"]


def test_a_page_without_a_network_gets_no_code_for_one():
    assert "networks.js" not in page_scripts(widget("im2col_explorer.mjs"))
    assert "networks.js" in page_scripts(widget("digit_reader.mjs"))
    assert "shared/network.mjs" in shared()["networks.js"]


def test_a_page_gets_the_shared_modules_once_and_first():
    names = page_scripts("".join(map(widget, sorted(entries()))))
    assert names[0] == "shared.js"
    assert len(names) == len(set(names)) == len(entries()) + 4


def test_shared_is_what_two_widgets_need_and_nothing_else():
    needed = [module for entry in entries() for module in frontend.modules_of(entry)]
    given = [module for modules in shared().values() for module in modules]
    assert sorted(given) == sorted({module for module in needed if needed.count(module) > 1})


def test_a_page_gets_the_pictures_that_it_names():
    body = widget(min(entries())) + '<div data-pictures="coffee"></div>'
    assert page_scripts(body)[-2:] == ["picture-coffee.js", "start.js"]


def test_a_page_gets_the_data_that_it_names():
    body = widget(min(entries())) + '<div data-bundles="digits-train digits-test"></div>'
    assert page_scripts(body)[-3:] == ["data-digits-test.js", "data-digits-train.js", "start.js"]


def test_all_bundled_data_stay_small():
    assert sum(len(bundles.bundle_script(name)) for name in bundles.BUNDLES) < 100_000


def test_an_unknown_widget_is_refused():
    with pytest.raises(ValueError, match=r"nobody\.mjs"):
        page_scripts(widget("nobody.mjs"))


def test_code_has_the_themes_colours_in_the_dark(site):
    """The theme writes them when the build has finished; the one sheet is made after that."""
    assert re.search(
        r'data-theme="?dark"?\] \.highlight \.nf\b', (site / "_static" / "page.css").read_text("utf-8")
    )


def test_a_class_that_only_a_script_puts_together_keeps_its_rule():
    """No page spells cnn-t7, the seventh tint, nor cnn-term-kernel."""
    kept = used_rules(frontend.stylesheet(), set())
    for name in ("cnn-t7", "cnn-t20", "cnn-term-kernel"):
        assert f".{name}" in kept, name
