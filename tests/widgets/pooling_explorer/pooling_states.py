"""Random states of a PoolingExplorer."""

import traitlets
from pages import drawn_by

from cnnbook.widgets import PoolingExplorer


def random_state(rng, **given):
    """Return an explorer in a random state in which some window fits."""
    while True:
        draw = drawn_by(rng)
        k = int(rng.integers(1, 5))
        state = {
            "image": draw(rng.integers(1, 9, 2)),
            "pooling": str(rng.choice(["max", "average"])),
            "kernel_size": k,
            "stride": rng.integers(1, 5),
            "padding": rng.integers(0, k // 2 + 1),
            "count_include_pad": bool(rng.random() < 0.5),
            "mode": "backward",
            **given,
        }
        try:
            explorer = PoolingExplorer(**state)
        except traitlets.TraitError as error:
            if "no window fits" not in str(error):
                raise
            continue
        explorer.grad_out = draw(explorer.out)
        explorer.position = int(rng.integers(explorer.grad_out.size))
        return explorer
