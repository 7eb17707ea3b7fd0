"""Exercise: a convolution whose filters see a part of the channels each."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds
from cnnbook.checks.wording import OBLONG
from cnnbook.conv_batch import conv2d

SIZES = (((2, 2), (1, 2)), ((3, 4), (2, 2)), ((3, 3), (2, 2)))
LAYERS = [
    ((groups * n, *size), (groups * m, n, *kernel), groups)
    for groups, n, m, (size, kernel) in grid((1, 2, 3), (1, 2), (1, 2, 3), SIZES)
]


@exercise(
    cases=[
        *((digits(*x), signed(*weight), groups) for x, weight, groups in LAYERS),
        *(
            (make(4, 3, 4), thirds(4, 4 // groups, 2, 3), groups)
            for make, groups in grid((digits, thirds), (1, 2, 4))
        ),
        (thirds(4, 3, 4), signed(4, 2, 2, 3), 2),
    ],
    mistakes=f"""
    return conv2d(x[None, : weight.shape[1]], weight)[0]
        Every filter of yours sees the first channels: filters of the second group see the second part.
    return conv2d(x[None, -weight.shape[1] :], weight)[0]
        Every filter of yours sees the last channels: each group of filters has its own part of them.
    return conv2d(x[None], np.tile(weight, (1, groups, 1, 1)))[0]
        You ignored the groups: a filter sees the channels of its own group only, and not all of them.
    np.split(x, groups), -> np.split(x, groups)[::-1],
        The groups are crossed: the first group of filters belongs to the first group of channels.
    return np.concatenate([conv2d(x[None, o % groups :: groups], w[None])[0] for o, w in enumerate(weight)])
    np.split(x, groups) -> [x[g::groups] for g in range(groups)]
        You dealt the channels out like cards. A group is a block of neighbours: 0 to C_in / groups - 1 first.
    np.split(weight, groups) -> [weight[g::groups] for g in range(groups)]
        You dealt the filters out like cards. A group is a block of neighbours: 0 to C_out / groups - 1 first.
    return np.stack(np.split(result, groups), axis=1).reshape(result.shape)
    return np.concatenate(np.split(result, groups)[::-1])
        The maps are right, and stand in the wrong order: they come group after group, as the filters do.
    return sum(np.split(result, groups))
    return result[: len(weight) // groups]
    return result[-(len(weight) // groups) :]
        You have the maps of one group only, or the sum over the groups: put all maps one after the other.
    np.concatenate -> np.stack
        These are the right maps with an axis for the groups: join them along the first axis.
    return np.concatenate(np.split(result, groups), axis=1)
        You joined the groups along the rows: maps stand one after the other along the first axis.
    return np.stack([part[0] for part in np.split(result, groups)])
        There is one map for each group: a group has C_out / groups filters, and as many maps.
    weight = weight[..., ::-1, ::-1]
        You flipped every slice: that is a convolution. Leave the slices as they stand.
    return conv2d(x[None], weight)[0]
        A filter meets more channels than it has slices. Cut x into groups of C_in / groups channels first.
    return np.concatenate([conv2d(part[None], weight)[0] for part in np.split(x, groups)])
        Every group of channels meets all filters: cut the filters into groups as well.
    where weight.shape[1] > 1
        Every case that fails has more than one channel in a group: sum over the channels of the group.
    where len(weight) > groups > 1
        Every case that fails has more than one filter in a group: filter o is in group o // (C_out / groups).
    where x.shape[1] != x.shape[2] or weight.shape[2] != weight.shape[3]
        {OBLONG}
    """,
)
def grouped(x, weight, groups):
    """Return a convolution of one picture, (C_in, H, W), in groups; weight is (C_out, C_in / groups, ...)."""
    channels, filters = np.split(x, groups), np.split(weight, groups)
    return np.concatenate([conv2d(channels[g][None], filters[g])[0] for g in range(groups)])
