"""A map of chapters, and of what each needs from the ones before."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from cnnbook.plotting.paper import FONT, WIDTH, panels
from cnnbook.tokens import colour

__all__ = ["needs_map"]

BOX = (0.9, 0.58)  # of a column and of a row
ROW = 72  # pixels
LETTERS = 18  # of a line in a box
ROLES = ("input", "gradient", "output", "kernel")


def needs_map(
    places: Mapping[str, tuple[float, float]], needs: Mapping[str, Sequence[str]], parts: Sequence[int]
) -> Figure:
    """Draw a box for each chapter, and an arrow from each one to those that need it.

    Parameters
    ----------
    places : mapping of str to (float, float)
        For each chapter's name the column and the row of its box. The chapters are numbered from 1.
    needs : mapping of str to sequence of str
        For a chapter's name those that it needs.
    parts : sequence of int
        How many chapters each part of the book has; a part has one colour.

    Raises
    ------
    ValueError
        If the parts have another number of chapters than there are places, or a chapter needs one that has
        none.
    """
    if sum(parts) != len(places):
        raise ValueError(f"the parts have {sum(parts)} chapters, but {len(places)} have a place")
    named = {*needs}.union(*needs.values())
    if lost := sorted(named - {*places}):
        raise ValueError(f"no place is given for {', '.join(map(repr, lost))}")
    columns, rows = (1 + max(place[axis] for place in places.values()) for axis in (0, 1))
    fig, (ax,) = panels([(WIDTH, rows * ROW)])
    fig.set_size_inches(WIDTH / fig.dpi, rows * ROW / fig.dpi)
    ax.set_position((0, 0, 1, 1))
    ax.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5))
    ax.axis("off")
    width, height = BOX
    for name, sources in needs.items():
        x, y = places[name]
        for source in sources:
            start = (places[source][0], places[source][1] + height / 2)
            arrow = {
                "arrowstyle": "-|>",
                "color": colour("muted"),
                "linewidth": 0.8,
                "shrinkA": 0,
                "shrinkB": 1,
            }
            ax.annotate("", (x, y - height / 2), start, arrowprops=arrow)
    roles = [role for role, count in zip(ROLES, parts, strict=False) for _ in range(count)]
    for number, ((name, (x, y)), role) in enumerate(zip(places.items(), roles, strict=True), 1):
        corner = (x - width / 2, y - height / 2)
        style = {
            "boxstyle": "round,pad=0,rounding_size=0.06",
            "facecolor": "white",
            "edgecolor": colour(role),
        }
        ax.add_patch(FancyBboxPatch(corner, width, height, linewidth=1.2, zorder=2, **style))
        text = textwrap.fill(f"{number}  {name}", LETTERS)
        ax.text(x, y, text, ha="center", va="center", size=FONT - 2, color=colour("text"), linespacing=1.05)
    return fig
