"""The book's own Sphinx extension: which scripts a page gets, which icons stay."""

import importlib.resources
import shutil

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from cnnbook.sphinxext import cut_font, cut_palette, entries, icons_in_use, page_scripts, scripts, shared
from cnnbook.widgets import frontend

BARS, STAR, PEN, INFO = 0xF0C9, 0xF005, 0xF303, 0xF05A
RULES = (
    '.fa-bars:before,.fa-navicon:before{content:"\\f0c9"}.fa-star:before{content:"\\f005"}'
    '.fa-pen:before{content:"\\f303"}'
)


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
    assert set(given) == {*frontend.modules_of(entry), *shared()}


def test_a_page_gets_the_shared_modules_once_and_first():
    names = page_scripts("".join(map(widget, sorted(entries()))))
    assert names[0] == "shared.js"
    assert len(names) == len(set(names)) == len(entries()) + 2


def test_shared_is_what_two_widgets_need_and_nothing_else():
    needed = [module for entry in entries() for module in frontend.modules_of(entry)]
    assert sorted(shared()) == sorted({module for module in needed if needed.count(module) > 1})


def test_a_page_gets_the_pictures_that_it_names():
    body = widget(min(entries())) + '<div data-pictures="coffee"></div>'
    assert page_scripts(body)[-2:] == ["picture-coffee.js", "start.js"]


def test_an_unknown_widget_is_refused():
    with pytest.raises(ValueError, match=r"nobody\.mjs"):
        page_scripts(widget("nobody.mjs"))


@pytest.mark.parametrize(
    ("name", "text", "icons"),
    [
        ("page.html", '<i class="fa-solid fa-navicon"></i>', {BARS}),
        ("page.js", "button.className = 'fas fa-star'", {STAR}),
        ("style.css", '.exercise::after { content: "\\f303" }', {PEN}),
        ("style.css", f'.note::after {{ content: "{chr(INFO)}" }}', {INFO}),
        ("page.html", "<p>far, far away: fa-nobody</p>", set()),
        ("vendor/fontawesome/all.css", RULES, set()),
        ("picture.png", "fa-bars", set()),
    ],
)
def test_icons_in_use(tmp_path, name, text, icons):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    assert icons_in_use(tmp_path, RULES) == icons


@pytest.mark.parametrize("suffix", ["ttf", "woff2"])
def test_a_font_keeps_the_icons_in_use_only(tmp_path, suffix):
    theme = importlib.resources.files("pydata_sphinx_theme")
    (font,) = theme.glob(f"theme/*/static/vendor/fontawesome/*/webfonts/fa-solid-900.{suffix}")
    path = tmp_path / font.name
    shutil.copyfile(font, path)
    cut_font(path, {BARS, STAR})
    with TTFont(path) as cut:
        assert set(cut.getBestCmap()) == {BARS, STAR}
    assert path.stat().st_size < font.stat().st_size / 50


def test_a_palette_keeps_a_rare_colour(tmp_path):
    ramp = np.repeat(np.random.default_rng(0).integers(0, 256, (64, 512, 1), np.uint8), 3, axis=2)
    ramp[:32, :, 2] //= 2  # 512 colours, about as many pixels of each
    ramp[30:33, 100:103] = GREEN = (0, 115, 90)
    path = tmp_path / "figure.png"
    Image.fromarray(ramp).save(path)
    before = path.stat().st_size
    cut_palette(path)
    assert path.stat().st_size < before
    got = np.asarray(Image.open(path).convert("RGB")).astype(int)[31, 101]
    assert np.abs(got - GREEN).max() <= 16


def test_a_palette_is_left_out_where_it_would_be_larger(tmp_path):
    path = tmp_path / "dot.png"
    Image.new("L", (2, 2)).save(path, optimize=True)
    before = path.read_bytes()
    cut_palette(path)
    assert path.read_bytes() == before
