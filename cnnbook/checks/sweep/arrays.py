"""The arrays of a setting, and what the book's own functions make of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnbook.checks.sweep.setting import Setting, fraction, whole
from cnnbook.conv_backward import conv2d_backward
from cnnbook.conv_batch import conv2d

__all__ = ["Convolution", "convolution", "laid_out"]


@dataclass(frozen=True, eq=False)
class Convolution:
    """The arguments of a convolution, and its right results."""

    x: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int]
    groups: int

    def but(self, **changes: Any) -> Convolution:
        """Return the same with other arguments."""
        return replace(self, **changes)

    @property
    def kernel(self) -> tuple[int, int]:
        """Height and width of the kernel."""
        return self.weight.shape[2:]

    def arguments(self) -> dict[str, Any]:
        """Return the arguments by their names."""
        return dict(vars(self))

    def forward(self) -> np.ndarray:
        """Return the right output."""
        return conv2d(self.x, self.weight, self.bias, self.stride, self.padding, self.dilation, self.groups)

    def backward(self, grad_out: np.ndarray) -> dict[str, np.ndarray]:
        """Return the right gradients, by the name of the argument."""
        last = self.stride, self.padding, self.dilation, self.groups
        return dict(zip(PARTS, conv2d_backward(grad_out, self.x, self.weight, *last), strict=True))

    def also(self, part: str, grad_out: np.ndarray | None) -> Iterator[tuple[str, np.ndarray]]:
        """Yield what is right as well: of a convolution nothing."""
        return iter(())


PARTS = ("x", "weight", "bias")


def convolution(setting: Setting) -> Convolution:
    """Return the arrays of a setting, as floats.

    Examples
    --------
    >>> case = convolution(Setting(size=(3, 4), kernel=(2, 2), C_out=3, N=2))
    >>> case.x.shape, case.forward().shape
    ((2, 1, 3, 4), (2, 3, 2, 3))
    """
    make = fraction if setting.numbers == "fractions" else whole
    x = make(setting.N, setting.C, *setting.size)
    weight = make(setting.C_out, setting.C // setting.groups, *setting.kernel, seed=1)
    if setting.numbers == "bytes":
        x = np.abs(x) * 28 + 3
    bias = make(setting.C_out, seed=2) * 10 if setting.bias else None
    dtype = np.float32 if setting.dtype == "float32" else float
    x, weight = x.astype(dtype), weight.astype(dtype)
    bias = bias if bias is None else bias.astype(dtype)
    return Convolution(x, weight, bias, setting.stride, setting.padding, setting.dilation, setting.groups)


def laid_out(array: np.ndarray, memory: str) -> np.ndarray:
    """Return a copy that lies in memory in some order.

    Examples
    --------
    >>> laid_out(np.ones((2, 3)), "F").flags.c_contiguous, laid_out(np.ones(3), "turned").strides
    (False, (-8,))
    """
    if memory == "turned":
        flipped = (slice(None, None, -1),) * array.ndim
        return array[flipped].copy()[flipped]
    return array.copy(order="F" if memory == "F" else "C")
