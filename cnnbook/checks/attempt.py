"""Run a reader's function on one case, and keep everything that happened."""

from __future__ import annotations

import contextlib
import io
import linecache
import math
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import call
from typing import Any
from unittest.mock import patch

import numpy as np

from cnnbook.checks.compare import close, fault, plain
from cnnbook.checks.limit import OutOfTime, Watch

__all__ = ["Attempt", "Case", "Formula", "run", "run_all"]

PRINTED = 10_000  # characters that are kept of what a function prints


class Formula:
    """A function as an argument of an exercise, made of the text that shows it.

    Examples
    --------
    >>> square = Formula("lambda number: number**2")
    >>> square, square(3)
    (lambda number: number**2, 9)
    """

    def __init__(self, text: str) -> None:
        self.text, self.function = text, eval(text, {"np": np})

    def __call__(self, *arguments: Any) -> Any:
        """Call the function."""
        return self.function(*arguments)

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Case:
    """Arguments to try a function with, by name.

    Examples
    --------
    >>> Case({"image": np.ones((2, 3)), "row": 1}).size
    7.0
    """

    arguments: dict[str, Any]

    @cached_property
    def size(self) -> float:
        """How much there is to read: cases are ordered by it."""
        return sum(map(weight, self.arguments.values()))


def weight(argument: Any) -> float:
    """Return how much an argument adds to a case's size."""
    if isinstance(argument, tuple):
        return float(math.prod(argument) + len(argument))
    if isinstance(argument, np.ndarray):
        return float(argument.size)
    return 0.0 if isinstance(argument, Formula) else abs(float(argument))


@dataclass(frozen=True)
class Attempt:
    """One case, the right result, and what a function did.

    ``fault`` is ``"time"``, ``"error"``, ``"changed"``, or as :func:`cnnbook.checks.compare.fault` says.
    """

    case: Case
    expected: Any
    got: Any = None
    fault: str | None = None
    error: BaseException | None = None
    line: str = ""  # the reader's line that raised
    printed: str = ""
    changed: tuple[str, ...] = ()  # names of the arguments changed in place

    @cached_property
    def numbers(self) -> np.ndarray | None:
        """The result as an array of numbers, if it is one."""
        return None if self.error or self.got is None else plain(self.got)

    @cached_property
    def sketch(self) -> tuple[tuple[int, ...], float, float] | None:
        """Shape, sum and sum of sizes of these numbers: if they differ, so do the numbers."""
        if self.numbers is None:
            return None
        finite = np.where(np.isfinite(self.numbers), self.numbers.astype(float), 0.0)
        return self.numbers.shape, float(finite.sum()), float(np.abs(finite).sum())


class Printed(io.StringIO):
    """Keeps the beginning of what is printed."""

    def write(self, text: str) -> int:
        """Keep a text while there is room."""
        return super().write(text[: max(PRINTED - self.tell(), 0)])


def run(function: Callable[..., Any], case: Case, expected: Any, watch: Watch | None = None) -> Attempt:
    """Call a function with copies of a case's arguments; its errors, output and figures stay in.

    Examples
    --------
    >>> run(lambda image: image[5], Case({"image": np.ones(2)}), 1.0).error
    IndexError('index 5 is out of bounds for axis 0 with size 2')
    """
    printed = Printed()
    with quiet(printed):
        return attempt(function, case, expected, watch.call if watch else call, printed)


def run_all(function: Callable[..., Any], cases: Iterable[Case], expected: Iterable[Any]) -> list[Attempt]:
    """Try a function of our own, which prints nothing, on all cases."""
    with quiet(Printed()):
        return [attempt(function, *pair) for pair in zip(cases, expected, strict=True)]


def attempt(
    function: Callable[..., Any],
    case: Case,
    expected: Any,
    call: Callable[..., Any] = call,
    printed: io.StringIO | None = None,
) -> Attempt:
    """Try a function on one case."""
    arguments = {name: copied(value) for name, value in case.arguments.items()}
    got, error, found = None, None, None
    try:
        got = call(function, *arguments.values())
    except OutOfTime:
        found = "time"
    except (Exception, SystemExit) as raised:  # whatever the reader's code may raise
        error, found = raised, "error"
    names = tuple(name for name, after in arguments.items() if changed(case.arguments[name], after))
    counted = not any(
        isinstance(value, np.ndarray) and value.dtype.kind == "f" for value in arguments.values()
    )
    found = found or ("changed" if names else fault(got, expected, counted))
    text = printed.getvalue() if printed else ""
    return Attempt(case, expected, got, found, error, line_of(error, function), text, names)


def copied(value: Any) -> Any:
    """Return a copy of an argument, laid out in memory as it is."""
    return value.copy(order="K") if isinstance(value, np.ndarray) else value


@contextlib.contextmanager
def quiet(printed: io.StringIO) -> Iterator[None]:
    """Keep output, warnings, displayed objects and figures away from the page."""
    pyplot, ipython = sys.modules.get("matplotlib.pyplot"), sys.modules.get("IPython")
    kept = set(pyplot.get_fignums()) if pyplot else set()
    with contextlib.ExitStack() as stack:
        if ipython and ipython.get_ipython():
            stack.enter_context(ipython.utils.capture.capture_output(stdout=False, stderr=False))
        if pyplot:
            stack.enter_context(patch.object(pyplot, "show", lambda *_, **__: None))
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        stack.enter_context(warnings.catch_warnings())
        stack.enter_context(np.errstate())
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            if pyplot := sys.modules.get("matplotlib.pyplot"):
                for number in set(pyplot.get_fignums()) - kept:
                    pyplot.close(number)


def changed(before: Any, after: Any) -> bool:
    """Tell whether an argument is no longer what it was, to rounding; only arrays can change."""
    if not isinstance(before, np.ndarray) or (before.shape == after.shape and (before == after).all()):
        return False
    return not close(after, before)


def line_of(error: BaseException | None, function: Callable[..., Any]) -> str:
    """Return the last line of the reader's function that an error came through, with its number."""
    code, found = getattr(function, "__code__", None), ""
    trace = error.__traceback__ if error else None
    while trace and code:
        if trace.tb_frame.f_code.co_filename == code.co_filename:
            text = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            found = f"line {trace.tb_lineno}: {text}" if text else ""
        trace = trace.tb_next
    return found
