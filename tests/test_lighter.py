"""Built files made lighter: which icons stay, and what a palette keeps."""

import importlib.resources
import shutil

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from lighter import cut_font, cut_palette, icons_in_use

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
