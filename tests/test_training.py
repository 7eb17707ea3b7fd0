"""fit: the loop, its record, and digits that are read."""

import numpy as np
import pytest

from cnnbook import (
    SGD,
    Adam,
    BatchNorm1d,
    Conv2d,
    Dropout,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
    Sequential,
    accuracy,
    fit,
    mse,
    predict,
)
from cnnbook.data import digits

X = np.linspace(-1, 1, 11)[:, None]
Y = 3 * X + 1


def line(**options):
    model = Linear(1, 1, rng=0, dtype=float)
    options = {"loss": mse, "epochs": 60, "batch_size": 3, "rng": 0, "progress": False, **options}
    return model, fit(model, X, Y, SGD(model.parameters(), lr=0.2), **options)


def test_finds_a_line():
    model, history = line()
    assert model.weight.item() == pytest.approx(3, abs=1e-4)
    assert model.bias.item() == pytest.approx(1, abs=1e-4)
    assert list(history) == ["loss"]
    assert len(history["loss"]) == 60
    assert history["loss"][0] > 100 * history["loss"][-1]


def test_the_same_seed_gives_the_same_and_another_does_not():
    first, second, third = line(), line(), line(rng=1)
    assert first[1] == second[1]
    np.testing.assert_array_equal(first[0].weight, second[0].weight)
    assert first[1] != third[1]


def test_every_row_is_used_once_an_epoch_and_the_loss_is_their_mean():
    class Spy(Linear):
        seen = ()

        def forward(self, x):
            self.seen = (*self.seen, x.ravel().tolist())
            return super().forward(x)

    model = Spy(1, 1, rng=0, dtype=float)
    history = fit(
        model, X, Y, SGD(model.parameters(), lr=0), loss=mse, epochs=2, batch_size=4, rng=0, progress=False
    )
    assert [len(batch) for batch in model.seen] == [4, 4, 3, 4, 4, 3]
    for epoch in (model.seen[:3], model.seen[3:]):
        rows = [row for batch in epoch for row in batch]
        assert sorted(rows) == X.ravel().tolist()
        assert rows != X.ravel().tolist()
    np.testing.assert_allclose(history["loss"], mse(Linear.forward(model, X), Y)[0])


def test_validation_and_metrics():
    def worst(output, target):
        return float(np.abs(output - target).max())

    model, history = line(validation=(X[:4], Y[:4]), metrics={"worst": worst})
    assert list(history) == ["loss", "worst", "validation_loss", "validation_worst"]
    assert history["validation_loss"][-1] == mse(model(X[:4]), Y[:4])[0]
    assert history["validation_worst"][-1] == worst(model(X[:4]), Y[:4])


def test_validation_looks_in_evaluation_mode_and_training_goes_on_in_its_own():
    model = Sequential(
        Linear(1, 4, rng=0, dtype=float), Dropout(0.9, rng=0), Linear(4, 1, rng=1, dtype=float)
    )
    options = {"loss": mse, "epochs": 1, "rng": 0, "progress": False, "validation": (X, Y)}
    history = fit(model, X, Y, SGD(model.parameters(), lr=0), **options)
    assert model.training
    assert model.layers[1].training
    assert history["validation_loss"] == [mse(model.eval()(X), Y)[0]]


def test_predict_goes_through_the_batches_and_puts_the_modes_back():
    model = Sequential(Linear(1, 2, rng=0, dtype=float), BatchNorm1d(2, dtype=float), Dropout(0.5))
    model.layers[1].eval()
    before = model.state_dict()
    y = predict(model, X, batch_size=4)
    assert [layer.training for layer in (model, *model.layers)] == [True, True, False, True]
    np.testing.assert_array_equal(y, model.eval()(X))
    for name, array in model.state_dict().items():
        np.testing.assert_array_equal(array, before[name])
    assert predict(model, X[:0]).shape == (0, 2)


def test_the_progress_bar(capsys):
    line(progress=True, epochs=2)
    assert "2/2" in capsys.readouterr().err


def test_accuracy():
    logits = np.array([[1.0, 2.0, 0.0], [5.0, 4.0, 0.0], [0.0, 0.0, 1.0], [3.0, 2.0, 1.0]])
    assert accuracy(logits, np.array([1, 0, 2, 1])) == 0.75
    assert type(accuracy(logits, np.array([1, 0, 2, 1]))) is float


@pytest.mark.parametrize(
    ("logits", "labels", "kind"),
    [
        (np.ones((2, 3)), np.ones(2), TypeError),
        (np.ones((2, 3)), np.ones(3, int), ValueError),
        (np.ones(3), np.ones(3, int), ValueError),
        (np.ones((0, 3)), np.ones(0, int), ValueError),
    ],
)
def test_accuracy_refuses_bad_input(logits, labels, kind):
    with pytest.raises(kind, match="labels"):
        accuracy(logits, labels)


@pytest.mark.parametrize(
    ("x", "y", "options", "kind", "message"),
    [
        (X, Y[:5], {}, ValueError, r"same length, at least 1, got shapes \(11, 1\) and \(5, 1\)"),
        (X[:0], Y[:0], {}, ValueError, "at least 1"),
        (1.0, 2.0, {}, ValueError, "same length"),
        (X, Y, {"epochs": 0}, ValueError, "epochs must be at least 1"),
        (X, Y, {"batch_size": 2.5}, TypeError, "batch_size must be a whole number"),
    ],
)
def test_refuses_bad_input(x, y, options, kind, message):
    model = Linear(1, 1, dtype=float)
    with pytest.raises(kind, match=message):
        fit(model, x, y, SGD(model.parameters(), lr=0.1), loss=mse, progress=False, **options)


def test_says_so_when_the_loss_explodes():
    model = Linear(1, 1, rng=0, dtype=float)
    with (
        np.errstate(all="ignore"),
        pytest.raises(FloatingPointError, match=r"the loss became (inf|nan): try a smaller learning rate"),
    ):
        fit(model, 100 * X, Y, SGD(model.parameters(), lr=1e3), loss=mse, epochs=99, progress=False)


def read_digits():
    x_train, y_train, x_test, y_test = digits()
    rng = np.random.default_rng(0)
    network = Sequential(
        Conv2d(1, 16, 3, padding="same", rng=rng),
        ReLU(),
        Conv2d(16, 16, 3, padding="same", rng=rng),
        ReLU(),
        MaxPool2d(2),
        Flatten(),
        Linear(256, 10, rng=rng),
    )
    options = {"epochs": 12, "batch_size": 32, "rng": rng, "progress": False, "validation": (x_test, y_test)}
    return fit(network, x_train, y_train, Adam(network.parameters(), lr=3e-3), **options)


def test_reads_98_percent_of_the_digits_and_the_same_twice():
    history = read_digits()
    assert history["validation_accuracy"][-1] >= 0.98
    assert read_digits() == history
