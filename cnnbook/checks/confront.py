"""Settings on which a wrong backward pass is caught, or not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cnnbook.checks.report import CheckFailed, Verdict
from cnnbook.conv_batch import conv2d
from cnnbook.slips import SLIPS, backward_pass

__all__ = ["confront"]

ASK = {
    "equals": "Which pixels get more than one piece?",
    "turned": "Which kernels does a half turn leave as they are?",
    "swapped": "How many windows are there down, and how many across?",
    "cut": "What is `a[p:-p]`, for each p?",
    "remainder": "What does the stride leave over?",
    "mean": "What is divided, and by how much?",
}


def confront(settings: Mapping[str, tuple]) -> Verdict:
    """Hold each slip of :func:`cnnbook.slips.backward_pass` against the right backward pass.

    Parameters
    ----------
    settings : mapping of str to (N, (H, W), (K_h, K_w), stride, padding)
        For each slip, what to try it on: random pictures of two channels, and three filters.

    Returns
    -------
    verdict : Verdict
        Which are caught, and how; it has passed when all six are.

    Raises
    ------
    CheckFailed
        If a slip is missing or unknown, or a setting is none.

    Examples
    --------
    >>> easy = (1, (5, 5), (3, 3), 1, 1)
    >>> confront(dict.fromkeys(SLIPS, easy) | {"cut": (1, (5, 5), (3, 3), 1, 0)}).passed
    False
    """
    if not isinstance(settings, Mapping) or set(settings) != set(SLIPS):
        raise CheckFailed(f"There should be one setting for each of {', '.join(SLIPS)}.")
    seen = {slip: symptom(slip, settings[slip]) for slip in SLIPS}
    caught = [f"- `{slip}`: {words}" for slip, words in seen.items() if words]
    missed = [f"- `{slip}` looks right here. {ASK[slip]}" for slip, words in seen.items() if not words]
    if not caught:
        return Verdict(False, len(SLIPS), "**None caught yet:** on these settings all six look right.")
    text = f"**Caught {len(caught)} of {len(SLIPS)}**\n\n" + "\n".join(caught + missed)
    return Verdict(not missed, len(SLIPS), text)


def is_setting(setting: object) -> bool:
    """Tell whether something has the form of a setting: five parts, the second and the third of them pairs.

    Examples
    --------
    >>> is_setting((1, (5, 5), (3, 3), 1, 1)), is_setting((1, 5, 3, 1, 1)), is_setting(3)
    (True, False, False)
    """
    if not isinstance(setting, (tuple, list)) or len(setting) != 5:
        return False
    return all(isinstance(pair, (tuple, list)) and len(pair) == 2 for pair in setting[1:3])


def symptom(slip: str, setting: tuple) -> str:
    """Return in words how a slip shows on a setting, or nothing if it doesn't."""
    rng = np.random.default_rng(0)
    if not is_setting(setting):
        raise CheckFailed(
            f"{slip} cannot be tried on {setting!r:.80}: "
            "a setting is (N, (H, W), (K_h, K_w), stride, padding), "
            "as (1, (5, 5), (3, 3), 1, 1); the picture and the kernel are pairs."
        )
    try:
        N, size, kernel_size, s, p = setting
        if N == 0:
            raise ValueError("a batch holds at least one picture")
        x, weight = rng.normal(size=(N, 2, *size)), rng.normal(size=(3, 2, *kernel_size))
        delta = rng.normal(size=conv2d(x, weight, stride=s, padding=p).shape)
        right = backward_pass(delta, x, weight, s, p)
    except (TypeError, ValueError, MemoryError) as error:
        raise CheckFailed(f"{slip} cannot be tried on {setting}: {error}") from None
    try:
        found = backward_pass(delta, x, weight, s, p, slip)
    except ValueError:
        return "an error, for arrays that do not fit together"
    if found[0].shape != x.shape:
        return f"the input's gradient has shape {found[0].shape}, and not {x.shape}"
    names = "the input's gradient", "the weights' gradient"
    gaps = {name: np.abs(a - b).max() for name, a, b in zip(names, found, right, strict=True)}
    return "; ".join(f"{name} is off by {gap:.2f}" for name, gap in gaps.items() if gap > 1e-9)
