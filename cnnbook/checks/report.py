"""What a reader sees: a verdict in one sentence, or the smallest failing case."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Attempt

__all__ = ["CheckFailed", "Verdict", "describe"]

DECIMALS = 4
PRINTED_LINES = 6
WIDTH = 96


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
    """A check failed. The message shows the smallest failing case and a hint at the cause.

    In a notebook it shows itself, without a traceback through the checker's files.

    Attributes
    ----------
    attempt : Attempt or None
        The smallest failing case, and what the function made of it.
    hint : str
        The likely cause.
    """

    def __init__(self, message: str, attempt: Attempt | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.attempt, self.hint = attempt, hint

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


CheckFailed.__module__ = "cnnbook.checks"


def literal(value: Any) -> str:
    """Return a value as text, rounded, so that every processor prints the same.

    Examples
    --------
    >>> literal(np.array([[1 / 3, -1e-17]])), literal(2 / 3), literal((5, 4))
    ('array([[0.3333, 0.    ]])', '0.6667', '(5, 4)')
    """
    if isinstance(value, np.ndarray):
        with np.printoptions(precision=DECIMALS, suppress=True, threshold=300, linewidth=WIDTH):
            return repr(np.round(value, DECIMALS) + 0 if value.dtype.kind == "f" else value)  # + 0: no -0.
    if isinstance(value, float | np.floating):
        text = f"{round(float(value), DECIMALS) + 0:.{DECIMALS}f}".rstrip("0")
        return text + "0" if text.endswith(".") else text
    if isinstance(value, np.integer):
        return str(value)
    if isinstance(value, list | tuple):
        inner = ", ".join(map(literal, value))
        return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' * (len(value) == 1)})"
    return repr(value)


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


def describe(name: str, attempt: Attempt, hint: str, failed: int, total: int) -> str:
    """Return the message of a failed check.

    Parameters
    ----------
    name : str
        The exercise.
    attempt : Attempt
        The smallest failing case.
    hint : str
        The likely cause.
    failed, total : int
        How many cases fail, of how many.
    """
    why = f", {attempt.case.why}" if attempt.case.why else ""
    lines = [f"{name} fails in {failed} of {total} cases. The smallest one{why}:", ""]
    lines += [argument(*pair) for pair in attempt.case.arguments.items()]
    lines += ["", f"{name}({', '.join(attempt.case.arguments)})"]
    with_shapes = attempt.fault == "shape" and not isinstance(attempt.expected, tuple)

    def result(label: str, value: Any) -> str:
        shape = f"   shape {np.shape(value)}" if with_shapes and np.size(value) else ""
        return labelled(label, literal(value)) + shape

    lines.append(result("    expected:  ", attempt.expected))
    if attempt.error is not None:
        lines.append(f"    raised:    {type(attempt.error).__name__}: {attempt.error}")
        lines += [f"    at {attempt.line}"] if attempt.line else []
    else:
        lines.append(result("    got:       ", attempt.got))
    if attempt.fault == "values" and literal(attempt.got) == literal(attempt.expected):
        gap = np.nanmax(np.abs(np.subtract(attempt.got, attempt.expected)))
        lines.append(f"    they differ by up to {gap:.1e}")
    if attempt.changed:
        lines.append(f"    and changed {', '.join(attempt.changed)}")
    if attempt.printed.strip():
        told = attempt.printed.strip().splitlines()
        lines += ["    printed:", *(f"        {line}" for line in told[:PRINTED_LINES])]
        lines += ["        ..."] * (len(told) > PRINTED_LINES)
    wrapped = textwrap.fill(f"Hint: {hint}", WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join([*lines, "", wrapped])
