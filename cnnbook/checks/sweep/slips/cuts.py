"""What goes wrong where the padding of the gradient is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnnbook.checks.sweep.arrays import Convolution
from cnnbook.checks.sweep.slips import GradientSlip

__all__ = ["cuts", "uncut"]


def cuts() -> Iterator[GradientSlip]:
    """Yield what goes wrong where the gradient's padding is cut off."""
    yield "the padding is not cut off", uncut
    yield (
        "the padding is cut off with [p:-p], which is empty for p = 0: cut with [p:p + H]",
        cut(lambda p, n: slice(p, -p)),
    )
    yield "the padding is cut off at one end only, below and to the right", cut(lambda p, n: slice(0, n))
    for end in (lambda p, n: slice(p, None), lambda p, n: slice(2 * p, None)):
        yield "the padding is cut off at one end only, above and to the left", cut(end)
    yield (
        "the padding is cut off with [p:H], which ends too early: cut with [p:p + H]",
        cut(lambda p, n: slice(p, n)),
    )
    for half in (lambda p, n: slice(p // 2, p // 2 + n), lambda p, n: slice(p // 2, n + 2 * p - p // 2)):
        yield "half of the padding is cut off at each end: p stands at each, so cut with [p:p + H]", cut(half)


def cut(part: Callable[[int, int], slice]) -> Callable[[Convolution, np.ndarray], np.ndarray]:
    """Return a gradient of which a part is kept, by the padding and the size of the input."""

    def slip(case: Convolution, g: np.ndarray) -> np.ndarray:
        rows, columns = map(part, case.padding, case.x.shape[2:])
        return uncut(case, g)[:, :, rows, columns]

    return slip


def uncut(case: Convolution, g: np.ndarray) -> np.ndarray:
    """Return the gradient of the padded input."""
    (p, q) = case.padding
    x = np.pad(case.x, ((0, 0), (0, 0), (p, p), (q, q)))
    return case.but(x=x, padding=(0, 0)).backward(g)["x"]
