"""Likely causes: what a reader may have done, told from all the cases that fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Attempt, run
from cnnbook.checks.compare import close

__all__ = ["Diagnosis", "computes", "has_shape", "likely_cause", "only_where", "raises"]

Predicate = Callable[[Attempt], bool | None]  # None: the case speaks neither for it nor against it
UNKNOWN = "It is none of the usual mistakes. Work this case out on paper, and compare step by step."


@dataclass(frozen=True)
class Diagnosis:
    """A cause that may explain a failing case, and the hint for the reader.

    The hint is a text, or a function that makes one of the smallest failing case. A ``whole``
    diagnosis says something of all the failing cases, and holds for all of them or not at all.
    """

    explains: Predicate
    hint: str | Callable[[Attempt], str]
    whole: bool = False


def computes(variant: Callable[..., Any]) -> Predicate:
    """Explain cases in which the reader's function does what a wrong variant does.

    The variant has to be wrong there too. Where it raises, an error or a wrong shape fits, but
    proves nothing.

    Examples
    --------
    >>> from cnnbook.checks.attempt import Case
    >>> attempt = run(lambda x: x + x, Case({"x": 3.0}), 9.0)
    >>> computes(lambda x: 2 * x)(attempt), computes(lambda x: x**3)(attempt)
    (True, False)
    """

    def explains(attempt: Attempt) -> bool | None:
        other = run(variant, attempt.case, attempt.expected)
        if other.error is not None:
            return None if attempt.fault in ("error", "shape") else False
        if other.fault is None or attempt.error is not None:
            return False
        return numeric(attempt.got) and numeric(other.got) and close(attempt.got, other.got)

    return explains


def numeric(got: Any) -> bool:
    """Tell whether a result is a number, or an array or a sequence of numbers."""
    try:
        return np.asarray(got).dtype.kind in "iuf"
    except ValueError:  # rows of several lengths
        return False


def has_shape(shape: Callable[..., tuple[int, ...]]) -> Predicate:
    """Explain arrays of a wrong shape; ``shape`` makes it of the case's arguments, by position."""

    def explains(attempt: Attempt) -> bool:
        return attempt.fault == "shape" and np.shape(attempt.got) == shape(*attempt.case.arguments.values())

    return explains


def raises(error: type[Exception], words: str = "") -> Predicate:
    """Explain cases in which the reader's function raises an error whose message holds some words."""
    return lambda attempt: isinstance(attempt.error, error) and words in str(attempt.error)


def only_where(condition: Callable[..., bool], hint: str) -> Diagnosis:
    """Explain failing cases by a condition that the arguments of all of them satisfy."""
    return Diagnosis(lambda attempt: bool(condition(*attempt.case.arguments.values())), hint, whole=True)


def likely_cause(failing: Sequence[Attempt], diagnoses: Sequence[Diagnosis]) -> str:
    """Return the hint that explains most of the failing cases, the first of equals.

    Parameters
    ----------
    failing : sequence of Attempt
        The failing cases, the smallest first.
    diagnoses : sequence of Diagnosis
        The most specific first.

    Returns
    -------
    hint : str
        It says so if it does not explain all of them. Where no cause explains half of them,
        a general advice.
    """
    best, most = None, 0
    for diagnosis in diagnoses:
        if (explained := count_explained(diagnosis, failing)) > most:
            best, most = diagnosis, explained
        if most == len(failing):
            break
    if best is None:
        return UNKNOWN
    told = next(attempt for attempt in failing if best.explains(attempt))
    hint = best.hint if isinstance(best.hint, str) else best.hint(told)
    if most < len(failing):
        hint += f" (This explains {most} of the {len(failing)} failing cases; something else is wrong too.)"
    return hint


def count_explained(diagnosis: Diagnosis, failing: Sequence[Attempt]) -> int:
    """Count the cases that a diagnosis explains; 0 if they are less than half, or prove nothing."""
    left_out = 0 if diagnosis.whole else len(failing) // 2
    explained, proved = 0, False
    for number, attempt in enumerate(failing, 1):
        answer = diagnosis.explains(attempt)
        explained += answer is None or bool(answer)
        proved = proved or bool(answer)
        if number - explained > left_out:
            return 0
    return explained if proved else 0
