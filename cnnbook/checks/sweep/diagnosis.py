"""What kind of mistake fits: a slip that makes the same numbers, or what sets the failing cases apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from cnnbook.checks.compare import close
from cnnbook.checks.sweep.attempt import Try, gradient_of
from cnnbook.checks.sweep.settings import TRAITS, traits

__all__ = ["Diagnosis", "diagnosed"]

ADVICE = {
    "the picture is not square": "Is the height used somewhere for the width?",
    "the kernel is not square": "Is the kernel's height used somewhere for its width?",
    "the output is not square": "Are H_out and W_out swapped somewhere?",
    "the stride leaves rows or columns over": "The size is rounded down, and what is left over is dropped.",
    "there is no padding": "What is a[p:-p], for p = 0?",
    "the two strides differ": "Is the stride of the height used for the width?",
    "there is more than one picture": "Does every picture of the batch count, and once?",
    "the numbers are whole (int)": "Is the output made with the dtype of x? Sums need floats.",
    "the pictures are bytes (uint8)": "Bytes run over at 256: convert to float first.",
    "the arrays lie in memory in another order": "Does a ravel or reshape count on that order?",
    "there is no bias": "bias=None means that there is none.",
    "there is one picture": "Does a squeeze drop an axis of length 1?",
    "there is one channel": "Does a squeeze drop an axis of length 1?",
    "all numbers are negative": "Does a 0 win against negative numbers?",
    "the stride is not given": "It is the kernel's size then: windows side by side.",
}
NAMES = {"y": "The output", "x": "The gradient of x", "weight": "The gradient of the weight"}
NAMES["bias"] = "The gradient of the bias"


class Diagnosis:
    """Words, and which attempts they explain."""

    def __init__(self, words: str, explains: Callable[[Try], bool]) -> None:
        self.words, self.explains = words, explains


def made_by(slip: Callable, one: Try) -> Any:
    """Return what a slip makes of a case, or None for an error."""
    try:
        return slip(one.case, gradient_of(one.case.forward())) if one.backward else slip(one.case)
    except Exception:  # whatever nonsense leads to
        return None


def same(one: Try, slip: Callable) -> bool:
    """Tell whether a slip makes what came out."""
    if one.fault not in ("values", "shape"):
        return False
    made = made_by(slip, one)
    return made is not None and np.shape(made) == np.shape(one.got) and close(made, one.got)


def harmless(one: Try, slip: Callable, part: str) -> bool:
    """Tell whether a slip does not show in a case that came out right."""
    right = one.case.backward(gradient_of(one.case.forward()))[part] if one.backward else one.case.forward()
    made = made_by(slip, one)
    return made is not None and close(made, right)


def diagnosed(tries: Sequence[Try], slips: dict[str, list[tuple[str, Callable]]]) -> Diagnosis:
    """Return what fits the failing cases best."""
    failing = [one for one in tries if one.fault]
    first = failing[0]
    if first.fault == "time":
        return Diagnosis(
            "It does not come to an end: which loop never stops?", lambda one: one.fault == "time"
        )
    passed = [one for one in tries if not one.fault]
    parts = list(dict.fromkeys(one.part for one in failing if one.fault in ("values", "shape")))
    best: tuple[float, str, Callable] | None = None
    for part in parts:
        for words, slip in slips.get(part, []):
            mine = [one for one in failing if one.part == part and not one.refused]
            if not any(same(one, slip) for one in mine[:: len(mine) // 8 + 1]):
                continue
            share = sum(same(one, slip) for one in mine) / len(mine)
            quiet = share and all(harmless(one, slip, part) for one in passed if could(one, part))
            score = share + bool(quiet)
            if share >= 0.5 and (best is None or score > best[0] + 1e-9):
                best = score, f"{NAMES[part]} is what comes out if {words}.", slip
    apart = what_sets_apart(tries)
    if best:
        words, slip = best[1], best[2]
        if best[0] < 1.5:
            words += f" {apart}" if apart else ""
        return Diagnosis(words, lambda one: same(one, slip))
    if all(one.refused for one in failing):
        return refusal(tries)
    wrong = {"changed": "An argument is changed in place: work on a copy."}.get(first.fault, "")
    same_fault = all(one.fault == first.fault for one in failing)
    words = " ".join(part for part in (wrong if same_fault else "", apart) if part)
    return Diagnosis(words or "It is none of the usual mistakes.", lambda one: one.fault == first.fault)


def refusal(tries: Sequence[Try]) -> Diagnosis:
    """Return what to say of a layer that is right wherever it raises no error of its own."""
    fails = {n for n, one in enumerate(tries) if one.fault}
    apart = what_sets_apart(tries).replace("It fails", "It does so", 1)
    words = "It refuses, by an error of its own, what the book's layer takes."
    held = [traits(one.setting) for one in tries]
    names = [name for name in TRAITS if {n for n, found in enumerate(held) if name in found} == fails]
    if names:
        apart += f" If it is meant so: without=[{names[0]!r}].".replace("'", '"')
    return Diagnosis(f"{words} {apart}".strip(), lambda one: one.refused)


def could(one: Try, part: str) -> bool:
    """Tell whether a part is looked at in a case."""
    return part != "bias" or one.case.bias is not None


def what_sets_apart(tries: Sequence[Try]) -> str:
    """Say where a layer fails, if not everywhere."""
    fails = {n for n, one in enumerate(tries) if one.fault}
    if len(fails) == len(tries):
        return ""
    held = [traits(one.setting) for one in tries]
    where = {name: {n for n, names in enumerate(held) if name in names} for name in TRAITS}
    for name, cases in where.items():
        if cases == fails:
            return f"It fails exactly where {name}. {ADVICE.get(name, '')}".strip()
    inside = {name: cases for name, cases in where.items() if fails < cases}
    for one, other in combinations(inside, 2):
        if inside[one] & inside[other] == fails:
            words = " ".join(ADVICE[name] for name in (one, other) if name in ADVICE)
            return f"It fails exactly where {one} and {other}. {words}".strip()
    if inside:
        name = min(inside, key=lambda name: len(inside[name]))
        return f"It fails only where {name}. {ADVICE.get(name, '')}".strip()
    return ""
