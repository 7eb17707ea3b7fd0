"""NormExplorer: two channels of a small batch, normalised, and the three parts of their gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from cnnbook.layers import BatchNorm1d
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.html import figure
from cnnbook.widgets.traits import Array, Whole, resized

__all__ = ["NormExplorer"]

CONTROLS = ("mode", "training", "size", "parameters", "steps")
MOMENTUM = 0.1


class NormExplorer(BookWidget):
    """Normalise two channels of a small batch, let running statistics follow, and go back.

    Parameters
    ----------
    values : array_like, shape (2, N), N from 2 to 8
        The batch: a row for each channel, a column for each picture, which has one number per channel.
    scale, shift : int
        The spread and the mean that both channels get.
    training : bool
        Whether the batch's own statistics normalise it, or the running ones.
    running : array_like, shape (2, 2)
        For each channel the running mean and the running variance.
    mode : {"forward", "backward"}
        Whether the gradients are shown, too.
    grad_out : array_like, shape of ``values``
        The gradient of the loss with respect to the output. When the batch changes its size, it is
        cut, or filled up with zeros.
    controls : sequence of str
        Which controls the reader gets, out of ``"mode"``, ``"training"``, ``"size"``, ``"parameters"``
        and ``"steps"``.

    Raises
    ------
    traitlets.TraitError
        If a value is refused; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> explorer = NormExplorer(values=[[1, 3], [10, 30]])
    >>> explorer.output.round(2)
    array([[-1.,  1.],
           [-1.,  1.]])
    >>> explorer.training = False
    >>> explorer.output.round(2)
    array([[ 1.,  3.],
           [10., 30.]])
    """

    values = Array(ndim=2, largest=8)
    """The batch, read-only: assign a new array to change it."""
    scale = Whole(1, 0, 4)
    """The spread that both channels get."""
    shift = Whole(0, -5, 5)
    """The mean that both channels get."""
    training = traitlets.Bool(True).tag(sync=True)
    """Whether the batch's own statistics normalise it, or the running ones."""
    running = Array(ndim=2, largest=2)
    """For each channel the running mean and variance, read-only: assign a new array to change it."""
    mode = traitlets.Enum(("forward", "backward"), "forward").tag(sync=True)
    """Whether the gradients are shown, too."""
    grad_out = Array(ndim=2, largest=8)
    """The gradient of the output, read-only: assign a new array to change it."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""

    @traitlets.default("values")
    def _values(self) -> np.ndarray:
        return np.array([[1, 4, 7, 8], [-2, 0, -1, 3]])

    @traitlets.default("running")
    def _running(self) -> np.ndarray:
        return np.array([[0.0, 1.0], [0.0, 1.0]])

    @traitlets.default("grad_out")
    def _grad_out(self) -> np.ndarray:
        grad = np.zeros(self.values.shape, np.int64)
        grad[0, 0] = 1
        return grad

    @traitlets.validate("values")
    def _is_a_batch(self, proposal: Any) -> Any:
        if proposal.value.shape[0] != 2 or proposal.value.shape[1] < 2:
            raise traitlets.TraitError(
                f"values must have shape (2, N), N from 2 to 8, got {proposal.value.shape}: one number in a "
                "channel has no spread"
            )
        return proposal.value

    @traitlets.validate("running")
    def _has_variances(self, proposal: Any) -> Any:
        if proposal.value.shape != (2, 2) or (proposal.value[:, 1] < 0).any():
            raise traitlets.TraitError("running must have shape (2, 2), and variances that are not below 0")
        return proposal.value

    @traitlets.validate("grad_out")
    def _is_an_outputs(self, proposal: Any) -> Any:
        if proposal.value.shape != self.values.shape:
            raise traitlets.TraitError(
                f"grad_out must have the shape of the output, {self.values.shape}, got {proposal.value.shape}"
            )
        return proposal.value

    @traitlets.observe("values")
    def _follow(self, change: Any) -> None:
        if self.grad_out.shape != self.values.shape:
            self.grad_out = resized(self.grad_out, self.values.shape, 0)

    def _layer(self) -> BatchNorm1d:
        layer = BatchNorm1d(2, momentum=MOMENTUM, dtype=float)
        layer.running_mean[:], layer.running_var[:] = np.asarray(self.running, float).T
        layer.weight[:], layer.bias[:] = self.scale, self.shift
        layer.train(self.training)
        return layer

    @property
    def output(self) -> np.ndarray:
        """The normalised batch, (2, N)."""
        return self._layer()(np.asarray(self.values, float).T).T

    @property
    def grad_x(self) -> np.ndarray:
        """The gradient of the loss with respect to the batch, (2, N)."""
        layer = self._layer()
        layer(np.asarray(self.values, float).T)
        return layer.backward(np.asarray(self.grad_out, float).T).T

    @property
    def followed(self) -> np.ndarray:
        """The running statistics after one batch more, (2, 2)."""
        layer = self._layer().train()
        layer(np.asarray(self.values, float).T)
        return np.stack([layer.running_mean, layer.running_var], axis=1)

    def describe(self) -> str:
        """Return one line about it."""
        way = "training" if self.training else "evaluation"
        return f"2 channels, {self.values.shape[1]} pictures, {way}, scale {self.scale}, shift {self.shift}"

    def static_html(self) -> str:
        """Return its grids, and a sentence."""
        grids = {
            "input": ("input", self.values),
            "output": ("output", self.output),
            "running mean and variance": ("padding", self.running),
        }
        if self.mode == "backward":
            grids["input gradient"] = ("gradient", self.grad_x)
            grids["output gradient"] = ("gradient", self.grad_out)
        shown = "".join(figure(name, role, array) for name, (role, array) in grids.items())
        way = "its own mean and variance" if self.training else "the running mean and variance"
        return (
            f'<div class="cnn-norm">{shown}</div>'
            f'<p class="cnn-words">A row is a channel, a column a picture. '
            f"Each channel is normalised by {way}.</p>"
        )
