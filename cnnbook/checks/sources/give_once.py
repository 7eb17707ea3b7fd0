"""Exercise: the gradient of one window's maximum, given once."""

import numpy as np

from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import digits, signed, thirds

WINDOWS = [
    *(make(H, W) for make in (digits, signed, thirds) for H in range(1, 5) for W in range(1, 5)),
    *(-make(H, W) for make in (digits, signed) for H in range(1, 4) for W in range(2, 5)),
    *(np.maximum(signed(H, W), 0) for H in range(1, 4) for W in range(1, 4)),
    np.zeros((2, 3)),
    np.zeros((3, 2)) - 1,
    np.array([[0.0, 4.0], [4.0, 1.0]]),
    np.array([[1, 2]]),
]


@exercise(
    cases=[(window, g) for window in WINDOWS for g in (0.7, -2.0, 3.0)],
    mistakes="""
    grad.flat[window.argmax()] = g -> grad[window == window.max()] = g
        You gave the whole gradient to every entry that equals the maximum: give it once.
    grad.flat[window.argmax()] = g -> grad[window == window.max()] = g / (window == window.max()).sum()
        You shared it among the equal ones: that is a subgradient, too, but here the first one gets it all.
    window.argmax() -> window.size - 1 - window.ravel()[::-1].argmax()
        You chose the last of the equal ones: take the first, row by row.
    grad.flat[window.argmax()] = g -> grad.T[np.unravel_index(window.T.argmax(), window.T.shape)] = g
        You read column by column: the first one is meant row by row.
    grad.flat[window.argmax()] = g -> grad[divmod(window.argmax(), len(grad))] = g
        You divided the place by the height: a row is as long as the window is wide.
    np.zeros(window.shape) -> np.zeros_like(window)
        Of a window of whole numbers, zeros_like makes whole numbers, which cut g off: ask for np.zeros.
    window.argmax() -> window.argmin()
        You chose the smallest number.
    window.argmax() -> np.abs(window).argmax()
        You chose by size without the sign: the maximum of negative numbers is the one nearest to 0.
    = g -> = 1
        You left g out: by the chain rule it is multiplied by the slope, which is 1.
    = g -> = g * window.max()
        You multiplied by the maximum: the slope of a maximum is 1, whatever its value.
    = g -> = abs(g)
        The gradient keeps its sign.
    """,
)
def give_once(window, g):
    """Return the gradient of a window's entries, where ``g`` is the one that arrives for its maximum.

    Of several entries that are largest, the first one gets it, row by row.
    """
    grad = np.zeros(window.shape)
    grad.flat[window.argmax()] = g
    return grad
