"""Firefox and WebKit, each by the protocol that it brings: Marionette, and W3C's WebDriver."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["Firefox", "OtherBrowserError", "WebKit", "found"]

FIREFOX = ("firefox", "firefox-esr")
PATIENCE = 120  # seconds
# No request leaves the machine: a proxy that is not there, but for the machine itself.
NOWHERE = "http://127.0.0.1:9"
OFFLINE = {"http_proxy": NOWHERE, "https_proxy": NOWHERE, "no_proxy": "127.0.0.1,localhost"}
PREFERENCES = {
    "marionette.port": 0,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1, localhost",
}
# Call a function with one argument, wait for what it promises, and hand back that or its error.
CALL = """const done = arguments[arguments.length - 1];
Promise.resolve(arguments[0]).then(%s)
  .then((value) => done({ value }), (error) => done({ error: `${error}\\n${error.stack}` }));"""
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # past the caller's own proxy


class OtherBrowserError(RuntimeError):
    """A browser refused what it was asked."""


def found(names: tuple[str, ...]) -> str | None:
    """Return the first program of some names that is on PATH."""
    return next(filter(None, map(shutil.which, names)), None)


class Driven:
    """A browser that runs scripts in a page."""

    def __init__(self) -> None:
        self.home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.processes: list[subprocess.Popen[bytes]] = []
        try:
            self.connect()
        except BaseException:
            self.close()
            raise

    def start(self, *words: object, **environment: str) -> subprocess.Popen[bytes]:
        """Start a program with a home of its own, which ends with the browser."""
        own = {"HOME": self.home.name, **OFFLINE, **environment}
        with Path(self.home.name, "log").open("ab") as log:
            program = subprocess.Popen([*map(str, words)], env={**os.environ, **own}, stdout=log, stderr=log)
        self.processes.append(program)
        return program

    def called(self, code: str, argument: object = None) -> Any:
        """Call a function of the page, and return what it promises."""
        answer = self.script(CALL % f"({code})", [argument])
        if "error" in answer:
            raise OtherBrowserError(answer["error"])
        return answer.get("value")

    def close(self) -> None:
        """End the browser."""
        for program in reversed(self.processes):
            program.terminate()
            program.wait(PATIENCE)
        self.home.cleanup()


class Firefox(Driven):
    """Firefox, headless, by Marionette: lengths and JSON over a socket."""

    def connect(self) -> None:
        """Start it, and begin a session."""
        profile = Path(self.home.name, "profile")
        profile.mkdir()
        lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in PREFERENCES.items())
        profile.joinpath("user.js").write_text("\n".join(lines))
        program = found(FIREFOX)
        self.start(program, "--headless", "--marionette", "--no-remote", "--profile", profile)
        port = profile / "MarionetteActivePort"
        awaited(lambda: port.exists() and port.read_text().strip())
        with socket.create_connection(("127.0.0.1", int(port.read_text())), PATIENCE) as connection:
            self.stream = connection.makefile("rwb")
        self.message()
        wanted = {"timeouts": {"script": 1000 * PATIENCE, "pageLoad": 1000 * PATIENCE}}
        self.ask("WebDriver:NewSession", {"capabilities": {"alwaysMatch": wanted}})
        self.ask("WebDriver:SetWindowRect", {"width": 1280, "height": 1000})

    def message(self) -> Any:
        """Read a message."""
        length = b""
        while (one := self.stream.read(1)) != b":":
            length += one
        return json.loads(self.stream.read(int(length)))

    def ask(self, command: str, parameters: dict[str, object]) -> Any:
        """Give a command, and return its result."""
        words = json.dumps([0, 1, command, parameters]).encode()
        self.stream.write(b"%d:%s" % (len(words), words))
        self.stream.flush()
        _, _, error, result = self.message()
        if error:
            raise OtherBrowserError(f"{command}: {error['error']}: {error['message']}")
        return result

    def open(self, address: str) -> None:
        """Open a page."""
        self.ask("WebDriver:Navigate", {"url": address})

    def script(self, code: str, arguments: list[object]) -> Any:
        """Run a script that calls back."""
        return self.ask("WebDriver:ExecuteAsyncScript", {"script": code, "args": arguments})["value"]

    def close(self) -> None:
        """End the browser, and let go of its socket."""
        super().close()
        if hasattr(self, "stream"):
            self.stream.close()


class WebKit(Driven):
    """WebKitGTK's small browser on a screen that nobody sees, by W3C's WebDriver."""

    def connect(self) -> None:
        """Start it, and begin a session."""
        screen, port = Path(self.home.name, "screen"), free_port()
        with screen.open("wb") as file:
            words = ["Xvfb", "-displayfd", str(file.fileno()), "-screen", "0", "1400x1100x24"]
            self.processes.append(
                subprocess.Popen(words, pass_fds=[file.fileno()], stderr=subprocess.DEVNULL)
            )
        awaited(lambda: screen.read_text().endswith("\n"))
        display = f":{screen.read_text().strip()}"
        self.start("WebKitWebDriver", f"--port={port}", DISPLAY=display, GDK_BACKEND="x11")
        self.address = f"http://127.0.0.1:{port}/session"
        awaited(lambda: listens(port))
        wanted = {"timeouts": {"script": 1000 * PATIENCE, "pageLoad": 1000 * PATIENCE}}
        self.address += f"/{self.ask('', {'capabilities': {'alwaysMatch': wanted}})['sessionId']}"
        self.ask("/window/rect", {"width": 1280, "height": 1000})

    def ask(self, command: str, parameters: dict[str, object]) -> Any:
        """Give a command, and return its result."""
        body = json.dumps(parameters).encode()
        request = urllib.request.Request(self.address + command, body, {"Content-Type": "application/json"})
        try:
            with OPENER.open(request, timeout=2 * PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            said = json.load(error)["value"]
            raise OtherBrowserError(f"{command}: {said['error']}: {said['message']}") from None

    def open(self, address: str) -> None:
        """Open a page."""
        self.ask("/url", {"url": address})

    def script(self, code: str, arguments: list[object]) -> Any:
        """Run a script that calls back."""
        return self.ask("/execute/async", {"script": code, "args": arguments})


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def listens(port: int) -> bool:
    """Return whether somebody listens at a port."""
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def awaited(done: Callable[[], object]) -> None:
    """Wait until something is so.

    Raises
    ------
    OtherBrowserError
        If it takes longer than ``PATIENCE`` seconds.
    """
    until = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > until:
            raise OtherBrowserError(f"a browser did not start within {PATIENCE} s")
        time.sleep(0.05)
