"""What the network reads, in words. words.mjs says the same."""

from __future__ import annotations

import numpy as np

__all__ = ["read_as", "share"]


def share(p: float) -> str:
    """Return a probability in per cent.

    Examples
    --------
    >>> share(0.5), share(0.9997), share(1e-9)
    ('50.0%', 'more than 99.9%', 'less than 0.1%')
    """
    if p > 0.9995:
        return "more than 99.9%"
    return f"{100 * p:.1f}%" if p >= 0.0005 else "less than 0.1%"


def one(digit: int) -> str:
    """Return a digit with its article."""
    return f"an {digit}" if digit == 8 else f"a {digit}"


def read_as(probabilities: np.ndarray, picture: int | None, label: int | None, ink: bool) -> str:
    """Say what is read, how sure, and what else it might be."""
    best, second = (int(digit) for digit in np.argsort(-probabilities, kind="stable")[:2])
    shown = f"Held-out picture {picture} is {one(label)}. " if label is not None else ""
    blank = "" if ink else "There is no ink, and it has to answer all the same. "
    return (
        f"{shown}{blank}The network reads {one(best)}, {share(probabilities[best])} sure; "
        f"its second guess is {one(second)}, {share(probabilities[second])}."
    )
