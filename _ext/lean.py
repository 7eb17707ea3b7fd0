"""A script without what only its readers need: space, comments, long names of what is its own."""

from __future__ import annotations

try:
    import minify
except ImportError:  # no wheel for a Mac with an Intel processor
    minify = None

__all__ = ["lean"]


def lean(text: str) -> str:
    r"""Return a script or a module that does the same: half the bytes to send.

    Parameters
    ----------
    text : str
        JavaScript.

    Returns
    -------
    lean : str
        The same, minified; as it was where minify-go is not installed.

    Raises
    ------
    ValueError
        If it is not JavaScript.

    Examples
    --------
    >>> lean("// A comment.\nexport function f(long) {\n  return long + 1;\n}\n")
    'export function f(e){return e+1}'
    """
    return minify.string("application/javascript", text) if minify else text
