"""How a layer is called, and what is said if it raises: layouts, dictionaries, caches, refusals."""

import numpy as np
import pytest

import cnnbook
from cnnbook import checks
from cnnbook.checks.sweep.layouts import from_layout, to_layout
from cnnbook.checks.sweep.what_fails import covered
from tests.checks import convolution_layer
from tests.checks.pooling_layers import COURSE
from tests.checks.test_layer import LOOPS, made

SIZE = "H_out = (H + 2 * pad - K_h) // stride + 1"
DIVIDES = f"{SIZE} -> assert (H + 2 * pad - K_h) % stride == (W + 2 * pad - K_w) % stride == 0\n    {SIZE}"
SQUARE = f"{SIZE} -> assert K_h == K_w or stride == 1, 'no'\n    {DIVIDES.partition(' -> ')[2]}"


def forward(x, w, b, stride=1, pad=0):
    return {"out": cnnbook.conv2d(x, w, b, stride, pad), "cache": (x, w, stride, pad)}


def backward(dout, cache):
    x, w, stride, pad = cache
    dx, dw, db = cnnbook.conv2d_backward(dout, x, w, stride, pad)
    return {"db": db, "dx": dx, "dw": dw}


def test_results_may_come_in_dictionaries():
    assert checks.layer(forward, backward).ok
    swapped = checks.layer(forward, lambda dout, cache: {**backward(dout, cache), "dx": dout})
    assert "gradient of x" in str(swapped)
    missing = checks.layer(forward, lambda dout, cache: {"dx": backward(dout, cache)["dx"]})
    assert "no gradient of weight and bias comes back" in str(missing)
    assert "is no array of numbers" in str(checks.layer(lambda x, w: {"cost": cnnbook.conv2d(x, w)}))


@pytest.mark.parametrize("order", [("bias", "weight", "x"), ("weight", "x")])
def test_gradients_may_come_in_any_order(order):
    def some(dout, cache):
        grads = backward(dout, cache)
        return [grads[{"x": "dx", "weight": "dw", "bias": "db"}[name]] for name in order]

    report = checks.layer(forward, some, grads=order)
    assert report.ok == (len(order) == 3)
    assert report.ok or "no gradient of bias comes back" in str(report)
    assert not checks.layer(forward, some).ok


def moved(array, order):
    return np.asarray(array).transpose(order)


LAYOUTS = {  # pictures, outputs, weights: how our axes are brought into theirs
    ("NHWC", None, "HWIO"): ((0, 3, 1, 2), (0, 3, 1, 2), (3, 2, 0, 1)),
    ("CHWN", None, "IHWO"): ((3, 0, 1, 2), (3, 0, 1, 2), (3, 0, 1, 2)),
    ("NCHW", "NHWC", "OIHW"): ((0, 1, 2, 3), (0, 3, 1, 2), (0, 1, 2, 3)),
    ("HWNC", "CNHW", "OHWI"): ((2, 3, 0, 1), (1, 0, 2, 3), (0, 3, 1, 2)),
}


@pytest.mark.parametrize("layouts", LAYOUTS)
@pytest.mark.parametrize("slip", [1, -1])
def test_axes_may_come_in_any_order(layouts, slip):
    x_order, y_order, w_order = LAYOUTS[layouts]

    def theirs(x, w, b, stride=1, pad=0):
        y = cnnbook.conv2d(moved(x, x_order), moved(w, w_order)[:, :, ::slip], b, stride, pad)
        return moved(y, np.argsort(y_order))

    def back(dout, x, w, stride=1, pad=0):
        x, w = moved(x, x_order), moved(w, w_order)
        dx, dw, db = cnnbook.conv2d_backward(moved(dout, y_order), x, w, stride, pad)
        return moved(dx, np.argsort(x_order)), moved(dw, np.argsort(w_order)), db

    layout, out_layout, weight_layout = layouts
    report = checks.layer(theirs, back, layout=layout, out_layout=out_layout, weight_layout=weight_layout)
    assert report.ok == (slip == 1), str(report)
    assert report.ok or "the kernel is flipped up and down" in report.diagnosis
    assert layout == "NCHW" or not checks.layer(theirs, back).ok


def test_what_is_built_in_is_kept():
    assert checks.layer(lambda x, w: cnnbook.conv2d(x, w, None, 2, 1), fixed={"stride": 2, "padding": 1}).ok
    assert not checks.layer(lambda x, w: cnnbook.conv2d(x, w, None, 2, 1)).ok
    report = checks.layer(lambda x, w: cnnbook.conv2d(x, w[:, :, ::-1, ::-1]), fixed={"kernel_size": 3})
    assert report.case["w"].shape == (1, 1, 3, 3)


def test_the_smallest_case_is_none_that_was_left_out():
    words = "the stride leaves rows or columns over"
    function = made(LOOPS, SQUARE)["conv_forward"]
    report = checks.layer(function, without=[words])
    assert "It refuses, by an error of its own" in report.diagnosis
    assert "raised:    AssertionError: no" in str(report)
    assert "the stride is above 1" in report.diagnosis
    assert checks.layer(made(LOOPS, DIVIDES)["conv_forward"], without=[words]).ok


def test_where_two_things_are_refused_both_are_named():
    def layer(x, weight):
        if weight.shape[2] % 2 == 0 or weight.shape[3] % 2 == 0 or weight.shape[2] != weight.shape[3]:
            raise SystemExit
        return cnnbook.conv2d(x, weight)

    assert (
        "where the kernel has an even size, and where the kernel is not square"
        in checks.layer(layer).diagnosis
    )


