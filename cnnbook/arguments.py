"""What arguments have to satisfy, and the messages for those that do not."""

from __future__ import annotations

import math
from collections.abc import Callable
from numbers import Real

import numpy as np

__all__ = ["as_floats", "as_images", "as_number", "as_reals", "check_product", "check_shape", "with_gradient"]


def check_product(**arrays: np.ndarray) -> None:
    """Raise ``TypeError`` unless every array holds floating-point (or complex) numbers."""
    for name, array in arrays.items():
        if array.dtype.kind not in "fc":
            raise TypeError(
                f"{name} must hold floating-point numbers, got dtype {array.dtype}: "
                f"small integers overflow silently, so convert with {name}.astype(float)"
            )


def as_floats(**arrays: np.ndarray) -> list[np.ndarray]:
    """Return every argument as an array of floating-point (or complex) numbers, or raise."""
    found = {name: np.asarray(array) for name, array in arrays.items()}
    check_product(**found)
    return list(found.values())


def as_reals(**arrays: np.ndarray) -> list[np.ndarray]:
    """Return every argument as an array of real floating-point numbers, or raise."""
    found = as_floats(**arrays)
    for name, array in zip(arrays, found, strict=True):
        if array.dtype.kind == "c":
            raise TypeError(
                f"{name} must hold real numbers, got dtype {array.dtype}: complex numbers have no order"
            )
    return found


def as_images(x: np.ndarray, name: str = "x") -> np.ndarray:
    """Return a numeric batch of images, shape (N, C, H, W) with at least one channel, or raise."""
    x = np.asarray(x)
    if x.dtype.kind not in "buifc":
        raise TypeError(f"{name} must be numeric, got dtype {x.dtype}")
    if x.ndim != 4:
        raise ValueError(f"{name} must have shape (N, C, H, W), got {x.shape}")
    if x.shape[1] == 0:
        raise ValueError(f"{name} must have at least one channel, got shape {x.shape}")
    return x


def check_shape(name: str, array: np.ndarray, shape: tuple[int, ...], rule: str) -> None:
    """Raise ``ValueError`` unless ``array`` has ``shape``; ``rule`` says where the shape comes from."""
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, {rule}, got {array.shape}")


def as_number(value: float, name: str, low: float = -math.inf, high: float = math.inf) -> float:
    """Return ``value`` as a finite ``float`` with ``low <= value < high``, or raise."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (Real, np.number)):
        raise TypeError(f"{name} must be a number, got {value!r} ({type(value).__name__})")
    number = float(value)
    if not (low <= number < high and math.isfinite(number)):
        limits = "" if low == -math.inf else f", and {low:g} <= {name} < {high:g}"
        raise ValueError(f"{name} must be finite{limits}, got {value!r}")
    return number


def with_gradient(grad_out: np.ndarray, x: np.ndarray, check: Callable = as_floats) -> list[np.ndarray]:
    """Return a gradient and an input of the same shape as arrays that pass ``check``, or raise."""
    arrays = check(grad_out=grad_out, x=x)
    check_shape("grad_out", arrays[0], arrays[1].shape, "that of x")
    return arrays
