"""One convention: how the borders, the gaps, the flip and the axes of a convolution are meant."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnbook.conv_batch import conv2d
from cnnbook.shapes import output_size

__all__ = ["BORDERS", "COUNTS", "Convention"]

BORDERS = ("floor", "refuse", "ceil", "same-upper", "same-lower", "full")
COUNTS = ("step", "gap")


@dataclass(frozen=True)
class Convention:
    """One way to say what a convolution does.

    Parameters
    ----------
    border : {"floor", "refuse", "ceil", "same-upper", "same-lower", "full"}
        What happens if the stride does not divide: the rest is dropped, is an error, or gets a window of
        its own; or the size is that of the input divided by the stride, rounded up, whatever the padding
        is said to be, and of an odd padding the larger part comes after (upper) or before (lower); or every
        window counts that meets the picture at all, whatever the padding is said to be (full).
    dilation : {"step", "gap"}
        What is counted: the step from weight to weight (1 means none), or the pixels between (0 means none).
    flip : bool
        Whether the kernel is turned by half a turn: a convolution, and no cross-correlation.
    layout : str
        The axes of input and weights, as ``"NCHW, OIHW"``, or ``"HW"`` for one channel; the output has the
        axes of the input.

    Examples
    --------
    >>> Convention("floor").size(8, 3, stride=2, padding=1), Convention("same-upper").size(8, 3, stride=2)
    (4, 4)
    >>> print(Convention("refuse").size(8, 3, stride=2, padding=1))
    None
    >>> Convention("floor", flip=True)(np.array([[0., 1., 0.]]), np.array([[5., 6., 7.]]), padding=(0, 1))
    array([[5., 6., 7.]])
    """

    border: str
    dilation: str = "step"
    flip: bool = False
    layout: str = "HW"

    def pads(self, n: int, k: int, s: int, p: int, d: int) -> tuple[int, int, int] | None:
        """Return how many windows there are along a side, and the padding before and after, if any fit."""
        step = d + (self.dilation == "gap")
        span = step * (k - 1) + 1
        if step < 1:
            return None
        if self.border.startswith("same"):
            size = -(-n // s)
            total = max((size - 1) * s + span - n, 0)
            less = total // 2
            return (size, less, total - less) if self.border == "same-upper" else (size, total - less, less)
        if self.border == "full":
            p = span - 1
        if span > n + 2 * p or (self.border == "refuse" and (n + 2 * p - span) % s):
            return None
        size = output_size(n, k, s, p, step, ceil_mode=self.border == "ceil")
        return size, p, p + max((size - 1) * s + span - n - 2 * p, 0)

    def size(
        self, n: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
    ) -> int | None:
        """Return the size of the output along one side, or None if it is refused."""
        found = self.pads(n, kernel_size, stride, padding, dilation)
        return found and found[0]

    def __call__(
        self,
        x: np.ndarray,
        weight: np.ndarray,
        stride: int = 1,
        padding: int | tuple[int, int] = 0,
        dilation: int = 1,
    ) -> np.ndarray | None:
        """Return the output, or None if the arrays or sizes are refused."""
        rows, columns = self.layout.split(", ") if "," in self.layout else ("HW", "HW")
        if (x.ndim, weight.ndim) != (len(rows), len(columns)):
            return None
        if rows == "HW":
            x, weight = x[None, None], weight[None, None]
        else:
            x, weight = (
                np.moveaxis(array, [has.index(axis) for axis in wanted], range(4))
                for array, has, wanted in ((x, rows, "NCHW"), (weight, columns, "OIHW"))
            )
        if x.shape[1] != weight.shape[1]:
            return None
        p = padding if isinstance(padding, tuple) else (padding, padding)
        sides = [self.pads(x.shape[2 + a], weight.shape[2 + a], stride, p[a], dilation) for a in (0, 1)]
        if None in sides:
            return None
        frame = [(0, 0), (0, 0), *(side[1:] for side in sides if side)]
        kernel = weight[:, :, ::-1, ::-1] if self.flip else weight
        y = conv2d(np.pad(x, frame), kernel, stride=stride, dilation=dilation + (self.dilation == "gap"))
        y = y[:, :, : sides[0][0], : sides[1][0]]  # type: ignore[index]
        return y[0, 0] if rows == "HW" else y.transpose(["NCHW".index(axis) for axis in rows])
