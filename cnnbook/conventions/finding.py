"""Which convention did you meet? Every one that explains a size, or a small output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

import numpy as np

from cnnbook.conventions.convention import BORDERS, COUNTS, Convention
from cnnbook.shapes import as_int

__all__ = ["conventions_for", "which_conventions", "which_size_rules"]

INPUTS, WEIGHTS = ("NCHW", "NHWC", "CHWN"), ("OIHW", "HWIO", "OHWI")
SIZE_RULES = tuple(Convention(*rule) for rule in product(BORDERS, COUNTS))


def which_size_rules(
    n: int, kernel_size: int, size: int | None, stride: int = 1, padding: int = 0, dilation: int = 1
) -> tuple[list[Convention], tuple[int, int, int, int, int] | None]:
    """List every rule for sizes that explains one, and a setting that separates those.

    Parameters
    ----------
    n, kernel_size, stride, padding, dilation : int
        The setting along one side, in the numbers that the text or the library was given.
    size : int or None
        The size that came out; None if the setting was refused.

    Returns
    -------
    rules : list of Convention
        Those that fit. The two kinds of "same" have one size: :func:`which_conventions` tells them apart.
    next_setting : tuple of int, or None
        ``(n, kernel_size, stride, padding, dilation)`` on which these rules give as many different sizes
        as possible, the smallest such; None if no setting separates them.

    Raises
    ------
    TypeError, ValueError
        If a size is no whole number, or too small.

    Examples
    --------
    >>> rules, ask = which_size_rules(8, 3, 4, stride=2, padding=1)
    >>> sorted({f"{rule.border}, {rule.dilation}" for rule in rules})[:3]
    ['ceil, gap', 'floor, step', 'same-lower, gap']
    >>> len({rule.size(*ask) for rule in rules})
    3
    """
    for value, name, least in ((n, "n", 1), (kernel_size, "kernel_size", 1), (stride, "stride", 1)):
        as_int(value, name, least)
    for value, name in ((padding, "padding"), (dilation, "dilation")):
        as_int(value, name, 0)
    rules = [rule for rule in SIZE_RULES if rule.size(n, kernel_size, stride, padding, dilation) == size]
    settings = product(range(2, 9), (2, 3), (2, 1, 3), (0, 1), (1, 2, 0))

    def kinds(setting: tuple[int, ...]) -> int:
        return len({rule.size(*setting) for rule in rules})

    best = max(settings, key=kinds) if rules else None
    return rules, best if best and kinds(best) > 1 else None


def conventions_for(x: np.ndarray) -> Iterator[Convention]:
    """Yield every convention for arrays of two axes, or of four."""
    layouts = ["HW"] if x.ndim == 2 else [f"{rows}, {columns}" for rows, columns in product(INPUTS, WEIGHTS)]
    for layout, flip, (border, dilation) in product(layouts, (False, True), product(BORDERS, COUNTS)):
        yield Convention(border, dilation, flip, layout)


def which_conventions(
    x: np.ndarray,
    weight: np.ndarray,
    out: np.ndarray,
    stride: int = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int = 1,
) -> tuple[list[Convention], dict | None]:
    """List every convention that makes this output, and an example that separates those.

    Tried are the borders, counts and flips of :class:`Convention`, all with zeros behind the border; and of
    four axes, NCHW, NHWC and CHWN for the pictures with OIHW, HWIO and OHWI for the kernel.

    Parameters
    ----------
    x, weight : ndarray
        The input and the kernel, of two axes each; or of four, in an order that is not known.
    out : ndarray
        What came out, with the axes of the input.
    stride, padding, dilation : int
        The setting, in the numbers that the text or the library was given; the padding as a pair, too.

    Returns
    -------
    conventions : list of Convention
        Those that fit, to rounding.
    example : dict or None
        ``x``, ``weight``, ``stride``, ``padding`` and ``dilation``: the small example
        on which these conventions differ most; None if none separates them.

    Raises
    ------
    ValueError
        If the input and the kernel have neither two axes each, nor four.

    Examples
    --------
    >>> x, weight = np.array([[0., 1., 0.]]), np.array([[5., 6.]])
    >>> found, example = which_conventions(x, weight, np.array([[5., 6.]]))
    >>> {rule.flip for rule in found}, sorted({rule.border for rule in found})
    ({True}, ['ceil', 'floor', 'refuse'])
    """
    x, weight, out = np.asarray(x, float), np.asarray(weight, float), np.asarray(out, float)
    if x.ndim not in (2, 4) or weight.ndim != x.ndim:
        raise ValueError(f"input and kernel need two axes each, or four: got {x.shape} and {weight.shape}")

    def fits(convention: Convention) -> bool:
        y = convention(x, weight, stride, padding, dilation)
        return y is not None and y.shape == out.shape and np.allclose(y, out)

    found = [convention for convention in conventions_for(x) if fits(convention)]
    best = max(examples(x.ndim), key=lambda example: apart(found, example))
    return found, best if apart(found, best) > 1 else None


def apart(conventions: Iterable[Convention], example: dict) -> int:
    """Count the different outputs that conventions make of an example."""
    outputs = (convention(**example) for convention in conventions)
    return len({None if y is None else (y.shape, y.round(9).tobytes()) for y in outputs})


def examples(axes: int) -> Iterator[dict]:
    """Yield small examples, of arrays that any order of axes accepts."""
    for side, k, s, p, d in product((2, 3), (2, 3), (1, 2), (0, 1), (1, 2, 0)):
        if axes == 4 and k != side:
            continue
        rng = np.random.default_rng(0)
        shapes = ((side, side + 1), (k, 2)) if axes == 2 else ((side,) * 4, (k,) * 4)
        x, weight = (rng.integers(-9, 10, size=shape).astype(float) for shape in shapes)
        yield {"x": x, "weight": weight, "stride": s, "padding": p, "dilation": d}
