"""Tiles: a picture cut into pieces that overlap, so that each gives a block of outputs by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

__all__ = ["Tiles"]


@dataclass(frozen=True)
class Tiles:
    """A grid of tiles that covers every output once.

    Attributes
    ----------
    out : tuple of int
        Rows and columns of the output at stride 1.
    step : tuple of int
        Rows and columns of outputs that one tile gives; the last tiles give fewer.
    span : tuple of int
        Rows and columns of the input that one output needs.

    Examples
    --------
    >>> tiles = Tiles(out=(1, 5), step=(1, 2), span=(1, 3))
    >>> tiles.size, tiles.grid
    ((1, 4), (1, 3))
    >>> tiles.cut(np.arange(7).reshape(1, 1, 1, 7))[0, 0, 0, :, 0]
    array([[0, 1, 2, 3],
           [2, 3, 4, 5],
           [4, 5, 6, 0]])
    """

    out: tuple[int, int]
    step: tuple[int, int]
    span: tuple[int, int]

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of one tile of the input."""
        (m_h, m_w), (r_h, r_w) = self.step, self.span
        return m_h + r_h - 1, m_w + r_w - 1

    @property
    def grid(self) -> tuple[int, int]:
        """How many tiles there are, down and across."""
        (H, W), (m_h, m_w) = self.out, self.step
        return -(-H // m_h), -(-W // m_w)

    def cut(self, x: np.ndarray) -> np.ndarray:
        """Return the tiles of images (N, C, H, W): (N, C, T_h, T_w, t_h, t_w), zeros below and beside."""
        (T_h, T_w), (m_h, m_w), (t_h, t_w) = self.grid, self.step, self.size
        H, W = (T_h - 1) * m_h + t_h, (T_w - 1) * m_w + t_w
        more = [(0, max(0, H - x.shape[2])), (0, max(0, W - x.shape[3]))]
        whole = x[:, :, :H, :W]
        if any(map(any, more)):
            whole = np.pad(whole, [(0, 0), (0, 0), *more])
        return sliding_window_view(whole, (t_h, t_w), (2, 3))[:, :, ::m_h, ::m_w]

    def join(self, y: np.ndarray) -> np.ndarray:
        """Return outputs (N, C, H, W) from those of the tiles, (N, C, T_h, T_w, m_h, m_w)."""
        (T_h, T_w), (m_h, m_w), (H, W) = self.grid, self.step, self.out
        return y.swapaxes(3, 4).reshape(*y.shape[:2], T_h * m_h, T_w * m_w)[:, :, :H, :W]

    def some(self, images: int, most: int) -> Iterator[slice]:
        """Yield slices of a batch, each of at most so many tiles, but of one image at least."""
        share = max(1, most // (self.grid[0] * self.grid[1]))
        return (slice(first, first + share) for first in range(0, images, share))