def test_what_covers_too_little_is_not_named():
    assert covered({("a",): {0, 1}, ("b",): {1, 2}}, {0, 1, 2}) == ([("a",), ("b",)], set())
    assert covered({("a",): {0, 1, 9}}, {0, 1, 2}) == ([], {0, 1, 2})


def test_a_backward_pass_that_takes_a_cache_is_shown_with_the_forward_pass():
    scope = made(
        COURSE,
        "dx[n, c, i * stride + place // size_w, j * stride + place % size_w] += -> "
        "dx[n, c, i * stride + place // size_w, j * stride + place % size_w] =",
    )
    report = checks.layer(scope["pool_forward_naive"], scope["pool_backward_naive"])
    shown = str(report)
    assert "x = np.array" in shown
    assert "'stride': 1}" in shown
    assert "'f'" not in shown
    assert "y, cache = pool_forward_naive(x, pool_param)\npool_backward_naive(dout, cache)" in shown


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (f"{SIZE} -> {SIZE.replace('//', '/')}", "In every case. A size is a float"),
        ("+ b[f] -> + b[f : f + 1]", "An array of one number stands where a number has to"),
        ("np.sum -> np.add_all", "another NumPy"),
    ],
)
def test_an_error_in_every_case_is_explained(change, words):
    report = checks.layer(made(LOOPS, change)["conv_forward"])
    assert report.diagnosis.startswith("It raises an error in every case.")
    assert words.removeprefix("In every case. ") in report.diagnosis


def test_a_size_that_leaves_the_padding_out_is_named():
    def pool(x, size, stride=1, pad=0):
        N, C, H, W = x.shape
        padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), constant_values=-np.inf)
        windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size), (2, 3))[
            :, :, ::stride, ::stride
        ]
        return windows.max((4, 5)).reshape(N, C, (H - size) // stride + 1, (W - size) // stride + 1)

    words = checks.layer(pool, without=["the numbers are whole (int)"]).diagnosis
    assert "does it count padding, stride and dilation?" in words
    assert "It fails only where there is padding." in words


def test_of_several_errors_the_most_common_is_explained():
    def layer(x, w):
        if x.shape[0] > 1:
            raise KeyError("another")
        return np.zeros((1, 1))[:] + np.zeros(x.size * 7).reshape(w.shape) if x.size > 2 else [][0]

    words = checks.layer(layer).diagnosis
    assert words.startswith("It raises an error in every case. The size that is counted is not the one")


def test_an_empty_slice_is_named():
    right = "dx = dp[:, :, pad : pad + H, pad : pad + W]"
    cut = f"{right} -> dx = np.zeros(x.shape)\n    dx[:] = dp[:, :, pad:-pad, pad:-pad]"
    scope = made(LOOPS, cut)
    words = checks.layer(scope["conv_forward"], scope["conv_backward"]).diagnosis
    assert "A slice is empty: a[p:-p] holds nothing for p = 0." in words
    assert "It fails exactly where there is no padding." in words


def test_a_slip_that_explains_a_part_says_so():
    text = convolution_layer.TEXT.replace("* weight[o]\n", "* weight[o, :, ::-1, ::-1] * (1 + (s == 1))\n")
    scope = made(text)
    report = checks.layer(scope["conv"], scope["conv_backward"])
    assert "turned by a half turn" in report.diagnosis
    part, whole = (int(word) for word in report.diagnosis.split() if word.isdecimal())
    assert 0 < part < whole
    assert "there is more to mend" in report.diagnosis


IN_LAYOUTS = [
    {"layout": "NHWC", "weight_layout": "HWIO"},
    {"layout": "NHWC", "weight_layout": "OHWI"},
    {"layout": "HWC", "weight_layout": "HWIO"},
    {"layout": "HW", "weight_layout": "HW"},
    {"layout": "NCHW", "out_layout": "NHWC", "bias_shape": (-1, 1, 1)},
]


@pytest.mark.parametrize("order", [("weight", "x", "bias"), ("bias", "x", "weight"), ("x", "bias", "weight")])
@pytest.mark.parametrize("way", IN_LAYOUTS, ids=lambda way: "-".join(map(str, way.values())))
def test_gradients_in_another_order_are_told_of_in_any_layout(way, order):
    out = way.get("out_layout", way["layout"])
    weights, bias_shape = way.get("weight_layout", "OIHW"), way.get("bias_shape", (-1,))

    def forward(x, weight, bias):
        x, weight = from_layout(x, way["layout"]), from_layout(weight, weights, "OIHW")
        return to_layout(cnnbook.conv2d(x, weight, bias.ravel()), out)

    def backward(grad_out, x, weight, bias):
        x, weight = from_layout(x, way["layout"]), from_layout(weight, weights, "OIHW")
        grads = cnnbook.conv2d_backward(from_layout(grad_out, out), x, weight)
        found = to_layout(grads[0], way["layout"]), to_layout(grads[1], weights, "OIHW")
        named = {"x": found[0], "weight": found[1], "bias": grads[2].reshape(bias_shape)}
        return tuple(named[name] for name in order)

    report = checks.layer(forward, backward, **way)
    assert not report.ok
    told = "grads=(" + ", ".join(f'"{name}"' for name in order) + ")"
    assert told in report.diagnosis
    assert checks.layer(forward, backward, grads=order, **way).ok


def test_one_gradient_in_the_place_of_another_needs_no_other_order():
    def twice(dout, cache):
        grads = backward(dout, cache)
        return grads["dw"], grads["dw"], grads["db"]

    diagnosis = checks.layer(forward, twice).diagnosis
    assert diagnosis == "What is taken for the gradient of x is that of weight."
