"""Depth: how large signals and gradients are after many layers, expected and measured.

The chapter on activations draws them, and its widget computes what is expected.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnbook.conv_backward import conv2d_backward
from cnnbook.conv_batch import conv2d

__all__ = ["expected_sizes", "measured_sizes", "unwrap"]

Function = Callable[..., np.ndarray]
PLACES = np.linspace(-9, 9, 360)  # none at 0, where some slopes jump; beyond 9 lies one number in 10^18
BELL = np.exp(-(PLACES**2) / 2)
BELL /= BELL.sum()
FLAT = 0.01


def expected_sizes(
    function: Function, backward: Function, gain: float, depth: int
) -> tuple[np.ndarray, np.ndarray]:
    r"""Return how large signals and gradients are on average, in layers with many inputs.

    The input has size 1, and so has the gradient that comes in at the last layer. The weighted sums
    of a layer are nearly normal, so with :math:`z` normal

    .. math::

        q_{l+1} = \mathrm{gain} \cdot \mathrm{E}\, f(\sqrt{q_l}\, z)^2, \qquad
        r_l = \mathrm{gain} \cdot r_{l+1}\, \mathrm{E}\, f'(\sqrt{q_l}\, z)^2

    Parameters
    ----------
    function, backward : callable
        An activation and its derivative, such as :func:`cnnbook.relu` and :func:`cnnbook.relu_backward`.
    gain : float
        The fan-in times the variance of a weight; the fan-out is the same.
    depth : int
        How many layers.

    Returns
    -------
    signal, gradient : ndarray, shape (depth,)
        The root mean square of the weighted sums of each layer, and of the gradient with respect to them.

    References
    ----------
    Poole et al., "Exponential expressivity in deep neural networks through transient chaos", 2016.

    Examples
    --------
    >>> from cnnbook import relu, relu_backward
    >>> signal, gradient = expected_sizes(relu, relu_backward, 2, 4)
    >>> (signal**2).round(6), (gradient**2).round(6)
    (array([2., 2., 2., 2.]), array([1., 1., 1., 1.]))
    """
    signal, slopes = [gain], []
    for layer in range(depth):
        s = np.sqrt(signal[layer]) * PLACES
        signal.append(gain * (BELL @ function(s) ** 2))
        slopes.append(gain * (BELL @ backward(np.ones_like(s), s) ** 2))
    last = np.ones(1)
    gradient = np.cumprod(np.concatenate([last, slopes[: depth - 1][::-1]]))[::-1]
    return np.sqrt(signal[:depth]), np.sqrt(gradient)


def measured_sizes(
    function: Function,
    backward: Function,
    initialiser: Callable[..., np.ndarray],
    rng: np.random.Generator,
    depth: int = 20,
    channels: int = 32,
    side: int = 8,
    pictures: int = 8,
) -> dict[str, np.ndarray]:
    """Measure sizes in a stack of random 3 x 3 convolutions, from noise at the input to noise at the output.

    The pictures go round: what leaves on the right comes in on the left, so that there is no border.

    Parameters
    ----------
    function, backward : callable
        An activation and its derivative.
    initialiser : callable
        Such as :func:`cnnbook.he`.
    rng : numpy.random.Generator
        For the weights, the input and the gradient at the end.
    depth, channels, side, pictures : int
        How many layers, channels in each, rows and columns, and pictures.

    Returns
    -------
    sizes : dict of str to ndarray, shape (depth,)
        ``"signal"`` and ``"gradient"``, as :func:`expected_sizes`; ``"flat"``, the share of weighted sums at
        which the slope is below a hundredth; ``"dead"``, the share of units at which it is so for all
        pictures.

    Examples
    --------
    >>> from cnnbook import he, relu, relu_backward
    >>> sizes = measured_sizes(relu, relu_backward, he, np.random.default_rng(0), depth=3)
    >>> sizes["flat"].shape, sizes["flat"].mean().round(1)
    ((3,), np.float64(0.5))
    """
    shape = (channels, channels, 3, 3)
    weights = [initialiser(shape, rng, dtype=np.float64) for _ in range(depth)]
    a = rng.standard_normal((pictures, channels, side, side))
    inputs, sums = [], []
    for weight in weights:
        inputs.append(np.pad(a, [(0, 0), (0, 0), (1, 1), (1, 1)], mode="wrap"))
        sums.append(conv2d(inputs[-1], weight))
        a = function(sums[-1])
    g = rng.standard_normal(a.shape)
    slopes = [np.abs(backward(np.ones_like(s), s)) < FLAT for s in sums]
    gradients = [g]
    for layer in range(depth - 1, 0, -1):
        g, _, _ = conv2d_backward(g, inputs[layer], weights[layer])
        g = backward(unwrap(g), sums[layer - 1])
        gradients.insert(0, g)
    return {
        "signal": np.array([size(s) for s in sums]),
        "gradient": np.array([size(g) for g in gradients]),
        "flat": np.array([flat.mean() for flat in slopes]),
        "dead": np.array([flat.all(axis=0).mean() for flat in slopes]),
    }


def unwrap(grad: np.ndarray) -> np.ndarray:
    """Add the gradient of a frame of 1 that ``np.pad`` wrapped round to where its numbers came from.

    Examples
    --------
    >>> unwrap(np.ones((1, 1, 4, 4)))[0, 0]
    array([[4., 4.],
           [4., 4.]])
    """
    grad = grad.copy()
    for axis in (2, 3):
        lines = np.moveaxis(grad, axis, 0)
        lines[-2] += lines[0]
        lines[1] += lines[-1]
    return grad[:, :, 1:-1, 1:-1]


def size(array: np.ndarray) -> float:
    """Return the root of the mean square.

    Examples
    --------
    >>> size(np.array([3.0, 3.0, -3.0, 3.0]))
    3.0
    """
    return float(np.sqrt(np.mean(array**2)))
