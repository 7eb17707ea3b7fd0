"""What the chapter on stride and padding teaches is right, and equal to what the package does."""

import re

import numpy as np
import pytest
from chapter import Chapter
from claims import numbers
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

import cnnbook
from cnnbook import output_size
from cnnbook.data import photo

chapter = Chapter(
    "04_stride_and_padding",
    cross_correlate2d=cnnbook.cross_correlate2d,
    grey=photo(grey=True),
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
    padded = taught.correlate_strided(taught.pad_zeros(x, padding), w, stride)
    np.testing.assert_allclose(strided, cnnbook.cross_correlate2d(x, w)[::stride, ::stride], atol=1e-12)
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
    smaller = [int(n) for n in re.findall(r"(\d+) of 60", table)][3:]
    assert min(smaller[:2]) >= 55
    assert smaller[2] > 45


def test_a_corner_counts_less_with_same_padding():
    claimed = [int(n) for n in re.findall(r"\d+", told["coverage-result"])]
    assert claimed == [9, 1, 4, 6, 9, 9, 0, 1, 2, 0, 81, 56, 225, 216, 441]


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


@pytest.mark.parametrize(("n", "k", "s", "p"), [(10, 3, 3, 0), (10, 4, 4, 0), (11, 4, 2, 2), (12, 5, 5, 0)])
def test_pixels_left_over_make_the_counts_uneven(n, k, s, p):
    """The stride divides the kernel and the frame is k − s wide: that alone is not enough."""
    assert k % s == 0
    assert p >= k - s
    assert np.ptp(taught.count_coverage((n, n), k, s, p)) > 0
    assert "with $r$ entries left over" in chapter.source("takeaways")


def test_the_rule_is_for_pictures_larger_than_the_kernel():
    assert np.ptp(taught.count_coverage((5, 5), 5, 3, 0)) == 0
    assert "For pictures larger than the kernel" in told["even-coverage"]
    agree, tried, kernel, stride, *_ = numbers(told["even-coverage"])
    assert agree == tried > 300
    assert (kernel, stride) == (3, 3)
    assert "10 pixels leave one that no window holds, and they do not count alike" in told["even-coverage"]
    assert "9 leave none, and they do." in told["even-coverage"]


@pytest.mark.parametrize(("n", "k", "s", "p"), [(8, 4, 2, 2), (6, 3, 3, 0)])
def test_even_coverage_without_a_full_frame(n, k, s, p):
    assert p < k - 1
    assert np.ptp(taught.count_coverage((n, n), k, s, p)) == 0


def test_the_cost_of_a_stride():
    claimed = [int(n) for n in re.findall(r"\d+", told["stride-cost"].replace(",", ""))]
    x, weight = np.zeros((1, 1, 256, 256)), np.zeros((1, 1, 3, 3))
    sizes = [cnnbook.conv2d(x, weight, stride=stride).size for stride in (1, 2, 4)]
    assert [n for n in claimed if n > 4] == sizes
    assert sizes[0] == 4 * sizes[1]


def test_the_sizes_that_the_text_promises():
    assert re.findall(r"\d+", told["padding-numbers"])[-1] == str(output_size(7, 3, 2, 1))
    assert output_size(7, 3, 1, 1) == 7


@given(st.integers(1, 5), st.integers(1, 3), st.integers(0, 3), st.integers(1, 3), st.integers(0, 6))
def test_where_a_result_sits(k, s, p, d, more):
    """The middle of a window, as the package's own windows have it."""
    n = max(1, d * (k - 1) + 1 - 2 * p) + more
    rows = cnnbook.im2col(np.arange(-p, n + p, dtype=float)[None, None, :, None], (k, 1), (s, 1), 0, (d, 1))
    middles = rows[0].mean(axis=0)
    np.testing.assert_allclose(taught.middle_rows(n, k, s, p, d), middles, atol=1e-5)
    np.testing.assert_allclose(middles, np.arange(len(middles)) * s - p + d * (k - 1) / 2, atol=1e-9)


def test_where_the_first_results_sit():
    agree, tried, *rest = numbers(told["middle-rows-result"])
    assert agree == tried > 50
    assert rest == [1, 5, 1, 3, 0, 2, 1, 2, 3, 1, 1, 0, 1, 2, 0, 2, 4, 0.5, 1.5]
    assert numbers(said["middle-rows"]) == [1, 3, 5, 7]
    assert r"i\,s - p + d\,(k - 1)/2" in chapter.source("takeaways")


def test_the_rules_of_the_pictures():
    """Each formula of the figure, with six pixels and a kernel of three."""
    shown = chapter.defined_by_part("show-rules", "rules")
    n, k = 6, 3
    sizes = [n - k + 1, (n - k) // 2 + 1, n - 2 * (k - 1), (n + 2 - k) // 2 + 1, n, n + k - 1]
    assert [output_size(*setting) for setting in shown.values()] == sizes
