"""Pooling: one number for each window and channel."""

from cnnbook.pooling.average import *
from cnnbook.pooling.maximum import *

__all__ = sorted(name for name, value in vars().items() if callable(value) and name[0] != "_")
