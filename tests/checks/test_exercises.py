"""Every exercise by its own list of mistakes: each is caught, and gets its own hint."""

import sys

import numpy as np
import pytest

import book
from cnnbook import checks
from cnnbook.checks.mistakes import Mistake

EXERCISES = list(checks.FOUND)
LISTED = [
    pytest.param(name, listed, id=f"{name}: {listed.text}")
    for name in EXERCISES
    for listed in getattr(checks, name).exercise.listed
]


def exercise(name):
    return getattr(checks, name).exercise


def fails(name, function):
    with pytest.raises(checks.CheckFailed) as caught:
        getattr(checks, name)(function)
    return caught.value


def numbers(result):
    return np.asarray(result, float)


def like(result, spoilt):
    if isinstance(result, tuple):
        return tuple(int(n) for n in spoilt)
    return spoilt if isinstance(result, np.ndarray) else float(spoilt)


@pytest.mark.parametrize(("name", "listed"), LISTED)
def test_what_is_listed_has_its_hint(name, listed):
    right = exercise(name).right
    if isinstance(listed, Mistake):
        error = fails(name, listed.function)
    else:  # right, but where the condition holds
        error = fails(name, lambda *a: np.e + numbers(right(*a)) if listed.holds(*a) else right(*a))
    assert error.hint == listed.hint
    assert not isinstance(error.attempt.error, NameError), "a mistake of the list itself"
    assert f"Hint: {listed.hint}" in " ".join(str(error).split())
    assert len(str(error)) < 6000


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_is_whole(name):
    (page,) = book.ROOT.glob(f"chapters/*_{checks.FOUND[name].split('.')[2]}.ipynb")
    assert f"checks.{name}({name})" in page.read_text("utf-8")
    assert getattr(checks, name)(exercise(name).right).passed
    assert "Not attempted yet." in repr(getattr(checks, name)(lambda *_: ...))
    assert len({listed.hint for listed in exercise(name).listed}) >= 7
    assert getattr(checks, name).__doc__.startswith(f"Check ``{name}(")


@pytest.mark.parametrize("name", EXERCISES)
def test_the_message_shows_the_call_that_fails(name, blunt):
    """The arguments of the message, pasted, bring the failure about."""
    right = exercise(name).right

    def function(*arguments):
        return np.sum(right(*arguments)), "wrong"

    error = fails(name, function)
    scope = {"np": np}
    exec(str(error).split("\n\n")[1], scope)
    again = function(*(scope[argument] for argument in exercise(name).names))
    np.testing.assert_array_equal(again[0], error.attempt.got[0])


COUNTS = (
    *("confusion_matrix", "corners", "coverage", "layers_needed", "nearest_mean", "output_shape"),
    *("pooled_size", "same_lower", "seen_by", "smallest_catch", "windows_and_rest"),
)
SPOILERS = {
    "zeros": lambda result: like(result, 0 * np.nan_to_num(numbers(result))),
    "ones": lambda result: like(result, np.ones(np.shape(result))),
    "last-number-off": lambda result: like(result, last_number_off(result)),
    "half-precision": lambda result: like(result, numbers(result).astype(np.float16).astype(float)),
    "a-list": lambda result: list(np.atleast_1d(numbers(result))),
    "an-axis-more": lambda result: numbers(result)[None],
    "text": str,
    "objects": lambda result: np.asarray(result, object)[None],
    "nothing": lambda result: None,
}


def last_number_off(result):
    spoilt = numbers(result).copy()
    spoilt.flat[-1] += 1 if isinstance(result, tuple) else 1e-3
    return spoilt


@pytest.fixture
def blunt(monkeypatch):
    """Look for no cause: only whether a function fails counts."""
    module = sys.modules["cnnbook.checks.exercise"]
    monkeypatch.setattr(module, "likely_cause", lambda all_, _: ("", next(a for a in all_ if a.fault)))


@pytest.mark.parametrize("name", EXERCISES)
def test_what_is_spoilt_fails(name, blunt):
    right = exercise(name).right
    for word, spoil in SPOILERS.items():
        if not (word == "half-precision" and name in COUNTS):  # small counts are exact
            fails(name, lambda *arguments, spoil=spoil: spoil(right(*arguments)))
    results = (np.asarray(right(*case.arguments.values())) for case in exercise(name).cases)
    if isinstance(exercise(name).expected[0], np.ndarray):
        assert getattr(checks, name)(lambda *_: next(results).astype(np.float32)).passed


@pytest.mark.parametrize("name", EXERCISES)
def test_one_failing_call_is_enough_and_nothing_of_the_checker_can_be_spoilt(name, blunt):
    calls, total = [], len(exercise(name).cases)

    def right_but_once(*arguments):
        calls.append(arguments)
        return None if len(calls) == total else exercise(name).right(*arguments)

    def wipe(*arguments):
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                argument[...] = 0

    assert str(fails(name, right_but_once)).startswith(f"{name} fails in 1 of {total} cases")
    fails(name, wipe)
    assert getattr(checks, name)(exercise(name).right).passed


@pytest.mark.parametrize("name", EXERCISES)
def test_no_argument_is_fixed_by_another(name):
    """Whatever one argument is, each other one takes more than one value, of its shape or of its numbers."""
    names, cases = exercise(name).names, exercise(name).cases
    texts = [{n: str(case.arguments[n]) for n in names} for case in cases]
    for one in names:
        for other in set(names) - {one}:
            seen = {}
            for text in texts:
                seen.setdefault(text[one], set()).add(text[other])
            assert max(map(len, seen.values())) > 1, (one, other)


def test_the_case_of_a_gradient_shows_what_is_wrong():
    """A channel of two numbers has hardly a gradient: what is forgotten would not be seen."""
    right = exercise("norm_gradient").right
    for forgets in (
        lambda grad_out, x, weight, eps: right(grad_out, x, np.ones_like(weight), eps),
        lambda grad_out, x, weight, eps: right(grad_out, x, weight, 0),
    ):
        attempt = fails("norm_gradient", forgets).attempt
        assert attempt.case.arguments["x"][:, 0].size >= 3
        assert np.abs(attempt.got - attempt.expected).max() > 0.05
