"""ShapeDetective in Python."""

import json
import re
from html import unescape

import numpy as np
import pytest
import traitlets
from stacks import random_stacks

from cnnbook import layers as real
from cnnbook.receptive import receptive_field
from cnnbook.widgets import ShapeDetective
from cnnbook.widgets.shape_detective import objects
from cnnbook.widgets.shape_detective.presets import PRESETS
from cnnbook.widgets.shape_detective.words import parse, write


def problem(stack, input_shape=(1, 28, 28)):
    """Return what the first impossible layer says."""
    detective = ShapeDetective(stack, input_shape=input_shape)
    (reason,) = [record["problem"] for record in detective.table if record["problem"]]
    return reason


@pytest.mark.parametrize(
    ("name", "shape", "parameters", "multiply_adds"),
    [
        ("LeNet-5", (10,), 61_706, 416_520),
        ("digit network", (10,), 5_050, 159_232),
        ("AlexNet", (1000,), 61_100_840, 714_188_480),
        ("VGG-16 features", (512, 7, 7), 14_714_688, 15_346_630_656),
    ],
)
def test_the_presets_have_their_well_known_numbers(name, shape, parameters, multiply_adds):
    totals = ShapeDetective.preset(name).output
    assert totals[:3] == (shape, parameters, multiply_adds)


def test_there_is_no_other_preset():
    with pytest.raises(traitlets.TraitError, match="no preset 'ResNet'; there are LeNet-5"):
        ShapeDetective.preset("ResNet")


@pytest.mark.parametrize("stack", [*random_stacks(40), ("LeNet-5", None), ("digit network", None)], ids=str)
def test_the_layers_give_the_shapes_and_hold_the_parameters(stack):
    words, input_shape = stack
    detective = (
        ShapeDetective(words, input_shape=input_shape) if input_shape else ShapeDetective.preset(words)
    )
    possible = [word for word, shape in zip(detective.stack, detective.shapes, strict=True) if shape]
    detective = ShapeDetective(possible, input_shape=detective.input_shape)
    x = np.zeros((2, *detective.input_shape), np.float32)
    for layer, record in zip(detective.layers, detective.table, strict=True):
        x = layer(x)
        assert x.shape[1:] == record["shape"]
        assert x[0].nbytes == record["memory"]
        assert sum(value.size for value, _ in layer.parameters()) == record["parameters"]


def test_an_impossible_layer_is_impossible_for_the_real_ones_too():
    for words, input_shape in random_stacks(60, seed=1):
        detective = ShapeDetective(words, input_shape=input_shape)
        reasons = [record["problem"] for record in detective.table]
        wrong = next((place for place, reason in enumerate(reasons) if reason), None)
        if wrong is None:
            continue
        assert detective.shapes[wrong:] == [None] * (len(words) - wrong)
        with pytest.raises(ValueError, match=f"layer {wrong + 1} .* is impossible"):
            _ = detective.layers
        before = (input_shape, *detective.shapes)[wrong]
        with pytest.raises(ValueError):  # noqa: PT011 -- of many kinds
            objects.build(parse(words[wrong]), before)(np.zeros((1, *before)))


def test_the_receptive_field_is_that_of_the_recursion():
    settings = [
        {"kernel_size": 5, "stride": 2, "padding": 2},
        {"kernel_size": 3, "dilation": 2},
        {"kernel_size": 3, "stride": 2},
    ]
    detective = ShapeDetective(["conv4k5s2p2", "relu", "conv4d2", "maxpool3s2"], input_shape=(1, 64, 48))
    last = detective.table[-1]
    expected = receptive_field(settings)
    assert last["field"] == (expected.size, expected.size)
    assert last["jump"] == expected.jump


