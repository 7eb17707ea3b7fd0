"""Wrong convolutions, each with what to tell who wrote it."""

from __future__ import annotations

from cnnbook.checks.sweep.slips import OutputSlip
from cnnbook.checks.sweep.slips.borders import borders
from cnnbook.checks.sweep.slips.channels import weights
from cnnbook.checks.sweep.slips.results import results

__all__ = ["forward_slips"]


def forward_slips() -> list[OutputSlip]:
    """Return every wrong forward pass that is known, with its diagnosis."""
    return [*weights(), *borders(), *results()]
