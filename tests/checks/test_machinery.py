"""The mechanism: what counts as right, which case is shown, what a message says, what can go wrong."""

import sys
import time

import matplotlib
import numpy as np
import pytest

from cnnbook.checks import CheckFailed, limit
from cnnbook.checks.compare import fault
from cnnbook.checks.confront import confront
from cnnbook.checks.diagnosis import ADVICE
from cnnbook.checks.exercise import exercise
from cnnbook.checks.report import Interrupted
from cnnbook.slips import SLIPS

ONES = np.ones((2, 3))
SIZES = (4, 2, 3, 1)
PLAIN = f"It is none of the usual mistakes. {ADVICE}"


def double_of(cases, mistakes=""):
    def double(x):
        """Double a number or an array."""
        return 2 * x

    return exercise(cases=cases, mistakes=mistakes)(double)


DOUBLE = double_of([(np.arange(float(n)) + 1,) for n in SIZES])


def double(x):
    return 2 * x


def failure(function, checker=DOUBLE):
    with pytest.raises(CheckFailed) as caught:
        checker(function)
    assert len(str(caught.value)) < 8000
    return caught.value


class Liar:
    """Says yes to everything, and cannot be printed."""

    shape, dtype, ndim, size, __class__ = (2, 3), np.dtype(float), 2, 6, np.ndarray

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError

    def __repr__(self):
        raise RuntimeError

    def __float__(self):
        raise RuntimeError


class LyingArray(np.ndarray):
    shape, dtype = (2, 3), np.dtype(float)

    def __eq__(self, other):
        return np.True_


class LyingTuple(tuple):
    __slots__ = ()

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __iter__(self):
        return iter((4, 5))


def ones_but_for(place, number):
    return np.where(np.arange(6).reshape(2, 3) == place, number, ONES)


HOLED = [np.array([np.nan, np.nan]), np.array([1, np.nan]), np.array([1, np.inf])]
FAULTS = {
    None: [
        *((ONES.astype(np.float32), ONES), (np.ma.array(ONES), ONES), (1, 1.0), (np.float32(1), 1.0)),
        *((np.array(1.0), 1.0), ((np.int64(4), 5), (4, 5)), *((holed.copy(), holed) for holed in HOLED)),
    ],
    "nothing": [(None, ONES), (..., 1.0)],
    "type": [
        *((ONES.tolist(), ONES), (1.0, ONES), (Liar(), ONES), (True, 1.0), (np.True_, 1.0), ("1", 1.0)),
        *((1j, 1.0), (Liar(), 1.0), ([4, 5], (4, 5)), (np.array([4, 5]), (4, 5))),
    ],
    "shape": [
        *((ONES.T, ONES), (ONES[None], ONES), (np.zeros((0, 3)), ONES), (np.zeros(4).view(LyingArray), ONES)),
        *((np.ones(1), 1.0), ((4,), (4, 5))),
    ],
    "dtype": [
        *((ONES.astype(dtype), ONES) for dtype in (int, bool, object, complex)),
        *(((4.0, 5.0), (4, 5)), ((4, True), (4, 1)), ((4, Liar()), (4, 5))),
    ],
    "values": [
        *(((5, 4), (4, 5)), (LyingTuple((5, 4)), (4, 5)), (5.0, 4.0)),
        *((ones_but_for(place, n), ONES) for place in (0, 5) for n in (0, np.nan, np.inf, 1.001, -1)),
        *((np.ones(2), holed) for holed in HOLED),
        *((holed, np.ones(2)) for holed in HOLED),
        *((holed[::-1], holed) for holed in HOLED[1:]),
    ],
}


def order(x):
    """Sort."""
    return x.argsort()


def test_whole_numbers_are_right_where_no_array_of_floats_is_given():
    def ramp(n):
        """Count."""
        return np.arange(n) / 1.0

    assert exercise(cases=[(2,), (3,)])(ramp)(lambda n: np.arange(n)).passed
    assert failure(lambda n: np.arange(n) + 1, exercise(cases=[(3,)])(ramp))
    assert failure(lambda n: np.arange(n) > 0, exercise(cases=[(2,)])(ramp))
    assert "whole numbers" in failure(lambda x: (2 * x).astype(int)).hint
    # Where whole numbers are right, they are not what is wrong.
    assert (
        "whole numbers" not in failure(lambda n: np.arange(n) ** 2, exercise(cases=[(3,), (4,)])(ramp)).hint
    )
    numbers = exercise(cases=[(np.arange(3.0),), (np.arange(4.0),)])(order)
    assert "whole numbers" not in failure(lambda x: x.argsort() ** 2, numbers).hint


