"""ActivationExplorer: a curve and its slope, a picture that is bent, and what twenty layers leave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import traitlets

from cnnbook import activations
from cnnbook.conv import cross_correlate2d
from cnnbook.data import PICTURES, photo, to_grey
from cnnbook.depth import expected_sizes
from cnnbook.widgets import frontend
from cnnbook.widgets.activation_explorer.copy import static_copy
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.traits import Picture, Whole

__all__ = ["ActivationExplorer"]

FACTS = json.loads(Path(__file__).with_name("facts.json").read_text("utf-8"))
NAMES = tuple(FACTS["titles"])
MODES = ("curve", "picture", "chain")
CONTROLS = ("mode", "function", "compare", "slope", "picture", "chain")
SIDE, BINS, REACH = (FACTS[name] for name in ("side", "bins", "reach"))


class Real(traitlets.TraitType):
    """A trait that holds a real number between two limits, both allowed."""

    def __init__(self, default: float, minimum: float, maximum: float) -> None:
        self.minimum, self.maximum = minimum, maximum
        super().__init__(default_value=default)
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> float:
        """Return ``value`` as a ``float`` within the limits."""
        number = value if isinstance(value, int | float | np.number) and not isinstance(value, bool) else None
        if number is None or not self.minimum <= number <= self.maximum:
            raise traitlets.TraitError(
                f"{self.name} must be a number from {self.minimum} to {self.maximum}, got {value!r}"
            )
        return float(number)


class ActivationExplorer(BookWidget):
    """Drag a point along an activation, send a picture through it, or a signal through many layers.

    Parameters
    ----------
    function : str
        The activation, by its name in the package: ``"relu"``, ``"leaky_relu"``, ``"elu"``,
        ``"softplus"``, ``"silu"``, ``"gelu"``, ``"sigmoid"``, ``"tanh"`` or ``"gaussian"``.
    compare : sequence of str
        Up to three others, drawn thinner.
    x : float
        Where value and slope are taken, from -4 to 4.
    slope : float
        The slope of the leak of the leaky ReLU, from 0 to 1.
    mode : {"curve", "picture", "chain"}
        What is shown.
    picture : array_like, shape (H, W) or (H, W, 3), or str
        A picture of 3 to 256 pixels a side, or the name of a bundled one; its grey levels are used.
    gain, bias : float
        What the map of its edges is multiplied by, from 0.25 to 8, once its size is 1; and what is
        added, from -3 to 3.
    initialiser : {"he", "glorot", "sqrt_channels"}
        How the weights of the layers are drawn, by the name in the package. The layers are
        3 x 3, with as many channels out as in.
    depth : int
        How many layers, from 1 to 20.
    controls : sequence of str
        Which controls the reader gets, out of ``"mode"``, ``"function"``, ``"compare"``, ``"slope"``,
        ``"picture"`` and ``"chain"``.

    Raises
    ------
    traitlets.TraitError
        If a value is refused; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> explorer = ActivationExplorer(function="leaky_relu", slope=0.25, x=-2)
    >>> explorer.output
    array([-0.5 ,  0.25])
    """

    function = traitlets.Enum(NAMES, NAMES[0]).tag(sync=True)
    """The activation."""
    compare = traitlets.List(traitlets.Enum(NAMES), [], maxlen=FACTS["most_compared"]).tag(sync=True)
    """Others, drawn thinner."""
    x = Real(1.0, -REACH, REACH)
    """Where value and slope are taken."""
    slope = Real(0.1, 0, 1)
    """The slope of the leak of the leaky ReLU."""
    mode = traitlets.Enum(MODES, MODES[0]).tag(sync=True)
    """What is shown."""
    picture = Picture()
    """The picture, read-only: assign a new array, or a name, to change it."""
    gain = Real(1.0, 0.25, 8)
    """What the map of edges is multiplied by."""
    bias = Real(0.0, -3, 3)
    """What is added to the map of edges."""
    initialiser = traitlets.Enum(tuple(FACTS["gains"]), "he").tag(sync=True)
    """How the weights of the layers are drawn."""
    depth = Whole(20, 1, 20)
    """How many layers."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""
    _pictures = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("picture")
    def _picture(self) -> np.ndarray:
        return photo()

    @traitlets.default("_pictures")
    def _packed(self) -> dict[str, Any]:
        return {name: frontend.packed_picture(name) for name in PICTURES}

    @traitlets.validate("picture")
    def _is_wide_enough(self, proposal: Any) -> Any:
        if min(proposal.value.shape[:2]) < 3:
            raise traitlets.TraitError(
                f"picture must have at least 3 pixels a side, got {proposal.value.shape}"
            )
        return proposal.value

    def applied(self, name: str, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return what an activation makes of numbers, and its slope at each."""
        more = {"slope": self.slope} if name == "leaky_relu" else {}
        z = np.asarray(z, float)
        back = getattr(activations, f"{name}_backward")(np.ones_like(z), z, **more)
        return getattr(activations, name)(z, **more), back

    @property
    def values(self) -> np.ndarray:
        """Value and slope at ``x``, a row for each function, the main one first."""
        names = [self.function, *self.compare]
        return np.array([np.ravel(self.applied(name, np.array([self.x]))) for name in names])

    @property
    def map(self) -> np.ndarray:
        """The vertical edges of the middle of the picture, with ``gain`` and ``bias``."""
        picture = np.asarray(self.picture, float)
        grey = picture if picture.ndim == 2 else to_grey(np.asarray(self.picture)).astype(float)
        H, W = grey.shape
        h, w = min(SIDE, H), min(SIDE, W)
        top, left = (H - h) // 2, (W - w) // 2
        kernel = np.array(FACTS["kernel"], float).reshape(3, 3)
        edges = cross_correlate2d(np.ascontiguousarray(grey[top : top + h, left : left + w]), kernel)
        size = np.sqrt(np.mean(edges**2)) or 1.0
        return edges * (self.gain / size) + self.bias

    @property
    def histograms(self) -> np.ndarray:
        """How many numbers of the map, and of what becomes of it, lie in each bin; (2, 40)."""
        found = np.stack([self.map, self.applied(self.function, self.map)[0]])
        bins = np.clip(np.floor((found + REACH) * (BINS / (2 * REACH))), 0, BINS - 1).astype(int)
        return np.stack([np.bincount(one.ravel(), minlength=BINS) for one in bins])

    @property
    def sizes(self) -> np.ndarray:
        """The expected sizes of the signal and of the gradient in each layer, (2, depth)."""
        gain = FACTS["gains"][self.initialiser]

        def function(z: np.ndarray) -> np.ndarray:
            return self.applied(self.function, z)[0]

        def backward(grad_out: np.ndarray, z: np.ndarray) -> np.ndarray:
            return grad_out * self.applied(self.function, z)[1]

        return np.stack(expected_sizes(function, backward, gain, self.depth))

    @property
    def output(self) -> np.ndarray:
        """Value and slope at ``x``; the bent map; or the sizes: by the mode."""
        if self.mode == "picture":
            return self.applied(self.function, self.map)[0]
        return self.sizes if self.mode == "chain" else self.values[0]

    def describe(self) -> str:
        """Return the mode and its settings in one line."""
        if self.mode == "picture":
            return f"{self.function} on a map, gain {self.gain:g}, bias {self.bias:g}"
        if self.mode == "chain":
            return f"{self.depth} layers of {self.function}, {self.initialiser}"
        return f"{', '.join([self.function, *self.compare])} at {self.x:g}"

    def static_html(self) -> str:
        """Return tables of the numbers, and a sentence."""
        return static_copy(self, FACTS)
