"""Blocks: a convolution in parts that fit the processor's cache, each of which knows how its numbers lie."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cnnbook import tuning
from cnnbook.layout import move_back, move_first, spread
from cnnbook.threads import available
from cnnbook.windows import Windows

__all__ = ["Block", "blocks", "in_groups", "room"]

ALL = slice(None)


def in_groups(images: np.ndarray, groups: int) -> np.ndarray:
    """Return the view (N, groups, C / groups, H, W) of images (N, C, H, W)."""
    N, C, H, W = images.shape
    return images.reshape(N, groups, C // groups, H, W)


@dataclass(frozen=True)
class Block:
    """Some images of a batch, and some rows of their windows: a smaller convolution of its own.

    Images come with their channels in groups, (N, groups, C, H, W). What belongs to the windows is a
    matrix for each group, one column a window: that of each image apart, (images, groups, rows,
    windows), or all images in one, (groups, rows, windows). Which it is, and in what order the windows
    come, only the block knows: products of its matrices are right as they stand.

    Attributes
    ----------
    images, rows : slice
        Of the batch, and of the output.
    covered : slice
        The rows of the images that these windows see.
    windows : Windows
        Those of this part.
    axis : int
        Where the axis of the images goes: 0, apart; -3, side by side; -1, innermost in memory.
    """

    images: slice
    rows: slice
    covered: slice
    windows: Windows
    axis: int

    def columns(self, x: np.ndarray, piece: slice = ALL) -> np.ndarray:
        """Return the windows of the images as columns, of all channels or a piece of them."""
        x_pad = self.windows.pad(x[self.images, :, piece, self.covered], axis=self.axis)
        return self.matrix(self.windows.view(x_pad))  # (..., groups, C*K_h*K_w, windows)

    def add_back(self, x: np.ndarray, cols: np.ndarray, piece: slice = ALL) -> None:
        """Add columns to the images that they belong to: the adjoint of :meth:`columns`."""
        part = x[self.images, :, piece, self.covered]
        x_pad = self.windows.blank(part.shape[:-2], x.dtype, axis=self.axis)
        self.windows.add(x_pad, self.parts(cols, part.shape[2], *self.windows.kernel))
        part += self.windows.crop(x_pad)

    def outputs(self, y: np.ndarray) -> np.ndarray:
        """Return what an output has for these windows."""
        part = y[self.images, :, :, self.rows]
        return self.matrix(spread(part) if self.axis == -1 else part)  # (..., groups, C, windows)

    def store(self, y: np.ndarray, w: np.ndarray, cols: np.ndarray, bias: np.ndarray | None = None) -> None:
        """Write ``w @ cols + bias`` to an output: the inverse of :meth:`outputs`."""
        part = y[self.images, :, :, self.rows]
        if self.axis == 0:
            np.matmul(w, cols, out=self.matrix(part))
        else:
            part[...] = self.parts(w @ cols, y.shape[2])
        if bias is not None:
            part += bias

    def matrix(self, parts: np.ndarray) -> np.ndarray:
        """Lay out (images, groups, ..., rows, W_out) as a matrix: a view if the order allows."""
        parts = move_first(parts, self.axis)
        first, last = (2, 2) if self.axis == 0 else (1, 3)  # axes before the rows of the matrix, and after
        shape = parts.shape
        return parts.reshape(*shape[:first], math.prod(shape[first:-last]), math.prod(shape[-last:]))

    def parts(self, matrix: np.ndarray, *rows: int) -> np.ndarray:
        """Return a matrix as (images, groups, *rows, rows, W_out): :meth:`matrix` undone."""
        if self.axis == 0:
            return matrix.reshape(*matrix.shape[:2], *rows, *self.windows.out)
        shape = [len(matrix), *rows, *self.windows.out]
        shape.insert(self.axis % (len(shape) + 1), self.images.stop - self.images.start)
        return move_back(matrix.reshape(shape), self.axis)


def room() -> int:
    """Return the bytes of columns that a thread has in use at a time."""
    return tuning.COLUMN_BYTES // max(2, available())


def blocks(N: int, windows: Windows, column: int, axis: int = 0) -> Iterator[list[Block]]:
    """Cut a convolution of N images into shares of some images, and each into blocks of rows of windows.

    A block fills the :func:`room`, where ``column`` is the bytes of what belongs to one window.
    ``axis`` is that of the blocks, unless the images had better lie innermost.
    """
    H_out, W_out = windows.out
    images = max(1, room() // (column * H_out * W_out))
    if images < N:  # the same number of shares for each thread
        rounds = math.ceil(N / (images * available()))
        images = math.ceil(N / (rounds * available()))
    rows = max(1, min(H_out, room() // (column * W_out)))
    bands = [slice(first, min(first + rows, H_out)) for first in range(0, H_out, rows)]
    parts = [(band, *windows.band(band.start, band.stop)) for band in bands]
    for n in range(0, N, images):
        some = slice(n, min(n + images, N))
        together = W_out <= tuning.NARROW and some.stop - n >= tuning.TOGETHER
        yield [Block(some, *part, -1 if together else axis) for part in parts]
