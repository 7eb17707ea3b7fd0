"""A module without what only its readers need: the space between its words, and its comments."""

from __future__ import annotations

import re

__all__ = ["lean"]

TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)|(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
    r"""|(?P<word>[\w$#]+)|\+\+|--|.""",
    re.DOTALL,
)
PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
BEFORE_A_PATTERN = {*"(=,:!&|?;[{}>~+-*%<", "return", "typeof", "case"}
WORD = re.compile(r"[\w$#]")


def lean(text: str) -> str:
    r"""Return a module in one line, without comments: a third less to send.

    Every statement of it has to end with a semicolon, which prettier sees to.

    Parameters
    ----------
    text : str
        JavaScript.

    Returns
    -------
    lean : str
        The same tokens; texts, templates and patterns stay as they are.

    Raises
    ------
    ValueError
        If a template has no end.

    Examples
    --------
    >>> lean("// A comment.\nif (x) {\n  y(`a  ${b + 1}`); // z\n}\nelse return a + +b;\n")
    'if(x){y(`a  ${b + 1}`);}else return a+ +b;'
    >>> lean("const x = / [/] '/.test(y) / 2;")
    "const x=/ [/] '/.test(y)/2;"
    """
    kept = ""
    last = ""
    at = 0
    while at < len(text):
        end, token = next_token(text, at, last)
        if token:
            apart = WORD.match(token) and last and WORD.match(last[-1])
            apart = apart or (token[0] in "+-" and last[-1:] == token[0])
            kept += " " * bool(apart) + token
            last = token
        at = end
    return kept


def next_token(text: str, at: int, last: str) -> tuple[int, str]:
    """Return where the next token ends, and the token: nothing for space; ``last`` is the one before."""
    if text[at] == "`":
        end = end_of_template(text, at + 1)
        return end, text[at:end]
    found = TOKEN.match(text, at)
    if found is None:
        raise ValueError(f"no token of JavaScript at {text[at : at + 20]!r}")
    if found["space"]:
        return found.end(), ""
    if found[0] == "/" and (not last or last in BEFORE_A_PATTERN):
        found = PATTERN.match(text, at) or found
    return found.end(), found[0]


def end_of_template(text: str, at: int) -> int:
    """Return where a template ends that has begun before ``at``; others may stand in its holes."""
    depth = 0  # of the braces in a hole; 0 outside one
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == "`":
            if not depth:
                return at + 1
            at = end_of_template(text, at + 1) - 1
        elif depth and text[at] in "\"'":
            at = text.index(text[at], at + 1)
        elif text.startswith("${", at) and not depth:
            depth, at = 1, at + 1
        elif depth:
            depth += (text[at] == "{") - (text[at] == "}")
        at += 1
    raise ValueError(f"a template has no end: {text[-40:]!r}")
