"""How to call a layer: what its writer says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cnnbook.checks.report import CheckFailed
from cnnbook.shapes import as_pair

__all__ = ["FIELDS", "Way", "read_fixed"]

POOLING = ("ceil_mode", "count_include_pad")
CONVOLUTION = ("dilation", "groups")
FIELDS = {name: name for name in ("stride", "padding", *POOLING, *CONVOLUTION)} | {"kernel_size": "kernel"}
LEAST = {"padding": 0}


@dataclass(frozen=True)
class Way:
    """The keywords of :func:`cnnbook.checks.layer`; ``fixed`` by the fields of a setting."""

    layout: str = "NCHW"
    out_layout: str = "NCHW"
    weight_layout: str = "OIHW"
    bias_shape: tuple[int, ...] = (-1,)
    names: Mapping[str, str] = field(default_factory=dict)
    grads: tuple[str, ...] = ("x", "weight", "bias")
    fixed: Mapping[str, Any] = field(default_factory=dict)
    pooling: bool = False
    mode: str = ""


def read_fixed(fixed: Mapping[str, Any], pooling: bool) -> dict[str, Any]:
    """Return what a layer has built in, by the fields of a setting, or raise.

    Examples
    --------
    >>> read_fixed({"kernel_size": 2, "stride": (2, 1)}, True)
    {'kernel': (2, 2), 'stride': (2, 1)}
    """
    able = set(FIELDS) - set(CONVOLUTION if pooling else POOLING)
    found = {}
    for name, value in fixed.items():
        if name not in able:
            raise CheckFailed(f"fixed holds {name!r}, and can hold: {', '.join(sorted(able))}.")
        if name in (*POOLING, "groups"):
            found[FIELDS[name]] = value
            continue
        try:
            found[FIELDS[name]] = as_pair(value, name, LEAST.get(name, 1))
        except (TypeError, ValueError) as error:
            raise CheckFailed(f"fixed: {error}.") from None
    return found
