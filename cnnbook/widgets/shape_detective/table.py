"""The static copy of a stack of layers: a table with the numbers that Python computed."""

from __future__ import annotations

import html
from math import log2, sqrt
from typing import Any

from cnnbook.widgets.shape_detective.text import (
    NAMES,
    bytes_text,
    details,
    dropped_text,
    jump_text,
    shape_text,
)
from cnnbook.widgets.shape_detective.words import FACTS, Layer

__all__ = ["stack_table"]


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


def cells(layer: Layer, record: dict[str, Any], largest: int, most: dict[str, int]) -> str:
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
        "receptive field": f'{shape_text(record["field"])}<span class="cnn-jump">{jump_text(record)}</span>',
        "dropped": dropped_text(record["dropped"], layer.get("padding", 0)),
    }
    empty = ' class="cnn-none"'
    return "".join(
        f'<td data-name="{name}"{empty * none(value)}><span>{value}</span></td>'
        for name, value in values.items()
    )


def none(value: str) -> bool:
    """Return whether a cell says that there is nothing."""
    return value.partition("<")[0] in ("0", "–")


def head(place: str, name: str, settings: str = "") -> str:
    """Return a row's own name."""
    return (
        f'<div class="cnn-head"><span class="cnn-place">{place}</span> '
        f'<span class="cnn-name"><b>{name}</b> <span class="cnn-details">{settings}</span></span></div>'
    )


def stack_table(
    input_shape: tuple[int, int, int], layers: list[Layer], table: list[dict[str, Any]], totals: Any
) -> str:
    """Return the table of a stack."""
    shapes = [input_shape, *(record["shape"] for record in table if record["shape"])]
    largest = max(max(shape[1:], default=1) for shape in shapes)
    costs = ("parameters", "multiply_adds")
    most = {cost: max((record[cost] or 0 for record in table), default=0) for cost in costs}
    columns = "".join(f'<th scope="col">{name}</th>' for name in FACTS["columns"])
    rows = "".join(
        f'<tr><th scope="row">{head(str(place), NAMES[layer["kind"]], details(layer))}</th>'
        f"{cells(layer, record, largest, most)}</tr>"
        for place, (layer, record) in enumerate(zip(layers, table, strict=True), 1)
    )
    C, H, W = input_shape
    first = (
        f'<tr><th scope="row">{head("0", "input")}</th>'
        f'<td data-name="output"><span>{box((C, H, W), largest)}{shape_text(input_shape)}</span></td>'
        f'<td></td><td></td><td data-name="memory"><span>{bytes_text(4 * C * H * W)}</span></td>'
        "<td></td><td></td></tr>"
    )
    end = "–" if totals.shape is None else shape_text(totals.shape)
    foot = (
        f'<tr><th scope="row">{head("", "total")}</th><td data-name="output"><span>{end}</span></td>'
        f'<td data-name="parameters"><span>{totals.parameters:,}</span></td>'
        f'<td data-name="multiply-adds"><span>{totals.multiply_adds:,}</span></td>'
        f'<td data-name="memory"><span>{bytes_text(totals.memory)}</span></td><td></td><td></td></tr>'
    )
    return (
        f'<table class="cnn-stack" aria-label="layers"><thead><tr>{columns}</tr></thead>'
        f"<tbody>{first}{rows}</tbody><tfoot>{foot}</tfoot></table>"
        f'<p class="cnn-legend">{FACTS["legend"]}</p>'
    )
