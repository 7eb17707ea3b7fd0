"""Measure the built book in a real browser: what a page weighs, when its widgets live, how long it builds.

The targets stand in the header of each table. Nothing here is asserted: a busy machine makes every
time longer.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
sys.path.append(str(ROOT / "tests"))

from browser import launch  # noqa: E402

RUNS = 5
SLOW_LINK = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 1.25e6,
    "uploadThroughput": 1.25e6,
}  # bytes/s


@contextmanager
def served() -> Iterator[str]:
    """Serve the built book, compressed as a web server does, and yield its address."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            if not path.is_file():
                self.send_error(404)
                return
            body = path.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(path)))
            if path.suffix not in {".woff2", ".png"}:
                body = gzip.compress(body, 6)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    handler = functools.partial(Handler, directory=SITE)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def pages() -> list[str]:
    """Return the pages that hold a widget, and one that holds none."""
    found = [path for path in sorted(SITE.rglob("*.html")) if "data-module=" in path.read_text("utf-8")]
    return [str(path.relative_to(SITE)) for path in [*found, SITE / "notation.html"]]


def builds() -> None:
    """Print how long the book takes to build, from nothing and with nothing to do."""
    print("book build, seconds (target: 15 from a warm .venv)")
    for name, command in (
        ("all of it", ["make", "-W", "_config.yml", "book"]),
        ("up to date", ["make", "book"]),
    ):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        print(f"  {name:12}{time.perf_counter() - start:8.2f}")


# The widgets that a reader sees first live, or all of them.
LIVE = """(all) => document.readyState !== "loading" &&
  [...document.querySelectorAll(".cnnbook-widget:not([data-ready])")]
    .every((widget) => !all && widget.getBoundingClientRect().top > innerHeight)"""


def until_live(browser: Browser, address: str, slow: bool) -> tuple[float, float, int, int]:
    """Open a page in a fresh browser context.

    Return the seconds until the widgets in view live, until all live; the requests, the bytes received.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    received = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_LINK)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    seconds = []
    for all_of_them in (False, True):
        page.wait_for_function(LIVE, arg=all_of_them, timeout=60_000)
        seconds.append(time.perf_counter() - start)
    page.wait_for_load_state("networkidle")
    context.close()
    return *seconds, len(received), int(sum(received))


def own_scripts(page: str) -> int:
    """Return the bytes of a page's own scripts, uncompressed."""
    text = (SITE / page).read_text("utf-8")
    names = re.findall(r'src="[./]*(_static/cnnbook/[\w-]+\.js)', text)
    return sum((SITE / name).stat().st_size for name in names)


def page_table(browser: Browser) -> None:
    """Print what each page weighs and when it lives."""
    print(
        "\npages (targets: 0.65 MB gzip, scripts 100 kB, widgets in view live after 0.8 s, slow link 2.5 s)"
    )
    print(f"  {'page':38} requests  MB gzip  own kB  in view   all   slow   all")
    with served() as root:
        for page in pages():
            plain = [until_live(browser, f"{root}/{page}", slow=False) for _ in range(RUNS)]
            slow = [until_live(browser, f"{root}/{page}", slow=True) for _ in range(RUNS)]
            times = [
                statistics.median(visit[which] for visit in run) for run in (plain, slow) for which in (0, 1)
            ]
            *_, requests, weight = plain[-1]
            print(
                f"  {page:38}{requests:9}{weight / 1e6:9.3f}{own_scripts(page) / 1e3:8.1f}"
                "{:9.2f}{:6.2f}{:7.2f}{:6.2f}".format(*times)
            )


def main() -> None:
    """Print the tables."""
    builds()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page_table(browser)
        browser.close()


if __name__ == "__main__":
    main()
