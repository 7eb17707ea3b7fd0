"""Figures of gradients: who feeds whom, how a loss falls, how far a difference is off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import LogLocator, NullLocator

from cnnbook.plotting.paper import FONT, PAPER, TITLE, WIDTH, panels, set_title
from cnnbook.shapes import output_size
from cnnbook.tokens import colour

__all__ = ["falling_loss", "step_errors", "who_feeds_whom"]

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
    cell = min(54, (WIDTH - 168) / (length + 1))
    fig, (ax,) = panels([(WIDTH, cell * 5.5)])
    ax.set(xlim=(-k, WIDTH / cell - k), ylim=(5.4, -0.1))
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
    words = {
        0.4: "output gradient",
        2.4: "input gradient",
        4.7: "spread out",
    }
    for y, text in words.items():
        ax.text(n + 0.25, y, text, va="center", size=FONT, color=colour("text"))
    for u in range(k):
        x = first + 2.0 * u
        ax.plot((x, x + 0.7), (3.6, 3.6), LINES[u % 3], color=colour("kernel"), linewidth=1.2)
        ax.text(x + 0.85, 3.6, f"$w_{u}$", va="center", size=FONT, color=colour("kernel"))
    return fig


def falling_loss(losses: Sequence[float], title: str) -> Figure:
    """Draw a loss after each step, on a scale from 0."""
    left, height = 60, 130
    fig, (ax,) = panels([(WIDTH - left, height)])
    H = height + TITLE + 50
    fig.set_size_inches(WIDTH / fig.dpi, H / fig.dpi)
    ax.set_position((left / WIDTH, 50 / H, (WIDTH - left - 20) / WIDTH, height / H))
    ax.plot(losses, color=colour("gradient"), linewidth=1.4, clip_on=False)
    ax.set(ylim=(0, 1.05 * max(losses)), xlim=(0, len(losses) - 1))
    ax.set_xlabel("steps", size=FONT - 1, color=colour("muted"), labelpad=2)
    dress(ax)
    set_title(ax, title)
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
    left, height, floor = 66, 210, 1e-17
    fig, (ax,) = panels([(WIDTH - left, height)])
    H = height + TITLE + 54
    fig.set_size_inches(WIDTH / fig.dpi, H / fig.dpi)
    ax.set_position((left / WIDTH, 54 / H, (WIDTH - left - 20) / WIDTH, height / H))
    styles = (("negative", "o-"), ("gradient", "s-"), ("output", "^-"))
    for (name, error), (role, style) in zip(errors.items(), styles, strict=True):
        shown = np.maximum(error, floor)
        ax.plot(steps, shown, style, color=colour(role), linewidth=1.2, markersize=3.5, label=name)
    ax.set(xscale="log", yscale="log", xlim=(steps.max() * 2, steps.min() / 2), ylim=(floor / 3, 10))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(LogLocator(numticks=9))
        axis.set_minor_locator(NullLocator())
    ax.set_xlabel("step h, smaller to the right", size=FONT - 1, color=colour("muted"), labelpad=2)
    dress(ax)
    ax.legend(fontsize=FONT - 1, frameon=False, loc="lower left", labelcolor="linecolor")
    set_title(ax, "how far the slope is off")
    return fig


def dress(ax) -> None:
    """Give the axes light lines and small labels."""
    ax.tick_params(labelsize=FONT - 1, length=0, pad=5, colors=colour("muted"))
    ax.grid(color=colour("line"), linewidth=0.5)
    ax.spines[:].set_visible(False)
    ax.set_facecolor(PAPER)
