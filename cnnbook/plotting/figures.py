"""Figures of pictures, patches and maps, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnnbook.plotting.draw import draw_numbers, draw_picture, draw_signed
from cnnbook.plotting.paper import FONT, GAP, WIDTH, panels
from cnnbook.shapes import output_size
from cnnbook.tokens import colour

__all__ = ["number_grids", "patch_in_picture", "pictures", "signed_map", "windows_that_fit"]


def pictures(
    images: Mapping[str, np.ndarray],
    signed: Sequence[str] = (),
    most: float | None = None,
    roles: Mapping[str, str] | None = None,
) -> Figure:
    """Draw pictures side by side, each under its title.

    Parameters
    ----------
    images : mapping of str to ndarray, shape (H, W) or (H, W, 3)
        The pictures by their titles.
    signed : sequence of str
        The titles of those that are maps of signed numbers; they share one range of colours.
    most : float, optional
        The magnitude from which on they have the full colour; the largest one, unless given.
    roles : mapping of str to str, optional
        By title, the role whose colour positive numbers get; that of an output, unless given.
    """
    width = (WIDTH - GAP * (len(images) - 1)) // len(images)
    fig, axes = panels([(width, width * image.shape[0] / image.shape[1]) for image in images.values()])
    most = most or max((np.abs(images[title]).max() for title in signed), default=None)
    for ax, (title, image) in zip(axes, images.items(), strict=True):
        if title in signed:
            draw_signed(ax, image, title, most, (roles or {}).get(title, "output"))
        else:
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
    fig, (ax, bar) = panels(
        [(side, side * array.shape[0] / array.shape[1]), (14, side * array.shape[0] / array.shape[1])]
    )
    drawn = draw_signed(ax, array, title)
    scale = fig.colorbar(drawn, cax=bar)
    scale.set_ticks([-most, 0, most], labels=[f"{n:.0f}".replace("-", "−") for n in (-most, 0, most)])
    scale.outline.set_visible(False)
    bar.tick_params(labelsize=FONT - 1, length=0, colors=colour("muted"))
    return fig


def windows_that_fit(n: int, kernel_size: int) -> Figure:
    """Draw every place where a kernel fits into a row of ``n`` pixels, a line for each."""
    places = output_size(n, kernel_size)
    cell = min(40, WIDTH // (n + 3))
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
