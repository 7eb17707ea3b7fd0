"""Run a reader's function on one case, and keep everything that happened."""

from __future__ import annotations

import contextlib
import io
import linecache
import math
import warnings
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from cnnbook.checks.compare import fault

__all__ = ["Attempt", "Case", "Formula", "run"]


@dataclass(frozen=True)
class Formula:
    """A function as an argument of an exercise, with the text that shows it.

    Examples
    --------
    >>> square = Formula("lambda number: number**2", lambda number: number**2)
    >>> square, square(3)
    (lambda number: number**2, 9)
    """

    text: str
    function: Callable[..., Any]

    def __call__(self, *arguments: Any) -> Any:
        """Call the function."""
        return self.function(*arguments)

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Case:
    """Arguments to try a function with, by name, and what is special about them.

    Examples
    --------
    >>> Case({"image": np.ones((2, 3)), "row": 1}, "two rows").size
    7.0
    """

    arguments: dict[str, Any]
    why: str = ""

    @property
    def size(self) -> float:
        """How much there is to read: cases are ordered by it."""
        return sum(map(weight, self.arguments.values()))


def weight(argument: Any) -> float:
    """Return how much an argument adds to a case's size."""
    if isinstance(argument, tuple):
        return float(math.prod(argument))
    if isinstance(argument, np.ndarray):
        return float(argument.size)
    return 0.0 if isinstance(argument, Formula) else abs(float(argument))


@dataclass(frozen=True)
class Attempt:
    """One case, the right result, and what the reader's function did."""

    case: Case
    expected: Any
    got: Any = None
    error: Exception | None = None
    line: str = ""  # the reader's line that raised
    printed: str = ""
    changed: tuple[str, ...] = field(default=())  # names of the arguments changed in place

    def __getitem__(self, name: str) -> Any:
        """Return an argument of the case."""
        return self.case.arguments[name]

    @cached_property
    def fault(self) -> str | None:
        """What is wrong: ``"error"``, ``"changed"``, or as :func:`cnnbook.checks.compare.fault` says."""
        if self.error is not None:
            return "error"
        if self.changed:
            return "changed"
        return fault(self.got, self.expected)


def run(function: Callable[..., Any], case: Case, expected: Any) -> Attempt:
    """Call a function with copies of a case's arguments; its errors, output and warnings stay in.

    Examples
    --------
    >>> run(lambda image: image[5], Case({"image": np.ones(2)}), 1.0).error
    IndexError('index 5 is out of bounds for axis 0 with size 2')
    """
    arguments = deepcopy(case.arguments)
    got, error, printed = None, None, io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            got = function(*arguments.values())
        except Exception as raised:  # whatever the reader's code may raise
            error = raised
    changed = tuple(name for name, after in arguments.items() if not unchanged(case.arguments[name], after))
    return Attempt(case, expected, got, error, line_of(error, function), printed.getvalue(), changed)


def unchanged(before: Any, after: Any) -> bool:
    """Tell whether an argument is what it was; only arrays can change."""
    return not isinstance(before, np.ndarray) or np.array_equal(before, after, equal_nan=True)


def line_of(error: Exception | None, function: Callable[..., Any]) -> str:
    """Return the last line of the reader's function that an error came through, with its number."""
    code, found = getattr(function, "__code__", None), ""
    trace = error.__traceback__ if error else None
    while trace and code:
        if trace.tb_frame.f_code.co_filename == code.co_filename:
            text = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            found = f"line {trace.tb_lineno}: {text}" if text else ""
        trace = trace.tb_next
    return found
