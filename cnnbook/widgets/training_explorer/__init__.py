"""TrainingExplorer: the book's digit network, trained in front of the reader."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import traitlets

from cnnbook.activations import softmax
from cnnbook.layers import Sequential
from cnnbook.losses import cross_entropy
from cnnbook.optim import SGD, Adam, Optimiser
from cnnbook.training import fit, predict
from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.training_explorer import copy, start
from cnnbook.widgets.training_explorer.records import Record, Weights
from cnnbook.widgets.traits import Whole

__all__ = ["TrainingExplorer"]

FACTS = json.loads(files(__package__).joinpath("facts.json").read_text("utf-8"))
CONTROLS = ("rate", "batch", "optimiser", "network", "seed")
PICTURES = cache(start.parts)


class TrainingExplorer(BookWidget):
    """Train the book's digit network step by step, and watch what it learns.

    The page trains by itself. In a notebook the traits follow whenever the training pauses, and
    Python can go on from there: :meth:`train`.

    Parameters
    ----------
    learning_rate : float
        The length of the steps, from 0.00001 to 10.
    batch_size : int
        Pictures a step, from 1 to 256.
    optimiser : {"SGD", "momentum", "Adam"}
        Momentum is 0.9; Adam has the settings of :class:`cnnbook.Adam`.
    filters : int
        Filters of each of the two convolutions, from 1 to 16.
    activation : {"ReLU", "tanh"}
        What follows each convolution.
    pooling : bool
        Whether a max pooling of 2 stands before the fully connected layer.
    seed : int
        For the first weights and the order of the pictures, from 0 to 999; it counts from the next
        :meth:`restart`.
    weights : array_like, shape (n,), or "first"
        All weights in one row, in the order of the network's ``parameters()``.
    loss : array_like, shape (steps,)
        The loss of each step so far, at most 4000.
    held_out : array_like, shape (k, 2)
        After how many steps the held-out pictures were looked at, and which part was read right.
    digit : int
        The held-out picture that is looked into.
    controls : sequence of str
        Which controls the reader gets, out of ``"rate"``, ``"batch"``, ``"optimiser"``, ``"network"``
        and ``"seed"``.

    Raises
    ------
    traitlets.TraitError
        If a value is refused; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Notes
    -----
    The held-out pictures are every sixth of the training part of :func:`cnnbook.data.digits`: whoever
    tries out settings here has not chosen by the test part.

    Examples
    --------
    >>> explorer = TrainingExplorer(filters=4, optimiser="Adam", learning_rate=0.003)
    >>> explorer.output.shape
    (239, 10)
    >>> explorer.train(epochs=1)
    >>> len(explorer.loss), bool(explorer.loss[-1] < explorer.loss[0])
    (38, True)
    """

    bundles = ("digits-train",)

    learning_rate = traitlets.Float(0.1, min=1e-5, max=10).tag(sync=True)
    """The length of the steps."""
    batch_size = Whole(32, 1, 256)
    """Pictures a step."""
    optimiser = traitlets.Enum(FACTS["optimisers"], "SGD").tag(sync=True)
    """How a weight follows its gradient."""
    filters = Whole(8, 1, 16)
    """Filters of each convolution."""
    activation = traitlets.Enum(FACTS["activations"], "ReLU").tag(sync=True)
    """What follows each convolution."""
    pooling = traitlets.Bool(True).tag(sync=True)
    """Whether there is a max pooling."""
    seed = Whole(0, 0, 999)
    """For the first weights and the order of the pictures."""
    weights = Weights(most=20_000, bound=FACTS["largest"])
    """All weights in one row, read-only: assign a new array to change them."""
    loss = Record(most=FACTS["steps"], bound=1e9)
    """The loss of each step so far, read-only."""
    held_out = Record(columns=2, most=FACTS["steps"])
    """After which step which part of the held-out pictures was read right, read-only."""
    digit = Whole(0, 0, 238)
    """The held-out picture that is looked into."""
    controls = traitlets.List(traitlets.Enum(CONTROLS), list(CONTROLS)).tag(sync=True)
    """The controls that the reader gets."""

    _bundles = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("_bundles")
    def _packed(self) -> dict[str, Any]:
        return self.packed_bundles()

    @traitlets.default("weights")
    def _weights(self) -> np.ndarray:
        return self.first_weights()

    def _empty(self) -> Sequential:
        return start.network(self.filters, self.activation, self.pooling)

    def first_weights(self, seed: int | None = None) -> np.ndarray:
        """Return the weights that a training begins with: :func:`cnnbook.he`, uniform; biases 0."""
        return start.first_weights(self._empty(), self.seed if seed is None else int(seed))

    @traitlets.validate("weights")
    def _fits(self, proposal: Any) -> Any:
        wanted = start.flat(self._empty()).size
        if proposal.value.size != wanted:
            raise traitlets.TraitError(
                f"weights must be {wanted} numbers for {self.describe()}, got {proposal.value.size}"
            )
        return proposal.value

    @traitlets.observe("filters", "pooling")
    def _follow(self, change: Any) -> None:
        if self.weights.size != start.flat(self._empty()).size:
            self.restart()

    @property
    def network(self) -> Sequential:
        """The network with the present weights: a copy, in float64."""
        model = self._empty()
        start.load(model, self.weights)
        return model

    @property
    def output(self) -> np.ndarray:
        """The probabilities that the network gives the held-out pictures, (239, 10)."""
        return softmax(predict(self.network, PICTURES()[2]), axis=1)

    @property
    def accuracy(self) -> float:
        """Which part of the held-out pictures it reads right."""
        return float(np.mean(self.output.argmax(axis=1) == PICTURES()[3]))

    def restart(self) -> None:
        """Go back to the first weights."""
        self.weights, self.loss, self.held_out = self.first_weights(), np.zeros(0), np.zeros((0, 2))

    def _optimiser(self, model: Sequential) -> Optimiser:
        if self.optimiser == "Adam":
            return Adam(model.parameters(), self.learning_rate)
        momentum = FACTS["momentum"] if self.optimiser == "momentum" else 0
        return SGD(model.parameters(), self.learning_rate, momentum)

    def _trained(self, epochs: int) -> tuple[Sequential, list[float]]:
        """Return the network after some more epochs of :func:`cnnbook.fit`, and the loss of each step."""
        x, y, *_ = PICTURES()
        model, losses = self.network, []

        def noted(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
            value, grad = cross_entropy(logits, labels)
            losses.append(value)
            return value, grad

        each = -(-len(x) // self.batch_size)  # steps an epoch, the last of them smaller
        order = start.Order(self.seed, epoch=-(-len(self.loss) // each))
        options = {"loss": noted, "metrics": {}, "progress": False, "rng": order}
        fit(model, x, y, self._optimiser(model), epochs=epochs, batch_size=self.batch_size, **options)
        return model, losses

    def train(self, epochs: int = 1) -> None:
        """Go on in Python, by :func:`cnnbook.fit`, with a fresh optimiser.

        Raises
        ------
        FloatingPointError
            If the loss is not finite any more; the widget keeps what it had.
        """
        if len(self.held_out) == len(self.loss) == 0:
            self.held_out = [[0, self.accuracy]]
        model, losses = self._trained(epochs)
        self.weights, self.loss = start.flat(model), np.concatenate([self.loss, losses])
        self.held_out = np.concatenate([self.held_out, [[len(self.loss), self.accuracy]]])

    def describe(self) -> str:
        """Return one line about it."""
        pooling = "pooling" if self.pooling else "no pooling"
        return (
            f"{self.filters} filters, {self.activation}, {pooling}, {self.optimiser}, "
            f"rate {self.learning_rate:g}, {len(self.loss)} steps"
        )

    def static_html(self) -> str:
        """Return what it shows: the losses, the first kernels, the digit and what the network makes of it."""
        losses, ahead = self.loss, ""
        if len(losses) == 0:
            try:
                losses, ahead = np.array(self._trained(1)[1]), "the first epoch, computed by NumPy: "
            except FloatingPointError:
                losses = np.zeros(0)
        x, label = PICTURES()[2][self.digit, 0], int(PICTURES()[3][self.digit])
        right = round(self.accuracy * len(PICTURES()[3]))
        return (
            copy.losses(ahead, losses)
            + copy.filters(self.network, x)
            + copy.reading(x, label, self.output[self.digit])
            + copy.words(len(self.loss), right, len(PICTURES()[3]))
        )
