"""Icons made lighter: which of them stay, in the fonts and in their style sheet."""

import importlib.resources
import shutil

import pytest
from fontTools.ttLib import TTFont

from lighter import cut_font, cut_icons, icons_in_use

BARS, STAR, PEN, INFO = 0xF0C9, 0xF005, 0xF303, 0xF05A
RULES = (
    '.fa-bars:before,.fa-navicon:before{content:"\\f0c9"}.fa-star:before{content:"\\f005"}'
    '.fa-pen:before{content:"\\f303"}'
)


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


def test_the_style_sheet_keeps_the_icons_in_use_only():
    fonts = "@font-face{font-family:x}.fa{font-weight:900}"
    assert cut_icons(fonts + RULES, {STAR}) == fonts + '.fa-star:before{content:"\\f005"}'
