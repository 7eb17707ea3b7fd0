"""Figures of a layer with channels: where its numbers lie, who is joined to whom, what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator

from cnnbook.plotting.paper import FONT, PAPER, WIDTH, panels, set_title
from cnnbook.tokens import colour

__all__ = ["channel_links", "costs", "memory_tapes"]

CHANNELS = ("red", "green", "blue")


def memory_tapes(H: int, W: int, marked: int) -> Figure:
    """Draw a small colour picture, and the order of its numbers in memory, NCHW and NHWC.

    Parameters
    ----------
    H, W : int
        The picture's size; its pixels are numbered row by row.
    marked : int
        The pixel whose three numbers are outlined.
    """
    numbers = np.arange(3 * H * W).reshape(3, H, W)
    tapes = {
        "NCHW: one channel after the other": numbers.ravel(),
        "NHWC: one pixel after the other": numbers.transpose(1, 2, 0).ravel(),
    }
    cell = min(34, WIDTH / numbers.size)
    step = 2.5  # cells from one tape to the next
    fig, (ax,) = panels([(WIDTH, cell * (H + 0.6 + 2 * step))])
    ax.set(xlim=(-0.1, WIDTH / cell - 0.1), ylim=(H + 0.6 + 2 * step, -0.1))
    ax.axis("off")
    for pixel in range(H * W):
        at = (pixel % W, pixel // W)
        draw_entry(ax, at, str(pixel), None, outlined=pixel == marked)
    ax.text(W + 0.4, H / 2, "the pixels, numbered", va="center", size=FONT, color=colour("text"))
    for line, (words, tape) in enumerate(tapes.items()):
        y = H + 1.6 + step * line
        ax.text(0, y - 0.25, words, va="bottom", size=FONT, color=colour("text"))
        for place, number in enumerate(tape):
            channel, pixel = divmod(int(number), H * W)
            name = CHANNELS[channel]
            draw_entry(ax, (place, y), f"{name[0].upper()}{pixel}", name, outlined=pixel == marked)
    set_title(ax, f"{H} × {W} pixels, three channels, {numbers.size} numbers")
    return fig


def draw_entry(ax: Axes, at: tuple[float, float], text: str, channel: str | None, *, outlined: bool) -> None:
    """Draw one entry of an array as a square with a text, in the colour of its channel."""
    square = Rectangle(
        at,
        0.92,
        0.92,
        facecolor=colour(channel) if channel else PAPER,
        edgecolor=colour("text" if outlined else "line"),
        linewidth=2.8 if outlined else 0.8,
        zorder=2 + outlined,
    )
    ax.add_patch(square)
    ink = "white" if channel else "black"
    ax.text(at[0] + 0.46, at[1] + 0.48, text, ha="center", va="center", size=FONT - 1, color=ink, zorder=4)


def channel_links(kinds: Mapping[str, Sequence[Sequence[int]]], C_in: int) -> Figure:
    """Draw which input channels each output channel sees.

    Parameters
    ----------
    kinds : mapping of str to sequence of sequence of int
        By title: for each output channel, the input channels that it sees.
    C_in : int
        How many input channels there are.
    """
    gap = 30
    width = (WIDTH - gap * (len(kinds) - 1)) // len(kinds)
    rows = max(C_in, *(len(seen) for seen in kinds.values()))
    fig, axes = panels([(width, 40 * rows)] * len(kinds), gap)
    for ax, (title, seen) in zip(axes, kinds.items(), strict=True):
        for o, inputs in enumerate(seen):
            for c in inputs:
                ax.plot((0, 1), (c, o), color=colour("kernel"), linewidth=1.4, zorder=1)
        for x, count, role in ((0, C_in, "input"), (1, len(seen), "output")):
            ax.scatter([x] * count, range(count), s=90, color=colour(role), zorder=2)
        ax.set(xlim=(-0.15, 1.15), ylim=(rows - 0.5, -0.5))
        ax.axis("off")
        set_title(ax, title)
    return fig


def costs(layers: Sequence[str], panels_of: Mapping[str, Mapping[str, Sequence[float]]]) -> Figure:
    """Draw costs of layers on one scale of powers of ten, one dot for each way to do it.

    Parameters
    ----------
    layers : sequence of str
        A line for each.
    panels_of : mapping of str to mapping of str to sequence of float
        By title of a panel, by the name of the way: the costs, one for each layer. The first way
        is drawn as a kernel's, the second one in grey.
    """
    left, right, gap, line = 132, 22, 34, 44
    width = (WIDTH - left - right - gap) // len(panels_of)
    height = line * len(layers)
    fig, axes = panels([(width, height)] * len(panels_of), gap)
    W, H = WIDTH, height + 90
    fig.set_size_inches(W / fig.dpi, H / fig.dpi)
    every = [cost for ways in panels_of.values() for costs in ways.values() for cost in costs]
    low, high = np.floor(np.log10(min(every)) - 0.3), np.ceil(np.log10(max(every)) + 0.3)
    for number, (ax, (title, ways)) in enumerate(zip(axes, panels_of.items(), strict=True)):
        ax.set_position((((left + number * (width + gap)) / W), 46 / H, width / W, height / H))
        (few, many), names = ways.values(), list(ways)
        ax.hlines(range(len(layers)), few, many, color=colour("line"), linewidth=2)
        for costs, name, role, marker in zip((few, many), names, ("kernel", "padding"), "os", strict=True):
            ax.plot(costs, range(len(layers)), marker, color=colour(role), markersize=6, label=name)
        ax.set(xscale="log", xlim=(10**low, 10**high), ylim=(len(layers) - 0.5, -0.5))
        ax.set_xticks([10.0**n for n in range(3, int(high) + 1, 3) if n > low])
        ax.set_yticks(range(len(layers)), layers if number == 0 else [""] * len(layers))
        ax.xaxis.set_minor_locator(NullLocator())
        ax.grid(axis="x", color=colour("line"), linewidth=0.5)
        ax.tick_params(labelsize=FONT - 1, length=0, colors=colour("text"))
        ax.spines[:].set_visible(False)
        ax.set_facecolor(PAPER)
        set_title(ax, title)
    handles, names = axes[0].get_legend_handles_labels()
    fig.legend(
        handles, names, loc="lower center", ncols=2, fontsize=FONT - 1, frameon=False, borderaxespad=0.1
    )
    return fig
