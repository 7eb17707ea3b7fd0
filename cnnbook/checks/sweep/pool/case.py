"""The arrays of a pooling's setting, and what the book's own functions make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnbook.checks.sweep.setting import Setting, fraction, whole
from cnnbook.pooling import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward
from cnnbook.windows import Windows

__all__ = ["Pooling", "average", "maximum", "shared"]


@dataclass(frozen=True, eq=False)
class Pooling:
    """The arguments of a pooling, and its right results; ``stride`` is None if it is not given."""

    x: np.ndarray
    kernel_size: tuple[int, int]
    stride: tuple[int, int] | None
    padding: tuple[int, int]
    largest: bool
    ceil_mode: bool = False
    count_include_pad: bool = True

    def but(self, **changes: Any) -> Pooling:
        """Return the same with other arguments."""
        return replace(self, **changes)

    @property
    def step(self) -> tuple[int, int]:
        """The stride that counts."""
        return self.stride or self.kernel_size

    @property
    def windows(self) -> Windows:
        """The windows on the pictures."""
        return Windows.of(
            self.x.shape[2:], self.kernel_size, self.step, self.padding, 1, ceil_mode=self.ceil_mode
        )

    def arguments(self) -> dict[str, Any]:
        """Return the arguments by their names."""
        return {name: value for name, value in vars(self).items() if name != "largest"}

    def settings(self) -> tuple[Any, ...]:
        """Return what the book's functions take after the pictures."""
        more = () if self.largest else (self.count_include_pad,)
        return self.kernel_size, self.stride, self.padding, self.ceil_mode, *more

    def forward(self) -> np.ndarray:
        """Return the right output."""
        return (max_pool2d if self.largest else avg_pool2d)(self.x, *self.settings())

    def backward(self, grad_out: np.ndarray) -> dict[str, np.ndarray]:
        """Return the right gradient, by the name of the argument."""
        function = max_pool2d_backward if self.largest else avg_pool2d_backward
        return {"x": function(grad_out, self.x, *self.settings())}

    def also(self, part: str, grad_out: np.ndarray | None) -> Iterator[tuple[str, np.ndarray]]:
        """Yield what is right as well, with what to note: of equal numbers, another may win."""
        if not self.largest or part != "x" or grad_out is None:
            return
        H, W = self.x.shape[2:]
        ramp = np.arange(H * W).reshape(H, W) / (10 * H * W)
        by_columns = np.arange(H * W).reshape(W, H).T / (10 * H * W)
        others = {"the last": ramp, "the first by columns": -by_columns, "the last by columns": by_columns}
        for which, more in others.items():
            note = f"of equal numbers {which} gets the gradient, where the book's gives it to the first"
            yield note, self.but(x=self.x + more).backward(grad_out)["x"]
        yield (
            "equal numbers share the gradient, where the book's gives it to the first",
            shared(self, grad_out, lambda x, top: (x == top) / (x == top).sum((2, 3), keepdims=True)),
        )


def shared(case: Pooling, g: np.ndarray, share: Callable[..., np.ndarray]) -> np.ndarray:
    """Return a gradient of the input: ``share`` says how much of its window's gradient each entry gets.

    It is called with the windows, (N, C, K_h, K_w, H_out, W_out), and the largest number of each.

    Examples
    --------
    >>> case = maximum(Setting(size=(1, 2), kernel=(1, 2), stride=(1, 2)))
    >>> shared(case, np.full((1, 1, 1, 1), 8.0), lambda x, top: np.ones_like(x))
    array([[[[8., 8.]]]])
    """
    windows = case.windows
    x = windows.view(windows.pad(case.x.astype(float), -np.inf))
    padded = windows.blank(case.x.shape[:2], float)
    windows.add(padded, share(x, x.max((2, 3), keepdims=True)) * g[:, :, None, None])
    return windows.crop(padded)


def pooling(setting: Setting, largest: bool) -> Pooling:
    """Return the arrays of a setting, as floats; whole numbers are all different."""
    shape = setting.N, setting.C, *setting.size
    if setting.numbers == "ties":
        x = np.random.default_rng(shape).integers(0, 3, shape).astype(float)
    else:
        x = fraction(*shape) if setting.numbers == "fractions" else whole(*shape, distinct=True)
    if setting.numbers in ("negative", "bytes"):
        x = -np.abs(x) if setting.numbers == "negative" else 255 - np.abs(x) % 56
    x = x.astype(np.float32 if setting.dtype == "float32" else float)
    stride = None if setting.no_stride else setting.stride
    more = setting.padding, largest, setting.ceil_mode, setting.count_include_pad
    return Pooling(x, setting.kernel, stride, *more)


def maximum(setting: Setting) -> Pooling:
    """Return the arrays of a max pooling.

    Examples
    --------
    >>> maximum(Setting(size=(3, 4), kernel=(2, 2), stride=(2, 2), N=2)).forward().shape
    (2, 1, 1, 2)
    """
    return pooling(setting, True)


def average(setting: Setting) -> Pooling:
    """Return the arrays of an average pooling.

    Examples
    --------
    >>> average(Setting(size=(3, 4), kernel=(2, 2), stride=(2, 2), N=2)).forward().shape
    (2, 1, 1, 2)
    """
    return pooling(setting, False)
