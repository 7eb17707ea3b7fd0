"""Layers as small classes: forward, backward, and the parameters in between."""

from cnnbook.layers.base import Flatten, Layer, Sequential
from cnnbook.layers.dense import Linear
from cnnbook.layers.dropout import Dropout
from cnnbook.layers.elementwise import (
    ELU,
    GELU,
    Gaussian,
    LeakyReLU,
    ReLU,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
)
from cnnbook.layers.norm import BatchNorm1d, BatchNorm2d
from cnnbook.layers.sliding import AvgPool2d, Conv2d, GlobalAvgPool2d, MaxPool2d

__all__ = [
    "ELU",
    "GELU",
    "AvgPool2d",
    "BatchNorm1d",
    "BatchNorm2d",
    "Conv2d",
    "Dropout",
    "Flatten",
    "Gaussian",
    "GlobalAvgPool2d",
    "Layer",
    "LeakyReLU",
    "Linear",
    "MaxPool2d",
    "ReLU",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Tanh",
]
