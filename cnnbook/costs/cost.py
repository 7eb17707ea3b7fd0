"""What an algorithm costs, and the layer that it is counted for."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cnnbook.shapes import Padding, Pair, as_int
from cnnbook.windows import Windows

__all__ = ["Cost"]


@dataclass(frozen=True)
class Cost:
    """Operations on real numbers, and the numbers in all arrays.

    Two costs can be added, and a cost taken so many times.

    Attributes
    ----------
    multiplications, additions : int
        A sum of n products takes n multiplications and n - 1 additions; a subtraction is an addition.
    memory : int
        The numbers of the pictures, the kernels, the outputs, and of the arrays between them that the
        algorithm multiplies or transforms back, all of the batch at once; a complex number is two.

    Examples
    --------
    >>> 2 * Cost(3, 2) + Cost(0, 1, memory=5)
    Cost(multiplications=6, additions=5, memory=5)
    """

    multiplications: int
    additions: int
    memory: int = 0

    @property
    def operations(self) -> int:
        """Multiplications and additions together."""
        return self.multiplications + self.additions

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.multiplications + other.multiplications,
            self.additions + other.additions,
            self.memory + other.memory,
        )

    def __rmul__(self, times: int) -> Cost:
        return Cost(times * self.multiplications, times * self.additions, times * self.memory)


@dataclass(frozen=True)
class Sizes:
    """The checked sizes of a layer: N images, C channels, D kernels, and the windows."""

    N: int
    C: int
    D: int
    windows: Windows

    @classmethod
    def of(cls, x_shape: tuple, weight_shape: tuple, stride: Pair, padding: Padding) -> Sizes:
        """Check shapes and settings as :func:`cnnbook.conv2d` checks arrays."""
        N, C, H, W = as_shape(x_shape, "x_shape", "(N, C, H, W)")
        D, C_weight, K_h, K_w = as_shape(weight_shape, "weight_shape", "(C_out, C_in, K_h, K_w)")
        if C_weight != C:
            raise ValueError(
                f"x_shape {x_shape} has {C} channels, but weight_shape {weight_shape} has {C_weight}"
            )
        return cls(N, C, D, Windows.of((H, W), (K_h, K_w), stride, padding))

    @property
    def memory(self) -> int:
        """The numbers of pictures, kernels and outputs."""
        image, kernel, out = map(math.prod, (self.windows.image, self.windows.kernel, self.windows.out))
        return self.N * self.C * image + self.D * self.C * kernel + self.N * self.D * out


def as_shape(shape: tuple, name: str, axes: str) -> tuple[int, ...]:
    """Return a shape of four sizes, all at least 1, or raise."""
    try:
        sizes = tuple(shape)
    except TypeError:
        raise TypeError(f"{name} must be {axes}, got {shape!r}") from None
    if len(sizes) != 4:
        raise ValueError(f"{name} must be {axes}, got {shape!r}")
    return tuple(as_int(size, f"{axis} of {name}", 1) for axis, size in zip(names(axes), sizes, strict=True))


def names(axes: str) -> list[str]:
    """Return the names of the axes, one by one."""
    return axes.strip("()").split(", ")
