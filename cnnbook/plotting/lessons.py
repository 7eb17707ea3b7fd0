"""Figures of what a kernel is: sums of products, a dense matrix in disguise, and something learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import LogLocator, NullLocator

from cnnbook.plotting.draw import draw_numbers, tints
from cnnbook.plotting.paper import FONT, GAP, PAPER, TITLE, WIDTH, panels, set_title
from cnnbook.tokens import colour

__all__ = ["descent", "matrix_map", "table_of_pairs"]

DIAGONALS = ("input", "kernel", "output", "gradient")


def matrix_map(matrix: np.ndarray, rows: int, columns: int, title: str = "") -> Figure:
    """Draw a matrix as coloured squares, zero white, with lines after so many rows and columns."""
    H, W = matrix.shape
    cell = (WIDTH - 2) // W
    fig, (ax,) = panels([(cell * W, cell * H)])
    ax.imshow(tints(matrix, "kernel", 0.9), interpolation="nearest", aspect="auto")
    for count, each, line in ((H, rows, ax.axhline), (W, columns, ax.axvline)):
        for n in range(1, count):
            block = n % each == 0
            line(n - 0.5, color=colour("muted" if block else "line"), linewidth=0.7 if block else 0.3)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(color=colour("muted"), linewidth=0.8)
    set_title(ax, title, "kernel")
    return fig


def descent(losses: Sequence[float], kernels: Mapping[int, np.ndarray]) -> Figure:
    """Draw how a loss falls, and below it the kernel after some of the steps.

    Parameters
    ----------
    losses : sequence of float
        The loss before each step, and after the last one.
    kernels : mapping of int to ndarray, shape (K_h, K_w)
        The kernels, by the number of steps that had been made.
    """
    left, height = 60, 190
    side = (WIDTH - GAP * (len(kernels) - 1)) // len(kernels)
    rows = height + 50 + TITLE + side
    fig, (curve, *grids) = panels([(WIDTH - left, height)] + [(side, side)] * len(kernels))
    W, H = WIDTH, rows + TITLE
    fig.set_size_inches(W / fig.dpi, H / fig.dpi)
    curve.set_position((left / W, (H - TITLE - height) / H, (W - left - 6) / W, height / H))
    curve.semilogy(losses, color=colour("output"), linewidth=1.6)
    curve.yaxis.set_major_locator(LogLocator(numticks=20))
    curve.yaxis.set_minor_locator(NullLocator())
    curve.set_xlabel("steps", size=FONT - 1, color=colour("muted"), labelpad=1)
    curve.grid(color=colour("line"), linewidth=0.5)
    curve.tick_params(labelsize=FONT - 1, length=0, colors=colour("muted"), which="both")
    curve.spines[:].set_visible(False)
    curve.set_facecolor(PAPER)
    set_title(curve, "mean squared error")
    for place, (ax, (step, kernel)) in enumerate(zip(grids, kernels.items(), strict=True)):
        ax.set_position((place * (side + GAP) / W, 0, side / W, side / H))
        draw_numbers(ax, kernel, f"after {step} steps" if step else "at the start", "kernel", 2)
        curve.plot(step, losses[step], "o", color=colour("kernel"), markersize=5, zorder=3)
    return fig


def table_of_pairs(first: np.ndarray, second: np.ndarray) -> Figure:
    """Draw every product of a number of the one list and one of the other, and the sum of each diagonal.

    Products whose places have the same sum share a colour, and so does their sum, below the table.

    Parameters
    ----------
    first : ndarray, shape (n,)
        The list along the top.
    second : ndarray, shape (m,)
        The list along the left side.
    """
    n, m = len(first), len(second)
    cell, across, down = 58, n + m + 2.4, m + 3
    fig, (ax,) = panels([(cell * across, cell * down)])

    def box(x: float, y: float, text: object, place: int | None = None) -> None:
        if place is not None:
            face = (*to_rgb(colour(DIAGONALS[place % len(DIAGONALS)])), 0.35)
            ax.add_patch(Rectangle((x, y), 0.94, 0.94, facecolor=face))
        ink = colour("text" if place is not None else "muted")
        ax.text(x + 0.47, y + 0.47, str(text), ha="center", va="center", size=FONT, color=ink)

    for i, number in enumerate(first):
        box(2.4 + i, 0, f"{number}\n$i$ = {i}")
    for j, number in enumerate(second):
        box(0.6, 1 + j, f"{number}   $j$ = {j}")
        for i, other in enumerate(first):
            box(2.4 + i, 1 + j, number * other, i + j)
    for place, total in enumerate(np.convolve(first, second)):
        box(2.4 + place, m + 1.6, total, place)
    box(0.8, m + 1.6, "sum of each\ndiagonal")
    ax.set(xlim=(0, across), ylim=(down, 0))
    ax.axis("off")
    return fig
