"""BackpropExplorer: a sliding window, and every gradient that flows back through it."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from cnnbook.conv_backward import conv2d_backward
from cnnbook.conv_batch import conv2d
from cnnbook.widgets.backprop_explorer.copy import static_copy
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.shared.sizes import size_of_output
from cnnbook.widgets.traits import Array, Whole, exact_dtype, resized

__all__ = ["BackpropExplorer"]

CONTROLS = ("way", "given", "settings", "sizes", "steps", "downhill")
SETTINGS = ("image", "kernel", "stride", "padding", "dilation")
WAYS = ("scatter", "gather", "convolution")
LARGEST_OUT = 14


class ArrayOrNone(Array):
    """An :class:`Array` that may also be None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_value=None, allow_none=True, **kwargs)

    def encode(self, array: np.ndarray | None) -> dict[str, Any] | None:
        """Return the array as it travels to the front end, or None."""
        return None if array is None else super().encode(array)

    def set(self, obj: Any, value: Any) -> None:
        """Assign, unless it is already the same."""
        if value is None or obj._trait_values.get(self.name) is None:
            traitlets.TraitType.set(self, obj, value)
        else:
            super().set(obj, value)


class BackpropExplorer(BookWidget):
    """Follow every number forward through a sliding window, and its gradient back.

    Parameters
    ----------
    image : array_like, shape (H, W), at most 8 by 8
        The input. Integers stay integers.
    kernel : array_like, shape (K_h, K_w), at most 4 by 4
        The weights.
    grad_out : array_like, shape (H_out, W_out)
        The gradient of the loss with respect to the output; ones unless given. When the output
        changes its size, it is cut, or filled up with ones.
    target : array_like, shape (H_out, W_out), or None
        What the output should be. Then the loss is half the sum of the squared differences, and
        ``grad_out`` is ``output - target`` and follows every change. Cut, or filled with zeros.
    stride, padding, dilation : int
        As in :func:`cnnbook.output_size`.
    way : {"scatter", "gather", "convolution"}
        How the gradient of the input is added up: every output gives to the pixels of its window;
        every pixel takes from the outputs that it fed; or the turned kernel slides over the
        spread-out gradient.
    position : int
        The step that is shown: for ``"scatter"`` the last window that was added, else a pixel.
    step_size : float
        How far one step downhill goes, from 0.001 to 1.
    controls : sequence of str
        Which controls the reader gets, out of ``"way"``, ``"given"`` (a gradient or a target),
        ``"settings"`` (stride, padding, dilation), ``"sizes"``, ``"steps"`` and ``"downhill"``.

    Raises
    ------
    traitlets.TraitError
        If a value is refused, or no window fits; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> explorer = BackpropExplorer(image=np.arange(9).reshape(3, 3), kernel=[[1, 2], [3, 4]])
    >>> explorer.grad_x  # every output's gradient is 1
    array([[ 1,  3,  2],
           [ 4, 10,  6],
           [ 3,  7,  4]])
    >>> explorer.grad_weight
    array([[ 8, 12],
           [20, 24]])
    >>> explorer.target = [[0, 0], [0, 0]]
    >>> explorer.loss
    4918.0
    >>> explorer.step_size = 0.001
    >>> explorer.descend()
    >>> bool(explorer.loss < 4918)
    True
    """

    image = Array(ndim=2, largest=8)
    """The input, read-only: assign a new array to change it."""
    kernel = Array(ndim=2, largest=4)
    """The weights, read-only: assign a new array to change them."""
    grad_out = Array(ndim=2, largest=LARGEST_OUT, bound=1e15)
    """The gradient of the output, read-only: assign a new array to change it."""
    target = ArrayOrNone(ndim=2, largest=LARGEST_OUT)
    """What the output should be, or None."""
    stride = Whole(1, 1, 4)
    """The step from one window to the next, in both directions."""
    padding = Whole(0, 0, 3)
    """Zeros added on each side."""
    dilation = Whole(1, 1, 3)
    """The step from one entry of the kernel to the next; 1 means no gap."""
    way = traitlets.Enum(WAYS, WAYS[0]).tag(sync=True)
    """How the gradient of the input is added up."""
    position = Whole(0, 0, LARGEST_OUT**2 - 1)
    """The step that is shown, counted row by row from 0."""
    step_size = traitlets.Float(0.01, min=0.001, max=1.0).tag(sync=True)
    """How far one step downhill goes."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""

    @traitlets.default("image")
    def _image(self) -> np.ndarray:
        return np.arange(25).reshape(5, 5) % 7

    @traitlets.default("kernel")
    def _kernel(self) -> np.ndarray:
        return np.array([[1, 2, 0], [0, 1, -1], [-2, 0, 1]])

    @traitlets.default("grad_out")
    def _grad_out(self) -> np.ndarray:
        return np.ones(self.out, np.int64) if self.target is None else self.output - np.asarray(self.target)

    @traitlets.default("position")
    def _position(self) -> int:
        return self.steps - 1

    @traitlets.validate(*SETTINGS)
    def _some_window_fits(self, proposal: Any) -> Any:
        state = {name: getattr(self, name) for name in SETTINGS}
        state[proposal.trait.name] = proposal.value
        try:
            size_of_output(**state)
        except ValueError as error:
            raise traitlets.TraitError(f"{proposal.trait.name} is refused: {error}") from None
        return proposal.value

    @traitlets.validate("grad_out", "target")
    def _is_an_outputs(self, proposal: Any) -> Any:
        name, value = proposal.trait.name, proposal.value
        if value is None:
            return value
        if value.shape != self.out:
            raise traitlets.TraitError(
                f"{name} must have the shape of the output, {self.out}, got {value.shape}"
            )
        if name == "grad_out" and self.target is not None:
            expected = self.output - np.asarray(self.target)
            if not np.allclose(value, expected):
                raise traitlets.TraitError(
                    "grad_out follows from the target, as output - target; set target to None first"
                )
        return value

    @traitlets.validate("position")
    def _position_exists(self, proposal: Any) -> int:
        if proposal.value >= self.steps:
            raise traitlets.TraitError(
                f"position must be below the number of steps, {self.steps}, got {proposal.value}"
            )
        return proposal.value

    @traitlets.observe(*SETTINGS, "target", "way")
    def _follow(self, change: Any) -> None:
        if self.target is not None:
            if self.target.shape != self.out:
                self.target = resized(self.target, self.out, 0)
            self.grad_out = self.output - np.asarray(self.target)
        elif self.grad_out.shape != self.out:
            self.grad_out = resized(self.grad_out, self.out, 1)
        known = self.__dict__.get("_steps", self.steps)
        if known != self.steps or self.position >= self.steps:
            self.position = self.steps - 1
        self.__dict__["_steps"] = self.steps

    def __init__(self, **state: Any) -> None:
        super().__init__(**state)
        self.__dict__["_steps"] = self.steps

    @property
    def out(self) -> tuple[int, int]:
        """The height and the width of the output."""
        return size_of_output(self.image, self.kernel, self.stride, self.padding, self.dilation)

    @property
    def steps(self) -> int:
        """How many steps the present way takes: one a window for ``"scatter"``, else one a pixel."""
        return int(np.prod(self.out if self.way == "scatter" else self.image.shape))

    @property
    def output(self) -> np.ndarray:
        """The convolution, (H_out, W_out): int64 from integers, else float64."""
        x, weight = (np.asarray(a, float)[None, None] for a in (self.image, self.kernel))
        y = conv2d(x, weight, None, self.stride, self.padding, self.dilation)[0, 0]
        return y.astype(exact_dtype(self.image, self.kernel))

    @property
    def loss(self) -> float | None:
        """Half the sum of the squared differences from the target, or None without one."""
        return None if self.target is None else float(np.sum((self.output - self.target) ** 2)) / 2

    @property
    def grad_x(self) -> np.ndarray:
        """The gradient of the input, (H, W): int64 if all is integers, else float64."""
        return self._backward()[0]

    @property
    def grad_weight(self) -> np.ndarray:
        """The gradient of the kernel, (K_h, K_w): int64 if all is integers, else float64."""
        return self._backward()[1]

    def _backward(self) -> tuple[np.ndarray, np.ndarray]:
        arrays = self.grad_out, self.image, self.kernel
        g, x, weight = (np.asarray(a, float)[None, None] for a in arrays)
        grads = conv2d_backward(g, x, weight, self.stride, self.padding, self.dilation)[:2]
        dtypes = exact_dtype(self.grad_out, self.kernel), exact_dtype(self.grad_out, self.image)
        grad_x, grad_weight = (grad[0, 0].astype(dtype) for grad, dtype in zip(grads, dtypes, strict=True))
        return grad_x, grad_weight

    @property
    def spread(self) -> np.ndarray:
        """The output's gradient, spread out by the stride between zeros: (H + span - 1, W + span - 1).

        The turned kernel, dilated as ever, slides over it without padding and gives :attr:`grad_x`.
        """
        reach = [self.dilation * (k - 1) for k in self.kernel.shape]
        size = [n + r for n, r in zip(self.image.shape, reach, strict=True)]
        places, kept = [], []
        for n, r, count in zip(size, reach, self.out, strict=True):
            at = r - self.padding + self.stride * np.arange(count)
            kept.append((at >= 0) & (at < n))
            places.append(at[kept[-1]])
        spread = np.zeros(size, self.grad_out.dtype)
        spread[np.ix_(*places)] = self.grad_out[np.ix_(*kept)]
        return spread

    def descend(self, steps: int = 1) -> None:
        """Move the kernel against its gradient, ``step_size`` times as far, so many times."""
        for _ in range(steps):
            self.kernel = self.kernel - self.step_size * self.grad_weight

    def describe(self) -> str:
        """Return the sizes and the settings in one line."""
        arrays = (("image", self.image), ("kernel", self.kernel), ("output", self.grad_out))
        shapes = " ".join(f"{name} {array.shape[0]}x{array.shape[1]}" for name, array in arrays)
        target = "" if self.target is None else ", with a target"
        return (
            f"{self.way}: {shapes}, stride {self.stride}, padding {self.padding}, "
            f"dilation {self.dilation}{target}"
        )

    def static_html(self) -> str:
        """Return the six grids, and a sentence."""
        return static_copy(self)
