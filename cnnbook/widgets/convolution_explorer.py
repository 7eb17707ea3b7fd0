"""ConvolutionExplorer: a kernel slides over a grid of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from cnnbook.im2col import im2col
from cnnbook.shapes import output_size
from cnnbook.widgets import static_html
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.traits import Array, Whole

__all__ = ["ConvolutionExplorer"]

CONTROLS = ("sizes", "stride", "padding", "dilation", "flip", "steps")


class ConvolutionExplorer(BookWidget):
    """Slide a kernel over a grid of numbers; every number and every setting can be changed.

    Parameters
    ----------
    image : array_like, shape (H, W), at most 16 by 16
        The input. Integers stay integers.
    kernel : array_like, shape (K_h, K_w), at most 7 by 7
        The weights.
    stride, padding, dilation : int
        As in :func:`cnnbook.output_size`.
    flip : bool
        True convolution: flip the kernel first.
    position : int
        The window that the picture shows, counted row by row from 0.
    controls : sequence of str
        Which controls the reader gets, out of ``"sizes"``, ``"stride"``, ``"padding"``,
        ``"dilation"``, ``"flip"`` and ``"steps"``.

    Raises
    ------
    traitlets.TraitError
        If a value is refused, or no window fits; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> explorer = ConvolutionExplorer(image=np.arange(9).reshape(3, 3), kernel=[[1, 0], [0, -1]])
    >>> explorer.output
    array([[-4, -4],
           [-4, -4]])
    >>> explorer.stride = 2
    >>> explorer.output
    array([[-4]])
    """

    module = "convolution_explorer.mjs"

    image = Array(ndim=2, largest=16)
    """The input, read-only: assign a new array to change it."""
    kernel = Array(ndim=2, largest=7)
    """The weights, read-only: assign a new array to change them."""
    stride = Whole(1, 1, 8)
    """The step from one window to the next, in both directions."""
    padding = Whole(0, 0, 4)
    """Zeros added on each side."""
    dilation = Whole(1, 1, 4)
    """The step from one entry of the kernel to the next; 1 means no gap."""
    flip = traitlets.Bool(False).tag(sync=True)
    """Whether the kernel is flipped first (true convolution)."""
    position = Whole(0, 0, 24 * 24 - 1)
    """The window that the picture shows, counted row by row from 0."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""

    @traitlets.default("image")
    def _image(self) -> np.ndarray:
        return np.arange(49).reshape(7, 7) % 10

    @traitlets.default("kernel")
    def _kernel(self) -> np.ndarray:
        return np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])

    @traitlets.validate("image", "kernel", "stride", "padding", "dilation")
    def _some_window_fits(self, proposal: Any) -> Any:
        state = {name: getattr(self, name) for name in ("image", "kernel", "stride", "padding", "dilation")}
        state[proposal.trait.name] = proposal.value
        try:
            size_of_output(**state)
        except ValueError as error:
            raise traitlets.TraitError(f"{proposal.trait.name} is refused: {error}") from None
        return proposal.value

    @traitlets.validate("position")
    def _position_exists(self, proposal: Any) -> int:
        count = self.output.size
        if proposal.value >= count:
            raise traitlets.TraitError(f"position must be below the number of windows, {count}")
        return proposal.value

    @traitlets.observe("image", "kernel", "stride", "padding", "dilation")
    def _keep_position(self, change: Any) -> None:
        self.position = min(self.position, self.output.size - 1)

    @property
    def output(self) -> np.ndarray:
        """NumPy's result for the current state: int64 from integers, else float64."""
        both_integer = self.image.dtype.kind in "ui" and self.kernel.dtype.kind in "ui"
        dtype = np.int64 if both_integer else np.float64
        kernel = self.kernel[::-1, ::-1] if self.flip else self.kernel
        cols = im2col(
            self.image[None, None].astype(dtype), kernel.shape, self.stride, self.padding, self.dilation
        )
        size = size_of_output(self.image, kernel, self.stride, self.padding, self.dilation)
        return (kernel.ravel().astype(dtype) @ cols[0]).reshape(size)

    def describe(self) -> str:
        """Return the sizes and the settings in one line."""
        shapes = " ".join(
            f"{name} {array.shape[0]}x{array.shape[1]}"
            for name, array in (("image", self.image), ("kernel", self.kernel), ("output", self.output))
        )
        flip = ", flipped" if self.flip else ""
        return f"{shapes}, stride {self.stride}, padding {self.padding}, dilation {self.dilation}{flip}"

    def static_html(self) -> str:
        """Return the three grids and a sentence."""
        sign = '<span class="cnn-sign" aria-hidden="true">{}</span>'
        return (
            '<div class="cnn-stage">'
            + static_html.figure("input", "input", self.image, self.padding)
            + sign.format("∗")
            + static_html.figure("kernel", "kernel", self.kernel)
            + sign.format("=")
            + static_html.figure("output", "output", self.output)
            + f'</div><p class="cnn-words">Stride {self.stride}, padding {self.padding}, '
            + f"dilation {self.dilation}{', the kernel flipped' if self.flip else ''}.</p>"
        )


def size_of_output(
    image: np.ndarray, kernel: np.ndarray, stride: int, padding: int, dilation: int
) -> tuple[int, int]:
    """Return the height and the width of the output, or raise ``ValueError`` if no window fits."""
    H, W = (
        output_size(n, k, stride, padding, dilation) for n, k in zip(image.shape, kernel.shape, strict=True)
    )
    return H, W
