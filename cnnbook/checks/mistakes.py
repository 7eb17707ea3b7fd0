"""Mistakes as small changes of the right function: each is a diagnosis, and its own test."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Mistake", "Only", "read"]


@dataclass(frozen=True)
class Mistake:
    """A wrong function, and what to tell who wrote it."""

    hint: str
    function: Callable[..., Any]
    text: str = ""


@dataclass(frozen=True)
class Only:
    """A condition on the arguments, and what to tell whose function fails only where it holds."""

    hint: str
    holds: Callable[..., bool]
    text: str = ""


def read(text: str, right: Callable[..., Any]) -> Iterator[Mistake | Only]:
    r"""Yield the mistakes that a text lists.

    A line that is indented belongs to a hint; each line before it is a way to go wrong:

    - ``old -> new`` puts other text into the right function's body. A name is replaced wherever it
      stands as a whole word, anything else wherever it occurs. Several changes are parted by ``;``,
      and go on in the next line after a ``;`` at the end.
    - ``name = value`` is a statement that comes first in the body.
    - ``return value`` changes the result: ``value`` is made of ``result`` and the arguments.
    - ``where condition``: no mistake of its own, but a place where functions fail.

    Examples
    --------
    >>> from cnnbook.checks.convolution.output_shape import output_shape
    >>> right = output_shape.exercise.right
    >>> (mistake,) = read("H - K_h -> H + K_h\n    You added the heights.", right)
    >>> mistake.hint, right((5, 5), (3, 3)), mistake.function((5, 5), (3, 3))
    ('You added the heights.', (3, 3), (9, 3))
    """
    ways: list[str] = []
    hint: list[str] = []
    for line in [*textwrap.dedent(text).strip().splitlines(), ""]:
        if line[:1].isspace():
            hint.append(line.strip())
            continue
        if hint:
            yield from (one(way, " ".join(hint), right) for way in ways)
            ways, hint = [], []
        ways[-1:] = [f"{ways[-1]} {line}"] if ways and ways[-1].endswith(";") else [*ways[-1:], line]


def one(way: str, hint: str, right: Callable[..., Any]) -> Mistake | Only:
    """Return the mistake that one line tells of."""
    if way.startswith("where "):
        return Only(hint, compiled(defined(right, f"return bool({way[6:]})"), right.__name__, right), way)
    first, body, last = [], body_of(right), "return result"
    for edit in way.split("; "):
        old, arrow, new = edit.partition(" ->")
        if arrow:
            body = replaced(body, old, new.strip(), right.__name__)
        elif edit.startswith("return "):
            last = edit
        else:
            first.append(edit)
    inner = defined(right, "\n".join([*first, body]), "inner")
    names = ", ".join(inspect.signature(right).parameters)
    wrong = defined(right, f"{inner}\nresult = inner({names})\n{last}")
    return Mistake(hint, compiled(wrong, right.__name__, right), way)


def defined(right: Callable[..., Any], body: str, name: str = "") -> str:
    """Return the source of a function with the right one's arguments."""
    names = ", ".join(inspect.signature(right).parameters)
    return f"def {name or right.__name__}({names}):\n{textwrap.indent(body, '    ')}"


def body_of(function: Callable[..., Any]) -> str:
    """Return the source of a function's body, without its docstring."""
    source = textwrap.dedent(inspect.getsource(function))
    (node,) = ast.parse(source).body
    start = node.body[bool(ast.get_docstring(node))].lineno
    return textwrap.dedent("\n".join(source.splitlines()[start - 1 :]))


def replaced(body: str, old: str, new: str, name: str) -> str:
    """Replace a text in a body; a name as a whole word only."""
    pattern = rf"(?<![\w.]){old}(?!\w)" if old.isidentifier() else re.escape(old)
    found, times = re.subn(pattern, lambda _: new, body)
    if not times:
        raise ValueError(f"{name} has no {old!r} that could become {new!r}")
    return found


def compiled(source: str, name: str, right: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of that name, made of source text, in the right function's module."""
    scope = dict(right.__globals__, np=np)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nonsense is as good a mistake as any
        exec(source, scope)
    return scope[name]
