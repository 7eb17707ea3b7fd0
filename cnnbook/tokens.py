"""The colour of each role: the same on the pages, in the widgets and in the figures."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

__all__ = ["colour", "tokens"]


@cache
def tokens() -> dict[str, dict[str, str]]:
    """Return the colours by theme (``"light"``, ``"dark"``) and by role."""
    return json.loads(files("cnnbook").joinpath("tokens.json").read_text("utf-8"))


def colour(role: str, theme: str = "light") -> str:
    """Return the colour of a role, as ``#rrggbb``.

    Parameters
    ----------
    role : str
        ``"input"``, ``"kernel"``, ``"output"``, ``"negative"``, ...
    theme : {"light", "dark"}
        The surroundings.

    Raises
    ------
    ValueError
        If there is no such role or theme.

    Examples
    --------
    >>> colour("input")
    '#0072b2'
    """
    themes = tokens()
    if theme not in themes:
        raise ValueError(f"there is no theme {theme!r}; there are {', '.join(themes)}")
    if role not in themes[theme]:
        raise ValueError(f"there is no role {role!r}; there are {', '.join(themes[theme])}")
    return themes[theme][role]
