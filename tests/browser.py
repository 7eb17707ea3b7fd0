"""A Chromium for the tests: find one, or install one. ``python tests/browser.py`` makes sure of it."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright, Request

__all__ = ["FLAGS", "NoBrowserError", "find_browser", "launch", "make_sure", "watch"]

# Chromium without windows, menus and tabs: it opens a page in half the time, with a third of the work.
LIGHT = "chromium-headless-shell"
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# No request can leave the machine, not even by luck.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
# In a process of its own: Playwright's synchronous interface cannot be entered twice in one.
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
ADVICE = (
    "The tests need Chromium or Chrome, and none is installed. Install one with your system's packages "
    "(Debian: apt-get install chromium-headless-shell, which is the lightest; Ubuntu: apt-get install "
    "chromium; Fedora: dnf install chromium; Arch: pacman -S chromium; macOS: brew install --cask chromium), "
    "let Playwright fetch its own (playwright install chromium), or put an executable on PATH as `chromium`."
)


class NoBrowserError(RuntimeError):
    """No browser is installed; the message says what to do."""


def works(executable: str) -> bool:
    """Return whether an executable starts (Ubuntu's `chromium-browser` may be an empty shell)."""
    try:
        answer = subprocess.run([executable, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def candidates() -> Iterator[str]:
    """Yield what may be a browser: on PATH, macOS's applications, Playwright's own."""
    yield from filter(None, map(shutil.which, NAMES))
    if platform.system() == "Darwin":
        yield from filter(os.path.exists, MAC_APPS)
    own = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True)
    yield own.stdout.strip()


def find_browser() -> str:
    """Return the path of an installed Chromium or Chrome.

    Raises
    ------
    NoBrowserError
        If there is none.
    """
    for path in candidates():
        if works(path):
            return path
    raise NoBrowserError(ADVICE)


def install(packages: Sequence[str] = ("chromium",)) -> None:
    """Install Debian's packages, if we may."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
            print("$ apt-get", *words, flush=True)
            subprocess.run(["apt-get", *words], stdin=subprocess.DEVNULL, check=False)


def make_sure() -> str:
    """Return the path of a browser, the light one if it can be had, installed if need be."""
    if not shutil.which(LIGHT):
        install([LIGHT])
    try:
        return find_browser()
    except NoBrowserError:
        install()
        return find_browser()


def launch(playwright: Playwright) -> Browser:
    """Start the browser, headless and without a way out of this machine."""
    return playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))


def watch(page: Page) -> list[str]:
    """Return a list that fills with what a page does wrong: strangers asked, errors, failed requests."""
    complaints: list[str] = []

    def asked(request: Request) -> None:
        address = urlsplit(request.url)
        if address.hostname not in {None, "", "127.0.0.1", "localhost"}:
            complaints.append(f"asks another host: {request.url}")

    page.on("request", asked)

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # given up, as the page was left
            complaints.append(f"fails ({request.failure}): {request.url}")

    page.on("requestfailed", failed)
    page.on(
        "response",
        lambda answer: answer.status >= 400 and complaints.append(f"{answer.status}: {answer.url}"),
    )
    page.on("pageerror", lambda error: complaints.append(f"page error: {error.stack or error}"))
    page.on(
        "console",
        lambda said: said.type == "error" and complaints.append(f"console error: {said.text}"),
    )
    return complaints


if __name__ == "__main__":
    try:
        print(make_sure())
    except NoBrowserError as error:
        sys.exit(str(error))
