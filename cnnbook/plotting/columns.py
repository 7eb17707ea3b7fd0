"""Figures of columns: a kernel and its row, two layouts, what it all costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from cnnbook.plotting.paper import DPI, FONT, PAPER, panels, pixels_wide, set_title
from cnnbook.tokens import colour

__all__ = ["column_layouts", "kernel_and_row", "timings"]

PLACES = ("input", "kernel", "output", "gradient", "padding", "negative")


def draw_entries(ax: Axes, array: np.ndarray, faces: np.ndarray, title: str, role: str = "input") -> None:
    """Draw whole numbers on squares of the given colours, (H, W, 3)."""
    H, W = array.shape
    ax.imshow(faces, vmin=0, vmax=1, interpolation="nearest", aspect="auto")
    size = min(FONT, 0.62 * pixels_wide(ax) / W / max(2, len(str(array.max()))))
    for (i, j), number in np.ndenumerate(array):
        dark = faces[i, j] @ (0.299, 0.587, 0.114) < 0.5
        ink = "white" if dark else "black"
        ax.text(j, i, str(number).replace("-", "−"), ha="center", va="center", size=size, color=ink)
    for count, line in ((H, ax.axhline), (W, ax.axvline)):
        for n in range(1, count):
            line(n - 0.5, color=PAPER, linewidth=0.8)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(color=colour(role), linewidth=1.2)
    set_title(ax, title, role)


def stacked(sizes: Sequence[tuple[float, float]], gap: float, above: float = 30) -> tuple[Figure, list[Axes]]:
    """Return a figure with axes of (width, height) pixels, one below the other, flush left."""
    H = sum(height + above for _, height in sizes) + gap * (len(sizes) - 1)
    fig, axes = panels(sizes)
    W = max(width for width, _ in sizes)
    fig.set_size_inches(W / DPI, H / DPI)
    top = H
    for ax, (width, height) in zip(axes, sizes, strict=True):
        top -= above + height
        ax.set_position((0, top / H, width / W, height / H))
        top -= gap
    return fig, axes


def kernel_and_row(window: np.ndarray, kernel: np.ndarray, cell: float = 44) -> Figure:
    """Draw a window and its column, a kernel and its row; each place has a colour of its own.

    Parameters
    ----------
    window, kernel : ndarray, shape (K_h, K_w), whole numbers
        Of six places at most.
    """
    K_h, K_w = kernel.shape
    hues = np.array([to_rgb(colour(role)) for role in PLACES[: kernel.size]])
    faces = (0.6 + 0.4 * hues).reshape(K_h, K_w, 3)
    shown = {
        "window": (window, faces),
        "its column": (window.reshape(-1, 1), faces.reshape(-1, 1, 3)),
        "kernel": (kernel, faces),
        "its row": (kernel.reshape(1, -1), faces.reshape(1, -1, 3)),
    }
    fig, axes = panels([(cell * a.shape[1], cell * a.shape[0]) for a, _ in shown.values()], gap=46)
    roles = ("input", "input", "kernel", "kernel")
    for ax, (title, (numbers, places)), role in zip(axes, shown.items(), roles, strict=True):
        draw_entries(ax, numbers, places, title, role)
    return fig


def column_layouts(cols: np.ndarray, cell: float = 34) -> Figure:
    """Draw the columns of two pictures, (2, Q, L), in two layouts; the second picture is darker.

    One matrix for each picture, with a gap between them; one wide matrix with the batch last.
    """
    N, Q, L = cols.shape
    shade = np.repeat(np.arange(N)[:, None, None], Q, axis=1).repeat(L, axis=2)
    blocks = {
        f"columns per picture, {(N, Q, L)}": [np.concatenate(list(a), axis=1) for a in (cols, shade)],
        f"batch last, {(Q, L * N)}": [a.transpose(1, 2, 0).reshape(Q, L * N) for a in (cols, shade)],
    }
    fig, axes = stacked([(cell * a.shape[1], cell * a.shape[0]) for a, _ in blocks.values()], gap=12)
    light = (1 - 0.22) + 0.22 * np.array(to_rgb(colour("input")))
    palette = np.array([light, to_rgb(colour("input"))])
    for ax, (title, (numbers, which)) in zip(axes, blocks.items(), strict=True):
        draw_entries(ax, numbers, palette[which], "")
        ax.set_title(title, fontsize=FONT, color=colour("text"), pad=4, loc="left")
    axes[0].spines[:].set_visible(False)
    axes[0].axvline(L - 0.5, color=PAPER, linewidth=6)
    return fig


def curves(ax: Axes, title: str, below: str) -> None:
    """Make a place for curves: thin lines, small letters, no frame."""
    ax.grid(color=colour("line"), linewidth=0.5)
    ax.set_axisbelow(True)
    ax.tick_params(labelsize=FONT - 1, length=0, colors=colour("muted"), which="both")
    ax.spines[:].set_visible(False)
    ax.set_facecolor(PAPER)
    ax.set_xlabel(below, size=FONT - 1, color=colour("muted"), labelpad=2)
    set_title(ax, title)


def framed(size: tuple[float, float], left: float, below: float) -> tuple[Figure, Axes]:
    """Return a figure with room for labels to the left of its one place, and below it."""
    fig, (ax,) = panels([size])
    W, H = size[0] + left + 70, size[1] + below + 34
    fig.set_size_inches(W / DPI, H / DPI)
    ax.set_position((left / W, below / H, size[0] / W, size[1] / H))
    return fig, ax


def timings(measured: Mapping[str, Mapping[str, float]]) -> Figure:
    """Draw times in seconds as dots on a scale of powers of ten, a group of them for each layer."""
    dots = [(layer, way, time) for layer, ways in measured.items() for way, time in ways.items()]
    height = 27 * (len(dots) + 1.7 * len(measured))
    fig, ax = framed((440, height), left=150, below=52)
    curves(
        ax, "time for one layer, the best of several runs", "milliseconds; each line is ten times the last"
    )
    y, labels = 0.0, []
    for layer, ways in measured.items():
        ax.text(0, y - 0.35, f" {layer}", transform=ax.get_yaxis_transform(), size=FONT, color=colour("text"))
        for way, time in ways.items():
            y += 1
            ax.plot(1e3 * time, y - 0.3, "o", color=colour("output"), markersize=6)
            ax.text(1e3 * time * 1.25, y - 0.3, f"{1e3 * time:#.3g}".rstrip("."), va="center", size=FONT - 1)
            labels.append((y - 0.3, way))
        y += 1.7
    times = [1e3 * time for *_, time in dots]
    ax.set(xscale="log", xlim=(min(times) / 3, max(times) * 6), ylim=(y - 1.1, -0.9))
    ax.set_yticks([at for at, _ in labels], labels=[way for _, way in labels])
    return fig
