"""The static copy of a training: a curve, kernels and maps, a digit, and ten probabilities."""

from __future__ import annotations

import numpy as np

from cnnbook.layers import Sequential

__all__ = ["filters", "losses", "reading", "words"]

LIT = ' class="lit"'

BINS = 120


def curve(values: np.ndarray, top: float) -> str:
    """Return the points of a curve, means of as many steps as there is no room for, 100 wide and 40 high."""
    bins = np.array_split(values, min(BINS, len(values)))
    means = [min(part.mean() / top, 1) for part in bins]
    last = max(len(means) - 1, 1)
    return " ".join(f"{100 * k / last:.1f},{40 - 40 * mean:.2f}" for k, mean in enumerate(means))


def panel(name: str, caption: str, shown: str, kind: str = "") -> str:
    """Return a figure with its name and what it shows."""
    return (
        f'<figure class="cnn-figure{kind}"><figcaption><b>{name}</b> <span class="cnn-size">{caption}</span>'
        f"</figcaption>{shown}</figure>"
    )


def losses(ahead: str, values: np.ndarray) -> str:
    """Return the figure of the losses."""
    if len(values) == 0:
        return ""
    points = curve(values, max(2.5, float(values[0])))
    drawing = (
        '<svg viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">'
        f'<polyline class="cnn-loss-curve" points="{points}"></polyline></svg>'
    )
    caption = f"{ahead}{len(values)} steps, from {values[0]:.2f} to {values[-1]:.2f}"
    return panel("loss", caption, drawing, " cnn-chart")


def picture(name: str, values: np.ndarray, low: float, high: float) -> str:
    """Return a small grey picture of sixteen levels: for each level the squares that have it."""
    levels = np.rint(np.clip((values - low) / ((high - low) or 1), 0, 1) * 15).astype(int)
    H, W = values.shape
    paths = ""
    for level in np.unique(levels[levels > 0]).tolist():
        squares = "".join(f"M{j} {i}h1v1h-1z" for i, j in np.argwhere(levels == level).tolist())
        paths += f'<path fill="#{3 * f"{level:x}"}" d="{squares}"/>'
    ground = f'<path d="M0 0h{W}v{H}h-{W}z"/>'
    return f'<svg class="cnn-tile" viewBox="0 0 {W} {H}" role="img" aria-label="{name}">{ground}{paths}</svg>'


def filters(model: Sequential, x: np.ndarray) -> str:
    """Return the kernels of the first layer, each over what it makes of the digit."""
    kernels = model.layers[0].weight[:, 0]
    maps = model.layers[1](model.layers[0](x[None, None]))[0]
    most = float(np.abs(kernels).max())
    low, high = min(0.0, float(maps.min())), float(maps.max())
    columns = "".join(
        f"<div>{picture(f'kernel {k}', kernel, -most, most)}{picture(f'map {k}', each, low, high)}</div>"
        for k, (kernel, each) in enumerate(zip(kernels, maps, strict=True))
    )
    shown = f'<div class="cnn-filters">{columns}</div>'
    return panel("first layer", "each kernel, and what it makes of the digit", shown)


def reading(x: np.ndarray, label: int, probabilities: np.ndarray) -> str:
    """Return the digit beside the ten probabilities, in per cent."""
    heads = "".join(f'<th scope="col">{digit}</th>' for digit in range(10))
    cells = "".join(
        f'<td style="--tint:{p:.2f}"{LIT * (digit == label)}>{100 * p:.0f}</td>'
        for digit, p in enumerate(probabilities)
    )
    table = (
        '<table class="cnn-grid cnn-output" aria-label="probabilities, %" style="--columns:10;--letters:3">'
        f"<tbody><tr>{heads}</tr><tr>{cells}</tr></tbody></table>"
    )
    shown = f'<div class="cnn-train-reading">{picture("digit", x, 0, 1)}{table}</div>'
    return panel(f"{'an' if label == 8 else 'a'} {label}", "and its probabilities, in per cent", shown)


def words(steps: int, right: int, of: int) -> str:
    """Return the sentence below."""
    done = "Before the first step" if steps == 0 else f"After {steps} steps"
    return f'<p class="cnn-words">{done} the network reads {right} of {of} held-out digits right.</p>'
