"""Figures of speed and of its price: a roofline, threads, a race, and errors on powers of ten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, LogLocator, NullLocator

from cnnbook.plotting.gradients import dress
from cnnbook.plotting.paper import DPI, FONT, TITLE, WIDTH, panels, set_title
from cnnbook.tokens import colour

__all__ = ["error_curves", "race"]

STYLES = (
    ("negative", "o-"),
    ("output", "s-"),
    ("input", "^-"),
    ("kernel", "D--"),
    ("gradient", "v-"),
    ("text", "x:"),
)
Curves = Mapping[str, Mapping[float, float]]


def lines(ax: Axes, curves: Curves, below: str, ticks: Sequence[float] | None = None) -> None:
    """Draw curves through points, by their names, with a scale that has its numbers where points are."""
    for (name, points), (role, style) in zip(curves.items(), STYLES, strict=False):
        at, values = list(points), list(points.values())
        ax.plot(at, values, style, color=colour(role), linewidth=1.2, markersize=4, label=name)
    dress(ax)
    ax.set_xlabel(below, size=FONT - 1, color=colour("muted"), labelpad=2)
    ax.xaxis.set_minor_locator(NullLocator())
    if ticks is not None:
        ax.xaxis.set_major_locator(FixedLocator(ticks))
        ax.set_xticklabels([f"{tick:g}" for tick in ticks])


def powers_of_ten(ax: Axes) -> None:
    """Give the axes a scale of powers of ten upwards."""
    ax.set_yscale("log")
    ax.yaxis.set_major_locator(LogLocator(numticks=12))
    ax.yaxis.set_minor_locator(NullLocator())


def placed(fig: Figure, axes: Sequence[Axes], boxes: Sequence[tuple], H: float) -> None:
    """Put axes where boxes of pixels say: left, top, width and height, from the upper left corner."""
    fig.set_size_inches(WIDTH / DPI, H / DPI)
    for ax, (left, top, width, height) in zip(axes, boxes, strict=True):
        ax.set_position((left / WIDTH, 1 - (top + height) / H, width / WIDTH, height / H))


def error_curves(panes: Mapping[str, tuple[str, Curves]]) -> Figure:
    """Draw errors on a scale of powers of ten that the panes share.

    Parameters
    ----------
    panes : mapping of str to (str, mapping of str to mapping of float to float)
        By title: what stands below, and the curves by their names, each an error for each number.
    """
    left, gap, height = 62, 34, 144
    width = (WIDTH - left - gap * (len(panes) - 1) - 8) / len(panes)
    fig, axes = panels([(width, height)] * len(panes))
    boxes = [(left + number * (width + gap), TITLE, width, height) for number in range(len(panes))]
    placed(fig, axes, boxes, TITLE + height + 52)
    errors = [e for _, curves in panes.values() for points in curves.values() for e in points.values()]
    for number, (ax, (title, (below, curves))) in enumerate(zip(axes, panes.items(), strict=True)):
        ticks = list(next(iter(curves.values())))
        lines(ax, curves, below, ticks)
        if ticks[-1] > 8 * ticks[0]:
            ax.set_xscale("log", base=2)
            lines(ax, {}, below, ticks)
        powers_of_ten(ax)
        ax.set_ylim(min(errors) / 3, 30 * max(errors))
        ax.tick_params(labelleft=not number)
        ax.legend(fontsize=FONT - 1, frameon=False, loc="upper left", labelcolor="linecolor")
        set_title(ax, title)
    return fig


def race(
    roof: tuple[float, float],
    dots: Mapping[str, tuple[float, float]],
    threads: Curves,
    races: Mapping[str, Curves],
    crossings: Mapping[str, float],
) -> Figure:
    """Draw three panels: a roofline with dots, what threads gain, and a race along several sizes.

    Parameters
    ----------
    roof : pair of float
        Operations a second at most, and bytes a second at most.
    dots : mapping of str to pair of float
        By name: operations for each byte, and operations a second.
    threads : mapping of str to mapping of float to float
        How many times as fast, for each number of threads.
    races : mapping of str to mapping of str to mapping of float to float
        By what changes: the curves by their names, with seconds for each size.
    crossings : mapping of str to float
        Sizes of the first race to mark, by what found them.
    """
    fig, (top, beside, *below) = panels([(100, 100)] * (2 + len(races)))
    each = (WIDTH - 62 - 22 * (len(races) - 1) - 8) / len(races)
    boxes = [(62, TITLE, 320, 160), (432, TITLE, WIDTH - 440, 160)]
    boxes += [(62 + n * (each + 22), 278, each, 180) for n in range(len(races))]
    placed(fig, [top, beside, *below], boxes, 570)
    roofline(top, roof, dots)
    lines(beside, threads, "threads", sorted({n for points in threads.values() for n in points}))
    beside.set_ylim(0, 3.3 * max(max(points.values()) for points in threads.values()))
    beside.legend(fontsize=FONT - 1, frameon=False, loc="upper left", labelcolor="linecolor")
    set_title(beside, "times as fast")
    seconds = [s for curves in races.values() for points in curves.values() for s in points.values()]
    for number, (ax, (title, curves)) in enumerate(zip(below, races.items(), strict=True)):
        ticks = sorted({n for points in curves.values() for n in points})
        ax.set_xscale("log", base=2)
        lines(ax, {name: {n: 1e3 * s for n, s in points.items()} for name, points in curves.items()}, title)
        lines(ax, {}, title, ticks[:: -(-len(ticks) // 5)])
        powers_of_ten(ax)
        ax.set_ylim(1e3 * min(seconds) / 2, 1e3 * max(seconds) * 2)
        ax.tick_params(labelleft=not number)
        set_title(ax, f"by {title}")
    for (name, place), style in zip(crossings.items(), ("--", ":"), strict=False):
        found = f"{name}: {place:g}" if np.isfinite(place) else f"{name}: nowhere"
        below[0].axvline(place, color=colour("muted"), linewidth=1.1, linestyle=style, label=found)
    handles, labels = below[0].get_legend_handles_labels()
    fig.legend(
        handles, labels, loc="lower center", ncols=4, fontsize=FONT - 1, frameon=False, labelcolor="linecolor"
    )
    below[0].set_ylabel("milliseconds", size=FONT - 1, color=colour("muted"), labelpad=2)
    return fig


def roofline(ax: Axes, roof: tuple[float, float], dots: Mapping[str, tuple[float, float]]) -> None:
    """Draw what memory and arithmetic allow, and dots for what was reached."""
    most, traffic = roof
    at = np.geomspace(0.5 * min(x for x, _ in dots.values()), 60 * max(x for x, _ in dots.values()), 200)
    ax.plot(at, np.minimum(most, traffic * at) / 1e9, color=colour("muted"), linewidth=1.4)
    beside = iter([(0, 9), (7, -3)])  # a name at the roof stands above it or below it
    for (name, (x, rate)), (role, style) in zip(dots.items(), STYLES, strict=False):
        offset = next(beside, (6, -1)) if 2 * rate > most else (6, -1)
        ax.plot(x, rate / 1e9, style[0], color=colour(role), markersize=6)
        ax.annotate(
            name,
            (x, rate / 1e9),
            offset,
            textcoords="offset points",
            size=FONT - 1,
            va="center",
            ha="left" if offset[0] else "center",
            color=colour(role),
        )
    ax.set(xscale="log")
    powers_of_ten(ax)
    ax.set_ylim(top=4e-9 * max(most, *(rate for _, rate in dots.values())))
    dress(ax)
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xlabel("operations for each byte", size=FONT - 1, color=colour("muted"), labelpad=2)
    ax.set_ylabel("billion operations / s", size=FONT - 1, color=colour("muted"), labelpad=2)
    set_title(ax, "the roofline of this machine")
