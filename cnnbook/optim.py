"""Optimisers: how far each parameter moves against its gradient."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cnnbook.arguments import as_floats, as_number, check_shape
from cnnbook.half import wide

__all__ = ["SGD", "Adam"]

Parameters = Iterable[tuple[np.ndarray, np.ndarray]]


class Optimiser:
    """Hold (value, gradient) pairs and a memory for each; a subclass says how a value moves."""

    def __init__(self, parameters: Parameters, lr: float, memories: int):
        self.parameters = list(parameters)
        self.lr = as_number(lr, "lr", 0)
        for value, grad in self.parameters:
            as_floats(value=value, grad=grad)
            check_shape("grad", grad, value.shape, "that of its parameter")
        self.memory = [[np.zeros_like(wide(value)) for _ in range(memories)] for value, _ in self.parameters]
        self.steps = 0

    def step(self) -> None:
        """Move every parameter once, in place."""
        self.steps += 1
        for (value, grad), memory in zip(self.parameters, self.memory, strict=True):
            self.move(value, wide(grad), *memory)

    def move(self, value: np.ndarray, grad: np.ndarray, *memory: np.ndarray) -> None:
        """Move one parameter, and bring its memory up to date, both in place."""
        raise NotImplementedError


class SGD(Optimiser):
    r"""Stochastic gradient descent, with momentum if asked for.

    .. math::

        g' = g + \lambda w, \qquad v \leftarrow m v + g', \qquad
        w \leftarrow w - \eta v \quad (\text{Nesterov: } w - \eta (g' + m v))

    Parameters
    ----------
    parameters : iterable of (value, grad)
        Pairs of floating-point arrays of one shape, as a layer's ``parameters()`` yields them.
        The values are moved in place.
    lr : float
        The learning rate :math:`\eta`, at least 0.
    momentum : float
        The part :math:`m` of the last move that goes on, at least 0 and below 1.
    nesterov : bool
        Look ahead along the momentum.
    weight_decay : float
        The pull :math:`\lambda` towards 0, at least 0.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range, ``nesterov`` comes without momentum, or a pair does not fit.

    References
    ----------
    Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013;
    ``torch.optim.SGD``.

    Examples
    --------
    >>> value, grad = np.array([1.0]), np.array([2.0])
    >>> SGD([(value, grad)], lr=0.25).step()
    >>> value
    array([0.5])
    """

    def __init__(
        self,
        parameters: Parameters,
        lr: float,
        momentum: float = 0,
        nesterov: bool = False,
        weight_decay: float = 0,
    ):
        super().__init__(parameters, lr, memories=1)
        self.momentum = as_number(momentum, "momentum", 0, 1)
        self.weight_decay = as_number(weight_decay, "weight_decay", 0)
        self.nesterov = nesterov
        if nesterov and momentum == 0:
            raise ValueError("nesterov=True needs a momentum above 0")

    def move(self, value: np.ndarray, grad: np.ndarray, *memory: np.ndarray) -> None:
        """Move one parameter, and its velocity, in place."""
        (velocity,) = memory
        grad = grad + self.weight_decay * wide(value)
        velocity *= self.momentum
        velocity += grad
        value -= self.lr * (grad + self.momentum * velocity if self.nesterov else velocity)


class Adam(Optimiser):
    r"""Adam: each number moves by its own scale, from running means of gradient and square.

    .. math::

        m \leftarrow \beta_1 m + (1 - \beta_1) g, \quad
        s \leftarrow \beta_2 s + (1 - \beta_2) g^2, \quad
        w \leftarrow w - \eta \, \frac{m / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)} + \epsilon}

    Parameters
    ----------
    parameters : iterable of (value, grad)
        As for :class:`SGD`.
    lr : float
        The learning rate :math:`\eta`, at least 0.
    betas : (float, float)
        How much of the two running means stays at each step, each at least 0 and below 1.
    eps : float
        Keeps the division away from 0; at least 0.
    weight_decay : float
        The pull towards 0, added to the gradient; at least 0.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range, or a pair does not fit.

    References
    ----------
    Kingma and Ba, "Adam: a method for stochastic optimization", 2015; ``torch.optim.Adam``.

    Examples
    --------
    >>> value, grad = np.array([1.0, 1.0]), np.array([1e-3, 1e3])
    >>> Adam([(value, grad)], lr=0.5).step()
    >>> value.round(4)  # the first step has the length lr, whatever the gradient's
    array([0.5, 0.5])
    """

    def __init__(
        self,
        parameters: Parameters,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
    ):
        super().__init__(parameters, lr, memories=2)
        if not isinstance(betas, (tuple, list)) or len(betas) != 2:
            raise ValueError(f"betas must be two numbers, got {betas!r}")
        self.betas = as_number(betas[0], "betas[0]", 0, 1), as_number(betas[1], "betas[1]", 0, 1)
        self.eps = as_number(eps, "eps", 0)
        self.weight_decay = as_number(weight_decay, "weight_decay", 0)

    def move(self, value: np.ndarray, grad: np.ndarray, *memory: np.ndarray) -> None:
        """Move one parameter, and its running means, in place."""
        mean, square = memory
        grad = grad + self.weight_decay * wide(value)
        beta, beta_square = self.betas
        mean += (1 - beta) * (grad - mean)
        square += (1 - beta_square) * (grad * grad - square)
        spread = np.sqrt(square / (1 - beta_square**self.steps)) + self.eps
        value -= self.lr / (1 - beta**self.steps) * mean / spread