def test_each_number_of_a_pair_has_its_own_cause():
    def pair(n, m):
        """Square and add."""
        return n * n, n + m

    checker = exercise(cases=[(n, m) for n in (2, 3, 4) for m in (1, 5, 6)])(pair)
    assert failure(lambda n, m: (n * n, 1), checker).hint == "The second of your numbers is always 1."
    both = failure(lambda n, m: (1, n + m + 1), checker).hint
    assert both == "The first of your numbers is always 1. The second of your numbers is too large by 1."


def test_three_numbers_in_another_order():
    def three(n, m):
        """Multiply."""
        return n, m, n * m + 1

    checker = exercise(cases=[(1, 2), (3, 5)])(three)
    assert failure(lambda n, m: (m, n * m + 1, n), checker).hint.endswith("in another order.")


def test_a_yes_or_no_is_true_or_false():
    def rounded(n, up):
        """Square."""
        return n * n + up

    checker = exercise(cases=[(n, up) for n in (4, 7) for up in (True, False)])(rounded)
    told = failure(lambda n, up: n * n + up + n**3 * up, checker).hint
    assert told.startswith("It fails exactly where up is True.")


def test_a_factor_holds_for_zeros_too():
    checker = double_of([(np.arange(float(n)),) for n in (3, 4, 5)])
    assert "times" not in failure(lambda x: 2 * x + (x == 0), checker).hint


def test_terms_that_are_lost():
    def total(x):
        """Add up."""
        y = 0.0
        for number in x:
            y += number
        return y

    checker = exercise(cases=[(np.array([-2.0, -1, -3])[:n],) for n in (1, 2, 3)])(total)
    for which, lost in {"last": lambda x: x[-1], "first": lambda x: x[0], "largest": max}.items():
        assert failure(lost, checker).hint.startswith(f"Only the {which} ")


def test_a_loop_that_ends_too_soon_and_missing_brackets():
    def middle(x):
        """Take the mean."""
        return (x + 3) / (2 * 4)

    checker = exercise(cases=[(1.0,), (2.0,), (3.0,)])(middle)
    assert failure(lambda x: x + 3 / 2 * 4, checker).hint.endswith("(x + 3) / (2 * 4) needs brackets.")
    checker = double_of([(np.ones((H, W)),) for H in range(1, 5) for W in range(1, 5)])
    early = failure(lambda x: 2 * np.pad(x[:-1, :-1], ((0, 1), (0, 1))), checker)
    assert "Only the last row and the last column of your result are wrong: 0, as if never" in early.hint


@pytest.mark.parametrize("found", FAULTS)
def test_fault(found):
    assert [fault(*pair) for pair in FAULTS[found]] == [found] * len(FAULTS[found])


ENDLESS = []
ENDLESS.append(ENDLESS)


UPSETTING = [
    *([[1], [1, 2]], [[[]], ()], ENDLESS, {}, "x" * 200_000, [1.0] * 200_000, Liar(), [Liar()], np, len),
    *(np.zeros((3000, 3000)), np.broadcast_to(1.0, (10**6, 10**6)), np.array([[1], [1, 2]], object)),
    *(np.array("text"), np.ma.masked_all(3), (n for n in range(3)), np.array([Liar], object)),
]


@pytest.mark.parametrize("got", UPSETTING, ids=lambda got: type(got).__name__)
def test_no_result_can_upset_the_checker(got):
    error = failure(lambda x: got)
    assert "Hint: " in str(error)
    assert "0x" not in str(error)


def raised(error):
    def function(x):
        raise error

    return function


class Speechless(Exception):
    def __str__(self):
        raise RuntimeError


@pytest.mark.parametrize("error", [ValueError("y" * 10**6), Speechless(), SystemExit(), RecursionError()])
def test_no_error_can(error):
    assert f"raised:    {type(error).__name__}" in str(failure(raised(error)))


@pytest.mark.parametrize("largest_right", [0, 1, 2, 3])
def test_smallest_failing_case_is_shown(largest_right):
    error = failure(lambda x: double(x) if x.size <= largest_right else x - 17)
    assert error.attempt.case.arguments["x"].size == largest_right + 1
    assert str(error).startswith(f"double fails in {4 - largest_right} of 4 cases. The smallest one:")


def test_message():
    checker = double_of([(np.array([[1 / 3, -1e-17], [np.nan, 2]]),)])
    assert str(failure(lambda x: x.T - 5.0, checker)) == (
        "double fails in 1 of 1 cases. The smallest one:\n\n"
        "x = np.array([[0.3333, 0.    ],\n"
        "              [   np.nan, 2.    ]])\n\n"
        "double(x)\n"
        "    expected:  array([[0.6667, 0.    ],\n"
        "                      [   nan, 4.    ]])\n"
        "    got:       array([[-4.6667,     nan],\n"
        "                      [-5.    , -3.    ]])\n\n"
        f"Hint: {PLAIN}"
    )
    assert "they differ by up to 4.0e-05" in str(failure(lambda x: 2 * x + 4e-5))


