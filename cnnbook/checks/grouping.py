"""Exercise on groups: a convolution whose filters see a part of the channels each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, has_shape, only_where, raises
from cnnbook.checks.inputs import digits, signed
from cnnbook.checks.report import Verdict
from cnnbook.conv_batch import conv2d

__all__ = ["grouped"]


def grouped(function: Callable[..., Any]) -> Verdict:
    """Check ``grouped(x, weight, groups)``: a grouped convolution of one picture.

    ``x`` has shape (C_in, H, W), ``weight`` (C_out, C_in / groups, K_h, K_w). Channels and filters
    are cut into as many groups of neighbours, and each group of filters sees its group of channels.

    Examples
    --------
    >>> grouped(lambda x, weight, groups: ...)
    Not attempted yet. Write grouped where the ... stands, run that cell, and then this one.
    """
    shapes = (
        ((1, 2, 2), (1, 1, 1, 2), 1, "one group"),
        ((2, 2, 2), (2, 1, 1, 2), 2, "depthwise"),
        ((2, 2, 3), (4, 1, 2, 2), 2, "two filters for each group"),
        ((4, 2, 2), (2, 2, 2, 1), 2, "two groups of two channels"),
        ((4, 3, 2), (4, 2, 2, 2), 2, "two groups, four filters"),
        ((3, 3, 3), (3, 1, 2, 3), 3, "depthwise, three channels"),
        ((3, 2, 3), (6, 1, 1, 1), 3, "three groups"),
        ((2, 3, 4), (3, 2, 2, 2), 1, "one group, three filters"),
        ((6, 3, 3), (9, 2, 2, 2), 3, "three groups of two channels and three filters"),
    )
    cases = [
        Case({"x": digits(*x), "weight": signed(*weight), "groups": groups}, why)
        for x, weight, groups, why in shapes
    ]
    return check(function, "grouped", reference=right, cases=cases, diagnoses=GROUPED)


def right(x: np.ndarray, weight: np.ndarray, groups: int) -> np.ndarray:
    """Return the maps, group after group."""
    return conv2d(x[None], weight, groups=groups)[0]


def parts(
    x: np.ndarray, weight: np.ndarray, groups: int, order: Callable[[int], int] = lambda group: group
) -> list[np.ndarray]:
    """Return the maps of each group of filters, which sees the channels of group ``order(group)``."""
    channels, filters = np.split(x, groups), np.split(weight, groups)
    return [conv2d(channels[order(g)][None], filters[g])[0] for g in range(groups)]


def ungrouped(x: np.ndarray, weight: np.ndarray, channels: Sequence[int]) -> np.ndarray:
    """Return the maps with certain channels for every filter."""
    return conv2d(x[None, channels], weight)[0]


GROUPED = (
    Diagnosis(
        computes(lambda x, w, g: ungrouped(x, w, range(w.shape[1]))),
        "Every filter of yours sees the first channels, as if there were no groups. Filters of the second "
        "group see the second part of the channels, and so on.",
    ),
    Diagnosis(
        computes(lambda x, w, g: conv2d(x[None], np.tile(w, (1, g, 1, 1)))[0]),
        "You ignored the groups: every filter sees all channels, its weights repeated. A filter sees the "
        "channels of its own group only.",
    ),
    Diagnosis(
        computes(lambda x, w, g: np.concatenate(parts(x, w, g, lambda group: g - 1 - group))),
        "The groups are crossed: the first group of filters belongs to the first group of channels.",
    ),
    Diagnosis(
        computes(
            lambda x, w, g: np.stack(
                [ungrouped(x, w[o : o + 1], range(x.shape[0])[o % g :: g])[0] for o in range(len(w))]
            )
        ),
        "You dealt the channels out like cards, every groups-th one to a group. A group is a block of "
        "neighbours: channels 0 to C_in / groups - 1 come first.",
    ),
    Diagnosis(
        computes(lambda x, w, g: np.stack(parts(x, w, g), axis=1).reshape(right(x, w, g).shape)),
        "The maps are right, and stand in the wrong order: they have to come group after group, as the "
        "filters do.",
    ),
    Diagnosis(
        has_shape(lambda x, w, g: (len(w) // g, *right(x, w, g).shape[1:])),
        "You have the maps of one group only, or the sum over the groups. Groups do not mix: put their maps "
        "one after the other.",
    ),
    Diagnosis(
        has_shape(lambda x, w, g: (g, len(w) // g, *right(x, w, g).shape[1:])),
        "These are the right maps with an axis for the groups: join them along the first axis, as "
        "np.concatenate does.",
    ),
    Diagnosis(
        raises(ValueError, "channels"),
        "A filter meets more channels than it has slices. Cut x into groups of C_in / groups channels first.",
    ),
    only_where(
        lambda x, w, g: w.shape[1] > 1,
        "Every case that fails has more than one channel in a group: sum over the channels of the group.",
    ),
    only_where(
        lambda x, w, g: len(w) != g,
        "Every case that fails has more than one filter in a group: filter o belongs to group "
        "o // (C_out / groups).",
    ),
)
