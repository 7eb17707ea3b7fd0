"""Layers as classes: gradients, whole networks, modes, and state that survives a file."""

import numpy as np
import pytest
from torch_reference import load

import cnnbook
from cnnbook import (
    ELU,
    GELU,
    SGD,
    AvgPool2d,
    BatchNorm1d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Dropout2d,
    Flatten,
    Gaussian,
    GlobalAvgPool2d,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool2d,
    ReLU,
    Sequential,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
    conv_backward,
    cross_entropy,
    gradcheck_layer,
)

DOUBLE = {"rng": 0, "dtype": float}
IMAGES, ROWS = (2, 4, 6, 7), (3, 5)
LAYERS = [
    (lambda: Conv2d(4, 6, (3, 2), stride=(2, 1), padding=1, groups=2, **DOUBLE), IMAGES),
    (lambda: Conv2d(4, 3, 3, padding="same", dilation=2, bias=False, **DOUBLE), IMAGES),
    (lambda: Linear(5, 3, **DOUBLE), ROWS),
    (lambda: Linear(5, 3, bias=False, **DOUBLE), ROWS),
    (lambda: MaxPool2d(3, stride=2, padding=1), IMAGES),
    (lambda: AvgPool2d(3, stride=1, padding=1, count_include_pad=False), IMAGES),
    (lambda: GlobalAvgPool2d(), IMAGES),
    (lambda: BatchNorm2d(4, dtype=float), IMAGES),
    (lambda: BatchNorm1d(5, dtype=float), ROWS),
    (lambda: Flatten(), IMAGES),
    (lambda: Dropout(0.5, rng=0).eval(), ROWS),
    (lambda: Dropout2d(0.5, rng=0).eval(), IMAGES),
    *(
        (kind, ROWS)
        for kind in (ReLU, LeakyReLU, ELU, Sigmoid, Tanh, Gaussian, Softplus, SiLU, GELU, Softmax)
    ),
    (lambda: GELU("tanh"), ROWS),
    (lambda: LeakyReLU(0.3), ROWS),
    (lambda: ELU(0.3), ROWS),
]
CASES = pytest.mark.parametrize(("make", "shape"), LAYERS)


def numbers(shape, dtype=float):
    """Return different numbers: no ties, no 0."""
    size = int(np.prod(shape))
    return ((np.random.default_rng(0).permutation(size) - size / 2 + 0.25) / 20).reshape(shape).astype(dtype)


@CASES
def test_gradcheck(make, shape):
    gradcheck_layer(make(), numbers(shape))


def test_every_layer_is_checked():
    checked = {type(make()).__name__ for make, _ in LAYERS}
    assert checked == {*cnnbook.layers.__all__} - {"Layer", "Sequential"}


def small_network(dtype=float):
    rng = np.random.default_rng(0)
    return Sequential(
        Conv2d(1, 4, (3, 2), padding=(1, 0), rng=rng, dtype=dtype),
        BatchNorm2d(4, dtype=dtype),
        ReLU(),
        MaxPool2d(2),
        Conv2d(4, 6, 3, stride=2, padding=1, groups=2, rng=rng, dtype=dtype),
        Tanh(),
        AvgPool2d(2, stride=1),
        Flatten(),
        Linear(6, 3, rng=rng, dtype=dtype),
    )


@pytest.mark.parametrize(
    ("make", "shape"), [*LAYERS, (lambda: small_network(), (3, 1, 8, 9)), (lambda: Sequential(), ROWS)]
)
def test_training_asks_for_the_same_gradients(make, shape):
    layer, x = make(), numbers(shape)
    grad_out = numbers(layer(x).shape)
    layer.backward(grad_out)
    expected = [grad.copy() for _, grad in layer.parameters()]
    for _, grad in layer.parameters():
        grad[...] = np.nan
    assert layer.parameters_backward(grad_out) is None
    for (_, grad), right in zip(layer.parameters(), expected, strict=True):
        np.testing.assert_array_equal(grad, right)


def test_training_does_not_compute_the_gradient_of_the_pictures(monkeypatch):
    sizes = []
    original = conv_backward.input_gradient
    monkeypatch.setattr(
        conv_backward, "input_gradient", lambda *given: sizes.append(given[-1].shape) or original(*given)
    )
    network, x = small_network(), numbers((3, 1, 8, 9))
    grad_out = np.ones_like(network(x))
    network.parameters_backward(grad_out)
    assert sizes == [(3, 4, 4, 4)]  # of the second convolution's input alone
    network.backward(grad_out)
    assert sizes[1:] == [(3, 4, 4, 4), (3, 1, 8, 9)]


@pytest.mark.parametrize("training", [True, False])
def test_gradcheck_of_a_network(training):
    gradcheck_layer(small_network().train(training), numbers((3, 1, 8, 9)))


