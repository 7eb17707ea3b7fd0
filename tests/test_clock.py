"""What the chapter on fast convolution times, on a clock that always says one second."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnbook import clock, conv2d, conv2d_naive, conv2d_winograd, threads, tuning
from cnnbook.plotting import race


def by_winograd(x, weight, padding):
    return conv2d_winograd(x, weight, padding=padding)


@pytest.fixture
def second(monkeypatch):
    """Let each call take a second, and count the calls."""
    calls = []

    def best(function, *arguments):
        function(*arguments)
        calls.append(function)
        return 1.0

    monkeypatch.setattr(clock, "best", best)
    return calls


def test_the_best_time_is_one_calls():
    assert 0 < clock.best(sum, [1, 2]) < clock.best(sum, range(100_000)) < 0.5


def test_one_thread_is_used_and_then_as_many_as_before():
    before = tuning.MOST_THREADS
    with clock.on_one_thread():
        assert threads.available() == tuning.MOST_THREADS == 1
        assert {one["num_threads"] for one in threads.blas().info() if one["user_api"] == "blas"} <= {1}
    assert before == tuning.MOST_THREADS > 1


def test_a_race_leaves_out_who_refuses(second):
    ways = {"conv2d": lambda x, w, p: conv2d(x, w, padding=p), "Winograd": by_winograd}
    found = clock.race(ways, {1: (2, 6, 3), 2: (2, 6, 5), 3: (150, 4, 3)}, conv2d_naive)
    assert found == {
        "loops": {1: 2 * 36 / 9, 2: 2 * 36 / 9},  # nine outputs of one filter take a second
        "conv2d": {1: 1, 2: 1, 3: 1},
        "Winograd": {1: 1, 3: 1},
    }


def test_rates_lie_under_the_roof_of_a_clock(second):
    assert clock.roof() == (2 * 1024**3, 2 * 4 * 2**24)
    found = clock.rates()
    work = 56 * 56 * 64 * (2 * 32 * 9 - 1)
    least = 4 * (32 * 58 * 58 + 64 * 32 * 9 + 64 * 56 * 56)
    copies = least + 2 * 4 * 32 * 9 * 56 * 56
    assert found["cuts"] == (0.1, 2 * 56 * 56)
    assert found["columns, @"] == found["columns, einsum"] == (work / copies, work)
    assert found["conv2d"] == (work / least, work)


def test_python_counts_in_threads(monkeypatch):
    counted = []
    monkeypatch.setattr(clock, "count_down", counted.append)
    clock.count_in_threads(2)
    assert counted == [50_000] * 8


def test_gains_and_all_of_it_drawn(monkeypatch):
    took = {"pad": 0.5, "stack": 0.5, "conv": 3.0}
    monkeypatch.setattr(clock, "best", lambda call, *_: took.get(call.__name__, 2.0))
    monkeypatch.setattr(clock.threads, "available", lambda: 2)

    def conv(x, weight, count):
        raise AssertionError("it is only timed")

    found = clock.gains(conv)
    assert found["Amdahl's law"] == {
        1: 1,
        2: 1.5,
        4: 1.5,
    }  # a second is serial; two cores share two
    assert found["layer"] == found["Python"] == found["product's own"] == {1: 1, 2: 1, 4: 1}
    curves = clock.race({"conv2d": lambda x, w, p: x}, {3: (1, 4, 3), 5: (1, 4, 5)}, conv2d_naive)
    figure = race((1e9, 1e9), {"a": (1, 1e8)}, found, {"kernel size": curves}, {"by the clock": np.inf})
    assert len(figure.axes) == 3
    plt.close(figure)