def test_error_is_the_readers_own():
    def stumble(x):
        y = x[:, 0]
        return 2 * y

    text = str(failure(stumble))
    assert "raised:    IndexError: too many indices for array" in text
    assert ": y = x[:, 0]" in text
    assert "checks" not in text


def test_what_cannot_be_called_is_not():
    assert "It is called as double(x), and yours takes ()" in str(failure(lambda: 1.0))
    assert "missing a required argument: 'y'" in str(failure(lambda x, y: x))
    assert "It is called as double(x)" in str(failure(lambda *, x: x))
    assert "without calling it: checks.double(double)" in str(failure(ONES))

    @exercise(cases=[(2, 3.0)])
    def power(n, x):
        """Raise to a power."""
        return x**n

    def later(n, x):
        yield x**n

    assert power(lambda n, base: base**n).passed
    assert "power(n, x), in this order, and yours takes (x, n)" in str(failure(lambda x, n: x**n, power))
    assert "a yield or an async" in str(failure(later, power))


def test_what_a_function_prints_is_shown_for_one_case_only(capsys):
    def chatty(x):
        print(*[f"size {x.size}"] * 8, sep="\n")
        print("z" * 10**6, file=sys.stderr)
        return x - 17

    text = str(failure(chatty))
    assert text.count("size 1\n") == 6
    assert "        ...\n" in text
    assert "size 2" not in text
    assert capsys.readouterr() == ("", "")


def test_warnings_and_settings_of_the_reader_stay_in(recwarn):
    failure(lambda x: x / 0)
    failure(lambda x: np.seterr(all="raise"))
    assert np.geterr()["divide"] == "warn"
    assert not recwarn


def test_figures_of_the_reader_stay_in(monkeypatch):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    matplotlib.use("agg")
    kept, shown = pyplot.figure().number, []
    monkeypatch.setattr(pyplot, "show", lambda: shown.append(1))

    def draw(x):
        pyplot.figure()
        pyplot.plot(x)
        pyplot.show()
        return 2 * x

    assert DOUBLE(draw).passed
    assert pyplot.get_fignums() == [kept]
    assert not shown
    pyplot.close()


def endless(x):
    while x.size == 3:
        pass
    return 2 * x


def stubborn(x):
    while x.size == 3:
        try:
            sum(range(100))
        except:  # noqa: E722
            continue
    return 2 * x


def idle(x):
    while True: pass  # fmt: skip  # noqa: E701


@pytest.mark.parametrize("function", [endless, stubborn, idle])
def test_an_endless_loop_is_stopped_and_shown(function, monkeypatch):
    monkeypatch.setattr(limit, "SECONDS", 0.2)
    begin = time.process_time()
    error = failure(function)
    assert time.process_time() - begin < 3
    shown = "array([1.])" if function is idle else "array([1., 2., 3.])"
    assert str(error).startswith(f"double does not come to an end in this case:\n\nx = np.{shown}")
    assert "still running" in error.hint
    assert DOUBLE(double).passed


def sleepy(x):
    time.sleep(0.3)
    return 2 * x


def waiting(x):
    while x.size == 3:
        time.sleep(0.01)
    return 2 * x


def test_a_slow_machine_is_no_mistake_and_waiting_has_its_end(monkeypatch):
    monkeypatch.setattr(limit, "SECONDS", 0.15)
    assert DOUBLE(sleepy).passed
    monkeypatch.setattr(limit, "PATIENCE", 1)
    assert "still running" in failure(waiting).hint


def test_an_interrupt_shows_the_case():
    def interrupted(x):
        if x.size == 2:
            raise KeyboardInterrupt
        return 2 * x

    with pytest.raises(Interrupted) as caught:
        DOUBLE(interrupted)
    assert isinstance(caught.value, KeyboardInterrupt)
    (shown,) = caught.value._render_traceback_()
    assert shown == "KeyboardInterrupt: double was stopped in this case:\n\nx = np.array([1., 2.])"


def documented(x):
    """Double x."""


def scaffold(x):
    y = np.zeros(x.shape)
    for n in range(len(x)):
        y[n] = ...
    return y


@pytest.mark.parametrize("stub", [documented, scaffold, lambda x: None, lambda x: ..., ...])
def test_a_stub_is_no_attempt(stub):
    verdict = DOUBLE(stub)
    assert not verdict.passed
    assert verdict.cases == 4


