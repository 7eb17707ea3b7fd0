"""Random states of a BackpropExplorer."""

import traitlets

from cnnbook.widgets.backprop_explorer import WAYS, BackpropExplorer


def random_state(rng, **given):
    """Return an explorer in a random state in which some window fits."""
    while True:
        whole = rng.random() < 0.6
        draw = (
            (lambda shape, whole=whole: rng.integers(-9, 10, shape))
            if whole
            else (lambda shape: rng.normal(size=shape))
        )
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
