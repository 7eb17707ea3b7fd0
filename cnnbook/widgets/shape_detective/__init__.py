"""ShapeDetective: stack layers, and see the shape and the cost of each."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any, NamedTuple

import traitlets

from cnnbook import layers as real
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.shape_detective import objects
from cnnbook.widgets.shape_detective.presets import PRESETS
from cnnbook.widgets.shape_detective.rules import follow
from cnnbook.widgets.shape_detective.table import stack_table
from cnnbook.widgets.shape_detective.words import FACTS, SIDES, parse, parse_shape, write_shape

__all__ = ["ShapeDetective", "Totals"]


class Totals(NamedTuple):
    """What a stack gives, and what it costs for one picture.

    ``memory`` counts the bytes of all the layers' outputs in float32; ``shape`` is None if a layer is
    impossible, and then the layers before it are counted.
    """

    shape: tuple[int, ...] | None
    parameters: int
    multiply_adds: int
    memory: int


class ShapeDetective(BookWidget):
    """Stack layers, and see for each its output shape, its parameters, its work and what it sees.

    A layer may be impossible: the widget says why and what would mend it, and the layers after it wait.

    Parameters
    ----------
    layers : sequence or Sequential, optional
        The stack, LeNet-5 if it is not given. Each layer is one of ``cnnbook.layers`` or a word:
        ``"conv6k5s1p2d1g1b1"`` (6 channels, kernel size 5, stride, padding, dilation, groups, bias or not),
        ``"maxpool2s2p0"``, ``"avgpool2s2p0"``, ``"globalavgpool"``, ``"relu"``, ``"tanh"``, ``"sigmoid"``,
        ``"gaussian"``, ``"flatten"``, ``"linear120b1"``. Usual settings may be left out.
    input_shape : (C, H, W)
        The shape of one picture.
    stack : sequence of str, optional
        The same as ``layers``, in words only: what the view and Python share.

    Raises
    ------
    traitlets.TraitError
        If a value is refused; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> detective = ShapeDetective(["conv6k5p2", "relu", "maxpool2"], input_shape=(1, 28, 28))
    >>> detective.shapes
    [(6, 28, 28), (6, 28, 28), (6, 14, 14)]
    >>> detective.layers = [*detective.layers, "flatten", "linear10"]
    >>> detective.output
    Totals(shape=(10,), parameters=11926, multiply_adds=129360, memory=47080)
    >>> ShapeDetective.preset("AlexNet").output.parameters
    61100840
    """

    input_shape = traitlets.Tuple(default_value=(1, 28, 28)).tag(sync=True)
    """The shape of one picture, (C, H, W)."""
    stack = traitlets.List(trait=traitlets.Any()).tag(sync=True)
    """The layers in words; assign a new list to change it."""
    presets = traitlets.List(read_only=True).tag(sync=True)
    """The networks to start from, each with its name, its input's shape and its words."""

    def __init__(self, layers: Sequence[Any] | None = None, **state: Any) -> None:
        self._kept: list[tuple[str, real.Layer]] = []
        if layers is not None and "stack" in state:
            raise TypeError("ShapeDetective takes layers or stack, not both")
        if layers is None:
            super().__init__(**state)
            return
        flat = one_by_one(layers)
        super().__init__(**state, stack=words(flat))
        self.layers = flat

    @classmethod
    def preset(cls, name: str) -> ShapeDetective:
        """Return a detective with one of the networks to start from.

        Parameters
        ----------
        name : str
            ``"LeNet-5"``, ``"digit network"``, ``"AlexNet"`` or ``"VGG-16 features"``.
        """
        if name not in PRESETS:
            raise traitlets.TraitError(f"there is no preset {name!r}; there are {', '.join(PRESETS)}")
        shape, *stack = PRESETS[name].split(",")
        return cls(input_shape=parse_shape(shape), stack=stack)

    @traitlets.default("stack")
    def _stack(self) -> list[str]:
        return PRESETS["LeNet-5"].split(",")[1:]

    @traitlets.default("presets")
    def _presets(self) -> list[list[str]]:
        return [[name, text] for name, text in PRESETS.items()]

    @traitlets.validate("input_shape")
    def _input_fits(self, proposal: Any) -> tuple[int, ...]:
        try:
            shape = tuple(operator.index(n) for n in proposal.value)
        except TypeError:
            shape = ()
        limits = tuple(SIDES.values())
        if len(shape) != 3 or not all(1 <= n <= most for n, most in zip(shape, limits, strict=True)):
            raise traitlets.TraitError(
                f"input_shape must be (channels, height, width), from 1 to {limits}, got {proposal.value}"
            )
        return shape

    @traitlets.validate("stack")
    def _words_are_understood(self, proposal: Any) -> list[str]:
        return words(proposal.value)

    @property
    def layers(self) -> list[real.Layer]:
        """The stack as real layers; those that did not change are the same objects as before.

        They are made when they are asked for: AlexNet's weights and gradients take half a gigabyte.
        Assign a sequence of layers or words to change the stack.

        Raises
        ------
        ValueError
            If a layer is impossible.
        """
        pool, built, shape = list(self._kept), [], self.input_shape
        for place, (word, record) in enumerate(zip(self.stack, self.table, strict=True), 1):
            if record["problem"]:
                raise ValueError(f"layer {place} ({word}) is impossible: {record['problem']}")
            same = [entry for entry in pool if entry[0] == word and wants(entry[1], shape)]
            if same:
                pool.remove(same[0])
            built.append((word, same[0][1] if same else objects.build(parse(word), shape)))
            shape = record["shape"]
        self._kept = built
        return [layer for _, layer in built]

    @layers.setter
    def layers(self, layers: Sequence[Any]) -> None:
        flat = one_by_one(layers)
        stack = words(flat)
        shape = self.input_shape
        for place, (layer, record) in enumerate(zip(flat, follow(map(parse, stack), shape), strict=True), 1):
            if record["shape"] is None:
                break
            if isinstance(layer, real.Layer) and not wants(layer, shape):
                raise traitlets.TraitError(
                    f"layer {place}, {type(layer).__name__}, takes {objects.takes(layer)} "
                    f"{'channels' if len(shape) > 1 else 'features'}, but gets {shape[0]}"
                )
            shape = record["shape"]
        self._kept = [
            (word, layer) for word, layer in zip(stack, flat, strict=True) if isinstance(layer, real.Layer)
        ]
        self.stack = stack

    @property
    def table(self) -> list[dict[str, Any]]:
        """One dictionary for each layer.

        Its ``layer`` (a word), ``shape``, ``parameters``, ``multiply_adds`` (for one picture; only
        products with weights count), ``memory`` (bytes of the output in float32), ``field`` (height and
        width that one number sees), ``jump``, ``dropped`` (rows and columns of the padded input that the
        floor drops), and ``problem``: why the layer is impossible, if it is. What is not known is None.
        """
        records = follow(map(parse, self.stack), self.input_shape)
        return [{"layer": word, **record} for word, record in zip(self.stack, records, strict=True)]

    @property
    def shapes(self) -> list[tuple[int, ...] | None]:
        """The shape after each layer; None from an impossible layer on."""
        return [record["shape"] for record in self.table]

    @property
    def output(self) -> Totals:
        """The last shape, and the sums over all layers."""
        table = self.table
        last = table[-1]["shape"] if table else self.input_shape
        sums = (
            sum(record[key] or 0 for record in table) for key in ("parameters", "multiply_adds", "memory")
        )
        return Totals(last, *sums)

    def describe(self) -> str:
        """Return the stack in words and the number of parameters in one line."""
        words = ",".join([write_shape(self.input_shape), *self.stack])
        return f"{words}: {self.output.parameters:,} parameters"

    def static_html(self) -> str:
        """Return the table with the numbers of every layer."""
        return stack_table(self.input_shape, list(map(parse, self.stack)), self.table, self.output)


def one_by_one(layers: Any) -> list[Any]:
    """Return layers in a list, those inside a ``Sequential`` too, or raise ``TraitError``."""
    if isinstance(layers, real.Sequential):
        return objects.flat(layers.layers)
    if isinstance(layers, str) or not hasattr(layers, "__iter__"):
        raise traitlets.TraitError(f"layers must be a sequence of layers or words, got {layers!r}")
    return objects.flat(layers)


def words(layers: Any) -> list[str]:
    """Return the words for some layers, or raise ``TraitError``."""
    flat = one_by_one(layers)
    if len(flat) > FACTS["most_layers"]:
        raise traitlets.TraitError(f"at most {FACTS['most_layers']} layers, got {len(flat)}")
    found = []
    for place, layer in enumerate(flat, 1):
        try:
            found.append(objects.describe(layer))
        except (ValueError, TypeError) as error:
            raise traitlets.TraitError(f"layer {place} is refused: {error}") from None
    return found


def wants(layer: real.Layer, shape: tuple[int, ...]) -> bool:
    """Return whether a real layer takes as many channels, or features, as it gets."""
    return objects.takes(layer) in (None, shape[0])
