"""Compare a reader's result with the right one: type, shape, kind of number, values."""

from __future__ import annotations

import operator
from numbers import Real
from typing import Any

import numpy as np

__all__ = ["close", "fault", "plain"]

HUGE = 10**6
RTOL, ATOL = 1e-5, 2e-6  # float32 is enough, float16 is not; ATOL counts from the largest number on


def plain(value: Any) -> np.ndarray | None:
    """Return a result as a bare array of numbers, whatever it pretends to be; ``None`` for anything else.

    Examples
    --------
    >>> plain([[1, 2]]), plain([[1], [2, 3]]), plain("text")
    (array([[1, 2]]), None, None)
    """
    try:
        array = np.asarray(value)
        numeric = type(array) is np.ndarray and array.dtype.kind in "iufb" and array.size < HUGE
        return array if numeric else None
    except Exception:  # rows of several lengths, or an object that plays an array
        return None


def close(got: Any, expected: Any) -> bool:
    """Tell whether two arrays have one shape and the same numbers, NaN where NaN is due.

    Examples
    --------
    >>> close(np.array([1.0, np.nan]), np.array([1.0, np.nan]))
    True
    >>> close(np.zeros(2), np.array([0.0, 1e-3])), close(np.zeros(2), np.zeros((1, 2)))
    (False, False)
    >>> close(4e-16, 0.0)  # a difference of two sums, added up in another order
    True
    """
    got, expected = np.asarray(got, float), np.asarray(expected, float)
    if got.shape != expected.shape:
        return False
    finite = np.isfinite(expected)
    size = np.abs(np.where(finite, expected, 0))
    with np.errstate(all="ignore"):
        near = np.abs(got - expected) <= RTOL * size + ATOL * size.max(initial=0) + 1e-13
    return bool((near & finite | (got == expected) | np.isnan(got) & np.isnan(expected)).all())


def fault(got: Any, expected: Any, counted: bool = False) -> str | None:
    """Return the first that is wrong: ``"nothing"``, ``"type"``, ``"shape"``, ``"dtype"``, ``"values"``.

    An array has to be an array of any floating-point dtype (or of integers with the right numbers, where
    they are ``counted`` or integers are expected), a number any real number, a tuple a tuple of whole
    numbers. Nothing is asked of the reader's result that it could answer falsely.

    Examples
    --------
    >>> fault([1.0], np.ones(1)), fault(np.ones((1, 1)), np.ones(1)), fault(np.ones(1, int), np.ones(1))
    ('type', 'shape', 'dtype')
    >>> fault(5.0, 4.0), fault((5, 4), (4, 5)), fault(np.zeros(3), np.zeros(3))
    ('values', 'values', None)
    >>> fault(np.ones(3, int), np.zeros(3, int))  # whole numbers are right, these are not
    'values'
    """
    if got is None or got is Ellipsis:
        return "nothing"
    if isinstance(expected, tuple):
        return fault_of_tuple(got, expected)
    if issubclass(type(got), np.ndarray):
        array = np.asarray(got)
        if array.shape != np.shape(expected):
            return "shape"
        if array.dtype.kind in "iu" and (counted or np.asarray(expected).dtype.kind in "iu"):
            if close(array, expected):
                return None
            if close(np.round(expected), expected):
                return "values"
        if array.dtype.kind not in ("f" if isinstance(expected, np.ndarray) else "iuf"):
            return "dtype"
    elif isinstance(expected, np.ndarray) or not issubclass(type(got), Real) or type(got) in (bool, np.bool):
        return "type"
    elif (array := plain(got)) is None:  # a fraction, say
        try:
            array = np.asarray(float(got))
        except Exception:
            return "type"
    return None if close(array, expected) else "values"


def fault_of_tuple(got: Any, expected: tuple[int, ...]) -> str | None:
    """Say what is wrong with a tuple of whole numbers."""
    if not issubclass(type(got), tuple):
        return "type"
    numbers = tuple(tuple.__iter__(got))
    if len(numbers) != len(expected):
        return "shape"
    try:
        whole = [operator.index(number) for number in numbers if type(number) is not bool]
    except Exception:
        return "dtype"
    if len(whole) != len(numbers):
        return "dtype"
    return None if tuple(whole) == expected else "values"
