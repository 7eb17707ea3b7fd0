"""Show how a function grew out of another one: a listing with what is new marked."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

__all__ = ["what_changed"]


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
