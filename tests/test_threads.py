"""Work side by side: all of it is done, once, in the caller's context, and errors come back."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import nullcontext
from types import SimpleNamespace
from unittest.mock import patch

import numpy as np
import pytest

from cnnbook import threads, tuning


def share_out(calls):
    threads.share_out(calls, tuning.MANY_PRODUCTS)


@pytest.mark.parametrize("available", [1, 2, 4])
@pytest.mark.parametrize("count", [0, 1, 2, 7, 50])
def test_every_call_is_made_once(monkeypatch, available, count):
    monkeypatch.setattr(threads, "available", lambda: available)
    done = []
    share_out([lambda k=k: done.append(k) for k in range(count)])
    assert sorted(done) == list(range(count))


def test_calls_run_at_the_same_time(monkeypatch):
    monkeypatch.setattr(threads, "available", lambda: 2)
    both = threading.Barrier(2, timeout=20)  # breaks unless two are waiting
    share_out([both.wait, both.wait])


@pytest.mark.parametrize(("available", "calls", "helpers"), [(2, 9, 1), (4, 9, 3), (4, 2, 1)])
def test_as_many_threads_as_there_are_but_no_more_than_calls(monkeypatch, available, calls, helpers):
    monkeypatch.setattr(threads, "available", lambda: available)
    with patch.object(threads.pool(), "submit", wraps=threads.pool().submit) as submit:
        share_out([list] * calls)
    assert submit.call_count == helpers  # the caller works, too


@pytest.mark.parametrize(
    ("calls", "products", "held", "helpers"),
    [
        (3, tuning.FEW_PRODUCTS - 1, 0, 0),
        (3, tuning.FEW_PRODUCTS, 1, 0),
        (3, tuning.MANY_PRODUCTS - 1, 1, 0),
        (3, tuning.MANY_PRODUCTS, 1, 1),
        (1, tuning.FEW_PRODUCTS, 1, 0),
        (1, tuning.MANY_PRODUCTS - 1, 1, 0),
        (1, tuning.MANY_PRODUCTS, 0, 0),
    ],
)
def test_who_gets_the_processors_is_decided_by_the_size_of_the_work(
    monkeypatch, calls, products, held, helpers
):
    asked, done = [], []
    monkeypatch.setattr(threads, "available", lambda: 2)
    monkeypatch.setattr(
        threads, "blas", lambda: SimpleNamespace(limit=lambda **_: nullcontext(asked.append(1)))
    )
    with patch.object(threads.pool(), "submit", wraps=threads.pool().submit) as submit:
        threads.share_out([lambda: done.append(1)] * calls, products)
    assert (len(asked), submit.call_count, len(done)) == (held, helpers, calls)


def test_without_threadpoolctl_one_after_the_other(monkeypatch):
    monkeypatch.setattr(threads, "available", lambda: 2)
    monkeypatch.setattr(threads, "blas", lambda: None)
    seen = []
    share_out([lambda: seen.append(threading.current_thread())] * 5)
    assert seen == [threading.main_thread()] * 5


def test_blas_is_none_if_threadpoolctl_is_not_there(monkeypatch):
    monkeypatch.setitem(sys.modules, "threadpoolctl", None)
    assert threads.blas.__wrapped__() is None


@pytest.mark.parametrize("place", range(4))
def test_an_error_comes_back(monkeypatch, place):
    monkeypatch.setattr(threads, "available", lambda: 2)

    def fail():
        raise ZeroDivisionError("mine")

    calls = [lambda: None] * 4
    calls[place] = fail
    with pytest.raises(ZeroDivisionError, match="mine"):
        share_out(calls)


def test_every_thread_sees_the_errstate_of_the_caller(monkeypatch):
    monkeypatch.setattr(threads, "available", lambda: 2)
    both, seen = threading.Barrier(2, timeout=20), []

    def look():
        both.wait()
        seen.append(np.geterr()["over"])

    with np.errstate(over="print"):
        share_out([look, look])
    assert seen == ["print", "print"]


def test_products_are_held_to_one_thread(monkeypatch):
    asked = []

    def limit(**settings):
        asked.append(settings)
        return nullcontext()

    monkeypatch.setattr(threads, "available", lambda: 2)
    monkeypatch.setattr(threads, "blas", lambda: SimpleNamespace(limit=limit))
    share_out([lambda: None] * 2)
    assert asked == [{"limits": 1, "user_api": "blas"}]


def test_products_have_their_threads_back_afterwards(monkeypatch):
    threadpoolctl = pytest.importorskip("threadpoolctl")
    monkeypatch.setattr(threads, "available", lambda: 2)

    def counts():
        return [pool["num_threads"] for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]

    before, inside = counts(), []
    share_out([lambda: inside.append(counts())] * 2)
    assert counts() == before
    assert all(set(found) <= {1} for found in inside)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")
def test_a_forked_process_starts_threads_of_its_own(monkeypatch):
    monkeypatch.setattr(threads, "available", lambda: 2)
    both = threading.Barrier(2, timeout=20)
    share_out([both.wait, both.wait])
    child = os.fork()
    if not child:
        signal.alarm(20)  # rather than wait for ever
        try:
            share_out([both.wait, both.wait])
        except BaseException:
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize(("processors", "expected"), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (64, 4)])
def test_a_thread_for_each_processor_but_at_most_four(monkeypatch, processors, expected):
    monkeypatch.setattr(threads.os, "sched_getaffinity", lambda _: set(range(processors)), raising=False)
    assert threads.available() == expected


@pytest.mark.parametrize(("processors", "expected"), [(None, 1), (1, 1), (3, 3), (64, 4)])
def test_where_a_system_knows_only_how_many_processors_there_are(monkeypatch, processors, expected):
    monkeypatch.delattr(threads.os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(threads.os, "cpu_count", lambda: processors)
    assert threads.available() == expected


def test_the_numerics_import_nothing_but_numpy():
    code = "import sys, numpy.random; old = {*sys.modules}; import cnnbook; print(*{*sys.modules} - old)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = {name.partition(".")[0] for name in run.stdout.split()}
    assert found - {"cnnbook", "numpy"} <= set(sys.stdlib_module_names)
