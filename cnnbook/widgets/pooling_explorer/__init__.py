"""PoolingExplorer: one number for each window, the way back, and what a small shift of a photograph does."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from cnnbook.data import PICTURES, photo, to_grey
from cnnbook.pooling import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward
from cnnbook.pooling.maximum import as_pooling
from cnnbook.widgets import frontend
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.pooling_explorer.copy import static_copy
from cnnbook.widgets.traits import Array, Picture, Whole, exact_dtype, resized

__all__ = ["PoolingExplorer"]

CONTROLS = ("mode", "pooling", "settings", "count_include_pad", "sizes", "steps")
MODES = ("forward", "backward", "photograph")
SETTINGS = ("image", "kernel_size", "stride", "padding")
FARTHEST = 8
SIDE = 128


class PoolingExplorer(BookWidget):
    """Pool numbers window by window, send gradients back, and shift a photograph before it is pooled.

    Parameters
    ----------
    image : array_like, shape (H, W), at most 8 by 8
        The input. Integers stay integers.
    pooling : {"max", "average"}
        What becomes of the numbers of a window.
    kernel_size, stride, padding : int
        As in :func:`cnnbook.max_pool2d`; the stride has to be given.
    count_include_pad : bool
        As in :func:`cnnbook.avg_pool2d`: whether the zeros of the padding count in an average.
    mode : {"forward", "backward", "photograph"}
        What is shown: the numbers and what they become; the gradients, too; or a picture.
    grad_out : array_like, shape (H_out, W_out)
        The gradient of the loss with respect to the output; ones unless given. When the output
        changes its size, it is cut, or filled up with ones.
    position : int
        The window that is shown, counted row by row from 0.
    picture : array_like, shape (H, W) or (H, W, 3), or str
        A picture of 16 to 256 pixels a side, or the name of a bundled one; its grey levels are used.
    shift : int
        By how many pixels the picture is moved to the right before it is pooled, from 0 to 8.
    controls : sequence of str
        Which controls the reader gets, out of ``"mode"``, ``"pooling"``, ``"settings"``,
        ``"count_include_pad"``, ``"sizes"`` and ``"steps"``.

    Raises
    ------
    traitlets.TraitError
        If a value is refused, or no window fits; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> explorer = PoolingExplorer(image=[[1, 5, 2, 0], [3, 4, 8, 8]])
    >>> explorer.output
    array([[5, 8]])
    >>> explorer.winners
    array([[1, 6]])
    >>> explorer.grad_out = [[3, 7]]
    >>> explorer.grad_x
    array([[0, 3, 0, 0],
           [0, 0, 7, 0]])
    """

    image = Array(ndim=2, largest=8)
    """The input, read-only: assign a new array to change it."""
    pooling = traitlets.Enum(("max", "average"), "max").tag(sync=True)
    """What becomes of the numbers of a window."""
    kernel_size = Whole(2, 1, 4)
    """The height and the width of a window."""
    stride = Whole(2, 1, 4)
    """The step from one window to the next, in both directions."""
    padding = Whole(0, 0, 2)
    """How much is added on each side: minus infinity for the maximum, zeros for the average."""
    count_include_pad = traitlets.Bool(True).tag(sync=True)
    """Whether the zeros of the padding count in an average."""
    mode = traitlets.Enum(MODES, MODES[0]).tag(sync=True)
    """What is shown."""
    grad_out = Array(ndim=2, largest=12)
    """The gradient of the output, read-only: assign a new array to change it."""
    position = Whole(0, 0, 143)
    """The window that is shown, counted row by row from 0."""
    picture = Picture()
    """The picture, read-only: assign a new array, or a name, to change it."""
    shift = Whole(0, 0, FARTHEST)
    """By how many pixels the picture is moved to the right before it is pooled."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""
    _pictures = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("image")
    def _image(self) -> np.ndarray:
        return 7 * np.arange(36).reshape(6, 6) % 10

    @traitlets.default("grad_out")
    def _grad_out(self) -> np.ndarray:
        return np.ones(self.out, np.int64)

    @traitlets.default("picture")
    def _picture(self) -> np.ndarray:
        return photo()

    @traitlets.default("_pictures")
    def _packed(self) -> dict[str, Any]:
        return {name: frontend.packed_picture(name) for name in PICTURES}

    @traitlets.validate(*SETTINGS)
    def _some_window_fits(self, proposal: Any) -> Any:
        state = {name: getattr(self, name) for name in SETTINGS}
        name = proposal.trait.name
        state[name] = proposal.value
        try:
            out_of(**state)
        except ValueError as error:
            raise traitlets.TraitError(f"{name} is refused: {error}") from None
        return proposal.value

    @traitlets.validate("picture")
    def _is_wide_enough(self, proposal: Any) -> Any:
        if min(proposal.value.shape[:2]) < 2 * FARTHEST:
            raise traitlets.TraitError(
                f"picture must have at least {2 * FARTHEST} pixels a side, got {proposal.value.shape}"
            )
        return proposal.value

    @traitlets.validate("grad_out")
    def _is_an_outputs(self, proposal: Any) -> Any:
        if proposal.value.shape != self.out:
            raise traitlets.TraitError(
                f"grad_out must have the shape of the output, {self.out}, got {proposal.value.shape}"
            )
        return proposal.value

    @traitlets.validate("position")
    def _position_exists(self, proposal: Any) -> int:
        windows = self.out[0] * self.out[1]
        if proposal.value >= windows:
            raise traitlets.TraitError(
                f"position must be below the number of windows, {windows}, got {proposal.value}"
            )
        return proposal.value

    @traitlets.observe(*SETTINGS)
    def _follow(self, change: Any) -> None:
        if self.grad_out.shape != self.out:
            self.grad_out = resized(self.grad_out, self.out, 1)
        self.position = min(self.position, self.out[0] * self.out[1] - 1)

    @property
    def out(self) -> tuple[int, int]:
        """The height and the width of the output of ``image``."""
        return out_of(self.image, self.kernel_size, self.stride, self.padding)

    @property
    def cut(self) -> np.ndarray:
        """What is pooled of the picture, 128 by 128 grey levels or fewer, moved by ``shift``."""
        return self._cut(self.shift)

    @property
    def output(self) -> np.ndarray:
        """The pooled input, or the pooled cut: int64 if a maximum of integers, else float64."""
        return self._pool(self.cut if self.mode == "photograph" else self.image)

    @property
    def change(self) -> np.ndarray:
        """By how much the output of the picture differs from that of the picture in its place."""
        return self._pool(self._cut(self.shift)) - self._pool(self._cut(0))

    @property
    def winners(self) -> np.ndarray:
        """Where each maximum stands in its image, ``row * W + column``; (H_out, W_out), int64."""
        settings = (self.kernel_size, self.stride, self.padding)
        return max_pool2d(np.array(self.image, float)[None, None], *settings, return_indices=True)[1][0, 0]

    @property
    def grad_x(self) -> np.ndarray:
        """The gradient of ``image``, (H, W): int64 for a maximum if ``grad_out`` is integers."""
        x, grad_out = (np.array(a, float)[None, None] for a in (self.image, self.grad_out))
        if self.pooling == "max":
            grad_x = max_pool2d_backward(grad_out, x, self.kernel_size, self.stride, self.padding)
            return grad_x[0, 0].astype(exact_dtype(self.grad_out))
        return avg_pool2d_backward(grad_out, x, **self._average())[0, 0]

    def _average(self) -> dict[str, Any]:
        names = ("kernel_size", "stride", "padding", "count_include_pad")
        return {name: getattr(self, name) for name in names}

    def _pool(self, image: np.ndarray) -> np.ndarray:
        x = np.array(image, float)[None, None]
        if self.pooling == "average":
            return avg_pool2d(x, **self._average())[0, 0]
        y = max_pool2d(x, self.kernel_size, self.stride, self.padding)
        return y[0, 0].astype(exact_dtype(image))

    def _cut(self, shift: int) -> np.ndarray:
        picture = np.asarray(self.picture)
        grey = picture if picture.ndim == 2 else to_grey(picture)
        H, W = grey.shape
        h, w = min(SIDE, H), min(SIDE, W - FARTHEST)
        top, left = (H - h) // 2, (W - w + FARTHEST) // 2 - shift
        return grey[top : top + h, left : left + w]

    def describe(self) -> str:
        """Return the sizes and the settings in one line."""
        shapes = " ".join(
            f"{name} {shape[0]}x{shape[1]}"
            for name, shape in (("image", self.image.shape), ("output", self.out))
        )
        what = f"picture moved by {self.shift}" if self.mode == "photograph" else f"{self.mode}, {shapes}"
        return (
            f"{self.pooling}: {what}, size {self.kernel_size}, stride {self.stride}, padding {self.padding}"
        )

    def static_html(self) -> str:
        """Return the grids, and a sentence."""
        return static_copy(self)


def out_of(image: np.ndarray, kernel_size: int, stride: int, padding: int) -> tuple[int, int]:
    """Return how many windows there are down and across, or raise ``ValueError`` if none fits."""
    return as_pooling(np.asarray(image)[None, None], kernel_size, stride, padding, False).out