def test_gradcheck_of_a_deep_smooth_network():
    rng = {"rng": np.random.default_rng(0), "dtype": float}
    network = Sequential(
        Conv2d(2, 3, 3, padding="same", **rng),
        GELU(),
        Sequential(Conv2d(3, 6, 3, padding=1, groups=3, **rng), Sigmoid()),
        AvgPool2d(2),
        Conv2d(6, 4, 1, **rng),
        Softplus(),
        GlobalAvgPool2d(),
        Linear(4, 5, **rng),
        Softmax(),
    )
    gradcheck_layer(network, numbers((2, 2, 6, 5)))


def test_training_a_network_takes_the_path_of_pytorch():
    ((_, arrays),) = load("training")
    network = small_network()
    names = {name.removeprefix("before.") for name in arrays if name.startswith("before.")}
    network.load_state_dict({name: arrays[f"before.{name}"] for name in names})
    optimiser = SGD(network.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-3)
    for expected in arrays["losses"]:
        value, grad = cross_entropy(network(arrays["x"]), arrays["labels"])
        assert value == pytest.approx(expected, rel=1e-11)
        network.backward(grad)
        optimiser.step()
    for name, array in network.state_dict().items():
        np.testing.assert_allclose(array, arrays[f"after.{name}"], rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(network.eval()(arrays["x"]), arrays["logits"], rtol=1e-10, atol=1e-12)


@CASES
def test_float32_stays_float32(make, shape):
    layer = make()
    for name in (*layer.parameter_names, *layer.buffer_names):
        setattr(layer, name, getattr(layer, name).astype(np.float32))
    x = numbers(shape, np.float32)
    y = layer(x)
    assert y.dtype == layer.backward(np.ones_like(y)).dtype == np.float32


@CASES
def test_an_empty_batch(make, shape):
    x = numbers((0, *shape[1:]))
    layer = make().eval()
    y = layer(x)
    assert len(y) == 0
    assert layer.backward(np.ones_like(y)).shape == x.shape
    for _, grad in layer.parameters():
        assert not grad.any()


@CASES
def test_backward_needs_a_forward_pass(make, shape):
    with pytest.raises(RuntimeError, match="call forward before backward"):
        make().backward(np.ones(shape))


@CASES
def test_backward_overwrites_the_gradients_in_place(make, shape):
    layer = make()
    x = numbers(shape)
    y = layer(x)
    pairs = list(layer.parameters())
    layer.backward(np.ones_like(y))
    first = [grad.copy() for _, grad in pairs]
    layer.backward(np.ones_like(y))
    for (_, grad), again, expected in zip(pairs, layer.parameters(), first, strict=True):
        assert grad is again[1]
        np.testing.assert_array_equal(grad, expected)
        assert grad.any()


def test_default_parameters_are_float32():
    for value, grad in small_network(np.float32).parameters():
        assert value.dtype == grad.dtype == np.float32
        assert value.shape == grad.shape
    assert Conv2d(1, 2, 3).weight.dtype == Linear(2, 3).bias.dtype == np.float32
    assert BatchNorm2d(2).running_var.dtype == np.float32


def test_a_seed_makes_the_same_layer():
    np.testing.assert_array_equal(Conv2d(2, 3, 3, rng=4).weight, Conv2d(2, 3, 3, rng=4).weight)
    assert (Linear(2, 3, rng=4).weight != Linear(2, 3, rng=5).weight).all()


class TestDropout:
    def test_training_scales_what_is_left(self):
        x = np.ones((200, 100))
        y = Dropout(0.25, rng=0)(x)
        assert set(np.unique(y)) == {0, 1 / 0.75}
        assert abs((y == 0).mean() - 0.25) < 0.01

    def test_backward_has_the_same_gaps(self):
        layer = Dropout(0.5, rng=0)
        x = numbers((20, 10))
        y = layer(x)
        np.testing.assert_allclose(layer.backward(np.ones_like(x)), y / x)

    def test_a_seed_gives_the_same_gaps_and_the_next_call_others(self):
        x = np.ones(100)
        one, other = Dropout(0.5, rng=3), Dropout(0.5, rng=3)
        first = one(x)
        np.testing.assert_array_equal(first, other(x))
        assert (one(x) != first).any()

    def test_evaluation_changes_nothing_and_draws_nothing(self):
        layer, x = Dropout(0.5, rng=3), np.ones(100)
        np.testing.assert_array_equal(layer.eval()(x), x)
        np.testing.assert_array_equal(layer.backward(x), x)
        np.testing.assert_array_equal(layer.train()(x), Dropout(0.5, rng=3)(x))

    @pytest.mark.parametrize("p", [-0.1, 1.0, float("nan")])
    def test_refuses_other_probabilities(self, p):
        with pytest.raises(ValueError, match="p must be finite, and 0 <= p < 1"):
            Dropout(p)

    def test_p_0_keeps_everything(self):
        np.testing.assert_array_equal(Dropout(0)(np.ones(50)), np.ones(50))


class TestDropout2d:
    def test_a_map_is_dropped_whole_or_not_at_all(self):
        x = numbers((30, 20, 3, 2))
        layer = Dropout2d(0.25, rng=0)
        y = layer(x)
        factors = (y / x).reshape(30, 20, -1)
        np.testing.assert_allclose(factors, factors[:, :, :1].repeat(6, axis=2))
        assert abs((factors[:, :, 0] == 0).mean() - 0.25) < 0.05
        assert (factors[0, :, 0] != factors[1, :, 0]).any()
        np.testing.assert_allclose(layer.backward(np.ones_like(x)), y / x)

    def test_refuses_rows(self):
        with pytest.raises(ValueError, match=r"x must have shape \(N, C, H, W\), got \(3, 5\)"):
            Dropout2d(0.5)(np.ones((3, 5)))


def test_modes_reach_every_layer():
    inner = Dropout(0.5)
    network = Sequential(Sequential(inner), ReLU())
    assert network.eval() is network
    assert not inner.training
    assert network.train() is network
    assert inner.training


class TestState:
    def test_names(self):
        names = ["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var"]
        assert list(small_network().state_dict()) == [*names, "4.weight", "4.bias", "8.weight", "8.bias"]

    def test_survives_a_file_without_pickle(self, tmp_path):
        network, other = small_network(), small_network()
        network(numbers((3, 1, 8, 9)))  # moves the running statistics
        for value, _ in network.parameters():
            value += 1
        np.savez(tmp_path / "network.npz", **network.state_dict())
        with np.load(tmp_path / "network.npz", allow_pickle=False) as stored:
            other.load_state_dict(stored)
        x = numbers((2, 1, 8, 9))
        np.testing.assert_array_equal(network.eval()(x), other.eval()(x))

    def test_is_a_copy_both_ways(self):
        layer = Linear(2, 3, rng=0)
        state = layer.state_dict()
        state["weight"][...] = 7
        assert not (layer.weight == 7).any()
        weight = layer.weight
        layer.load_state_dict(state)
        state["weight"][...] = 8
        assert (layer.weight == 7).all()
        assert layer.weight is weight

    @pytest.mark.parametrize(
        ("change", "kind", "message"),
        [
            ({"bias": None}, ValueError, r"missing \['bias'\], unknown \[\]"),
            ({"extra": np.ones(3)}, ValueError, r"missing \[\], unknown \['extra'\]"),
            ({"bias": np.ones(2, np.float32)}, ValueError, r"bias must have shape \(3,\).*got \(2,\)"),
            ({"bias": np.ones(3)}, TypeError, "bias must have dtype float32, got float64"),
        ],
    )
    def test_refuses_another_state_and_changes_nothing(self, change, kind, message):
        layer = Linear(2, 3, rng=0)
        before = layer.state_dict()
        state = {name: array + 1 for name, array in before.items()} | change
        with pytest.raises(kind, match=message):
            layer.load_state_dict({name: array for name, array in state.items() if array is not None})
        for name, array in layer.state_dict().items():
            np.testing.assert_array_equal(array, before[name])


@pytest.mark.parametrize(
    ("make", "kind", "message"),
    [
        (lambda: Conv2d(0, 1, 3), ValueError, "channels_in must be at least 1"),
        (lambda: Conv2d(1, 1.5, 3), TypeError, "channels_out must be a whole number"),
        (
            lambda: Conv2d(4, 6, 3, groups=4),
            ValueError,
            "groups=4 must divide channels_in=4 and channels_out=6",
        ),
        (lambda: Conv2d(3, 6, 3, groups=2), ValueError, "groups=2 must divide"),
        (lambda: Conv2d(1, 1, 0), ValueError, "kernel_size must be at least 1"),
        (lambda: Linear(0, 1), ValueError, "features_in must be at least 1"),
        (lambda: Linear(1, -1), ValueError, "features_out must be at least 1"),
        (lambda: Sequential(ReLU(), ReLU), TypeError, "each argument must be a Layer"),
        (lambda: ReLU(slope=1), TypeError, "slope"),
        (lambda: Flatten()(np.ones(3)), ValueError, "x must have at least two axes"),
        (lambda: Flatten()(np.ones((3, 2), int)), TypeError, "x must hold floating-point"),
        (lambda: Conv2d(3, 2, 3)(np.ones((1, 2, 5, 5))), ValueError, r"x \(1, 2, 5, 5\) has 2 channels"),
    ],
)
def test_refuses_bad_input(make, kind, message):
    with pytest.raises(kind, match=message):
        make()


def test_flatten_refuses_another_gradient():
    layer = Flatten()
    layer(np.ones((2, 3, 4, 5)))
    with pytest.raises(ValueError, match=r"grad_out must have shape \(2, 60\).*got \(2, 3, 4, 5\)"):
        layer.backward(np.ones((2, 3, 4, 5)))


def test_a_layer_of_ones_own():
    class Square(Layer):
        def forward(self, x):
            self.x = x
            return x**2

        def backward(self, grad_out):
            return grad_out * 2 * self.last("x")

    gradcheck_layer(Sequential(Square(), Linear(5, 2, **DOUBLE)), numbers(ROWS))
    with pytest.raises(NotImplementedError):
        Layer().forward(numbers(ROWS))
    with pytest.raises(NotImplementedError):
        Layer().backward(numbers(ROWS))
