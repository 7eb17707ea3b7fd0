"""Draw one array into one place: as a picture, as squares with numbers, as a map of signed numbers."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.image import AxesImage

from cnnbook.plotting.paper import FONT, PAPER, pixels_wide, set_title
from cnnbook.tokens import colour

__all__ = ["draw_numbers", "draw_picture", "draw_signed", "signed_colours"]

LEVELS = 33  # few, so that a stored picture is small; an odd number, so that zero has its own
TINT = 0.45  # as strong as the widgets' cells
NEUTRAL = "#f4f2ee"


def shrunk(image: np.ndarray, limit: float) -> np.ndarray:
    """Return the means of blocks of pixels, of the smallest blocks that make at most ``limit`` columns.

    What processors round differently is cut off: a number on the edge between two levels has one of them.
    """
    block = int(np.ceil(image.shape[1] / (limit + 0.5)))
    H, W = (n // block for n in image.shape[:2])
    blocks = image[: H * block, : W * block].reshape(H, block, W, block, *image.shape[2:])
    means = blocks.mean(axis=(1, 3))
    digits = 9 - int(np.floor(np.log10(np.abs(means).max() or 1)))
    return means.round(digits)


def signed_colours(role: str = "output") -> LinearSegmentedColormap:
    """Return a colour map for signed numbers whose middle, zero, is neutral."""
    return LinearSegmentedColormap.from_list(role, [colour("negative"), NEUTRAL, colour(role)], LEVELS)


def tints(array: np.ndarray, role: str, tint: float = TINT) -> np.ndarray:
    """Return a light face for each number, (H, W, 3): the role's colour, or that of what is negative."""
    most = np.abs(array).max() or 1
    strength = tint * np.abs(array)[..., None] / most  # (H, W, 1)
    hue = np.where(array[..., None] < 0, to_rgb(colour("negative")), to_rgb(colour(role)))
    return (1 - strength) + strength * hue


def draw_picture(ax: Axes, image: np.ndarray, title: str = "") -> None:
    """Draw a picture, black at 0; white is 255 for integers, 1 for floats.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    image : ndarray, shape (H, W) or (H, W, 3)
        Grey levels, or red, green and blue.
    title : str
        Text above it.
    """
    white = 255 if image.dtype.kind in "ui" else 1
    shown = np.round(shrunk(image, pixels_wide(ax)) / white * (LEVELS - 1)) / (LEVELS - 1)
    ax.imshow(shown, cmap="gray", vmin=0, vmax=1, interpolation="nearest", aspect="auto", gid="picture")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(color=colour("line"), linewidth=0.6)
    set_title(ax, title)


def draw_numbers(ax: Axes, array: np.ndarray, title: str = "", role: str = "input", digits: int = 0) -> None:
    """Draw an array as squares with a number in each.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    array : ndarray, shape (H, W)
        The numbers. As ``"input"``, the squares are grey levels: integers count from 0 to 255,
        floats from 0 to 1. In any other role they are tinted by sign, and zero is white.
    title : str
        Text above it.
    role : str
        The role, which gives the colour.
    digits : int
        Digits after the point.
    """
    H, W = array.shape
    grey = array / (255 if array.dtype.kind in "ui" else 1)
    faces = np.repeat(grey[..., None], 3, axis=-1) if role == "input" else tints(array, role)
    kind = "picture" if role == "input" else None
    ax.imshow(faces, vmin=0, vmax=1, interpolation="nearest", aspect="auto", gid=kind)
    texts = {
        at: f"{round(value, digits) + 0:.{digits}f}".replace("-", "−") for at, value in np.ndenumerate(array)
    }
    size = min(FONT, 0.66 * pixels_wide(ax) / W / max(map(len, texts.values())))
    for (i, j), text in texts.items():
        dark = faces[i, j] @ (0.299, 0.587, 0.114) < 0.5
        ax.text(j, i, text, ha="center", va="center", size=size, color="white" if dark else "black")
    for n in range(1, H):
        ax.axhline(n - 0.5, color=PAPER, linewidth=0.8)
    for n in range(1, W):
        ax.axvline(n - 0.5, color=PAPER, linewidth=0.8)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(color=colour(role), linewidth=1.2)
    set_title(ax, title, role)


def draw_signed(
    ax: Axes, array: np.ndarray, title: str = "", most: float | None = None, role: str = "output"
) -> AxesImage:
    """Draw an array as a map of signed numbers; zero is neutral.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    array : ndarray, shape (H, W)
        The numbers.
    title : str
        Text above it.
    most : float, optional
        The magnitude that gets the full colour; the largest one, unless given.
    role : str
        The role whose colour positive numbers get.
    """
    most = most or np.abs(array).max() or 1
    drawn = ax.imshow(
        shrunk(array, pixels_wide(ax)),
        cmap=signed_colours(role),
        vmin=-most,
        vmax=most,
        interpolation="nearest",
        aspect="auto",
    )
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(color=colour("line"), linewidth=0.6)
    set_title(ax, title, role)
    return drawn
