"""What a reader sees: a verdict in one sentence, or a failing case."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Attempt, Case

__all__ = ["CheckFailed", "Interrupted", "Verdict", "describe", "setting", "words_of"]

DECIMALS = 4
PRINTED_LINES = 6
WIDTH = 96
LINES, CHARACTERS = 30, 2400  # of one argument or result


@dataclass(frozen=True)
class Verdict:
    """A check that did not fail: passed, or not attempted yet. A notebook shows ``text`` as Markdown."""

    passed: bool
    cases: int
    text: str

    def __repr__(self) -> str:
        return self.text.replace("**", "").replace("`", "")

    def _repr_markdown_(self) -> str:
        return self.text


class CheckFailed(AssertionError):
    """A check failed: the smallest failing case that the hint explains, and the hint at the cause.

    In a notebook it shows itself, without a traceback through the checker's files.
    """

    def __init__(self, message: str, attempt: Attempt | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.attempt, self.hint = attempt, hint

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class Interrupted(KeyboardInterrupt):
    """The reader has stopped a check. It shows itself, too."""

    def _render_traceback_(self) -> list[str]:
        return [f"KeyboardInterrupt: {self}"]


CheckFailed.__module__ = "cnnbook.checks"


def literal(value: Any) -> str:
    """Return a value as text, rounded, so that every processor prints the same, and never too long.

    Examples
    --------
    >>> literal(np.array([[1 / 3, -1e-17]])), literal(2 / 3), literal((5, 4))
    ('array([[0.3333, 0.    ]])', '0.6667', '(5, 4)')
    >>> print(literal("x" * 5000)[-12:])
    xxxxxxxxx...
    """
    try:
        text = re.sub(r" at 0x[0-9A-Fa-f]+", "", written(value))
    except Exception:  # whatever an object's own text may raise
        text = f"an object of type {type(value).__name__} that cannot be shown"
    return cut(text)


def cut(text: str) -> str:
    """Cut a text that is too long."""
    lines = text[:CHARACTERS].splitlines()
    short = "\n".join(lines[:LINES])
    return short if short == text else short + "..."


def written(value: Any) -> str:
    """Return a value as text."""
    if type(value) is np.ndarray:
        with np.printoptions(precision=DECIMALS, suppress=True, threshold=300, linewidth=WIDTH):
            rounded = value.dtype.kind == "f" and value.size <= 300
            return repr(np.round(value, DECIMALS) + 0 if rounded else value)  # + 0: no -0.
    if type(value) is float or isinstance(value, np.floating):
        if 1e-12 < abs(value) < 10.0**-DECIMALS:  # a small setting, as epsilon, and no rounding error
            return f"{value:.3g}"
        text = f"{round(float(value), DECIMALS) + 0:.{DECIMALS}f}".rstrip("0")
        return text + "0" if text.endswith(".") else text
    if isinstance(value, np.integer):
        return str(value)
    if type(value) in (list, tuple):
        inner = ", ".join([*map(written, value[:50]), *["..."] * (len(value) > 50)])
        return f"[{inner}]" if type(value) is list else f"({inner}{',' * (len(value) == 1)})"
    return repr(value)


def words_of(error: BaseException) -> str:
    """Return an error's own words, if they are not too many."""
    try:
        return textwrap.shorten(str(error)[:1000], 300, placeholder=" ...")
    except Exception:
        return "(it has no words that can be shown)"


def labelled(label: str, text: str) -> str:
    """Put a label before a text, and indent its other lines to match."""
    return label + text.replace("\n", "\n" + " " * len(label))


def argument(name: str, value: Any) -> str:
    """Return an argument as Python that can be pasted into a cell."""
    text = literal(value)
    if not isinstance(value, np.ndarray):
        return labelled(f"{name} = ", text)
    text = re.sub(r"\b(nan|inf)\b", r"np.\1", text).replace("dtype=", "dtype=np.")
    return labelled(f"{name} = np.", text)


def setting(case: Case) -> str:
    """Return a case's arguments, one below the other."""
    return "\n".join(argument(*pair) for pair in case.arguments.items())


def describe(name: str, attempts: Sequence[Attempt], shown: Attempt, hint: str, total: int) -> str:
    """Return the message of a failed check; after an endless loop there are fewer attempts than cases."""
    failing = [attempt for attempt in attempts if attempt.fault]
    which = "The smallest one:" if shown is failing[0] else "The smallest one that the hint explains:"
    lines = [f"{name} fails in {len(failing)} of {total} cases. {which}", ""]
    if shown.fault == "time":
        lines = [f"{name} does not come to an end in this case:", ""]
    lines += [setting(shown.case), "", f"{name}({', '.join(shown.case.arguments)})"]
    with_shapes = shown.fault == "shape" and not isinstance(shown.expected, tuple)

    def result(label: str, value: Any) -> str:
        shape = f"   shape {np.shape(value)}" if with_shapes and np.size(value) else ""
        return labelled(label, literal(value)) + shape

    lines.append(result("    expected:  ", shown.expected))
    if shown.error is not None:
        lines.append(f"    raised:    {type(shown.error).__name__}: {words_of(shown.error)}")
        lines += [f"    at {shown.line}"] if shown.line else []
    elif shown.fault != "time":
        lines.append(result("    got:       ", shown.got))
    if shown.fault == "values" and literal(shown.got) == literal(shown.expected):
        gap = np.nanmax(np.abs(np.subtract(shown.numbers, shown.expected)))
        lines.append(f"    they differ by up to {gap:.1e}")
    if shown.changed:
        lines.append(f"    and changed {', '.join(shown.changed)}")
    if shown.printed.strip():
        told = shown.printed.strip().splitlines()
        lines += ["    printed:", *(f"        {line[:WIDTH]}" for line in told[:PRINTED_LINES])]
        lines += ["        ..."] * (len(told) > PRINTED_LINES)
    wrapped = textwrap.fill(f"Hint: {hint}", WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join([*lines, "", wrapped])
