"""One setting of a layer: its sizes, what its arrays hold, and what can be said of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from cnnbook.windows import Windows

__all__ = ["PLAIN", "Setting", "easier", "fits", "fraction", "whole"]

PAIRS = ("size", "kernel", "stride", "padding", "dilation")
SCALARS = ("N", "C", "C_out", "groups", "bias", "no_stride")
KINDS = ("numbers", "dtype", "memory")


@dataclass(frozen=True)
class Setting:
    """What a layer is tried on; for pooling, of the channels only ``C`` counts.

    Examples
    --------
    >>> Setting(size=(3, 4), kernel=(2, 2)).out
    (2, 3)
    """

    size: tuple[int, int] = (5, 5)
    kernel: tuple[int, int] = (3, 3)
    stride: tuple[int, int] = (1, 1)
    padding: tuple[int, int] = (0, 0)
    dilation: tuple[int, int] = (1, 1)
    N: int = 1
    C: int = 1
    C_out: int = 1
    groups: int = 1
    bias: bool = False
    no_stride: bool = False  # it is not given: then a pooling's is the kernel's size
    ceil_mode: bool = False
    count_include_pad: bool = True
    numbers: str = "whole"  # or "fractions", "negative", "ties", "bytes"
    dtype: str = "float64"
    memory: str = "C"  # or "F", "turned": the order in memory

    @property
    def windows(self) -> Windows:
        """The windows of this setting; a ``ValueError`` if none fits."""
        return Windows.of(self.size, self.kernel, self.stride, self.padding, self.dilation, self.ceil_mode)

    @property
    def out(self) -> tuple[int, int]:
        """Height and width of the output."""
        return self.windows.out

    @property
    def reach(self) -> tuple[int, int]:
        """Height and width of a window, its gaps included."""
        return tuple(d * (k - 1) + 1 for d, k in zip(self.dilation, self.kernel, strict=True))

    @property
    def rest(self) -> tuple[int, int]:
        """How many rows and columns the stride leaves over."""
        spans = zip(self.size, self.padding, self.reach, self.stride, strict=True)
        return tuple((n + 2 * p - k) % s for n, p, k, s in spans)

    @property
    def weight(self) -> float:
        """How much there is to read: settings are ordered by it."""
        arrays = self.N * self.C * math.prod(self.size)
        arrays += self.C_out * self.C // self.groups * math.prod(self.kernel)
        pairs = sum(sum(getattr(self, name)) for name in ("stride", "padding", "dilation"))
        return arrays + pairs + self.groups + self.bias + self.no_stride + 10 * sum(map(self.unlike, KINDS))

    def unlike(self, name: str) -> bool:
        """Tell whether something is not as it is by default."""
        return getattr(self, name) != getattr(PLAIN, name)


PLAIN = Setting()


def fits(setting: Setting, pooling: bool = False) -> bool:
    """Tell whether a setting makes sense at all.

    Examples
    --------
    >>> fits(Setting(size=(2, 5))), fits(Setting(size=(2, 5), padding=(1, 0)))
    (False, True)
    """
    pairs = zip(setting.size, setting.kernel, setting.padding, setting.reach, strict=True)
    if pooling and any(2 * p > k for k, p in zip(setting.kernel, setting.padding, strict=True)):
        return False
    if setting.no_stride and setting.stride != setting.kernel:
        return False
    if setting.C % setting.groups or setting.C_out % setting.groups:
        return False
    return all(n >= 1 and k >= 1 and n + 2 * p >= reach for n, k, p, reach in pairs)


def easier(setting: Setting) -> Iterator[Setting]:
    """Yield settings that are one step smaller, or plainer, in one thing.

    Examples
    --------
    >>> [one.size for one in easier(Setting(size=(2, 1), kernel=(1, 1)))]
    [(1, 1), (1, 1), (2, 0)]
    """
    for name in KINDS:
        if setting.unlike(name):
            yield replace(setting, **{name: getattr(PLAIN, name)})
    for name in SCALARS:
        n = getattr(setting, name)
        least = False if isinstance(n, bool) else 1
        for less in sorted({least, n - 1}) if n > least else ():
            yield replace(setting, **{name: type(n)(less)})
    if setting.groups > 1:
        yield replace(setting, groups=1, C=setting.C // setting.groups)
        for less in range(setting.groups, max(setting.C, setting.C_out)):
            yield replace(setting, C=min(less, setting.C), C_out=min(less, setting.C_out))
    for name in PAIRS:
        least = 0 if name == "padding" else 1
        a, b = getattr(setting, name)
        for pair in dict.fromkeys([(least, least), (a - 1, b - 1), (a - 1, b), (a, b - 1)]):
            if min(pair) >= least and pair != (a, b):
                yield replace(setting, **{name: pair})
    (a, b), (c, d) = setting.size, setting.kernel
    for i, j in ((1, 0), (0, 1)):
        yield replace(setting, size=(a - i, b - j), kernel=(c - i, d - j))
    if setting.stride == setting.kernel:
        for pair in ((c - 1, d - 1), (c - 1, d), (c, d - 1)):
            yield from [replace(setting, kernel=pair, stride=pair)] * (min(pair) >= 1)


def whole(*shape: int, seed: int = 0, distinct: bool = False) -> np.ndarray:
    """Return small whole numbers of both signs, none of them 0, as floats.

    Examples
    --------
    >>> bool((whole(3, 3) != 0).all()), len(np.unique(whole(3, 3, distinct=True)))
    (True, 9)
    """
    rng = np.random.default_rng([seed, *shape])
    n = math.prod(shape)
    if distinct:
        numbers = rng.permutation(np.delete(np.arange(-(n // 2), n - n // 2 + 1), n // 2))
    else:
        numbers = rng.integers(1, 10, n) * rng.choice([-1, 1], n)
    return numbers.astype(float).reshape(shape)


def fraction(*shape: int, seed: int = 0) -> np.ndarray:
    """Return numbers that no binary fraction holds exactly."""
    return whole(*shape, seed=seed) / 3.7
