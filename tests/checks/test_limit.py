"""The limit of time: it stops what never ends, once, and leaves nothing behind, not even under a profiler."""

import subprocess
import sys
from contextlib import suppress

from cnnbook.checks import limit

SCRIPT = """
import sys
from cnnbook.checks.limit import OutOfTime, Watch

sys.setprofile(lambda *_: None)
with Watch(seconds=0.2) as watch:
    for endless in (False, True, False, True):
        try:
            print(watch.call(sum, (1 for _ in iter(int, 1 if endless else 0))))
        except OutOfTime:
            print("stopped")
print(sum(range(10)))
"""


def test_under_a_profiler_it_stops_what_never_ends_and_nothing_else():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60)
    assert (done.stdout.split(), done.stderr) == (["0", "stopped", "0", "stopped", "45"], "")


def test_a_function_that_catches_it_is_stopped_all_the_same():
    def stubborn():
        for _ in range(3):
            with suppress(BaseException):
                [None for _ in iter(int, 1)]
        return "ended"

    with limit.Watch(seconds=0.05) as watch:
        for _ in range(5):
            with suppress(limit.OutOfTime):
                assert watch.call(stubborn) == "ended"
            assert watch.call(sum, range(1000)) == 499500
            assert not watch.sent


def test_where_no_error_can_be_raised_in_another_thread_nothing_is_waited_for(monkeypatch):
    monkeypatch.delattr(limit.ctypes, "pythonapi")
    monkeypatch.setattr(limit, "PAUSE", 0.01)
    with limit.Watch(seconds=0.0) as watch:
        assert watch.call(sum, range(1_000_000)) == 499999500000
        assert not watch.sent
