"""Random stacks of layers, possible ones and impossible ones."""

import numpy as np


def random_stacks(count, seed=0):
    """Return pairs (words, input shape)."""
    rng = np.random.default_rng(seed)

    def one_of(*options):
        return options[rng.integers(len(options))]

    def word():
        kind = one_of(
            "conv", "conv", "conv", "maxpool", "avgpool", "relu", "tanh", "flatten", "linear", "gap"
        )
        if kind == "conv":
            k = one_of(1, 2, 5, 7)
            return (
                f"conv{one_of(4, 6, 24)}k{k}{one_of('', '', 's2', 's3')}{one_of('', 'p1', 'p3')}"
                f"{one_of('', '', 'd2')}{one_of('', '', '', 'g2', 'g4')}{one_of('', '', 'b0')}"
            )
        if kind.endswith("pool"):
            return f"{kind}{one_of('2', '3', '2s1', '3s2', '4s3')}{one_of('', '', 'p1')}"
        if kind == "linear":
            return f"linear{one_of(3, 120)}{one_of('', 'b0')}"
        return {"gap": "globalavgpool"}.get(kind, kind)

    return [
        (
            [word() for _ in range(rng.integers(1, 7))],
            (one_of(1, 3, 4, 24), int(rng.integers(5, 40)), int(rng.integers(5, 40))),
        )
        for _ in range(count)
    ]
