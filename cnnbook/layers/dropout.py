"""Dropout: a layer that forgets at random while it trains, so that no number is relied on."""

from __future__ import annotations

import numpy as np

from cnnbook.arguments import as_floats, as_number, with_gradient
from cnnbook.init import Seed
from cnnbook.layers.base import Layer

__all__ = ["Dropout", "Dropout2d"]


class Dropout(Layer):
    """Set numbers to 0 at random in training, and scale the others up by ``1 / (1 - p)``.

    Scaling in training ("inverted" dropout) keeps the expected output the same, so that in
    evaluation the layer does nothing.

    Parameters
    ----------
    p : float
        The probability of a 0, at least 0 and below 1.
    rng : numpy.random.Generator or int, optional
        The generator to draw from, or a seed.

    Raises
    ------
    TypeError, ValueError
        If ``p`` is not a number, or out of range.

    References
    ----------
    Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014.

    Examples
    --------
    >>> Dropout(0.5, rng=0)(np.ones(6))
    array([2., 0., 0., 0., 2., 2.])
    >>> Dropout(0.5).eval()(np.ones(3))
    array([1., 1., 1.])
    """

    def __init__(self, p: float = 0.5, rng: Seed = None):
        self.p = as_number(p, "p", 0, 1)
        self.rng = np.random.default_rng(rng)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``x`` with gaps in training, a copy of it in evaluation."""
        (x,) = as_floats(x=x)
        if self.training:
            keep = self.rng.random(self.drawn(x)) >= self.p
            self.factors = np.broadcast_to(keep.astype(x.dtype) / (1 - self.p), x.shape)
        else:
            self.factors = np.ones_like(x)
        return x * self.factors

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        """Let the gradient pass where the number did."""
        grad_out, factors = with_gradient(grad_out, self.last("factors"))
        return grad_out * factors

    def drawn(self, x: np.ndarray) -> tuple[int, ...]:
        """Return the shape of what is drawn: a number for each number of ``x``."""
        return x.shape


class Dropout2d(Dropout):
    """Drop whole feature maps: one draw for each picture and channel; all else as in :class:`Dropout`.

    Neighbours in a feature map are much alike, so that a single one that is missing hides little.

    References
    ----------
    Tompson et al., "Efficient object localization using convolutional networks", 2015, where it is
    called spatial dropout; ``torch.nn.Dropout2d``.

    Examples
    --------
    >>> Dropout2d(0.5, rng=0)(np.ones((1, 3, 1, 2))).tolist()
    [[[[2.0, 2.0]], [[0.0, 0.0]], [[0.0, 0.0]]]]
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return ``x`` without some of its maps in training, a copy of it in evaluation."""
        (x,) = as_floats(x=x)
        if x.ndim != 4:
            raise ValueError(f"x must have shape (N, C, H, W), got {x.shape}")
        return super().forward(x)

    def drawn(self, x: np.ndarray) -> tuple[int, ...]:
        """Return the shape of what is drawn: a number for each picture and channel."""
        return (*x.shape[:2], 1, 1)
