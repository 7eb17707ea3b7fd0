"""Activations: what a layer does to each number by itself, each with its derivative."""

from cnnbook.activations.competing import log_softmax, log_softmax_backward, softmax, softmax_backward
from cnnbook.activations.rectified import (
    elu,
    elu_backward,
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
)
from cnnbook.activations.smooth import gelu, gelu_backward, silu, silu_backward, softplus, softplus_backward
from cnnbook.activations.squashing import (
    gaussian,
    gaussian_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)

__all__ = [
    "elu",
    "elu_backward",
    "gaussian",
    "gaussian_backward",
    "gelu",
    "gelu_backward",
    "leaky_relu",
    "leaky_relu_backward",
    "log_softmax",
    "log_softmax_backward",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "silu",
    "silu_backward",
    "softmax",
    "softmax_backward",
    "softplus",
    "softplus_backward",
    "tanh",
    "tanh_backward",
]
