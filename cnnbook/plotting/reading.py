"""Figures of a network that reads: sheets of small pictures, curves of training, what is taken for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator, StrMethodFormatter

from cnnbook.plotting.draw import signed_colours
from cnnbook.plotting.gradients import dress
from cnnbook.plotting.paper import DPI, FONT, PAPER, TITLE, WIDTH, panels, set_title
from cnnbook.tokens import colour

__all__ = ["picture_rows", "taken_for", "training_curves"]

STYLES = (("output", "-"), ("negative", "--"), ("kernel", "-."), ("input", ":"))


def picture_rows(
    rows: Mapping[str, Sequence[np.ndarray]],
    words: Mapping[str, Sequence[str]] | None = None,
    signed: Sequence[str] = (),
    width: int = WIDTH,
) -> Figure:
    """Draw rows of small pictures, each row with its name to its left.

    Parameters
    ----------
    rows : mapping of str to sequence of ndarray, shape (H, W)
        The pictures, larger is darker; all of a row share one range, from 0.
    words : mapping of str to sequence of str, optional
        What stands below each picture of a row; a line break starts a second line.
    signed : sequence of str
        The rows of signed numbers: zero is white, more is green, less is orange.
    width : int
        Of the figure.
    """
    words = words or {}
    left = 16 + 10 * max(map(len, rows))
    gap, columns = 8, max(map(len, rows.values()))
    side = min(92, (width - left - gap * (columns - 1)) // columns)
    lines = {name: max((text.count("\n") + 1 for text in words.get(name, ())), default=0) for name in rows}
    H = sum(side + gap + 24 * count for count in lines.values())
    W = left + columns * (side + gap)
    fig, axes = panels([(side, side)] * sum(map(len, rows.values())))
    fig.set_size_inches(W / DPI, H / DPI)
    left_over, top = iter(axes), 0.0
    for name, images in rows.items():
        most = max(np.abs(image).max() for image in images) or 1
        for column, image in enumerate(images):
            ax = next(left_over)
            at = (left + column * (side + gap)) / W, (H - top - side) / H
            ax.set_position((*at, side / W, side / H))
            cmap = signed_colours("output" if name in signed else "input")
            ax.imshow(image, cmap=cmap, vmin=-most, vmax=most, interpolation="nearest", aspect="auto")
            ax.set(xticks=[], yticks=[])
            ax.spines[:].set(color=colour("line"), linewidth=0.6)
            if column < len(words.get(name, ())):
                ax.set_xlabel(words[name][column], size=FONT - 1, color=colour("text"), labelpad=3)
            if column == 0:
                ax.set_ylabel(
                    name, size=FONT, color=colour("text"), rotation=0, ha="right", va="center", labelpad=6
                )
        top += side + gap + 24 * lines[name]
    return fig


def training_curves(panes: Mapping[str, Mapping[str, Sequence[float]]], log: Sequence[str] = ()) -> Figure:
    """Draw curves over the epochs, one pane beside the other.

    Parameters
    ----------
    panes : mapping of str to mapping of str to sequence of float
        For each pane's title the curves by their names, at most four.
    log : sequence of str
        The titles of the panes whose scale is in powers of ten.
    """
    left, gap, height = 60, 70, 126
    width = (WIDTH - left - gap * (len(panes) - 1) - 10) // len(panes)
    fig, axes = panels([(width, height)] * len(panes))
    H = height + TITLE + 54
    fig.set_size_inches(WIDTH / DPI, H / DPI)
    for number, (ax, (title, pane)) in enumerate(zip(axes, panes.items(), strict=True)):
        ax.set_position(((left + number * (width + gap)) / WIDTH, 54 / H, width / WIDTH, height / H))
        for (name, curve), (role, style) in zip(pane.items(), STYLES, strict=False):
            ax.plot(range(1, len(curve) + 1), curve, style, color=colour(role), linewidth=1.4, label=name)
        if title in log:
            ax.set_yscale("log")
            ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5), numticks=12))
            ax.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
            ax.yaxis.set_minor_locator(NullLocator())
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        ax.set_xlabel("epoch", size=FONT - 1, color=colour("muted"), labelpad=2)
        dress(ax)
        ax.legend(fontsize=FONT - 1, frameon=False, loc="best", labelcolor="linecolor", handlelength=3)
        set_title(ax, title)
    return fig


def taken_for(counts: np.ndarray, below: str, beside: str) -> Figure:
    """Draw a table of counts; what stands off the diagonal is in the colour of a warning.

    Parameters
    ----------
    counts : ndarray, shape (classes, classes), whole numbers
        Rows for what a picture is, columns for what it was taken for.
    below, beside : str
        What the columns and the rows are.
    """
    classes, cell, left, foot = len(counts), 22, 70, 56
    W, H = left + cell * classes + 10, foot + cell * classes + 10
    fig, (ax,) = panels([(cell * classes, cell * classes)])
    fig.set_size_inches(W / DPI, H / DPI)
    ax.set_position((left / W, foot / H, cell * classes / W, cell * classes / H))
    share = counts / counts.sum(axis=1, keepdims=True).clip(1)
    shown = np.where(np.eye(classes, dtype=bool), 0.35 * share, -np.sqrt(share))
    ax.imshow(shown, cmap=signed_colours("output"), vmin=-1, vmax=1, aspect="auto")
    for (i, j), n in np.ndenumerate(counts):
        ax.text(j, i, str(n) if n else "·", ha="center", va="center", size=FONT, color=colour("text"))
    ax.set(xticks=range(classes), yticks=range(classes))
    ax.tick_params(labelsize=FONT, length=0, colors=colour("text"))
    for axis, text in (("x", below), ("y", beside)):
        getattr(ax, f"set_{axis}label")(text, size=FONT - 1, color=colour("muted"))
    for n in range(1, classes):
        ax.axhline(n - 0.5, color=PAPER, linewidth=0.8)
        ax.axvline(n - 0.5, color=PAPER, linewidth=0.8)
    ax.spines[:].set_visible(False)
    return fig
