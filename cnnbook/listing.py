"""What a page prints: a listing with what is new marked, and numbers in powers of ten."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from math import isfinite
from typing import Any

__all__ = ["powers_of_ten", "what_changed"]


def powers_of_ten(value: float, digits: int = 2) -> str:
    r"""Return a number as a page prints it, so many digits times a power of ten, in LaTeX.

    Parameters
    ----------
    value : float
        A finite number.
    digits : int
        How many digits count, at least 1. A factor of 1 is left out where only one digit counts.

    Returns
    -------
    formula : str
        To be put between dollar signs.

    Raises
    ------
    ValueError
        If the number is infinite or not a number.

    Examples
    --------
    >>> powers_of_ten(1.0995e12), powers_of_ten(1e-14, digits=1)
    ('1.1 \\cdot 10^{12}', '10^{-14}')
    """
    if not isfinite(value):
        raise ValueError(f"{value} has no power of ten")
    factor, power = f"{value:.{digits - 1}e}".split("e")
    scale = f"10^{{{int(power)}}}"
    return scale if factor == "1" else f"{factor} \\cdot {scale}"


def what_changed(before: Callable[..., Any], after: Callable[..., Any]) -> str:
    """Return the source of a function as Markdown, with what another one had instead.

    Parameters
    ----------
    before, after : function
        Two functions whose source is at hand, as it is in a file and in a notebook.

    Returns
    -------
    listing : str
        A fenced block: ``-`` stands before a line that is gone, ``+`` before one that is new. A line
        that only moved to the right is neither.

    Raises
    ------
    ValueError
        If nothing changed.

    Examples
    --------
    >>> from textwrap import dedent
    >>> what_changed(dedent, dedent)
    Traceback (most recent call last):
    ...
    ValueError: the two functions have the same source
    """
    old, new = (inspect.getsource(function).rstrip().splitlines() for function in (before, after))
    if old == new:
        raise ValueError("the two functions have the same source")
    return "\n".join(["```diff", *marked(old, new), "```"])


def marked(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield the lines of both texts, each with its mark.

    >>> list(marked(["a", "b"], ["for c:", "    a"]))
    ['+for c:', '     a', '-b']
    """
    left, right = ([line.strip() for line in lines] for lines in (old, new))
    for kind, first, last, start, stop in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        gone, came = old[first:last], new[start:stop]
        if kind == "equal":
            yield from (f" {line}".rstrip() for line in came)
        elif len(gone) == len(came):  # line by line, so that each stands above what took its place
            for pair in zip(gone, came, strict=True):
                yield from map("".join, zip("-+", pair, strict=True))
        else:
            yield from (f"-{line}" for line in gone)
            yield from (f"+{line}" for line in came)
