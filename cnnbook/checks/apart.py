"""What sets the failing cases apart, and what the wrong numbers have in common: plain facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Attempt, Case, Formula
from cnnbook.checks.wording import ORDINALS, piece

__all__ = ["in_common", "what_sets_apart"]


def what_sets_apart(attempts: Sequence[Attempt], enough: float = 0.5) -> str:
    """Say where a function fails, if it does not fail everywhere; an empty text if nothing tells.

    Where no trait, nor two of them, mark exactly the failing cases, these have to be the share
    ``enough`` of those that have a trait.
    """
    fails = np.array([bool(attempt.fault) for attempt in attempts])
    if fails.all():
        return ""
    shapes, values = (table(of, attempts) for of in (traits, traits_of_values))
    for name, holds in {**shapes, **values}.items():
        if (holds == fails).all():
            return f"It fails exactly where {name}."
    inside = {name: holds for name, holds in shapes.items() if holds[fails].all() and not holds.all()}
    for one, other in combinations(inside, 2):
        if (inside[one] & inside[other] == fails).all():
            return f"It fails exactly where {one} and {other}."
    inside = {name: holds for name, holds in inside.items() if "even" not in name and "odd" not in name}
    best = max(inside, key=lambda name: fails.sum() / inside[name].sum(), default="")
    return f"It fails only where {best}." if best and fails.sum() / inside[best].sum() >= enough else ""


def table(of: Callable, attempts: Sequence[Attempt]) -> dict[str, np.ndarray]:
    """Return for each trait in which cases it holds."""
    found = [dict(of(attempt.case)) for attempt in attempts]
    names = dict.fromkeys(name for one in found for name in one)
    return {name: np.array([bool(one.get(name)) for one in found]) for name in names}


def traits(case: Case) -> Iterator[tuple[str, bool]]:
    """Yield what can be said of the numbers and the shapes of a case."""
    for name, value in case.arguments.items():
        if isinstance(value, np.ndarray):
            if value.ndim > 1:
                H, W = value.shape[:2] if value.dtype == np.uint8 else value.shape[-2:]  # a picture in colour
                yield f"{name} has more rows than columns", H > W
                yield f"{name} has more columns than rows", H < W
                yield f"{name} is not square", H != W
                yield f"{name} is square", H == W
                yield f"{name} has an even number of rows or columns", H % 2 == 0 or W % 2 == 0
                yield f"{name} has an even number of rows", H % 2 == 0
                yield f"{name} has an even number of columns", W % 2 == 0
            for more, axis in product((1, 2), range(value.ndim)):
                along = f" along axis {axis}" if value.ndim > 1 else ""
                yield f"{name} is longer than {more}{along}", value.shape[axis] > more
            yield f"{name} has more than one number", value.size > 1
        elif isinstance(value, tuple):
            yield from traits_of_tuple(name, value)
        elif isinstance(value, bool):
            yield f"{name} is True", value
            yield f"{name} is False", not value
        elif not isinstance(value, Formula):
            yield f"{name} is 0", value == 0
            yield f"{name} is 1", value == 1
            yield f"{name} is above 1", value > 1
            yield f"{name} is not 0", value != 0
            yield f"{name} is even", value % 2 == 0
            yield f"{name} is odd", value % 2 == 1
    for (one, a), (other, b) in combinations(case.arguments.items(), 2):
        if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
            if a.ndim == b.ndim == 1:
                yield f"{one} is longer than {other}", len(a) > len(b)
                yield f"{one} is shorter than {other}", len(a) < len(b)
                yield f"{one} and {other} differ in length", len(a) != len(b)
            yield f"{one} and {other} have one shape", a.shape == b.shape
        elif isinstance(a, tuple) and isinstance(b, tuple):
            yield f"a number of {one} is larger than that of {other}", any(map(np.greater, a, b))
            yield f"a number of {one} is smaller than that of {other}", any(map(np.less, a, b))
        elif isinstance(a, int) and isinstance(b, int):
            yield f"{one} is larger than {other}", a > b
            yield f"{one} is smaller than {other}", a < b
            yield f"{one} and {other} differ", a != b


def traits_of_tuple(name: str, numbers: tuple[int, ...]) -> Iterator[tuple[str, bool]]:
    """Yield what can be said of a pair, or of a number for each layer."""
    if len(numbers) == 2:
        first, second = f"the first number of {name}", f"the second number of {name}"
        yield f"the two numbers of {name} differ", numbers[0] != numbers[1]
        yield f"{first} is the larger one", numbers[0] > numbers[1]
        yield f"{second} is the larger one", numbers[0] < numbers[1]
        for at, n in zip((first, second), numbers, strict=True):
            yield f"{at} is 0", n == 0
            yield f"{at} is above 1", n > 1
    else:
        yield f"{name} is empty", not numbers
        yield f"{name} is not empty", len(numbers) > 0
        for n in (1, 2, 3):
            yield f"{name} has more than {n} number{'s' * (n > 1)}", len(numbers) > n
    yield f"{name} holds a number above 1", any(n > 1 for n in numbers)
    yield f"{name} holds an even number", any(n % 2 == 0 for n in numbers)
    yield f"{name} holds a number that is not 0", any(numbers)
    yield f"{name} holds a 0", 0 in numbers
    yield f"a number of {name} before the last is above 1", any(n > 1 for n in numbers[:-1])


def traits_of_values(case: Case) -> Iterator[tuple[str, bool]]:
    """Yield what can be said of the numbers in a case's arrays: they often go with shapes."""
    for name, array in case.arguments.items():
        if isinstance(array, np.ndarray):
            yield f"{name} holds a NaN", bool(np.isnan(array).any())
            yield f"{name} holds negative numbers", bool((array < 0).any())
            yield f"{name} holds fractions", bool((array % 1 > 0).any())
            yield f"{name} is an array of {array.dtype}", True


