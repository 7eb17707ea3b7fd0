"""FastSteps: one window slid along a few numbers, by Winograd's matrices or by Fourier transforms."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from cnnbook.conv_winograd import winograd_matrices
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.html import figure
from cnnbook.widgets.traits import Array, Whole

__all__ = ["FastSteps"]

WAYS = ("Winograd", "FFT")
CONTROLS = ("way", "size", "padding", "steps")
TAPS, FEWEST, MOST = 3, 4, 8
LAST = 4 * (MOST + TAPS - 1) - 1


class FastSteps(BookWidget):
    """Follow every number of a fast convolution, from a signal and a kernel of three to the output.

    By Winograd n numbers give n - 2 outputs with n products, F(n - 2, 3). By Fourier transforms they
    give one output for each frequency; where the window runs over the end it goes on at the beginning,
    unless zeros are put there.

    Parameters
    ----------
    signal : array_like, shape (n,), n from 4 to 8
        What the window slides along.
    kernel : array_like, shape (3,)
        The window's weights.
    way : {"Winograd", "FFT"}
        How it is done.
    padded : bool
        Whether two zeros follow the signal before it is transformed by FFT.
    position : int
        How many of the numbers are shown, less one, in the order in which they are computed.
    controls : sequence of str
        Which controls the reader gets, out of ``"way"``, ``"size"``, ``"padding"`` and ``"steps"``.

    Raises
    ------
    traitlets.TraitError
        If a value is refused; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> steps = FastSteps(signal=[1, 2, 3, 4], kernel=[1, 0, -1])
    >>> steps.output
    array([-2., -2.])
    >>> steps.way = "FFT"
    >>> steps.output.round(12)
    array([-2., -2.,  2.,  2.])
    """

    signal = Array(ndim=1, largest=MOST)
    """What the window slides along, read-only: assign a new array to change it."""
    kernel = Array(ndim=1, largest=TAPS)
    """The window's weights, read-only: assign a new array to change it."""
    way = traitlets.Enum(WAYS, WAYS[0]).tag(sync=True)
    """How it is done."""
    padded = traitlets.Bool(False).tag(sync=True)
    """Whether zeros follow the signal before it is transformed by FFT."""
    position = Whole(LAST, 0, LAST)
    """How many of the numbers are shown, less one: all of them, if there are fewer."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""

    @traitlets.default("signal")
    def _signal(self) -> np.ndarray:
        return np.array([4, 1, 3, 2])

    @traitlets.default("kernel")
    def _kernel(self) -> np.ndarray:
        return np.array([1, 2, -1])

    @traitlets.validate("signal")
    def _is_long_enough(self, proposal: Any) -> Any:
        if len(proposal.value) < FEWEST:
            raise traitlets.TraitError(
                f"signal must have {FEWEST} to {MOST} numbers, got {len(proposal.value)}"
            )
        return proposal.value

    @traitlets.validate("kernel")
    def _has_three(self, proposal: Any) -> Any:
        if len(proposal.value) != TAPS:
            raise traitlets.TraitError(f"kernel must have {TAPS} numbers, got {len(proposal.value)}")
        return proposal.value

    @property
    def steps(self) -> dict[str, np.ndarray]:
        """What is computed, in order: both transformed, the products, the output."""
        x, w = (np.asarray(array, float) for array in (self.signal, self.kernel))
        if self.way == "Winograd":
            AT, G, BT = (matrix.astype(float) for matrix in winograd_matrices(len(x) - TAPS + 1, TAPS))
            signal, kernel = BT @ x, G @ w
            output = AT @ (signal * kernel)
        else:
            length = len(x) + self.padded * (TAPS - 1)
            signal, kernel = np.fft.fft(x, length), np.conj(np.fft.fft(w, length))
            output = np.fft.ifft(signal * kernel).real
        return {
            "transformed signal": signal,
            "transformed kernel": kernel,
            "products": signal * kernel,
            "output": output,
        }

    @property
    def output(self) -> np.ndarray:
        """The outputs."""
        return self.steps["output"]

    def describe(self) -> str:
        """Return one line about it."""
        padded = ", padded" * (self.padded and self.way == "FFT")
        return f"{len(self.signal)} numbers by {self.way}{padded}: {len(self.output)} outputs"

    def static_html(self) -> str:
        """Return its grids, and a sentence."""
        roles = ("input", "kernel", "padding", "output")
        given = (("signal", "input", self.signal), ("kernel", "kernel", self.kernel))
        grids = [figure(name, role, np.asarray(array)[None]) for name, role, array in given]
        grids += [
            figure(name, role, in_rows(array))
            for (name, array), role in zip(self.steps.items(), roles, strict=True)
        ]
        pairs = "".join(
            f'<div class="cnn-fast-pair">{grids[k]}{grids[k + 1]}</div>' for k in range(0, len(grids), 2)
        )
        words = "Complex numbers stand in two rows, the real part above. " * (self.way == "FFT")
        words += "The products are transformed back to the output."
        return f'<div class="cnn-fast">{pairs}</div><p class="cnn-words">{words}</p>'


def in_rows(array: np.ndarray) -> np.ndarray:
    """Return real numbers as one row, complex ones as two, without their last digits, which are rounding.

    Examples
    --------
    >>> in_rows(np.array([1 + 1e-13j, 0.5j]))
    array([[1. , 0. ],
           [0. , 0.5]])
    """
    rows = np.stack([array.real, array.imag]) if np.iscomplexobj(array) else array[None]
    most = np.abs(rows).max()
    per = 1e9 if most < 1e4 else 1e4 if most < 1e9 else 1
    return np.floor(rows * per + 0.5) / per + 0.0
