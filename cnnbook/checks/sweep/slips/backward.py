"""Wrong gradients of a convolution, each with what to tell who wrote it."""

from __future__ import annotations

from cnnbook.checks.sweep.slips import GradientSlip
from cnnbook.checks.sweep.slips.of_input import of_input
from cnnbook.checks.sweep.slips.of_parameters import of_bias, of_weights

__all__ = ["backward_slips"]


def backward_slips() -> dict[str, list[GradientSlip]]:
    """Return every wrong gradient that is known, with its diagnosis, by the argument's name."""
    return {"x": [*of_input()], "weight": [*of_weights()], "bias": [*of_bias()]}
