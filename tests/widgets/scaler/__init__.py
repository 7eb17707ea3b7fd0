"""Scaler: an array times a number. The smallest whole widget, to be copied: see docs/widgets.md."""

from __future__ import annotations

import numpy as np
import traitlets

from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.html import figure
from cnnbook.widgets.traits import Array, Whole

__all__ = ["Scaler"]


class Scaler(BookWidget):
    """Multiply every number of an array by a factor.

    Parameters
    ----------
    values : array_like, shape (H, W), at most 8 by 8
        The numbers.
    factor : int
        What they are multiplied by, from 0 to 9.

    Examples
    --------
    >>> Scaler(values=[[1, 2]], factor=3).output
    array([[3, 6]])
    """

    values = Array(ndim=2, largest=8)
    factor = Whole(2, 0, 9)

    @traitlets.default("values")
    def _values(self) -> np.ndarray:
        return np.arange(6).reshape(2, 3)

    @property
    def output(self) -> np.ndarray:
        """The products, (H, W)."""
        return np.asarray(self.values) * self.factor

    def describe(self) -> str:
        """Return one line about it."""
        return f"{self.values.shape[0]}x{self.values.shape[1]}, factor {self.factor}"

    def static_html(self) -> str:
        """Return both grids."""
        grids = figure("input", "input", self.values) + figure("output", "output", self.output)
        words = f"Every number times {self.factor}."
        return f'<div class="cnn-stage">{grids}</div><p class="cnn-words">{words}</p>'
