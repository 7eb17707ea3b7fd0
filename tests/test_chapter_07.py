"""The code that the chapter on backpropagation teaches is right, and equal to what the package does."""

import itertools
import re
from types import SimpleNamespace

import numpy as np
import pytest
from chapter import Chapter
from hypothesis import given, settings
from hypothesis import strategies as st

import cnnbook
from cnnbook import slips
from cnnbook.checks import CheckFailed
from cnnbook.checks.confront import confront, symptom

chapter = Chapter(
    "07_backpropagation",
    conv2d=cnnbook.conv2d,
    cross_correlate2d=cnnbook.cross_correlate2d,
    x=np.array([2.0, -1.0]),
    b=0.1,
    t=1.0,
)
taught = chapter.taught()


@st.composite
def cases(draw):
    """Draw a batch, kernels and settings of which one window fits; height and width are drawn apart."""
    sizes, kernel, stride, padding, dilation = [], [], [], [], []
    for _ in range(2):
        k, p, d = draw(st.integers(1, 3)), draw(st.integers(0, 3)), draw(st.integers(1, 2))
        smallest = max(1, d * (k - 1) + 1 - 2 * p)
        sizes.append(draw(st.integers(smallest, smallest + 5)))
        kernel.append(k)
        padding.append(p)
        dilation.append(d)
        stride.append(draw(st.integers(1, 4)))
    N, groups = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    C, C_out = groups * draw(st.integers(1, 2)), groups * draw(st.integers(1, 2))
    rng = np.random.default_rng(draw(st.integers(0, 9)))
    x, weight = rng.normal(size=(N, C, *sizes)), rng.normal(size=(C_out, C // groups, *kernel))
    return x, weight, tuple(stride), tuple(padding), tuple(dilation), groups


@settings(max_examples=150, deadline=None)
@given(cases())
def test_the_input_gradient_is_the_packages_and_the_adjoint(case):
    x, weight, *pairs, groups = case
    y = cnnbook.conv2d(x, weight, None, *pairs, groups)
    g = np.random.default_rng(0).normal(size=y.shape)
    names = dict(taught.input_gradient.__globals__, spread_out=taught.spread_out)
    found = type(taught.input_gradient)(taught.input_gradient.__code__, names)(
        g, weight, x.shape[2:], *pairs, groups
    )
    expected = cnnbook.conv2d_backward(g, x, weight, *pairs, groups)[0]
    np.testing.assert_allclose(found, expected, atol=1e-9)
    assert np.vdot(y, g) == pytest.approx(np.vdot(x, found), abs=1e-8)


@given(
    n=st.integers(1, 9), k=st.integers(1, 4), s=st.integers(1, 3), p=st.integers(0, 2), d=st.integers(1, 2)
)
def test_scatter_is_the_package(n, k, s, p, d):
    if n + 2 * p < d * (k - 1) + 1:
        return
    rng = np.random.default_rng(0)
    w, delta = rng.normal(size=k), rng.normal(size=cnnbook.output_size(n, k, s, p, d))
    arrays = delta[None, None, None], np.zeros((1, 1, 1, n)), w[None, None, None]
    expected = cnnbook.conv2d_backward(*arrays, (1, s), (0, p), (1, d))[0].ravel()
    np.testing.assert_allclose(taught.scatter(delta, w, n, s, p, d), expected, atol=1e-12)


def test_the_backward_pass_without_a_slip_is_right_and_with_one_is_not():
    rng = np.random.default_rng(0)
    x, weight = rng.normal(size=(2, 2, 5, 8)), rng.normal(size=(3, 2, 2, 3))
    g = rng.normal(size=cnnbook.conv2d(x, weight, stride=2, padding=1).shape)
    grad_x, grad_weight, _ = cnnbook.conv2d_backward(g, x, weight, 2, 1)
    right = slips.backward_pass(g, x, weight, 2, 1)
    np.testing.assert_allclose(right[0], grad_x, atol=1e-12)
    np.testing.assert_allclose(right[1], grad_weight, atol=1e-12)


SWEEP = chapter.defined_by_part("which-table", "sweep")


def settings_of(cell, variable):
    return chapter.defined_by_part(cell, variable)


def test_every_slip_looks_right_somewhere_and_one_number_exposes_it():
    easy, exposed = settings_of("settings", "settings"), settings_of("exposed", "exposed")
    assert list(easy) == list(exposed) == list(slips.SLIPS)
    for slip in slips.SLIPS:
        assert symptom(slip, easy[slip]) == ""
        before, after = (np.hstack([*map(np.ravel, setting)]) for setting in (easy[slip], exposed[slip]))
        assert np.count_nonzero(before != after) == 1
    assert [slip for slip in slips.SLIPS if symptom(slip, exposed[slip]).startswith("an error")] == [
        "swapped"
    ]
    shapes = {slip: symptom(slip, exposed[slip]) for slip in ("cut", "remainder")}
    assert "shape (1, 2, 0, 0)" in shapes["cut"]
    assert "shape (1, 2, 7, 7)" in shapes["remainder"]
    for slip in ("equals", "turned", "mean"):
        assert "is off by" in symptom(slip, exposed[slip])


def test_the_reader_is_told_what_is_caught():
    easy, exposed = settings_of("settings", "settings"), settings_of("exposed", "exposed")
    assert "None caught yet" in repr(confront(easy))
    assert confront(exposed).passed
    part = confront(easy | {"mean": exposed["mean"]})
    assert not part.passed
    assert "Caught 1 of 6" in repr(part)
    assert "cut looks right here" in repr(part)
    for wrong in (
        {"cut": (1, (6, 6), (3, 3), 1, 1)},
        easy | {"cut": (1, (2, 2), (3, 3), 1, 0)},
        easy | {"cut": 3},
    ):
        with pytest.raises(CheckFailed):
            confront(wrong)


def test_what_the_table_of_checks_says():
    table = chapter.said("text/markdown")["which-table"]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]
    assert rows == [
        ["equals", "all but shape", "✓"],
        ["turned", "all but shape", "✓"],
        ["swapped", "all four", "–"],
        ["cut", "all four", "–"],
        ["remainder", "all four", "–"],
        ["mean", "all but shape", "–"],
        ["both turned", "none", "–"],
        ["tiny", "adjoint", "✓"],
    ]
    for name, by, _ in rows:
        found = [check for check in slips.CHECKS if slips.finds(check, name, SWEEP)]
        names = {4: "all four", 3: "all but shape", 0: "none"}.get(len(found), " and ".join(found))
        assert names == by
        assert ("shape" in found) is (len(found) == 4)
    assert slips.finds("reference", "both turned", SWEEP)


def test_the_tiny_error_hides_below_a_tolerance_and_not_below_what_differences_can_see():
    sweep = SWEEP
    assert not slips.finds("differences", "tiny", sweep)
    assert slips.finds("differences", "tiny", sweep, tolerance=1e-9)
    assert not slips.finds("differences", None, sweep, tolerance=1e-9)
    said = chapter.said("text/markdown")["which-say"]
    assert "below our tolerance for differences, 10⁻⁶" in said
    assert "With 10⁻⁹ they would find it" in said


def test_what_the_layer_of_the_kernels_gradient_has_to_cut_off():
    """One step more for each dilation that fits into what the stride leaves over."""
    assert r"\lfloor r / d \rfloor$ more steps" in chapter.source("kernel-stride")
    none_to_cut = 0
    for n, k, s, d in itertools.product(range(5, 11), (1, 2, 3), (1, 2, 3), (1, 2)):
        out = cnnbook.output_size(n, k, s, 0, d)
        rest = n - d * (k - 1) - 1 - s * (out - 1)
        steps = cnnbook.output_size(n, out, d, 0, s)
        assert steps - k == rest // d
        none_to_cut += rest > 0 and steps == k
    assert none_to_cut > 0  # something is left over, and still nothing to cut off


def test_a_gradient_may_fall_off_the_line_at_either_end():
    n, k, s, p = 5, 3, 2, 3
    places = np.arange(cnnbook.output_size(n, k, s, p)) * s + k - 1 - p
    assert (places[0], places[-1]) == (-1, n + k - 1)
    assert "in front of it and perhaps behind it" in chapter.source("turned")


def test_where_the_steps_are_best():
    names = dict(
        chapter.names, plt=SimpleNamespace(show=lambda: None), conv2d_backward=cnnbook.conv2d_backward
    )
    names["plotting"] = SimpleNamespace(step_errors=lambda *_: None)
    exec(chapter.source("measured"), names)
    steps, errors = names["steps"], names["errors"]
    best = {kind: np.log10(steps[np.argmin(error)]).round() for kind, error in errors.items()}
    cell = next(cell for cell in chapter.cells if cell.id == "measured")
    alt = cell.metadata["mystnb"]["image"]["alt"]
    assert best["one-sided"] in (-7, -8, -9)
    assert best["central"] in (-5, -6)
    assert "best between 10 to the minus 5 and 10 to the minus 6" in alt
    assert errors["central"][1] / errors["central"][2] == pytest.approx(100, rel=0.1)  # it grows with h²
    assert errors["complex step"][-8:].max() < 1e-14


def test_the_worked_example_of_the_sources():
    assert chapter.said()["linear-forward"] == "((10,), (10, 27), (27, 500))"
    assert chapter.said()["linear-images"] == "(5, 3, 10, 10)"


def test_the_line_of_the_picture():
    assert chapter.said()["scatter-code"] == "array([ 2., -1.,  7., -3., -1.,  2., -2.,  0.])"
    alt = next(cell for cell in chapter.cells if cell.id == "show-paths").metadata["mystnb"]["image"]["alt"]
    assert "2, minus 1, 7, minus 3, minus 1, 2, minus 2 and 0" in alt


def test_one_cell_is_measured_and_shows_a_picture_only():
    measured = [cell for cell in chapter.cells if "measured" in cell.metadata.get("tags", [])]
    assert len(measured) == 1
    (output,) = measured[0].outputs
    assert "image/png" in output.data


def test_the_symbols_are_those_of_the_columns():
    prose = "\n".join(cell.source for cell in chapter.cells if cell.cell_type == "markdown")
    assert "w_{o,q} X_{q,l}" in prose
    assert not re.search(r"W_\{o,r\}|X_\{r,l\}|\(N, R, L\)", prose)


def test_a_complex_step_needs_functions_that_are_smooth():
    assert "an absolute value or a comparison breaks it" in chapter.source("trust-complex")
    assert (np.abs(2 + 1e-30j) / 1e-30).imag == 0  # the slope is 1
    assert ((2 + 1e-30j) ** 2).imag / 1e-30 == pytest.approx(4)


def test_a_step_without_backpropagation_takes_a_loss_a_weight_and_one():
    """The chapter that nudged the kernel counts ten losses for nine weights; this one says the same."""
    third = Chapter("03_learning")
    assert "Nine weights need ten losses for each step" in third.source("learn-cost-say")
    assert "would need a million and one" in third.source("learn-cost-say")
    assert "for a million weights each step would take a million losses and one" in chapter.source("title")
    assert "Nudging took ten losses for nine slopes" in chapter.source("kernel")


def test_the_gradient_of_grouped_weights_is_that_of_each_group():
    assert "group by group" in chapter.source("two-d")
    rng = np.random.default_rng(0)
    for groups in (2, 3):
        x, weight = rng.normal(size=(2, 6, 7, 8)), rng.normal(size=(6, 6 // groups, 3, 2))
        g = rng.normal(size=cnnbook.conv2d(x, weight, None, 2, 1, 1, groups).shape)
        parts = np.split(g, groups, 1), np.split(x, groups, 1), np.split(weight, groups)
        each = [columns_gradient(*part) for part in zip(*parts, strict=True)]
        whole = cnnbook.conv2d_backward(g, x, weight, 2, 1, 1, groups)[1]
        np.testing.assert_allclose(np.concatenate(each), whole, atol=1e-12)


def columns_gradient(delta, x, weight):
    cols = cnnbook.im2col(x, weight.shape[2:], 2, 1)
    return (delta.reshape(*delta.shape[:2], -1) @ cols.swapaxes(1, 2)).sum(axis=0).reshape(weight.shape)
