"""The command line of :func:`cnnbook.checks.layer`."""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from cnnbook.checks.report import CheckFailed
from cnnbook.checks.sweep.file import functions, load, pairs
from cnnbook.checks.sweep.kinds import KINDS
from cnnbook.checks.sweep.layer import layer
from cnnbook.checks.sweep.names import POOL, parameters

__all__ = ["main"]

DESCRIPTION = """\
Sweep the convolutions and poolings of a file over the settings that break real code.
They are found by their names, as conv2d and conv2d_backward, conv_forward, max_pool2d, avg_pool2d, or named.
Exit code: 0 if all are right, 1 if one is wrong, 2 if something cannot be checked."""


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    found = argparse.ArgumentParser(
        "python -m cnnbook.checks", description=DESCRIPTION, formatter_class=argparse.RawTextHelpFormatter
    )
    found.add_argument("file", help="a Python file; it is run")
    found.add_argument("--forward", metavar="NAME", help="the layer to check, if it is not found by its name")
    found.add_argument("--backward", metavar="NAME", help="its backward pass")
    found.add_argument("--kind", choices=tuple(KINDS), help="found from the names if it is not given")
    found.add_argument("--layout", default="NCHW", help="the order of the axes of pictures, as NHWC")
    found.add_argument("--out-layout", metavar="LAYOUT", help="that of outputs, if it is another")
    found.add_argument("--weight-layout", default="OIHW", metavar="LAYOUT", help="that of weights, as HWIO")
    found.add_argument(
        "--bias-shape", type=numbers, default=(-1,), metavar="SHAPE", help="as =-1,1 for a column"
    )
    found.add_argument(
        "--grads", type=words, default=("x", "weight", "bias"), help="their order, as x,weight"
    )
    found.add_argument(
        "--names", type=setting, action="append", default=[], metavar="OURS=THEIRS", help="as weight=theta"
    )
    found.add_argument(
        "--fixed", type=value, action="append", default=[], metavar="NAME=VALUE", help="built in, as stride=2"
    )
    found.add_argument(
        "--without", action="append", default=[], metavar="WORDS", help='not tried, as "there is padding"'
    )
    return found


def words(text: str) -> tuple[str, ...]:
    """Return words that commas part."""
    return tuple(text.replace(" ", "").split(","))


def numbers(text: str) -> tuple[int, ...]:
    """Return whole numbers that commas part."""
    return tuple(int(word) for word in text.split(","))


def setting(text: str) -> tuple[str, str]:
    """Return a name and what it is set to."""
    name, equals, what = text.partition("=")
    if not (name and equals and what):
        raise ValueError
    return name, what


def value(text: str) -> tuple[str, Any]:
    """Return a name and the value that it is set to.

    Examples
    --------
    >>> value("stride=2"), value("padding=1,0"), value("ceil_mode=True")
    (('stride', 2), ('padding', (1, 0)), ('ceil_mode', True))
    """
    name, what = setting(text)
    return name, ast.literal_eval(what)


def main(arguments: Sequence[str]) -> int:
    """Check a file, print what is found, and return the exit code."""
    asked = parser().parse_args(arguments)
    try:
        module = load(asked.file)
        chosen = named(module, asked)
    except CheckFailed as error:
        print(error, file=sys.stderr)
        return 2
    codes = []
    for n, (forward, backward) in enumerate(chosen):
        for kind in kinds(forward, asked.kind):
            print("\n" * bool(n), end="")
            codes.append(checked(forward, backward, kind, asked))
    return max(codes)


def named(module: ModuleType, asked: argparse.Namespace) -> list[tuple[Callable, Callable | None]]:
    """Return the functions to check: those that are asked for, or all that are found by their names."""
    there = functions(module)
    has = f"its functions are {', '.join(there)}" if there else "it has no functions"
    for name in (asked.forward, asked.backward):
        if name and not callable(getattr(module, name, None)):
            raise CheckFailed(f"{asked.file}: there is no function {name}; {has}.")
    found = dict(pairs(module))
    if asked.forward:
        found = {asked.forward: found.get(asked.forward)}
    if not found:
        raise CheckFailed(
            f"{asked.file}: no convolution and no pooling is found by its name; {has}. "
            "Say which one with --forward NAME."
        )
    if asked.backward:
        if len(found) > 1:
            raise CheckFailed(f"--backward needs --forward: {asked.file} has {', '.join(found)}.")
        found = dict.fromkeys(found, asked.backward)
    return [
        (getattr(module, forward), getattr(module, backward) if backward else None)
        for forward, backward in found.items()
    ]


def kinds(forward: Callable, kind: str | None) -> tuple[str | None, ...]:
    """Return the kinds to check: both poolings, if an argument chooses between them."""
    modes = {one.name for one in parameters(forward)} & set(POOL["mode"].split())
    return ("max", "avg") if modes and kind is None else (kind,)


def checked(forward: Callable, backward: Callable | None, kind: str | None, asked: argparse.Namespace) -> int:
    """Check one layer, print the report, and return the exit code."""
    try:
        report = layer(
            forward,
            backward,
            kind=kind,
            layout=asked.layout,
            out_layout=asked.out_layout,
            weight_layout=asked.weight_layout,
            bias_shape=asked.bias_shape,
            names=dict(asked.names),
            grads=asked.grads,
            without=asked.without,
            fixed=dict(asked.fixed),
        )
    except CheckFailed as error:
        print(f"{forward.__name__}: {error}", file=sys.stderr)
        return 2
    print(report)
    return 0 if report.ok else 1
