"""Measure how large signals and gradients are after twenty layers, over many seeds, for each activation.

Without an argument, compute it all and compare it with what is stored; with ``--store``, store it. The
chapter on activations draws what is stored in ``cnnbook/data/results/``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

import numpy as np

import cnnbook
from cnnbook.depth import measured_sizes

FILE = Path(cnnbook.__file__).parent / "data" / "results" / "depth.json"
FUNCTIONS = ("relu", "leaky_relu", "elu", "softplus", "silu", "gelu", "sigmoid", "tanh", "gaussian")
INITIALISERS = ("he", "glorot", "sqrt_channels", "sqrt_filters")
SEEDS, DEPTH = 20, 20
TOLERANCE = 0.02


def rounded(number: float) -> float:
    """Return three significant digits."""
    return float(f"{number:.3g}")


def bands(function: str, initialiser: str) -> dict[str, object]:
    """Return the lowest, the middle and the highest size over all seeds, and the mean shares."""
    runs = [
        measured_sizes(
            getattr(cnnbook, function),
            getattr(cnnbook, f"{function}_backward"),
            getattr(cnnbook, initialiser),
            np.random.default_rng(seed),
            DEPTH,
        )
        for seed in range(SEEDS)
    ]
    found: dict[str, object] = {}
    for name in ("signal", "gradient"):
        sizes = np.array([run[name] for run in runs])  # (SEEDS, DEPTH)
        kinds = {"low": sizes.min(axis=0), "middle": np.median(sizes, axis=0), "high": sizes.max(axis=0)}
        found[name] = {kind: [rounded(n) for n in line] for kind, line in kinds.items()}
    for name in ("flat", "dead"):
        found[name] = [rounded(n) for n in np.mean([run[name] for run in runs], axis=0)]
    return found


def compute() -> dict[str, object]:
    """Return all that is stored."""
    return {
        "seeds": SEEDS,
        "depth": DEPTH,
        "found": {
            function: {initialiser: bands(function, initialiser) for initialiser in INITIALISERS}
            for function in FUNCTIONS
        },
    }


def leaves(tree: object, path: str = "") -> dict[str, float]:
    """Return every number of nested objects, by its path."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else None
    if pairs is None:
        return {path: tree}
    return {at: n for key, part in pairs for at, n in leaves(part, f"{path}/{key}").items()}


def main() -> int:
    """Store the results, or compare them; return the exit code."""
    start = perf_counter()
    computed = compute()
    print(f"twenty layers, {SEEDS} seeds: {perf_counter() - start:.0f} s")
    if sys.argv[1:] == ["--store"]:
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(json.dumps(computed, separators=(",", ":")) + "\n", "utf-8")
        return 0
    stored, found = leaves(json.loads(FILE.read_text("utf-8"))), leaves(computed)
    if stored.keys() != found.keys():
        print("what is stored has other parts")
        return 1
    wrong = [
        at for at, n in found.items() if abs(n - stored[at]) > TOLERANCE * abs(stored[at]) + 1e-3 * (n < 1)
    ]
    print("\n".join(f"{at}: stored {stored[at]}, found {found[at]}" for at in wrong) or "as stored")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