@pytest.mark.parametrize("end", ["globalavgpool", "flatten linear2"])
def test_a_number_made_of_all_numbers_sees_what_they_see(end):
    detective = ShapeDetective(["conv1k3s2", *end.split()], input_shape=(1, 9, 7))
    assert detective.table[0]["shape"] == (1, 4, 3)
    assert detective.table[-1]["field"] == (9, 7)


def test_dropped_rows_and_columns():
    assert ShapeDetective(["maxpool2"], input_shape=(1, 7, 8)).table[0]["dropped"] == (1, 0)
    assert ShapeDetective(["conv1k3s3p1"], input_shape=(1, 8, 9)).table[0]["dropped"] == (1, 2)


@pytest.mark.parametrize(
    ("stack", "reason"),
    [
        (
            ["maxpool3", "maxpool3", "conv2k5"],
            "The 5×5 window does not fit on 3×3: use padding 1 or a 3×3 kernel.",
        ),
        (["conv2k15d2"], "The 15×15 window, which spans 29×29 with dilation 2, does not fit on 28×28: "),
        (["maxpool15", "maxpool2"], "The 2×2 window does not fit on 1×1: use padding 1."),
        (["flatten", "conv3"], "gets a row of 784 numbers: move it up"),
        (["linear3"], "It needs a row of numbers, but gets 1×28×28: put a flatten before it."),
        (["conv6", "conv8g4"], "4 groups must divide both its 6 channels in and its 8 out: use 2 groups."),
        (["maxpool3p2"], "Padding 2 is more than half of the 3×3 window: use padding 1 or a larger window."),
        (["conv2048p15"] * 9, "more than 1 GiB"),
    ],
)
def test_why_a_layer_is_impossible(stack, reason):
    assert reason in problem(stack, (1, 512, 512) if "p15" in stack[0] else (1, 28, 28))


@pytest.mark.parametrize("side", range(1, 8))
@pytest.mark.parametrize("word", ["conv2k7", "conv2k3d2", "maxpool5", "avgpool4s1p1", "conv2k7p1"])
def test_what_is_said_to_mend_it_mends_it(word, side):
    shape = (1, side, side + 2)
    if ShapeDetective([word], input_shape=shape).shapes[0]:
        return
    reason = problem([word], shape)
    layer = parse(word)
    mends = {
        "padding": re.search(r"use padding (\d+)", reason),
        "kernel_size": re.search(r"a (\d+)×\1", reason),
    }
    assert any(mends.values()) or "shrink the picture less" in reason
    for name, found in mends.items():
        if found:
            mended = write({**layer, name: int(found[1])})
            assert ShapeDetective([mended], input_shape=shape).shapes[0], (reason, mended)


def test_real_layers_in_and_out():
    conv, head = real.Conv2d(1, 4, 3, padding="same", rng=0), real.Linear(4 * 14 * 14, 10, bias=False, rng=0)
    model = real.Sequential(conv, real.ReLU(), real.MaxPool2d((2, 2)), real.Flatten(), head)
    detective = ShapeDetective(model)
    assert ShapeDetective([model]).stack == detective.stack
    assert detective.stack == ["conv4p1", "relu", "maxpool2", "flatten", "linear10b0"]
    assert detective.layers[0] is conv
    assert detective.layers[-1] is head
    detective.stack = ["conv4p1", "relu", "avgpool4", "flatten", "linear10b0"]
    assert detective.layers[0] is conv
    assert detective.layers[-1] is detective.layers[-1]
    assert detective.layers[-1].weight.shape == (10, 4 * 7 * 7)


def test_a_word_for_every_layer_and_back():
    for words, _ in random_stacks(50, seed=2):
        for word in words:
            shortest = write(parse(word))
            assert parse(shortest) == parse(word)
            shape = (24,) if word.startswith("linear") else (24, 9, 9)
            if "g4" not in word or "conv6" not in word:
                assert objects.describe(objects.build(parse(word), shape)) == shortest


