"""The traits that hold a widget's state: arrays and whole numbers, checked and clearly refused."""

from __future__ import annotations

import base64
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import traitlets

from cnnbook.data import PICTURES

__all__ = ["Array", "Named", "Picture", "Whole", "decode", "encode", "exact_dtype", "resized"]

DTYPES = ("uint8", "int64", "float32", "float64")


class ReadOnly(np.ndarray):
    """A read-only array that can be linked.

    ``ipywidgets.link`` asks ``if a != b``, which an array refuses to answer; here it means "in any
    entry". All else is as ever: results of arithmetic and of ``==`` are ordinary arrays.
    """

    def __array_wrap__(self, array: np.ndarray, context: Any = None, return_scalar: bool = False) -> Any:
        plain = np.asarray(array)
        return plain[()] if return_scalar else plain

    def __ne__(self, other: Any) -> Any:
        return np.asarray(np.not_equal(self, other)).view(ReadOnly)

    def __bool__(self) -> bool:
        return bool(np.asarray(self).any())

    def __repr__(self) -> str:
        return repr(np.asarray(self))


class Array(traitlets.TraitType):
    """A trait that holds a NumPy array and hands it out read-only.

    An edit in place would notify nobody, so a reader gets an error for it and assigns a new
    array instead. Python integers and smaller integer types become ``int64`` (``uint8`` stays), floats keep
    ``float32`` or ``float64``.

    Parameters
    ----------
    ndim : int
        The number of dimensions.
    largest : int or tuple of int
        The most entries along any of them, or along each.
    bound : float
        The largest magnitude of an entry; it keeps integer sums exact in a browser.
    """

    info_text = "an array of finite numbers"

    def __init__(
        self, *, ndim: int, largest: int | tuple[int, ...], bound: float = 1e6, **kwargs: Any
    ) -> None:
        self.ndim, self.largest, self.bound = ndim, largest, bound
        super().__init__(**kwargs)
        self.tag(
            sync=True, to_json=lambda value, _: self.encode(value), from_json=lambda data, _: decode(data)
        )

    def encode(self, array: np.ndarray) -> dict[str, Any]:
        """Return the array as it travels to the front end."""
        return encode(array)

    def check_shape(self, shape: tuple[int, ...]) -> None:
        """Raise ``TraitError`` unless the shape is allowed."""
        each = self.largest if isinstance(self.largest, tuple) else (self.largest,) * self.ndim
        if len(shape) != self.ndim or not all(1 <= n <= most for n, most in zip(shape, each, strict=True)):
            dimensions = "1 dimension" if self.ndim == 1 else f"{self.ndim} dimensions"
            most = ", ".join(map(str, each)) if isinstance(self.largest, tuple) else self.largest
            raise traitlets.TraitError(
                f"{self.name} must have {dimensions} of 1 to {most} entries, got shape {shape}"
            )

    def validate(self, obj: Any, value: Any) -> np.ndarray:
        """Return a checked, read-only copy of ``value``."""
        try:
            array = np.array(value)
        except ValueError as error:
            raise traitlets.TraitError(f"{self.name} must be {self.info_text}: {error}") from None
        if array.dtype.kind not in "uif":
            raise traitlets.TraitError(f"{self.name} must hold real numbers, got dtype {array.dtype}")
        self.check_shape(array.shape)
        if not (np.abs(array.astype(float)) <= self.bound).all():
            raise traitlets.TraitError(f"{self.name} must hold finite numbers up to ±{self.bound:g}")
        if array.dtype.name not in DTYPES:
            array = array.astype(exact_dtype(array))
        array = np.ascontiguousarray(array)
        array.flags.writeable = False
        return array.view(ReadOnly)

    def set(self, obj: Any, value: Any) -> None:
        """Assign, unless the array is already the same."""
        new = self._validate(obj, value)
        old = obj._trait_values.get(self.name)
        if old is None or old.dtype != new.dtype or not np.array_equal(old, new):
            super().set(obj, new)


def exact_dtype(*arrays: np.ndarray) -> type:
    """Return the type of what is computed from arrays: int64 if all of them hold integers, else float64."""
    return np.int64 if all(array.dtype.kind in "ui" for array in arrays) else np.float64


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
    if not isinstance(data, dict) or "name" in data:
        return data
    if data.get("dtype") not in DTYPES:
        raise traitlets.TraitError(f"an array's dtype must be one of {DTYPES}, got {data.get('dtype')!r}")
    dtype = np.dtype(data["dtype"]).newbyteorder("<")
    flat = np.frombuffer(base64.b64decode(data["base64"]), dtype)
    return flat.reshape(data["shape"]).astype(dtype.newbyteorder("="))


class Named(Array):
    """A trait that holds an array, for which the name of a bundled one may stand.

    A bundled array travels as its name. A subclass sets ``known``.
    """

    known: dict[str, Callable[[], np.ndarray]]
    """The bundled arrays: what makes each."""

    def validate(self, obj: Any, value: Any) -> np.ndarray:
        """Return a checked, read-only copy of the array."""
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str):
            if value not in self.known:
                raise traitlets.TraitError(f"{self.name} must be {self.info_text}, got {value!r}")
            value = self.known[value]()
        return super().validate(obj, value)

    def name_of(self, array: np.ndarray) -> str | None:
        """Return the name of a bundled array, or None."""
        return next((name for name, load in self.known.items() if np.array_equal(array, load())), None)

    def encode(self, array: np.ndarray) -> dict[str, Any]:
        """Return the name of a bundled array, or the numbers."""
        name = self.name_of(array)
        return {"name": name} if name else encode(array)


class Picture(Named):
    """A trait that holds a picture, grey (H, W) or in colour (H, W, 3).

    The name of a bundled picture stands for its pixels, and a bundled picture travels as its
    name. Integers run from 0 to 255; floats from 0 to 1 if none is larger, else to 255 as well.

    Parameters
    ----------
    largest : int
        The most pixels along a side.
    """

    known = PICTURES
    info_text = f"a picture, or one of the names {', '.join(PICTURES)}"

    def __init__(self, *, largest: int = 256, **kwargs: Any) -> None:
        super().__init__(ndim=3, largest=largest, **kwargs)

    def check_shape(self, shape: tuple[int, ...]) -> None:
        """Raise ``TraitError`` unless the shape is that of a picture."""
        if (
            shape[2:] not in ((), (3,))
            or len(shape) < 2
            or not all(1 <= n <= self.largest for n in shape[:2])
        ):
            raise traitlets.TraitError(
                f"{self.name} must have shape (H, W) or (H, W, 3) with sides of 1 to {self.largest} pixels, "
                f"got {shape}"
            )


def resized(array: np.ndarray, shape: tuple[int, int], fill: int) -> np.ndarray:
    """Return an array cut to a shape, or filled up to it.

    Examples
    --------
    >>> resized(np.array([[5, 6]]), (2, 1), 1)
    array([[5],
           [1]])
    """
    new = np.full(shape, fill, array.dtype)
    H, W = np.minimum(array.shape, shape)
    new[:H, :W] = array[:H, :W]
    return new


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
