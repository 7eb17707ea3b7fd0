"""Figures of what a kernel is: a dense matrix in disguise, and something that can be learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from cnnbook.plotting.draw import draw_numbers, tints
from cnnbook.plotting.paper import FONT, GAP, PAPER, TITLE, WIDTH, panels, set_title
from cnnbook.tokens import colour

__all__ = ["descent", "matrix_map"]


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
