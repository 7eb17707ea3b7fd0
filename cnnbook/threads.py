"""Threads: independent pieces of work side by side, each with a matrix product of one thread."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from functools import cache
from typing import Any

from cnnbook import tuning

__all__ = ["available", "share_out"]


@cache
def blas() -> Any:
    """Return what sets the number of threads of a matrix product, or None without threadpoolctl."""
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:
        return None
    return ThreadpoolController()


@cache
def pool() -> ThreadPoolExecutor:
    """Return the threads that wait for work; to start them for each call took as long as a small layer."""
    return ThreadPoolExecutor(tuning.MOST_THREADS - 1, thread_name_prefix="cnnbook")  # the caller works, too


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=pool.cache_clear)  # a forked process has none of its parent's threads


def available() -> int:
    """Return how many threads to use: one for each processor, but not too many."""
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(tuning.MOST_THREADS, ours or 1)


def share_out(calls: Sequence[Callable[[], object]], products: int) -> None:
    """Make calls that do not depend on one another, on several threads if ``products`` are many.

    NumPy lets other threads run while it copies and multiplies. Its matrix products have threads of
    their own, which are good for one large product; for many small ones it is better that every thread
    takes whole pieces of the work and waits for nobody, or that one does it all. Without threadpoolctl
    to say so to the products, or in a single call of much work, they keep their threads.
    """
    many, threads = products >= tuning.MANY_PRODUCTS, min(available(), len(calls))
    if products < tuning.FEW_PRODUCTS or (many and threads < 2) or blas() is None:
        for call in calls:
            call()
        return
    waiting = deque(calls)

    def work() -> None:
        while True:
            try:
                call = waiting.popleft()  # no two threads get the same one
            except IndexError:
                return
            call()

    with blas().limit(limits=1, user_api="blas"):
        # each thread gets a copy of this one's context, where NumPy keeps np.errstate
        others = [pool().submit(copy_context().run, work) for _ in range(threads - 1 if many else 0)]
        try:
            work()
        finally:
            wait(others)
    for other in others:
        other.result()  # raises what was raised there
