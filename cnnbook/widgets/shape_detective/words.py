"""Layers as short words: ``conv6k5p2`` for six kernels of 5x5 with padding 2."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any, NamedTuple

__all__ = ["FACTS", "KINDS", "Layer", "Setting", "parse", "parse_shape", "write", "write_shape"]

Layer = dict[str, "int | str"]
"""A layer's kind and its settings."""


FACTS: dict[str, Any] = json.loads(files(__package__).joinpath("layers.json").read_text("utf-8"))
"""What the page has to know too: kinds, names and limits of layers, and what stands in their table."""


class Setting(NamedTuple):
    """A setting of a layer: its letter in a word, its usual value (None: it must be given), its limits."""

    letter: str
    usual: int | str | None
    minimum: int
    maximum: int


KINDS: dict[str, dict[str, Setting]] = {
    kind: {name: Setting(*setting) for name, setting in settings.items()}
    for kind, settings in FACTS["kinds"].items()
}
"""The kinds of layers, and the settings of each in the order in which a word has them."""
SIDES: dict[str, int] = FACTS["sides"]
"""The largest input."""

WORD = re.compile(r"([a-z]+)(\d*)((?:[a-z]\d+)*)", re.ASCII)


def parse(word: str) -> Layer:
    """Return the layer that a word stands for, with all its settings.

    Raises
    ------
    ValueError
        If the word is not understood; the message says why.

    Examples
    --------
    >>> parse("maxpool3s2")
    {'kind': 'maxpool', 'kernel_size': 3, 'stride': 2, 'padding': 0}
    """
    match = WORD.fullmatch(word) if isinstance(word, str) else None
    if not match or match[1] not in KINDS:
        raise ValueError(f"{word!r} is no layer; a layer starts with {', '.join(KINDS)}")
    kind, first, rest = match.groups()
    given = [("", first)] if first else []
    given += re.findall(r"([a-z])(\d+)", rest)
    settings = KINDS[kind]
    letters = [setting.letter for setting in settings.values()]
    values = dict(given)
    if len(values) < len(given) or not set(values) <= set(letters):
        raise ValueError(f"{word!r} is not understood: {kind} takes {' '.join(settings) or 'no settings'}")
    layer: Layer = {"kind": kind}
    for name, (letter, usual, minimum, maximum) in settings.items():
        if letter not in values and usual is None:
            raise ValueError(f"{word!r} lacks its {name}, as in {kind}{6 if kind == 'conv' else 2}")
        value = int(values[letter][:9]) if letter in values else layer.get(usual, usual)
        if not minimum <= value <= maximum:
            raise ValueError(f"{word!r}: {name} must be from {minimum} to {maximum}, got {value}")
        layer[name] = value
    return layer


def write(layer: Layer) -> str:
    """Return the shortest word for a layer.

    Examples
    --------
    >>> write(parse("conv6k5s1p2"))
    'conv6k5p2'
    """
    word = kind = str(layer["kind"])
    for name, (letter, usual, _, _) in KINDS[kind].items():
        if layer[name] != layer.get(usual, usual):
            word += f"{letter}{layer[name]}"
    return word


def parse_shape(text: str) -> tuple[int, ...]:
    """Return the shape of an input, (C, H, W), that is written ``1x28x28``.

    Raises
    ------
    ValueError
        If the text is not understood.
    """
    if not re.fullmatch(r"\d{1,6}x\d{1,6}x\d{1,6}", text, re.ASCII):
        raise ValueError(f"{text!r} is no shape like 1x28x28")
    return tuple(map(int, text.split("x")))


def write_shape(shape: tuple[int, ...]) -> str:
    """Return a shape as ``1x28x28``."""
    return "x".join(map(str, shape))
