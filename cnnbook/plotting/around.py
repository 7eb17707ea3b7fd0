"""Figures of the layers around a convolution: what a layer that slides answers, spreads by layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from cnnbook.plotting.draw import signed_colours
from cnnbook.plotting.gradients import dress
from cnnbook.plotting.paper import FONT, TITLE, WIDTH, panels, set_title
from cnnbook.tokens import colour

__all__ = ["answers_along", "spread_by_layer"]

STYLES = (("negative", "o"), ("output", "s"), ("input", "^"))


def answers_along(strip: np.ndarray, answers: np.ndarray, wide: int, title: str) -> Figure:
    """Draw a strip of pixels, and below each place of a window how sure each class is.

    Parameters
    ----------
    strip : ndarray, shape (H, W)
        The picture, larger is darker.
    answers : ndarray, shape (classes, W - wide + 1)
        From 0 to 1; drawn below the middle of each window.
    wide : int
        The columns of a window.
    title : str
        What stands above the answers.
    """
    left, cell = 44, (WIDTH - 44) / strip.shape[1]
    height, rows = cell * len(strip), 15 * len(answers)
    fig, (top, below) = panels([(WIDTH - left, height), (WIDTH - left, rows)])
    H = height + rows + 2 * TITLE + 8
    fig.set_size_inches(WIDTH / fig.dpi, H / fig.dpi)
    for ax, tall, bottom in ((top, height, rows + TITLE + 8), (below, rows, 8)):
        ax.set_position((left / WIDTH, bottom / H, (WIDTH - left) / WIDTH, tall / H))
        ax.set_xlim(-0.5, strip.shape[1] - 0.5)
    colours = signed_colours("input"), signed_colours("output")
    edge = (wide - 1) / 2 - 0.5
    place = (edge, edge + answers.shape[1], len(answers) - 0.5, -0.5)
    whole = (-0.5, strip.shape[1] - 0.5, len(strip) - 0.5, -0.5)
    for ax, array, cmap, extent in ((top, strip, colours[0], whole), (below, answers, colours[1], place)):
        ax.imshow(array, cmap=cmap, vmin=-1, vmax=1, aspect="auto", interpolation="nearest", extent=extent)
    top.set(xlim=whole[:2], xticks=[], yticks=[])
    below.set(xlim=whole[:2], xticks=[], yticks=range(len(answers)))
    for ax in (top, below):
        dress(ax)
        ax.grid(visible=False)
    set_title(top, "the strip", "input")
    set_title(below, title, "output")
    return fig


def spread_by_layer(panes: Mapping[str, Mapping[str, Sequence[float]]]) -> Figure:
    """Draw the spread of the numbers after each layer, on a scale of powers of ten that the panes share.

    Parameters
    ----------
    panes : mapping of str to mapping of str to sequence of float
        For each pane's title the curves by their names, at most three; the last pane has the legend.
    """
    left, gap, height = 76, 30, 180
    width = (WIDTH - left - gap * (len(panes) - 1)) // len(panes)
    spreads = [spread for pane in panes.values() for curve in pane.values() for spread in curve]
    fig, axes = panels([(width, height)] * len(panes))
    H = height + TITLE + 54
    fig.set_size_inches(WIDTH / fig.dpi, H / fig.dpi)
    for number, (ax, (title, pane)) in enumerate(zip(axes, panes.items(), strict=True)):
        ax.set_position(((left + number * (width + gap)) / WIDTH, 54 / H, width / WIDTH, height / H))
        for turn, ((name, curve), (role, mark)) in enumerate(zip(pane.items(), STYLES, strict=False)):
            layers, every = np.arange(1, len(curve) + 1), (turn, len(STYLES))  # so that none hides another
            look = {"color": colour(role), "linewidth": 1.2, "markersize": 4.5, "markevery": every}
            ax.plot(layers, curve, f"{mark}-", label=name, **look)
        ax.set(yscale="log", ylim=(min(spreads) / 5, 5 * max(spreads)))
        ax.yaxis.set_major_locator(LogLocator(numticks=9))
        ax.yaxis.set_minor_locator(NullLocator())
        ax.set_xlabel("layer", size=FONT - 1, color=colour("muted"), labelpad=2)
        dress(ax)
        ax.tick_params(labelleft=not number)
        set_title(ax, title)
    axes[0].set_ylabel("spread", size=FONT - 1, color=colour("muted"), labelpad=2)
    axes[-1].legend(fontsize=FONT - 1, frameon=False, loc="lower left", labelcolor="linecolor")
    return fig
