"""Figures in the dark: the same tints of the same roles, and brightness left alone."""

import base64
import io
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.core import pylabtools
from matplotlib.colors import to_rgb
from PIL import Image

from cnnbook import plotting
from cnnbook.plotting.dark import darkened, load_ipython_extension, recolour
from cnnbook.tokens import tokens

LIGHT, DARK = tokens()["light"], tokens()["dark"]
ROLES = ["input", "kernel", "output", "gradient", "negative", "padding", "text", "muted", "line"]


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def drawn(figure):
    """Return the pixels of a figure, from 0 to 1."""
    stream = io.BytesIO()
    figure.savefig(stream, dpi=72)
    return np.asarray(Image.open(stream).convert("RGB")) / 255


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("amount", [1, 0.45, 0.1])
def test_a_tint_of_a_role_is_the_same_tint_in_the_dark(role, amount):
    light = 1 + amount * (np.array(to_rgb(LIGHT[role])) - 1)
    paper = np.array(to_rgb(DARK["surface"]))
    expected = paper + amount * (np.array(to_rgb(DARK[role])) - paper)
    near = 0.12 if amount < 0.2 else 0.02  # the faintest tints of two roles are nearly one colour
    np.testing.assert_allclose(darkened(light), expected, atol=near)


def test_paper_is_dark_and_black_ink_is_light():
    paper, ink = darkened(np.array([[1.0, 1, 1], [0, 0, 0]]))
    np.testing.assert_allclose(paper, to_rgb(DARK["surface"]))
    assert ink.min() > 0.8


def test_a_picture_keeps_its_brightness_and_the_ink_on_it():
    figure, (ax,) = plotting.panels([(100, 100)])
    grey = np.array([[0, 80], [160, 255]])
    plotting.draw_numbers(ax, grey, "grey")
    before = [text.get_color() for text in ax.texts]
    pixels = np.array(ax.images[0].get_array())
    recolour(figure)
    assert [text.get_color() for text in ax.texts] == before == ["white", "white", "black", "black"]
    np.testing.assert_array_equal(ax.images[0].get_array(), pixels)
    assert to_rgb(ax.title.get_color()) == pytest.approx(to_rgb(DARK["input"]), abs=0.01)


def test_zero_is_neutral_in_the_dark_and_signs_have_their_colours():
    figure, (ax,) = plotting.panels([(100, 100)])
    plotting.draw_signed(ax, np.array([[-2.0, 0, 2]]))
    recolour(figure)
    low, middle, high = ax.images[0].get_cmap()([0, 0.5, 1.0])[:, :3]
    for got, role in ((low, "negative"), (middle, "raised"), (high, "output")):
        np.testing.assert_allclose(got, to_rgb(DARK[role]), atol=0.02)


def test_a_whole_figure_is_dark():
    figure, ax = plt.subplots(facecolor="white")
    ax.plot([1, 2], color=LIGHT["kernel"], marker="o", label="a")
    ax.bar([0, 1], [1, 1], color=LIGHT["output"])
    ax.scatter([0, 1], [1, 2], color=LIGHT["input"])
    ax.legend()
    ax.grid()
    assert drawn(figure).mean() > 0.6
    recolour(figure)
    pixels = drawn(figure)
    assert np.median(pixels, axis=(0, 1)) == pytest.approx(to_rgb(DARK["surface"]), abs=0.01)
    white = (pixels > 0.98).all(axis=-1)
    assert white.mean() < 0.001


def test_a_shown_figure_brings_its_twin(monkeypatch):
    monkeypatch.setattr(pylabtools, "print_figure", pylabtools.print_figure)
    load_ipython_extension(SimpleNamespace())
    figure = plt.figure(figsize=(1, 1), facecolor="white")
    figure.add_axes((0, 0, 1, 1)).axis("off")
    light, told = pylabtools.print_figure(figure, fmt="png", base64=True)
    bright, dim = (
        np.asarray(Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB")).mean()
        for text in (light, told["dark"])
    )
    assert bright == 255
    assert dim < 40
