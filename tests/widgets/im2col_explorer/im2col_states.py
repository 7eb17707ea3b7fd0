"""Random states of an Im2colExplorer, and where its entries come from, by NumPy."""

import numpy as np
import traitlets
from pages import drawn_by

from cnnbook.im2col import im2col
from cnnbook.widgets import Im2colExplorer
from cnnbook.widgets.im2col_explorer.tables import ARRANGEMENTS, arrange


def random_state(rng, **given):
    """Return an explorer in a random state that is small enough."""
    while True:
        draw = drawn_by(rng)
        C = rng.integers(1, 4)
        state = {
            "x": draw((rng.integers(1, 4), C, rng.integers(1, 7), rng.integers(1, 7))),
            "weight": draw((rng.integers(1, 5), C, rng.integers(1, 4), rng.integers(1, 4))),
            "stride": rng.integers(1, 4),
            "padding": rng.integers(0, 3),
            "dilation": rng.integers(1, 3),
            "arrangement": str(rng.choice(ARRANGEMENTS)),
            **given,
        }
        try:
            explorer = Im2colExplorer(**state)
        except traitlets.TraitError as error:
            if "refused" not in str(error):
                raise
            continue
        explorer.position = int(rng.integers(explorer.windows))
        return explorer


def origins(explorer):
    """Return for each entry of the columns the number of its pixel, -1 on the padding, in its arrangement."""
    ids = np.arange(explorer.x.size).reshape(explorer.x.shape) + 1
    sizes = (explorer.weight.shape[2:], explorer.stride, explorer.padding, explorer.dilation)
    return arrange(im2col(ids, *sizes), explorer.arrangement) - 1


def windows_of(explorer):
    """Return for each entry of the columns the number of its window, picture by picture."""
    N, L = len(explorer.x), int(np.prod(explorer.out))
    Q = explorer.weight[0].size
    numbers = np.broadcast_to(np.arange(N * L).reshape(N, 1, L), (N, Q, L))
    return arrange(numbers, explorer.arrangement)
