"""Wrong convolutions, each with what to tell who wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnnbook.checks.sweep.arrays import Convolution

__all__ = ["forward_slips"]

Slip = tuple[str, Callable[[Convolution], np.ndarray]]


def padded(case: Convolution, rows: tuple[int, int], columns: tuple[int, int], **kind: str) -> np.ndarray:
    """Return the output if the pictures are padded in some way of its own."""
    x = np.pad(case.x, ((0, 0), (0, 0), rows, columns), **kind)
    return case.but(x=x, padding=(0, 0)).forward()


def larger(case: Convolution) -> np.ndarray:
    """Return the output with the size rounded up: zeros below and to the right fill the last windows."""
    (p, q), sizes = case.padding, case.x.shape[2:]
    reach = [d * (k - 1) + 1 for d, k in zip(case.dilation, case.kernel, strict=True)]
    spans = zip(sizes, case.padding, reach, case.stride, strict=True)
    more = [-(n + 2 * pad - k) % s for n, pad, k, s in spans]
    return padded(case, (p, p + more[0]), (q, q + more[1]))


def with_bias(case: Convolution, times: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Return the output with a bias that is changed."""
    return case.forward() if case.bias is None else case.but(bias=times(case.bias)).forward()


def reshaped(y: np.ndarray, order: tuple[int, ...]) -> np.ndarray:
    """Return the numbers as they lie after some transposition, in the right shape."""
    return y.transpose(order).reshape(y.shape)


def unstrided(case: Convolution) -> np.ndarray:
    """Return the output if the windows are as many as they should be, but one step apart."""
    H_out, W_out = case.forward().shape[2:]
    return case.but(stride=(1, 1)).forward()[:, :, :H_out, :W_out]


def weights() -> Iterator[Slip]:
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


def borders() -> Iterator[Slip]:
    """Yield what goes wrong with padding, stride, dilation and sizes."""
    yield "the padding is ignored", lambda c: c.but(padding=(0, 0)).forward()
    yield (
        "the padding stands on one side only, above and to the left, and the other side has none",
        lambda c: padded(c, (c.padding[0], 0), (c.padding[1], 0)),
    )
    yield (
        "the padding stands on one side only, below and to the right, and the other side has none",
        lambda c: padded(c, (0, c.padding[0]), (0, c.padding[1])),
    )
    yield (
        "all the padding stands on one side, above and to the left: half of it belongs to the other side",
        lambda c: padded(c, (2 * c.padding[0], 0), (2 * c.padding[1], 0)),
    )
    yield (
        "all the padding stands on one side, below and to the right: half of it belongs to the other side",
        lambda c: padded(c, (0, 2 * c.padding[0]), (0, 2 * c.padding[1])),
    )
    yield "only rows are padded", lambda c: c.but(padding=(c.padding[0], 0)).forward()
    yield "only columns are padded", lambda c: c.but(padding=(0, c.padding[1])).forward()
    yield "the two paddings are swapped", lambda c: c.but(padding=c.padding[::-1]).forward()
    yield (
        "the padding of the height is used for the width",
        lambda c: c.but(padding=c.padding[:1] * 2).forward(),
    )
    yield (
        "the padding of the width is used for the height",
        lambda c: c.but(padding=c.padding[1:] * 2).forward(),
    )
    yield (
        "the padding repeats the border's pixels: it should be zeros",
        lambda c: padded(c, c.padding[:1] * 2, c.padding[1:] * 2, mode="edge"),
    )
    yield (
        "the padding mirrors the picture: it should be zeros",
        lambda c: padded(c, c.padding[:1] * 2, c.padding[1:] * 2, mode="reflect"),
    )
    yield "the stride is ignored", lambda c: c.but(stride=(1, 1)).forward()
    yield "there are as many windows as there should be, but only one step apart: i * stride", unstrided
    yield "the stride of the height is used for the width", lambda c: c.but(stride=c.stride[:1] * 2).forward()
    yield "the stride of the width is used for the height", lambda c: c.but(stride=c.stride[1:] * 2).forward()
    yield "the two strides are swapped", lambda c: c.but(stride=c.stride[::-1]).forward()
    yield "the dilation is ignored", lambda c: c.but(dilation=(1, 1)).forward()
    yield (
        "the dilation counts the gaps, from 0: here 1 means none, as in PyTorch",
        lambda c: c.but(dilation=tuple(d + 1 for d in c.dilation)).forward(),
    )
    yield "the two dilations are swapped", lambda c: c.but(dilation=c.dilation[::-1]).forward()
    yield (
        "the output's size is rounded up (ceil): it should be rounded down (floor), and what the stride "
        "leaves over is dropped",
        larger,
    )
    yield "the last row is missing: there is one window more, + 1", lambda c: c.forward()[:, :, :-1]
    yield "the last column is missing: there is one window more, + 1", lambda c: c.forward()[..., :-1]
    yield (
        "the last row and the last column are missing: there is one window more each way, + 1",
        lambda c: c.forward()[:, :, :-1, :-1],
    )
    yield "height and width of the output are swapped", lambda c: c.forward().swapaxes(2, 3)
    yield (
        "height and width of the output are swapped by a reshape",
        lambda c: c.forward().reshape(*c.forward().shape[:2], *c.forward().shape[:1:-1]),
    )


def results() -> Iterator[Slip]:
    """Yield what goes wrong with the bias, the batch and the numbers."""
    yield "the bias is missing", lambda c: c.but(bias=None).forward()
    yield "the bias is subtracted", lambda c: with_bias(c, np.negative)
    yield "every filter gets the bias of the first", lambda c: with_bias(c, lambda b: np.full_like(b, b[0]))
    yield (
        "the bias is added once for each channel: once is enough",
        lambda c: with_bias(c, lambda b: b * c.weight.shape[1]),
    )
    yield (
        "the bias is added to every product: once for each window is enough",
        lambda c: with_bias(c, lambda b: b * c.weight[0].size),
    )
    yield (
        "every picture of the batch gets the result of the first",
        lambda c: np.repeat(c.forward()[:1], len(c.x), 0),
    )
    yield (
        "every picture of the batch gets the result of the last",
        lambda c: np.repeat(c.forward()[-1:], len(c.x), 0),
    )
    yield (
        "a reshape mixes pictures and filters: transpose to (N, C_out, H_out, W_out) after it, as the "
        "product's rows are filters",
        lambda c: reshaped(c.forward(), (1, 0, 2, 3)),
    )
    yield (
        "a reshape mixes filters and places: the product's columns are filters, so transpose after it",
        lambda c: reshaped(c.forward(), (0, 2, 3, 1)),
    )
    yield (
        "a reshape mixes pictures and places: transpose before it",
        lambda c: reshaped(c.forward(), (1, 2, 3, 0)),
    )
    yield (
        "numbers are cut off to whole ones: is the output an array of integers?",
        lambda c: np.trunc(c.forward()),
    )
    yield (
        "numbers run over: the sums are kept in a small integer type (uint8), so convert to float first",
        lambda c: c.forward().astype(np.int64).astype(np.uint8).astype(float),
    )
    yield "negative numbers become 0: a ReLU is another layer", lambda c: np.maximum(c.forward(), 0)
    yield "everything is 0: is what you compute ever written into the output?", lambda c: 0 * c.forward()
    yield "the sign is the other one", lambda c: -c.forward()


def forward_slips() -> list[Slip]:
    """Return every wrong forward pass that is known, with its diagnosis."""
    return [*weights(), *borders(), *results()]
