"""The traits of a training: weights that travel as a name as long as they are the first ones, and records."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from cnnbook.widgets.traits import Array, decode, encode

__all__ = ["Record", "Weights"]


class Record(Array):
    """A trait that holds what was written down step after step, perhaps nothing yet.

    Parameters
    ----------
    columns : int
        How many numbers stand side by side in an entry; 0 for a row of plain numbers.
    most : int
        The most entries.
    """

    def __init__(self, *, columns: int = 0, most: int, **kwargs: Any) -> None:
        self.columns = (columns,) if columns else ()
        super().__init__(ndim=1 + len(self.columns), largest=(most, *self.columns), **kwargs)

    def check_shape(self, shape: tuple[int, ...]) -> None:
        """Raise ``TraitError`` unless the shape is allowed."""
        most = self.largest[0] if isinstance(self.largest, tuple) else self.largest
        if shape[1:] != self.columns or len(shape) == 0 or shape[0] > most:
            wanted = ", ".join(map(str, ("n", *self.columns)))
            raise traitlets.TraitError(
                f"{self.name} must have shape ({wanted}) with n up to {most}, got shape {shape}"
            )

    def make_dynamic_default(self) -> np.ndarray:
        """Return no entry."""
        return np.zeros((0, *self.columns))


class Weights(Array):
    """A trait that holds all weights of a network in one row; the first ones travel as a name.

    Its owner has ``first_weights()`` and a ``seed``.
    """

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(ndim=1, largest=most, **kwargs)
        self.tag(to_json=self.sent, from_json=lambda data, _: decode(data))

    def sent(self, array: np.ndarray, owner: Any) -> dict[str, Any]:
        """Return the weights as they travel."""
        first = np.array_equal(array, owner.first_weights())
        return {"name": "first", "seed": owner.seed} if first else encode(array)

    def validate(self, obj: Any, value: Any) -> np.ndarray:
        """Return a checked, read-only copy of the weights."""
        if isinstance(value, str) and value == "first":
            value = obj.first_weights()
        elif isinstance(value, dict) and value.get("name") == "first":
            value = obj.first_weights(value.get("seed"))
        return super().validate(obj, value)
