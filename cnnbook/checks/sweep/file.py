"""Load a file of somebody's layers, and find its convolutions and poolings by their names."""

from __future__ import annotations

import importlib.util
import inspect
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from cnnbook.checks.report import CheckFailed

__all__ = ["load", "pairs"]

WAYS = "2d|naive|simple|slow|fast|loops?|numpy|np|vectori[sz]ed|im2col|strided?s?|einsum|fft|winograd|layer"
LAYER = re.compile(
    r"(my_?)?(conv(olution|olve)?|cross_?correlat(e|ion)|((max|avg|average|mean)_?)?pool(ing)?)"
    rf"(_?({WAYS}))*"
)
FORWARD = re.compile(r"_?(forward(_?pass|_?prop\w*)?|fwd|prop)(?=_|$)")
BACKWARD = re.compile(r"_?(backward(_?pass)?|back_?prop\w*|bwd|back|grad(ient)?s?)(?=_|$)")


def load(path: str) -> ModuleType:
    """Run a file as a module, or raise: if there is none, or if it raises.

    Examples
    --------
    >>> try:
    ...     load("no/such/file.py")
    ... except CheckFailed as error:
    ...     print(error)
    no/such/file.py: there is no such file.
    """
    file = Path(path)
    if not file.is_file():
        raise CheckFailed(f"{path}: there is no such file.")
    name = f"checked_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise CheckFailed(f"{path}: this is no Python file; its name should end in .py.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(file.resolve().parent))
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        lines = [
            step.lineno for step in traceback.extract_tb(error.__traceback__) if step.filename == spec.origin
        ]
        number = error.lineno if isinstance(error, SyntaxError) else (lines or [0])[-1]
        where = f", line {number}" if number else ""
        raise CheckFailed(f"{path}{where}: it cannot be imported: {type(error).__name__}: {error}") from None
    finally:
        sys.path.pop(0)
    return module


def snake(name: str) -> str:
    """Return a name in small letters.

    Examples
    --------
    >>> snake("MaxPoolForward"), snake("convolutionBackward"), snake("conv2D")
    ('max_pool_forward', 'convolution_backward', 'conv2d')
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "_", name).lower()


def functions(module: ModuleType) -> dict[str, Callable]:
    """Return the functions that a module defines, by their names."""
    found = inspect.getmembers(module, inspect.isfunction)
    return {name: one for name, one in found if one.__module__ == module.__name__}


def pairs(module: ModuleType) -> list[tuple[str, str | None]]:
    """Return the names of the layers of a module, each with that of its backward pass, if it has one.

    Examples
    --------
    >>> module = ModuleType("checked_layers")
    >>> for name in "conv2d", "conv2d_backward", "pool_forward", "relu":
    ...     exec(f"def {name}(x): ...", vars(module))
    >>> pairs(module)
    [('conv2d', 'conv2d_backward'), ('pool_forward', None)]
    """
    names = {name: snake(name) for name in functions(module)}
    back = {BACKWARD.sub("", small): name for name, small in names.items() if BACKWARD.search(small)}
    found = []
    for name, small in names.items():
        stem = FORWARD.sub("", small)
        if not BACKWARD.search(small) and LAYER.fullmatch(stem):
            found.append((name, back.get(stem)))
    return found
