"""Im2colExplorer: a picture, its windows as columns, and the one product that is a convolution."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from cnnbook.im2col import col2im, im2col
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.im2col_explorer.copy import static_copy
from cnnbook.widgets.im2col_explorer.tables import ARRANGEMENTS, FACTS, arrange
from cnnbook.widgets.shared.sizes import size_of_output
from cnnbook.widgets.traits import Array, Whole, exact_dtype

__all__ = ["Im2colExplorer"]

CONTROLS = ("arrangement", "direction", "point", "settings", "sizes", "steps")
SETTINGS = ("x", "weight", "stride", "padding", "dilation")
MOST: int = FACTS["most"]


class Im2colExplorer(BookWidget):
    """Watch windows become columns, the columns a product, and columns add up to a picture.

    Parameters
    ----------
    x : array_like, shape (N, C, H, W)
        At most 3 pictures of 3 channels of 10 by 10 numbers. Integers stay integers. Without it:
        the numbers 0 to 15 as a picture of 4 by 4, with padding 1.
    weight : array_like, shape (C_out, C, K_h, K_w), optional
        At most 6 filters of 5 by 5. By default three filters of 2 by 2.
    stride, padding, dilation : int
        As in :func:`cnnbook.output_size`.
    arrangement : {"per picture", "batch last", "rows"}
        How the columns lie: a matrix for each picture with a column for each window, as
        :func:`cnnbook.im2col` gives them; one matrix for the whole batch, whose column
        ``l * N + n`` is window ``l`` of picture ``n``; or a row for each window.
    direction : {"im2col", "col2im"}
        Take the columns out of the picture and multiply them, or add them back into it.
    position : int
        The window that is shown, picture by picture; backwards, the last that was added.
    point : {"window", "pixel"}
        What lights up when the reader points at the picture: the window that starts there, or
        every copy of that pixel.
    controls : sequence of str
        Which controls the reader gets, out of ``"arrangement"``, ``"direction"``, ``"point"``,
        ``"settings"`` (stride, padding, dilation), ``"sizes"`` and ``"steps"``.

    Raises
    ------
    traitlets.TraitError
        If a value is refused, no window fits, or the columns or the products would hold more
        than 720 numbers; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> explorer = Im2colExplorer(x=np.arange(9).reshape(1, 1, 3, 3), weight=np.ones((1, 1, 2, 2), int))
    >>> explorer.cols[0]
    array([[0, 1, 3, 4],
           [1, 2, 4, 5],
           [3, 4, 6, 7],
           [4, 5, 7, 8]])
    >>> explorer.output[0, 0]
    array([[ 8, 12],
           [20, 24]])
    >>> explorer.direction = "col2im"
    >>> explorer.output[0, 0]  # each pixel as often as it was copied
    array([[ 0,  2,  2],
           [ 6, 16, 10],
           [ 6, 14,  8]])
    """

    x = Array(ndim=4, largest=10)
    """The pictures, read-only: assign a new array to change them."""
    weight = Array(ndim=4, largest=10)
    """The filters, read-only: assign a new array to change them."""
    stride = Whole(1, *FACTS["steps"]["stride"])
    """The step from one window to the next, in both directions."""
    padding = Whole(0, *FACTS["steps"]["padding"])
    """Zeros added on each side."""
    dilation = Whole(1, *FACTS["steps"]["dilation"])
    """The step from one entry of a filter to the next; 1 means no gap."""
    arrangement = traitlets.Enum(ARRANGEMENTS, ARRANGEMENTS[0]).tag(sync=True)
    """How the columns lie."""
    direction = traitlets.Enum(("im2col", "col2im"), "im2col").tag(sync=True)
    """Whether columns are taken out of the picture or added back into it."""
    position = Whole(0, 0, MOST - 1)
    """The window that is shown, counted row by row and picture by picture from 0."""
    point = traitlets.Enum(("window", "pixel"), "window").tag(sync=True)
    """What lights up when the reader points at the picture."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""

    def __init__(self, **state: Any) -> None:
        if "x" not in state:
            state.setdefault("padding", 1)
        elif "weight" not in state and np.ndim(state["x"]) == 4:
            state["weight"] = some_filters(3, np.shape(state["x"])[1], 2, 2)
        super().__init__(**state)

    @traitlets.default("x")
    def _x(self) -> np.ndarray:
        return np.arange(16).reshape(1, 1, 4, 4)

    @traitlets.default("weight")
    def _weight(self) -> np.ndarray:
        return some_filters(3, 1, 2, 2)

    @traitlets.validate(*SETTINGS)
    def _windows_fit(self, proposal: Any) -> Any:
        state = {name: getattr(self, name) for name in SETTINGS}
        state[proposal.trait.name] = proposal.value
        try:
            check(**state)
        except ValueError as error:
            raise traitlets.TraitError(f"{proposal.trait.name} is refused: {error}") from None
        return proposal.value

    @traitlets.validate("position")
    def _position_exists(self, proposal: Any) -> int:
        count = self.windows
        if proposal.value >= count:
            raise traitlets.TraitError(
                f"position must be below the number of windows, {count}, got {proposal.value}"
            )
        return proposal.value

    @traitlets.observe(*SETTINGS)
    def _keep_position(self, change: Any) -> None:
        self.position = min(self.position, self.windows - 1)

    @property
    def windows(self) -> int:
        """The number of windows of the whole batch."""
        return len(self.x) * int(np.prod(self.out))

    @property
    def out(self) -> tuple[int, int]:
        """The height and the width of the output."""
        return size_of_output(self.x, self.weight, self.stride, self.padding, self.dilation)

    def columns_of(self, x: np.ndarray) -> np.ndarray:
        """Return pictures as columns, one matrix a picture, (N, Q, L)."""
        return im2col(np.asarray(x), self.weight.shape[2:], self.stride, self.padding, self.dilation)

    def add_back(self, cols: np.ndarray) -> np.ndarray:
        """Return the pictures that such columns add up to, (N, C, H, W)."""
        steps = (self.stride, self.padding, self.dilation)
        return col2im(cols, self.x.shape[2:], self.weight.shape[2:], *steps)

    @property
    def dtype(self) -> type:
        """The type of what is computed: int64 from integers, else float64."""
        return exact_dtype(self.x, self.weight)

    @property
    def cols(self) -> np.ndarray:
        """The columns in the present arrangement: (N, Q, L), (Q, L * N) or (N, L, Q)."""
        return arrange(self.columns_of(self.x), self.arrangement)

    @property
    def filters(self) -> np.ndarray:
        """The filters as a matrix: (C_out, Q), or (Q, C_out) where windows are rows."""
        matrix = np.asarray(self.weight).reshape(len(self.weight), -1)
        return np.ascontiguousarray(matrix.T) if self.arrangement == "rows" else matrix

    @property
    def products(self) -> np.ndarray:
        """The product of filters and columns: (N, C_out, L), (C_out, L * N) or (N, L, C_out)."""
        cols, filters = self.cols.astype(self.dtype), self.filters.astype(self.dtype)
        return cols @ filters if self.arrangement == "rows" else filters @ cols

    @property
    def counts(self) -> np.ndarray:
        """In how many windows each pixel lies, (N, C, H, W)."""
        return self.add_back(self.columns_of(np.ones(self.x.shape, np.int64)))

    @property
    def output(self) -> np.ndarray:
        """The convolution, (N, C_out, H_out, W_out); backwards, all columns added up, (N, C, H, W)."""
        if self.direction == "col2im":
            return self.add_back(self.columns_of(self.x).astype(exact_dtype(self.x)))
        rows = np.asarray(self.weight).reshape(len(self.weight), -1).astype(self.dtype)
        maps = rows @ self.columns_of(self.x).astype(self.dtype)
        return maps.reshape(len(self.x), len(self.weight), *self.out)

    def sentence(self) -> str:
        """Return the shapes and the price in memory, in one sentence."""
        entries = self.columns_of(self.x).size
        return (
            f"x {self.x.shape}, columns {self.cols.shape}, filters {self.filters.shape}, products "
            f"{self.products.shape}. The columns hold {entries} numbers, the pictures {self.x.size}: "
            f"{entries / self.x.size:.4g} times as many."
        )

    def describe(self) -> str:
        """Return the sizes and the settings in one line."""
        return (
            f"{self.direction}, {self.arrangement}: x {self.x.shape} weight {self.weight.shape} cols "
            f"{self.cols.shape}, stride {self.stride}, padding {self.padding}, dilation {self.dilation}"
        )

    def static_html(self) -> str:
        """Return the pictures, the columns and what becomes of them."""
        return static_copy(self)


def some_filters(*shape: int) -> np.ndarray:
    """Return filters of small whole numbers."""
    return np.arange(np.prod(shape)).reshape(shape) % 5 - 1


def check(x: np.ndarray, weight: np.ndarray, stride: int, padding: int, dilation: int) -> None:
    """Raise ``ValueError`` unless the setting fits together and is small enough to be drawn."""
    (N, C, H, W), (C_out, C_in, K_h, K_w) = x.shape, weight.shape
    for (name, most), n in zip(FACTS["largest"].items(), (N, C, H, W, C_out, K_h, K_w), strict=True):
        if n > most:
            raise ValueError(f"at most {most} for {name}, got {n}")
    if C_in != C:
        raise ValueError(f"weight {weight.shape} has {C_in} channels, and x {x.shape} has {C}")
    windows = N * int(np.prod(size_of_output(x, weight, stride, padding, dilation)))
    for name, rows in (("columns", C * K_h * K_w), ("products", C_out)):
        if rows * windows > MOST:
            raise ValueError(
                f"the {name} would hold {rows} x {windows} = {rows * windows} numbers, "
                f"and at most {MOST} can be shown"
            )
