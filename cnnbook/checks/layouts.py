"""Exercise on the order of the axes: from NHWC to NCHW."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, raises
from cnnbook.checks.report import Verdict

__all__ = ["to_nchw"]


def to_nchw(function: Callable[..., Any]) -> Verdict:
    """Check ``to_nchw(images)``: a batch of pictures, colours last, with the colours in front.

    ``images`` has shape (N, H, W, C), the result (N, C, H, W).

    Examples
    --------
    >>> to_nchw(lambda images: ...)
    Not attempted yet. Write to_nchw where the ... stands, run that cell, and then this one.
    """
    shapes = (
        ((1, 1, 1, 3), "a single pixel"),
        ((1, 1, 2, 3), ""),
        ((1, 2, 2, 2), "two channels"),
        ((1, 2, 3, 3), "one picture"),
        ((2, 1, 2, 3), "pictures of one row"),
        ((2, 3, 2, 1), "one channel"),
        ((2, 3, 4, 3), "two pictures"),
        ((3, 3, 3, 3), "all sizes three"),
        ((2, 5, 4, 3), "pictures that are not square"),
    )
    cases = [Case({"images": np.arange(float(np.prod(shape))).reshape(shape)}, why) for shape, why in shapes]
    return check(function, "to_nchw", reference=colours_first, cases=cases, diagnoses=TO_NCHW)


def colours_first(images: np.ndarray) -> np.ndarray:
    """Move the last axis behind the first."""
    return images.transpose(0, 3, 1, 2)


def reshaped(images: np.ndarray) -> np.ndarray:
    """Return the right shape with the numbers as they lie in memory."""
    return images.reshape(colours_first(images).shape)


TO_NCHW = (
    Diagnosis(
        computes(reshaped),
        "The shape is right, and the numbers are not: reshape leaves them in the order in which they lie in "
        "memory, so the colours of neighbouring pixels end up in one channel. Move the axes with transpose.",
    ),
    Diagnosis(
        computes(lambda images: images.transpose(0, 3, 2, 1)),
        "Rows and columns have changed places: every picture is mirrored at its diagonal. Only the colours "
        "move; height still comes before width.",
    ),
    Diagnosis(
        computes(lambda images: images.transpose(0, 2, 3, 1)),
        "That is the order for the way back, from NCHW to NHWC. transpose takes, for each new axis, the "
        "number of the old one: the new second axis is the old axis 3.",
    ),
    Diagnosis(
        computes(lambda images: images.transpose(3, 0, 1, 2)),
        "The colours have gone to the very front, before the pictures. The batch stays first.",
    ),
    Diagnosis(
        computes(lambda images: images.T),
        "The attribute T turns the order of all axes round. Name the order that you want: transpose(...).",
    ),
    Diagnosis(
        computes(lambda images: images.swapaxes(2, 3)),
        "The colours have moved by one axis only: they have to pass the columns and the rows.",
    ),
    Diagnosis(
        computes(lambda images: colours_first(images)[:, ::-1]),
        "The colours stand in the wrong order: red stays first.",
    ),
    Diagnosis(
        computes(lambda images: colours_first(images)[0]),
        "Only the first picture is left: the batch keeps its axis.",
    ),
    Diagnosis(
        raises(ValueError, "axes don't match"),
        "You named another number of axes than there are. A batch has four: transpose takes four numbers.",
    ),
)
