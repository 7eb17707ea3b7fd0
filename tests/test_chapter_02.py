"""The code that chapter 2 teaches is right, and equal to what the package does."""

import ast
import re

import numpy as np
import pytest
from chapter import Chapter
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage, signal

import cnnbook
from cnnbook import output_size, receptive_field
from cnnbook.data import photo
from cnnbook.kernels import image_kernel

chapter = Chapter(
    "02_stride_and_padding",
    cross_correlate2d=cnnbook.cross_correlate2d,
    x_photo=photo(grey=True).astype(float),
    sobel=image_kernel("Sobel vertical").astype(float),
    soft=image_kernel("Gaussian blur", 5),
)
MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


taught = chapter.taught()
small = st.integers(1, 4)


@st.composite
def settings_2d(draw):
    """Draw an image, a kernel that fits into it, and a stride, a padding and a dilation."""
    K_h, K_w, more_h, more_w, stride, dilation = draw(st.tuples(*[small] * 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    H, W = dilation * (K_h - 1) + more_h, dilation * (K_w - 1) + more_w
    padding = draw(st.integers(0, 3))
    return rng.normal(size=(H, W)), rng.normal(size=(K_h, K_w)), stride, padding, dilation


@given(settings_2d())
def test_the_loops_equal_the_package_and_scipy(setting):
    x, w, stride, padding, dilation = setting
    y = taught.correlate_all(x, w, stride, padding, dilation)
    packaged = cnnbook.conv2d(x[None, None], w[None, None], None, stride, padding, dilation)[0, 0]
    np.testing.assert_allclose(y, packaged, atol=1e-12)
    spread = np.zeros([dilation * (k - 1) + 1 for k in w.shape])
    spread[::dilation, ::dilation] = w
    every = signal.correlate2d(np.pad(x, padding), spread, mode="valid")
    np.testing.assert_allclose(y, every[::stride, ::stride], atol=1e-12)


@given(settings_2d())
def test_each_step_of_the_loops_is_a_case_of_the_next(setting):
    x, w, stride, padding, _ = setting
    strided = taught.correlate_strided(x, w, stride)
    padded = taught.correlate_padded(x, w, stride, padding)
    np.testing.assert_allclose(strided, cnnbook.cross_correlate2d(x, w)[::stride, ::stride], atol=1e-12)
    np.testing.assert_array_equal(taught.correlate_padded(x, w, stride), strided)
    np.testing.assert_allclose(taught.correlate_all(x, w, stride, padding), padded, atol=1e-12)
    np.testing.assert_array_equal(taught.pad_zeros(x, padding), np.pad(x, padding))


@given(st.integers(1, 20), small, small)
def test_the_starts_are_as_many_as_the_package_counts(more, k, stride):
    n = k + more - 1
    starts = taught.window_starts(n, k, stride)
    assert len(starts) == output_size(n, k, stride)
    assert starts[-1] + k <= n < starts[-1] + stride + k


@given(settings_2d())
def test_the_coverage_is_col2im_of_ones(setting):
    x, w, stride, padding, _ = setting
    k = min(w.shape)
    windows = np.prod([output_size(n, k, stride, padding) for n in x.shape])
    counts = cnnbook.col2im(np.ones((1, k * k, windows)), x.shape, k, stride, padding)[0, 0]
    np.testing.assert_array_equal(taught.count_coverage(x.shape, k, stride, padding), counts)


@given(st.integers(1, 30), st.integers(1, 6), small)
def test_tensorflow_pads_as_little_as_its_windows_need(n, k, stride):
    before, after = taught.tensorflow_same(n, k, stride)
    count = -(-n // stride)
    assert (n + before + after - k) // stride + 1 == count
    assert 0 <= after - before <= 1
    assert before + after == 0 or (count - 1) * stride + k == n + before + after


LAYERS = st.lists(
    st.fixed_dictionaries(
        {
            "kernel_size": st.integers(1, 3),
            "stride": st.integers(1, 2),
            "padding": st.integers(0, 1),
            "dilation": st.integers(1, 2),
        }
    ),
    max_size=4,
)


@given(LAYERS)
def test_following_a_stack_equals_the_package(layers):
    assert taught.follow(layers) == receptive_field(layers)


@pytest.mark.parametrize("strides", [(1, 1), (2, 1), (2, 2)])
@pytest.mark.parametrize("place", [0, 2])
def test_the_spoilt_columns_are_the_receptive_field(strides, place):
    layers = [{"kernel_size": 3, "stride": stride, "padding": 1} for stride in strides]
    size, jump, start = receptive_field(layers)
    seen = range(start + place * jump, start + place * jump + size)
    assert taught.columns_that_reach(layers, 16, place) == [c for c in seen if 0 <= c < 16]


def test_equal_dilations_leave_half_of_their_field_out():
    even, growing = ([{"kernel_size": 3, "dilation": d} for d in ds] for ds in ((2, 2, 2), (1, 2, 4)))
    assert ast.literal_eval(chapter.said()["gaps"]) == list(range(0, receptive_field(even).size, 2))
    assert taught.columns_that_reach(growing, 15, 0) == list(range(receptive_field(growing).size))


def test_the_three_rules_for_sizes():
    settings = [(n, k, s, p) for n in (7, 8) for k in (2, 3) for s in (1, 2, 3) for p in (0, 1)]
    for n, k, s, p in settings:
        size = output_size(n, k, s, p)
        assert taught.floors(n, k, s, p) == size
        assert taught.refuses(n, k, s, p) == (size if (n + 2 * p - k) % s == 0 else "refuses")
        assert taught.rounds_up(n, k, s, p) == int(np.ceil(n / s))
    assert taught.refuses(224, 7, 2, 3) == "refuses"  # as the text says of a well-known first layer
    refused = [taught.refuses(n, 3, 2, p) == "refuses" for n in range(7, 17) for p in (0, 1)]
    assert np.mean(refused) == 0.5


def test_other_cells_say_what_their_text_says():
    assert chapter.said()["correlate-strided"] == "True"
    assert chapter.said()["sources-crop"] == "{0: (0, 0), 1: (3, 3)}"


def test_the_sizes_that_the_text_promises():
    assert re.findall(r"\d+", chapter.said("text/markdown")["padding-numbers"])[-1] == str(
        output_size(7, 3, 2, 1)
    )
    assert output_size(7, 3, 1, 1) == 7
    assert chapter.said()["dilated-stack"] == "(7, 15, 15)"


def test_zeros_are_wrong_by_a_third_and_replicate_is_best():
    table = chapter.said("text/markdown")["border-error-table"]
    errors = {
        mode: [float(n) for n in re.findall(rf"\| {mode} \| (.*) \| (.*) \|", table)[0]] for mode in MODES
    }
    (mean,) = re.findall(r"a mean of (\d+)", table)
    assert min(errors["zeros"]) > int(mean) / 3
    for one, nine in errors.values():
        assert one < nine
    assert errors["replicate"] < errors["reflect"] < errors["zeros"] < errors["circular"]


def test_a_corner_counts_less_with_same_padding():
    assert re.findall(r"\d+", chapter.said("text/markdown")["coverage-result"]) == [
        "9",
        "1",
        "4",
        "6",
        "9",
        "9",
    ]


def test_only_whole_steps_carry_over():
    assert max(taught.error_after(shift, 1) for shift in range(4)) < 1e-12
    assert [taught.error_after(shift, 2) > 0.5 for shift in range(4)] == [False, True, False, True]
    assert taught.error_after(2, 4) > taught.error_after(1, 4) > 0.5 > 1e-12 > taught.error_after(4, 4)
    for stride, shift in ((2, 1), (4, 2)):
        assert taught.error_after(shift, stride, blur=True) < 0.7 * taught.error_after(shift, stride)


def test_names_of_borders_are_those_of_scipy():
    names = ast.literal_eval(chapter.said()["conventions-names"])
    x, weights = np.random.default_rng(0).normal(size=9), np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    for theirs, numpys in names.items():
        padded = np.correlate(np.pad(x, 2, mode=numpys), weights, mode="valid")
        np.testing.assert_allclose(ndimage.correlate1d(x, weights, mode=theirs), padded)
    assert names["reflect"] != "reflect"
