"""A gradient of other arguments than those given, and what may go wrong with any gradient."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnnbook.checks.sweep.arrays import Convolution
from cnnbook.checks.sweep.slips import GradientSlip

__all__ = ["any_part", "grad", "one_picture"]


def grad(case: Convolution, g: np.ndarray, name: str, **changes: object) -> np.ndarray:
    """Return a right gradient of a case with other arguments."""
    return case.but(**changes).backward(g)[name]


def any_part(name: str) -> Iterator[GradientSlip]:
    """Yield what may go wrong with any gradient."""
    yield "it is 0: is what you compute ever written into it?", lambda c, g: 0 * grad(c, g, name)
    yield "its sign is the other one", lambda c, g: -grad(c, g, name)
    yield "it is twice as large as it should be", lambda c, g: 2 * grad(c, g, name)
    yield "it is half as large as it should be", lambda c, g: grad(c, g, name) / 2


def one_picture(name: str, which: int) -> Callable:
    """Return a gradient that comes from one picture of the batch only."""

    def slip(case: Convolution, g: np.ndarray) -> np.ndarray:
        only = np.zeros_like(g)
        only[which] = g[which]
        return grad(case, only, name)

    return slip