def in_common(failing: Sequence[Attempt]) -> str:
    """Say what the wrong numbers have in common in every case: one factor, one place."""
    if not all(attempt.fault == "values" and attempt.numbers is not None for attempt in failing):
        return ""
    pairs = [(attempt.numbers.astype(float), np.asarray(attempt.expected, float)) for attempt in failing]
    pair = isinstance(failing[0].expected, tuple)
    large = [(got, right) for got, right in pairs if right.size > 1 and not pair]
    for what, change in {"times": np.divide, "plus": np.subtract}.items():
        if what == "times" and any(got[right == 0].any() for got, right in large):
            continue
        kept = [np.isfinite(right) & ((right != 0) | (what == "plus")) for _, right in large]
        by = [change(*both)[mask] for both, mask in zip(large, kept, strict=True)]
        if len(by) > len(pairs) / 3 and all(np.allclose(one, one[:1], rtol=1e-5, atol=1e-9) for one in by):
            number = next((float(one[0]) for one in by if one.size), 1.0)
            cases = [attempt.case for attempt in failing if np.size(attempt.expected) > 1]
            if what == "times" and (words := divided_by(by, cases)):
                return f"Your result is the right one divided by {words}."
            return (
                f"In each case your result is the right one {what} one number, as here {what} {number:.4g}."
            )
    masks = [~np.isclose(got, right, rtol=1e-5, equal_nan=True) for got, right in pairs]
    for name, inside in areas(failing[0].expected):
        parts = [inside(mask) for mask in masks]
        fitting = all((mask <= part).all() for mask, part in zip(masks, parts, strict=True))
        if fitting and sum(part.all() for part in parts) < 0.75 * len(masks):
            never = not any(got[mask].any() for (got, _), mask in zip(pairs, masks, strict=True))
            return f"Only {name} wrong{': 0, as if never computed' if never else ''}."
    if all(np.allclose(np.sort(a, None), np.sort(b, None), equal_nan=True) for a, b in large) and large:
        return "Your numbers are the right ones, and stand in other places."
    return ""


def divided_by(by: Sequence[np.ndarray], cases: Sequence[Case]) -> str:
    """Return what divides every result, a number or a size, in words; ``by`` are the factors."""
    for name, value in cases[0].arguments.items():
        ways: dict[str, Callable] = {}
        if isinstance(value, np.ndarray):
            ways[f"the number of entries of {name}"] = np.size
            for n in range(value.ndim if value.ndim > 1 else 0):
                ways[f"the length of {name} along axis {n}"] = lambda array, n=n: array.shape[n]
        elif isinstance(value, int | float):
            ways[name] = float
        for words, of in ways.items():
            numbers = [of(case.arguments[name]) for case in cases]
            divided = (np.allclose(one * n, 1, rtol=1e-5) for one, n in zip(by, numbers, strict=True))
            if len(set(numbers)) > 1 and all(divided):
                return words
    return ""


def areas(expected: Any) -> Iterator[tuple[str, Callable[[np.ndarray], np.ndarray]]]:
    """Yield parts of a result, as functions that make a mask of that part."""

    def part(axis: int, *at: int, rest: bool = False) -> Callable[[np.ndarray], np.ndarray]:
        def inside(mask: np.ndarray) -> np.ndarray:
            area = np.full(mask.shape, rest)
            np.moveaxis(area, axis, 0)[list({n % mask.shape[axis] for n in at})] = not rest
            return area

        return inside

    axes = np.ndim(expected)
    if isinstance(expected, tuple):
        yield from ((f"the {ORDINALS[n]} of your numbers is", part(0, n)) for n in range(len(expected)))
        return
    named = [(axis, piece(axes, axis)) for axis in range(axes)]
    for axis, name in named:
        yield f"the first {name} of your result is", part(axis, 0)
        yield f"the last {name} of your result is", part(axis, -1)
        yield f"the first and the last {name} of your result are", part(axis, 0, -1)
    if axes == 2:
        yield "the last row and the last column of your result are", lambda m: part(0, -1)(m) | part(1, -1)(m)
        yield "the border of your result is", lambda mask: part(0, 0, -1)(mask) | part(1, 0, -1)(mask)
    for axis, name in named:
        yield f"what follows the first {name} of your result is", part(axis, 0, rest=True)
        yield f"what stands before the last {name} of your result is", part(axis, -1, rest=True)
