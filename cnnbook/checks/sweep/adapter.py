"""Call somebody's layer by the names and in the layout that it has."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cnnbook.checks.sweep.arrays import laid_out
from cnnbook.checks.sweep.layouts import to_layout
from cnnbook.checks.sweep.names import known, optional, parameters, roles
from cnnbook.checks.sweep.options import SETTINGS, Options
from cnnbook.checks.sweep.results import parted
from cnnbook.checks.sweep.way import Way

__all__ = ["Adapter", "spelled"]

INNER = ("cache", "y", "x_shape", "mode")  # what is given as it is


class Adapter:
    """Somebody's forward and backward function, called with our arguments."""

    def __init__(self, forward: Callable, backward: Callable | None, way: Way, make: Any) -> None:
        self.forward, self.backward, self.way, self.make = forward, backward, way, make
        self.roles = roles(forward, way.pooling, False, way.names)
        self.back = roles(backward, way.pooling, True, way.names) if backward else {}
        self.pairs: set[str] = set()  # what is given as a pair even if its numbers are equal
        self.asked: set[str] = set()  # what a dictionary of settings is asked for
        self.known = known(way.pooling, False)
        self.optional = optional(forward)
        self.optional_back = optional(backward) if backward else set()
        self.bias_optional = any(name in self.optional for name, role in self.roles.items() if role == "bias")

    @property
    def takes(self) -> set[str]:
        """What the forward pass can be told."""
        found = set(self.roles.values()) | {self.known[name] for name in self.asked}
        return found | {"kernel_size"} if {"kernel_h", "kernel_w"} <= found else found

    @property
    def promises_stride(self) -> bool:
        """Tell whether a stride that is not given has to be the kernel's size.

        It has if it is None then, or if the kernel's size has PyTorch's name and no default.
        """
        defaults = {one.name: one.default for one in parameters(self.forward)}
        strides = [name for name, role in self.roles.items() if role == "stride" and name in self.optional]
        if not strides:
            return False
        return defaults[strides[0]] is None or defaults.get("kernel_size", 0) is inspect.Parameter.empty

    def as_theirs(self, name: str, value: Any, memory: str = "C") -> Any:
        """Return an array or a setting as their function takes it."""
        if value is None:
            return None
        if name in ("x", "y", "grad_out"):
            layout = self.way.layout if name == "x" else self.way.out_layout
            return laid_out(to_layout(value, layout), memory)
        if name == "weight":
            return laid_out(to_layout(value, self.way.weight_layout, "OIHW"), memory)
        if name == "bias":
            return value.copy().reshape(self.way.bias_shape)
        one_number = isinstance(value, tuple) and value[0] == value[1] and name not in self.pairs
        return value[0] if one_number else value

    def arguments(self, case: Any, memory: str, wanted: Mapping[str, str], more: Mapping) -> dict[str, Any]:
        """Return the arguments of a call, by their names."""
        ours = {**case.arguments(), **more}
        if "kernel_size" in ours:
            ours["kernel_h"], ours["kernel_w"] = ours["kernel_size"]
        ours["mode"], ours["x_shape"] = self.way.mode, to_layout(case.x, self.way.layout).shape
        found = {}
        for name, role in wanted.items():
            if role == "options":
                found[name] = self.options(ours, set(wanted.values()))
            elif role in INNER:
                found[name] = more.get(role, ours.get(role))
            elif role == "stride" and ours[role] is None:
                if name not in (self.optional_back if wanted is self.back else self.optional):
                    found[name] = self.as_theirs(role, ours["kernel_size"])
            elif role in ours:
                found[name] = self.as_theirs(role, ours[role], memory)
        return found

    def options(self, ours: Mapping[str, Any], elsewhere: set[str]) -> Options:
        """Return the settings as a dictionary, under whatever names it is asked for."""
        values = {role: self.as_theirs(role, ours[role]) for role in SETTINGS - elsewhere if role in ours}
        return Options(values, self.known, self.asked)

    def call_forward(self, case: Any, memory: str) -> tuple[dict[str, Any], Callable[[], Any]]:
        """Return the arguments of the forward pass, and the call."""
        given = self.arguments(case, memory, self.roles, {})
        return given, lambda: called(self.forward, given)

    def call_backward(
        self, case: Any, memory: str, grad_out: np.ndarray, result: Any
    ) -> tuple[dict[str, Any], Callable[[], Any]]:
        """Return the arguments of the backward pass that follows a forward pass, and the call."""
        y, cache = parted(result)
        more = {"grad_out": grad_out, "y": y, "cache": cache, "indices": cache}
        given = self.arguments(case, memory, self.back, more)
        for name, role in self.back.items():
            if role == "indices":
                given[name] = cache
        return given, lambda: called(self.backward, given)


def called(function: Callable[..., Any], given: Mapping[str, Any]) -> Any:
    """Call a function with arguments by name; what it takes by position only comes first."""
    found = parameters(function)
    first = [given[one.name] for one in found if one.kind is one.POSITIONAL_ONLY and one.name in given]
    named = {one.name for one in found if one.kind is not one.POSITIONAL_ONLY}
    return function(*first, **{name: value for name, value in given.items() if name in named})


def spelled(function: Callable[..., Any], given: Mapping[str, Any]) -> str:
    """Return the arguments of a call as they are written: by name, once one is left out.

    Examples
    --------
    >>> spelled(lambda x, size=2, stride=None, padding=0: 0, {"x": 1, "size": 2, "padding": 1})
    'x, size, padding=padding'
    """
    words, skipped = [], False
    for one in parameters(function):
        skipped |= one.name not in given or one.kind is one.KEYWORD_ONLY
        if one.name in given:
            words.append(f"{one.name}={one.name}" if skipped else one.name)
    return ", ".join(words)
