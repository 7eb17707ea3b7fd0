"""Train the network that reads digits, over many seeds, and without one ingredient after the other.

Without an argument, compute all of it and compare it with what is stored, the shipped weights included;
with ``--store``, store the results; with ``--weights``, train the network that ships with the book and
store its weights. ``--torch`` trains the same networks in PyTorch (``pip install torch==2.13.0``) and
compares their curve with the stored one, or stores it after ``--store``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

import cnnbook
from cnnbook import Adam, BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential, Tanh
from cnnbook.data import digit_network, digits

FOLDER = Path(cnnbook.__file__).parent / "data"
FILE, TORCH_FILE = (FOLDER / "results" / f"{name}.json" for name in ("digits", "digits_pytorch"))
WEIGHTS = FOLDER / "digit_network.npz"
SEEDS, EPOCHS, BATCH_SIZE, LR = 5, 12, 32, 3e-3
ONE_PICTURE, CLOSE = 0.0105, 0.02  # how far a share, and a weight or a loss, may lie from what is stored

Rows = tuple[np.ndarray, np.ndarray]


class Still(np.random.Generator):
    """A generator that shuffles nothing."""

    def permutation(self, x: Any, axis: int = 0) -> np.ndarray:
        """Return the numbers below ``x`` in their order."""
        return np.arange(x)


def network(
    rng: np.random.Generator,
    *,
    bend: Callable = ReLU,
    pooling: bool = True,
    norm: bool = False,
    convolutions: bool = True,
    initialiser: Callable | None = None,
) -> Sequential:
    """Return a network that knows nothing yet: the book's, or one that differs in a point."""
    layers: list = []
    for channels in (1, 16) if convolutions else ():
        layers += [Conv2d(channels, 16, 3, padding=1, rng=rng, dtype=float)]
        layers += [BatchNorm2d(16, dtype=float)] * norm + [bend()]
    layers += [MaxPool2d(2)] * (pooling and convolutions) + [Flatten()]
    features = (256 if pooling else 1024) if convolutions else 64
    layers += [Linear(features, 10, rng=rng, dtype=float)]
    if initialiser:
        for layer in layers:
            if isinstance(layer, Conv2d | Linear):
                layer.weight[:] = initialiser(layer.weight.shape, rng, dtype=float)
    return Sequential(*layers)


def cut(x: np.ndarray, y: np.ndarray, fold: int) -> tuple[Rows, Rows]:
    """Return a training part and a validation part, one of five fifths drawn once."""
    parts = np.array_split(np.random.default_rng(0).permutation(len(x)), 5)
    held = parts.pop(fold)
    rest = np.concatenate(parts)
    return (x[rest], y[rest]), (x[held], y[held])


def train(seed: int, strangers: bool = False, order: str = "shuffled", **changes: Any) -> tuple:
    """Train one network; return it, the record of its training, and the test rows."""
    x, y, *test = digits(strangers=strangers)
    part, held = cut(x.astype(float), y, seed)
    if order == "sorted":
        rows = np.argsort(part[1], kind="stable")
        part = part[0][rows], part[1][rows]
    rng = np.random.default_rng(seed)
    model = network(rng, **changes)
    steps = Adam(model.parameters(), lr=LR)
    history = cnnbook.fit(
        model,
        *part,
        steps,
        epochs=EPOCHS,
        batch_size=BATCH_SIZE,
        rng=rng if order == "shuffled" else Still(np.random.PCG64(0)),
        validation=held,
        progress=False,
    )
    return model, history, test


VARIANTS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "one dense layer, no convolution": {"convolutions": False},
    "without pooling": {"pooling": False},
    "tanh in place of ReLU": {"bend": Tanh},
    "with batch normalisation": {"norm": True},
    "shuffled once, that order kept": {"order": "kept"},
    "sorted by digit, that order kept": {"order": "sorted"},
    "started as in *Convolution in depth*": {"initialiser": cnnbook.sqrt_channels},
    "started as in *CNN by Numpy*": {"initialiser": cnnbook.sqrt_filters},
}


def rounded(numbers: Any) -> list[float]:
    """Return three significant digits of each."""
    return [float(f"{n:.3g}") for n in np.ravel(numbers)]


