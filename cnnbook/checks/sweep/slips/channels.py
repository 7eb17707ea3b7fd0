"""What goes wrong with the kernels and the channels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnnbook.checks.sweep.slips import OutputSlip

__all__ = ["weights"]


def weights() -> Iterator[OutputSlip]:
    """Yield what goes wrong with the kernels and the channels."""
    yield (
        "the kernel is flipped, up and down and left and right: that is a true convolution; deep learning's "
        "layer does not flip (cross-correlation)",
        lambda c: c.but(weight=c.weight[:, :, ::-1, ::-1]).forward(),
    )
    yield "the kernel is flipped up and down", lambda c: c.but(weight=c.weight[:, :, ::-1]).forward()
    yield "the kernel is flipped left and right", lambda c: c.but(weight=c.weight[:, :, :, ::-1]).forward()
    yield (
        "the kernel's rows and columns are swapped",
        lambda c: c.but(weight=c.weight.swapaxes(2, 3)).forward(),
    )
    yield (
        "only the first channel is used: sum over all channels",
        lambda c: c.but(x=c.x[:, :1], weight=c.weight[:, :1]).forward() if c.groups == 1 else c.forward(),
    )
    yield (
        "only the last channel is used: sum over all channels, with +=",
        lambda c: c.but(x=c.x[:, -1:], weight=c.weight[:, -1:]).forward() if c.groups == 1 else c.forward(),
    )
    yield (
        "the channels are averaged: they have to be summed",
        lambda c: c.but(weight=c.weight / c.weight.shape[1]).forward(),
    )
    yield (
        "every filter has the numbers of the first",
        lambda c: c.but(weight=np.repeat(c.weight[:1], len(c.weight), 0)).forward(),
    )
    yield (
        "the products are averaged over the kernel: they have to be summed",
        lambda c: c.but(weight=c.weight / np.prod(c.kernel)).forward(),
    )
    yield (
        "groups take every so-many-th channel: a group's channels stand side by side",
        lambda c: c.but(x=interleaved(c.x, c.groups)).forward(),
    )
    yield (
        "every group sees the channels of the first",
        lambda c: c.but(x=np.tile(c.x[:, : c.weight.shape[1]], (1, c.groups, 1, 1))).forward(),
    )


def interleaved(x: np.ndarray, groups: int) -> np.ndarray:
    """Return channels as they are if a group takes every so-many-th."""
    N, C, H, W = x.shape
    return x.reshape(N, C // groups, groups, H, W).swapaxes(1, 2).reshape(x.shape)
