"""Hints that several exercises share."""

from __future__ import annotations

import numpy as np

from cnnbook.checks.diagnosis import only_where

__all__ = ["COUNT", "FLIPPED", "NAN_CASES", "SQUARE_ONLY", "TOO_LARGE", "TOUCHES"]

COUNT = (
    "The first window starts at 0 and the last at H - K_h, so there are H - K_h + 1 of them, "
    "and W - K_w + 1 across."
)
FLIPPED = (
    "Your result is the flipped one: you computed a convolution. Leave the kernel as it stands: "
    "image[i + u, j + v] goes with kernel[u, v]."
)
TOO_LARGE = "Your result is as large as the image, but only windows that lie wholly inside it count."
TOUCHES = "You counted every window that touches the image: only those that lie wholly inside it count."
NAN_CASES = only_where(
    lambda image, *_: bool(np.isnan(image).any()),
    "Every case that fails has a NaN in it. A NaN belongs to the windows that hold it, and to no others.",
)
SQUARE_ONLY = only_where(
    lambda *arguments: any(is_oblong(argument) for argument in arguments),
    "Every case that fails is one where height and width differ: look for a place that uses the height "
    "for the width, or the other way round.",
)


def is_oblong(argument: object) -> bool:
    """Tell whether an array or a (height, width) pair has a height that is not its width."""
    shape = argument if isinstance(argument, tuple) else np.shape(argument)
    return len(shape) == 2 and shape[0] != shape[1]
