"""The traits that hold a widget's state: arrays and whole numbers, checked and clearly refused."""

from __future__ import annotations

import base64
import operator
from typing import Any

import numpy as np
import traitlets

__all__ = ["Array", "Whole", "decode", "encode"]

DTYPES = ("uint8", "int64", "float32", "float64")


class Array(traitlets.TraitType):
    """A trait that holds a NumPy array and hands it out read-only.

    An edit in place would notify nobody, so a reader gets an error for it and assigns a new
    array instead. Python integers and smaller integer types become ``int64`` (``uint8`` stays), floats keep
    ``float32`` or ``float64``.

    Parameters
    ----------
    ndim : int
        The number of dimensions.
    largest : int
        The most entries along any of them.
    bound : float
        The largest magnitude of an entry; it keeps integer sums exact in a browser.
    """

    info_text = "an array of finite numbers"

    def __init__(self, *, ndim: int, largest: int, bound: float = 1e6, **kwargs: Any) -> None:
        self.ndim, self.largest, self.bound = ndim, largest, bound
        super().__init__(**kwargs)
        self.tag(sync=True, to_json=lambda value, _: encode(value), from_json=lambda data, _: decode(data))

    def validate(self, obj: Any, value: Any) -> np.ndarray:
        """Return a checked, read-only copy of ``value``."""
        try:
            array = np.array(value)
        except ValueError as error:
            raise traitlets.TraitError(f"{self.name} must be {self.info_text}: {error}") from None
        if array.dtype.kind not in "uif":
            raise traitlets.TraitError(f"{self.name} must hold real numbers, got dtype {array.dtype}")
        if array.ndim != self.ndim or not all(1 <= n <= self.largest for n in array.shape):
            raise traitlets.TraitError(
                f"{self.name} must have {self.ndim} dimensions of 1 to {self.largest} entries, "
                f"got shape {array.shape}"
            )
        if not (np.abs(array.astype(float)) <= self.bound).all():
            raise traitlets.TraitError(f"{self.name} must hold finite numbers up to ±{self.bound:g}")
        if array.dtype.name not in DTYPES:
            array = array.astype(np.int64 if array.dtype.kind in "ui" else np.float64)
        array = np.ascontiguousarray(array)
        array.flags.writeable = False
        return array

    def set(self, obj: Any, value: Any) -> None:
        """Assign, unless the array is already the same."""
        new = self._validate(obj, value)
        old = obj._trait_values.get(self.name)
        if old is None or old.dtype != new.dtype or not np.array_equal(old, new):
            super().set(obj, new)


def encode(array: np.ndarray) -> dict[str, Any]:
    """Write an array as JSON: its dtype, its shape, and its bytes in base64 (little endian)."""
    data = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
    return {
        "dtype": array.dtype.name,
        "shape": list(array.shape),
        "base64": base64.b64encode(data).decode("ascii"),
    }


def decode(data: Any) -> np.ndarray:
    """Read what :func:`encode` or the front end wrote."""
    if not isinstance(data, dict):
        return data
    if data.get("dtype") not in DTYPES:
        raise traitlets.TraitError(f"an array's dtype must be one of {DTYPES}, got {data.get('dtype')!r}")
    dtype = np.dtype(data["dtype"]).newbyteorder("<")
    flat = np.frombuffer(base64.b64decode(data["base64"]), dtype)
    return flat.reshape(data["shape"]).astype(dtype.newbyteorder("="))


class Whole(traitlets.TraitType):
    """A trait that holds a whole number between two limits.

    Parameters
    ----------
    default : int
        The value at the start.
    minimum, maximum : int
        The limits, both allowed.
    """

    def __init__(self, default: int, minimum: int, maximum: int, **kwargs: Any) -> None:
        self.minimum, self.maximum = minimum, maximum
        super().__init__(default_value=default, **kwargs)
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> int:
        """Return ``value`` as an ``int`` within the limits."""
        try:
            number = operator.index(value)
        except TypeError:
            number = None
        if number is None or isinstance(value, bool | np.bool_) or not self.minimum <= number <= self.maximum:
            raise traitlets.TraitError(
                f"{self.name} must be a whole number from {self.minimum} to {self.maximum}, got {value!r}"
            )
        return number
