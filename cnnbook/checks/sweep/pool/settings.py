"""The settings that break poolings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from cnnbook.checks.sweep.setting import Setting, fits

__all__ = ["settings_of_pooling"]

KERNELS = ((1, 1), (2, 2), (3, 3), (1, 2), (2, 1), (2, 3), (3, 2))


def one_thing() -> Iterator[Setting]:
    """Yield settings in which one thing, or two, is not plain."""
    yield Setting((1, 1), (1, 1))
    for kernel, size in product(KERNELS, ((3, 3), (4, 4), (3, 4), (5, 4), (6, 6))):
        yield Setting(size, kernel, kernel)
        yield Setting(size, kernel)
    for kernel in KERNELS[1:]:
        yield Setting((5, 7), kernel, kernel, no_stride=True)
        yield Setting((6, 6), kernel, kernel, no_stride=True)
    strides = ((2, 2), (3, 3), (1, 2), (2, 1))
    for stride, size, kernel in product(strides, ((5, 5), (6, 6), (5, 6), (7, 5)), KERNELS[1:4]):
        yield Setting(size, kernel, stride)
    for padding, size in product(((1, 1), (0, 1), (1, 0)), ((3, 3), (3, 4), (4, 3))):
        yield from (Setting(size, kernel, (1, 1), padding) for kernel in ((2, 2), (3, 3), (2, 3)))
        yield Setting(size, (3, 3), (2, 2), padding)
        yield Setting(size, (2, 2), (2, 2), padding)
    for N, C in ((1, 2), (1, 3), (2, 1), (3, 2)):
        yield Setting((2, 3), (1, 1), N=N, C=C)
        yield Setting((4, 4), (2, 2), (2, 2), N=N, C=C)
        yield Setting((4, 5), (2, 3), (1, 2), N=N, C=C)


def of_numbers(base: Setting) -> Iterator[Setting]:
    """Yield a setting with other numbers, dtypes and orders in memory."""
    yield from (replace(base, memory=memory) for memory in ("F", "turned"))
    yield from (replace(base, dtype=dtype) for dtype in ("float32", "int"))
    yield from (replace(base, numbers=numbers) for numbers in ("fractions", "negative", "ties", "bytes"))


def settings_of_pooling() -> list[Setting]:
    """Return the settings for a pooling, the smallest first.

    Examples
    --------
    >>> settings_of_pooling()[0].size
    (1, 1)
    """
    found = [*one_thing()]
    sizes, kernels = ((5, 6), (7, 4), (6, 6)), ((2, 3), (3, 2), (3, 3))
    for n, (stride, padding, size, kernel) in enumerate(
        product(((1, 1), (2, 2), (3, 3)), ((0, 0), (1, 1)), sizes, kernels)
    ):
        found.append(Setting(size, kernel, stride, padding, N=1 + n % 2, C=1 + n % 3))
    for base in (
        Setting((4, 4), (2, 2), (2, 2)),
        Setting((3, 4), (2, 2), (1, 1)),
        Setting((4, 5), (3, 2), (2, 2), (1, 1), N=2, C=2),
    ):
        found += of_numbers(base)
    kept = dict.fromkeys(setting for setting in found if fits(setting, pooling=True))
    return sorted(kept, key=lambda setting: setting.weight)
