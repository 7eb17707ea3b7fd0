"""A limit of time for each case: an endless loop is stopped from a second thread."""

from __future__ import annotations

import ctypes
import math
import threading
import time
from collections.abc import Callable
from typing import Any

__all__ = ["OutOfTime", "Watch"]

SECONDS = 5.0  # of work; a busy machine stretches it, and does not count
PATIENCE = 12  # times as long by the clock on the wall, for what waits instead of working
PAUSE = 0.1
LATER = math.inf, math.inf


class OutOfTime(BaseException):
    """A case took too long."""


class Watch:
    """While it is entered, stops what :meth:`call` calls after so many seconds of the processor's time.

    A second thread raises :class:`OutOfTime` in this one, as any debugger does, between two of its
    steps; again and again, in case that the function catches it. So it works in a notebook's kernel, on
    every system, and costs nothing while all goes well. Where no thread can be started, nothing is stopped.

    Examples
    --------
    >>> with Watch(seconds=0.2) as watch:
    ...     watch.call(lambda: [None for _ in iter(int, 1)])
    Traceback (most recent call last):
    cnnbook.checks.limit.OutOfTime
    """

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = SECONDS if seconds is None else seconds
        self.lock, self.done, self.deadline = threading.Lock(), threading.Event(), LATER
        self.sent = False  # an error that may not have arrived yet
        self.reader = threading.get_ident()
        self.thread = threading.Thread(target=self.watch, daemon=True)

    def __enter__(self) -> Watch:
        try:
            self.thread.start()
        except RuntimeError:  # a system without threads
            self.done.set()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function, for so many seconds at most."""
        try:
            self.deadline = time.process_time() + self.seconds, time.monotonic() + PATIENCE * self.seconds
            try:
                return function(*arguments)
            finally:
                self.rest()
        except OutOfTime:
            self.rest()
            raise OutOfTime from None

    def rest(self) -> None:
        """Let the time run, and use up what has not arrived yet.

        To take it back leaves CPython 3.11 with a mark that something waits: all is slower from then on,
        and under a profiler it never ends.
        """
        while self.deadline is not LATER:
            try:
                with self.lock:
                    self.deadline = LATER
            except OutOfTime:
                continue
        while self.sent:
            try:
                raise_in(self.reader)  # in the place of what waits
                while True:
                    pass
            except OutOfTime:
                self.sent = False

    def watch(self) -> None:
        """Look at the clock, now and then."""
        pause = PAUSE
        while not self.done.wait(pause):
            with self.lock:
                work, wait = self.deadline
                late = time.process_time() > work or time.monotonic() > wait
                pause = PAUSE / 10 if late else PAUSE
                if late:
                    self.sent = raise_in(self.reader)


def raise_in(thread: int) -> bool:
    """Raise :class:`OutOfTime` in another thread, or tell that it cannot be done."""
    python = getattr(ctypes, "pythonapi", None)
    if python:
        python.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(OutOfTime))
    return bool(python)
