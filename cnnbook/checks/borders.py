"""Exercise on borders: a line of pixels that goes on as in a mirror."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, has_shape, only_where
from cnnbook.checks.inputs import digits, signed
from cnnbook.checks.report import Verdict

__all__ = ["pad_reflect"]


def pad_reflect(function: Callable[..., Any]) -> Verdict:
    """Check ``pad_reflect(line, padding)``: so many pixels more on each side, as in a mirror.

    The mirror stands on the outermost pixel, which is not repeated. The padding is smaller than
    the line is long. This is ``np.pad`` with ``mode="reflect"``.

    Examples
    --------
    >>> pad_reflect(lambda line, padding: ...)
    Not attempted yet. Write pad_reflect where the ... stands, run that cell, and then this one.
    """
    cases = [
        Case({"line": digits(9)[:n] + 0, "padding": p}, "" if p else "no padding at all")
        for n in range(1, 7)
        for p in range(n)
    ]
    cases.append(Case({"line": signed(6) / 4, "padding": 3}, "fractions of both signs"))
    cases.append(Case({"line": digits(12), "padding": 2}, "a long line"))
    return check(function, "pad_reflect", reference=reflect, cases=cases, diagnoses=PAD_REFLECT)


def reflect(line: np.ndarray, padding: int) -> np.ndarray:
    """Continue a line as in a mirror that stands on its last pixel."""
    n = len(line)
    places = [n - 1 - abs(n - 1 - abs(i)) for i in range(-padding, n + padding)]
    return line[places]


def by_numpy(mode: str) -> Callable[[np.ndarray, int], np.ndarray]:
    """Return what pads in another way."""
    return lambda line, padding: np.pad(line, padding, mode=mode)


def joined(*parts: np.ndarray) -> np.ndarray:
    """Put parts of a line after one another."""
    return np.concatenate(parts)


PAD_REFLECT = (
    only_where(
        lambda line, padding: padding == 0,
        "Every case that fails has padding 0. The index -0 is 0, so a slice that ends at -padding is empty.",
    ),
    only_where(
        lambda line, padding: padding == len(line) - 1,
        "Every case that fails needs the whole line in the mirror, up to its other end: "
        "counted backwards, a slice cannot stop at -1 and mean the place before 0.",
    ),
    Diagnosis(
        computes(by_numpy("symmetric")),
        "Your outermost pixel comes twice: the mirror stands on it, not behind it. Begin with its neighbour.",
    ),
    Diagnosis(
        computes(lambda x, p: joined(x[1 : p + 1], x, x[len(x) - 1 - p : -1])),
        "You took the right pixels, but not turned round: in a mirror the nearest comes first.",
    ),
    Diagnosis(
        computes(by_numpy("constant")), "Beyond the ends you put zeros: put the mirrored pixels there."
    ),
    Diagnosis(
        computes(by_numpy("edge")),
        "You repeated the outermost pixel. That is called replicate; a mirror shows its neighbours.",
    ),
    Diagnosis(
        computes(by_numpy("wrap")),
        "Beyond each end you put what stands at the other end. That is called circular; "
        "a mirror shows the pixels next to this end.",
    ),
    Diagnosis(
        computes(lambda x, p: np.pad(x, (p, 0), mode="reflect")),
        "The start is right, and the end is missing: pad on each side.",
    ),
    Diagnosis(
        computes(lambda x, p: np.pad(x, (0, p), mode="reflect")),
        "The end is right, and the start is missing: pad on each side.",
    ),
    Diagnosis(
        computes(lambda x, p: joined(x[::-1][len(x) - 1 - p : -1], x, x[1 : p + 1][::-1])),
        "The right end shows the pixels of the left one: it has to mirror its own neighbours.",
    ),
    Diagnosis(
        has_shape(lambda x, p: (len(x) + p,)),
        "Your line is too short by the padding: it gets so many pixels on each side.",
    ),
)
