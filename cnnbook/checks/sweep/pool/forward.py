"""Wrong poolings, each with what to tell who wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnnbook.checks.sweep.pool.case import Pooling

__all__ = ["forward_slips"]

Slip = tuple[str, Callable[[Pooling], np.ndarray]]


def padded(case: Pooling, rows: tuple[int, int], columns: tuple[int, int], **kind: object) -> np.ndarray:
    """Return the output if the pictures are padded in some way of its own."""
    if not case.largest:
        kind = kind or {"constant_values": 0}
    x = np.pad(case.x, ((0, 0), (0, 0), rows, columns), **(kind or {"constant_values": -np.inf}))
    return case.but(x=x, padding=(0, 0), stride=case.step).forward()


def both(case: Pooling, **kind: object) -> np.ndarray:
    """Return the output if the padding holds something of its own."""
    (p, q) = case.padding
    return padded(case, (p, p), (q, q), **kind)


def one_more(
    y: np.ndarray, sizes: tuple[int, int], kernel: tuple[int, int], step: tuple[int, int]
) -> np.ndarray:
    """Return the output if its size is (n - k + 1) // s + 1, and what no window fills is 0."""
    more = [(n - k + 1) // s - (n - k) // s for n, k, s in zip(sizes, kernel, step, strict=True)]
    return np.pad(y, ((0, 0), (0, 0), (0, more[0]), (0, more[1])))


def summed(case: Pooling) -> np.ndarray:
    """Return the sum of each window."""
    return case.but(largest=False, count_include_pad=True, ceil_mode=False).forward() * np.prod(
        case.kernel_size
    )


def of_maximum() -> Iterator[Slip]:
    """Yield what goes wrong with a maximum."""
    yield (
        "the padding is zeros, which win against negative numbers: pad with minus infinity",
        lambda c: both(c, constant_values=0),
    )
    yield (
        "the search for the largest number begins at 0, which wins against negative ones: begin at minus "
        "infinity",
        lambda c: np.maximum(c.forward(), 0),
    )
    yield (
        "the largest number is looked for in all channels: every channel has its own",
        lambda c: np.repeat(c.forward().max(1, keepdims=True), c.x.shape[1], 1),
    )
    yield "the smallest number is taken", lambda c: -c.but(x=-c.x).forward()
    yield (
        "the number that is farthest from 0 is taken: the largest may be negative",
        lambda c: c.but(x=np.abs(c.x)).forward(),
    )
    yield "the mean is taken: it should be the largest number", lambda c: c.but(largest=False).forward()


def of_mean() -> Iterator[Slip]:
    """Yield what goes wrong with a mean."""
    yield (
        "the mean leaves the padding's zeros out: here they count, as in PyTorch "
        '(if yours is meant so: fixed={"count_include_pad": False})',
        lambda c: c.but(count_include_pad=False).forward(),
    )
    yield (
        "the padding's zeros count for the mean: only the numbers of the picture should",
        lambda c: c.but(count_include_pad=True).forward(),
    )
    yield "the padding repeats the border's pixels: it should be zeros", lambda c: both(c, mode="edge")
    yield (
        "the mean is taken over all channels: every channel has its own",
        lambda c: np.repeat(c.forward().mean(1, keepdims=True), c.x.shape[1], 1),
    )
    yield "the largest number is taken: it should be the mean", lambda c: c.but(largest=True).forward()
    yield "the numbers are summed: divide by how many there are", summed
    yield (
        "the mean is divided by the kernel's height twice: divide by height times width",
        lambda c: summed(c) / c.kernel_size[0] ** 2,
    )
    yield (
        "the mean is divided by the stride's area: divide by the kernel's",
        lambda c: summed(c) / np.prod(c.step),
    )


def steps() -> Iterator[Slip]:
    """Yield what goes wrong with kernel, stride and size."""
    yield (
        "the stride is 1 where it is not given: then it is the kernel's size, windows side by side",
        lambda c: c.but(stride=c.stride or (1, 1)).forward(),
    )
    yield (
        "the stride is 2 where it is not given: then it is the kernel's size, windows side by side",
        lambda c: c.but(stride=c.stride or (2, 2)).forward(),
    )
    yield "the stride is ignored: it is always 1", lambda c: c.but(stride=(1, 1)).forward()
    yield (
        "the stride is ignored: the windows always stand side by side",
        lambda c: c.but(stride=c.kernel_size).forward(),
    )
    yield (
        "the stride is forgotten: the windows are as many as they should be, but only one step apart",
        lambda c: c.but(stride=(1, 1)).forward()[:, :, : c.windows.out[0], : c.windows.out[1]],
    )
    yield "the two strides are swapped", lambda c: c.but(stride=c.step[::-1]).forward()
    yield "the stride of the height is used for the width", lambda c: c.but(stride=c.step[:1] * 2).forward()
    yield (
        "the kernel's height and width are swapped",
        lambda c: c.but(kernel_size=c.kernel_size[::-1], stride=c.step).forward(),
    )
    yield (
        "the kernel's height is used for its width",
        lambda c: c.but(kernel_size=c.kernel_size[:1] * 2, stride=c.step).forward(),
    )
    yield (
        "the output's size is rounded up (ceil): it should be rounded down (floor), and what the "
        'stride leaves over is dropped (if yours is meant so: fixed={"ceil_mode": True})',
        lambda c: c.but(ceil_mode=True).forward(),
    )
    yield (
        "the output's size is rounded down (floor): here it should be rounded up (ceil)",
        lambda c: c.but(ceil_mode=False).forward(),
    )
    yield (
        "the last row and the last column are missing: there is one window more each way, + 1",
        lambda c: c.forward()[:, :, :-1, :-1],
    )
    yield (
        "its size is counted with one too many, and what no window fills stays 0: it is (n - k) // s + 1",
        lambda c: one_more(c.forward(), c.x.shape[2:], c.kernel_size, c.step),
    )
    yield "height and width of the output are swapped", lambda c: c.forward().swapaxes(2, 3)


def results() -> Iterator[Slip]:
    """Yield what goes wrong with the border, the channels, the batch and the numbers."""
    yield "the padding is ignored", lambda c: c.but(padding=(0, 0)).forward()
    yield "the two paddings are swapped", lambda c: c.but(padding=c.padding[::-1]).forward()
    yield (
        "all the padding stands on one side, below and to the right: half of it belongs to the other side",
        lambda c: padded(c, (0, 2 * c.padding[0]), (0, 2 * c.padding[1])),
    )
    yield (
        "only the first channel is pooled",
        lambda c: np.repeat(c.forward()[:, :1], c.x.shape[1], 1),
    )
    yield (
        "every picture of the batch gets the result of the first",
        lambda c: np.repeat(c.forward()[:1], len(c.x), 0),
    )
    yield (
        "numbers are cut off to whole ones: is the output an array of integers?",
        lambda c: np.trunc(c.forward()),
    )
    yield "everything is 0: is what you compute ever written into the output?", lambda c: 0 * c.forward()


def forward_slips(largest: bool) -> list[Slip]:
    """Return every wrong pooling that is known, with its diagnosis."""
    return [*(of_maximum() if largest else of_mean()), *steps(), *results()]
