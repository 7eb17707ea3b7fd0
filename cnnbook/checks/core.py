"""Check a reader's function: sweep the cases, smallest first, and say what came out."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from typing import Any

from cnnbook.checks.attempt import Attempt, Case, run
from cnnbook.checks.diagnosis import Diagnosis, likely_cause
from cnnbook.checks.general import GENERAL
from cnnbook.checks.report import CheckFailed, Verdict, describe

__all__ = ["check"]

EMPTY = (lambda: None).__code__.co_code


def check(
    function: Callable[..., Any],
    name: str,
    *,
    reference: Callable[..., Any],
    cases: Iterable[Case],
    diagnoses: Sequence[Diagnosis] = (),
) -> Verdict:
    """Sweep inputs through a reader's function and compare it with a reference.

    Parameters
    ----------
    function : callable
        The reader's function.
    name : str
        The name of the exercise.
    reference : callable
        The right one, called with the same arguments.
    cases : iterable of Case
        The inputs; they are sorted by size here.
    diagnoses : sequence of Diagnosis
        What readers of this exercise typically do wrong, the most specific first; general
        mistakes follow.

    Returns
    -------
    verdict : Verdict
        Passed; or not attempted yet, if the function still is a stub.

    Raises
    ------
    CheckFailed
        If a case fails. It shows the smallest one, and a hint at the likely cause.

    Examples
    --------
    >>> cases = [Case({"n": n}) for n in (3.0, 1.0, 2.0)]
    >>> check(lambda n: n * n, "square", reference=lambda n: n**2, cases=cases)
    Passed: square is right in all 3 cases.
    >>> check(..., "square", reference=lambda n: n**2, cases=cases)
    Not attempted yet. Write square where the ... stands, run that cell, and then this one.
    """
    cases = sorted(cases, key=lambda case: case.size)
    if function is Ellipsis:
        return not_attempted(name, len(cases))
    if not callable(function):
        raise CheckFailed(f"Hand over the function itself, without calling it: checks.{name}({name})")
    attempts = [run(function, case, reference(*deepcopy(case.arguments).values())) for case in cases]
    failing = [attempt for attempt in attempts if attempt.fault]
    if failing and is_stub(function, attempts):
        return not_attempted(name, len(cases))
    if failing:
        hint = likely_cause(failing, [*diagnoses, *GENERAL])
        message = describe(name, failing[0], hint, len(failing), len(cases))
        raise CheckFailed(message, failing[0], hint)
    special = "; ".join(dict.fromkeys(case.why for case in cases if case.why))
    among = f" Among them: {special}." if special else ""
    return Verdict(True, len(cases), f"**Passed:** `{name}` is right in all {len(cases)} cases.{among}")


def not_attempted(name: str, cases: int) -> Verdict:
    """Return the verdict on a stub."""
    text = f"**Not attempted yet.** Write `{name}` where the `...` stands, run that cell, and then this one."
    return Verdict(False, cases, text)


def is_stub(function: Callable[..., Any], attempts: Sequence[Attempt]) -> bool:
    """Tell whether a function is still to be written: nothing but its head, or a ``...`` left in it."""
    if all(attempt.got is ... or isinstance(attempt.error, NotImplementedError) for attempt in attempts):
        return True
    code = getattr(function, "__code__", None)
    if code and len(code.co_code) <= len(EMPTY) and all(attempt.got is None for attempt in attempts):
        return not any(attempt.error for attempt in attempts)
    return has_ellipsis(function)


def has_ellipsis(function: Callable[..., Any]) -> bool:
    """Tell whether a function's source holds a ``...`` that is not an index, as in ``x[..., 0]``."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):  # no source, or one that does not stand alone
        return False
    found = {node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value is ...}
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            found -= set(ast.walk(node.slice))
    return bool(found)
