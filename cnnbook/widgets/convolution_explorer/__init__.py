"""ConvolutionExplorer: a kernel slides over a grid of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from cnnbook.im2col import im2col
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.convolution_explorer import borders
from cnnbook.widgets.convolution_explorer.borders import FACTS
from cnnbook.widgets.html import figure, with_sign
from cnnbook.widgets.shared.sizes import size_of_output
from cnnbook.widgets.traits import Array, Whole, exact_dtype

__all__ = ["ConvolutionExplorer"]

CONTROLS = ("sizes", "stride", "padding", "dilation", "padding_mode", "coverage", "flip", "steps")
SETTINGS = ("image", "kernel", "stride", "padding", "dilation", "padding_mode")


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
    padding_mode : {"zeros", "reflect", "replicate", "circular"}
        What stands in the padding, in the words of ``torch.nn.Conv2d``. ``"reflect"`` needs a
        padding below the input's size, ``"circular"`` one that is no larger.
    flip : bool
        True convolution: flip the kernel first.
    view : {"output", "coverage"}
        What the reader sees: the input, the kernel and the output; or how often the windows
        count each pixel.
    position : int
        The window that the picture shows, counted row by row from 0.
    controls : sequence of str
        Which controls the reader gets, out of ``"sizes"``, ``"stride"``, ``"padding"``,
        ``"dilation"``, ``"padding_mode"``, ``"coverage"``, ``"flip"`` and ``"steps"``.

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
    >>> explorer.coverage
    array([[1, 1, 0],
           [1, 1, 0],
           [0, 0, 0]])
    """

    image = Array(ndim=2, largest=FACTS["largest"]["image"])
    """The input, read-only: assign a new array to change it."""
    kernel = Array(ndim=2, largest=FACTS["largest"]["kernel"])
    """The weights, read-only: assign a new array to change them."""
    stride = Whole(1, *FACTS["steps"]["stride"])
    """The step from one window to the next, in both directions."""
    padding = Whole(0, *FACTS["steps"]["padding"])
    """Rows and columns added on each side."""
    dilation = Whole(1, *FACTS["steps"]["dilation"])
    """The step from one entry of the kernel to the next; 1 means no gap."""
    padding_mode = traitlets.Enum(tuple(borders.MODES), "zeros").tag(sync=True)
    """What stands in the padding: zeros, or a reflected, repeated or wrapped-around input."""
    flip = traitlets.Bool(False).tag(sync=True)
    """Whether the kernel is flipped first (true convolution)."""
    position = Whole(0, 0, 24 * 24 - 1)
    """The window that the picture shows, counted row by row from 0."""
    view = traitlets.Enum(("output", "coverage"), "output").tag(sync=True)
    """What the reader sees: the output, or how often each pixel is counted."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""

    @traitlets.default("image")
    def _image(self) -> np.ndarray:
        return np.arange(49).reshape(7, 7) % 10

    @traitlets.default("kernel")
    def _kernel(self) -> np.ndarray:
        return np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])

    @traitlets.validate(*SETTINGS)
    def _some_window_fits(self, proposal: Any) -> Any:
        state = {name: getattr(self, name) for name in SETTINGS}
        state[proposal.trait.name] = proposal.value
        mode = state.pop("padding_mode")
        try:
            borders.check_border(state["image"].shape, state["padding"], mode)
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

    @traitlets.observe(*SETTINGS)
    def _keep_position(self, change: Any) -> None:
        self.position = min(self.position, self.output.size - 1)

    @property
    def output(self) -> np.ndarray:
        """NumPy's result for the current state: int64 from integers, else float64."""
        dtype = exact_dtype(self.image, self.kernel)
        kernel = self.kernel[::-1, ::-1] if self.flip else self.kernel
        image = borders.pad(self.image.astype(dtype), self.padding, self.padding_mode)
        cols = im2col(image[None, None], kernel.shape, self.stride, 0, self.dilation)
        size = size_of_output(self.image, kernel, self.stride, self.padding, self.dilation)
        return (kernel.ravel().astype(dtype) @ cols[0]).reshape(size)

    @property
    def coverage(self) -> np.ndarray:
        """How often all windows together count each pixel: (H, W), int64.

        This is :func:`cnnbook.col2im` of ones. A zero of the padding is no pixel; in the other
        padding modes each entry of the padding counts for the pixel that it copies.
        """
        return borders.coverage(*self._windows, self.padding_mode)

    @property
    def _windows(self) -> tuple[Any, ...]:
        return self.image.shape, self.kernel.shape, self.stride, self.padding, self.dilation

    def describe(self) -> str:
        """Return the sizes and the settings in one line."""
        shapes = " ".join(
            f"{name} {array.shape[0]}x{array.shape[1]}"
            for name, array in (("image", self.image), ("kernel", self.kernel), ("output", self.output))
        )
        mode = "" if self.padding_mode == "zeros" else f" ({self.padding_mode})"
        more = ", flipped" * self.flip + ", coverage" * (self.view == "coverage")
        return f"{shapes}, stride {self.stride}, padding {self.padding}{mode}, dilation {self.dilation}{more}"

    def static_html(self) -> str:
        """Return the grids and a sentence."""
        dropped = ~borders.reached(*self._windows)
        output = figure("output", "output", self.output)
        if self.view == "coverage":
            blank = np.full(dropped.shape, "")
            shown = figure("coverage", "input", self.coverage, self.padding, padded=blank, dropped=dropped)
            words = f"How often the {self.output.size} windows count each pixel. "
        else:
            padded = borders.pad(self.image, self.padding, self.padding_mode)
            shown = figure(
                "input", "input", self.image, self.padding, padded=padded, dropped=dropped
            ) + with_sign("∗" if self.flip else "⋆", figure("kernel", "kernel", self.kernel))
            output = with_sign("=", output)
            words = ""
        mode = "" if self.padding_mode == "zeros" else f" ({self.padding_mode})"
        return (
            f'<div class="cnn-stage">{shown}{output}</div><p class="cnn-words">{words}'
            f"Stride {self.stride}, padding {self.padding}{mode}, "
            f"dilation {self.dilation}{', the kernel flipped' if self.flip else ''}.</p>"
        )
