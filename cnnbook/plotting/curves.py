"""Figures of a number against another: curves on a scale that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from cnnbook.plotting.paper import FONT, PAPER, TITLE, WIDTH, panels, set_title
from cnnbook.tokens import colour

__all__ = ["shift_errors"]

STYLES = (("negative", "o-"), ("output", "s--"))


def shift_errors(
    panes: Mapping[str, Mapping[str, Sequence[float]]], marks: Mapping[str, float] | None = None
) -> Figure:
    """Draw errors against the shift that caused them, a pane for each stride.

    Parameters
    ----------
    panes : mapping of str to mapping of str to sequence of float
        For each pane's title the curves by their names, at most two, with an error for each shift
        from 0 on.
    marks : mapping of str to float, optional
        Errors to compare with, by their names: a line across each pane.
    """
    left, gap, height = 50, 34, 250
    width = (WIDTH - left - gap * (len(panes) - 1)) // len(panes)
    errors = [error for pane in panes.values() for curve in pane.values() for error in curve]
    most = max([*errors, *(marks or {}).values()])
    fig, axes = panels([(width, height)] * len(panes))
    H = height + TITLE + 60
    fig.set_size_inches(WIDTH / fig.dpi, H / fig.dpi)
    for number, (ax, (title, pane)) in enumerate(zip(axes, panes.items(), strict=True)):
        ax.set_position(((left + number * (width + gap)) / WIDTH, 60 / H, width / WIDTH, height / H))
        for (name, curve), (role, style) in zip(pane.items(), STYLES, strict=False):
            ax.plot(
                curve, style, color=colour(role), linewidth=1.4, markersize=4.5, label=name, clip_on=False
            )
        for name, error in (marks or {}).items():
            ax.axhline(error, color=colour("muted"), linewidth=0.9, linestyle=":", label="_mark")
            if not number:
                last = max(map(len, pane.values())) - 1
                ax.text(last, error + 0.02 * most, name, size=FONT - 1, color=colour("muted"), ha="right")
        ax.set(ylim=(0, 1.3 * most), xlim=(0, max(map(len, pane.values())) - 1))
        ax.set_xlabel("moved by so many pixels", size=FONT - 1, color=colour("muted"), labelpad=2)
        ax.tick_params(labelsize=FONT - 1, length=0, pad=7, colors=colour("muted"), labelleft=not number)
        ax.grid(color=colour("line"), linewidth=0.5)
        ax.spines[:].set_visible(False)
        ax.set_facecolor(PAPER)
        ax.legend(
            fontsize=FONT - 1,
            frameon=False,
            loc="upper left",
            ncols=1,
            borderaxespad=0,
            labelcolor="linecolor",
        )
        set_title(ax, title)
    return fig
