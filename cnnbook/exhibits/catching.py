"""Five kinds of test that may find a layer's error."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnbook.exhibits.layers import Exhibit
from cnnbook.shapes import as_int

__all__ = ["ONE", "SWEEP", "TESTS", "arrays_of", "caught_by"]

TESTS = ("one example", "shapes", "adjoint", "numeric gradient", "sweep")
ONE: dict[str, tuple] = {
    "conv": (1, (5, 5), (3, 3), 1, 1),
    "pool": (1, (4, 4), (2, 2), 2, 0),
    "bend": (1, (3, 3), (1, 1), 1, 0),
}
SWEEP: dict[str, list[tuple]] = {
    "conv": [
        (1, (6, 6), (3, 3), 1, 0),
        (2, (6, 6), (3, 3), 1, 1),
        (1, (6, 7), (3, 2), 1, 1),
        (1, (8, 8), (3, 3), 2, 1),
        (1, (5, 6), (3, 2), 2, 0),
        (2, (4, 5), (1, 2), 3, 0),
    ],
    "pool": [
        (1, (5, 5), (3, 3), 1, 0),
        (2, (4, 6), (2, 3), 1, 1),
        (1, (6, 7), (2, 2), 2, 1),
        (1, (4, 5), (2, 2), 2, 0, "ties"),
    ],
    "bend": [
        (1, (3, 4), (1, 1), 1, 0, "zeros"),
        (2, (3, 4), (1, 1), 1, 0),
        (1, (3, 3), (1, 1), 1, 0, "large"),
    ],
}
VALUES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "random": lambda x: x,
    "zeros": lambda x: 0 * x,
    "ties": lambda x: np.maximum(np.round(x), 0),
    "large": lambda x: 500 * x,
}


def arrays_of(exhibit: Exhibit, setting: tuple) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return random arrays for a setting: the input of two channels, the weights, the output's gradient."""
    N, size, kernel_size, s, p, *values = setting
    if N < 1:
        raise ValueError("a batch holds at least one picture")
    as_int(s, "the stride", 1), as_int(p, "the padding", 0)
    if values and values[0] not in VALUES:
        raise ValueError(f"the values are one of {', '.join(VALUES)}, got {values[0]!r}")
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(N, 2, *size)), rng.normal(size=(3, 2, *kernel_size))
    x = VALUES[values[0] if values else "random"](x)
    return x, w, rng.normal(size=exhibit.right[0](x, w, s, p).shape)


def caught_by(exhibit: Exhibit, test: str, settings: list[tuple] | None = None) -> bool | None:
    """Tell whether a kind of test catches an exhibit.

    Parameters
    ----------
    exhibit : Exhibit
        The layer.
    test : {"one example", "shapes", "adjoint", "numeric gradient", "sweep"}
        Compare with a right layer on one customary setting; look at shapes only; hold the backward pass
        against the forward pass by the adjoint identity, or by differences along a direction; compare with
        a right layer on settings of many kinds. An error that is raised counts as caught, but where the
        exhibit says that it refuses; there, the last and the first test catch what does not refuse.
    settings : list of (N, (H, W), (K_h, K_w), stride, padding), optional
        What to try; all but the first test sweep, if nothing is said.

    Returns
    -------
    caught : bool or None
        None where the test has no meaning: the adjoint of an activation. It holds for max pooling, which is
        not linear, as twice the input gives twice the output there, with ties and without.

    Examples
    --------
    >>> from cnnbook.exhibits import EXHIBITS
    >>> [caught_by(EXHIBITS["flipped"], test) for test in TESTS]
    [True, False, False, False, True]
    """
    if test == "adjoint" and exhibit.family == "bend":
        return None
    default = [ONE[exhibit.family]] if test == "one example" else SWEEP[exhibit.family]
    return any(caught_on(exhibit, test, setting) for setting in settings or default)


def caught_on(exhibit: Exhibit, test: str, setting: tuple) -> bool:
    """Tell whether a kind of test catches an exhibit on one setting."""
    s, p = setting[3:5]
    x, w, g = arrays_of(exhibit, setting)
    if test == "numeric gradient" and setting[5:] and exhibit.family == "pool":
        return False  # at a tie there is no slope to compare with
    refuses = exhibit.refuses(x, w, s, p)
    try:
        with np.errstate(all="ignore"):
            y, grads = exhibit.forward(x, w, s, p), exhibit.backward(g, x, w, s, p)
            if test == "shapes":
                return (y.shape, *[a.shape for a in grads]) != (g.shape, x.shape, w.shape)
            if test == "adjoint":
                sides = [np.vdot(x, grads[0])] + ([np.vdot(w, grads[1])] if exhibit.family == "conv" else [])
                return not np.allclose(sides, np.vdot(y, g), rtol=1e-9, atol=1e-9)
            if test == "numeric gradient":
                return not slopes_agree(exhibit, (x, w), grads, g, setting)
            right = exhibit.right[0](x, w, s, p), *exhibit.right[1](g, x, w, s, p)
    except (IndexError, ValueError, AssertionError):
        return not refuses
    return refuses or not all(
        a.shape == b.shape and np.allclose(a, b) for a, b in zip((y, *grads), right, strict=True)
    )


def slopes_agree(exhibit: Exhibit, arrays: tuple, grads: tuple, g: np.ndarray, setting: tuple) -> bool:
    """Compare the gradients with a difference along a random direction."""
    s, p = setting[3:5]
    rng = np.random.default_rng(1)
    along = [rng.normal(size=array.shape) for array in arrays]
    step = 1e-6
    ends = [
        exhibit.forward(*(a + sign * step * d for a, d in zip(arrays, along, strict=True)), s, p)
        for sign in (1, -1)
    ]
    slope = np.vdot(ends[0] - ends[1], g) / (2 * step)
    expected = sum(np.vdot(grad, d) for grad, d in zip(grads, along, strict=True))
    return bool(np.isclose(slope, expected, rtol=1e-5, atol=1e-5))
