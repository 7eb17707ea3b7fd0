"""Exercise on stacks of layers: what one entry of the last one sees of the picture."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes
from cnnbook.checks.report import Verdict
from cnnbook.receptive import receptive_field

__all__ = ["seen_by"]

Numbers = tuple[int, ...]


def seen_by(function: Callable[..., Any]) -> Verdict:
    """Check ``seen_by(kernel_sizes, strides, paddings)``: the size, the jump and the start of the field.

    Each argument is a tuple with a number for each layer, the layer next to the picture first.

    Examples
    --------
    >>> seen_by(lambda kernel_sizes, strides, paddings: ...)
    Not attempted yet. Write seen_by where the ... stands, run that cell, and then this one.
    """
    layers = list(product((1, 2, 3), (1, 2), (0, 1)))
    stacks = [[layer] for layer in layers] + [[first, second] for first in layers for second in layers[2::3]]
    stacks += [
        [(3, 1, 1)] * 3,
        [(3, 2, 1)] * 3,
        [(7, 2, 3), (3, 2, 1), (3, 1, 1)],
        [(5, 3, 0), (2, 1, 0)],
        [],
    ]
    cases = [
        Case(
            {
                name: tuple(layer[n] for layer in stack)
                for n, name in enumerate(("kernel_sizes", "strides", "paddings"))
            },
            f"{len(stack)} layers" if len(stack) != 1 else "",
        )
        for stack in stacks
    ]
    return check(function, "seen_by", reference=field, cases=cases, diagnoses=SEEN_BY)


def field(kernel_sizes: Numbers, strides: Numbers, paddings: Numbers) -> Numbers:
    """Follow the stack from the picture on."""
    names = ("kernel_size", "stride", "padding")
    stack = [
        dict(zip(names, layer, strict=True)) for layer in zip(kernel_sizes, strides, paddings, strict=True)
    ]
    return tuple(receptive_field(stack))


def walked(
    kernel_sizes: Numbers,
    strides: Numbers,
    paddings: Numbers,
    *,
    reach: Callable[[int, int], int] = lambda k, jump: (k - 1) * jump,
    shift: Callable[[int, int], int] = lambda p, jump: -p * jump,
    first: int = 1,
    jump_first: bool = False,
    sums: bool = False,
) -> Numbers:
    """Follow the stack with a mistake in one of the three steps."""
    size, jump, start = first, 1, 0
    for k, s, p in zip(kernel_sizes, strides, paddings, strict=True):
        after = jump + s if sums else jump * s
        used = after if jump_first else jump
        size, start, jump = size + reach(k, used), start + shift(p, used), after
    return size, jump, start


def wrong(**mistake: Any) -> Callable[..., Any]:
    """Return a predicate for a walk with a mistake."""
    return computes(lambda *stack: walked(*stack, **mistake))


SEEN_BY = (
    Diagnosis(
        wrong(reach=lambda k, jump: k * jump),
        "Each layer adds kernel_size - 1 jumps, not kernel_size: its first pixel was counted before.",
    ),
    Diagnosis(
        wrong(reach=lambda k, jump: k - 1, shift=lambda p, jump: -p),
        "You did not use the jump: one step in a deep layer is as many pixels as the product of the strides "
        "before it.",
    ),
    Diagnosis(
        wrong(reach=lambda k, jump: k - 1),
        "The size does not use the jump: kernel_size - 1 steps of a deep layer are jump pixels each.",
    ),
    Diagnosis(
        wrong(jump_first=True),
        "You changed the jump too early: a layer's own stride counts for the layers after it.",
    ),
    Diagnosis(wrong(sums=True), "You added the strides: the jump is their product."),
    Diagnosis(
        wrong(shift=lambda p, jump: p * jump),
        "The start has the wrong sign: padding lets the first window begin before the picture, below 0.",
    ),
    Diagnosis(
        wrong(shift=lambda p, jump: -p),
        "The start does not use the jump: one padded entry of a deep layer is jump pixels wide.",
    ),
    Diagnosis(
        wrong(shift=lambda p, jump: 0),
        "You left the padding out: the start lies before the picture, below 0.",
    ),
    Diagnosis(
        wrong(first=0),
        "Your field is one pixel too small: with no layer at all an entry sees one pixel, itself.",
    ),
    Diagnosis(
        computes(lambda *stack: field(*(numbers[::-1] for numbers in stack))),
        "You began at the wrong end: the first numbers belong to the layer next to the picture.",
    ),
)
