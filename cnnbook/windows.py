"""Windows: where a kernel lies as it slides over an image, worked out once for every layer that slides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.lib.stride_tricks import as_strided

from cnnbook.layout import move_back, spread
from cnnbook.shapes import Padding, Pair, as_pair, check_size, output_size, pad_amounts

__all__ = ["Windows"]


@dataclass(frozen=True)
class Windows:
    """All the windows of one kernel on one image: every setting a (height, width) pair.

    Attributes
    ----------
    image, kernel, stride, dilation : tuple of int
        The settings as they were given; but a step that is never taken, as there is one window or one
        entry only, is no longer than the padded image.
    before, after : tuple of int
        Entries that the padding adds at the top and left, at the bottom and right. With ``ceil_mode``
        the last window may reach further, and ``after`` with it.
    out : tuple of int
        How many windows there are down and across, at least 1.

    Examples
    --------
    >>> windows = Windows.of((4, 5), kernel_size=2, stride=(2, 1))
    >>> windows.out
    (2, 4)
    >>> windows.view(np.arange(20).reshape(1, 1, 4, 5))[0, 0, :, :, 1, 3]  # row 1, column 3
    array([[13, 14],
           [18, 19]])
    """

    image: tuple[int, int]
    kernel: tuple[int, int]
    stride: tuple[int, int]
    dilation: tuple[int, int]
    before: tuple[int, int]
    after: tuple[int, int]
    out: tuple[int, int]

    @classmethod
    def of(
        cls,
        image: tuple[int, int],
        kernel_size: Pair,
        stride: Pair = 1,
        padding: Padding = 0,
        dilation: Pair = 1,
        ceil_mode: bool = False,
    ) -> Windows:
        """Check the settings, as :func:`cnnbook.output_size` does, and find the windows."""
        kernel = as_pair(kernel_size, "kernel_size", 1)
        stride = as_pair(stride, "stride", 1)
        dilation = as_pair(dilation, "dilation", 1)
        paddings = (padding, padding) if isinstance(padding, str) else as_pair(padding, "padding", 0)
        return cls._of(tuple(image), kernel, stride, dilation, paddings, bool(ceil_mode))

    @classmethod
    @lru_cache(maxsize=1024)  # a network asks for the same ones at every step
    def _of(
        cls, image: tuple, kernel: tuple, stride: tuple, dilation: tuple, paddings: tuple, ceil_mode: bool
    ) -> Windows:
        pads = [pad_amounts(*setting) for setting in zip(paddings, kernel, stride, dilation, strict=True)]
        before, after = zip(*pads, strict=True)
        try:
            settings = zip(image, kernel, stride, paddings, dilation, strict=True)
            H_out, W_out = (output_size(*setting, ceil_mode) for setting in settings)
        except ValueError as error:
            raise ValueError(f"{error} (image {image}, kernel {kernel})") from None
        if ceil_mode:
            spans = ((k - 1) * d + 1 for k, d in zip(kernel, dilation, strict=True))
            ends = ((n - 1) * s + span for n, s, span in zip((H_out, W_out), stride, spans, strict=True))
            after = tuple(
                max(a, end - b - n) for a, end, b, n in zip(after, ends, before, image, strict=True)
            )
        padded = tuple(map(sum, zip(image, before, after, strict=True)))
        check_size("a padded image", *padded)
        stride = tuple(map(min, stride, padded))
        dilation = tuple(1 if k == 1 else d for k, d in zip(kernel, dilation, strict=True))
        return cls(image, kernel, stride, dilation, before, after, (H_out, W_out))

    @cached_property
    def span(self) -> tuple[int, int]:
        """Rows and columns from a window's first entry to its last."""
        (K_h, K_w), (d_h, d_w) = self.kernel, self.dilation
        return d_h * (K_h - 1) + 1, d_w * (K_w - 1) + 1

    @cached_property
    def reversed(self) -> Windows | None:
        """Return the windows on the output that bring it back to the image, if there are such.

        At stride 1 an entry of the image lies in as many windows as the kernel has entries, and they lie
        side by side: a window of the same form on the output, padded by what the kernel reaches beyond
        its first entry, less the padding.
        """
        reach = [n - 1 for n in self.span]
        before, after = ((reach[0] - p_h, reach[1] - p_w) for p_h, p_w in (self.before, self.after))
        if self.stride != (1, 1) or min(before + after) < 0:
            return None
        return replace(self, image=self.out, before=before, after=after, out=self.image)

    def pad(self, x: np.ndarray, value: float = 0, axis: int = 0) -> np.ndarray:
        """Return a padded copy of images (N, ..., H, W), or ``x`` itself if there is nothing to change.

        ``axis`` says where in memory the images' own axis lies; with -1 the numbers of one place in all
        images lie side by side. The shape is (N, ..., H, W) all the same.
        """
        if not any(self.before + self.after) and axis != -1:
            return x
        x_pad = self.blank(x.shape[:-2], x.dtype, value, axis)
        self.crop(x_pad)[...] = spread(x) if axis == -1 else x
        return x_pad

    def blank(self, batch: tuple[int, ...], dtype: np.dtype, value: float = 0, axis: int = 0) -> np.ndarray:
        """Return new padded images (*batch, H, W), filled with one value; ``axis`` as in :meth:`pad`."""
        (top, left), (bottom, right), (H, W) = self.before, self.after, self.image
        shape = [*batch[1:], top + H + bottom, left + W + right]
        shape.insert(axis % (len(shape) + 1), batch[0])
        x_pad = np.full(shape, value, dtype) if value else np.zeros(shape, dtype)
        return move_back(x_pad, axis)

    def crop(self, x_pad: np.ndarray) -> np.ndarray:
        """Return the view of padded images (..., H, W) that leaves the padding out."""
        (top, left), (H, W) = self.before, self.image
        return x_pad[..., top : top + H, left : left + W]

    def view(self, x_pad: np.ndarray, writeable: bool = False) -> np.ndarray:
        """Return a view of every window: (..., K_h, K_w, H_out, W_out) of padded images (..., H, W)."""
        (K_h, K_w), (s_h, s_w), (d_h, d_w) = self.kernel, self.stride, self.dilation
        *axes, H, W = x_pad.shape
        *steps, h, w = x_pad.strides
        shape = (*axes, K_h, K_w, (H - self.span[0]) // s_h + 1, (W - self.span[1]) // s_w + 1)
        return as_strided(x_pad, shape, (*steps, d_h * h, d_w * w, s_h * h, s_w * w), writeable=writeable)

    def add(self, x_pad: np.ndarray, cols: np.ndarray) -> None:
        """Add what belongs to every window (..., K_h, K_w, H_out, W_out) to padded images, in place."""
        if self.stride[0] >= self.span[0] and self.stride[1] >= self.span[1]:
            self.view(x_pad, writeable=True)[...] += cols  # no two windows share an entry
            return
        for i, j in np.ndindex(self.kernel):
            self.at(x_pad, i, j)[...] += cols[..., i, j, :, :]

    def at(self, x_pad: np.ndarray, i: int, j: int) -> np.ndarray:
        """Return the view of what lies under kernel entry (i, j) in every window: (..., H_out, W_out)."""
        top, left = i * self.dilation[0], j * self.dilation[1]
        bottom = top + x_pad.shape[-2] - self.span[0] + 1
        right = left + x_pad.shape[-1] - self.span[1] + 1
        return x_pad[..., top : bottom : self.stride[0], left : right : self.stride[1]]

    def band(self, first: int, stop: int) -> tuple[slice, Windows]:
        """Return the rows of the images that window rows ``first`` to ``stop - 1`` cover, and their windows.

        A band is an image of its own: it has padding above or below only where the whole one has.
        """
        if (first, stop) == (0, self.out[0]):
            return slice(None), self
        top = self.stride[0] * first - self.before[0]  # rows of the image; the padding has some below 0
        bottom = self.stride[0] * (stop - 1) + self.span[0] - self.before[0]
        begin, end = (min(max(row, 0), self.image[0]) for row in (top, bottom))
        before = min(max(-top, 0), bottom - top)  # all of it, if the band lies above the image
        band = replace(
            self,
            image=(end - begin, self.image[1]),
            before=(before, self.before[1]),
            after=(bottom - top - before - (end - begin), self.after[1]),
            out=(stop - first, self.out[1]),
        )
        return slice(begin, end), band
