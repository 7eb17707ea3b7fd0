"""Say in words where a layer fails, if not everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from cnnbook.checks.sweep.attempt import Try
from cnnbook.checks.sweep.settings import TRAITS, traits

__all__ = ["what_sets_apart"]

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
Where = dict[tuple[str, ...], set[int]]


def what_sets_apart(tries: Sequence[Try]) -> str:
    """Say where a layer fails, if not everywhere."""
    fails = {n for n, one in enumerate(tries) if one.fault}
    if len(fails) == len(tries):
        return ""
    held = [traits(one.setting) for one in tries]
    single = {(name,): {n for n, names in enumerate(held) if name in names} for name in TRAITS}
    where = {names: cases for names, cases in single.items() if cases and len(cases) < len(tries)}
    chosen, left = covered(where, fails)
    told = ", and where ".join(" and ".join(names) for names in chosen)
    advice = " ".join(ADVICE[name] for names in chosen for name in names if name in ADVICE)
    if chosen and not left:
        return f"It fails exactly where {told}. {advice}".strip()
    inside = {name: cases for (name,), cases in where.items() if fails < cases}
    nearest = min(inside, key=lambda name: len(inside[name]), default="")
    share = len(fails) / len(inside[nearest]) if inside else 0
    if chosen and len(left) <= 0.4 * len(fails) and share < 0.8:
        more = f"in {len(left)} cases more" if len(left) > 1 else "in one case more"
        return f"It fails wherever {told}, and {more}. {advice}".strip()
    return f"It fails only where {nearest}. {ADVICE.get(nearest, '')}".strip() if share >= 0.5 else ""


def covered(where: Where, fails: set[int]) -> tuple[list[tuple[str, ...]], set[int]]:
    """Return at most two descriptions of cases that all fail, and the failing cases that they leave out.

    Examples
    --------
    >>> covered({("a",): {0, 1}, ("b",): {1, 2}, ("c",): {3, 4}}, {0, 1, 3})
    ([('a',)], {3})
    """
    whole = {names: cases for names, cases in where.items() if cases <= fails}
    if fails not in whole.values():
        for (one,), (other,) in combinations(where, 2):
            cases = where[one,] & where[other,]
            if cases and cases <= fails and not ((one,) in whole or (other,) in whole):
                whole[one, other] = cases
    chosen: list[tuple[str, ...]] = []
    left = set(fails)
    while left and len(chosen) < 2:
        best = max(whole, key=lambda names: (len(whole[names] & left), -len(names)), default=None)
        if best is None or len(whole[best] & left) < max(1, len(fails) // 8):
            break
        chosen.append(best)
        left -= whole[best]
    return chosen, left
