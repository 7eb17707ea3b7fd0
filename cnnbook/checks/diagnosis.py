"""Likely causes: what a reader may have done, told from all the cases."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnbook.checks import limit
from cnnbook.checks.apart import in_common, what_sets_apart
from cnnbook.checks.attempt import Attempt, run_all
from cnnbook.checks.compare import close, fault
from cnnbook.checks.mistakes import Mistake, Only
from cnnbook.checks.report import words_of
from cnnbook.checks.wording import ORDINALS, piece

if TYPE_CHECKING:
    from cnnbook.checks.exercise import Exercise

__all__ = ["likely_cause"]

UNKNOWN = "It is none of the usual mistakes."
ADVICE = "Work this case out on paper, and compare step by step."
ENOUGH = 0.8  # how far a mistake has to agree before it is named


@np.errstate(all="ignore")
def likely_cause(attempts: Sequence[Attempt], exercise: Exercise) -> tuple[str, Attempt]:
    """Return a hint, and the smallest failing case that it explains.

    What agrees in *all* cases, passing ones included, is named: a mistake that is written down, or one
    that any exercise may see; else a condition, the kind of result that came, a mistake that agrees in
    most cases, or plain facts.
    """
    failing = [attempt for attempt in attempts if attempt.fault]
    if failing[-1].fault == "time":
        hint = f"It was stopped after {limit.SECONDS:g} seconds, still running. Does its loop ever end?"
        return hint, failing[-1]
    hint, score, whole, shown = best_mistake(attempts, exercise.tried)
    if whole and score == 1:
        return hint, shown
    fact = what_sets_apart(attempts)
    conditions = [only for only in exercise.listed if isinstance(only, Only)]
    overlap, only = max(((share(only, attempts), only.hint) for only in conditions), default=(0.0, ""))
    faults = {attempt.fault for attempt in failing}
    told = kind(failing[0]) if len(faults) == 1 and faults <= {"changed", "nothing", "type", "dtype"} else ""
    if not told and (found := other_mistake(attempts, exercise.others)):
        return found, failing[0]
    if overlap == 1:
        return only, failing[0]
    if told:
        return joined(told, fact), failing[0]
    if hint:
        return joined(hint, "" if whole else fact), shown
    if overlap >= 0.5:
        return only, failing[0]
    if hint := by_number(attempts, exercise):
        return joined(hint, fact), failing[0]
    kinds = [attempt.fault if kind(attempt) else "" for attempt in failing]
    most = max(filter(None, kinds), key=kinds.count, default="")
    if kinds.count(most) > len(failing) / 2 and most:
        told = failing[kinds.index(most)]
        return joined(kind(told), fact), told
    fact = joined(in_common(failing), fact or what_sets_apart(attempts, 0.25))
    stops = kind(failing[0]) if failing[0].error else ""
    return joined(stops or fact or UNKNOWN, fact if stops else ADVICE), failing[0]


def joined(*sentences: str) -> str:
    """Join what is there."""
    return " ".join(filter(None, sentences))


Tried = Sequence[tuple[Mistake, Sequence[Attempt]]]


def best_mistake(attempts: Sequence[Attempt], tried: Tried) -> tuple[str, float, bool, Attempt | None]:
    """Return the hint that agrees best, how well, whether nothing speaks against it, and a case."""
    best: tuple[str, float, bool, Attempt | None] = ("", 0.0, False, None)
    failed = sum(bool(attempt.fault) for attempt in attempts)
    for mistake, tries in tried:
        explained, score, whole, shown = agreement(attempts, tries)
        if (whole or score >= ENOUGH) and (whole, score) > (best[2], best[1]):
            more = f" (This explains {explained} of the {failed} failing cases; something else is wrong too.)"
            best = mistake.hint + (more if explained < failed and not whole else ""), score, whole, shown
    return best


def other_mistake(attempts: Sequence[Attempt], others: Sequence[Mistake]) -> str:
    """Return the hint of the first mistake that agrees in every case."""
    first, begin = sorted(attempts, key=lambda attempt: not attempt.fault), time.monotonic()
    for mistake in others:
        agrees = False
        if time.monotonic() - begin > limit.SECONDS:  # an answer comes soon, on every machine
            break
        for mine in first:
            (other,) = run_all(mistake.function, [mine.case], [mine.expected])
            if mine.fault and other.fault and alike(mine, other):
                agrees = True
            elif mine.fault == "nothing":  # another way through it has no return
                continue
            elif (mine.fault or other.fault) and not (mine.fault and other.fault == "error"):
                break
        else:
            if agrees:
                return mistake.hint
    return ""


def by_number(attempts: Sequence[Attempt], exercise: Exercise) -> str:
    """Return a hint for each number of a tuple that is wrong, if one is known."""
    hints = []
    if isinstance(attempts[0].expected, tuple) and all(attempt.sketch for attempt in attempts):
        for place, ordinal in enumerate(ORDINALS[: len(attempts[0].expected)]):
            mine = [only_number(attempt, place) for attempt in attempts]
            tried = [(m, [only_number(attempt, place) for attempt in tries]) for m, tries in exercise.tried]
            hint, score, _, _ = best_mistake(mine, tried)
            if score < 1:
                others = [replace(m, function=partial(picked, m.function, place)) for m in exercise.others]
                found = other_mistake(mine, others)
                hint, score = found or hint, 1 if found else score
            told = "" if hint.startswith(f"The {ordinal} of your numbers") else f"The {ordinal} number: "
            hints += [(score < 1, told + hint)] if hint else []
    return " ".join(hint for vague, hint in hints if vague == min(hints)[0])


def picked(function: Callable[..., Any], place: int, *arguments: Any) -> Any:
    """Return one number of what a function returns."""
    return function(*arguments)[place]


def only_number(attempt: Attempt, place: int) -> Attempt:
    """Return an attempt as if one number of its tuple were all."""
    numbers = attempt.numbers
    if numbers is None or numbers.shape != np.shape(attempt.expected):
        return replace(attempt, fault=attempt.fault or "type")
    got, expected = numbers[place], attempt.expected[place]
    return replace(attempt, got=got, expected=expected, fault=fault(got, expected))


def agreement(
    attempts: Sequence[Attempt], tries: Sequence[Attempt]
) -> tuple[int, float, bool, Attempt | None]:
    """Say how far two functions go wrong in the same way.

    Return the number of failing cases in which they do; these as a share of the cases in which either is
    wrong, where the same wrong shape counts half, and a mistake's own error not at all; whether no case
    speaks against it; and the smallest case in which they agree.
    """
    same, shapes, against, other_shapes, shown = 0, 0, 0, 0, None
    for mine, other in zip(attempts, tries, strict=False):
        if not mine.fault and not other.fault:
            continue
        if mine.fault and other.fault:
            if alike(mine, other):
                same, shown = same + 1, shown or mine
                continue
            if other.fault == "error":
                continue
            shape = (mine.sketch or (None,))[0]
            if mine.fault == other.fault == "shape" and shape and shape == (other.sketch or (None,))[0]:
                shapes, shown = shapes + 1, shown or mine
                continue
        against += 1
        other_shapes += "shape" in (mine.fault, other.fault)
    if not same and shapes and not other_shapes and shapes > sum(bool(mine.fault) for mine in attempts) / 2:
        against = 0
    if not same and (against or not shapes):
        return 0, 0.0, False, None
    return same + shapes, (same + shapes / 2) / (same + shapes + against), not against, shown


def alike(mine: Attempt, other: Attempt) -> bool:
    """Tell whether two failing attempts came out the same."""
    if mine.error or other.error:
        return stem(mine.error) == stem(other.error)
    if mine.changed != other.changed or mine.sketch is None or other.sketch is None:
        return False
    if other.fault in ("type", "dtype") and mine.fault != other.fault:  # its numbers may be right
        return False
    (shape, total, size), (other_shape, other_total, _) = mine.sketch, other.sketch
    if shape != other_shape or abs(total - other_total) > 1e-4 * size + 1e-9:
        return False
    return close(mine.numbers, other.numbers)


def stem(error: BaseException | None) -> str:
    """Return what an error says, without its numbers; that an index or a shape is too large is one thing."""
    words = f"{type(error).__name__}: {words_of(error)}" if error else ""
    if any(part in words for part in ("out of bounds", "could not be broadcast", "could not broadcast")):
        return "out of bounds"
    return re.sub(r"[\d(),\s-]+", " ", words)


def share(only: Only, attempts: Sequence[Attempt]) -> float:
    """Return the failing cases as a share of those where a condition holds; 0 if one is outside."""
    holds = [only.holds(*attempt.case.arguments.values()) for attempt in attempts]
    fails = [bool(attempt.fault) for attempt in attempts]
    if all(holds) or any(fail and not held for fail, held in zip(fails, holds, strict=True)):
        return 0.0
    return sum(fails) / sum(holds)


def kind(attempt: Attempt) -> str:
    """Say what kind of result came, where it is not only its numbers that are wrong."""
    pair, array = isinstance(attempt.expected, tuple), isinstance(attempt.expected, np.ndarray)
    name = type(attempt.got).__name__
    match attempt.fault:
        case "changed":
            return (
                f"Your function changes its argument {attempt.changed[0]}, so its caller loses the original. "
                f"A new name alone copies no array: work on {attempt.changed[0]}.copy(), or build a new one."
            )
        case "nothing":
            return "Your function returns nothing (None) here. Does every way through it end with a return?"
        case "type" if array and name in ("list", "tuple"):
            more = "wrap it in np.array(...), or fill an np.zeros(...)."
            return f"Your result is a {name}, not an array: {more}"
        case "type":
            wanted = "a tuple, such as (5, 5)" if pair else "an array" if array else "a number"
            return f"Your result is of type {name}. Return {wanted}."
        case "dtype" if pair:
            return "The sizes have to be whole numbers (int): divide, if at all, with //."
        case "dtype" if np.asarray(attempt.got).dtype.kind in "iu":
            told = f"Your result holds whole numbers ({np.asarray(attempt.got).dtype}), so fractions"
            return f"{told} are cut off: let it hold floating-point numbers, as np.zeros(shape) does."
        case "dtype":
            dtype = np.asarray(attempt.got).dtype
            return f"Your result has dtype {dtype}: let it hold floating-point numbers."
        case "shape":
            return shape(attempt)
        case "error":
            told = words_of(attempt.error)
            if "out of bounds" in told:
                more = "something is as large as a number in your code says, and not as the arguments say."
            elif any(part in told for part in ("broadcast", "reshape", "align", "mismatch")):
                more = "two shapes do not fit there. Look at both of them, just before that line."
            else:
                more = "call it with these arguments."
            return f"Your function stops with an error of its own: {more}"
        case "values" if not np.isfinite(attempt.numbers).all() and np.isfinite(attempt.expected).all():
            return (
                "Your result holds NaN or infinity where a number is due: is there a division by 0? "
                "Or a number so large that it overflows?"
            )
    return ""


def shape(attempt: Attempt) -> str:
    """Say by how much a shape is off."""
    got, expected = np.shape(attempt.got), np.shape(attempt.expected)
    if isinstance(attempt.expected, tuple):
        return f"Your tuple has {count(len(attempt.got), 'number')}, and should have {len(attempt.expected)}."
    if not expected:
        return f"Your result is an array of shape {got}. Return one number."
    if len(got) != len(expected):
        return f"Your result has {count(len(got), 'dimension')}, and should have {len(expected)}."
    parts = []
    for axis, (n, right) in enumerate(zip(got, expected, strict=True)):
        if n != right:
            noun, *place = piece(len(got), axis).split(" ", 1)
            amount = f"{count(abs(n - right), noun)} too {'few' if n < right else 'many'}"
            parts.append(" ".join([amount, *place]))
    return f"Your result has {' and '.join(parts)}."


def count(n: int, noun: str) -> str:
    """Return a number of things."""
    return f"{n} {noun if n == 1 else noun[:-1] + 'ies' if noun.endswith('y') else noun + 's'}"