@pytest.mark.parametrize(
    ("layers", "reason"),
    [
        ([real.Conv2d(3, 4, 3)], "layer 1, Conv2d, takes 3 channels, but gets 1"),
        ([real.Conv2d(1, 4, (1, 3))], "square windows only"),
        ([real.Conv2d(1, 4, 4, padding="same")], "more on one side"),
        ([real.MaxPool2d(3, ceil_mode=True)], "no word for a pooling that rounds up"),
        ([real.AvgPool2d(3, padding=1, count_include_pad=False)], "an average without its padding"),
        ([real.BatchNorm2d(1)], "layer 1 is refused: .*BatchNorm2d"),
        (["conv"], "'conv' lacks its channels, as in conv6"),
        (["conv6q3"], "conv takes channels kernel_size stride"),
        (["conv6k3k5"], "not understood"),
        (["relu", "conv6k99"], "layer 2 is refused: .*kernel_size must be from 1 to 15, got 99"),
        (["linear0"], "features must be from 1"),
        (["softmax"], "'softmax' is no layer; a layer starts with conv, maxpool"),
        ([3], "neither a word for a layer nor a layer"),
        ("relu", "must be a sequence"),
        (["relu"] * 49, "at most 48 layers, got 49"),
    ],
)
def test_what_is_not_understood_is_refused_and_nothing_changes(layers, reason):
    detective = ShapeDetective(["relu", "flatten"])
    with pytest.raises(traitlets.TraitError, match=reason):
        detective.layers = layers
    assert detective.stack == ["relu", "flatten"]
    with pytest.raises(traitlets.TraitError):
        ShapeDetective(layers)


@pytest.mark.parametrize("shape", [(1, 28), (0, 2, 2), (1, 513, 2), (1, 2.5, 2), "1x2x3", (1, 2, 3, 4)])
def test_the_inputs_shape_is_checked(shape):
    detective = ShapeDetective(["relu"])
    with pytest.raises(traitlets.TraitError, match="input_shape"):
        detective.input_shape = shape
    assert detective.input_shape == (1, 28, 28)


def test_the_view_changes_python_and_python_refuses_nonsense():
    detective = ShapeDetective()
    detective.set_state({"input_shape": [3, 8, 9], "stack": ["maxpool2"]})
    assert detective.shapes == [(3, 4, 4)]
    with pytest.raises(traitlets.TraitError):
        detective.set_state({"stack": ["maxpool"]})
    assert detective.stack == ["maxpool2"]


def test_unknown_keywords():
    with pytest.raises(TypeError, match="ShapeDetective takes no shape; it takes input_shape"):
        ShapeDetective(shape=(1, 2, 3))
    with pytest.raises(TypeError, match="layers or stack, not both"):
        ShapeDetective(["relu"], stack=["relu"])


def test_an_empty_stack():
    assert ShapeDetective([]).output == ((1, 28, 28), 0, 0, 0)
    assert ShapeDetective([]).layers == []


def test_the_static_copy_holds_the_numbers():
    detective = ShapeDetective.preset("AlexNet")
    data, _ = detective._repr_mimebundle_()
    copy = unescape(data["text/html"])
    for text in ("37,752,832", "61,100,840", "714,188,480", "64 × 55 × 55", "195 × 195", "of padding"):
        assert text in copy
    state = json.loads(re.search(r'data-state="([^"]*)"', data["text/html"])[1].replace("&quot;", '"'))
    assert state["stack"] == detective.stack
    assert data["text/plain"].startswith("ShapeDetective(3x224x224,conv64k11s4p2,relu,")


def test_the_static_copy_says_what_is_impossible():
    copy = ShapeDetective(["linear3", "relu"]).static_html()
    assert "put a flatten before it." in copy
    assert copy.count("waiting for the layer above") == 1


def test_presets_are_written_in_the_shortest_words():
    for text in PRESETS.values():
        words = text.split(",")[1:]
        assert [write(parse(word)) for word in words] == words
