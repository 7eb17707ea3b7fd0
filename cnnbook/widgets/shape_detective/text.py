"""What stands in the table of a stack: names, settings and numbers as text, the same as the page writes."""

from __future__ import annotations

from typing import Any

from cnnbook.widgets.shape_detective.words import FACTS, Layer

__all__ = ["NAMES", "bytes_text", "details", "dropped_text", "jump_text", "shape_text"]

NAMES: dict[str, str] = FACTS["names"]


def details(layer: Layer) -> str:
    """Return a layer's settings in words, the usual ones left out.

    Examples
    --------
    >>> from cnnbook.widgets.shape_detective.words import parse
    >>> details(parse("conv6k5p2"))
    '5×5, 6 channels, padding 2'
    """
    kind = layer["kind"]
    if kind == "linear":
        parts = [plural(layer["features"], "feature")]
    elif "kernel_size" in layer:
        parts = ["{0}×{0}".format(layer["kernel_size"])]
    else:
        return ""
    if kind == "conv":
        parts.append(plural(layer["channels"], "channel"))
    usual = {"stride": 1 if kind == "conv" else layer.get("kernel_size"), "padding": 0, "dilation": 1}
    parts += [f"{name} {layer[name]}" for name in usual if layer.get(name, usual[name]) != usual[name]]
    if layer.get("groups", 1) > 1:
        parts.append(f"{layer['groups']} groups")
    if layer.get("bias", 1) == 0:
        parts.append("no bias")
    return ", ".join(parts)


def plural(count: int, one: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def bytes_text(count: int) -> str:
    """Return an amount of memory, rounded to a tenth of its unit by whole numbers, as the page does."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            tenths = (10 * count + size // 2) // size
            return f"{tenths // 10:,}.{tenths % 10} {unit}"
    return f"{count} B"


def shape_text(shape: tuple[int, ...]) -> str:
    """Return a shape with its signs."""
    return " × ".join(map(str, shape))


def dropped_text(dropped: tuple[int, int], padding: int = 0) -> str:
    """Return rows and columns in words; where the floor drops no more than padding, say so.

    Examples
    --------
    >>> dropped_text((0, 2)), dropped_text((1, 1), padding=2)
    ('2 columns', '1 row, 1 column of padding')
    """
    words = [plural(n, what) for n, what in zip(dropped, ("row", "column"), strict=True) if n]
    return ", ".join(words) + (" of padding" if max(dropped) <= padding else "") if words else "–"


def jump_text(record: dict[str, Any]) -> str:
    """Return how far apart neighbours look, where there are neighbours."""
    return f"jump {record['jump']}" if len(record["shape"]) > 1 and record["jump"] > 1 else ""
