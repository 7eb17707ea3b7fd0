"""AlgorithmRace: what each algorithm for one layer multiplies, adds and holds, and where each wins."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import traitlets

from cnnbook.costs import Cost, cheapest, convolution_costs
from cnnbook.widgets.algorithm_race.copy import static_copy
from cnnbook.widgets.base import BookWidget

__all__ = ["AlgorithmRace"]

FACTS = json.loads(Path(__file__).with_name("facts.json").read_text("utf-8"))
KERNELS, SIZES, CHANNELS, BATCHES, STRIDES, COUNTS = (
    tuple(FACTS[name]) for name in ("kernels", "sizes", "channels", "batches", "strides", "counts")
)
CONTROLS = ("count", "kernel", "size", "channels", "filters", "batch", "stride")


class AlgorithmRace(BookWidget):
    """Choose the sizes of a layer, and see what each algorithm for it has to do.

    The layer has square pictures and kernels, and no padding. A map shows which algorithm needs the
    least for every kernel and size of picture, the other settings being what they are.

    Parameters
    ----------
    kernel : int
        Rows and columns of a kernel: odd, from 1 to 15.
    size : int
        Rows and columns of a picture: 16, 24, 32, 48, 64, 96, 128, 192 or 256.
    channels, filters : int
        Channels of the input, and kernels: powers of two from 1 to 256.
    batch : int
        Pictures: a power of two from 1 to 64.
    stride : int
        Step from window to window, from 1 to 3.
    count : {"operations", "multiplications", "additions", "memory"}
        What decides who wins.
    controls : sequence of str
        Which controls the reader gets, out of ``"count"``, ``"kernel"``, ``"size"``, ``"channels"``,
        ``"filters"``, ``"batch"`` and ``"stride"``.

    Raises
    ------
    traitlets.TraitError
        If a value is refused; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    See Also
    --------
    cnnbook.convolution_costs : what is counted, and how.

    Examples
    --------
    >>> AlgorithmRace(kernel=9, size=64, channels=64, filters=64).winners
    ('FFT',)
    """

    kernel = traitlets.Enum(KERNELS, 3).tag(sync=True)
    """Rows and columns of a kernel."""
    size = traitlets.Enum(SIZES, 64).tag(sync=True)
    """Rows and columns of a picture."""
    channels = traitlets.Enum(CHANNELS, 16).tag(sync=True)
    """Channels of the input."""
    filters = traitlets.Enum(CHANNELS, 16).tag(sync=True)
    """How many kernels there are."""
    batch = traitlets.Enum(BATCHES, 1).tag(sync=True)
    """How many pictures there are."""
    stride = traitlets.Enum(STRIDES, 1).tag(sync=True)
    """Step from window to window."""
    count = traitlets.Enum(COUNTS, COUNTS[0]).tag(sync=True)
    """What decides who wins."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""

    def costs_of(self, kernel: int, size: int) -> dict[str, Cost]:
        """Return the costs for another kernel and another size of picture."""
        x_shape = self.batch, self.channels, size, size
        return convolution_costs(x_shape, (self.filters, self.channels, kernel, kernel), self.stride)

    @property
    def costs(self) -> dict[str, Cost]:
        """What each algorithm costs."""
        return self.costs_of(self.kernel, self.size)

    @property
    def winners(self) -> tuple[str, ...]:
        """The algorithms that need the least: more than one if they tie."""
        return cheapest(self.costs, self.count)

    @property
    def map(self) -> list[list[tuple[str, ...]]]:
        """The winners, a row for each size of picture, a column for each kernel."""
        return [[cheapest(self.costs_of(kernel, size), self.count) for kernel in KERNELS] for size in SIZES]

    @property
    def output(self) -> np.ndarray:
        """Multiplications, additions and memory, (4, 3): loops, im2col, FFT, Winograd; -1 where it cannot."""
        costs = self.costs
        none = Cost(-1, -1, -1)
        rows = (costs.get(name, none) for name in FACTS["letters"])
        return np.array([[row.multiplications, row.additions, row.memory] for row in rows])

    def describe(self) -> str:
        """Return one line about it."""
        return (
            f"kernel {self.kernel}, size {self.size}, channels {self.channels}, filters {self.filters}, "
            f"batch {self.batch}, stride {self.stride}: fewest {self.count} by {' and '.join(self.winners)}"
        )

    def static_html(self) -> str:
        """Return the counts, the map, and a sentence."""
        return static_copy(self, FACTS)