def spread(histories: list[dict[str, list[float]]]) -> dict[str, list[float]]:
    """Return what each seed found at the end, and the mean curve of the loss."""
    return {
        "validation_accuracy": [round(h["validation_accuracy"][-1], 4) for h in histories],
        "loss": rounded(np.mean([h["loss"] for h in histories], axis=0)),
        "validation_loss": rounded(np.mean([h["validation_loss"] for h in histories], axis=0)),
    }


def split(strangers: bool) -> dict[str, list[float]]:
    """Return what each seed of the book's network reads of the validation and of the test rows."""
    found: dict[str, list[float]] = {"validation": [], "test": []}
    for seed in range(SEEDS):
        model, history, (x, y) = train(seed, strangers)
        found["validation"].append(round(history["validation_accuracy"][-1], 4))
        found["test"].append(round(cnnbook.accuracy(cnnbook.predict(model, x.astype(float)), y), 4))
    return found


def compute() -> dict[str, Any]:
    """Return all that is stored."""
    return {
        "seeds": SEEDS,
        "epochs": EPOCHS,
        "splits": {"default": split(False), "strangers": split(True)},
        "variants": {
            name: spread([train(seed, **changes)[1] for seed in range(SEEDS)])
            for name, changes in VARIANTS.items()
        },
    }


def compute_torch() -> dict[str, Any]:
    """Return the mean curves of the same training in PyTorch, with its own random numbers."""
    import torch
    import torch_digits
    from torch.nn import functional

    torch.set_num_threads(1)
    x, y, *_ = digits()
    histories = []
    for seed in range(SEEDS):
        (part, held) = ([torch.tensor(a) for a in rows] for rows in cut(x.astype(float), y, seed))
        torch.manual_seed(seed)
        model = torch_digits.network().double()
        for layer in model:
            if hasattr(layer, "weight"):  # the same start: He's spread, and a bias of 0
                torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                torch.nn.init.zeros_(layer.bias)
        steps = torch.optim.Adam(model.parameters(), lr=LR)
        history: dict[str, list[float]] = {"loss": [], "validation_loss": [], "validation_accuracy": []}
        for _ in range(EPOCHS):
            history["loss"].append(torch_digits.train_epoch(model, steps, *part, BATCH_SIZE))
            with torch.no_grad():
                scores = model(held[0])
            history["validation_loss"].append(functional.cross_entropy(scores, held[1]).item())
            history["validation_accuracy"].append((scores.argmax(1) == held[1]).double().mean().item())
        histories.append(history)
    return {"torch": torch.__version__.split("+")[0], "seeds": SEEDS, **spread(histories)}


def leaves(tree: Any, path: str = "") -> dict[str, Any]:
    """Return every number of nested objects, by its path."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else None
    if pairs is None:
        return {path: tree}
    return {at: n for key, part in pairs for at, n in leaves(part, f"{path}/{key}").items()}


def differences(stored: Any, found: Any) -> list[str]:
    """Name what does not agree: shares may differ by three pictures, losses by two hundredths."""
    old, new = leaves(stored), leaves(found)
    if old.keys() != new.keys():
        return ["what is stored has other parts"]

    def agree(at: str, n: Any) -> bool:
        if isinstance(n, str) or not isinstance(n, float):
            return n == old[at]
        allowed = CLOSE * abs(old[at]) + 2e-3 if "loss" in at else ONE_PICTURE
        return abs(n - old[at]) <= allowed

    return [f"{at}: stored {old[at]}, found {n}" for at, n in new.items() if not agree(at, n)]


def main(*words: str) -> int:
    """Store what is asked for, or compare; return the exit code."""
    start = perf_counter()
    if "--weights" in words:
        state = train(0)[0].state_dict()
        np.savez(WEIGHTS, **{name: array.astype(np.float32) for name, array in state.items()})
        return 0
    file, found = (TORCH_FILE, compute_torch()) if "--torch" in words else (FILE, compute())
    print(f"{perf_counter() - start:.0f} s")
    if "--store" in words:
        file.write_text(json.dumps(found, separators=(",", ":")) + "\n", "utf-8")
        return 0
    wrong = differences(json.loads(file.read_text("utf-8")), found)
    if "--torch" not in words:
        again, shipped = train(0)[0].state(), digit_network().state()
        gap = max(np.abs(again[name] - shipped[name]).max() for name in shipped)
        print(f"the shipped weights differ from these by at most {gap:.1g}")
        wrong += ["the shipped weights differ"] * (gap > CLOSE)
    print("\n".join(wrong) or "as stored")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
