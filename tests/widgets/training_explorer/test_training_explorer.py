"""TrainingExplorer in Python: how it trains, what it refuses, what its copy holds."""

import re

import numpy as np
import pytest
import traitlets
from bs4 import BeautifulSoup

import cnnbook
from cnnbook.data import digits
from cnnbook.widgets import TrainingExplorer
from cnnbook.widgets.training_explorer import start

X, Y, HELD, LABELS = start.parts()


def test_what_is_held_out_are_training_pictures_and_none_of_the_tests():
    x, y, *_ = digits()
    assert len(X) + len(HELD) == len(x)
    np.testing.assert_array_equal(HELD, x[5::6])
    np.testing.assert_array_equal(LABELS, y[5::6])
    assert np.bincount(LABELS).min() > 15


def test_the_first_weights_have_hes_spread_and_differ_by_seed():
    model = start.network(16, "ReLU", pooling=False)
    weights = [start.first_weights(model, seed) for seed in (0, 1)]
    assert not np.isclose(*weights).all(where=weights[0] != 0)
    start.load(model, weights[1])
    spread = model.layers[2].weight.std()
    assert spread == pytest.approx(np.sqrt(2 / (16 * 9)), rel=0.05)
    assert not model.layers[2].bias.any()
    np.testing.assert_array_equal(start.flat(model), weights[1])


def test_an_order_is_a_permutation_and_another_one_each_epoch():
    order = start.Order(3)
    first, second = order.permutation(100), order.permutation(100)
    assert sorted(first) == sorted(second) == list(range(100))
    assert (first != second).any()
    np.testing.assert_array_equal(start.Order(3, epoch=1).permutation(100), second)


@pytest.mark.parametrize("optimiser", ["SGD", "momentum", "Adam"])
def test_training_is_fit(optimiser):
    explorer = TrainingExplorer(optimiser=optimiser, learning_rate=0.02, filters=2, batch_size=100, seed=4)
    model = explorer.network
    moved = {
        "SGD": lambda: cnnbook.SGD(model.parameters(), 0.02),
        "momentum": lambda: cnnbook.SGD(model.parameters(), 0.02, momentum=0.9),
        "Adam": lambda: cnnbook.Adam(model.parameters(), 0.02),
    }[optimiser]()
    cnnbook.fit(model, X, Y, moved, epochs=2, batch_size=100, rng=start.Order(4), progress=False)
    explorer.train(epochs=2)
    np.testing.assert_array_equal(explorer.weights, start.flat(model))
    assert explorer.loss.shape == (24,)
    expected = cnnbook.accuracy(cnnbook.predict(model, HELD), LABELS)
    assert explorer.accuracy == expected
    first = explorer.held_out[0, 1]
    np.testing.assert_array_equal(explorer.held_out, [[0, first], [24, expected]])
    np.testing.assert_allclose(explorer.output.sum(axis=1), 1)


def test_it_learns_and_goes_on_and_starts_again():
    explorer = TrainingExplorer(filters=4, optimiser="momentum", learning_rate=0.03)
    first = explorer.accuracy
    explorer.train(epochs=4)
    explorer.train()
    assert len(explorer.loss) == 5 * 38
    assert explorer.accuracy > 0.9 > 0.3 > first
    explorer.restart()
    assert explorer.accuracy == first
    assert len(explorer.loss) == len(explorer.held_out) == 0


def test_two_times_an_epoch_is_two_epochs():
    once, twice = (TrainingExplorer(filters=2, seed=3) for _ in range(2))
    once.train(epochs=2)
    for _ in range(2):
        twice.train()
    np.testing.assert_array_equal(once.weights, twice.weights)
    np.testing.assert_array_equal(once.loss, twice.loss)


def test_another_network_begins_anew():
    explorer = TrainingExplorer(filters=2)
    explorer.train()
    explorer.filters = 4
    assert len(explorer.loss) == 0
    np.testing.assert_array_equal(explorer.weights, explorer.first_weights())
    assert explorer.describe().startswith("4 filters, ReLU, pooling, SGD, rate 0.1, 0 steps")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("learning_rate", 0, "learning_rate"),
        ("batch_size", 257, "from 1 to 256"),
        ("optimiser", "AdamW", "optimiser"),
        ("activation", "sigmoid", "activation"),
        ("filters", 17, "from 1 to 16"),
        ("digit", 239, "from 0 to 238"),
        ("weights", [1.0, 2.0], r"weights must be 1954 numbers for 8 filters"),
        ("weights", np.full(1954, np.nan), "finite"),
        ("loss", np.zeros((2, 2)), r"shape \(n\)"),
        ("loss", np.zeros(4001), "up to 4000"),
        ("held_out", [1.0, 2.0], r"shape \(n, 2\)"),
    ],
)
def test_refuses_and_keeps(name, value, message):
    explorer = TrainingExplorer()
    before = getattr(explorer, name)
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(explorer, name, value)
    np.testing.assert_array_equal(getattr(explorer, name), before)


def test_what_explodes_changes_nothing():
    explorer = TrainingExplorer(activation="tanh", learning_rate=10)
    explorer.weights = 1e6 * np.sign(explorer.weights)
    before = np.array(explorer.weights)
    with pytest.raises((FloatingPointError, traitlets.TraitError)):
        explorer.train()
    np.testing.assert_array_equal(explorer.weights, before)
    assert len(explorer.loss) == 0


def test_the_first_weights_travel_as_a_name():
    explorer = TrainingExplorer(filters=2, seed=7)
    assert explorer.get_state("weights")["weights"] == {"name": "first", "seed": 7}
    explorer.train()
    trained = explorer.get_state(["weights", "loss"])
    other = TrainingExplorer(filters=2)
    other.set_state(trained)
    np.testing.assert_array_equal(other.weights, explorer.weights)
    other.weights = "first"
    np.testing.assert_array_equal(other.weights, other.first_weights())
    other.set_state({"weights": {"name": "first", "seed": 7}})
    np.testing.assert_array_equal(other.weights, explorer.first_weights())


def test_the_copy_holds_numpys_numbers():
    explorer = TrainingExplorer(filters=2, digit=3)
    copy = BeautifulSoup(explorer.static_html(), "html.parser")
    cells = [int(td.text) for td in copy.select("table[aria-label='probabilities, %'] td")]
    np.testing.assert_allclose(cells, 100 * explorer.output[3], atol=0.51)
    words = copy.select_one(".cnn-words").text
    right = int(re.search(r"reads (\d+) of 239", words)[1])
    assert right == round(239 * explorer.accuracy)
    assert f"a {LABELS[3]} and its probabilities" in copy.text
    assert copy.select_one("td.lit") == copy.select("td")[LABELS[3]]
    assert "38 steps" in copy.select_one(".cnn-chart").text
    assert len(copy.select(".cnn-filters .cnn-tile")) == 4
    explorer.train()
    assert "After 38 steps" in explorer.static_html()
    assert "computed by NumPy" not in explorer.static_html()
