"""Call somebody's layer by the names and in the layout that it has, and bring its results into ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnbook.checks.compare import plain
from cnnbook.checks.sweep.arrays import laid_out
from cnnbook.checks.sweep.layouts import from_layout, to_layout
from cnnbook.checks.sweep.names import known, parameters, roles

__all__ = ["Adapter", "Unfit", "Way"]

CANNOT = {"stride": (1, 1), "padding": (0, 0), "dilation": (1, 1)}  # what a function does without them


class Unfit(Exception):
    """A result is no array, or has not as many axes as it should."""


@dataclass(frozen=True)
class Way:
    """How to call a layer: the keywords of :func:`cnnbook.checks.layer`."""

    layout: str = "NCHW"
    out_layout: str = "NCHW"
    weight_layout: str = "OIHW"
    bias_shape: tuple[int, ...] = (-1,)
    names: Mapping[str, str] = field(default_factory=dict)
    grads: tuple[str, ...] = ("x", "weight", "bias")
    pooling: bool = False
    mode: str = ""


class Adapter:
    """Somebody's forward and backward function, called with our arguments."""

    def __init__(self, forward: Callable, backward: Callable | None, way: Way, make: Any) -> None:
        self.forward, self.backward, self.way, self.make = forward, backward, way, make
        self.roles = roles(forward, way.pooling, False, way.names)
        self.back = roles(backward, way.pooling, True, way.names) if backward else {}
        self.pairs: set[str] = set()  # what is given as a pair even if its numbers are equal
        everything = set(self.roles.values())
        if "options" in everything:
            everything |= {"stride", "padding", "kernel_size"}
        self.takes = everything
        optional = {one.name for one in parameters(forward) if one.default is not one.empty}
        self.bias_optional = any(name in optional for name, role in self.roles.items() if role == "bias")

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
            elif role in ("cache", "y", "x_shape", "mode"):
                found[name] = more.get(role, ours.get(role))
            elif role in ours:
                found[name] = self.as_theirs(role, ours[role], memory)
        return found

    def options(self, ours: Mapping[str, Any], elsewhere: set[str]) -> dict[str, Any]:
        """Return the settings as a dictionary, under every name that such dictionaries use."""
        keys = {
            "stride": ("stride",),
            "padding": ("pad", "padding"),
            "kernel_size": ("f", "kernel_size", "pool_size"),
            "kernel_h": ("pool_height",),
            "kernel_w": ("pool_width",),
        }
        inside = {role for role in keys if role in ours and role not in elsewhere}
        return {
            key: self.as_theirs(role, ours[role]) for role in keys if role in inside for key in keys[role]
        }

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

    def output(self, result: Any) -> np.ndarray:
        """Return the output in our layout; if it is none, raise :class:`Unfit`."""
        return self.as_ours(parted(result)[0], "y", "the output")

    def as_ours(self, value: Any, name: str, title: str) -> np.ndarray:
        """Return an array in our layout, or raise :class:`Unfit`."""
        array = plain(value)
        if array is None:
            raise Unfit(f"{title} is no array of numbers, but a {type(value).__name__}")
        if name == "bias":
            return array.reshape(-1) if array.size == max(array.shape, default=1) else array
        layout, axes = self.way.layout if name == "x" else self.way.out_layout, "NCHW"
        if name == "weight":
            layout, axes = self.way.weight_layout, "OIHW"
        ours = from_layout(array, layout, axes)
        if ours is None:
            raise Unfit(
                f"{title} has shape {array.shape}: {array.ndim} axes, where {layout} has {len(layout)}"
            )
        return ours

    def gradients(self, result: Any, wanted: tuple[str, ...]) -> dict[str, np.ndarray]:
        """Return the gradients in our layout, by the argument's name, or raise :class:`Unfit`."""
        if isinstance(result, Mapping):
            names = known(self.way.pooling, False)
            result = {
                names.get(str(key).lstrip("d_").removeprefix("grad_")): one for key, one in result.items()
            }
        elif not isinstance(result, (tuple, list)) or self.way.pooling:
            alone = result[0] if isinstance(result, (tuple, list)) and len(result) == 1 else result
            result = {self.way.grads[0]: alone}
        else:
            result = dict(zip(self.way.grads, result, strict=False))
        missing = [name for name in wanted if result.get(name) is None]
        if missing:
            raise Unfit(f"no gradient of {' and '.join(missing)} comes back")
        return {name: self.as_ours(result[name], name, f"the gradient of {name}") for name in wanted}


def parted(result: Any) -> tuple[Any, Any]:
    """Return the output, and what is kept for the backward pass.

    Examples
    --------
    >>> parted(("y", "cache")), parted("y"), parted(("y", 1, 2))
    (('y', 'cache'), ('y', None), ('y', (1, 2)))
    """
    if not isinstance(result, tuple) or not result:
        return result, None
    return result[0], result[1] if len(result) == 2 else result[1:] or None


def called(function: Callable[..., Any], given: Mapping[str, Any]) -> Any:
    """Call a function with arguments by name; what it takes by position only comes first."""
    found = parameters(function)
    first = [given[one.name] for one in found if one.kind is one.POSITIONAL_ONLY and one.name in given]
    named = {one.name for one in found if one.kind is not one.POSITIONAL_ONLY}
    return function(*first, **{name: value for name, value in given.items() if name in named})
