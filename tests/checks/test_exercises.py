"""Every exercise: the solution passes, the stub is not attempted, each mistake has its own hint."""

import inspect

import answers_borders
import answers_channels
import answers_columns
import answers_descent
import answers_layouts
import answers_pictures
import answers_sizes
import answers_sliding
import answers_stacks
import answers_window
import numpy as np
import pytest

from cnnbook import checks

ANSWERS = (
    answers_window,
    answers_sliding,
    answers_pictures,
    answers_descent,
    answers_sizes,
    answers_borders,
    answers_stacks,
    answers_channels,
    answers_layouts,
    answers_columns,
)


def gathered(kind):
    return {name: found for answers in ANSWERS for name, found in getattr(answers, kind).items()}


def listed(kind):
    return [
        pytest.param(name, function, id=f"{name}-{function.__name__}")
        for name, functions in gathered(kind).items()
        for function in functions
    ]


EXERCISES = sorted(name for name in checks.__all__ if name.islower())
MISTAKES = [
    pytest.param(name, function, phrase, id=f"{name}-{function.__name__}")
    for name, mistakes in gathered("MISTAKES").items()
    for function, phrase in mistakes.items()
]


@pytest.mark.parametrize("kind", ["STUBS", "SOLUTIONS", "MISTAKES"])
def test_no_exercise_is_left_out(kind):
    assert sorted(gathered(kind)) == EXERCISES
    assert all(gathered(kind).values())


@pytest.mark.parametrize(("name", "solution"), listed("SOLUTIONS"))
def test_solution_passes(name, solution):
    verdict = getattr(checks, name)(solution)
    assert verdict.passed
    assert repr(verdict).startswith(f"Passed: {name} is right in all {verdict.cases} cases.")


@pytest.mark.parametrize(("name", "stub"), listed("STUBS"))
def test_stub_is_not_attempted(name, stub):
    verdict = getattr(checks, name)(stub)
    assert not verdict.passed
    assert repr(verdict).startswith("Not attempted yet.")


@pytest.mark.parametrize(("name", "mistake", "phrase"), MISTAKES)
def test_mistake_has_its_hint(name, mistake, phrase):
    with pytest.raises(checks.CheckFailed) as caught:
        getattr(checks, name)(mistake)
    assert phrase in caught.value.hint
    assert "something else is wrong" not in caught.value.hint
    assert f"Hint: {caught.value.hint}" in " ".join(str(caught.value).split())


@pytest.mark.parametrize("name", EXERCISES)
def test_mistakes_are_told_apart(name):
    """No two hints of an exercise say the same, but where the mistakes are of a kind."""
    phrases = list(gathered("MISTAKES")[name].values())
    assert len(set(phrases)) >= len(phrases) - 1
    assert len(phrases) >= 7


@pytest.mark.parametrize("name", EXERCISES)
def test_message_shows_the_call_that_fails(name):
    """The arguments of the message, pasted, bring the failure about."""
    function = next(iter(gathered("MISTAKES")[name]))
    with pytest.raises(checks.CheckFailed) as caught:
        getattr(checks, name)(function)
    names = list(inspect.signature(function).parameters)
    given = str(caught.value).split("\n\n")[1]
    scope = {"np": np}
    exec(given, scope)
    attempt = caught.value.attempt
    assert list(attempt.case.arguments) == names
    np.testing.assert_array_equal(function(*(scope[name] for name in names)), attempt.got)


@pytest.mark.parametrize("name", EXERCISES)
def test_nothing_of_the_checker_can_be_spoilt(name):
    """A function that wipes what it is given fails; the next one is checked with fresh arguments."""

    def wipe(*arguments):
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                argument[...] = 0

    with pytest.raises(checks.CheckFailed):
        getattr(checks, name)(wipe)
    assert getattr(checks, name)(gathered("SOLUTIONS")[name][0]).passed
