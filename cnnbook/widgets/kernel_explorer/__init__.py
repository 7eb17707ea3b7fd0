"""KernelExplorer: what an image kernel does to a photograph."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from cnnbook.conv import cross_correlate2d
from cnnbook.data import PICTURES, photo, to_grey
from cnnbook.kernels import KERNELS, image_kernel
from cnnbook.widgets import frontend
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.html import cell_text, figure, with_sign
from cnnbook.widgets.traits import Array, Picture, Whole, exact_dtype
from cnnbook.windows import Windows

__all__ = ["KernelExplorer"]

CONTROLS = ("presets", "size", "view", "flip", "colour", "upload")


class KernelExplorer(BookWidget):
    """Slide an image kernel over a photograph and look at any window as numbers.

    Parameters
    ----------
    image : array_like, shape (H, W) or (H, W, 3), or str
        A picture of up to 256 by 256 pixels, or the name of a bundled one.
    kernel : array_like, shape (K_h, K_w), at most 7 by 7
        The weights.
    flip : bool
        True convolution: flip the kernel first.
    colour : bool
        Filter each of the three channels of a colour picture, instead of its grey levels.
    view : {"signed", "absolute", "clamped"}
        How a result becomes a pixel: around a neutral grey, without its sign, or cut off at
        black and white.
    row, column : int
        The output pixel that is looked at.
    controls : sequence of str
        Which controls the reader gets, out of ``"presets"``, ``"size"``, ``"view"``,
        ``"flip"``, ``"colour"`` and ``"upload"``.

    Raises
    ------
    traitlets.TraitError
        If a value is refused, or no window fits; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Notes
    -----
    A picture that the reader loads becomes ``image``, at most 256 by 256 pixels. On a page of the book it
    stays in the browser; in a notebook it goes to the notebook's kernel, and nowhere else.

    Examples
    --------
    >>> explorer = KernelExplorer(image=np.eye(4), kernel=np.ones((2, 2)))
    >>> explorer.output
    array([[2., 1., 0.],
           [1., 2., 1.],
           [0., 1., 2.]])
    """

    image = Picture()
    """The picture, read-only: assign a new array, or a name, to change it."""
    kernel = Array(ndim=2, largest=7)
    """The weights, read-only: assign a new array to change them."""
    flip = traitlets.Bool(False).tag(sync=True)
    """Whether the kernel is flipped first (true convolution)."""
    colour = traitlets.Bool(False).tag(sync=True)
    """Whether the three channels are filtered instead of the grey levels."""
    view = traitlets.Enum(("signed", "absolute", "clamped"), "signed").tag(sync=True)
    """How a result becomes a pixel."""
    row = Whole(0, 0, 255)
    """The row of the output pixel that is looked at."""
    column = Whole(0, 0, 255)
    """The column of the output pixel that is looked at."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""
    presets = traitlets.List(read_only=True).tag(sync=True)
    """The well-known kernels, by name and size; see :func:`cnnbook.kernels.image_kernel`."""
    _pictures = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("image")
    def _image(self) -> np.ndarray:
        return photo()

    @traitlets.default("kernel")
    def _kernel(self) -> np.ndarray:
        return image_kernel("Sobel vertical")

    @traitlets.default("row")
    def _row(self) -> int:
        return self._output_size[0] // 2

    @traitlets.default("column")
    def _column(self) -> int:
        return self._output_size[1] // 2

    @traitlets.default("presets")
    def _presets(self) -> list[dict[str, Any]]:
        return [
            {"name": name, **{str(size): image_kernel(name, size).tolist() for size in (3, 5)}}
            for name in KERNELS
        ]

    @traitlets.default("_pictures")
    def _packed(self) -> dict[str, Any]:
        return {name: frontend.packed_picture(name) for name in PICTURES}

    @traitlets.validate("image", "kernel", "row", "column")
    def _pixel_exists(self, proposal: Any) -> Any:
        state = {name: getattr(self, name) for name in ("image", "kernel", "row", "column")}
        state[proposal.trait.name] = proposal.value
        try:
            H_out, W_out = Windows.of(state["image"].shape[:2], state["kernel"].shape).out
        except ValueError:
            raise traitlets.TraitError(
                f"{proposal.trait.name} is refused: no window fits, for the picture has shape "
                f"{state['image'].shape} and the kernel {state['kernel'].shape}"
            ) from None
        inside = state["row"] < H_out and state["column"] < W_out
        if proposal.trait.name in ("row", "column") and not inside:
            raise traitlets.TraitError(
                f"row and column must lie in the output of {H_out} by {W_out}, "
                f"got {state['row']} and {state['column']}"
            )
        return proposal.value

    @traitlets.observe("image", "kernel")
    def _keep_pixel(self, change: Any) -> None:
        H_out, W_out = self._output_size
        self.row, self.column = min(self.row, H_out - 1), min(self.column, W_out - 1)

    @property
    def _output_size(self) -> tuple[int, int]:
        return Windows.of(self.image.shape[:2], self.kernel.shape).out

    @property
    def channels(self) -> np.ndarray:
        """What is filtered: the picture's channels, or its grey levels; shape (C, H, W)."""
        if self.image.ndim == 2:
            return self.image[None]
        return self.image.transpose(2, 0, 1) if self.colour else to_grey(self.image)[None]

    @property
    def applied(self) -> np.ndarray:
        """The kernel as it lies on the picture: flipped, if ``flip``."""
        return self.kernel[::-1, ::-1] if self.flip else self.kernel

    @property
    def output(self) -> np.ndarray:
        """NumPy's result: (H_out, W_out), or (H_out, W_out, 3) in colour; int64 from integers."""
        kernel = self.applied.astype(np.float64)
        maps = np.stack([cross_correlate2d(x.astype(np.float64), kernel) for x in self.channels], axis=-1)
        maps = maps.astype(exact_dtype(self.image, self.kernel))  # all sums stay below 2**53
        return maps if self.colour and self.image.ndim == 3 else maps[..., 0]

    def describe(self) -> str:
        """Return the sizes and the settings in one line."""
        picture, kernel, output = (
            "x".join(map(str, array.shape)) for array in (self.image, self.kernel, self.output)
        )
        flip = ", flipped" if self.flip else ""
        return f"image {picture}, kernel {kernel}, output {output}{flip}, view {self.view!r}"

    def static_html(self) -> str:
        """Return the window that is looked at, the kernel, their products and the sum."""
        K_h, K_w = self.kernel.shape
        window = self.channels[0][self.row : self.row + K_h, self.column : self.column + K_w]
        products = window.astype(np.float64) * self.applied
        return (
            f'<div class="cnn-stage cnn-close" data-columns="{K_w}">'
            + figure("window", "input", window)
            + with_sign("⊙", figure("kernel", "kernel", self.kernel))
            + with_sign("=", figure("products", "output", products))
            + '</div><p class="cnn-words">The window of the picture at '
            + f"row {self.row}, column {self.column}{', under the flipped kernel' * self.flip}. "
            + f"The products add up to {cell_text(products.sum())}.</p>"
        )
