"""Between the words for layers and the real layers of :mod:`cnnbook.layers`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cnnbook import layers as real
from cnnbook.shapes import pad_amounts
from cnnbook.widgets.shape_detective.words import Layer, parse, write

__all__ = ["build", "describe", "flat", "takes"]

PLAIN = {
    real.ReLU: "relu",
    real.Tanh: "tanh",
    real.Sigmoid: "sigmoid",
    real.Gaussian: "gaussian",
    real.Flatten: "flatten",
    real.GlobalAvgPool2d: "globalavgpool",
}
CLASSES = {kind: layer for layer, kind in PLAIN.items()}


def build(layer: Layer, shape: tuple[int, ...]) -> real.Layer:
    """Return the real layer for an input of a shape; its weights are the same ones every time."""
    kind = layer["kind"]
    settings = {name: value for name, value in layer.items() if name != "kind"}
    if kind == "conv":
        bias = bool(settings.pop("bias"))
        return real.Conv2d(shape[0], settings.pop("channels"), **settings, bias=bias, rng=0)
    if kind == "linear":
        return real.Linear(shape[0], settings["features"], bias=bool(settings["bias"]), rng=0)
    if kind in ("maxpool", "avgpool"):
        return (real.MaxPool2d if kind == "maxpool" else real.AvgPool2d)(**settings)
    return CLASSES[kind]()


def flat(layers: Iterable[Any]) -> list[Any]:
    """Return layers one by one, those inside a ``Sequential`` too."""
    found = []
    for layer in layers:
        found += flat(layer.layers) if isinstance(layer, real.Sequential) else [layer]
    return found


def takes(layer: real.Layer) -> int | None:
    """Return how many channels or features a real layer wants, or None if it takes any."""
    if isinstance(layer, real.Conv2d):
        return layer.weight.shape[1] * layer.settings["groups"]
    return layer.weight.shape[1] if isinstance(layer, real.Linear) else None


def describe(layer: Any) -> str:
    """Return the word for a layer: a word already, or a real layer.

    Raises
    ------
    ValueError
        If it is neither, or has settings for which there is no word.

    Examples
    --------
    >>> describe(real.Conv2d(1, 6, 5, padding="same", rng=0))
    'conv6k5p2'
    """
    if isinstance(layer, str):
        return write(parse(layer))
    if type(layer) in PLAIN:
        return PLAIN[type(layer)]
    if isinstance(layer, real.Linear):
        features, bias = len(layer.weight), int(layer.bias is not None)
        return write(parse(f"linear{features}b{bias}"))
    if isinstance(layer, real.Conv2d):
        C_out, _, *kernel = layer.weight.shape
        bias = int(layer.bias is not None)
        k, s, d = square(kernel), square(layer.settings["stride"]), square(layer.settings["dilation"])
        p, groups = amount(layer.settings["padding"], k, s, d), layer.settings["groups"]
        return write(parse(f"conv{C_out}k{k}s{s}p{p}d{d}g{groups}b{bias}"))
    if isinstance(layer, (real.MaxPool2d, real.AvgPool2d)):
        k, p = square(layer.settings["kernel_size"]), square(layer.settings["padding"])
        stride = layer.settings["stride"]
        if p and not layer.settings.get("count_include_pad", True):
            raise ValueError("there is no word for an average without its padding")
        if layer.settings["ceil_mode"]:
            raise ValueError("there is no word for a pooling that rounds up")
        kind = "maxpool" if isinstance(layer, real.MaxPool2d) else "avgpool"
        return write(parse(f"{kind}{k}s{k if stride is None else square(stride)}p{p}"))
    raise ValueError(f"{layer!r} is neither a word for a layer nor a layer that ShapeDetective knows")


def square(pair: Any) -> int:
    """Return a setting that is the same in both directions."""
    first, second = (pair, pair) if not isinstance(pair, (tuple, list)) else pair
    if first != second:
        raise ValueError(f"ShapeDetective knows square windows only, got {tuple(pair)}")
    return int(first)


def amount(padding: Any, k: int, s: int, d: int) -> int:
    """Return a padding as a number."""
    if not isinstance(padding, str):
        return square(padding)
    before, after = pad_amounts(padding, k, s, d)
    if before != after:
        raise ValueError(f'padding="{padding}" adds more on one side than on the other for a {k}x{k} kernel')
    return before
