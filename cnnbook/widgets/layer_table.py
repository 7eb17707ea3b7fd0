"""The static copy of a stack of layers: a table with the numbers that Python computed."""

from __future__ import annotations

import html
from math import log2, sqrt
from typing import Any

from cnnbook.widgets.layer_words import Layer

__all__ = ["NAMES", "bytes_text", "details", "stack_table"]

NAMES = {
    "conv": "convolution",
    "maxpool": "max pooling",
    "avgpool": "average pooling",
    "globalavgpool": "global average pooling",
    "relu": "ReLU",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "gaussian": "Gaussian",
    "flatten": "flatten",
    "linear": "linear",
}
COLUMNS = ("layer", "output", "parameters", "multiply-adds", "memory", "receptive field", "dropped")


def details(layer: Layer) -> str:
    """Return a layer's settings in words, the usual ones left out.

    Examples
    --------
    >>> from cnnbook.widgets.layer_words import parse
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


def box(shape: tuple[int, ...], largest: int) -> str:
    """Return the drawing of a tensor: height and width as a face, channels as depth."""
    C, H, W = (*shape, 1, 1)[:3]
    h, w = (3 + 33 * sqrt(n / largest) if n > 1 else 3 for n in (H, W))
    style = f"--h:{h:.1f};--w:{w:.1f};--d:{1.4 * log2(1 + C):.1f}"
    return f'<span class="cnn-box" aria-hidden="true" style="{style}"></span>'


def bar(role: str, value: int, most: int) -> str:
    """Return a bar for a part of the largest number."""
    style = f"--part:{value / (most or 1):.3f}"
    return f'<span class="cnn-bar cnn-{role}" aria-hidden="true" style="{style}"></span>'


def dropped_text(dropped: tuple[int, int]) -> str:
    """Return rows and columns in words."""
    words = [plural(n, what) for n, what in zip(dropped, ("row", "column"), strict=True) if n]
    return ", ".join(words) or "–"


def cells(record: dict[str, Any], largest: int, most: dict[str, int]) -> str:
    """Return the cells of one layer after its name."""
    if record["shape"] is None:
        problem = record["problem"]
        text = html.escape(problem) if problem else "waiting for the layer above"
        return f'<td colspan="6" class="{"cnn-problem" if problem else "cnn-waiting"}">{text}</td>'
    values = {
        "output": box(record["shape"], largest) + shape_text(record["shape"]),
        **{
            name: f"{record[key]:,}" + bar(role, record[key], most[key])
            for name, key, role in (
                ("parameters", "parameters", "kernel"),
                ("multiply-adds", "multiply_adds", "sum"),
            )
        },
        "memory": bytes_text(record["memory"]),
        "receptive field": shape_text(record["field"]),
        "dropped": dropped_text(record["dropped"]),
    }
    return "".join(f'<td data-name="{name}"><span>{value}</span></td>' for name, value in values.items())


def stack_table(
    input_shape: tuple[int, int, int], layers: list[Layer], table: list[dict[str, Any]], totals: Any
) -> str:
    """Return the table of a stack."""
    largest = max(
        max(record["shape"][1:], default=1) for record in [{"shape": input_shape}, *table] if record["shape"]
    )
    most = {
        key: max((record[key] or 0 for record in table), default=0) for key in ("parameters", "multiply_adds")
    }
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    rows = "".join(
        f'<tr><th scope="row"><span class="cnn-place">{place}</span> <b>{NAMES[layer["kind"]]}</b> '
        f"<span>{details(layer)}</span></th>{cells(record, largest, most)}</tr>"
        for place, (layer, record) in enumerate(zip(layers, table, strict=True), 1)
    )
    C, H, W = input_shape
    first = (
        '<tr><th scope="row"><span class="cnn-place">0</span> <b>input</b></th>'
        f'<td data-name="output"><span>{box((C, H, W), largest)}{shape_text(input_shape)}</span></td>'
        f'<td></td><td></td><td data-name="memory"><span>{bytes_text(4 * C * H * W)}</span></td>'
        "<td></td><td></td></tr>"
    )
    end = "–" if totals.shape is None else shape_text(totals.shape)
    foot = (
        f'<tr><th scope="row"><b>total</b></th><td data-name="output"><span>{end}</span></td>'
        f'<td data-name="parameters"><span>{totals.parameters:,}</span></td>'
        f'<td data-name="multiply-adds"><span>{totals.multiply_adds:,}</span></td>'
        f'<td data-name="memory"><span>{bytes_text(totals.memory)}</span></td><td></td><td></td></tr>'
    )
    return (
        f'<table class="cnn-stack" aria-label="layers"><thead><tr>{head}</tr></thead>'
        f"<tbody>{first}{rows}</tbody><tfoot>{foot}</tfoot></table>"
    )
