"""Exercise checkers: the book's exercises, checked at once.

Write a function, then hand it to the checker of the same name, ``checks.correlate(correlate)``.
The checker sweeps inputs that break typical mistakes, and compares with the right function. It
says how many cases passed, or that the exercise is not attempted yet; or it raises
:class:`CheckFailed`, which shows a small case that fails, with a hint at the likely cause.

Every exercise is one file, in the folder of its chapter; it is found by its name, and read when it
is asked for. :func:`layer` checks anybody's convolution or pooling.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from cnnbook.checks.report import CheckFailed, Verdict

FOUND = {
    path.stem: f"{__name__}.{path.parent.name}.{path.stem}"
    for path in sorted(Path(__file__).parent.glob("[a-z]*/[a-z]*.py"))
    if path.parent.name != "sweep"
}
OTHERS = {"layer": "sweep.layer", "LayerReport": "sweep.verdict"}

__all__ = ["CheckFailed", "LayerReport", "Verdict", *FOUND, "layer"]


def __getattr__(name: str) -> Any:
    if name in OTHERS:
        return getattr(import_module(f"{__name__}.{OTHERS[name]}"), name)
    if name not in FOUND:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(FOUND[name]), name)


def __dir__() -> list[str]:
    return __all__
