"""Tell an error that a layer raises itself from one that befalls it."""

from __future__ import annotations

import dis
import os

import numpy as np

__all__ = ["is_refusal"]

LIBRARY = os.path.dirname(np.__file__)
RAISE = dis.opmap["RAISE_VARARGS"]  # what "raise" and "assert" become


def is_refusal(error: BaseException) -> bool:
    """Tell whether an error comes from a ``raise``, an ``assert`` or an exit, and not from NumPy's.

    Examples
    --------
    >>> try:
    ...     assert 2 > 3
    ... except AssertionError as error:
    ...     is_refusal(error)
    True
    >>> try:
    ...     2 / 0
    ... except ZeroDivisionError as error:
    ...     is_refusal(error)
    False
    """
    if isinstance(error, SystemExit):
        return True
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_code.co_filename.startswith(LIBRARY):
        return False
    return trace.tb_frame.f_code.co_code[trace.tb_lasti] == RAISE
