"""Settings on which a wrong layer is caught, or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cnnbook.checks.report import CheckFailed, Verdict
from cnnbook.exhibits import EXHIBITS, arrays_of
from cnnbook.slips import SLIPS

__all__ = ["confront"]

ASK = {
    "equals": "Which pixels get more than one piece?",
    "turned": "Which kernels does a half turn leave as they are?",
    "swapped": "How many windows are there down, and how many across?",
    "cut": "What is `a[p:-p]`, for each p?",
    "remainder": "What does the stride leave over?",
    "mean": "What is divided, and by how much?",
    "width": "Which side of the kernel does it hold against the width?",
    "stacked": "What stands behind the first picture's columns?",
    "flipped": "Which kernels does a half turn leave as they are?",
    "overwritten": "Can a pixel be the maximum of two windows?",
    "ties": "How often does a window hold its maximum twice?",
    "borders": "Which windows hold less than a whole window of the picture?",
    "sign": "For which x is the right value there, too?",
    "powers": "What is the largest number that `exp` gives?",
}
WORDS = {6: "six", 8: "eight"}
NAMES = "the output", "the input's gradient", "the weights' gradient"


def confront(settings: Mapping[str, tuple], names: Sequence[str] = SLIPS) -> Verdict:
    """Hold each exhibit of :mod:`cnnbook.exhibits` against a right layer.

    Parameters
    ----------
    settings : mapping of str to (N, (H, W), (K_h, K_w), stride, padding)
        For each exhibit, what to try it on: random pictures of two channels, and three filters. A sixth
        entry, ``"zeros"``, ``"ties"`` or ``"large"``, changes the pictures' numbers.
    names : sequence of str
        The exhibits; the six slips of :mod:`cnnbook.slips`, if nothing is said. The verdict on others says
        what kind of mistake each is, once it is caught.

    Returns
    -------
    verdict : Verdict
        Which are caught, and how; it has passed when all are.

    Raises
    ------
    CheckFailed
        If an exhibit is missing or unknown, or a setting is none.

    Examples
    --------
    >>> easy = (1, (5, 5), (3, 3), 1, 1)
    >>> confront(dict.fromkeys(SLIPS, easy) | {"cut": (1, (5, 5), (3, 3), 1, 0)}).passed
    False
    >>> confront({"width": (1, (5, 6), (3, 2), 2, 0)}, ["width"])
    Caught 1 of 1
    <BLANKLINE>
    - width: an AssertionError, where both sides come out even. Wrong axis.
    """
    if not isinstance(settings, Mapping) or set(settings) != set(names):
        raise CheckFailed(f"There should be one setting for each of {', '.join(names)}.")
    seen = {name: symptom(name, settings[name]) for name in names}
    caught = [line_of(name, words) for name, words in seen.items() if words]
    missed = [f"- `{name}` looks right here. {ASK[name]}" for name, words in seen.items() if not words]
    if not caught:
        every = WORDS.get(len(names), len(names))
        text = f"**None caught yet:** on these settings all {every} look right."
        return Verdict(False, len(names), text)
    text = f"**Caught {len(caught)} of {len(names)}**\n\n" + "\n".join(caught + missed)
    return Verdict(not missed, len(names), text)


def is_setting(setting: object, longest: int = 5) -> bool:
    """Tell whether something has the form of a setting: five parts, the second and the third of them pairs.

    An exhibit of the museum may have a sixth, the word for its numbers.

    Examples
    --------
    >>> is_setting((1, (5, 5), (3, 3), 1, 1)), is_setting((1, 5, 3, 1, 1)), is_setting(3)
    (True, False, False)
    """
    if not isinstance(setting, (tuple, list)) or not 5 <= len(setting) <= longest:
        return False
    return all(isinstance(pair, (tuple, list)) and len(pair) == 2 for pair in setting[1:3])


def line_of(name: str, words: str) -> str:
    """Return what is said of an exhibit that is caught."""
    kind = EXHIBITS[name].kind
    return f"- `{name}`: {words}" + ("" if name in SLIPS else f". {kind[0].upper()}{kind[1:]}.")


def symptom(name: str, setting: tuple) -> str:
    """Return in words how an exhibit shows on a setting, or nothing if it doesn't."""
    exhibit = EXHIBITS[name]
    if not is_setting(setting, 5 if name in SLIPS else 6):
        raise CheckFailed(
            f"{name} cannot be tried on {setting!r:.80}: "
            "a setting is (N, (H, W), (K_h, K_w), stride, padding), "
            "as (1, (5, 5), (3, 3), 1, 1); the picture and the kernel are pairs."
        )
    try:
        _, _, _, s, p, *_ = setting
        x, w, g = arrays_of(exhibit, setting)
        right = exhibit.right[0](x, w, s, p), *exhibit.right[1](g, x, w, s, p)
        refuses = exhibit.refuses(x, w, s, p)
    except (TypeError, ValueError, MemoryError) as error:
        raise CheckFailed(f"{name} cannot be tried on {setting}: {error}") from None
    try:
        with np.errstate(all="ignore"):
            found = exhibit.forward(x, w, s, p), *exhibit.backward(g, x, w, s, p)
    except ValueError:
        return "an error, for arrays that do not fit together"
    except AssertionError:
        return "" if refuses else "an `AssertionError`, where both sides come out even"
    if refuses:
        return "no error, where a side does not come out even"
    for part, a, b in zip(NAMES, found, right, strict=True):
        if a.shape != b.shape:
            return f"{part} has shape {a.shape}, and not {b.shape}"
        if np.isnan(a).any():
            return f"{part} holds `nan`"
    gaps = {part: np.abs(a - b).max() for part, a, b in zip(NAMES, found, right, strict=True)}
    return "; ".join(f"{part} is off by {gap:.2f}" for part, gap in gaps.items() if gap > 1e-9)
