"""What kind of mistake fits: a slip that makes the same numbers, or what sets the failing cases apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnbook.checks.compare import close
from cnnbook.checks.sweep.attempt import Try
from cnnbook.checks.sweep.errors import hint_of
from cnnbook.checks.sweep.settings import TRAITS, traits
from cnnbook.checks.sweep.what_fails import what_sets_apart

__all__ = ["Diagnosis", "diagnosed"]

NAMES = {"y": "The output", "x": "The gradient of x", "weight": "The gradient of the weight"}
NAMES["bias"] = "The gradient of the bias"


class Diagnosis:
    """Words, and which attempts they explain."""

    def __init__(self, words: str, explains: Callable[[Try], bool]) -> None:
        self.words, self.explains = words, explains


def made_by(slip: Callable, one: Try) -> Any:
    """Return what a slip makes of a case, or None for an error."""
    try:
        return slip(one.case, one.g) if one.backward else slip(one.case)
    except Exception:  # whatever nonsense leads to
        return None


def same(one: Try, slip: Callable) -> bool:
    """Tell whether a slip makes what came out."""
    if one.fault not in ("values", "shape"):
        return False
    made = made_by(slip, one)
    return made is not None and np.shape(made) == np.shape(one.got) and close(made, one.got)


def broken(one: Try, slip: Callable) -> bool:
    """Tell whether a slip can make nothing of a case that raised an error."""
    return one.fault == "error" and made_by(slip, one) is None


def harmless(one: Try, slip: Callable, part: str) -> bool:
    """Tell whether a slip does not show in a case that came out right."""
    right = one.case.backward(one.g)[part] if one.backward else one.case.forward()
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
    if order := other_order(failing):
        return order
    best: tuple[float, str, Callable] | None = None
    for part in parts:
        mine = [one for one in failing if one.part == part and not one.refused]
        for words, slip in slips.get(part, []):
            share = share_of(mine, slip)
            if not share:
                continue
            quiet = all(harmless(one, slip, part) for one in passed if could(one, part))
            if share < (0.15 if quiet else 0.5):
                continue
            score = share + quiet
            if best is None or score > best[0] + 1e-9:
                best = score, f"{NAMES[part]} is what comes out if {words}.", slip
    if best:
        return told(best[1], best[2], tries)
    if all(one.refused for one in failing):
        return refusal(tries)
    apart, first = what_sets_apart(tries), failing[0]
    wrong = {"changed": "An argument is changed in place: work on a copy."}.get(first.fault, "")
    if all(one.fault == first.fault for one in failing):
        hints = [hint_of(one.error) for one in failing]
        hint = max(hints, key=hints.count)
        everywhere = "It raises an error in every case." if not passed and first.error else ""
        words = " ".join(part for part in (wrong, everywhere, hint, apart) if part)
    else:
        words = apart
    return Diagnosis(words or "It is none of the usual mistakes.", lambda one: one.fault == first.fault)


def misplaced(one: Try) -> dict[str, str]:
    """Return the names under which another argument's gradient came back, with that argument."""
    return {name: owner for name, owner in one.owners.items() if owner != name}


def other_order(failing: Sequence[Try]) -> Diagnosis | None:
    """Return what to say of gradients that come back in another order, or None."""
    found: dict[str, str] = {}
    for one in failing:
        found.update(mine := misplaced(one))
        if not mine or any(found[name] != one.owners[name] for name in found if name in one.owners):
            return None
    name, owner = next(iter(found.items()))
    words = f"What is taken for the gradient of {name} is that of {owner}"
    if set(found) == set(found.values()):
        longest = max((one.owners for one in failing), key=len)
        order = tuple(found.get(name, name) for name in longest)
        words += f": if the gradients come back in another order, say which, as grads={order}".replace(
            "'", '"'
        )
    return Diagnosis(f"{words}.", lambda one: bool(misplaced(one)))


def told(words: str, slip: Callable, tries: Sequence[Try]) -> Diagnosis:
    """Return a slip's diagnosis; where it explains some of the failing cases only, say that there is more."""
    others = [one for one in tries if one.fault and not (same(one, slip) or broken(one, slip))]
    failing = sum(bool(one.fault) for one in tries)
    if 2 * len(others) > failing:
        words += f" That explains {failing - len(others)} of {failing} failing cases: there is more to mend."
    elif 5 * len(others) > failing:
        apart = what_sets_apart(tries)
        words += f" {apart}" if apart else ""
    return Diagnosis(words, lambda one: same(one, slip))


def share_of(failing: Sequence[Try], slip: Callable) -> float:
    """Return which part of the failing cases a slip makes; 0 if it makes none of a few."""
    if not any(same(one, slip) for one in failing[:: len(failing) // 8 + 1]):
        return 0.0
    return sum(same(one, slip) for one in failing) / len(failing)


def refusal(tries: Sequence[Try]) -> Diagnosis:
    """Return what to say of a layer that is right wherever it raises no error of its own."""
    fails = {n for n, one in enumerate(tries) if one.fault}
    apart = what_sets_apart(tries).replace("It fails", "It does so", 1)
    words = "It refuses, by an error of its own, what the book's layer takes."
    held = [traits(one.setting) for one in tries]
    names = [name for name in TRAITS if {n for n, found in enumerate(held) if name in found} == fails]
    if names:
        apart += f" If it is meant so: without=[{names[0]!r}].".replace("'", '"')
    first = next(one for one in tries if one.refused)
    return Diagnosis(
        f"{words} {apart}".strip(), lambda one: one.refused and str(one.error) == str(first.error)
    )


def could(one: Try, part: str) -> bool:
    """Tell whether a part is looked at in a case."""
    return part != "bias" or one.case.bias is not None
