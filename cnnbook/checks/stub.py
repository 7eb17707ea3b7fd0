"""Tell a function that is still to be written from one that is wrong."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Attempt

__all__ = ["is_stub"]

EMPTY = (lambda: None).__code__.co_code


def is_stub(function: Callable[..., Any], attempts: Sequence[Attempt]) -> bool:
    """Tell whether a function is still to be written: nothing but its head, or a ``...`` left in it.

    One that has computed anything but zeros, or went on computing, is finished, whatever its dots mean.
    """
    if all(attempt.got is ... or isinstance(attempt.error, NotImplementedError) for attempt in attempts):
        return True
    if any(attempt.fault == "time" or np.any(attempt.numbers) for attempt in attempts):
        return False
    code = getattr(function, "__code__", None)
    if code and len(code.co_code) <= len(EMPTY) and not any(attempt.error for attempt in attempts):
        return all(attempt.got is None for attempt in attempts)
    return has_ellipsis(function)


def has_ellipsis(function: Callable[..., Any]) -> bool:
    """Tell whether a function's source holds a ``...`` that is no index, as in ``x[..., 0]``."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):  # no source, or one that does not stand alone
        return False
    found = {node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value is ...}
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            found -= set(ast.walk(node.slice))
        elif isinstance(node, ast.Tuple | ast.List):  # an index with a name, or one of einsum's
            found -= set(node.elts)
    return bool(found)
