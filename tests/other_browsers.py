"""Firefox and WebKit for the tests: find them, or install them.

``python tests/other_browsers.py`` makes sure of both. Playwright drives none but builds of its own.
"""

from __future__ import annotations

import sys

from browser import NoBrowserError, install
from drivers import FIREFOX, Firefox, WebKit, found

__all__ = ["OTHERS", "make_sure", "missing"]

OTHERS = {"Firefox": Firefox, "WebKit": WebKit}
PROGRAMS = {
    "Firefox": [FIREFOX],
    "WebKit": [("WebKitWebDriver",), ("Xvfb",)],
}
PACKAGES = {"Firefox": ["firefox-esr"], "WebKit": ["webkit2gtk-driver", "xvfb"]}


def missing(name: str) -> list[str]:
    """Return which programs of a browser are not installed."""
    return [" or ".join(names) for names in PROGRAMS[name] if found(names) is None]


def make_sure() -> None:
    """Install the browsers that are missing.

    Raises
    ------
    NoBrowserError
        If one still is; the message says which, and what to install.
    """
    for name in PROGRAMS:
        if missing(name):
            install(PACKAGES[name])
        if gone := missing(name):
            packages = " ".join(PACKAGES[name])
            raise NoBrowserError(
                f"{name} cannot be tested: {', '.join(gone)} is not on PATH "
                f"(Debian: apt-get install {packages})"
            )


if __name__ == "__main__":
    try:
        make_sure()
    except NoBrowserError as error:
        sys.exit(str(error))
