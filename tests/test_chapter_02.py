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
    grey=photo(grey=True),
    x_photo=photo(grey=True).astype(float),
    sobel=image_kernel("Sobel vertical").astype(float),
    soft=image_kernel("Gaussian blur", 5),
)
MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


taught = chapter.taught()
said, told = chapter.said(), chapter.said("text/markdown")
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


def test_which_border_is_best_over_many_cuts():
    """Not on one cut, where circular happened to be as wrong as zeros."""
    table = told["border-error-table"]
    claimed = {
        mode: [float(n) for n in re.findall(rf"\| {mode} \| (.*) \| (.*) \|", table)[0]] for mode in MODES
    }
    places = np.random.default_rng(7).integers(0, 256 - 168, size=(60, 2))
    for column, k in enumerate((3, 9)):
        errors = {
            name: np.array([taught.error_at_the_border(*at, mode, k) for at in places])
            for name, mode in MODES.items()
        }
        means = {name: error.mean() for name, error in errors.items()}
        assert means["replicate"] < means["reflect"] < means["circular"] < means["zeros"]
        for name, mean in means.items():
            assert claimed[name][column] == pytest.approx(mean, rel=0.15)
        assert (errors["replicate"] < errors["reflect"]).all()
        assert (errors["reflect"] < errors["circular"]).all()
        assert (errors["circular"] < errors["zeros"]).mean() > 0.8
    better = [int(n) for n in re.findall(r"in (\d+)(?: of 60)", table)]
    assert better[:2] == [60, 60]
    assert better[2] > 50


def test_a_corner_counts_less_with_same_padding():
    claimed = [int(n) for n in re.findall(r"\d+", told["coverage-result"])]
    assert claimed == [9, 1, 4, 6, 9, 9, 0, 81, 56, 225, 216, 441]


@pytest.mark.parametrize("padding", [0, 1, 2])
def test_how_many_products_are_spent_on_the_frame(padding):
    """Padding wastes products on zeros; it does not keep windows from doing so."""
    inside = np.pad(np.ones((5, 5)), padding)
    windows = np.lib.stride_tricks.sliding_window_view(inside, (3, 3))
    spent = (windows == 0).sum()
    claimed = re.findall(r"(\d+) of (\d+)", told["coverage-result"])[padding]
    assert [int(n) for n in claimed] == [spent, windows.size]


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 4), st.integers(0, 6))
def test_when_all_pixels_count_alike(k, s, p, more):
    """A full frame is not the only way: kernel 4, stride 2, padding 2 is even as well."""
    s, n = min(s, k), 2 * k + more
    counts = taught.count_coverage((n, n), k, s, p)
    rest = (n + 2 * p - k) % s
    assert (np.ptp(counts) == 0) == (k % s == 0 and p - rest >= k - s)


@pytest.mark.parametrize(("n", "k", "s", "p"), [(8, 4, 2, 2), (6, 3, 3, 0)])
def test_even_coverage_without_a_full_frame(n, k, s, p):
    assert p < k - 1
    assert np.ptp(taught.count_coverage((n, n), k, s, p)) == 0


def test_what_a_bad_error_is():
    assert ast.literal_eval(said["yardstick"]) == [1.0, 1.41]
    worst = taught.error_after(2, 4)
    assert 1 < worst < 2**0.5
    assert f"{worst:.2f}" in told["shift-result"]


def test_holes_are_counted_in_the_plane():
    assert [int(n) for n in re.findall(r"\d+", told["gaps-result"])] == [7, 13, 49, 169, 29]
    holes = [{"kernel_size": 3, "dilation": 2}] * 3
    x, seen = np.zeros((13, 13)), np.zeros((13, 13))
    for at in np.ndindex(x.shape):
        y = x.copy()
        y[at] = np.nan
        for layer in holes:
            y = taught.all_ones(y, **layer)
        seen[at] = np.isnan(y[0, 0])
    assert (seen.sum(), seen.size) == (49, 169)


def test_layers_without_a_bend_are_one_layer():
    rng = np.random.default_rng(0)
    x, first, second = rng.normal(size=(12, 9)), rng.normal(size=(3, 3)), rng.normal(size=(2, 4))
    y = taught.correlate_all(taught.correlate_all(x, first), second)
    np.testing.assert_allclose(y, taught.correlate_all(x, signal.convolve2d(first, second)), atol=1e-12)


def test_the_cost_of_a_stride():
    for stride, size, cost in re.findall(r"\| (\d) \| (\d+) × \d+ \| ([\d,]+) \|", told["stride-cost"]):
        y = cnnbook.conv2d(np.zeros((1, 1, 256, 256)), np.zeros((1, 1, 3, 3)), stride=int(stride))[0, 0]
        assert (int(size), int(cost.replace(",", ""))) == (len(y), 9 * y.size)


def test_the_two_same_paddings_give_other_numbers():
    assert said["same-trap-numbers"] == "(16, 16)"


def test_how_many_sizes_are_refused():
    claimed = [int(n) for n in re.findall(r"(\d+)% with stride", told["conventions-refused"])]
    refused = [np.mean([(n + 2 - 3) % s != 0 for n in range(7, 257)]) for s in (2, 3, 4)]
    assert claimed == [round(100 * share) for share in refused]


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
