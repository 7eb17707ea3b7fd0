"""The static copy of a BackpropExplorer: its tables, as they stand on a page without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnbook.im2col import col2im, im2col
from cnnbook.widgets.html import figure

if TYPE_CHECKING:
    from cnnbook.widgets.backprop_explorer import BackpropExplorer

__all__ = ["static_copy"]


def static_copy(explorer: BackpropExplorer) -> str:
    """Return the numbers above and their gradients below, in the places of the live view."""
    padding = explorer.padding
    size = tuple(n + 2 * padding for n in explorer.image.shape)
    windows = (explorer.kernel.shape, explorer.stride, 0, explorer.dilation)
    dropped = col2im(im2col(np.ones((1, 1, *size), int), *windows), size, *windows)[0, 0] == 0
    blank = np.full(size, "")
    above = {
        "input": figure("input", "input", explorer.image, padding, dropped=dropped),
        "kernel": figure("kernel", "kernel", explorer.kernel),
        "output": figure("output", "output", explorer.output),
    }
    if explorer.target is not None:
        above["target"] = figure("target", "output", explorer.target)
    below = {
        "input-gradient": figure(
            "input gradient", "gradient", explorer.grad_x, padding, dropped=dropped, padded=blank
        ),
        "kernel-gradient": figure("kernel gradient", "gradient", explorer.grad_weight),
        "output-gradient": figure("output gradient", "gradient", explorer.grad_out),
    }
    spread = ""
    if explorer.way == "convolution":
        spread = (
            figure("spread-out gradient", "gradient", explorer.spread)
            + '<span class="cnn-sign" aria-hidden="true">⋆</span>'
            + figure("turned kernel", "kernel", explorer.kernel[::-1, ::-1])
        )
    six = "".join(f'<div class="cnn-{area}-area">{part}</div>' for area, part in (above | below).items())
    beside = f'<div class="cnn-convolution-area">{spread}</div>' if spread else ""
    loss = "" if explorer.loss is None else f" The loss is {explorer.loss:.4g}."
    return (
        f'<div class="cnn-backprop-room"><div class="cnn-backprop">'
        f'<div class="cnn-backprop-six">{six}</div>{beside}</div></div>'
        f'<p class="cnn-words">Stride {explorer.stride}, padding {padding}, dilation {explorer.dilation}: '
        f"the numbers above, and below them the gradient of each.{loss}</p>"
    )