def left_over(x):
    ...  # noqa: PIE790
    return 3 * x


def test_dots_that_are_no_stub():
    assert failure(left_over)
    assert failure(lambda x: 3 * x[...])
    assert failure(lambda x: 3 * np.einsum(x, [..., 0], [..., 0]))
    assert failure(lambda x: 3 * x[(..., slice(None))])
    assert failure(lambda x: 0 * x[..., 0, 0])


MISTAKES = """
    2 * x -> x
        You forgot to double.
    where x.size == 4
        Every case that fails is large.
"""


def test_most_explained_wins_and_what_is_left_is_told():
    checker = double_of([(np.arange(float(n)) + 1,) for n in range(1, 9)], MISTAKES)
    error = failure(lambda x: x if x.size < 8 else np.zeros(7), checker)
    assert error.hint.startswith(
        "You forgot to double. (This explains 7 of the 8 failing cases; something else is wrong too.)"
    )
    error = failure(lambda x: x if x.size > 1 else np.zeros(7), checker)
    assert error.attempt.case.arguments["x"].size == 2
    assert str(error).startswith("double fails in 8 of 8 cases. The smallest one that the hint explains:")
    assert failure(lambda x: x + x * (x.size != 4) + 9 * (x.size == 4), checker).hint.endswith("is large.")
    assert "forgot" not in failure(lambda x: x if x.size < 3 else 2 * x, checker).hint


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x: double(x) + (x.shape[0] > x.shape[1]), "exactly where x has more rows than columns"),
        (lambda x: double(x) + (x.size % 2 == 0), "exactly where x has an even number of rows or columns"),
        (lambda x: double(x) + (np.arange(x.shape[1]) == x.shape[1] - 1), "Only the last column"),
        (lambda x: double(x)[:-1], "1 row too few: the last one is missing"),
        (lambda x: double(x)[:, ::-1], "reversed along axis 1"),
        (lambda x: double(x).T.reshape(x.shape), "x is read column by column"),
        (lambda x: np.pad(double(x), ((0, 0), (0, 2))), "Your result has 2 columns too many."),
        (lambda x: 6.0 * x, "3 times too large"),
        (lambda x: 5.0 * x, "the right one times one number, as here times 2.5"),
        (lambda x: 2.0 * x / x.size, "the right one divided by the number of entries of x"),
        (lambda x: 2.0 * x / x.shape[1], "the right one divided by the length of x along axis 1"),
        (lambda x: double(x)[None], "Your result has 3 dimensions, and should have 2."),
        (lambda x: np.resize(x, (9, 9)).tolist(), "is a list, not an array"),
        (lambda x: 1 / (0 * x), "is there a division by 0?"),
        (lambda x: 2 * x if x.shape[0] > 1 else None, "(None) here. Does every way"),
        (lambda x: double(x) + x[2, 2] - x[2, 2], "as the arguments say"),
        (lambda x: double(x) + 0 * np.ones((3, 3)), "two shapes do not fit there"),
    ],
)
def test_what_the_checker_finds_by_itself(function, words):
    checker = double_of(
        [(np.arange(1.0, 1 + H * W).reshape(H, W),) for H in range(1, 5) for W in range(1, 5)]
    )
    assert words in failure(function, checker).hint
    checker = double_of([(np.ones((2, 3, 4, 5)),)])
    hint = "Your result has 1 entry too few along axis 1 and 2 entries too many along axis 3."
    assert failure(lambda x: np.ones((2, 2, 4, 7)), checker).hint == hint


@pytest.mark.parametrize(
    "setting",
    [..., (1, 5, 3, 1, 1), *((N, (5, 5), (3, 3), 1, p) for N, p in ((0, 1), (10**12, 1), (1, (1, 0))))],
)
def test_a_setting_that_is_none_is_refused(setting):
    with pytest.raises(CheckFailed, match=r"cannot be tried on|one setting for each"):
        confront(setting if setting is ... else dict.fromkeys(SLIPS, setting))


@pytest.mark.parametrize(
    "setting", [3, "five", (1, 5, 3, 1, 1), (1, (5, 5), (3, 3), 1), (1, (5,), (3, 3), 1, 1)]
)
def test_what_has_not_the_form_of_a_setting_is_told_that_form(setting):
    with pytest.raises(CheckFailed, match=r"a setting is \(N, \(H, W\), \(K_h, K_w\), stride, padding\)"):
        confront(dict.fromkeys(SLIPS, setting))


def test_an_edit_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="double has no 'sqrt'"):
        failure(lambda x: x, double_of([(1.0,)], "sqrt -> log\n    No."))
