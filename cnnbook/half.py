"""Half precision: numbers of 11 bits come in and go out, and what lies between is computed with 24."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np

__all__ = ["in_single", "wide"]

P = ParamSpec("P")
R = TypeVar("R")


def wide(x: np.ndarray) -> np.ndarray:
    """Return an array of half precision as float32, any other as it is.

    >>> wide(np.ones(2, np.float16)).dtype, wide(np.ones(2)).dtype
    (dtype('float32'), dtype('float64'))
    """
    return x.astype(np.float32) if x.dtype == np.float16 else x


def in_single(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function compute with float32 where it is given half precision, and round what it returns.

    Its results must have the common dtype of its arrays. A sum in half precision stops growing at
    2048, as 2049 is not one of its numbers, and a square above 65504 is infinite.

    >>> @in_single
    ... def total(x):
    ...     return np.cumsum(x)[-1:]
    >>> x = np.ones(4096, np.float16)
    >>> int(np.cumsum(x)[-1]), int(total(x)[0])
    (2048, 4096)
    """

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        kinds = {a.dtype.char for a in (*args, *kwargs.values()) if isinstance(a, np.ndarray)}
        if "e" not in kinds:  # NumPy's letter for half precision
            return function(*args, **kwargs)
        wider: dict[str, Any] = {name: widened(value) for name, value in kwargs.items()}
        result = function(*map(widened, args), **wider)  # type: ignore[arg-type]
        return result if kinds & {*"fdgFDG"} else rounded(result)

    return wrapper


def widened(value: Any) -> Any:
    """Return an argument as :func:`wide` does, if it is an array."""
    return wide(value) if isinstance(value, np.ndarray) else value


def rounded(value: Any) -> Any:
    """Return a result, or each of several, in half precision if it is an array of floats."""
    if isinstance(value, tuple):
        return tuple(map(rounded, value))
    return value.astype(np.float16) if isinstance(value, np.ndarray) and value.dtype == np.float32 else value
