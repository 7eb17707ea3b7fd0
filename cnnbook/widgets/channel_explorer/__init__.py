"""ChannelExplorer: from three patches of a colour picture to one number."""

from __future__ import annotations

from typing import Any

import numpy as np
import traitlets

from cnnbook.conv_batch import conv2d
from cnnbook.widgets import frontend
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.channel_explorer.channels import SMALL, Channels, regrouped, starting_weight
from cnnbook.widgets.channel_explorer.copy import chain_html
from cnnbook.widgets.shared.sizes import size_of_output
from cnnbook.widgets.traits import Array, Whole, exact_dtype

__all__ = ["ChannelExplorer"]

CONTROLS = ("groups", "steps")
FILTERS = 8


class ChannelExplorer(BookWidget):
    """Follow a window of a colour picture through the slices of a filter to one number.

    Parameters
    ----------
    image : array_like, shape (C_in, H, W), or str
        A picture of 1 to 4 channels and up to 64 by 64 pixels, or the name of a bundled one.
    weight : array_like, shape (C_out, C_in / groups, K_h, K_w)
        Up to 8 filters of up to 5 by 5; each has one slice for each channel that it sees.
    bias : array_like, shape (C_out,)
        One number a filter; zeros unless given.
    groups : int
        The parts into which the channels are cut; a filter sees one of them. It has to divide
        the channels and the filters. Set alone, it takes slices away, or adds slices of zeros.
    padding : int
        Zeros added on each side of each channel, at most 2.
    filter : int
        The filter that the numbers belong to, which is the output's channel.
    row, column : int
        The output pixel that is looked at.
    controls : sequence of str
        Which controls the reader gets, out of ``"groups"`` and ``"steps"``.

    Raises
    ------
    traitlets.TraitError
        If a value is refused, or does not fit the others; the widget keeps what it had. Values
        that fit only together are set within ``hold_trait_notifications()``.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> image = np.arange(12).reshape(3, 2, 2)
    >>> explorer = ChannelExplorer(image=image, weight=np.ones((1, 3, 2, 2), int), bias=[4])
    >>> explorer.output
    array([[[70]]])
    """

    image = Channels()
    """The picture as channels, read-only: assign a new array, or a name, to change it."""
    weight = Array(ndim=4, largest=(FILTERS, 4, 5, 5))
    """The filters, read-only: assign a new array to change them."""
    bias = Array(ndim=1, largest=FILTERS)
    """One number a filter, read-only: assign a new array to change them."""
    groups = Whole(1, 1, 4)
    """The parts into which the channels are cut."""
    padding = Whole(0, 0, 2)
    """Zeros added on each side."""
    filter = Whole(0, 0, FILTERS - 1)
    """The filter that the numbers belong to."""
    row = Whole(0, 0, 67)
    """The row of the output pixel that is looked at."""
    column = Whole(0, 0, 67)
    """The column of the output pixel that is looked at."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""
    _pictures = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state: Any) -> None:
        if state.get("bias", ...) is None:
            del state["bias"]
        super().__init__(**state)

    @traitlets.default("image")
    def _image(self) -> np.ndarray:
        return next(iter(SMALL.values()))()

    @traitlets.default("weight")
    def _weight(self) -> np.ndarray:
        return starting_weight(len(self.image), self.groups)

    @traitlets.default("bias")
    def _bias(self) -> np.ndarray:
        return np.zeros(len(self.weight), np.int64)

    @traitlets.default("row")
    def _row(self) -> int:
        return self._output_size[0] // 2

    @traitlets.default("column")
    def _column(self) -> int:
        return self._output_size[1] // 2

    @traitlets.default("_pictures")
    def _packed(self) -> dict[str, Any]:
        return {name: frontend.packed_picture(name) for name in SMALL}

    @traitlets.validate("image", "weight", "bias", "groups", "padding", "filter", "row", "column")
    def _fits(self, proposal: Any) -> Any:
        name = proposal.trait.name
        names = ("image", "groups", "weight", "bias", "padding", "filter", "row", "column")
        state = {one: proposal.value if one == name else getattr(self, one) for one in names}
        if reason := misfit(name, **state):
            raise traitlets.TraitError(f"{name} is refused: {reason}")
        return proposal.value

    @traitlets.observe("image", "weight", "groups", "padding")
    def _follow(self, change: Any) -> None:
        if self.weight.shape[1] * self.groups != len(self.image):
            self.weight = regrouped(self.weight, len(self.image), self.groups)
        if len(self.bias) != len(self.weight):
            bias = np.zeros(len(self.weight), self.bias.dtype)
            kept = min(len(bias), len(self.bias))
            bias[:kept] = self.bias[:kept]
            self.bias = bias
        H_out, W_out = self._output_size
        self.filter = min(self.filter, len(self.weight) - 1)
        self.row, self.column = min(self.row, H_out - 1), min(self.column, W_out - 1)

    @property
    def _output_size(self) -> tuple[int, int]:
        return size_of_output(self.image, self.weight, padding=self.padding)

    @property
    def output(self) -> np.ndarray:
        """NumPy's result for the current state, (C_out, H_out, W_out): int64 from integers."""
        arrays = [array.astype(np.float64) for array in (self.image[None], self.weight, self.bias)]
        maps = conv2d(*map(np.asarray, arrays), padding=self.padding, groups=self.groups)[0]
        return maps.astype(exact_dtype(self.image, self.weight, self.bias))  # all sums stay below 2**53

    def describe(self) -> str:
        """Return the sizes and the settings in one line."""
        image, weight, output = (
            "x".join(map(str, array.shape)) for array in (self.image, self.weight, self.output)
        )
        return (
            f"image {image}, weight {weight}, output {output}, groups {self.groups}, padding {self.padding}"
        )

    def static_html(self) -> str:
        """Return the pictures, and the chain from the patches to one number."""
        return chain_html(self)


def misfit(
    name: str,
    image: np.ndarray,
    groups: int,
    weight: np.ndarray,
    bias: np.ndarray,
    padding: int,
    filter: int,
    row: int,
    column: int,
) -> str | None:
    """Return why the new value of the trait ``name`` does not fit the others, or None if it does."""
    C_in, C_out, seen = len(image), *weight.shape[:2]
    if C_in % groups or C_out % groups:
        return f"groups={groups} must divide the channels, {C_in}, and the filters, {C_out}"
    if name in ("image", "weight") and seen * groups != C_in:
        return (
            f"weight {weight.shape} with groups={groups} needs {seen} * {groups} = {seen * groups} channels, "
            f"and image {image.shape} has {C_in}"
        )
    try:
        H_out, W_out = size_of_output(image, weight, padding=padding)
    except ValueError:
        return f"no window fits: image has shape {image.shape}, weight {weight.shape}, padding is {padding}"
    if name == "bias" and len(bias) != C_out:
        return f"it needs one number for each of the {C_out} filters, got {len(bias)}"
    if name == "filter" and filter >= C_out:
        return f"there are {C_out} filters, counted from 0, got {filter}"
    if (name == "row" and row >= H_out) or (name == "column" and column >= W_out):
        return f"row and column must lie in the output of {H_out} by {W_out}, got {row} and {column}"
    return None
