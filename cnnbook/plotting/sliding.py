"""Figures of windows along one side: where they start, what they leave over, what a stack of them sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cnnbook.plotting.paper import FONT, GAP, NARROW, TITLE, WIDTH, panels, set_title
from cnnbook.receptive import receptive_field
from cnnbook.shapes import output_size, pad_amounts
from cnnbook.tokens import colour

__all__ = ["rules_with_windows", "seen_through", "windows_on_a_line"]

SIDE = 0.92  # of a square, in units of the step from one to the next
FAINT, STRONG = 0.16, 0.85
WORDS = 130  # pixels
LINE = 22  # pixels from one line of a title to the next


def square(
    ax: Axes,
    x: float,
    y: float,
    role: str,
    strength: float,
    text: str = "",
    dashed: bool = False,
    hatch: str | None = None,
) -> None:
    """Draw one entry with its upper left corner at (x, y)."""
    face = (*to_rgb(colour(role)), strength)
    edge = {"edgecolor": colour(role), "linestyle": "--", "linewidth": 0.7} if dashed else {}
    ax.add_patch(Rectangle((x, y), SIDE, SIDE, facecolor=face, hatch=hatch, **edge))
    if text:
        ink = "white" if strength > 0.5 else colour("text")
        ax.text(x + SIDE / 2, y + SIDE / 2, text, ha="center", va="center", size=FONT, color=ink)


def draw_windows(ax: Axes, setting: Sequence[int], *, words: bool = True) -> None:
    """Draw a row of pixels with its frame, hatched where no window reaches, and a row for each window."""
    n, kernel_size, stride, padding, dilation, *ceil_mode = setting
    count = output_size(*setting)
    span = dilation * (kernel_size - 1) + 1
    padded = max(n + 2 * padding, (count - 1) * stride + span) if any(ceil_mode) else n + 2 * padding
    rest = padded - (count - 1) * stride - span
    for place in range(padded):
        frame = not padding <= place < padding + n
        reached = place < padded - rest
        role = "dropped" if not reached else "padding" if frame else "input"
        text = "" if frame else str(place - padding)
        faint, hatch = frame or not reached, None if reached else "////"
        square(ax, place, 0, role, FAINT if faint else 0.9, text, dashed=faint, hatch=hatch)
    for window in range(count):
        y, first = window + 1.35, window * stride
        for place in range(padded):
            inside = 0 <= place - first < span
            tap = inside and (place - first) % dilation == 0
            square(ax, place, y, "kernel" if inside else "input", STRONG if tap else FAINT)
        if words:
            says = f"starts at {first - padding}".replace("-", "−")
            ax.text(padded + 0.3, y + SIDE / 2, says, va="center", size=FONT, color=colour("text"))
    ax.axis("off")


def windows_on_a_line(
    n: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Figure:
    """Draw a row of ``n`` pixels with its frame, every window below it, and what no window reaches.

    Parameters
    ----------
    n, kernel_size, stride, padding, dilation : int
        As in :func:`cnnbook.output_size`.
    """
    count = output_size(n, kernel_size, stride, padding, dilation)
    padded = n + 2 * padding
    cell = min(38, (WIDTH - WORDS) / padded)
    columns = padded + WORDS / cell
    fig, (ax,) = panels([(cell * columns, cell * (count + 1.4))])
    draw_windows(ax, (n, kernel_size, stride, padding, dilation))
    ax.text(padded + 0.3, SIDE / 2, "column", va="center", size=FONT, color=colour("input"))
    ax.set(xlim=(-0.05, columns), ylim=(count + 1.35, -0.05))
    return fig


def rules_with_windows(settings: Mapping[str, tuple[int, ...]]) -> Figure:
    """Draw several settings side by side, two in a row, each below its rule.

    Parameters
    ----------
    settings : mapping of str to tuple of int
        By their rules: what :func:`cnnbook.output_size` takes, the five numbers, and perhaps ``ceil_mode``.
    """
    cell = min(28, ((NARROW - GAP) // 2) / max(n + 2 * p for n, _, _, p, *_ in settings.values()))
    side, below = (NARROW - GAP) / 2, 14
    counts = [output_size(*setting) for setting in settings.values()]
    lines = [rule.count("\n") for rule in settings]
    titles = [TITLE + LINE * max(lines[at : at + 2]) for at in range(0, len(counts), 2)]
    windows = [cell * (max(counts[at : at + 2]) + 1.4) for at in range(0, len(counts), 2)]
    heights = [sum(both) for both in zip(titles, windows, strict=True)]
    fig, axes = panels([(side, cell)] * len(settings))
    H = sum(heights) + below * (len(heights) - 1)
    fig.set_size_inches(NARROW / fig.dpi, H / fig.dpi)
    for number, (ax, (rule, setting)) in enumerate(zip(axes, settings.items(), strict=True)):
        row, column = divmod(number, 2)
        height = windows[row]
        top = sum(heights[:row]) + below * row + titles[row]
        ax.set_position((column * (side + GAP) / NARROW, 1 - (top + height) / H, side / NARROW, height / H))
        draw_windows(ax, setting, words=False)
        ax.set(xlim=(-0.05, side / cell), ylim=(height / cell, -0.05))
        set_title(ax, rule)
        ax.title.set_position((0, 1))
        ax.title.set(ha="left", multialignment="left")
    return fig


def seen_through(layers: Sequence[Mapping[str, int]], n: int, place: int, names: Sequence[str]) -> Figure:
    """Draw the entries of each layer in a row, and mark those that one entry of the last layer sees.

    Each entry stands above the middle of what it sees of the picture; a dashed one is padding.

    Parameters
    ----------
    layers : sequence of dict
        As in :func:`cnnbook.receptive_field`.
    n : int
        How many pixels the picture has along this side.
    place : int
        The entry of the last layer.
    names : sequence of str
        A name for the picture and for each layer.
    """
    sizes = [n]
    for layer in layers:
        sizes.append(output_size(sizes[-1], **layer))
    first, last = place, place
    ranges = [(first, last)]
    for layer in reversed(layers):
        k, s, d = layer["kernel_size"], layer.get("stride", 1), layer.get("dilation", 1)
        before, _ = pad_amounts(layer.get("padding", 0), k, s, d)
        first, last = first * s - before, last * s - before + d * (k - 1)
        ranges.insert(0, (first, last))
    low, high = min(0, ranges[0][0]), max(n - 1, ranges[0][1])
    cell = min(46, (WIDTH - WORDS) / (high - low + 1))
    columns = high - low + 1 + WORDS / cell
    fig, (ax,) = panels([(cell * columns, cell * (1.6 * len(sizes) - 0.6))])
    tops = []
    for depth, (size, (first, last)) in enumerate(zip(sizes, ranges, strict=True)):
        field = receptive_field(layers[:depth])
        y = 1.6 * (len(sizes) - 1 - depth)
        role = "input" if not depth else "output" if depth == len(layers) else "kernel"
        for entry in range(min(0, first), max(size, last + 1)):
            x = field.start + entry * field.jump + (field.size - 1) / 2
            padded, seen = not 0 <= entry < size, first <= entry <= last
            if seen or not padded:
                fill = "padding" if padded else role
                strength = STRONG if seen and not padded else FAINT
                square(ax, x, y, fill, strength, "" if padded else str(entry), dashed=padded)
        ends = [field.start + entry * field.jump + (field.size - 1) / 2 for entry in (first, last)]
        tops.append((ends[0], ends[1] + SIDE, y))
        ax.text(high + 1.3, y + SIDE / 2, names[depth], va="center", size=FONT, color=colour(role))
    for (left, right, y), (above_left, above_right, above) in pairwise(tops):
        for x, x_above in ((left, above_left), (right, above_right)):
            ax.plot([x, x_above], [y, above + SIDE], color=colour("muted"), linewidth=0.7)
    ax.set(xlim=(low - 0.05, low - 0.05 + columns), ylim=(1.6 * len(sizes) - 0.6, -0.05))
    ax.axis("off")
    return fig
