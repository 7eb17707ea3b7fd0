"""Put into the built book what a reader takes away: the wheel of cnnbook, and the notebooks as scripts.

Usage: python tools/make_downloads.py SITE

The wheel is built without the network, from a copy, so that nothing is left behind among the
sources and nothing that was left there gets in; and with one fixed time, so that equal sources
give equal bytes. A page opened from the disk cannot save a file that the browser can show, a
notebook for one; but it can run a script that holds the notebook's text.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import book

__all__ = ["make_scripts", "make_wheel"]

FILES = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT")
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
NEW_YEAR_2026 = "1767225600"


def make_wheel(folder: Path, root: Path = book.ROOT) -> Path:
    """Build the wheel into a folder, in the place of older ones, and return its path.

    Raises
    ------
    RuntimeError
        If setuptools fails; the message is what it says.
    """
    for old in folder.glob("cnnbook-*.whl"):
        old.unlink()
    with TemporaryDirectory() as copy:
        for name in FILES:
            shutil.copyfile(root / name, Path(copy, name))
        unwanted = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(root / "cnnbook", Path(copy, "cnnbook"), ignore=unwanted)
        environment = {**os.environ, "SOURCE_DATE_EPOCH": NEW_YEAR_2026}
        command = [sys.executable, "-c", BUILD, str(folder.resolve())]
        answer = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    if answer.returncode:
        raise RuntimeError(answer.stderr)
    return next(folder.glob("cnnbook-*.whl"))


def make_scripts(site: Path) -> list[Path]:
    """Write beside each notebook of the site a script that hands over its text; return the scripts."""
    scripts = []
    for notebook in sorted(site.glob("_sources/**/*.ipynb")):
        script = notebook.with_name(f"{notebook.name}.js")
        script.write_text(f"window.cnnbookNotebook = {json.dumps(notebook.read_text('utf-8'))};\n", "utf-8")
        scripts.append(script)
    return scripts


if __name__ == "__main__":
    site = Path(sys.argv[1])
    for path in (make_wheel(site), *make_scripts(site)):
        print(f"made {path.relative_to(site)}")
