"""The figures of the built pages: as WebP, each beside its dark twin."""

import base64
import hashlib
import io

import nbformat
import numpy as np
import pytest
from nbformat import v4
from PIL import Image

from figures import as_webp, dark_twins, with_twins

PIXELS = np.random.default_rng(0).integers(0, 256, (5, 7, 3), np.uint8)


def picture(kind, pixels=PIXELS):
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, kind, lossless=True)
    return stream.getvalue()


def test_a_figure_loses_nothing_but_bytes(tmp_path):
    path = tmp_path / "figure.png"
    path.write_bytes(picture("png"))
    assert as_webp(path) == (7, 5)
    assert [path.name for path in tmp_path.iterdir()] == ["figure.webp"]
    np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / "figure.webp")), PIXELS)


def test_a_twin_goes_by_the_name_of_its_figures_file(tmp_path):
    light, dark = picture("png"), picture("webp", 255 - PIXELS)
    bundle = {"image/png": base64.b64encode(light).decode()}
    told = {"image/png": {"dark": base64.b64encode(dark).decode()}}
    cells = [
        v4.new_code_cell("1", outputs=[v4.new_output("display_data", bundle, metadata=told)]),
        v4.new_code_cell("2", outputs=[v4.new_output("display_data", bundle)]),
        v4.new_markdown_cell("3"),
    ]
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "page.ipynb")
    assert dark_twins([tmp_path / "page.ipynb"]) == {hashlib.sha256(light).hexdigest(): dark}


def test_a_page_shows_the_one_or_the_other():
    page = '<p><img alt="a cup" src="../_images/ab12.png" /></p>'
    assert with_twins(page, {"ab12": (640, 48)}, {"ab12"}) == (
        '<p><img loading="lazy" class="in-light" width="640" height="48" alt="a cup"'
        ' src="../_images/ab12.webp" />'
        '<img loading="lazy" class="in-dark" width="640" height="48" alt="a cup"'
        ' src="../_images/ab12-dark.webp" /></p>'
    )


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<img src="_images/ab12.png">', '<img width="6" height="4" src="_images/ab12.webp">'),
        ('<img src="_images/other.png">', '<img src="_images/other.png">'),
        ('<img src="_static/ab12.png">', '<img src="_static/ab12.png">'),
        ('<a href="_images/ab12.png">', '<a href="_images/ab12.png">'),
    ],
)
def test_what_has_no_twin_stands_alone(page, expected):
    assert with_twins(page, {"ab12": (6, 4)}, set()) == expected
