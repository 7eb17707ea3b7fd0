"""What to say of an error that many layers raise."""

from __future__ import annotations

import re

__all__ = ["hint_of"]

HINTS = {
    "cannot be interpreted as an integer": "A size is a float: in Python 3, / divides to floats; write //.",
    "slice indices must be integers": "An index is a float: in Python 3, / divides to floats; write //.",
    "inhomogeneous shape": "A pair stands where one number has to: padding, stride and dilation may be two "
    "numbers, (height, width).",
    "setting an array element with a sequence": "An array of one number stands where a number has to: take "
    "[0], or .item().",
    "only 0-dimensional arrays can be converted": "An array of one number stands where a number has to: take "
    "[0], or .item().",
    r"could not broadcast .*from shape \(.*\b0\b": "A slice is empty: a[p:-p] holds nothing for p = 0.",
    "cannot reshape array of size": "The size that is counted is not the one that comes out: does it count "
    "padding, stride and dilation?",
    "has no attribute": "Was it written for another NumPy, or another Python?",
}


def hint_of(error: BaseException | None) -> str:
    """Return what an error's words mean for a layer, or an empty text.

    Examples
    --------
    >>> hint_of(TypeError("'float' object cannot be interpreted as an integer"))
    'A size is a float: in Python 3, / divides to floats; write //.'
    """
    words = str(error)
    return next((hint for pattern, hint in HINTS.items() if re.search(pattern, words)), "")
