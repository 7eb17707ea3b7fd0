"""What every widget of the book has in common: its two faces and its state."""

from __future__ import annotations

import base64
import html
import json
from typing import Any

import anywidget
import numpy as np
import traitlets

from cnnbook.widgets import frontend

__all__ = ["Array", "BookWidget"]

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


class BookWidget(anywidget.AnyWidget):
    """A widget with two faces: live in a notebook, and a static copy that the book makes live.

    A subclass sets ``module``, the name of its ES module in ``static/``, declares its state as
    traits with ``sync=True``, and implements :meth:`static_html`, :meth:`describe` and ``output``.
    """

    module: str

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "module" in cls.__dict__:
            cls._esm = frontend.notebook_module(cls.module)
            cls._css = frontend.stylesheet()
        super().__init_subclass__(**kwargs)

    def __init__(self, **state: Any) -> None:
        unknown = sorted(set(state) - set(self.state_names()) - {"layout"})
        if unknown:
            raise TypeError(
                f"{type(self).__name__} has no {', '.join(unknown)}; "
                f"it takes {', '.join(sorted(self.state_names()))}"
            )
        super().__init__(**state)

    @classmethod
    def state_names(cls) -> list[str]:
        """Return the names of the traits that are the widget's state."""
        inherited = anywidget.AnyWidget.class_trait_names()
        return [name for name in cls.class_trait_names(sync=True) if name not in inherited]

    def static_html(self) -> str:
        """Return what stands on the page before, or without, JavaScript."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return one line of plain text that says what the widget shows."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.describe()})"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        live = super()._repr_mimebundle_(**kwargs)
        data, metadata = live if isinstance(live, tuple) else (live or {}, {})
        state = json.dumps(self.get_state(self.state_names()), sort_keys=True, separators=(",", ":"))
        copy = (
            f'<div class="cnnbook-widget" data-widget="{type(self).__name__}" '
            f'data-module="{self.module}" data-state="{html.escape(state)}">{self.static_html()}</div>'
        )
        return {**data, "text/html": copy, "text/plain": repr(self)}, metadata
