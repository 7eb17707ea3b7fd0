"""What the chapter on stacks of layers teaches is right, and equal to what the package does."""

import ast
import re

import numpy as np
import pytest
from chapter import Chapter
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

import cnnbook
from cnnbook import receptive_field
from cnnbook.data import photo
from cnnbook.kernels import KERNELS, image_kernel

chapter = Chapter(
    "10_stacks",
    conv2d=cnnbook.conv2d,
    cross_correlate2d=cnnbook.cross_correlate2d,
    x_photo=photo(grey=True).astype(float),
    sobel=image_kernel("Sobel vertical").astype(float),
    soft=image_kernel("Gaussian blur", 5),
)
taught = chapter.taught()
said, told = chapter.said(), chapter.said("text/markdown")


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
    assert ast.literal_eval(said["gaps"]) == list(range(0, receptive_field(even).size, 2))
    assert taught.columns_that_reach(growing, 15, 0) == list(range(receptive_field(growing).size))


def test_what_a_bad_error_is():
    assert ast.literal_eval(said["yardstick"]) == [1.0, 1.41]
    worst = taught.error_after(2, 4)
    assert 1 < worst < 2**0.5
    assert f"{worst:.2f}" in told["shift-result"]


def test_the_middle_counts_most_with_random_weights_too():
    """Other weights than the chapter's, and the influence read off a single bright pixel's way."""
    rng, shares = np.random.default_rng(5), []
    spots = np.eye(81).reshape(81, 1, 9, 9)
    for weights in rng.normal(size=(60, 4, 1, 1, 3, 3)):
        y = spots
        for weight in weights:
            y = cnnbook.conv2d(y, weight)
        influence = np.abs(y.reshape(9, 9))
        shares.append(influence[2:7, 2:7].sum() / influence.sum())
    *_, random_stacks, share, whole, above = map(int, re.findall(r"\d+", told["influence-result"]))
    assert (random_stacks, whole) == (above, round(100 * 25 / 81))
    assert share == pytest.approx(100 * np.mean(shares), abs=4)
    assert min(shares) > 25 / 81


def test_a_blur_helps_every_kernel():
    said_of = told["shift-result"].split("\n\n")[1]
    errors = {
        name: [taught.error_after(1, 2, blur, image_kernel(name).astype(float)) for blur in (False, True)]
        for name in KERNELS
    }
    assert all(blurred < plain for plain, blurred in errors.values())
    best, worst = (pick(errors, key=lambda name: errors[name][0]) for pick in (min, max))
    assert f"the {best} has the smallest error, {errors[best][0]:.2f}," in said_of
    assert f"the {worst} the largest, {errors[worst][0]:.2f}." in said_of
    assert said_of.endswith(f"for {len(errors)} of {len(errors)}.")


@pytest.mark.parametrize("dilation", [2, 3])
@pytest.mark.parametrize("depth", [1, 2])
def test_equal_dilations_leave_holes(dilation, depth):
    layers = [{"kernel_size": 3, "dilation": dilation}] * depth
    field = receptive_field(layers).size
    assert taught.columns_that_reach(layers, field, 0) == list(range(0, field, dilation))


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
    y = cnnbook.cross_correlate2d(cnnbook.cross_correlate2d(x, first), second)
    one = cnnbook.cross_correlate2d(x, signal.convolve2d(first, second))
    np.testing.assert_allclose(y, one, atol=1e-12)


def test_with_padding_between_them_two_layers_are_one_inside_only():
    rng = np.random.default_rng(1)
    x, weights = rng.normal(size=(1, 1, 12, 12)), rng.normal(size=(2, 1, 1, 3, 3))
    two = cnnbook.conv2d(cnnbook.conv2d(x, weights[0], padding=1), weights[1], padding=1)
    both = signal.convolve2d(weights[0, 0, 0], weights[1, 0, 0])
    alike = np.isclose(two, cnnbook.conv2d(x, both[None, None], padding=2))[0, 0]
    assert (alike.sum(), alike.size) == (100, 144)
    assert alike[1:-1, 1:-1].all()
    for name in ("stack-linear-say", "takeaways"):
        (sentence,) = re.findall(r"[^.]*are one layer[^.]*\.", chapter.source(name))
        assert "zeros" in sentence or "padding" in sentence
    assert "<two-layers-are-one>" in chapter.source("stack-linear-say")
    assert "44 differ" in Chapter("09_activations").said("text/markdown")["one-layer-say"]


def test_only_whole_steps_carry_over():
    assert max(taught.error_after(shift, 1) for shift in range(4)) < 1e-12
    assert [taught.error_after(shift, 2) > 0.5 for shift in range(4)] == [False, True, False, True]
    assert taught.error_after(2, 4) > taught.error_after(1, 4) > 0.5 > 1e-12 > taught.error_after(4, 4)
    for stride, shift in ((2, 1), (4, 2)):
        assert taught.error_after(shift, stride, blur=True) < 0.7 * taught.error_after(shift, stride)


def test_the_figure_derives_what_the_formula_says():
    assert ast.literal_eval(said["follow"]) == [(1, 1, 0), (3, 2, -1), (7, 2, -1), (11, 2, -1)]


def test_three_ways_to_see_more():
    assert said["dilated-stack"] == "(7, 15, 15)"


def test_three_small_layers_against_a_large_one():
    claimed = [int(n) for n in re.findall(r"\d+", told["small-or-large-result"].replace(",", ""))]
    x, products = np.zeros((1, 1, 256, 256)), 0
    for _ in range(3):
        x = cnnbook.conv2d(x, np.zeros((1, 1, 3, 3)))
        products += 9 * x.size
    assert [n for n in claimed if n > 20] == [27, 49, products, 49 * x.size]


def test_not_every_large_kernel_is_made_of_small_ones():
    """Three kernels of nine weights have 27 numbers to choose; 7 by 7 has 49."""
    rng = np.random.default_rng(0)
    steps = []
    kernels = list(rng.normal(size=(3, 3, 3)))

    def product(a, b, c):
        return signal.convolve2d(signal.convolve2d(a, b), c).ravel()

    for k in range(3):
        for at in np.ndindex(3, 3):
            one = np.zeros((3, 3))
            one[at] = 1
            steps.append(product(*[one if k == which else kernels[which] for which in range(3)]))
    assert np.linalg.matrix_rank(steps) <= 27 < 49
