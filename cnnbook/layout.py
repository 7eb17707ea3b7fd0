"""How images lie in memory: where the axis of the batch goes, and how far apart they are."""

from __future__ import annotations

import numpy as np

__all__ = ["move_back", "move_first", "spread"]


def spread(x: np.ndarray) -> np.ndarray:
    """Return ``x`` (N, ...) itself, or a copy whose images lie where one number of each is quick to gather.

    Numbers some 4096 bytes apart compete for the same few places of the processor's nearest cache.
    """
    if x.strides[0] % 4096:
        return x
    size = x[0].size
    copy = np.empty((len(x), size + 64 // x.itemsize), x.dtype)[:, :size].reshape(x.shape)
    copy[...] = x
    return copy


def move_first(x: np.ndarray, axis: int) -> np.ndarray:
    """Return a view of ``x`` (N, ...) whose first axis has moved to ``axis``, from the end if negative."""
    if axis == 0:
        return x
    order = [*range(1, x.ndim)]
    order.insert(x.ndim + axis, 0)
    return x.transpose(order)


def move_back(x: np.ndarray, axis: int) -> np.ndarray:
    """Return the view of ``x`` that :func:`move_first` was given."""
    if axis == 0:
        return x
    order = [*range(x.ndim)]
    return x.transpose(order.pop(axis), *order)
