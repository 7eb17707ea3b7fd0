"""The front end's network: its numbers and its gradients are cnnbook's."""

import json

import numpy as np
import pytest
from pages import imported, plain

from cnnbook import cross_entropy, softmax
from cnnbook.layers import AvgPool2d, Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential, Tanh
from cnnbook.widgets import frontend
from cnnbook.widgets.shared.network import layers_of

COMPUTE = """({ forward, backward, crossEntropy, layersOf, softmax }, cases) => {
  const tensor = ({ shape, data }) => ({ shape, data: Float64Array.from(data) });
  const sent = (x) => x && { shape: x.shape, data: [...x.data] };
  return cases.map(({ layers, x, labels }) => {
    const own = layersOf(layers);
    const outputs = forward(own, tensor(x));
    const logits = outputs[outputs.length - 1];
    const { loss, grad } = crossEntropy(logits, labels);
    const gradients = backward(own, outputs, grad, { all: true });
    return {
      loss,
      p: sent(softmax(logits)),
      outputs: outputs.slice(1).map(sent),
      gradients: gradients.map((one) =>
        Object.fromEntries(Object.entries(one).map(([name, g]) => [name, sent(g)]))),
      left: backward(own, outputs, grad)[0].x,
    };
  });
}"""


@pytest.fixture
def network_page(page):
    modules = frontend.page_script(frontend.modules_of("shared/network.mjs"))
    page.set_content(f"<script>{modules}</script><script>{frontend.page_start()}</script>")
    return page


def random_network(rng):
    """Return a network, and an input of it: sizes that differ, kernels and blocks of several sizes."""
    N, C, H, W = (int(n) for n in (rng.integers(1, 4), rng.integers(1, 3), *rng.integers(6, 10, 2)))
    layers, x = [], rng.integers(0, 17, (N, C, H, W)) / 16  # equal numbers: a block's largest may be two
    for _ in range(rng.integers(1, 3)):
        K, out = int(rng.choice([1, 2, 3, 3, 4])), int(rng.integers(1, 5))
        bias = bool(rng.random() < 0.7)
        layers.append(Conv2d(C, out, K, padding=int(rng.integers(0, K)), bias=bias, rng=rng, dtype=float))
        layers.append([ReLU, Tanh][rng.integers(2)]())
        C = out
    layers.append(MaxPool2d(int(rng.integers(1, 3))))
    layers.append(Flatten())
    features = Sequential(*layers)(x).shape[1]
    layers.append(Linear(features, 5, bias=bool(rng.random() < 0.7), rng=rng, dtype=float))
    for layer in layers:
        if getattr(layer, "bias", None) is not None:
            layer.bias[...] = rng.normal(size=layer.bias.shape)
    return Sequential(*layers), x, rng.integers(0, 5, N)


def outputs_of(network, x):
    for layer in network.layers:
        x = layer(x)
        yield x


def close(got, expected):
    size = max(1, np.abs(expected).max(initial=0))
    assert tuple(got["shape"]) == expected.shape
    np.testing.assert_allclose(got["data"], expected.ravel(), rtol=1e-12, atol=1e-12 * size)


def gradients_of(network, grad):
    """Yield each layer's gradient of its input, from the last layer."""
    for layer in reversed(network.layers):
        grad = layer.backward(grad)
        yield layer, grad


def test_outputs_and_gradients_are_cnnbooks_on_random_networks(network_page):
    cases = [random_network(np.random.default_rng(seed)) for seed in range(40)]
    sent = [
        {"layers": layers_of(network), "x": plain(x), "labels": labels.tolist()}
        for network, x, labels in cases
    ]
    for (network, x, labels), got in zip(
        cases, imported(network_page, "shared/network.mjs", COMPUTE, sent), strict=True
    ):
        outputs = list(outputs_of(network, x))
        for ours, expected in zip(got["outputs"], outputs, strict=True):
            close(ours, expected)
        loss, grad = cross_entropy(outputs[-1], labels)
        assert got["loss"] == pytest.approx(loss, rel=1e-12)
        close(got["p"], softmax(outputs[-1], axis=1))
        assert got["left"] is None
        for ours, (layer, grad_x) in zip(
            reversed(got["gradients"]), gradients_of(network, grad), strict=True
        ):
            close(ours["x"], grad_x)
            if layer.parameter_names:
                close(ours["weight"], layer.grad_weight)
            if "bias" in layer.parameter_names:
                close(ours["bias"], layer.grad_bias)


def test_a_batch_in_slices_adds_up(network_page):
    code = """({ crossEntropy }, [logits, labels]) => {
      const rows = logits.map((row) => ({ shape: [1, 3], data: Float64Array.from(row) }));
      const all = crossEntropy({ shape: [2, 3], data: Float64Array.from(logits.flat()) }, labels);
      const parts = rows.map((row, n) => crossEntropy(row, [labels[n]], 2));
      return [all.loss - parts[0].loss - parts[1].loss,
        ...all.grad.data.map((g, k) => g - parts[Math.floor(k / 3)].grad.data[k % 3])];
    }"""
    logits = [[1000, 0, -3], [0.5, 2, 1]]
    found = imported(network_page, "shared/network.mjs", code, [logits, [1, 2]])
    assert isinstance(found, list)
    np.testing.assert_allclose(found, 0, atol=1e-12)


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (AvgPool2d(2), "AvgPool2d"),
        (MaxPool2d(3, stride=2), "blocks"),
        (MaxPool2d(2, padding=1), "blocks"),
        (Conv2d(1, 1, 3, stride=2), "stride"),
        (Conv2d(1, 1, (3, 2)), "square"),
        (Conv2d(1, 1, 3, padding=3), "below"),
    ],
)
def test_a_layer_that_the_front_end_lacks_is_refused(layer, message):
    with pytest.raises(ValueError, match=message):
        layers_of(Sequential(layer))


def test_the_list_can_be_sent():
    layers = json.loads(
        json.dumps(layers_of(Sequential(Conv2d(1, 2, 3, padding=1), Flatten(), Linear(8, 3))))
    )
    assert [layer["kind"] for layer in layers] == ["conv", "flatten", "linear"]
    assert layers[0]["padding"] == 1
    assert layers[2]["weight"]["shape"] == [3, 8]
