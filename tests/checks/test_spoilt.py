"""A right function, spoilt in one way, fails every exercise: no check passes by luck."""

import numpy as np
import pytest
from test_exercises import EXERCISES, gathered

from cnnbook import checks


def numbers(result):
    return np.asarray(result, float)


def like(result, spoilt):
    if isinstance(result, tuple):
        return tuple(int(n) for n in spoilt)
    return spoilt if isinstance(result, np.ndarray) else float(spoilt)


def last_number_off(result):
    spoilt = numbers(result).copy()
    spoilt.flat[-1] += 1 if isinstance(result, tuple) else 1e-3
    return like(result, spoilt)


SPOILERS = {
    "zeros": lambda result: like(result, 0 * np.nan_to_num(numbers(result))),
    "ones": lambda result: like(result, np.ones(np.shape(result))),
    "last-number-off": last_number_off,
    "a-list": lambda result: list(np.atleast_1d(numbers(result))),
    "an-axis-more": lambda result: numbers(result)[None],
    "text": str,
    "objects": lambda result: np.asarray(result, object)[None],
}


@pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS)
@pytest.mark.parametrize("name", EXERCISES)
def test_spoilt_result_fails(name, spoil):
    solution = gathered("SOLUTIONS")[name][0]
    with pytest.raises(checks.CheckFailed):
        getattr(checks, name)(lambda *arguments: spoil(solution(*arguments)))


@pytest.mark.parametrize("name", EXERCISES)
def test_one_failing_call_is_enough(name):
    solution = gathered("SOLUTIONS")[name][0]
    total = getattr(checks, name)(solution).cases
    calls = []

    def right_but_once(*arguments):
        calls.append(arguments)
        return None if len(calls) == total else solution(*arguments)

    with pytest.raises(checks.CheckFailed, match=f"{name} fails in 1 of {total} cases"):
        getattr(checks, name)(right_but_once)
