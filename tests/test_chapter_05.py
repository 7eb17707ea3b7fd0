"""The code that the chapter on channels teaches is right, and equal to what the package does."""

import ast
import re

import numpy as np
import pytest
from chapter import Chapter
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

import cnnbook
from cnnbook.data import photo, to_grey
from cnnbook.layers import Conv2d, Linear
from cnnbook.widgets import ChannelExplorer

chapter = Chapter("05_channels", cross_correlate2d=cnnbook.cross_correlate2d, conv2d=cnnbook.conv2d)
taught = chapter.taught()


@st.composite
def layers(draw):
    """Draw a batch, filters and biases of all kinds of small sizes, with padding and stride."""
    N, C_in, C_out, K_h, K_w, more_h, more_w = (draw(st.integers(1, 3)) for _ in range(7))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = rng.normal(size=(N, C_in, K_h + more_h, K_w + more_w - 1))
    weight, bias = rng.normal(size=(C_out, C_in, K_h, K_w)), rng.normal(size=C_out)
    return x, weight, bias, draw(st.integers(0, 2)), draw(st.integers(1, 3))


@given(layers())
def test_the_grown_loops_equal_the_package(layer):
    x, weight, bias, padding, stride = layer
    y = taught.conv_batch(x, weight, bias, padding, stride)
    for function in (cnnbook.conv2d_naive, cnnbook.conv2d):
        expected = function(x, weight, bias, padding=padding, stride=stride)
        np.testing.assert_allclose(y, expected, atol=1e-12)


@given(layers())
def test_each_step_is_a_special_case_of_the_next(layer):
    x, weight, _, padding, stride = layer
    one = taught.conv_one_kernel(x[0, 0], weight[0, 0], padding, stride)
    channels = taught.conv_channels(x[:1, 0], weight[:1, 0], padding, stride)
    np.testing.assert_array_equal(channels, one)
    channels = taught.conv_channels(x[0], weight[0], padding, stride)
    whole = taught.conv_batch(x[:1], weight[:1], np.zeros(1), padding, stride)
    np.testing.assert_array_equal(whole[0, 0], channels)


@given(layers())
def test_one_filter_is_scipys_correlation(layer):
    x, weight, *_ = layer
    expected = signal.correlate(x[0], weight[0], mode="valid")[0]
    np.testing.assert_allclose(taught.one_filter(x[0], weight[0], 2.0), expected + 2, atol=1e-12)


class Counted(float):
    """A number that counts how often it is multiplied."""

    times = 0

    def __mul__(self, other):
        Counted.times += 1
        return float(self) * float(other)


def counted(shape, weight_shape):
    """Return how often the loops of the chapter multiply."""
    Counted.times = 0
    x = np.array([Counted(n) for n in range(np.prod(shape))], dtype=object).reshape(shape)
    taught.conv_batch(x, np.ones(weight_shape), np.zeros(weight_shape[0]))
    return Counted.times


def test_the_multiply_adds_are_those_of_the_loops():
    assert counted((1, 3, 4, 5), (2, 3, 3, 2)) == taught.multiply_adds((2, 3, 3, 2), 2, 4)


@pytest.mark.parametrize(("C_in", "C_out", "K"), [(2, 3, 3), (3, 8, 2), (4, 4, 1)])
def test_the_ratio_of_the_mobilenets_is_counted(C_in, C_out, K):
    n = 2  # places along a side
    full = counted((1, C_in, n + K - 1, n + K - 1), (C_out, C_in, K, K))
    depthwise = sum(counted((1, 1, n + K - 1, n + K - 1), (1, 1, K, K)) for _ in range(C_in))
    pointwise = counted((1, C_in, n, n), (C_out, C_in, 1, 1))
    assert (depthwise + pointwise) / full == pytest.approx(1 / C_out + 1 / K**2)


def test_the_costs_are_those_of_the_layer_classes():
    shapes = ((3, 7, 7), (4, 3, 3, 3), (4, 5, 5))
    conv, dense = Conv2d(3, 4, 3), Linear(3 * 7 * 7, 4 * 5 * 5)
    for costs, layer in ((taught.conv_costs, conv), (taught.dense_costs, dense)):
        assert costs(*shapes)[0] == sum(value.size for value, _ in layer.parameters())
    assert taught.conv_costs(*shapes)[1] == counted((1, 3, 7, 7), (4, 3, 3, 3))


