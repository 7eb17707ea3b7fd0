"""Costs: what each algorithm for a convolutional layer multiplies, adds and holds, counted not measured."""

from cnnbook.costs.cost import *
from cnnbook.costs.plain import *
from cnnbook.costs.race import *
from cnnbook.costs.spectra import *
from cnnbook.costs.tiled import *

__all__ = sorted(name for name, value in vars().items() if callable(value) and name[0] != "_")
