"""Causes that any exercise may have: the wrong type, shape or kind of number, and no result at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Attempt
from cnnbook.checks.compare import close
from cnnbook.checks.diagnosis import Diagnosis, Predicate

__all__ = ["GENERAL"]


def has_values(transform: Callable[[Any], Any]) -> Predicate:
    """Explain numbers that are a transform of the right ones."""
    return lambda attempt: (
        attempt.fault in ("values", "shape") and close(attempt.got, transform(attempt.expected))
    )


def has_holes(result: Any) -> bool:
    """Tell whether a result holds NaN or infinity."""
    return not np.isfinite(result).all()


def shape_hint(attempt: Attempt) -> str:
    """Say by how much a shape is off."""
    got, expected = np.shape(attempt.got), np.shape(attempt.expected)
    if len(got) != len(expected):
        return f"Your result has {len(got)} dimensions, and should have {len(expected)}."
    names = (
        ("row", "column") if len(expected) == 2 else tuple(f"entry along axis {n}" for n in range(len(got)))
    )
    parts = []
    for name, n, right in zip(names, got, expected, strict=True):
        if n != right:
            plural = "" if abs(n - right) == 1 else "s"
            parts.append(f"{abs(n - right)} {name}{plural} too {'few' if n < right else 'many'}")
    return f"Your result has {' and '.join(parts)}."


def type_hint(attempt: Attempt) -> str:
    """Say which type came and which is wanted."""
    kind = type(attempt.got).__name__
    if isinstance(attempt.expected, tuple):
        return f"Your result is of type {kind}. Return a tuple, such as (5, 5)."
    if isinstance(attempt.expected, np.ndarray) and isinstance(attempt.got, list | tuple):
        return f"Your result is a {kind}, not an array: wrap it in np.array(...), or fill an np.zeros(...)."
    wanted = "an array" if isinstance(attempt.expected, np.ndarray) else "a number"
    return f"Your result is of type {kind}. Return {wanted}."


def dtype_hint(attempt: Attempt) -> str:
    """Say which kind of number came and which is wanted."""
    if isinstance(attempt.expected, tuple):
        return "The sizes have to be whole numbers (int): divide, if at all, with //."
    kind = attempt.got.dtype
    if kind.kind in "iu":
        return (
            f"Your result holds whole numbers ({kind}), so fractions are cut off: let it hold "
            "floating-point numbers, as np.zeros(shape) does unless you give it another dtype."
        )
    return f"Your result has dtype {kind}: let it hold floating-point numbers."


def changed_hint(attempt: Attempt) -> str:
    """Say which argument was changed."""
    name = attempt.changed[0]
    return (
        f"Your function changes its argument {name}, so its caller loses the original. "
        f"A new name alone does not copy an array: work on {name}.copy(), or build a new array."
    )


GENERAL = (
    Diagnosis(lambda attempt: attempt.fault == "changed", changed_hint),
    Diagnosis(
        lambda attempt: attempt.fault == "nothing",
        "Your function returns nothing (None) here. Does every way through it end with a return?",
    ),
    Diagnosis(lambda attempt: attempt.fault == "type", type_hint),
    Diagnosis(lambda attempt: attempt.fault == "dtype", dtype_hint),
    Diagnosis(
        has_values(np.zeros_like),
        "Every number of your result is zero: is what you compute ever written into it?",
    ),
    Diagnosis(
        has_values(np.negative),
        "Your result has the wrong sign everywhere: which of two terms is subtracted?",
    ),
    Diagnosis(has_values(np.transpose), "Your result is transposed: its rows and columns are swapped."),
    Diagnosis(lambda attempt: attempt.fault == "shape", shape_hint),
    Diagnosis(
        lambda attempt: (
            attempt.fault == "values" and has_holes(attempt.got) and not has_holes(attempt.expected)
        ),
        'Your result holds NaN ("not a number") or infinity where a number is due: is there a division by 0?',
    ),
    Diagnosis(
        lambda attempt: attempt.fault == "error",
        "Your function stops with an error of its own: call it with these arguments, and look at that line.",
    ),
)
