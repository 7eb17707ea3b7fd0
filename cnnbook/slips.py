"""Backward passes with an error in them, and the checks that may find it.

The chapter on backpropagation shows them. With no slip, :func:`backward_pass` is right.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnbook.conv_batch import conv2d

__all__ = ["CHECKS", "ERRORS", "backward_pass", "finds"]

SLIPS = ("equals", "turned", "swapped", "cut", "remainder", "mean")
ERRORS = (*SLIPS, "both turned", "tiny")
CHECKS = ("shape", "differences", "direction", "adjoint")
STEP = 1e-5


def backward_pass(
    delta: np.ndarray, x: np.ndarray, weight: np.ndarray, s: int, p: int, slip: str | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the gradients of the input and of the weights, with a slip or without.

    Parameters
    ----------
    delta : ndarray, shape (N, C_out, H_out, W_out)
        The gradient of the output.
    x, weight : ndarray
        The input (N, C, H, W) and the filters (C_out, C, K_h, K_w).
    s, p : int
        Stride and padding.
    slip : {"equals", "turned", "swapped", "cut", "remainder", "mean"}, optional
        What is wrong.

    Returns
    -------
    grad_x, grad_weight : ndarray
        The gradients.

    Examples
    --------
    >>> delta, x, weight = np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))
    >>> backward_pass(delta, x, weight, 1, 0)[0][0, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    >>> backward_pass(delta, x, weight, 1, 0, "equals")[0].max()
    np.float64(1.0)
    """
    (N, C, H, W), (K_h, K_w) = x.shape, weight.shape[2:]
    H_out, W_out = delta.shape[2:]
    if slip == "turned":
        weight = weight[:, :, ::-1, ::-1]
    if slip == "remainder":
        H, W = (H_out - 1) * s + K_h - 2 * p, (W_out - 1) * s + K_w - 2 * p
    x_pad = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_pad = np.zeros((N, C, H + 2 * p, W + 2 * p))
    grad_weight = np.zeros(weight.shape)
    for u, v in np.ndindex(K_h, K_w):
        rows, columns = slice(u, u + s * H_out, s), slice(v, v + s * W_out, s)
        met = x_pad[:, :, rows, columns]
        grad_weight[:, :, u, v] = np.einsum("noij,ncij->oc", delta, met)
        part = np.einsum("noij,oc->ncij", delta, weight[:, :, u, v])
        if slip == "swapped":
            rows, columns = slice(u, u + s * W_out, s), slice(v, v + s * H_out, s)
        if slip == "equals":
            grad_pad[:, :, rows, columns] = part
        else:
            grad_pad[:, :, rows, columns] += part
    if slip == "mean":
        grad_weight /= N
    if slip == "cut":
        return grad_pad[:, :, p:-p, p:-p], grad_weight
    return grad_pad[:, :, p : p + H, p : p + W], grad_weight


def passes_of(error: str | None) -> tuple[Callable[..., np.ndarray], Callable[..., tuple]]:
    """Return a forward and a backward pass with an error."""

    def forward(x: np.ndarray, w: np.ndarray, s: int, p: int) -> np.ndarray:
        return conv2d(x, w[:, :, ::-1, ::-1] if error == "both turned" else w, stride=s, padding=p)

    def backward(g: np.ndarray, x: np.ndarray, w: np.ndarray, s: int, p: int) -> tuple:
        if error == "both turned":
            grad_x, grad_w = backward_pass(g, x, w[:, :, ::-1, ::-1], s, p)
            return grad_x, grad_w[:, :, ::-1, ::-1]
        grad_x, grad_w = backward_pass(g, x, w, s, p, None if error == "tiny" else error)
        if error == "tiny":
            grad_x[0, 0, 2, 2] *= 1 + 1e-7
        return grad_x, grad_w

    return forward, backward


def finds(check: str, error: str | None, settings: list[tuple], tolerance: float = 1e-6) -> bool:
    """Return whether a check finds an error on any of some settings.

    Parameters
    ----------
    check : str
        One of :data:`CHECKS`, or ``"reference"``: compare the forward pass with a right one.
    error : str or None
        One of :data:`ERRORS`, or None: nothing is wrong.
    settings : list of (N, (H, W), (K_h, K_w), stride, padding)
        What to try.
    tolerance : float
        How far a slope may be from its gradient in ``"differences"`` and ``"direction"``.

    Returns
    -------
    found : bool
        An error that is raised counts as found.

    Examples
    --------
    >>> finds("shape", "cut", [(1, (6, 6), (3, 3), 1, 0)]), finds("shape", "cut", [(1, (6, 6), (3, 3), 1, 1)])
    (True, False)
    """
    forward, backward = passes_of(error)
    for n, (N, size, kernel_size, s, p) in enumerate(settings):
        rng = np.random.default_rng(n)
        arrays = rng.normal(size=(N, 2, *size)), rng.normal(size=(3, 2, *kernel_size))
        y = forward(*arrays, s, p)
        if check == "reference":
            if not np.allclose(y, conv2d(*arrays, stride=s, padding=p)):
                return True
            continue
        g = rng.normal(size=y.shape)

        def again(*moved: np.ndarray, s: int = s, p: int = p) -> np.ndarray:
            return forward(*moved, s, p)

        try:
            found = disagree(check, again, arrays, backward(g, *arrays, s, p), g, rng, tolerance)
        except (IndexError, ValueError):
            return True
        if found:
            return True
    return False


def disagree(
    check: str,
    forward: Callable[..., np.ndarray],
    arrays: tuple[np.ndarray, ...],
    grads: tuple[np.ndarray, ...],
    g: np.ndarray,
    rng: np.random.Generator,
    tolerance: float,
) -> bool:
    """Tell whether a check of the gradients of <forward(x, w), g> finds more than rounding."""
    if check == "shape":
        return any(grad.shape != array.shape for grad, array in zip(grads, arrays, strict=True))
    if check == "adjoint":
        loss = np.vdot(forward(*arrays), g)
        sides = [np.vdot(array, grad) for array, grad in zip(arrays, grads, strict=True)]
        return max(abs(side - loss) for side in sides) > 1e-12 * g.size * arrays[1][0].size

    def slope(directions: list[np.ndarray]) -> float:
        ends = [
            forward(*(a + sign * STEP * d for a, d in zip(arrays, directions, strict=True)))
            for sign in (1, -1)
        ]
        return float(np.vdot(ends[0] - ends[1], g)) / (2 * STEP)

    if check == "direction":
        v = [rng.normal(size=array.shape) for array in arrays]
        along = sum(np.vdot(grad, d) for grad, d in zip(grads, v, strict=True))
        return abs(slope(v) - along) > tolerance * max(1, abs(along))
    for k, grad in enumerate(grads):
        for index in np.ndindex(arrays[k].shape):
            directions = [np.zeros(array.shape) for array in arrays]
            directions[k][index] = 1
            if abs(slope(directions) - grad[index]) > tolerance:
                return True
    return False
