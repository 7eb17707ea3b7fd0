"""What goes wrong with padding, stride, dilation and sizes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnnbook.checks.sweep.arrays import Convolution
from cnnbook.checks.sweep.slips import OutputSlip

__all__ = ["borders"]


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


def unstrided(case: Convolution) -> np.ndarray:
    """Return the output if the windows are as many as they should be, but one step apart."""
    H_out, W_out = case.forward().shape[2:]
    return case.but(stride=(1, 1)).forward()[:, :, :H_out, :W_out]


def other_side(case: Convolution, axis: int) -> np.ndarray:
    """Return the output with as many windows along an axis as the kernel's other side leaves."""
    n, k = case.x.shape[2 + axis], case.kernel[1 - axis]
    room = n + 2 * case.padding[axis] - case.dilation[axis] * (k - 1) - 1
    return case.forward().take(np.arange(room // case.stride[axis] + 1), 2 + axis)


def borders() -> Iterator[OutputSlip]:
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
    yield "the kernel's height is used for its width, in the output's size", lambda c: other_side(c, 1)
    yield "the kernel's width is used for its height, in the output's size", lambda c: other_side(c, 0)
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
