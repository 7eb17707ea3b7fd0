"""Figures of what lies beyond a picture's border."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnnbook.plotting.draw import draw_picture
from cnnbook.plotting.paper import FONT, GAP, NARROW, panels
from cnnbook.tokens import colour

__all__ = ["border_frames", "border_lines"]


def border_lines(lines: Mapping[str, np.ndarray], padding: int) -> Figure:
    """Draw padded lines of numbers one below the other, each beside its name.

    Parameters
    ----------
    lines : mapping of str to ndarray, shape (n + 2 * padding,)
        The lines, by the names of their borders.
    padding : int
        How many numbers at each end are not the line's own.
    """
    count = max(map(len, lines.values()))
    cell = min(46, (NARROW - 130) // count)
    fig, (ax,) = panels([(cell * count + 130, cell * 1.15 * len(lines))])
    for row, (name, line) in enumerate(lines.items()):
        y = 1.15 * row
        for place, number in enumerate(line):
            own = padding <= place < len(line) - padding
            role, strength = ("input", 0.9) if own else ("padding", 0.16)
            edge = {} if own else {"edgecolor": colour(role), "linestyle": "--", "linewidth": 0.7}
            ax.add_patch(
                Rectangle((place, y), 0.92, 0.92, facecolor=(*to_rgb(colour(role)), strength), **edge)
            )
            ink = "white" if own else colour("text")
            ax.text(place + 0.46, y + 0.46, f"{number:g}", ha="center", va="center", size=FONT, color=ink)
        ax.text(count + 0.3, y + 0.46, name, va="center", size=FONT, color=colour("text"))
    ax.set(xlim=(-0.05, count + 130 / cell), ylim=(1.15 * len(lines), -0.05))
    ax.axis("off")
    return fig


def border_frames(
    frames: Mapping[str, np.ndarray], padding: int, image: np.ndarray, cut: tuple[int, int, int]
) -> Figure:
    """Draw a picture with a square cut out of it, and the corner of the cut in several frames, magnified.

    Parameters
    ----------
    frames : mapping of str to ndarray, shape (H, W)
        The upper left corners of padded pictures, by the names of their borders.
    padding : int
        Rows and columns that are not the cut's own; a line shows where they end.
    image : ndarray, shape (H, W)
        The whole picture.
    cut : tuple of int
        The cut's first row, its first column, and its size.
    """
    side = (NARROW - 2 * GAP) // 3
    rows = -(-(len(frames) + 1) // 3)
    fig, axes = panels([(side, side)] * (len(frames) + 1))
    W, H = NARROW, rows * (side + 44)
    fig.set_size_inches(W / fig.dpi, H / fig.dpi)
    for number, ax in enumerate(axes):
        bottom = H - (number // 3 + 1) * (side + 44)
        ax.set_position((number % 3 * (side + GAP) / W, bottom / H, side / W, side / H))
    whole, *corners = axes
    row, column, size = cut
    draw_picture(whole, image, "the cut")
    scale = whole.images[0].get_array().shape[1] / image.shape[1]
    box = (column * scale - 0.5, row * scale - 0.5)
    whole.add_patch(
        Rectangle(box, size * scale, size * scale, fill=False, color=colour("kernel"), linewidth=1.4)
    )
    for ax, (name, frame) in zip(corners, frames.items(), strict=True):
        draw_picture(ax, frame, name)
        end = padding - 0.5
        ax.plot([end, end, frame.shape[1]], [frame.shape[0], end, end], color=colour("kernel"), linewidth=1.4)
        ax.set(xlim=(-0.5, frame.shape[1] - 0.5), ylim=(frame.shape[0] - 0.5, -0.5))
    return fig
