"""Each exhibit looks right somewhere, is caught somewhere, and the tests catch what the page says."""

from dataclasses import replace

import numpy as np
import pytest

from cnnbook.checks import CheckFailed
from cnnbook.checks.confront import confront
from cnnbook.exhibits import EXHIBITS, ONE, SWEEP, TESTS, Exhibit, arrays_of, caught_by
from cnnbook.exhibits.layers import conv, leaves_over
from cnnbook.pooling import max_pool2d_backward
from cnnbook.slips import SLIPS

NEW = [name for name in EXHIBITS if name not in SLIPS]


@pytest.mark.parametrize("name", EXHIBITS)
def test_an_exhibit_is_caught_by_the_sweep(name):
    assert caught_by(EXHIBITS[name], "sweep")


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("name", EXHIBITS)
def test_no_test_catches_what_is_right(name, test):
    exhibit = EXHIBITS[name]
    right = Exhibit(exhibit.family, exhibit.kind, *exhibit.right, exhibit.right)
    assert not caught_by(right, test)


def test_what_each_test_can_see():
    seen = {name: [caught_by(exhibit, test) for test in TESTS] for name, exhibit in EXHIBITS.items()}
    assert seen["flipped"] == [True, False, False, False, True]  # a right gradient of another operation
    assert seen["sign"][2:4] == [None, True]
    assert seen["equals"][2] is seen["mean"][2] is True
    assert [name for name, row in seen.items() if row[1]] == ["swapped", "cut", "remainder", "width"]
    assert {name for name, row in seen.items() if not row[0]} >= {"cut", "mean", "width", "stacked", "ties"}


def test_the_numeric_gradient_is_the_adjoint_for_linear_layers():
    for exhibit in EXHIBITS.values():
        if exhibit.family == "conv":
            assert caught_by(exhibit, "adjoint") == caught_by(exhibit, "numeric gradient")


@pytest.mark.parametrize("family", ONE)
def test_every_setting_can_be_tried(family):
    exhibit = next(e for e in EXHIBITS.values() if e.family == family)
    for setting in (ONE[family], *SWEEP[family]):
        x, _, g = arrays_of(exhibit, setting)
        assert x.shape == (setting[0], 2, *setting[1])
        assert np.isfinite(g).all()


def refuser(x, w, s, p):
    assert not leaves_over(x, w, s, p)
    return conv(x, w, s, p)


def one_change(name, setting):
    return confront({name: setting}, [name]).text


def test_who_refuses_as_it_says_is_not_caught():
    right = replace(EXHIBITS["width"], forward=refuser)
    assert not any(caught_by(right, test) for test in TESTS)
    square = (1, (6, 6), (3, 3), 2, 0)
    assert leaves_over(*arrays_of(right, square)[:2], 2, 0)
    assert not any(caught_by(EXHIBITS["width"], test, [square]) for test in TESTS)
    assert "None caught" in one_change("width", square)


@pytest.mark.parametrize(("W", "says"), [(6, "`AssertionError`, where both"), (5, "no error, where a side")])
def test_the_wrong_side_of_the_kernel_is_caught_both_ways(W, says):
    setting = (1, (5, W), (3, 2), 2, 0)
    assert says in one_change("width", setting)
    found = [caught_by(EXHIBITS["width"], test, [setting]) for test in TESTS]
    assert found == ([True] * 5 if W == 6 else [True, False, False, False, True])


def test_the_verdict_on_a_kind_of_mistake_belongs_to_it():
    assert "None caught" in one_change("overwritten", (1, (6, 6), (2, 2), 2, 0, "ties"))
    assert "Overlap" in one_change("overwritten", (1, (6, 6), (2, 2), 1, 0, "ties"))
    borders = one_change("borders", (1, (6, 6), (2, 2), 2, 1))
    assert "input's gradient" in borders
    assert "output" not in borders


def test_the_adjoint_sees_ties_and_no_right_max_pooling():
    setting = (1, (4, 5), (2, 2), 2, 0, "ties")
    assert caught_by(EXHIBITS["ties"], "adjoint", [setting])
    for once in ("first", "shared"):

        def back(g, x, w, s, p, once=once):
            grad = max_pool2d_backward(g, x, w.shape[2:], s, p)
            if once == "shared":
                turned = max_pool2d_backward(g[..., ::-1], x[..., 1::-1], w.shape[2:], s, p)
                grad = grad.copy()
                grad[..., :2] = (grad[..., :2] + turned[..., ::-1]) / 2
            return grad, 0 * w

        small = (1, (2, 2), (2, 2), 2, 0, "ties")
        assert not caught_by(replace(EXHIBITS["ties"], backward=back), "adjoint", [small])


LOOKS_RIGHT = {
    "width": (1, (6, 6), (3, 3), 1, 1),
    "stacked": (1, (6, 6), (3, 3), 1, 1),
    "flipped": (1, (6, 6), (1, 1), 1, 0),
    "overwritten": (1, (6, 6), (2, 2), 2, 0),
    "ties": (1, (6, 6), (2, 2), 2, 0),
    "borders": (1, (6, 6), (2, 2), 2, 0),
    "sign": (1, (6, 6), (1, 1), 1, 0, "zeros"),
    "powers": (1, (6, 6), (1, 1), 1, 0),
}
EXPOSED = {
    "width": (1, (5, 6), (3, 2), 2, 0),
    "stacked": (2, (6, 6), (3, 3), 1, 1),
    "flipped": (1, (6, 6), (1, 2), 1, 0),
    "overwritten": (1, (6, 6), (3, 3), 1, 0),
    "ties": (1, (6, 6), (2, 2), 2, 0, "ties"),
    "borders": (1, (6, 6), (2, 2), 2, 1),
    "sign": (1, (6, 6), (1, 1), 1, 0),
    "powers": (1, (6, 6), (1, 1), 1, 0, "large"),
}


def test_the_museum_confronted():
    assert sorted(LOOKS_RIGHT) == sorted(EXPOSED) == sorted(NEW)
    assert "None caught yet" in confront(LOOKS_RIGHT, NEW).text.replace("*", "")
    for name in NEW:
        verdict = confront({**LOOKS_RIGHT, name: EXPOSED[name]}, NEW)
        assert not verdict.passed
        assert "Caught 1 of" in verdict.text
        assert EXHIBITS[name].kind in verdict.text.lower()
    whole = confront(EXPOSED, NEW)
    assert whole.passed
    assert "looks right here" not in whole.text


def test_what_confront_refuses():
    with pytest.raises(CheckFailed, match="one setting for each of width"):
        confront({}, NEW)
    with pytest.raises(CheckFailed, match="the values are one of random, zeros, ties, large, got 'odd'"):
        confront({**EXPOSED, "ties": (1, (6, 6), (2, 2), 2, 0, "odd")}, NEW)
