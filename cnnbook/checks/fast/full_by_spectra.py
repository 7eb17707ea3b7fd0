"""Exercise: two lists convolved by their spectra, with room enough."""

import numpy as np

from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import signed, thirds


@exercise(
    cases=[
        *((make(n), make(k + 1)[1:]) for make in (signed, thirds) for n in range(1, 8) for k in range(1, 6)),
        (np.arange(5), np.array([2, -1, 3])),
    ],
    mistakes="""
    n = len(x) + len(w) - 1 -> n = max(len(x), len(w))
    n = len(x) + len(w) - 1 -> n = len(x)
        You left no room: what hangs over the end wraps around to the start. The result has
        len(x) + len(w) - 1 numbers, so transform lists of that length.
    len(x) + len(w) - 1 -> len(x) + len(w)
        One too long: the last number of either list meets the other's last at the place
        len(x) + len(w) - 2, counted from 0.
    np.fft.rfft(w, n) -> np.conj(np.fft.rfft(w, n))
    np.fft.rfft(w, n) -> np.fft.rfft(w[::-1], n)
        That is a cross-correlation: the conjugate, or the flip, makes one. A convolution takes both lists as
        they are.
    * np.fft.rfft(w, n) -> + np.fft.rfft(w, n)
        You added the spectra: multiply them, frequency by frequency.
    return result / len(result)
        You divided by n. NumPy's transform back does that by itself.
    return result * len(result)
        You are n times too large: the transform back divides by n.
    return result[: len(x)]
        You cut the end off: all len(x) + len(w) - 1 numbers are asked for.
    return result[: max(0, len(x) - len(w) + 1)]
        You kept the number of windows that fit. All places where the lists meet are asked for.
    return np.roll(result[::-1], 1)
        You transformed forward twice: the way back is the inverse transform.
    return result[::-1]
        Your result is in reverse order.
    where len(w) > 1
        Every case that fails has more than one weight.
    where (len(x) + len(w)) % 2 == 0
        Every case that fails has a result of odd length: tell the transform back how many numbers there
        are, since the half spectrum of 2m and of 2m + 1 numbers is of one length.
    """,
)
def full_by_spectra(x, w):
    """Return the convolution of two lists, len(x) + len(w) - 1 real numbers."""
    n = len(x) + len(w) - 1
    return np.fft.irfft(np.fft.rfft(x, n) * np.fft.rfft(w, n), n)
