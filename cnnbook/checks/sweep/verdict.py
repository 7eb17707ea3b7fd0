"""The report on a layer: right, and what was tried; or the smallest failing case, and what fits it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnbook.checks.report import WIDTH, argument, labelled, literal, words_of
from cnnbook.checks.sweep.attempt import Try

__all__ = ["LayerReport", "failed"]

PARTS = {"x": "gradient of x", "weight": "gradient of the weight", "bias": "gradient of the bias"}


@dataclass(frozen=True)
class LayerReport:
    """What :func:`cnnbook.checks.layer` found.

    Attributes
    ----------
    ok : bool
        Whether the layer was right in every case.
    cases : int
        How many cases were tried.
    case : dict or None
        The arguments of the smallest failing case, by the layer's own names.
    got, expected : object
        What it gave in that case, and what is right, as (N, C, H, W).
    diagnosis : str
        What kind of mistake fits; empty if it is right.
    text : str
        The report, which a notebook shows as Markdown.
    """

    ok: bool
    cases: int
    text: str
    case: dict[str, Any] | None = None
    got: Any = None
    expected: Any = None
    diagnosis: str = ""

    def __str__(self) -> str:
        return self.text if not self.ok else self.text.replace("**", "").replace("`", "")

    __repr__ = __str__

    def __bool__(self) -> bool:
        return self.ok

    def _repr_markdown_(self) -> str:
        return self.text if self.ok else f"```text\n{self.text}\n```"


def failed(name: str, calls: str, one: Try, tries: Sequence[Try], diagnosis: str) -> LayerReport:
    """Return the report on a layer that is wrong."""
    failing = sum(bool(one.fault) for one in tries)
    lines = [f"{name} fails in {failing} of {len(tries)} cases. The smallest one:", ""]
    if one.fault == "time":
        lines = [f"{name} does not come to an end in this case:", ""]
    shown = {**(one.before if "\n" in calls else {}), **one.given}
    lines += [argument(*pair) for pair in shown.items() if seen(pair[1])]
    lines += [
        "",
        calls + (f"   # {PARTS[one.part]}" if one.part in PARTS else ""),
    ]
    lines += results(one)
    if one.printed.strip():
        lines += [
            "    printed:",
            *(f"        {line[:WIDTH]}" for line in one.printed.strip().splitlines()[:6]),
        ]
    told = textwrap.fill(f"Diagnosis: {diagnosis}", WIDTH, break_long_words=False, break_on_hyphens=False)
    text = "\n".join([*lines, "", told])
    return LayerReport(False, len(tries), text, dict(one.given), one.got, one.expected, diagnosis)


def seen(value: Any) -> bool:
    """Tell whether an argument can be shown as Python: a cache cannot."""
    return (
        value is None
        or isinstance(value, (np.ndarray, int, float, str, dict))
        or (isinstance(value, tuple) and all(isinstance(n, int) for n in value))
    )


def results(one: Try) -> list[str]:
    """Return what is right, and what came out."""
    with_shape = one.fault == "shape"
    lines = []
    if one.expected is not None:
        lines.append(result("    expected:  ", one.expected, with_shape))
    if one.error is not None and one.fault == "error":
        lines.append(f"    raised:    {type(one.error).__name__}: {words_of(one.error)}")
        lines += [f"    at {one.line}"] if one.line else []
    elif one.fault == "unfit":
        lines.append(f"    got:       {words_of(one.error)}")
    elif one.got is not None:
        lines.append(result("    got:       ", one.got, with_shape))
    if one.changed:
        lines.append(f"    changed in place: {', '.join(one.changed)}")
    return lines


def result(label: str, value: Any, with_shape: bool) -> str:
    """Return a labelled array."""
    return labelled(label, literal(value)) + (f"   shape {np.shape(value)}" if with_shape else "")
