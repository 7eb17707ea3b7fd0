"""The static copy of an Im2colExplorer: its tables, as they stand on a page without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnbook.widgets.html import figure
from cnnbook.widgets.im2col_explorer.tables import arrange

if TYPE_CHECKING:
    from cnnbook.widgets.im2col_explorer import Im2colExplorer

__all__ = ["static_copy"]


def static_copy(explorer: Im2colExplorer) -> str:
    """Return the pictures, the columns and what becomes of them, in the places of the live view."""
    shape = explorer.x.shape
    outside = arrange(explorer.columns_of(np.ones(shape)) == 0, explorer.arrangement)
    areas = {
        "input": maps("input", "input", explorer.x, explorer.padding),
        "columns": blocks("columns", "input", explorer.cols, outside=outside),
    }
    if explorer.direction == "im2col":
        areas["filters"] = figure("filters", "kernel", explorer.filters)
        areas["products"] = blocks("products", "output", explorer.products)
        areas["output"] = maps("output", "output", explorer.output)
    else:
        areas["output"] = maps("sums", "output", explorer.output) + maps("counts", "padding", explorer.counts)
    kind = "columns"
    if explorer.arrangement == "rows":
        kind = "wide rows" if explorer.weight[0].size > 9 else "rows"
    inside = "".join(f'<div class="cnn-{area}-area">{part}</div>' for area, part in areas.items())
    return (
        f'<div class="cnn-im2col {explorer.direction}" data-kind="{kind}">{inside}</div>'
        f'<p class="cnn-words">{explorer.sentence()}</p>'
    )


def blocks(name: str, role: str, array: np.ndarray, **more: np.ndarray) -> str:
    """Return one matrix, or one for each picture, as tables."""
    if array.ndim == 2:
        return figure(name, role, array, **more)
    names = [name] if len(array) == 1 else [f"{name}[{n}]" for n in range(len(array))]
    return "".join(
        figure(of, role, array[n], **{key: value[n] for key, value in more.items()})
        for n, of in enumerate(names)
    )


def maps(name: str, role: str, array: np.ndarray, padding: int = 0) -> str:
    """Return every channel of every picture as a table."""
    single = array.shape[:2] == (1, 1)
    return "".join(
        figure(name if single else f"{name}[{n}, {c}]", role, array[n, c], padding)
        for n, c in np.ndindex(array.shape[:2])
    )
