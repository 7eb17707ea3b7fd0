"""Activations: what a layer does to each number by itself, each with its derivative."""

from cnnbook.activations.competing import *
from cnnbook.activations.rectified import *
from cnnbook.activations.smooth import *
from cnnbook.activations.squashing import *

__all__ = sorted(name for name, value in vars().items() if callable(value) and name[0] != "_")
