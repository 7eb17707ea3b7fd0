"""Figures of activations: their curves and slopes, and what is left of a signal after many layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from cnnbook.depth import BELL, PLACES
from cnnbook.plotting.paper import DPI, FONT, PAPER, TITLE, WIDTH, set_title
from cnnbook.tokens import colour

__all__ = ["curves_and_slopes", "depth_bands"]

STYLES = (("output", "-"), ("input", "--"), ("negative", ":"))
Function = Callable[..., np.ndarray]


def curves_and_slopes(functions: Mapping[str, tuple[Function, Function]], columns: int = 3) -> Figure:
    """Draw functions, each with its slope in a place of its own, and their mean squares.

    The numbers are the mean squares of value and slope, over normal numbers of mean square 1.

    Parameters
    ----------
    functions : mapping of str to pair of callable
        By title, a function of an array, and its backward pass.
    columns : int
        How many places stand side by side.
    """
    rows = -(-len(functions) // columns)
    fig, axes = table_of_axes(rows, columns, 90)
    x = np.linspace(-4, 4, 321)
    for number, (title, (function, backward)) in enumerate(functions.items()):
        ax = axes[number]
        slope = backward(np.ones_like(x), x)
        ax.plot(x, function(x), color=colour("output"), linewidth=1.8)
        ax.plot(x, slope, color=colour("gradient"), linewidth=1.4, linestyle="--")
        both = function(PLACES), backward(np.ones_like(PLACES), PLACES)
        for place, role, numbers in zip((-3.8, -1.9), ("output", "gradient"), both, strict=True):
            ax.text(place, 2.3, f"{BELL @ numbers**2:.2f}", size=FONT - 1, color=colour(role))
        ax.set(xlim=(-4, 4), ylim=(-1.4, 3))
        dress(ax, [-2, 0, 2], [-1, 0, 1, 2, 3], labelled=number % columns == 0)
        ax.axhline(0, color=colour("muted"), linewidth=0.7)
        ax.axvline(0, color=colour("muted"), linewidth=0.7)
        set_title(ax, title)
    for ax in axes[len(functions) :]:
        ax.remove()
    return fig


def depth_bands(
    panes: Mapping[str, Mapping[str, Mapping[str, Sequence[float]]]],
    expected: Mapping[str, Mapping[str, Sequence[float]]],
    exponents: tuple[int, int],
    columns: int = 4,
) -> Figure:
    """Draw sizes layer by layer, on a scale of powers of ten: a band from the lowest to the highest.

    Parameters
    ----------
    panes : mapping of str to mapping of str to mapping of str to sequence of float
        By title and by the name of a curve, its ``"low"``, ``"middle"`` and ``"high"``.
    expected : mapping of str to mapping of str to sequence of float
        By title and name, what theory says: small circles.
    exponents : pair of int
        The lowest and the highest power of ten that is shown.
    columns : int
        How many places stand side by side.
    """
    fig, axes = table_of_axes(-(-len(panes) // columns), columns, 128)
    ticks = [10.0**n for n in range(exponents[0], exponents[1] + 1, 6)]
    for number, (title, curves) in enumerate(panes.items()):
        ax = axes[number]
        ax.set_yscale("log")
        for (name, band), (role, style) in zip(curves.items(), STYLES, strict=False):
            layers = np.arange(1, len(band["middle"]) + 1)
            ax.fill_between(layers, band["low"], band["high"], color=colour(role), alpha=0.25, linewidth=0)
            ax.plot(layers, band["middle"], style, color=colour(role), linewidth=1.5, label=name)
            kept = {"markersize": 4, "markerfacecolor": PAPER, "markevery": (1, 4)}
            ax.plot(layers, expected[title][name], "o", color=colour(role), **kept)
        ax.set(xlim=(1, 20), ylim=(10.0 ** exponents[0], 10.0 ** exponents[1]))
        dress(ax, [5, 10, 15], ticks, labelled=number % columns == 0)
        set_title(ax, title)
    handles, labels = axes[0].get_legend_handles_labels()
    fig.legend(
        handles, labels, loc="lower center", ncols=3, fontsize=FONT - 1, frameon=False, labelcolor="linecolor"
    )
    for ax in axes[len(panes) :]:
        ax.remove()
    return fig


def table_of_axes(rows: int, columns: int, height: float) -> tuple[Figure, list[Axes]]:
    """Return a figure with axes in rows and columns, with room for their titles and numbers."""
    left, gap, below, foot = 52, 18, 34, 30
    width = (WIDTH - left - gap * (columns - 1) - 8) / columns
    row = TITLE + height + below
    H = rows * row + foot
    fig = plt.figure(figsize=(WIDTH / DPI, H / DPI), dpi=DPI, facecolor=PAPER)
    axes = [
        fig.add_axes(
            (
                (left + j * (width + gap)) / WIDTH,
                (H - i * row - TITLE - height) / H,
                width / WIDTH,
                height / H,
            )
        )
        for i in range(rows)
        for j in range(columns)
    ]
    return fig, axes


def dress(ax: Axes, xs: Sequence[float], ys: Sequence[float], *, labelled: bool) -> None:
    """Give axes their numbers and a light grid."""
    ax.xaxis.set_major_locator(FixedLocator(xs))
    ax.yaxis.set_major_locator(FixedLocator(ys))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.tick_params(labelsize=FONT - 1, length=0, pad=4, colors=colour("muted"), labelleft=labelled)
    ax.grid(color=colour("line"), linewidth=0.5)
    ax.spines[:].set_visible(False)
    ax.set_facecolor(PAPER)
