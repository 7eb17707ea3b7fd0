"""What a layer does to a shape and what it costs; where it is impossible, why, and what mends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import gcd, prod
from typing import Any

from cnnbook.shapes import output_size
from cnnbook.widgets.shape_detective.words import FACTS, Layer

__all__ = ["MOST_NUMBERS", "Impossible", "Signal", "follow", "step"]

MOST_NUMBERS: int = FACTS["most_numbers"]
"""The most numbers that a layer may give: 1 GiB in float32. It keeps every total exact in a browser."""
PAIR = "{0[0]}×{0[1]}"


class Impossible(ValueError):
    """A layer cannot take what it gets; the message says why, and what would mend it."""


@dataclass(frozen=True)
class Signal:
    """What runs between two layers.

    Attributes
    ----------
    shape : tuple of int
        (C, H, W), or (features,) once the numbers stand in a row.
    sides : tuple of int
        The height and the width that the numbers have, or had before they were put in a row.
    field : tuple of int
        The height and the width of what one number sees.
    jump : int
        How far apart two neighbours look.
    """

    shape: tuple[int, ...]
    sides: tuple[int, int]
    field: tuple[int, int] = (1, 1)
    jump: int = 1


def step(layer: Layer, signal: Signal) -> tuple[Signal, dict[str, Any]]:
    """Return what a layer gives, and what it costs.

    Returns
    -------
    signal : Signal
        After the layer.
    costs : dict
        ``parameters``, ``multiply_adds`` and ``dropped``, the rows and the columns of the padded input
        that no window reaches because the stride does not divide.

    Raises
    ------
    Impossible
        If the layer cannot take what it gets.
    """
    kind = layer["kind"]
    if kind in ("conv", "maxpool", "avgpool", "globalavgpool") and len(signal.shape) == 1:
        raise Impossible(
            f"It needs channels of height and width, but gets a row of {signal.shape[0]:,} numbers: "
            "move it up, before they are put in a row."
        )
    costs: dict[str, Any] = {"parameters": 0, "multiply_adds": 0, "dropped": (0, 0)}
    if kind in ("conv", "maxpool", "avgpool"):
        return slide(layer, signal, costs)
    if kind == "linear":
        return connect(layer, signal, costs)
    if kind == "globalavgpool":
        return Signal(signal.shape[:1], (1, 1), whole(signal), signal.jump), costs
    if kind == "flatten":
        return Signal((prod(signal.shape),), signal.sides, signal.field, signal.jump), costs
    return signal, costs


def whole(signal: Signal) -> tuple[int, int]:
    """Return what a number sees that is made of all the numbers of a signal."""
    H, W = (r + (n - 1) * signal.jump for r, n in zip(signal.field, signal.sides, strict=True))
    return H, W


def connect(layer: Layer, signal: Signal, costs: dict[str, Any]) -> tuple[Signal, dict[str, Any]]:
    """Follow a signal through a fully connected layer."""
    if len(signal.shape) > 1:
        raise Impossible(
            f"It needs a row of numbers, but gets {'×'.join(map(str, signal.shape))}: "
            "put a flatten before it."
        )
    products = signal.shape[0] * layer["features"]
    costs |= {"parameters": products + layer["bias"] * layer["features"], "multiply_adds": products}
    return Signal((layer["features"],), (1, 1), whole(signal), signal.jump), costs


def slide(layer: Layer, signal: Signal, costs: dict[str, Any]) -> tuple[Signal, dict[str, Any]]:
    """Follow a signal through a layer whose window slides."""
    C, *sides = signal.shape
    k, s, p, d = (layer.get(name, 1) for name in ("kernel_size", "stride", "padding", "dilation"))
    groups, C_out = layer.get("groups", 1), layer.get("channels", C)
    if layer["kind"] != "conv" and 2 * p > k:
        raise Impossible(
            f"Padding {p} is more than half of the {k}×{k} window: use padding {k // 2} or a larger window."
        )
    if C % groups or C_out % groups:
        most = max(g for g in range(1, groups) if gcd(C, C_out) % g == 0)
        raise Impossible(
            f"{groups} groups must divide both its {C} channels in and its {C_out} out: "
            f"use {most} {'group' if most == 1 else 'groups'}."
        )
    span = d * (k - 1) + 1
    if span > min(sides) + 2 * p:
        raise Impossible(too_small(layer, tuple(sides), span))
    H, W = (output_size(n, k, s, p, d) for n in sides)
    if C_out * H * W > MOST_NUMBERS:
        raise Impossible("Its output would take more than 1 GiB: use a larger stride or fewer channels.")
    if layer["kind"] == "conv":
        weights = C_out * (C // groups) * k * k
        costs |= {"parameters": weights + layer["bias"] * C_out, "multiply_adds": weights * H * W}
    rows, columns = ((n + 2 * p - span) % s for n in sides)
    r_h, r_w = (r + (span - 1) * signal.jump for r in signal.field)
    return Signal((C_out, H, W), (H, W), (r_h, r_w), signal.jump * s), costs | {"dropped": (rows, columns)}


def too_small(layer: Layer, sides: tuple[int, int], span: int) -> str:
    """Return why a window does not fit, and what would mend it."""
    k, p, d = layer["kernel_size"], layer["padding"], layer.get("dilation", 1)
    padded = f", {PAIR.format([n + 2 * p for n in sides])} with its padding" if p else ""
    spans = f", which spans {span}×{span} with dilation {d}," if d > 1 else ""
    needed = -(-(span - min(sides)) // 2)
    fitting = (min(sides) + 2 * p - 1) // d + 1
    pooling = layer["kind"] != "conv"
    mends = [f"padding {needed}"] if needed <= (k // 2 if pooling else 15) else []
    if fitting > 1:
        mends.append(f"a {fitting}×{fitting} {'window' if pooling else 'kernel'}")
    mend = f"use {' or '.join(mends)}" if mends else "shrink the picture less before it"
    return f"The {k}×{k} window{spans} does not fit on {PAIR.format(sides)}{padded}: {mend}."


def follow(layers: Iterable[Layer], input_shape: tuple[int, int, int]) -> list[dict[str, Any]]:
    """Return one record for each layer of a stack.

    Returns
    -------
    table : list of dict
        ``shape`` (None where there is none), ``parameters``, ``multiply_adds``, ``memory`` (bytes of the
        output in float32), ``field``, ``jump``, ``dropped``, and ``problem``: why the layer is
        impossible. The layers after an impossible one wait: they have neither shape nor problem.

    Examples
    --------
    >>> from cnnbook.widgets.shape_detective.words import parse
    >>> follow([parse("conv6k5")], (1, 28, 28))[0]["shape"]
    (6, 24, 24)
    """
    signal: Signal | None = Signal(tuple(input_shape), tuple(input_shape[1:]))
    table = []
    for layer in layers:
        record: dict[str, Any] = dict.fromkeys(
            ("shape", "parameters", "multiply_adds", "memory", "field", "jump", "dropped", "problem")
        )
        if signal is not None:
            try:
                signal, costs = step(layer, signal)
                memory = 4 * prod(signal.shape)
                record |= {"shape": signal.shape, "memory": memory, "field": signal.field, **costs}
                record["jump"] = signal.jump
            except Impossible as reason:
                signal, record["problem"] = None, str(reason)
        table.append(record)
    return table
