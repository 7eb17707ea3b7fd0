"""What all layers share, and the two that only arrange: Sequential and Flatten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from cnnbook.arguments import as_floats, check_shape

__all__ = ["Flatten", "Layer", "Sequential"]


class Layer:
    """A function with parameters that remembers its last input.

    A subclass has ``forward`` and ``backward``. It names its parameters in ``parameter_names`` and
    its other state in ``buffer_names``; the gradient of ``weight`` is ``grad_weight``.

    Examples
    --------
    >>> class Double(Layer):
    ...     def forward(self, x):
    ...         return 2 * x
    ...
    ...     def backward(self, grad_out):
    ...         return 2 * grad_out
    >>> Double()(np.array([1.0, 2.0]))
    array([2., 4.])
    """

    parameter_names: tuple[str, ...] = ()
    buffer_names: tuple[str, ...] = ()
    training = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the output for ``x``, and keep what ``backward`` will need."""
        raise NotImplementedError

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        """Return the gradient for the last input, and overwrite the parameters' gradients."""
        raise NotImplementedError

    def parameters_backward(self, grad_out: np.ndarray) -> None:
        """Overwrite the parameters' gradients: what training asks of the first layer."""
        self.backward(grad_out)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """Call ``forward``."""
        return self.forward(x)

    def children(self) -> dict[str, Layer]:
        """Return the layers inside this one, by name."""
        return {}

    def parameters(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield a pair (value, gradient) for each parameter; the arrays stay the same ones."""
        for name in self.parameter_names:
            yield getattr(self, name), getattr(self, f"grad_{name}")
        for child in self.children().values():
            yield from child.parameters()

    def add_parameter(self, name: str, value: np.ndarray) -> None:
        """Keep a parameter, with a gradient of zeros beside it."""
        setattr(self, name, value)
        setattr(self, f"grad_{name}", np.zeros_like(value))
        self.parameter_names = (*self.parameter_names, name)

    def train(self, mode: bool = True) -> Layer:
        """Switch to training, where batch statistics and dropout are at work; return the layer."""
        self.training = mode
        for child in self.children().values():
            child.train(mode)
        return self

    def eval(self) -> Layer:
        """Switch to evaluation, where the output depends on nothing but the input; return the layer."""
        return self.train(False)

    def state(self) -> dict[str, np.ndarray]:
        """Return the arrays themselves that make up the state, by name."""
        own = {name: getattr(self, name) for name in (*self.parameter_names, *self.buffer_names)}
        for key, child in self.children().items():
            own |= {f"{key}.{name}": array for name, array in child.state().items()}
        return own

    def state_dict(self) -> dict[str, np.ndarray]:
        """Return a copy of the state; ``np.savez(path, **layer.state_dict())`` stores it without pickle."""
        return {name: array.copy() for name, array in self.state().items()}

    def load_state_dict(self, state: Mapping[str, np.ndarray]) -> None:
        """Copy a state into the layer: a dict, or what ``np.load(path)`` returns.

        Raises
        ------
        ValueError
            If a name is missing or unknown, or an array has another shape; nothing is copied then.
        TypeError
            If an array has another dtype; nothing is copied then.
        """
        own = self.state()
        if set(own) != set(state):
            missing, unknown = sorted(set(own) - set(state)), sorted(set(state) - set(own))
            raise ValueError(f"the state must name {sorted(own)}: missing {missing}, unknown {unknown}")
        arrays = {name: np.asarray(state[name]) for name in own}
        for name, array in arrays.items():
            check_shape(name, array, own[name].shape, "that of the layer's own")
            if array.dtype != own[name].dtype:
                raise TypeError(f"{name} must have dtype {own[name].dtype}, got {array.dtype}")
        for name, array in arrays.items():
            own[name][...] = array

    def last(self, name: str) -> np.ndarray:
        """Return what ``forward`` kept under ``name``, or raise ``RuntimeError`` if it was not called."""
        if not hasattr(self, name):
            raise RuntimeError(f"{type(self).__name__}: call forward before backward")
        return getattr(self, name)


class Sequential(Layer):
    """Layers one after the other.

    Parameters
    ----------
    *layers : Layer
        In the order of the forward pass.

    Raises
    ------
    TypeError
        If an argument is not a :class:`Layer`.

    Examples
    --------
    >>> Sequential(Flatten(), Flatten())(np.zeros((2, 3, 4, 5))).shape
    (2, 60)
    """

    def __init__(self, *layers: Layer):
        for layer in layers:
            if not isinstance(layer, Layer):
                raise TypeError(f"each argument must be a Layer, got {layer!r}")
        self.layers = list(layers)

    def children(self) -> dict[str, Layer]:
        """Return the layers; their names are their places, from "0"."""
        return {str(place): layer for place, layer in enumerate(self.layers)}

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Apply the layers in order."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        """Go back through the layers in the opposite order."""
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters_backward(self, grad_out: np.ndarray) -> None:
        """Go back through the layers; the first need not say what its input's gradient is."""
        for layer in reversed(self.layers[1:]):
            grad_out = layer.backward(grad_out)
        for first in self.layers[:1]:
            first.parameters_backward(grad_out)


class Flatten(Layer):
    """Make one row of numbers out of each image: (N, C, H, W) becomes (N, C * H * W).

    Examples
    --------
    >>> Flatten()(np.zeros((2, 3, 4, 5))).shape
    (2, 60)
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the rows."""
        (x,) = as_floats(x=x)
        if x.ndim < 2:
            raise ValueError(f"x must have at least two axes, the first for the batch, got shape {x.shape}")
        self.shape = x.shape
        return x.reshape(x.shape[0], int(np.prod(x.shape[1:])))

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        """Give the gradient the shape that the input had."""
        shape = self.last("shape")
        (grad_out,) = as_floats(grad_out=grad_out)
        rule = f"that of the output for an input of {shape}"
        check_shape("grad_out", grad_out, (shape[0], int(np.prod(shape[1:]))), rule)
        return grad_out.reshape(shape)
