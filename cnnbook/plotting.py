"""Figures that would clutter a chapter. They need matplotlib; the numerics do not.

Every figure lies on white paper, in the roles' colours for a light background. Sizes are in
pixels of the stored picture: 640 of them fill the column of a page, and a narrow phone shows
them at half that size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnnbook.shapes import output_size
from cnnbook.tokens import colour

__all__ = [
    "draw_numbers",
    "draw_picture",
    "number_grids",
    "patch_in_picture",
    "pictures",
    "signed_colours",
    "signed_map",
    "windows_that_fit",
]

DPI = 144
WIDTH = 640
FONT = 9  # points, of two pixels each
GAP = 20
TITLE = 34
LEVELS = 33  # few, so that a stored picture is small; an odd number, so that zero has its own
TINT = 0.45  # as strong as the widgets' cells
PAPER = "#ffffff"
NEUTRAL = "#f4f2ee"


def panels(sizes: Sequence[tuple[float, float]], gap: float = GAP) -> tuple[Figure, list[Axes]]:
    """Return a figure with axes side by side, each of a (width, height) in pixels."""
    W = sum(width for width, _ in sizes) + gap * (len(sizes) - 1)
    H = max(height for _, height in sizes) + TITLE
    fig = plt.figure(figsize=(W / DPI, H / DPI), dpi=DPI, facecolor=PAPER)
    axes, left = [], 0.0
    for width, height in sizes:
        axes.append(fig.add_axes((left / W, (H - TITLE - height) / H, width / W, height / H)))
        left += width + gap
    return fig, axes


def pixels_wide(ax: Axes) -> float:
    """Return the width of the axes in pixels of the stored picture."""
    return ax.get_position().width * ax.figure.get_figwidth() * DPI


def shrunk(image: np.ndarray, limit: float) -> np.ndarray:
    """Return the means of blocks of pixels, of the smallest blocks that make at most ``limit`` columns."""
    block = int(np.ceil(image.shape[1] / (limit + 0.5)))
    H, W = (n // block for n in image.shape[:2])
    blocks = image[: H * block, : W * block].reshape(H, block, W, block, *image.shape[2:])
    return blocks.mean(axis=(1, 3))


def set_title(ax: Axes, text: str, role: str = "text") -> None:
    """Write a title in the colour of a role."""
    ax.set_title(text, fontsize=FONT, color=colour(role), pad=4)


def signed_colours(role: str = "output") -> LinearSegmentedColormap:
    """Return a colour map for signed numbers whose middle, zero, is neutral."""
    return LinearSegmentedColormap.from_list(role, [colour("negative"), NEUTRAL, colour(role)], LEVELS)


def tints(array: np.ndarray, role: str) -> np.ndarray:
    """Return a light face for each number, (H, W, 3): the role's colour, or that of what is negative."""
    most = np.abs(array).max() or 1
    strength = TINT * np.abs(array)[..., None] / most  # (H, W, 1)
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
    ax.imshow(shown, cmap="gray", vmin=0, vmax=1, interpolation="nearest", aspect="auto")
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
    ax.imshow(faces, vmin=0, vmax=1, interpolation="nearest", aspect="auto")
    texts = {at: f"{value:.{digits}f}".replace("-", "−") for at, value in np.ndenumerate(array)}
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


def pictures(images: Mapping[str, np.ndarray]) -> Figure:
    """Draw pictures side by side, each under its title."""
    width = (WIDTH - GAP * (len(images) - 1)) // len(images)
    fig, axes = panels([(width, width * image.shape[0] / image.shape[1]) for image in images.values()])
    for ax, (title, image) in zip(axes, images.items(), strict=True):
        draw_picture(ax, image, title)
    return fig


def number_grids(
    grids: Mapping[str, np.ndarray],
    roles: Sequence[str],
    digits: Sequence[int] | None = None,
    cell: float = 64,
) -> Figure:
    """Draw arrays side by side as squares with numbers, each under its title, in its role's colour."""
    columns = sum(array.shape[1] for array in grids.values())
    cell = min(cell, (WIDTH - GAP * (len(grids) - 1)) // columns)
    fig, axes = panels([(cell * array.shape[1], cell * array.shape[0]) for array in grids.values()])
    after = digits or [0] * len(grids)
    for ax, (title, array), role, count in zip(axes, grids.items(), roles, after, strict=True):
        draw_numbers(ax, array, title, role, count)
    return fig


def patch_in_picture(image: np.ndarray, row: int, column: int, size: int = 7) -> Figure:
    """Draw a picture with a box around a patch, and beside it the patch as squares with numbers."""
    side = (WIDTH - GAP) // 2
    patch = image[row : row + size, column : column + size]
    fig, (left, right) = panels([(side, side), (side, side)])
    draw_picture(left, image, f"the photograph, {image.shape[0]} × {image.shape[1]}")
    outside = (column - 2.5, row - 2.5)
    left.add_patch(Rectangle(outside, size + 4, size + 4, fill=False, color=colour("kernel"), linewidth=1.6))
    draw_numbers(right, patch, f"the patch in the box, {size} × {size}")
    right.spines[:].set(color=colour("kernel"), linewidth=1.6)
    return fig


def signed_map(array: np.ndarray, title: str, side: float = 420) -> Figure:
    """Draw an array as a map of signed numbers; zero is neutral, and a bar gives the range."""
    most = np.abs(array).max() or 1
    fig, (ax, bar) = panels([(side, side * array.shape[0] / array.shape[1]), (14, side / 2)])
    drawn = ax.imshow(
        array, cmap=signed_colours(), vmin=-most, vmax=most, interpolation="nearest", aspect="auto"
    )
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(color=colour("line"), linewidth=0.6)
    set_title(ax, title, "output")
    scale = fig.colorbar(drawn, cax=bar)
    scale.set_ticks([-most, 0, most], labels=[f"{n:.0f}".replace("-", "−") for n in (-most, 0, most)])
    scale.outline.set_visible(False)
    bar.tick_params(labelsize=FONT - 1, length=0, colors=colour("muted"))
    return fig


def windows_that_fit(n: int, kernel_size: int) -> Figure:
    """Draw every place where a kernel fits into a row of ``n`` pixels, a line for each."""
    places = output_size(n, kernel_size)
    cell = min(56, WIDTH // (n + 3))
    fig, (ax,) = panels([(cell * (n + 3), cell * (places + 1.4))])
    for line in range(places + 1):
        y = line + (0.35 if line else 0)
        for column in range(n):
            covered = line and line - 1 <= column < line - 1 + kernel_size
            strength = 0.85 if covered else 0.16 if line else 0.9
            face = (*to_rgb(colour("kernel" if covered else "input")), strength)
            ax.add_patch(Rectangle((column, y), 0.92, 0.92, facecolor=face))
            if not line:
                ax.text(column + 0.46, 0.46, column, ha="center", va="center", size=FONT, color="white")
        words = f"place {line - 1}" if line else "column"
        ax.text(n + 0.3, y + 0.46, words, va="center", size=FONT, color=colour("text" if line else "input"))
    ax.set(xlim=(-0.05, n + 2.95), ylim=(places + 1.35, -0.05))
    ax.axis("off")
    return fig
