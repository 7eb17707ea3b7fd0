"""DropoutExplorer: masks drawn one after the other, the mean over them, and the gradient through one."""

from __future__ import annotations

import numpy as np
import traitlets

from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.html import figure
from cnnbook.widgets.shared import mixing
from cnnbook.widgets.traits import Array, Whole

__all__ = ["DropoutExplorer"]

MOST = 64  # numbers in an array at most


def uniform(draws: np.ndarray | int, size: int) -> np.ndarray:
    """Return numbers from 0 to below 1 for each draw and place, the same ones on every machine.

    Examples
    --------
    >>> uniform(0, 3).round(3)
    array([0.   , 0.408, 0.817])
    """
    return mixing.uniform(np.asarray(draws) * MOST, size)


class DropoutExplorer(BookWidget):
    """Drop numbers at random, draw after draw.

    Parameters
    ----------
    values : array_like, shape (H, W), at most 8 by 8
        The input.
    tenths : int
        Ten times the probability of a 0, from 0 to 9.
    draw : int
        Which draw is shown, from 1 to 999; the mean is over all draws up to it.
    training : bool
        Whether numbers are dropped at all.

    Raises
    ------
    traitlets.TraitError
        If a value is refused; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> explorer = DropoutExplorer(values=[[1, 2, 3, 4]], tenths=5, draw=3)
    >>> explorer.output
    array([[2., 0., 0., 8.]])
    >>> explorer.grad_x
    array([[2., 0., 0., 2.]])
    """

    values = Array(ndim=2, largest=8)
    """The input, read-only: assign a new array to change it."""
    tenths = Whole(5, 0, 9)
    """Ten times the probability of a 0."""
    draw = Whole(1, 1, 999)
    """Which draw is shown."""
    training = traitlets.Bool(True).tag(sync=True)
    """Whether numbers are dropped at all."""

    @traitlets.default("values")
    def _values(self) -> np.ndarray:
        return np.array([[1, 4, -2], [6, 3, 8]])

    def _factors(self, draws: np.ndarray | int) -> np.ndarray:
        if not self.training:
            return np.ones((*np.shape(draws), *self.values.shape))
        keep = 10 * uniform(draws, self.values.size) >= self.tenths
        return keep.reshape(*np.shape(draws), *self.values.shape) * (10 / (10 - self.tenths))

    @property
    def mask(self) -> np.ndarray:
        """What each number is multiplied by, (H, W)."""
        return self._factors(self.draw)

    @property
    def output(self) -> np.ndarray:
        """The numbers after dropout, (H, W)."""
        return np.asarray(self.values) * self.mask

    @property
    def mean(self) -> np.ndarray:
        """The mean of the outputs of all draws up to this one, (H, W)."""
        return np.asarray(self.values) * self._factors(np.arange(1, self.draw + 1)).mean(axis=0)

    @property
    def grad_x(self) -> np.ndarray:
        """The gradient of the input, if that of every output is 1."""
        return self.mask

    def describe(self) -> str:
        """Return one line about it."""
        way = "training" if self.training else "evaluation"
        H, W = self.values.shape
        return f"{H}x{W}, p 0.{self.tenths}, draw {self.draw}, {way}"

    def static_html(self) -> str:
        """Return its grids, and a sentence."""
        shown = (
            figure("input", "input", self.values)
            + figure("output", "output", self.output)
            + figure("mean of all draws", "output", self.mean)
            + figure("input gradient", "gradient", self.grad_x)
        )
        return (
            f'<div class="cnn-dropout">{shown}</div>'
            f'<p class="cnn-words">Draw {self.draw}, p = 0.{self.tenths}. '
            "The gradient of every output is 1.</p>"
        )
