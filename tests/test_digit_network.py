"""The network that ships with the book: the preset's layers, and weights that training finds again."""

import importlib.util
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import cnnbook
from cnnbook.data import digit_network, digits, results
from cnnbook.widgets import ShapeDetective


@cache
def script():
    """Return the script of the experiments, as a module."""
    path = Path(__file__).parents[1] / "benchmarks" / "digits.py"
    spec = importlib.util.spec_from_file_location("digits_script", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_it_is_the_preset():
    preset = ShapeDetective.preset("digit network")
    for network in (digit_network(), script().network(np.random.default_rng(0))):
        ours = ShapeDetective(input_shape=(1, 8, 8), layers=network.layers)
        assert ours.stack == preset.stack
        assert ours.table == preset.table


def test_it_is_ready_for_use_and_new_at_every_call():
    network = digit_network()
    assert not any(layer.training for layer in (network, *network.layers))
    assert all(value.dtype == np.float64 for value, _ in network.parameters())
    for value, _ in network.parameters():
        value[...] = 0
    assert all(value.any() for value, _ in digit_network().parameters())


def test_training_finds_the_weights_again():
    (again, history, _), shipped = script().train(0), digit_network()
    stored = results("digits")["variants"]["as it is"]["validation_accuracy"]
    assert abs(history["validation_accuracy"][-1] - stored[0]) < script().ONE_PICTURE
    assert again.state().keys() == shipped.state().keys()
    for name, array in again.state().items():
        np.testing.assert_allclose(shipped.state()[name], array, rtol=1e-3, atol=1e-3)
    *_, x, y = digits()
    x = x.astype(float)
    scores = [cnnbook.predict(network, x) for network in (shipped, again)]
    np.testing.assert_allclose(*scores, rtol=1e-2, atol=1e-2)
    assert cnnbook.accuracy(scores[0], y) > 0.97


@pytest.mark.parametrize("fold", range(5))
def test_the_validation_part_is_a_fifth_and_in_no_other_part(fold):
    x, y, *_ = digits()
    rows = np.arange(len(x))
    (rest, _), (held, labels) = script().cut(rows, y, fold)
    assert sorted([*rest, *held]) == rows.tolist()
    assert abs(len(held) - len(x) / 5) < 1
    np.testing.assert_array_equal(labels, y[held])
    assert not set(held) & set(script().cut(rows, y, (fold + 1) % 5)[1][0])


def test_what_differs_from_what_is_stored_is_named():
    stored = {"a": {"loss": [1.0, 0.1]}, "test": [0.98], "seeds": 5}
    differences = script().differences
    assert not differences(stored, {"a": {"loss": [1.01, 0.1]}, "test": [0.975], "seeds": 5})
    assert len(differences(stored, {"a": {"loss": [1.1, 0.2]}, "test": [0.9], "seeds": 4})) == 4
    assert differences(stored, {"seeds": 5}) == ["what is stored has other parts"]


@pytest.mark.parametrize("name", ["digits", "digits_pytorch"])
def test_what_is_stored_is_whole(name):
    stored = results(name)
    runs = list(stored["variants"].values()) if name == "digits" else [stored]
    assert stored["seeds"] == script().SEEDS
    for run in runs:
        assert len(run["validation_accuracy"]) == script().SEEDS
        assert len(run["loss"]) == len(run["validation_loss"]) == script().EPOCHS
    if name == "digits":
        assert list(stored["variants"]) == list(script().VARIANTS)
