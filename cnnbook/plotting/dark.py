"""Figures in the dark: the same figure in the colours of a dark page.

The book's runner loads this module as an extension of IPython's. Then a figure's output holds a
second picture, in its metadata, and the built page shows the one that suits its theme.
"""

from __future__ import annotations

import base64
import io
from functools import cache
from typing import Any

import numpy as np
from IPython.core import pylabtools
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.colors import LinearSegmentedColormap, to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from PIL import Image

from cnnbook.plotting.draw import NEUTRAL
from cnnbook.tokens import tokens

__all__ = ["WEBP", "darkened", "recolour"]

KEY = "dark"  # of an output's metadata
PICTURE = "picture"  # the gid of what shows brightness: bright stays bright
# The best compression takes 30 times as long, for 6 % fewer bytes.
WEBP = {"format": "WEBP", "lossless": True, "quality": 80, "method": 4}


@cache
def roles() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return dark paper, and what each role's colour adds to white and to dark paper: (roles, 3)."""
    light, dark = tokens()["light"], tokens()["dark"]
    pairs = [(light[role], dark[role]) for role in light if role != "surface"]
    pairs.append((NEUTRAL, dark["raised"]))
    white, black = (np.array([to_rgb(colour) for colour in side]) for side in zip(*pairs, strict=True))
    paper = np.array(to_rgb(dark["surface"]))
    return paper, white - 1, black - paper


def darkened(colours: np.ndarray) -> np.ndarray:
    """Return what colours on white paper are in the dark.

    A colour is paper with so much of a role's colour in it; in the dark it is dark paper with as
    much of the role's dark colour.

    Parameters
    ----------
    colours : ndarray, shape (..., 3), from 0 to 1
        Red, green and blue.

    Returns
    -------
    dark : ndarray, same shape
        The same tints of the same roles.

    Examples
    --------
    >>> darkened(np.array([[1.0, 1.0, 1.0]])).round(2)  # paper
    array([[0.08, 0.09, 0.12]])
    """
    paper, light, dark = roles()
    flat, place = np.unique(np.reshape(colours, (-1, 3)), axis=0, return_inverse=True)
    away = flat - 1  # from white paper: (n, 3)
    amount = np.clip(away @ light.T / (light**2).sum(axis=1), 0, 1)  # of each role: (n, roles)
    left = np.linalg.norm(away[:, None] - amount[..., None] * light, axis=-1)
    best = left.argmin(axis=1)
    mixed = paper + amount[np.arange(len(flat)), best, None] * dark[best]
    return mixed[place.ravel()].reshape(np.shape(colours))


def dark(colour: Any) -> Any:
    """Return one colour of matplotlib's in the dark; none stays none, and what shows through still does."""
    *rgb, alpha = to_rgba(colour)
    return (*darkened(np.array(rgb)), alpha) if alpha else colour


def recolour(figure: Figure) -> None:
    """Give a figure the colours of a dark page, in place.

    What stands on brightness (an image whose gid is ``"picture"``) keeps its black or white ink.
    """
    bright = {image.axes for image in figure.findobj(AxesImage) if image.get_gid() == PICTURE}
    ink = {text for axes in bright for text in axes.texts if text.get_color() in ("black", "white")}
    for artist in figure.findobj():
        if artist not in ink:
            repaint(artist)


def repaint(artist: Artist) -> None:
    """Recolour one artist."""
    if isinstance(artist, Text):
        artist.set_color(dark(artist.get_color()))
    elif isinstance(artist, Line2D):
        colours = artist.get_color(), artist.get_markerfacecolor(), artist.get_markeredgecolor()
        for paint, colour in zip(
            (artist.set_color, artist.set_markerfacecolor, artist.set_markeredgecolor), colours, strict=True
        ):
            paint(dark(colour))
    elif isinstance(artist, Patch):
        edge, face = artist.get_edgecolor(), artist.get_facecolor()
        artist.set_edgecolor(dark(edge))
        artist.set_facecolor(dark(face))
    elif isinstance(artist, (AxesImage, Collection)) and artist.get_gid() != PICTURE:
        repaint_surface(artist)


def repaint_surface(artist: AxesImage | Collection) -> None:
    """Recolour what may have many colours at once."""
    data = artist.get_array()
    if isinstance(artist, AxesImage) and data.ndim == 3:
        artist.set_data(darkened(np.asarray(data)[..., :3]))
    elif data is not None:
        ends = darkened(artist.get_cmap()([0, 0.5, 1.0])[:, :3])
        artist.set_cmap(LinearSegmentedColormap.from_list("dark", ends, artist.get_cmap().N))
    elif isinstance(artist, Collection):
        faces, edges = artist.get_facecolor(), artist.get_edgecolor()
        artist.set_facecolor([dark(face) for face in faces])
        artist.set_edgecolor([dark(edge) for edge in edges])


def webp(png: bytes) -> str:
    """Return a picture as WebP without loss, in base64: less than half of the PNG."""
    stream = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(stream, **WEBP)
    return base64.b64encode(stream.getvalue()).decode("ascii")


def load_ipython_extension(shell: Any) -> None:
    """Let every figure that is shown as a PNG bring its dark twin."""
    plain = pylabtools.print_figure

    def both(figure: Figure, fmt: str = "png", **settings: Any) -> Any:
        light = plain(figure, fmt=fmt, **settings)
        if fmt != "png" or not isinstance(light, str):
            return light
        recolour(figure)
        return light, {KEY: webp(base64.b64decode(plain(figure, fmt=fmt, **settings)))}

    pylabtools.print_figure = both
