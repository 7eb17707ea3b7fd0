"""Bring what somebody's layer returns into our names and our layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnbook.checks.compare import close, plain
from cnnbook.checks.sweep.layouts import from_layout
from cnnbook.checks.sweep.names import known
from cnnbook.checks.sweep.way import Way

__all__ = ["Unfit", "as_ours", "gradients", "owners", "parted"]


class Unfit(Exception):
    """A result is no array, or has not as many axes as it should."""


def parted(result: Any) -> tuple[Any, Any]:
    """Return the output, and what is kept for the backward pass.

    Examples
    --------
    >>> parted(("y", "cache")), parted("y"), parted(("y", 1, 2)), parted({"out": "y", "cache": 1})
    (('y', 'cache'), ('y', None), ('y', (1, 2)), ('y', 1))
    """
    if isinstance(result, Mapping):
        outputs = [key for key in result if known(False, True).get(str(key)) == "y"]
        kept = {key: one for key, one in result.items() if key not in outputs[:1]}
        cache = next(iter(kept.values())) if len(kept) == 1 else kept or None
        return (result[outputs[0]], cache) if outputs else (result, None)
    if not isinstance(result, tuple) or not result:
        return result, None
    return result[0], result[1] if len(result) == 2 else result[1:] or None


def as_ours(value: Any, name: str, title: str, way: Way) -> np.ndarray:
    """Return an array in our layout, or raise :class:`Unfit`."""
    array = plain(value)
    if array is None:
        raise Unfit(f"{title} is no array of numbers, but a {type(value).__name__}")
    if name == "bias":
        return array.reshape(-1) if array.size == max(array.shape, default=1) else array
    layout, axes = way.layout if name == "x" else way.out_layout, "NCHW"
    if name == "weight":
        layout, axes = way.weight_layout, "OIHW"
    ours = from_layout(array, layout, axes)
    if ours is None:
        axes_word = "axis" if array.ndim == 1 else "axes"
        raise Unfit(
            f"{title} has shape {array.shape}: {array.ndim} {axes_word}, where {layout} has {len(layout)}"
        )
    return ours


def named(result: Any, way: Way) -> dict[str, Any]:
    """Return what came back, by the name of the argument whose gradient it should be."""
    if isinstance(result, Mapping):
        return {meaning(str(key), way): one for key, one in result.items()}
    if not isinstance(result, (tuple, list)):
        return {way.grads[0]: result}
    if way.pooling and len(result) != 1:
        return {"x": result}
    return dict(zip(way.grads, result, strict=False))


def gradients(result: Any, wanted: tuple[str, ...], way: Way) -> dict[str, np.ndarray]:
    """Return the gradients in our layout, by the argument's name, or raise :class:`Unfit`."""
    found = named(result, way)
    missing = [name for name in wanted if found.get(name) is None]
    if missing:
        raise Unfit(f"no gradient of {' and '.join(missing)} comes back")
    return {name: as_ours(found[name], name, f"the gradient of {name}", way) for name in wanted}


def owners(result: Any, right: Mapping[str, np.ndarray], way: Way) -> dict[str, str]:
    """Return whose gradient each is that came back, in whatever layout that argument has."""

    def is_that(value: Any, name: str) -> bool:
        try:
            ours = as_ours(value, name, "", way)
        except Unfit:
            return False
        return ours.shape == right[name].shape and close(ours, right[name])

    pairs = ((name, value) for name, value in named(result, way).items() if name in right)
    found = ((name, [other for other in (name, *right) if is_that(value, other)]) for name, value in pairs)
    return {name: others[0] for name, others in found if others}


def meaning(key: str, way: Way) -> str:
    """Return which argument's gradient a key stands for, or an empty text.

    Examples
    --------
    >>> [meaning(key, Way()) for key in ("dA_prev", "grad_weight", "db", "data", "dL_dx", "cost")]
    ['x', 'weight', 'bias', 'x', 'x', '']
    """
    theirs = {name: role for role, name in way.names.items()}
    names = {**known(way.pooling, False), **theirs}
    bare = re.sub(r"^(dL_?d|grad_|gradient_|d_|d)", "", key, count=1)
    return names.get(key) or names.get(bare) or names.get(re.sub(r"_?grad(ient)?$", "", key), "")
