"""Show how a function grew out of another one: a listing with what is new marked."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable
from typing import Any

__all__ = ["what_changed"]


def what_changed(before: Callable[..., Any], after: Callable[..., Any], context: int | None = None) -> str:
    """Return the source of a function as Markdown, compared line by line with another one's.

    Parameters
    ----------
    before, after : function
        Two functions whose source is at hand, as it is in a file and in a notebook.
    context : int, optional
        How many unchanged lines to show around each change; all of them, unless given.

    Returns
    -------
    listing : str
        A fenced block: ``-`` stands before a line that is gone, ``+`` before one that is new.

    Examples
    --------
    >>> from textwrap import shorten, wrap
    >>> print(what_changed(shorten, shorten))
    Traceback (most recent call last):
    ...
    ValueError: the two functions have the same source
    """
    old, new = (inspect.getsource(function).rstrip().splitlines() for function in (before, after))
    if old == new:
        raise ValueError("the two functions have the same source")
    lines = difflib.unified_diff(old, new, n=max(len(old), len(new)) if context is None else context)
    body = [line.rstrip() for line in list(lines)[2:] if not line.startswith("@@")]
    return "\n".join(["```diff", *body, "```"])
