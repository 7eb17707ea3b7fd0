"""The kinds of layers: their cases, their settings, their slips, and which settings a function can take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cnnbook.checks.sweep.adapter import CANNOT, Adapter
from cnnbook.checks.sweep.arrays import convolution
from cnnbook.checks.sweep.setting import Setting, fits
from cnnbook.checks.sweep.settings import settings_of_convolution
from cnnbook.checks.sweep.slips_backward import backward_slips
from cnnbook.checks.sweep.slips_forward import forward_slips

__all__ = ["KINDS", "Kind", "can"]


@dataclass(frozen=True)
class Kind:
    """A kind of layer."""

    name: str
    make: Callable[[Setting], Any]
    settings: Callable[[], list[Setting]]
    slips: Callable[[], dict[str, list]]
    pooling: bool = False


def slips_of_convolution() -> dict[str, list]:
    """Return the slips of each result."""
    return {"y": forward_slips(), **backward_slips()}


KINDS = {"conv": Kind("convolution", convolution, settings_of_convolution, slips_of_convolution)}
LAYOUT = {"N": "N", "C": "C"}


def can(adapter: Adapter, kind: Kind, setting: Setting, whole: set[str]) -> bool:
    """Tell whether a function can take a setting, from its parameters and layouts."""
    if not fits(setting, kind.pooling):
        return False
    for role, alone in CANNOT.items():
        pair = getattr(setting, role)
        if role not in adapter.takes and pair != (
            setting.kernel if kind.pooling and role == "stride" else alone
        ):
            return False
        if role in whole and pair[0] != pair[1]:
            return False
    if kind.pooling and "kernel_size" in whole and setting.kernel[0] != setting.kernel[1]:
        return False
    way = adapter.way
    if ("N" not in way.layout and setting.N > 1) or ("C" not in way.layout and setting.C > 1):
        return False
    if kind.pooling:
        return setting.C_out == setting.groups == 1 and not setting.bias
    if "groups" not in adapter.takes and setting.groups > 1:
        return False
    if ("O" not in way.weight_layout or "C" not in way.out_layout) and setting.C_out > 1:
        return False
    if "I" not in way.weight_layout and setting.groups < setting.C:
        return False
    if setting.bias:
        return "bias" in adapter.takes
    return "bias" not in adapter.takes or adapter.bias_optional
