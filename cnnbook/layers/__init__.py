"""Layers as small classes: forward, backward, and the parameters in between."""

from cnnbook.layers.base import *
from cnnbook.layers.dense import *
from cnnbook.layers.dropout import *
from cnnbook.layers.elementwise import *
from cnnbook.layers.norm import *
from cnnbook.layers.sliding import *

__all__ = sorted(name for name, value in vars().items() if callable(value) and name[0] != "_")