def test_the_dense_layer_is_as_many_times_larger_as_the_formula_says():
    table = chapter.said("text/markdown")["costs-say"].splitlines()[2:6]
    for line in table:
        name, *counted = line.strip("| ").split(" | ")
        work, parameters = (int(number.replace(",", "")) for number in counted)
        (C_in, H, W), (_, C_group, K, _), (_, H_out, W_out) = layers_of_the_chapter()[name]
        ratio = H * W * (C_in // C_group) / K**2
        assert work == round(ratio)
        assert parameters / (ratio * H_out * W_out) == pytest.approx(1, abs=0.04)  # the biases


def test_what_looking_nearby_saves_and_what_the_groups_save_are_told_apart():
    (C_in, H, W), (C_out, C_group, K, _), _ = shapes = layers_of_the_chapter()["AlexNet, second"]
    dense = taught.dense_costs(*shapes)[1]
    ungrouped = taught.conv_costs(shapes[0], (C_out, C_in, K, K), shapes[2])[1]
    assert dense / ungrouped == pytest.approx(H * W / K**2)
    assert ungrouped / taught.conv_costs(*shapes)[1] == C_in // C_group == 2
    assert "`H W / K^2`, and parameters too; groups divide both by another $g$" in chapter.source("takeaways")
    assert "in AlexNet a third" in chapter.source("dense-say")
    assert "parameters, with biases" in chapter.said("text/markdown")["costs-say"]


def layers_of_the_chapter():
    return chapter.defined_by("layers")["layers"]


def test_the_layers_have_the_shapes_of_their_papers():
    found = {
        name: (taught.conv_costs(*shapes)[0], shapes[1][0])
        for name, shapes in layers_of_the_chapter().items()
    }
    assert found == {
        "LeNet-5, first": (156, 6),
        "AlexNet, second": (307_456, 256),
        "VGG-16, first": (1_792, 64),
        "VGG-16, last": (2_359_808, 512),
    }
    paddings = {"LeNet-5, first": 0, "AlexNet, second": 2, "VGG-16, first": 1, "VGG-16, last": 1}
    for name, ((C_in, H, W), (C_out, C_group, K, _), (C_y, H_out, W_out)) in layers_of_the_chapter().items():
        assert C_y == C_out
        assert C_in % C_group == 0
        sizes = tuple(cnnbook.output_size(n, K, padding=paddings[name]) for n in (H, W))
        assert sizes == (H_out, W_out)


def test_a_pure_red_and_a_dark_grey_are_one_in_a_grey_picture():
    assert len(set(to_grey(np.array([[[255, 0, 0], [76, 76, 76]]], np.uint8)).ravel())) == 1


def test_only_the_white_rim_comes_near_no_redness():
    text = chapter.said("text/markdown")["redness-of-places"]
    *others, rim = (int(number) for number in re.findall(r"[a-z] (-?\d+)", text))
    assert 0 < rim < 30
    assert min(others) > 60


def test_an_edge_of_light_keeps_less_of_its_three_results_than_an_edge_of_colour():
    text = chapter.said("text/markdown")["photo-parts-say"]
    spoon, saucer = re.findall(r"(\d+)%", text)
    assert int(spoon) < 50 < int(saucer)
    for left, *parts, share in re.findall(r"([\d.]+) of ([\d.]+) \+ ([\d.]+) \+ ([\d.]+): (\d+)%", text):
        assert round(100 * float(left) / sum(map(float, parts))) == int(share)


def test_over_the_spoon_the_sums_have_both_signs():
    left_right = np.array([[1, 0, -1]] * 3)
    weight = np.stack([2 * left_right, -left_right, -left_right])[None]
    shine = ChannelExplorer(weight=weight, bias=[0]).output
    assert (shine[0, 29:36, 26:34] > 100).any()
    assert (shine[0, 29:36, 26:34] < -100).any()


def test_two_steps_are_a_full_layer_only_without_a_relu_between():
    assert chapter.said()["check-separable"] == "True"
    assert "does what the first one does" not in chapter.said("text/markdown")["cost-say"]
    said = chapter.said("text/markdown")["relu-between"]
    assert float(re.findall(r"at least ([\d.]+) times", said)[0]) > 1
    rng = np.random.default_rng(0)
    x, weight, bias = rng.normal(size=(1, 3, 9, 9)), rng.normal(size=(4, 3, 3, 3)), rng.normal(size=4)
    both = cnnbook.conv2d(x, weight, bias) + cnnbook.conv2d(-x, weight, bias)
    np.testing.assert_allclose(both, np.broadcast_to(2 * bias[:, None, None], both.shape))


def test_the_channels_of_a_pixel_lie_as_far_apart_as_the_page_says():
    assert "in NCHW they lie $H W$ numbers apart" in chapter.source("layout-why")
    first = np.zeros((2, 5, 4, 7))
    last = np.zeros((2, 4, 7, 5))
    assert first.strides[1] == 4 * 7 * first.itemsize
    assert last.strides[3] == last.itemsize


def test_the_reshape_agrees_more_often_than_a_shuffle_would():
    percent = [float(n) for n in re.findall(r"([\d.]+)%", chapter.said("text/markdown")["reshape-say"])]
    coffee = photo()
    wanted, reshaped = coffee.transpose(2, 0, 1), coffee.reshape(3, 256, 256)
    same = reshaped == wanted
    assert percent[:2] == [round(100 * share.mean(), 1) for share in (same, same[0])]
    assert percent[0] > 1.5 * percent[2]
    assert percent[1] > percent[3]


def test_a_reshape_keeps_the_order_of_reading_and_copies_when_it_must():
    a = np.arange(6).reshape(2, 3)
    np.testing.assert_array_equal(a.T.reshape(-1), list(a.T.flat))
    assert np.shares_memory(a, a.reshape(-1))
    assert chapter.said()["transpose"] == "(True, True)"
    assert not np.shares_memory(a, a.T.reshape(-1))


def test_nothing_is_left_of_the_grey_photograph():
    assert "the largest output is 0." in chapter.said("text/markdown")["grey-is-nothing"]


def test_the_listing_ends_with_the_code_of_its_step():
    listing = chapter.said("text/markdown")["grow-channels"].splitlines()[1:-1]
    shown = "\n".join(line[1:] for line in listing if not line.startswith("-"))
    function = ast.parse(chapter.source("grow-channels")).body[0]
    assert ast.unparse(ast.parse(shown)) == ast.unparse(function)
