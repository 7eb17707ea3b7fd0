"""What PyTorch answers, frozen by tools/make_reference.py."""

import json
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parent / "reference"


def load(family):
    """Return the cases of a file as (settings, arrays)."""
    with np.load(FOLDER / f"{family}.npz") as stored:
        cases = [(json.loads(line), {}) for line in stored["settings"].tolist()]
        for key in stored.files:
            if key != "settings":
                number, name = key.split(".", 1)
                cases[int(number)][1][name] = stored[key]
    return cases


def each(family, **chosen):
    """Parametrise a test over the cases of a file whose settings include ``chosen``."""
    cases = []
    for number, (settings, arrays) in enumerate(load(family)):
        if chosen.items() <= settings.items():
            rest = {name: pairs(value) for name, value in settings.items() if name not in chosen}
            label = ",".join(f"{name}={value}" for name, value in rest.items()).replace(" ", "")
            cases.append(pytest.param(rest, arrays, id=f"{number}:{label}"))
    assert cases
    return pytest.mark.parametrize(("settings", "arrays"), cases)


def pairs(value):
    """Turn JSON's lists into tuples."""
    return tuple(value) if isinstance(value, list) else value
