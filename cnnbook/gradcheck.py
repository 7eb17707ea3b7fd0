"""gradcheck: compare a backward pass with differences of the forward pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnbook.arguments import as_floats, as_number

if TYPE_CHECKING:
    from cnnbook.layers import Layer

__all__ = ["GradientError", "gradcheck", "gradcheck_layer"]


class GradientError(AssertionError):
    """A gradient that differs from the differences, is not finite, or has the wrong shape."""


def gradcheck(
    forward: Callable[..., np.ndarray],
    backward: Callable[..., np.ndarray | tuple[np.ndarray, ...]],
    *arrays: np.ndarray,
    method: str = "central",
    step: float | None = None,
    rtol: float = 1e-6,
    atol: float = 1e-8,
    rng: np.random.Generator | int = 0,
) -> float:
    r"""Check every element of every gradient, and one random direction through all of them.

    With a random :math:`g`, the scalar :math:`L = \langle g, \mathrm{forward}(x) \rangle` has the
    gradient ``backward(g, x)``. Element by element it is held against

    .. math::

        \frac{L(x + h) - L(x - h)}{2 h} \quad \text{(central)}, \qquad
        \frac{\operatorname{Im} L(x + \mathrm{i} h)}{h} \quad \text{(complex)}

    Parameters
    ----------
    forward : callable
        ``forward(*arrays)`` returns an array. For the complex step it has to be analytic and to
        take complex numbers.
    backward : callable
        ``backward(grad_out, *arrays)`` returns one gradient for each array, in their order.
    *arrays : ndarray, real floating point
        Where to check; they are copied to float64.
    method : "central" or "complex"
        The complex step subtracts nothing, so that it is exact to rounding.
    step : float, optional
        The step h; 1e-5 for central differences, 1e-30 for the complex step.
    rtol, atol : float
        Two numbers agree if they differ by at most ``atol + rtol * abs(difference quotient)``.
    rng : numpy.random.Generator or int
        For :math:`g` and the direction; or a seed.

    Returns
    -------
    worst : float
        The largest difference found, divided by what was allowed: at most 1.

    Raises
    ------
    GradientError
        Names the worst element, both numbers and the step; or the shapes, if a gradient has another
        shape than its array; or an element that is not finite.
    TypeError, ValueError
        If an array is not real floating point, there is none, the output is empty, or ``method`` is
        another word.

    References
    ----------
    Squire and Trapp, "Using complex variables to estimate derivatives of real functions", 1998.

    Examples
    --------
    >>> x = np.array([0.5, 2.0])
    >>> gradcheck(np.square, lambda grad_out, x: grad_out * 2 * x, x) < 1
    True
    >>> gradcheck(np.square, lambda grad_out, x: grad_out * x, x)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    cnnbook.gradcheck.GradientError: argument 0 at (1,): backward says -0.264..., the difference quotient
    with step 1e-05 says -0.528...
    """
    arrays = tuple(_copies(arrays))
    if method not in ("central", "complex"):
        raise ValueError(f'method must be "central" or "complex", got {method!r}')
    h = as_number(step if step is not None else {"central": 1e-5, "complex": 1e-30}[method], "step", 5e-324)
    rng = np.random.default_rng(rng)
    out = np.asarray(forward(*_copies(arrays)))
    if out.size == 0:
        raise ValueError(f"forward returned an empty array, shape {out.shape}: there is nothing to check")
    g = rng.standard_normal(out.shape)
    gradients = backward(g.copy(), *_copies(arrays))
    gradients = gradients if isinstance(gradients, (tuple, list)) else (gradients,)
    _check_gradients(gradients, arrays)

    def quotient(directions: list[np.ndarray]) -> float:
        """Return how fast L grows along a direction."""
        if method == "complex":
            moved = forward(*(a + 1j * h * d for a, d in zip(arrays, directions, strict=True)))
            return float(np.sum(g * np.imag(moved)) / h)
        ahead, behind = (
            forward(*(a + sign * h * d for a, d in zip(arrays, directions, strict=True))) for sign in (1, -1)
        )
        return float(np.sum(g * (np.asarray(ahead) - behind)) / (2 * h))

    found = []
    for k, gradient in enumerate(gradients):
        for index in np.ndindex(arrays[k].shape):
            directions = [np.zeros_like(a) for a in arrays]
            directions[k][index] = 1
            found.append((f"argument {k} at {index}", float(gradient[index]), quotient(directions)))
    worst = _worst(found, h, rtol, atol)
    directions = [rng.standard_normal(a.shape) for a in arrays]
    along = sum(float(np.sum(a * b)) for a, b in zip(gradients, directions, strict=True))
    return max(worst, _worst([("a random direction", along, quotient(directions))], h, rtol, atol))


def gradcheck_layer(layer: Layer, x: np.ndarray, **settings: Any) -> float:
    """Check a layer's gradients with respect to its input and to each of its parameters.

    Parameters
    ----------
    layer : Layer
        A layer or a whole network with float64 parameters and a forward pass that gives the same
        result twice (so no dropout in training mode).
    x : ndarray, real floating point
        The input to check at.
    **settings
        ``step``, ``rtol``, ``atol`` and ``rng`` of :func:`gradcheck`.

    Returns
    -------
    worst : float
        As :func:`gradcheck`. The layer's state is put back to what it was.

    Raises
    ------
    GradientError, TypeError, ValueError
        As :func:`gradcheck`; also if a parameter is not float64. Argument 0 is ``x``, the others
        are the parameters in their order.

    References
    ----------
    As :func:`gradcheck`.

    Examples
    --------
    >>> from cnnbook.layers import Linear
    >>> gradcheck_layer(Linear(3, 2, rng=0, dtype=float), np.array([[1.0, 2.0, 3.0]])) < 1
    True
    """
    values = [value for value, _ in layer.parameters()]
    for value in values:
        if value.dtype != np.float64:
            raise TypeError(f"the check needs float64 parameters (dtype=float), got {value.dtype}")
    state = layer.state_dict()

    def forward(x: np.ndarray, *parameters: np.ndarray) -> np.ndarray:
        for value, parameter in zip(values, parameters, strict=True):
            value[...] = parameter
        return layer.forward(x)

    def backward(grad_out: np.ndarray, x: np.ndarray, *parameters: np.ndarray) -> tuple[np.ndarray, ...]:
        forward(x, *parameters)
        grad_x = layer.backward(grad_out)
        return grad_x, *(grad.copy() for _, grad in layer.parameters())

    try:
        return gradcheck(forward, backward, x, *values, **settings)
    finally:
        layer.load_state_dict(state)


def _copies(arrays) -> list[np.ndarray]:
    """Return float64 copies, so that no function under test can change what it is compared with."""
    if not arrays:
        raise ValueError("gradcheck needs at least one array to check at")
    found = as_floats(**{f"argument_{k}": array for k, array in enumerate(arrays)})
    for k, array in enumerate(found):
        if array.dtype.kind == "c":
            raise TypeError(f"argument {k} must hold real numbers, got dtype {array.dtype}")
    return [array.astype(np.float64) for array in found]


def _check_gradients(gradients, arrays) -> None:
    """Raise unless there is one real, finite gradient of the right shape for each array."""
    if len(gradients) != len(arrays):
        raise GradientError(f"backward returned {len(gradients)} gradients for {len(arrays)} arrays")
    for k, (gradient, array) in enumerate(zip(gradients, arrays, strict=True)):
        if np.shape(gradient) != array.shape:
            raise GradientError(
                f"the gradient of argument {k} has shape {np.shape(gradient)}, the argument {array.shape}"
            )
        bad = np.argwhere(~np.isfinite(gradient))
        if len(bad):
            index = tuple(bad[0].tolist())
            raise GradientError(f"the gradient of argument {k} is {np.asarray(gradient)[index]} at {index}")


def _worst(found: list[tuple[str, float, float]], h: float, rtol: float, atol: float) -> float:
    """Return the worst ratio of a difference to what is allowed, or raise if it is above 1."""
    if not found:
        return 0.0
    errors = [abs(said - seen) / (atol + rtol * abs(seen)) for _, said, seen in found]
    errors = [error if np.isfinite(error) else np.inf for error in errors]  # NaN is never right
    worst = int(np.argmax(errors))
    if errors[worst] > 1:
        place, said, seen = found[worst]
        raise GradientError(
            f"{place}: backward says {said:.10g}, the difference quotient with step {h:g} says {seen:.10g}"
        )
    return errors[worst]
