"""Axes in another order, or fewer of them: NHWC pictures, one picture without a batch."""

from __future__ import annotations

import numpy as np

from cnnbook.checks.report import CheckFailed

__all__ = ["OURS", "from_layout", "read_layout", "to_layout"]

OURS = {"pictures": "NCHW", "weights": "OIHW"}


def read_layout(layout: str, name: str, axes: str = "NCHW") -> str:
    """Return a layout, or raise: some of the axes, each once, height and width among them.

    Examples
    --------
    >>> read_layout("NHWC", "layout"), read_layout("HW", "layout")
    ('NHWC', 'HW')
    """
    good = isinstance(layout, str) and set(layout) <= set(axes) and len(set(layout)) == len(layout)
    if not good or not {"H", "W"} <= set(layout):
        raise CheckFailed(
            f"{name} is the order of the axes: the letters {', '.join(axes)}, each at most once, H and W "
            f"among them, as {axes!r} or {axes[2:] + axes[1]!r}; and not {layout!r}."
        )
    return layout


def to_layout(array: np.ndarray, layout: str, axes: str = "NCHW") -> np.ndarray:
    """Return an array with its axes in another order; an axis that is left out has length 1.

    Examples
    --------
    >>> to_layout(np.ones((1, 2, 3, 4)), "HWC").shape
    (3, 4, 2)
    """
    order = [axes.index(axis) for axis in layout]
    left = [axis for axis in range(len(axes)) if axis not in order]
    lengths = tuple(array.shape[axis] for axis in order)
    return array.transpose([*order, *left]).reshape(lengths)


def from_layout(array: np.ndarray, layout: str, axes: str = "NCHW") -> np.ndarray | None:
    """Return an array with our axes, or None if it has not as many axes as the layout.

    Examples
    --------
    >>> from_layout(np.ones((3, 4, 2)), "HWC").shape, from_layout(np.ones(3), "HWC")
    ((1, 2, 3, 4), None)
    """
    if array.ndim != len(layout):
        return None
    left = [axis for axis in axes if axis not in layout]
    full = array.reshape(array.shape + (1,) * len(left))
    return full.transpose([(layout + "".join(left)).index(axis) for axis in axes])
