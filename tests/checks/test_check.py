"""The mechanism: what counts as right, which case is shown, what a message says."""

import numpy as np
import pytest

from cnnbook.checks import CheckFailed
from cnnbook.checks.attempt import Case
from cnnbook.checks.compare import close, fault
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import UNKNOWN, Diagnosis, computes, only_where

ONES = np.ones((2, 3))
LARGE_FIRST = [Case({"x": np.arange(float(n)) + 1}) for n in (4, 2, 3, 1)]


def double(x):
    return 2 * x


def failure(function, **settings):
    with pytest.raises(CheckFailed) as caught:
        check(function, "double", **{"reference": double, "cases": LARGE_FIRST} | settings)
    return caught.value


@pytest.mark.parametrize("value", [0, np.nan, np.inf, 1 + 1e-3, -1])
@pytest.mark.parametrize("place", [(0, 0), (1, 2)])
def test_one_wrong_number_is_enough(value, place):
    got = ONES.copy()
    got[place] = value
    assert fault(got, ONES) == "values"
    assert not close(got, ONES)


def test_one_right_number_is_not_enough():
    got = np.zeros((2, 3))
    got[1, 1] = 1
    assert fault(got, ONES) == "values"


@pytest.mark.parametrize("holed", [np.array([1, np.nan]), np.array([np.nan, np.nan]), np.array([1, np.inf])])
def test_nan_belongs_where_it_is_due(holed):
    assert fault(holed.copy(), holed) is None
    assert fault(holed[::-1].copy(), holed) == ("values" if holed[0] == 1 else None)
    assert fault(np.ones(2), holed) == "values"
    assert fault(holed, np.ones(2)) == "values"


@pytest.mark.parametrize(
    ("got", "expected", "found"),
    [
        (None, ONES, "nothing"),
        (..., 1.0, "nothing"),
        (ONES.tolist(), ONES, "type"),
        (1.0, ONES, "type"),
        (ONES.T, ONES, "shape"),
        (ONES[None], ONES, "shape"),
        (ONES.astype(int), ONES, "dtype"),
        (ONES.astype(bool), ONES, "dtype"),
        (ONES.astype(object), ONES, "dtype"),
        (ONES.astype(complex), ONES, "dtype"),
        (ONES.astype(np.float32), ONES, None),
        (np.zeros((0, 3)), ONES, "shape"),
        (1, 1.0, None),
        (np.float32(1), 1.0, None),
        (np.array(1.0), 1.0, None),
        (np.ones(1), 1.0, "shape"),
        (True, 1.0, "type"),
        (np.True_, 1.0, "type"),
        ("1", 1.0, "type"),
        (1j, 1.0, "type"),
        ([4, 5], (4, 5), "type"),
        (np.array([4, 5]), (4, 5), "type"),
        ((4,), (4, 5), "shape"),
        ((4.0, 5.0), (4, 5), "dtype"),
        ((4, True), (4, 1), "dtype"),
        ((np.int64(4), 5), (4, 5), None),
        ((5, 4), (4, 5), "values"),
    ],
)
def test_fault(got, expected, found):
    assert fault(got, expected) == found


@pytest.mark.parametrize("largest_right", [0, 1, 2, 3])
def test_smallest_failing_case_is_shown(largest_right):
    error = failure(lambda x: double(x) if x.size <= largest_right else x)
    assert error.attempt["x"].size == largest_right + 1
    assert str(error).startswith(f"double fails in {4 - largest_right} of 4 cases.")


def test_message_is_the_same_every_time():
    assert str(failure(np.sqrt)) == str(failure(np.sqrt))


def test_message():
    cases = [Case({"x": np.array([[1 / 3, -1e-17], [np.nan, 2]]), "n": 2}, "thirds")]
    error = failure(lambda x, n: x.T + 0.0, reference=lambda x, n: n * x, cases=cases)
    assert str(error) == (
        "double fails in 1 of 1 cases. The smallest one, thirds:\n\n"
        "x = np.array([[0.3333, 0.    ],\n"
        "              [   np.nan, 2.    ]])\n"
        "n = 2\n\n"
        "double(x, n)\n"
        "    expected:  array([[0.6667, 0.    ],\n"
        "                      [   nan, 4.    ]])\n"
        "    got:       array([[0.3333,    nan],\n"
        "                      [0.    , 2.    ]])\n\n"
        f"Hint: {UNKNOWN}"
    )


def test_difference_too_small_to_be_seen_is_told():
    assert "they differ by up to 2.0e-05" in str(failure(lambda x: 2 * x + 2e-5))


def test_error_is_the_readers_own():
    def stumble(x):
        y = x[:, 0]
        return 2 * y

    text = str(failure(stumble))
    assert "raised:    IndexError: too many indices for array" in text
    assert ": y = x[:, 0]" in text
    assert "checks" not in text


def test_wrong_number_of_parameters():
    assert "takes 0 positional arguments but 1 was given" in str(failure(lambda: 1.0))


def test_what_a_function_prints_is_shown_for_the_smallest_case_only(capsys):
    def chatty(x):
        print(*[f"size {x.size}"] * 8, sep="\n")
        return x

    text = str(failure(chatty))
    assert text.count("size 1\n") == 6
    assert "        ...\n" in text
    assert "size 2" not in text
    assert capsys.readouterr() == ("", "")


def test_warnings_of_the_reader_stay_in(recwarn):
    failure(lambda x: x / 0)
    assert not recwarn


def test_function_called_by_mistake():
    assert "without calling it: checks.double(double)" in str(failure(double(ONES)))


def test_only_the_head_of_a_stub_is_no_attempt():
    def documented(x):
        """Double x."""

    for stub in (documented, lambda x: None, lambda x: ..., ...):
        verdict = check(stub, "double", reference=double, cases=LARGE_FIRST)
        assert not verdict.passed
        assert verdict.cases == 4


def test_dots_of_an_index_are_no_stub():
    def by_index(x):
        return 3 * x[...]

    assert failure(by_index)


def test_most_explained_wins_and_what_is_left_is_told():
    def broken(x):
        return x if x.size < 4 else np.zeros(7)

    half = Diagnosis(lambda attempt: attempt.fault == "values", "You forgot to double.")
    rare = Diagnosis(lambda attempt: attempt.fault == "shape", "Seven.")
    hint = failure(broken, diagnoses=[rare, half]).hint
    assert hint == (
        "You forgot to double. (This explains 3 of the 4 failing cases; something else is wrong too.)"
    )


def test_a_rare_cause_is_not_named():
    diagnoses = [
        Diagnosis(lambda attempt: attempt["x"].size <= 2, "Two of five."),
        only_where(lambda x: x.size > 1, "Every case that fails is large."),
    ]
    cases = [*LARGE_FIRST, Case({"x": np.ones(5)})]
    assert failure(lambda x: x + 5 * (x.size > 1), cases=cases, diagnoses=diagnoses).hint == UNKNOWN


def test_variant_that_is_right_explains_nothing():
    hint = failure(lambda x: double(x).tolist(), diagnoses=[Diagnosis(computes(double), "Wrong.")]).hint
    assert hint.startswith("Your result is a list, not an array")


def test_verdict_is_markdown_for_notebooks():
    verdict = check(double, "double", reference=double, cases=LARGE_FIRST)
    assert verdict._repr_markdown_() == "**Passed:** `double` is right in all 4 cases."
    assert repr(verdict) == "Passed: double is right in all 4 cases."
