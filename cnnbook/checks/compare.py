"""Compare a reader's result with the right one: type, shape, kind of number, values."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any

import numpy as np

__all__ = ["close", "fault"]

RTOL, ATOL = 1e-6, 1e-8


def close(got: Any, expected: Any) -> bool:
    """Tell whether two arrays have one shape and the same numbers, NaN where NaN is due.

    Examples
    --------
    >>> close(np.array([1.0, np.nan]), np.array([1.0, np.nan]))
    True
    >>> close(np.zeros(2), np.array([0.0, 1e-3])), close(np.zeros(2), np.zeros((1, 2)))
    (False, False)
    """
    got, expected = np.asarray(got), np.asarray(expected)
    return got.shape == expected.shape and bool(
        np.isclose(got, expected, rtol=RTOL, atol=ATOL, equal_nan=True).all()
    )


def fault(got: Any, expected: Any) -> str | None:
    """Say what is wrong with a result; ``None`` if nothing is.

    Parameters
    ----------
    got : object
        What the reader's function returned.
    expected : tuple of int, float, or ndarray of floating-point numbers
        The right result. An array has to be an array of any floating-point dtype, a number any
        real number, a tuple a tuple of whole numbers.

    Returns
    -------
    fault : str or None
        The first that applies of ``"nothing"``, ``"type"``, ``"shape"``, ``"dtype"`` and ``"values"``.

    Examples
    --------
    >>> fault([1.0], np.ones(1)), fault(np.ones((1, 1)), np.ones(1)), fault(np.ones(1, int), np.ones(1))
    ('type', 'shape', 'dtype')
    >>> fault(5.0, 4.0), fault((5, 4), (4, 5)), fault(np.zeros(3), np.zeros(3))
    ('values', 'values', None)
    """
    if got is None or got is Ellipsis:
        return "nothing"
    if isinstance(expected, tuple):
        return fault_of_tuple(got, expected)
    if isinstance(expected, np.ndarray):
        if not isinstance(got, np.ndarray):
            return "type"
        if got.shape != expected.shape:
            return "shape"
        if got.dtype.kind != "f":
            return "dtype"
    elif isinstance(got, np.ndarray):
        if got.shape != ():
            return "shape"
        if got.dtype.kind not in "iuf":
            return "dtype"
    elif isinstance(got, bool | np.bool) or not isinstance(got, Real):
        return "type"
    return None if close(got, expected) else "values"


def fault_of_tuple(got: Any, expected: tuple[int, ...]) -> str | None:
    """Say what is wrong with a tuple of whole numbers."""
    if not isinstance(got, tuple):
        return "type"
    if len(got) != len(expected):
        return "shape"
    if any(isinstance(number, bool) or not isinstance(number, Integral) for number in got):
        return "dtype"
    return None if got == expected else "values"
