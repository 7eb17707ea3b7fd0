"""FastSteps in Python: what it computes, what it refuses, what its copy holds."""

import json
from pathlib import Path

import numpy as np
import pytest
import traitlets
from pages import tables

from cnnbook import winograd_matrices
from cnnbook.widgets import FastSteps, fast_steps

NUMBERS = [3, -1, 2, 5, 4, 7, 1, -6]
KERNEL = [2, 0.5, -1]


@pytest.mark.parametrize("n", range(4, 9))
def test_both_ways_give_what_the_window_gives(n):
    signal = NUMBERS[:n]
    direct = np.correlate(np.array(signal, float), KERNEL)
    np.testing.assert_allclose(FastSteps(signal=signal, kernel=KERNEL).output, direct, atol=1e-12)
    wrapped = FastSteps(signal=signal, kernel=KERNEL, way="FFT").output
    round_it = np.array([np.roll(signal, -t)[:3] @ KERNEL for t in range(n)])
    np.testing.assert_allclose(wrapped, round_it, atol=1e-12)
    np.testing.assert_allclose(wrapped[: n - 2], direct, atol=1e-12)
    padded = FastSteps(signal=signal, kernel=KERNEL, way="FFT", padded=True).output
    full = np.correlate(np.array(signal, float), KERNEL, "full")
    np.testing.assert_allclose(np.roll(padded, 2), full, atol=1e-12)


def test_the_fronts_matrices_are_the_packages():
    stored = json.loads(Path(fast_steps.__file__).with_name("matrices.json").read_text("utf-8"))
    for n in range(4, 9):
        for name, matrix in zip(("AT", "G", "BT"), winograd_matrices(n - 2, 3), strict=True):
            assert stored[str(n)][name] == [[str(number) for number in row] for row in matrix]
    assert set(stored) == set("45678")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("signal", [1, 2, 3], "4 to 8 numbers, got 3"),
        ("signal", [[1, 2, 3, 4]], "1 dimension"),
        ("kernel", [1, 2], "3 numbers, got 2"),
        ("way", "direct", "way"),
        ("position", 40, "position"),
    ],
)
def test_refuses_and_keeps(name, value, message):
    steps = FastSteps()
    before = getattr(steps, name)
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(steps, name, value)
    np.testing.assert_array_equal(getattr(steps, name), before)


def test_the_copy_holds_the_numbers():
    steps = FastSteps(signal=[4, 1, 3, 2], kernel=[1, 2, -1])
    copy = tables(steps.static_html())
    assert copy["products"] == [[1, 4, -2, -1]]
    assert copy["output"] == [[3, 5]]
    steps.way = "FFT"
    copy = tables(steps.static_html())
    assert copy["transformed signal"] == [[10, 1, 4, 1], [0, 1, 0, -1]]
    assert copy["output"] == [[3, 5, 3, 9]]
    assert "the real part above" in steps.static_html()
    steps.padded = True
    assert "FFT, padded: 6 outputs" in repr(steps)
