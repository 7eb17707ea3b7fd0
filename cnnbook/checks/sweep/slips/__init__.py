"""Wrong convolutions and wrong gradients, each with what to tell who wrote it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnbook.checks.sweep.arrays import Convolution

__all__ = ["GradientSlip", "OutputSlip"]

OutputSlip = tuple[str, Callable[[Convolution], np.ndarray]]
GradientSlip = tuple[str, Callable[[Convolution, np.ndarray], np.ndarray]]
