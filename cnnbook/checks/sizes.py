"""Exercise on sizes: how many windows fit, and what they leave over."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes
from cnnbook.checks.report import Verdict

__all__ = ["windows_and_rest"]

Counts = tuple[int, int]


def windows_and_rest(function: Callable[..., Any]) -> Verdict:
    """Check ``windows_and_rest(n, kernel_size, stride, padding)``: the windows, and what they leave over.

    The first number says how many windows fit along one side, the second how many entries at the
    end of the padded side no window reaches.

    Examples
    --------
    >>> windows_and_rest(lambda n, kernel_size, stride, padding: ...)
    Not attempted yet. Write windows_and_rest where the ... stands, run that cell, and then this one.
    """
    small = product(range(1, 7), range(1, 4), range(1, 4), range(3))
    fitting = [setting for setting in small if setting[1] <= setting[0] + 2 * setting[3]]
    large = [(7, 3, 1, 1), (7, 3, 2, 1), (224, 7, 2, 3), (227, 11, 4, 0), (28, 5, 1, 2), (5, 1, 3, 0)]
    cases = [
        Case(
            dict(zip(("n", "kernel_size", "stride", "padding"), setting, strict=True)),
            what_is_special(*setting),
        )
        for setting in [*fitting, *large]
    ]
    return check(function, "windows_and_rest", reference=count, cases=cases, diagnoses=WINDOWS_AND_REST)


def what_is_special(n: int, k: int, s: int, p: int) -> str:
    """Say what is special about some sizes, if anything is."""
    if s > k:
        return "a stride longer than the kernel"
    if p and k > n:
        return "a kernel larger than the picture, with a frame"
    return "something left over" if (n + 2 * p - k) % s else ""


def count(n: int, k: int, s: int, p: int) -> Counts:
    """Count the windows, and the entries after the last one."""
    return (n + 2 * p - k) // s + 1, (n + 2 * p - k) % s


WINDOWS_AND_REST = (
    Diagnosis(
        computes(lambda n, k, s, p: ((n + 2 * p - k + 1) // s, count(n, k, s, p)[1])),
        "You divided after adding 1. Divide n + 2 * padding - kernel_size by the stride, and then add 1.",
    ),
    Diagnosis(
        computes(lambda n, k, s, p: (count(n, k, s, p)[0] - 1, count(n, k, s, p)[1])),
        "One window too few: the first window starts at 0 and counts as well, so add 1.",
    ),
    Diagnosis(
        computes(lambda n, k, s, p: (-(-(n + 2 * p - k) // s) + 1, count(n, k, s, p)[1])),
        "You rounded up. A window that would end beyond the frame does not fit: round down.",
    ),
    Diagnosis(
        computes(lambda n, k, s, p: count(n + p, k, s, 0)),
        "You counted the padding once. It is added on each side, so there are n + 2 * padding entries.",
    ),
    Diagnosis(
        computes(lambda n, k, s, p: count(n, k, s, 0)),
        "You left the padding out: the windows slide over n + 2 * padding entries.",
    ),
    Diagnosis(
        computes(lambda n, k, s, p: count(n, k, 1, p)),
        "You left the stride out: windows start at 0, stride, 2 * stride, and so on.",
    ),
    Diagnosis(
        computes(lambda n, k, s, p: count(n, k, s, p)[::-1]),
        "The two numbers are swapped: first the windows, then what is left over.",
    ),
    Diagnosis(
        computes(lambda n, k, s, p: (count(n, k, s, p)[0], (n + 2 * p) % s)),
        "What is left over is not the rest of dividing the whole side by the stride: "
        "take the kernel's width off first.",
    ),
    Diagnosis(
        computes(lambda n, k, s, p: (count(n, k, s, p)[0], 0)),
        "Nothing seems to be left over, but the last window may end before the padded side does.",
    ),
)
