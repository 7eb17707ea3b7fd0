"""Figures of columns: three layouts, an array in memory, two matrices for one map, what it all costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

from cnnbook.plotting.draw import tints
from cnnbook.plotting.paper import DPI, FONT, PAPER, WIDTH, panels, pixels_wide, set_title
from cnnbook.tokens import colour

__all__ = ["column_layouts", "columns_of_numbers", "in_memory", "memory_factors", "timings", "two_matrices"]


def draw_entries(ax: Axes, array: np.ndarray, faces: np.ndarray, title: str, role: str = "input") -> None:
    """Draw whole numbers on squares of the given colours, (H, W, 3)."""
    H, W = array.shape
    ax.imshow(faces, vmin=0, vmax=1, interpolation="nearest", aspect="auto")
    size = min(FONT, 0.62 * pixels_wide(ax) / W / max(2, len(str(array.max()))))
    for (i, j), number in np.ndenumerate(array):
        dark = faces[i, j] @ (0.299, 0.587, 0.114) < 0.5
        ax.text(j, i, number, ha="center", va="center", size=size, color="white" if dark else "black")
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


def columns_of_numbers(cols: np.ndarray, title: str, mark: int | None = None) -> Figure:
    """Draw a matrix of columns as squares with whole numbers; zero is white, and one column is framed."""
    cell = WIDTH // cols.shape[1]
    fig, (ax,) = panels([(cell * cols.shape[1], 1.15 * cell * cols.shape[0])])
    draw_entries(ax, cols, tints(cols, "input"), title)
    if mark is not None:
        at = (mark - 0.5, -0.5)
        box = Rectangle(at, 1, len(cols), fill=False, color=colour("kernel"), linewidth=2, clip_on=False)
        ax.add_patch(box)
    return fig


def column_layouts(cols: np.ndarray, cell: float = 34) -> Figure:
    """Draw the columns of two pictures, (2, R, L), in three layouts; the second picture is darker.

    One matrix for each picture, with a window in each column; one wide matrix with the batch last;
    one matrix for each picture, with a window in each row.
    """
    N, R, L = cols.shape
    shade = np.repeat(np.arange(N)[:, None, None], R, axis=1).repeat(L, axis=2)
    per_picture = (np.concatenate(list(a), axis=1) for a in (cols, shade))
    batch_last = (a.transpose(1, 2, 0).reshape(R, L * N) for a in (cols, shade))
    rows = (np.concatenate(list(a.transpose(0, 2, 1)), axis=1) for a in (cols, shade))
    titles = (
        f"columns per picture, {(N, R, L)}: this book, PyTorch",
        f"columns, batch last, {(R, L * N)}: Hipsternet, CNN by Numpy",
        f"windows as rows, {(N, L, R)}: Convolution in depth",
    )
    blocks = [tuple(pair) for pair in (per_picture, batch_last, rows)]
    fig, axes = stacked([(cell * a.shape[1], cell * a.shape[0]) for a, _ in blocks], gap=12)
    light = (1 - 0.22) + 0.22 * np.array(to_rgb(colour("input")))
    palette = np.array([light, to_rgb(colour("input"))])
    for ax, (numbers, which), title, step in zip(axes, blocks, titles, (L, None, R), strict=True):
        draw_entries(ax, numbers, palette[which], "")
        ax.set_title(title, fontsize=FONT, color=colour("text"), pad=4, loc="left")
        if step:
            ax.axvline(step - 0.5, color=PAPER, linewidth=2.5)
    return fig


def in_memory(array: np.ndarray, top: int, left: int, kernel_size: tuple[int, int]) -> Figure:
    """Draw an array of whole numbers as a grid and as the one line it is in memory, a window marked."""
    (H, W), (K_h, K_w) = array.shape, kernel_size
    inside = np.zeros((H, W), bool)
    inside[top : top + K_h, left : left + K_w] = True
    light = (1 - 0.16) + 0.16 * np.array(to_rgb(colour("input")))
    faces = np.where(inside[..., None], to_rgb(colour("kernel")), light)
    strip = WIDTH // array.size
    fig, (grid, line) = stacked([(44 * W, 38 * H), (strip * array.size, 36)], gap=64)
    draw_entries(grid, array, faces, "as you think of it")
    draw_entries(line, array.reshape(1, -1), faces.reshape(1, -1, 3), "")
    set_title(line, "as it lies in memory", "input")
    line.title.set_visible(False)
    first = top * W + left
    hops = ((first, first + 1, "one to the right"), (first, first + W, "one row down"))
    for rise, (start, stop, words) in zip((-0.9, -0.34), hops, strict=True):
        arrow = FancyArrowPatch(
            (start, -0.55),
            (stop, -0.55),
            connectionstyle=f"arc3,rad={rise}",
            arrowstyle="-|>",
            mutation_scale=8,
            color=colour("kernel"),
            clip_on=False,
        )
        line.add_patch(arrow)
        step = array.strides[0] if stop - start == W else array.strides[1]
        at = (stop + 0.3, -1.2) if stop - start == W else (start - 0.4, -1.2)
        side = "left" if stop - start == W else "right"
        line.text(*at, f"{words}: {step} bytes", ha=side, size=FONT - 1, color=colour("kernel"))
    grid.text(W - 0.2, H / 2 - 0.5, f"shape {array.shape}\nstrides {array.strides}", va="center", size=FONT)
    return fig


def two_matrices(kernels: np.ndarray, columns: np.ndarray, titles: tuple[str, str]) -> Figure:
    """Draw the matrix made of the kernel beside the one made of the picture, in squares of one size."""
    gap = 26
    cell = (WIDTH - gap) // (kernels.shape[1] + columns.shape[1])
    sizes = [(cell * a.shape[1], cell * a.shape[0]) for a in (kernels, columns)]
    fig, axes = panels(sizes, gap)
    for ax, array, role, title in zip(axes, (kernels, columns), ("kernel", "input"), titles, strict=True):
        ax.imshow(tints(array, role, 0.9), interpolation="nearest", aspect="auto")
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set(color=colour("muted"), linewidth=0.8)
        set_title(ax, title, role)
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


def memory_factors(factors: Mapping[str, Mapping[int, float]]) -> Figure:
    """Draw how many times larger the columns are than the picture: a curve for each kernel, by stride."""
    fig, ax = framed((480, 250), left=56, below=52)
    curves(ax, "numbers in the columns, for each number of the picture", "stride")
    for (name, by_stride), role in zip(
        factors.items(), ("input", "kernel", "output", "gradient"), strict=False
    ):
        ax.plot(*zip(*by_stride.items(), strict=True), "o-", color=colour(role), markersize=4, linewidth=1.6)
        last = max(by_stride)
        beside = (last + 0.25, by_stride[last])
        ax.text(*beside, name, va="center", size=FONT, color=colour(role), clip_on=False)
    ax.set_yscale("log")
    ax.set_yticks([0.1, 1, 10, 100], labels=["0.1", "1", "10", "100"])
    ax.axhline(1, color=colour("muted"), linewidth=1.2)
    ax.set_xticks(sorted({stride for by_stride in factors.values() for stride in by_stride}))
    return fig


def timings(measured: Mapping[str, Mapping[str, float]]) -> Figure:
    """Draw times in seconds as bars on a scale of powers of ten, a group of them for each layer."""
    bars = [(layer, way, time) for layer, ways in measured.items() for way, time in ways.items()]
    height = 30 * (len(bars) + len(measured))
    fig, ax = framed((440, height), left=150, below=52)
    curves(
        ax, "time for one layer, the best of several runs", "milliseconds; each line is ten times the last"
    )
    y, labels = 0.0, []
    for layer, ways in measured.items():
        ax.text(0, y - 0.35, f" {layer}", transform=ax.get_yaxis_transform(), size=FONT, color=colour("text"))
        for way, time in ways.items():
            y += 1
            ax.barh(y - 0.3, 1e3 * time, color=colour("output"), height=0.66)
            ax.text(
                1e3 * time * 1.12, y - 0.3, f"{float(f'{1e3 * time:.3g}'):,g}", va="center", size=FONT - 1
            )
            labels.append((y - 0.3, way))
        y += 1.2
    times = [1e3 * time for *_, time in bars]
    ax.set(xscale="log", xlim=(min(times) / 3, max(times) * 4), ylim=(y - 0.8, -0.9))
    ax.set_yticks([at for at, _ in labels], labels=[way for _, way in labels])
    return fig
