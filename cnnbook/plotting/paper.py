"""The paper that figures are drawn on."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnbook.tokens import colour

__all__ = ["panels"]

DPI = 144
WIDTH = 640
NARROW = 460  # a figure that a phone shows hardly smaller than a page
FONT = 9  # points, of two pixels each
GAP = 20
TITLE = 34
PAPER = "#ffffff"


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


def set_title(ax: Axes, text: str, role: str = "text") -> None:
    """Write a title in the colour of a role."""
    ax.set_title(text, fontsize=FONT, color=colour(role), pad=4)
