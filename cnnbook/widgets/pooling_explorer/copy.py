"""The static copy of a PoolingExplorer: its tables, as they stand on a page without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnbook.im2col import col2im, im2col
from cnnbook.widgets.html import figure

if TYPE_CHECKING:
    from cnnbook.widgets.pooling_explorer import PoolingExplorer

__all__ = ["static_copy"]

CORNER = 8


def static_copy(explorer: PoolingExplorer) -> str:
    """Return what is pooled and what becomes of it, in the places of the live view."""
    grids = of_the_picture(explorer) if explorer.mode == "photograph" else of_the_numbers(explorer)
    inside = "".join(f'<div class="cnn-{area}-area">{part}</div>' for area, part in grids.items())
    return (
        f'<div class="cnn-pooling" data-mode="{explorer.mode}">{inside}</div>'
        f'<p class="cnn-words">{explorer.pooling.capitalize()} pooling, size {explorer.kernel_size}, '
        f"stride {explorer.stride}, padding {explorer.padding}.{last_words(explorer)}</p>"
    )


def last_words(explorer: PoolingExplorer) -> str:
    if explorer.mode != "photograph":
        return ""
    moved = "1 pixel" if explorer.shift == 1 else f"{explorer.shift} pixels"
    change = np.abs(explorer.change).mean()
    return (
        f" The upper left corners of the photograph, moved by {moved}, and of what it becomes. "
        f"The move changes the output by {change:.1f} grey levels on average."
    )


def of_the_picture(explorer: PoolingExplorer) -> dict[str, str]:
    return {
        "input": figure("input", "input", explorer.cut[:CORNER, :CORNER]),
        "output": figure("output", "output", explorer.output[:CORNER, :CORNER]),
    }


def of_the_numbers(explorer: PoolingExplorer) -> dict[str, str]:
    padding, image = explorer.padding, explorer.image
    size = tuple(n + 2 * padding for n in image.shape)
    windows = (explorer.kernel_size, explorer.stride)
    dropped = col2im(im2col(np.ones((1, 1, *size), int), *windows), size, *windows)[0, 0] == 0
    outside = np.full(size, "−∞" if explorer.pooling == "max" else "0")
    grids = {
        "input": figure("input", "input", image, padding, dropped=dropped, padded=outside),
        "output": figure("output", "output", explorer.output),
    }
    if explorer.pooling == "max":
        grids["winners"] = figure("winners", "padding", explorer.winners, tints=np.zeros(explorer.out))
    if explorer.mode == "backward":
        blank = np.full(size, "")
        grids |= {
            "input-gradient": figure(
                "input gradient", "gradient", explorer.grad_x, padding, dropped=dropped, padded=blank
            ),
            "output-gradient": figure("output gradient", "gradient", explorer.grad_out),
        }
    return grids
