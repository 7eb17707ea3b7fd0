"""Every convention that fits is found, and the example that is offered separates them."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from cnnbook import Convention, conv2d, output_size, which_conventions, which_size_rules
from cnnbook.conventions import conventions_for

small = st.integers(1, 4)


RULES = list(product(("floor", "refuse", "ceil", "same-upper", "same-lower", "full"), ("step", "gap")))


@settings(max_examples=40)
@given(rule=st.sampled_from(RULES), n=st.integers(1, 12), k=small, s=small, p=st.integers(0, 2), d=small)
def test_every_rule_for_sizes_that_fits_is_listed(rule, n, k, s, p, d):
    (border, count), d = rule, d - 1
    step = d if count == "step" else d + 1
    room = n + 2 * p - (step * (k - 1) + 1)
    if step == 0:
        expected = None
    elif border.startswith("same"):
        expected = int(np.ceil(n / s))
    elif border == "full":
        expected = (n + step * (k - 1) - 1) // s + 1
    elif room < 0 or (border == "refuse" and room % s):
        expected = None
    else:
        expected = output_size(n, k, s, p, step, ceil_mode=border == "ceil")
    assert Convention(border, count).size(n, k, s, p, d) == expected
    rules, ask = which_size_rules(n, k, expected, s, p, d)
    assert Convention(border, count) in rules
    if ask:
        assert len({rule.size(*ask) for rule in rules}) > 1


def test_sizes_that_no_rule_makes():
    assert which_size_rules(8, 3, 99) == ([], None)


def test_the_two_kinds_of_same_have_one_size():
    rules, _ = which_size_rules(8, 3, 3, stride=3, padding=5)
    assert {rule.border for rule in rules} >= {"same-upper", "same-lower"}
    with pytest.raises(ValueError, match="stride must be at least 1, got 0"):
        which_size_rules(8, 3, 3, stride=0)


def test_a_setting_of_two_rules_separates_them():
    rules, ask = which_size_rules(7, 3, 4, stride=2, padding=1)
    assert len({rule.border for rule in rules} & {"floor", "refuse", "ceil"}) == 3
    assert len({rule.size(*ask) for rule in rules}) >= 3


@settings(max_examples=20)
@given(
    H=st.integers(3, 5), W=st.integers(3, 5), k=st.integers(1, 3), s=st.integers(1, 2), p=st.integers(0, 2),
    flip=st.booleans(),
)  # fmt: skip
def test_the_plain_convention_is_scipys_and_ours(H, W, k, s, p, flip):
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=(H, W)), rng.normal(size=(k, 2))
    slide = signal.convolve2d if flip else signal.correlate2d
    expected = slide(np.pad(x, p), kernel, mode="valid")[::s, ::s]
    np.testing.assert_allclose(Convention("floor", flip=flip)(x, kernel, s, p), expected, atol=1e-12)
    found, _ = which_conventions(x, kernel, expected, s, p)
    assert Convention("floor", "step", flip) in found


@pytest.mark.parametrize("slide", [signal.convolve2d, signal.correlate2d])
def test_the_full_output_of_scipy_is_known(slide):
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=(4, 5)), rng.normal(size=(2, 3))
    found, _ = which_conventions(x, kernel, slide(x, kernel, mode="full"))
    assert Convention("full", flip=slide is signal.convolve2d) in found


def test_borders_that_are_not_zero_are_not_known():
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=(4, 5)), rng.normal(size=(3, 3))
    assert which_conventions(x, kernel, signal.convolve2d(x, kernel, "same", "symm")) == ([], None)


@pytest.mark.parametrize("border", ["same-upper", "same-lower"])
def test_same_is_padded_after_or_before(border):
    x, kernel = np.arange(1.0, 9)[None], np.array([[0.0, 0.0, 1.0]])
    y = Convention(border)(x, kernel, stride=2)
    assert y.tolist() == {"same-upper": [[3, 5, 7, 0]], "same-lower": [[2, 4, 6, 8]]}[border]
    found, _ = which_conventions(x, kernel, y, stride=2)
    borders = {rule.border for rule in found if not rule.flip and rule.dilation == "step"}
    assert borders & {"same-upper", "same-lower"} == {border}


def test_the_two_sides_may_have_different_paddings():
    x, kernel, y = (np.array([line]) for line in ([0, 0, 1, 0, 0], [5, 6, 7], [0, 7, 6, 5, 0]))
    found, example = which_conventions(x, kernel, y, padding=(0, 1))
    assert {rule.border for rule in found} == {"floor", "refuse", "ceil", "same-upper", "same-lower"}
    assert {rule.flip for rule in found} == {False}
    assert len({str(rule(**example)) for rule in found}) == len(found)


@pytest.mark.parametrize("layout", ["NHWC, HWIO", "CHWN, OHWI", "NCHW, OIHW"])
def test_the_layout_is_found(layout):
    rng = np.random.default_rng(1)
    x, weight = rng.normal(size=(2, 3, 5, 6)), rng.normal(size=(4, 3, 3, 2))
    y = conv2d(x, weight, padding=1, dilation=2)
    rows, columns = layout.split(", ")
    x, y = (a.transpose(["NCHW".index(axis) for axis in rows]) for a in (x, y))
    found, _ = which_conventions(
        x, weight.transpose(["OIHW".index(axis) for axis in columns]), y, padding=1, dilation=1
    )
    assert {rule.layout for rule in found} == {layout}
    assert {rule.dilation for rule in found} == {"gap"}


def test_an_example_separates_what_the_reader_cannot():
    x = np.array([[0.0, 1.0, 0.0]])
    found, example = which_conventions(x, np.array([[7.0, 7.0]]), np.array([[7.0, 7.0]]))
    assert {rule.flip for rule in found} == {True, False}
    kinds = {}
    for rule in found:
        y = rule(**example)
        kinds.setdefault(None if y is None else y.tobytes(), []).append(rule)
    assert len(kinds) > 2
    rng = np.random.default_rng(0)
    x, weight = rng.normal(size=(2, 2, 2, 2, 2))
    y = conv2d(x, weight)
    found, example = which_conventions(x, weight, y)
    assert Convention("floor", layout="NCHW, OIHW") in found
    assert example is not None


def test_every_convention_is_a_different_one():
    for x in (np.ones((2, 2)), np.ones((1, 1, 2, 2))):
        every = list(conventions_for(x))
        assert len(set(every)) == len(every) == (1 if x.ndim == 2 else 9) * 24


def test_arrays_that_do_not_go_together_are_refused():
    with pytest.raises(ValueError, match=r"two axes each, or four: got \(3,\) and \(1, 1\)"):
        which_conventions(np.ones(3), np.ones((1, 1)), np.ones(3))
    assert Convention("floor")(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))) is None
    assert Convention("floor", layout="NCHW, OIHW")(np.ones((1, 2, 3, 3)), np.ones((1, 1, 2, 2))) is None
    assert Convention("floor")(np.ones((2, 2)), np.ones((3, 3))) is None
