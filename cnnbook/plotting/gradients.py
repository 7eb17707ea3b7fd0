"""Figures of gradients: who feeds whom, how far a difference is off."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import LogLocator, NullLocator

from cnnbook.plotting.paper import FONT, NARROW, PAPER, TITLE, panels, set_title
from cnnbook.shapes import output_size
from cnnbook.tokens import colour

__all__ = ["step_errors", "who_feeds_whom"]

LINES = ("-", "--", ":")


def who_feeds_whom(n: int, kernel_size: int, stride: int, padding: int, values: Mapping) -> Figure:
    """Draw a line of pixels, the outputs that they feed, and the spread-out gradient below.

    Parameters
    ----------
    n, kernel_size, stride, padding : int
        The sizes and settings along the line; the dilation is 1.
    values : mapping
        ``"grad_out"``, an array of one number an output, and ``"grad_x"``, one a pixel.
    """
    count, k = output_size(n, kernel_size, stride, padding), kernel_size
    length = n + k - 1
    cell = min(54, NARROW / (length + 0.1))
    fig, (ax,) = panels([(NARROW, cell * 5.3)])
    ax.set(xlim=(0.95 - k, NARROW / cell + 0.95 - k), ylim=(5.2, -0.1))
    ax.axis("off")
    places = [i * stride + (k - 1) / 2 - padding for i in range(count)]  # each over the middle of its window

    def box(x: float, y: float, text: str, role: str, strength: float) -> None:
        ax.add_patch(Rectangle((x, y), 0.84, 0.8, facecolor=colour(role), alpha=strength))
        ax.add_patch(Rectangle((x, y), 0.84, 0.8, fill=False, edgecolor=colour(role), linewidth=0.8))
        ax.text(x + 0.42, y + 0.4, text.replace("-", "−"), ha="center", va="center", size=FONT)

    for i, place in enumerate(places):
        box(place, 0, f"{values['grad_out'][i]:g}", "gradient", 0.3)
        for u in range(k):
            pixel = i * stride + u - padding
            if 0 <= pixel < n:
                ax.plot(
                    (place + 0.42, pixel + 0.42),
                    (0.82, 1.98),
                    LINES[u % 3],
                    color=colour("kernel"),
                    linewidth=1.2,
                )
    for a in range(n):
        box(a, 2.0, f"{values['grad_x'][a]:g}", "input", 0.22)
    first = 1 - k  # the spread-out gradient, so that pixel a stands above the last place of its window
    spread = {i * stride + k - 1 - padding: f"{g:g}" for i, g in enumerate(values["grad_out"])}
    for place in range(length):
        held = place in spread
        box(
            first + place,
            4.3,
            spread.get(place, "0"),
            "gradient" if held else "padding",
            0.3 if held else 0.06,
        )
    ink = {"size": FONT, "color": colour("text"), "va": "center"}
    ax.text(first, 0.4, "output\ngradient", **ink)
    ax.text(first, 2.4, "input\ngradient", **ink)
    ax.text(n - 0.16, 3.6, "spread out", ha="right", **ink)
    for u in range(k):
        x = first + 2.0 * u
        ax.plot((x, x + 0.7), (3.6, 3.6), LINES[u % 3], color=colour("kernel"), linewidth=1.2)
        ax.text(x + 0.85, 3.6, f"$w_{u}$", va="center", size=FONT, color=colour("kernel"))
    return fig


def step_errors(steps: np.ndarray, errors: Mapping[str, np.ndarray]) -> Figure:
    """Draw the error of several difference quotients against the step, both on scales of powers of ten.

    Parameters
    ----------
    steps : ndarray
        The steps h.
    errors : mapping of str to ndarray
        By its name, how far each quotient is off; an error of 0 is drawn at the lower edge.
    """
    left, below, height, floor = 66, 54, 230, 1e-17
    H = height + TITLE + below
    fig, (ax,) = panels([(NARROW, height)])
    fig.set_size_inches(NARROW / fig.dpi, H / fig.dpi)
    ax.set_position((left / NARROW, below / H, (NARROW - left - 20) / NARROW, height / H))
    styles = (("negative", "o-"), ("gradient", "s-"), ("output", "^-"))
    for (name, error), (role, style) in zip(errors.items(), styles, strict=True):
        shown = np.maximum(error, floor)
        ax.plot(steps, shown, style, color=colour(role), linewidth=1.2, markersize=3.5, label=name)
    ax.set(xscale="log", yscale="log", xlim=(steps.max() * 2, steps.min() / 2), ylim=(floor / 3, 1e5))
    for axis, most in ((ax.xaxis, 6), (ax.yaxis, 9)):
        axis.set_major_locator(LogLocator(numticks=most))
        axis.set_minor_locator(NullLocator())
    ax.set_xlabel("step h, smaller to the right", size=FONT - 1, color=colour("muted"), labelpad=2)
    dress(ax)
    ax.legend(
        fontsize=FONT - 1,
        frameon=False,
        loc="upper center",
        bbox_to_anchor=(0.45, 1.03),
        labelcolor="linecolor",
    )
    set_title(ax, "how far the slope is off")
    return fig


def dress(ax) -> None:
    """Give the axes light lines and small labels."""
    ax.tick_params(labelsize=FONT - 1, length=0, pad=5, colors=colour("muted"))
    ax.grid(color=colour("line"), linewidth=0.5)
    ax.spines[:].set_visible(False)
    ax.set_facecolor(PAPER)
