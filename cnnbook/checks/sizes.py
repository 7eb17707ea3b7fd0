"""Exercises on sizes: how many windows fit and what they leave over, and padding by the output's size."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes
from cnnbook.checks.report import Verdict

__all__ = ["pad_same", "windows_and_rest"]

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


def pad_same(function: Callable[..., Any]) -> Verdict:
    """Check ``pad_same(n, kernel_size, stride)``: the padding that gives one window for each stride.

    It is the ``"SAME"`` of TensorFlow: as many entries before and after, as few as possible, that
    ``n / stride`` windows, rounded up, fit. If they cannot be equal, one more goes to the end.

    Examples
    --------
    >>> pad_same(lambda n, kernel_size, stride: ...)
    Not attempted yet. Write pad_same where the ... stands, run that cell, and then this one.
    """
    settings = [*product(range(1, 9), range(1, 6), range(1, 5)), (224, 7, 2), (224, 3, 2), (28, 5, 1)]
    cases = [Case({"n": n, "kernel_size": k, "stride": s}, special_same(n, k, s)) for n, k, s in settings]
    return check(function, "pad_same", reference=same, cases=cases, diagnoses=PAD_SAME)


def special_same(n: int, k: int, s: int) -> str:
    """Say what is special about some sizes, if anything is."""
    if s > k:
        return "a stride longer than the kernel"
    return "an odd amount" if sum(same(n, k, s)) % 2 else ""


def total(n: int, k: int, s: int) -> int:
    """Count the entries that windows for every stride reach beyond the picture; negative if none."""
    return ((n - 1) // s) * s + k - n


def same(n: int, k: int, s: int) -> Counts:
    """Share the entries out, the odd one to the end."""
    return halves(max(total(n, k, s), 0))


def halves(amount: int) -> Counts:
    """Split an amount in two; what is odd goes to the second half."""
    return amount // 2, amount - amount // 2


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

PAD_SAME = (
    Diagnosis(
        computes(lambda n, k, s: same(n, k, s)[::-1]),
        "The extra entry stands at the start. By this convention it goes to the end.",
    ),
    Diagnosis(
        computes(lambda n, k, s: halves(k - 1)),
        "You added kernel_size - 1 in all, which is right for stride 1 only. "
        "Work out where the last window starts, and how far it reaches beyond the picture.",
    ),
    Diagnosis(
        computes(lambda n, k, s: (k // 2, k // 2)),
        "Half the kernel on each side is right for stride 1 and odd kernels only. "
        "Work out where the last window starts, and how far it reaches beyond the picture.",
    ),
    Diagnosis(
        computes(lambda n, k, s: halves(total(n, k, s))),
        "An amount is negative where the stride outgrows the kernel. Padding takes nothing off: use max.",
    ),
    Diagnosis(
        computes(lambda n, k, s: halves(max((n // s - 1) * s + k - n, 0))),
        "You rounded the number of windows down: n / stride is rounded up here.",
    ),
    Diagnosis(
        computes(lambda n, k, s: (0, sum(same(n, k, s)))),
        "All of it stands at the end: share it out, half before and half after.",
    ),
    Diagnosis(
        computes(lambda n, k, s: (sum(same(n, k, s)), sum(same(n, k, s)))),
        "You added the whole amount on each side: share it out, half before and half after.",
    ),
    Diagnosis(
        computes(lambda n, k, s: (sum(same(n, k, s)) // 2, sum(same(n, k, s)) // 2)),
        "An odd amount has lost one entry: what does not divide by 2 goes to the end.",
    ),
)
