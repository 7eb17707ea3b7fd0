"""The settings that break real code, and what can be said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

import numpy as np

from cnnbook.checks.sweep.setting import Setting, fits

__all__ = ["TRAITS", "settings_of_convolution", "traits"]

TRAITS: dict[str, Callable[[Setting], bool]] = {
    "there is padding": lambda s: max(s.padding) > 0,
    "there is no padding": lambda s: max(s.padding) == 0,
    "the stride is above 1": lambda s: max(s.stride) > 1,
    "the stride leaves rows or columns over": lambda s: max(s.rest) > 0,
    "the stride is larger than the kernel": lambda s: any(map(np.greater, s.stride, s.reach)),
    "windows overlap": lambda s: any(map(np.less, s.stride, s.reach)),
    "the picture is not square": lambda s: s.size[0] != s.size[1],
    "the kernel is not square": lambda s: s.kernel[0] != s.kernel[1],
    "the output is not square": lambda s: s.out[0] != s.out[1],
    "the two strides differ": lambda s: s.stride[0] != s.stride[1],
    "the two paddings differ": lambda s: s.padding[0] != s.padding[1],
    "the two dilations differ": lambda s: s.dilation[0] != s.dilation[1],
    "the kernel has an even size": lambda s: any(k % 2 == 0 for k in s.kernel),
    "there is more than one picture": lambda s: s.N > 1,
    "there is more than one channel": lambda s: s.C > 1,
    "there is more than one filter": lambda s: s.C_out > 1,
    "channels and filters differ in number": lambda s: s.C_out != s.C,
    "there is a bias": lambda s: s.bias,
    "there is no bias": lambda s: not s.bias,
    "the kernel is dilated": lambda s: max(s.dilation) > 1,
    "there are groups": lambda s: s.groups > 1,
    "the numbers are fractions": lambda s: s.numbers == "fractions",
    "all numbers are negative": lambda s: s.numbers == "negative",
    "a window holds its largest number more than once": lambda s: s.numbers == "ties",
    "the pictures are bytes (uint8)": lambda s: s.numbers == "bytes",
    "the numbers are whole (int)": lambda s: s.dtype == "int",
    "the numbers are float32": lambda s: s.dtype == "float32",
    "the arrays lie in memory in another order": lambda s: s.memory != "C",
    "the stride is not given": lambda s: s.no_stride,
    "there is one picture": lambda s: s.N == 1,
    "there is one channel": lambda s: s.C == 1,
}

OF_CONVOLUTION = {name for name in TRAITS if any(w in name for w in ("filter", "bias", "dilat", "groups"))}


def traits(setting: Setting) -> set[str]:
    """Return what can be said of a setting."""
    return {name for name, holds in TRAITS.items() if holds(setting)}


def one_thing() -> Iterator[Setting]:
    """Yield settings in which one thing, or two, is not plain."""
    small = Setting(size=(1, 1), kernel=(1, 1))
    yield from (small, replace(small, bias=True), replace(small, size=(2, 3), N=2, C=2, C_out=3))
    for kernel in ((1, 1), (2, 2), (3, 3), (1, 3), (3, 1), (2, 3), (3, 2)):
        for size in ((3, 3), (3, 4), (4, 3), (5, 5)):
            yield Setting(size, kernel)
    for padding, size in product(((1, 1), (2, 2), (0, 1), (1, 0), (2, 1)), ((3, 3), (3, 4), (4, 3))):
        yield Setting(size, (3, 3), padding=padding)
        yield Setting(size, (2, 3), padding=padding)
    for stride, size in product(((2, 2), (3, 3), (1, 2), (2, 1)), ((5, 5), (6, 6), (5, 6), (7, 5))):
        yield from (Setting(size, kernel, stride) for kernel in ((3, 3), (1, 1), (2, 2), (3, 2)))
    for N, C, C_out, bias in (
        (2, 1, 1, 0),
        (3, 2, 1, 1),
        (1, 2, 1, 0),
        (1, 3, 2, 1),
        (1, 1, 2, 1),
        (2, 3, 4, 1),
    ):
        yield Setting((3, 4), (2, 2), N=N, C=C, C_out=C_out, bias=bool(bias))


def of_numbers(base: Setting) -> Iterator[Setting]:
    """Yield a setting with other numbers, dtypes and orders in memory."""
    yield from (replace(base, memory=memory) for memory in ("F", "turned"))
    yield from (replace(base, dtype=dtype) for dtype in ("float32", "int"))
    yield from (replace(base, numbers=numbers) for numbers in ("fractions", "bytes"))


def settings_of_convolution() -> list[Setting]:
    """Return the settings for a convolution, the smallest first."""
    found = [*one_thing()]
    strides, sizes, kernels = ((1, 1), (2, 2), (3, 3)), ((5, 6), (7, 4), (6, 6)), ((2, 3), (3, 2), (3, 3))
    for n, (stride, padding, size, kernel) in enumerate(product(strides, ((0, 0), (1, 1)), sizes, kernels)):
        found.append(
            Setting(size, kernel, stride, padding, N=1 + n % 2, C=2, C_out=1 + n % 3, bias=n % 3 > 0)
        )
    for size, kernel in (((5, 7), (3, 3)), ((6, 5), (2, 3))):  # overlap, and nothing left over
        found.append(Setting(size, kernel, (2, 2), C=2, C_out=2, bias=True))
    for padding in ((2, 2), (2, 1)):  # wide, with a bias, too: some layers cannot do without
        found.append(Setting((4, 5), (3, 2), padding=padding, N=2, C=2, C_out=3, bias=True))
    for dilation, stride, padding in product(((2, 2), (1, 2), (3, 1)), ((1, 1), (2, 2)), ((0, 0), (1, 1))):
        found.append(Setting((7, 8), (3, 3), stride, padding, dilation))
        found.append(Setting((8, 7), (2, 3), stride, padding, dilation, N=2, C=2, C_out=3))
    for groups, C, C_out in ((2, 2, 2), (2, 4, 2), (2, 2, 4), (3, 3, 3), (2, 4, 6)):
        found.append(Setting((4, 5), (3, 2), padding=(1, 1), groups=groups, C=C, C_out=C_out))
        found.append(Setting((3, 3), (2, 2), groups=groups, C=C, C_out=C_out, N=2, bias=True))
    found += of_numbers(Setting((3, 4), (2, 3), padding=(1, 1), N=2, C=2, C_out=3, bias=True))
    found += of_numbers(Setting((3, 4), (2, 3), N=2, C=2, C_out=3, bias=True))
    found += of_numbers(Setting((3, 3), (2, 2)))
    kept = dict.fromkeys(setting for setting in found if fits(setting))
    return sorted(kept, key=lambda setting: setting.weight)
