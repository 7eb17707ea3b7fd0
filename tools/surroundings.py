"""The environment that the book's own programs run in: the same for everybody.

A reader's variables and configuration files would change what a kernel prints, what a linter asks
for, which kernel starts. So only what a program needs to start at all is handed on, and the home
folder is one of our own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["readers_own", "surroundings"]

HOME = Path(__file__).resolve().parent.parent / ".venv" / "home"
# Where programs and temporary files lie, which screen and which processor there are, and whether this is CI.
KEPT = {
    *("PATH", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP", "CI", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"),
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "LOCALAPPDATA", "PROGRAMDATA"),
    *("PROGRAMFILES", "PROGRAMFILES(X86)", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE"),
    *("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "PLAYWRIGHT_BROWSERS_PATH"),
}
SAME = {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "TZ": "UTC"}
# Idle threads of two numeric libraries would spin against each other.
THREADS = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"}
BROWSERS = {"darwin": "Library/Caches/ms-playwright", "linux": ".cache/ms-playwright"}


def at_home(home: Path) -> dict[str, str]:
    """Return the variables that say where home is; the folder is made if it is not there."""
    home.mkdir(parents=True, exist_ok=True)
    return dict.fromkeys(("HOME", "USERPROFILE", "APPDATA"), str(home))


def surroundings(home: Path = HOME) -> dict[str, str]:
    """Return the environment for a program of the book's.

    Parameters
    ----------
    home : Path
        The home folder that the program sees.

    Returns
    -------
    environment : dict of str
        For :func:`subprocess.run`.
    """
    kept = {name: value for name, value in os.environ.items() if name.upper() in KEPT}
    if (browsers := BROWSERS.get(sys.platform)) and (found := Path.home() / browsers).is_dir():
        kept.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(found))  # what Playwright has fetched already
    return {**kept, **SAME, **THREADS, **at_home(home)}


def readers_own(home: Path = HOME) -> dict[str, str]:
    """Return the environment for a program that is the reader's, as JupyterLab with its settings.

    Where nothing can be kept in the reader's home folder, another one takes its place.
    """
    kept = os.access(Path.home(), os.W_OK | os.X_OK) and Path.home().is_dir()
    return {**THREADS, **os.environ, **({} if kept else at_home(home))}
