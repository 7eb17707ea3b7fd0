"""The kinds of layers: their cases, their settings, their slips, and which settings a function can take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from cnnbook.checks.sweep.adapter import Adapter
from cnnbook.checks.sweep.arrays import convolution
from cnnbook.checks.sweep.pool import backward, forward
from cnnbook.checks.sweep.pool.case import average, maximum
from cnnbook.checks.sweep.pool.settings import settings_of_pooling
from cnnbook.checks.sweep.setting import Setting, fits
from cnnbook.checks.sweep.settings import settings_of_convolution
from cnnbook.checks.sweep.slips.backward import backward_slips
from cnnbook.checks.sweep.slips.forward import forward_slips

__all__ = ["KINDS", "Kind", "can", "settings_for"]

ALONE = {"stride": (1, 1), "padding": (0, 0), "dilation": (1, 1)}  # what a function does without them


@dataclass(frozen=True)
class Kind:
    """A kind of layer."""

    name: str
    make: Callable[[Setting], Any]
    settings: Callable[[], list[Setting]]
    slips: Callable[[], dict[str, list]]
    pooling: bool = False
    mode: str = ""


def slips_of_convolution() -> dict[str, list]:
    """Return the slips of each result."""
    return {"y": forward_slips(), **backward_slips()}


def slips_of_pooling(largest: bool) -> dict[str, list]:
    """Return the slips of each result."""
    return {"y": forward.forward_slips(largest), "x": backward.backward_slips(largest)}


KINDS = {
    "conv": Kind("a convolution", convolution, settings_of_convolution, slips_of_convolution),
    "max": Kind("a max pooling", maximum, settings_of_pooling, partial(slips_of_pooling, True), True, "max"),
    "avg": Kind(
        "an average pooling", average, settings_of_pooling, partial(slips_of_pooling, False), True, "average"
    ),
}


def settings_for(adapter: Adapter, kind: Kind) -> list[Setting]:
    """Return the settings of a kind, with what the layer has built in."""
    found = dict.fromkeys(replace(setting, **adapter.way.fixed) for setting in kind.settings())
    return [setting for setting in found if fits(setting, kind.pooling)]


def can(adapter: Adapter, kind: Kind, setting: Setting, whole: set[str]) -> bool:
    """Tell whether a function can take a setting, from its parameters and layouts."""
    fixed = adapter.way.fixed
    if not fits(setting, kind.pooling) or any(getattr(setting, key) != fixed[key] for key in fixed):
        return False
    for role, alone in ALONE.items():
        pair = getattr(setting, role)
        alone = setting.kernel if kind.pooling and role == "stride" else alone
        if role not in adapter.takes and role not in fixed and pair != alone:
            return False
        if role in whole and pair[0] != pair[1]:
            return False
    if kind.pooling and "kernel_size" in whole and setting.kernel[0] != setting.kernel[1]:
        return False
    way = adapter.way
    if ("N" not in way.layout and setting.N > 1) or ("C" not in way.layout and setting.C > 1):
        return False
    return can_pool(adapter, setting) if kind.pooling else can_convolve(adapter, setting)


def can_pool(adapter: Adapter, setting: Setting) -> bool:
    """Tell whether a pooling can take a setting."""
    if setting.no_stride and not adapter.promises_stride:
        return False
    return setting.C_out == setting.groups == 1 and not setting.bias


def can_convolve(adapter: Adapter, setting: Setting) -> bool:
    """Tell whether a convolution can take a setting."""
    way = adapter.way
    if "groups" not in adapter.takes and "groups" not in way.fixed and setting.groups > 1:
        return False
    if ("O" not in way.weight_layout or "C" not in way.out_layout) and setting.C_out > 1:
        return False
    if "I" not in way.weight_layout and setting.groups < setting.C:
        return False
    if setting.bias:
        return "bias" in adapter.takes
    return "bias" not in adapter.takes or adapter.bias_optional
