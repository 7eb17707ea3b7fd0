"""Random states of a BackpropExplorer."""

import traitlets
from pages import drawn_by

from cnnbook.widgets.backprop_explorer import WAYS, BackpropExplorer


def random_state(rng, **given):
    """Return an explorer in a random state in which some window fits."""
    while True:
        draw = drawn_by(rng)
        state = {
            "image": draw(rng.integers(1, 9, 2)),
            "kernel": draw(rng.integers(1, 5, 2)),
            "stride": rng.integers(1, 5),
            "padding": rng.integers(0, 4),
            "dilation": rng.integers(1, 4),
            "way": str(rng.choice(WAYS)),
            **given,
        }
        try:
            explorer = BackpropExplorer(**state)
        except traitlets.TraitError as error:
            if "no window fits" not in str(error):
                raise
            continue
        if rng.random() < 0.4:
            explorer.target = draw(explorer.out)
        else:
            explorer.grad_out = draw(explorer.out)
        return explorer
