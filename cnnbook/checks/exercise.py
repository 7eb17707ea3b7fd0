"""An exercise: a right function, cases to try it with, and mistakes with their hints."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import product
from typing import Any

from cnnbook.checks.attempt import Attempt, Case, run, run_all
from cnnbook.checks.diagnosis import likely_cause
from cnnbook.checks.general import by_itself
from cnnbook.checks.limit import Watch
from cnnbook.checks.mistakes import Mistake, Only, read
from cnnbook.checks.report import CheckFailed, Interrupted, Verdict, describe, setting
from cnnbook.checks.stub import is_stub

__all__ = ["Exercise", "exercise", "grid"]


def exercise(*, cases: Iterable[tuple], mistakes: str = "") -> Callable[[Callable], Callable]:
    """Make a checker of a right function.

    It is called with each of the cases, the smallest first; :func:`cnnbook.checks.mistakes.read` reads the
    mistakes. Call the checker with a reader's function: it returns a :class:`Verdict` or raises
    :class:`CheckFailed`. Its ``exercise`` is the :class:`Exercise`.

    Examples
    --------
    >>> @exercise(cases=[(3.0,), (1.0,), (2.0,)])
    ... def square(n):
    ...     return n * n
    >>> square(lambda n: n**2)
    Passed: square is right in all 3 cases.
    >>> square(...)
    Not attempted yet. Write square where the ... stands.
    """

    def decorate(right: Callable[..., Any]) -> Callable[[Callable], Verdict]:
        made = Exercise(right, cases, mistakes)

        def checker(function: Callable[..., Any]) -> Verdict:
            return made.check(function)

        checker.__name__ = checker.__qualname__ = made.name
        checker.__module__ = right.__module__
        checker.__doc__ = f"Check ``{made.name}{inspect.signature(right)}``.\n\n    {right.__doc__}"
        checker.exercise = made
        return checker

    return decorate


def grid(*values: Iterable, fits: Callable[..., bool] = lambda *_: True) -> list[tuple]:
    """Return every combination that fits.

    Examples
    --------
    >>> grid((1, 2), (1, 2), fits=lambda n, k: k <= n)
    [(1, 1), (2, 1), (2, 2)]
    """
    return [combination for combination in product(*values) if fits(*combination)]


class Exercise:
    """What :func:`exercise` is told, and what comes of it."""

    def __init__(self, right: Callable[..., Any], cases: Iterable[tuple], mistakes: str) -> None:
        self.right, self.name, self.text = right, right.__name__, mistakes
        self.names = list(inspect.signature(right).parameters)
        self.given = cases

    @cached_property
    def cases(self) -> list[Case]:
        """The cases, the smallest first."""
        cases = (Case(dict(zip(self.names, values, strict=True))) for values in self.given)
        return sorted(cases, key=lambda case: case.size)

    @cached_property
    def expected(self) -> list[Any]:
        """The right results."""
        return [self.right(*case.arguments.values()) for case in self.cases]

    @cached_property
    def listed(self) -> list[Mistake | Only]:
        """The mistakes that are written down."""
        return list(read(self.text, self.right))

    @cached_property
    def tried(self) -> list[tuple[Mistake, list[Attempt]]]:
        """Every mistake that is written down, and what it makes of each case."""
        mistakes = [mistake for mistake in self.listed if isinstance(mistake, Mistake)]
        return [(mistake, run_all(mistake.function, self.cases, self.expected)) for mistake in mistakes]

    @cached_property
    def others(self) -> list[Mistake]:
        """The mistakes that any exercise may see."""
        return list(by_itself(self.right, self.cases, self.expected))

    def check(self, function: Callable[..., Any]) -> Verdict:
        """Sweep the cases through a reader's function, and say what came out."""
        if function is Ellipsis:
            return self.not_attempted()
        self.refuse_other_calls(function)
        attempts: list[Attempt] = []
        try:
            with Watch() as watch:
                for case, expected in zip(self.cases, self.expected, strict=True):
                    attempts.append(run(function, case, expected, watch))
                    if attempts[-1].fault == "time":
                        break
        except KeyboardInterrupt:
            case = self.cases[min(len(attempts), len(self.cases) - 1)]
            raise Interrupted(f"{self.name} was stopped in this case:\n\n{setting(case)}") from None
        failing = [attempt for attempt in attempts if attempt.fault]
        if not failing:
            text = f"**Passed:** `{self.name}` is right in all {len(attempts)} cases."
            return Verdict(True, len(attempts), text)
        if is_stub(function, attempts):
            return self.not_attempted()
        hint, shown = likely_cause(attempts, self)
        raise CheckFailed(describe(self.name, attempts, shown, hint, len(self.cases)), shown, hint)

    def not_attempted(self) -> Verdict:
        """Return the verdict on a stub."""
        text = f"**Not attempted yet.** Write `{self.name}` where the `...` stands."
        return Verdict(False, len(self.cases), text)

    def refuse_other_calls(self, function: Any) -> None:
        """Refuse what is no function, or takes other arguments."""
        call = f"{self.name}({', '.join(self.names)})"
        if not callable(function):
            raise CheckFailed(
                f"Hand over the function itself, without calling it: checks.{self.name}({self.name})"
            )
        if inspect.isgeneratorfunction(function) or inspect.iscoroutinefunction(function):
            raise CheckFailed(
                "Your function has a yield or an async in it, so a call only prepares it: write a plain def."
            )
        try:
            signature = inspect.signature(function)
        except Exception:  # a function in C may have none
            return
        try:
            signature.bind(*self.names)
        except TypeError as error:
            raise CheckFailed(f"It is called as {call}, and yours takes {signature}: {error}.") from None
        theirs = list(signature.parameters)
        if theirs != self.names and sorted(theirs) == sorted(self.names):
            raise CheckFailed(f"It is called as {call}, in this order, and yours takes {signature}.")
