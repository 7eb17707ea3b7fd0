"""Small pictures as channels: the trait that holds one, and the numbers of a layer on it."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnbook.data import PICTURES
from cnnbook.widgets.traits import Named

__all__ = ["SMALL", "Channels", "channel_names", "regrouped", "starting_weight"]

SIDE = 64
SMALL = {
    name: lambda load=load: load().transpose(2, 0, 1)
    for name, load in PICTURES.items()
    if max(load().shape) <= SIDE
}
"""The bundled pictures that are small enough to be looked at number by number, as channels."""

SOBEL = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
BOX = np.ones((3, 3), np.int64)


class Channels(Named):
    """A trait that holds a small picture as channels, (C, H, W).

    The name of a bundled picture stands for its pixels, and a bundled picture travels as its name.
    """

    known = SMALL
    info_text = f"an array (C, H, W), or one of the names {', '.join(SMALL)}"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ndim=3, largest=(4, SIDE, SIDE), **kwargs)


def channel_names(C: int) -> list[str]:
    """Return what the channels of a picture are called: three are red, green and blue."""
    return ["red", "green", "blue"] if C == 3 else [f"channel {c}" for c in range(C)]


def starting_weight(C_in: int, groups: int) -> np.ndarray:
    """Return three filters to begin with (or a multiple of ``groups``): (C_out, C_in / groups, 3, 3).

    What is more red than green and blue; horizontal edges in all channels; the sum of them all.
    """
    excess = np.stack([BOX * (2 if c == 0 else -1) for c in range(C_in)])
    filters = [excess, np.stack([SOBEL] * C_in), np.stack([BOX] * C_in)]
    C_out = groups * -(-3 // groups)
    return regrouped(np.stack([filters[k % 3] for k in range(C_out)]), C_in, groups)


def regrouped(weight: np.ndarray, C_in: int, groups: int) -> np.ndarray:
    """Return filters for another number of groups: a slice keeps its channel, a new one is zeros.

    Parameters
    ----------
    weight : ndarray, shape (C_out, C_in / g, K_h, K_w)
        The filters, for g groups; g is known from ``C_in``.
    C_in, groups : int
        The channels, and the number of groups wanted.

    Examples
    --------
    >>> regrouped(np.array([1, 2, 3, 4]).reshape(2, 2, 1, 1), C_in=2, groups=2).ravel()
    array([1, 4])
    >>> regrouped(np.array([1, 4]).reshape(2, 1, 1, 1), C_in=2, groups=1).ravel()
    array([1, 0, 0, 4])
    """
    C_out, seen = weight.shape[:2]
    every = np.zeros((C_out, C_in, *weight.shape[2:]), weight.dtype)
    for k in range(C_out):
        first = k * (C_in // seen) // C_out * seen
        every[k, first : first + seen] = weight[k]
    wanted = C_in // groups
    starts = [k * groups // C_out * wanted for k in range(C_out)]
    return np.stack([every[k, first : first + wanted] for k, first in enumerate(starts)])
