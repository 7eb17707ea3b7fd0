"""Measure the built book in a real browser: what a page weighs, when its widgets live, what a change costs.

The targets of a page and of a widget stand in the header of each table. Nothing here is asserted:
a busy machine makes every time longer.
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

from playwright.sync_api import Browser, Page, sync_playwright

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

# One change, until the page is laid out again; then a pause, so that nothing waits for the one before.
CHANGES = """async ([index, changes]) => {
  const widget = document.querySelectorAll(".cnnbook-widget[data-ready]")[index];
  const times = [];
  for (const change of changes) {
    const start = performance.now();
    for (const [name, value] of Object.entries(change)) widget.model.set(name, value);
    await null; await null;
    widget.getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 20));
  }
  return times;
}"""

# The longest task while a slider is scrubbed through its places, one a frame.
SCRUB = """async ([index, label, count]) => {
  const widget = document.querySelectorAll(".cnnbook-widget[data-ready]")[index];
  const sliders = [...widget.querySelectorAll("input[type=range]")];
  const slider = sliders.find((one) => one.labels[0].textContent === label);
  let longest = 0;
  for (let place = 0; place < count; place += 1) {
    await new Promise(requestAnimationFrame);
    const start = performance.now();
    slider.value = place % (Number(slider.max) + 1);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await null; await null;
    widget.getBoundingClientRect();
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
}"""


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


def until_live(browser: Browser, address: str, slow: bool) -> tuple[float, int, int]:
    """Open a page in a fresh browser context: seconds until its widgets live, requests, bytes received."""
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
    page.wait_for_function(
        "document.readyState !== 'loading' && !document.querySelector('.cnnbook-widget:not([data-ready])')",
        timeout=60_000,
    )
    seconds = time.perf_counter() - start
    page.wait_for_load_state("networkidle")
    context.close()
    return seconds, len(received), int(sum(received))


def own_scripts(page: str) -> int:
    """Return the bytes of a page's own scripts, uncompressed."""
    text = (SITE / page).read_text("utf-8")
    names = re.findall(r'src="[./]*(_static/cnnbook/[\w-]+\.js)', text)
    return sum((SITE / name).stat().st_size for name in names)


def page_table(browser: Browser) -> None:
    """Print what each page weighs and when it lives."""
    print("\npages (targets: 0.65 MB gzip, own scripts 100 kB, live after 0.8 s, on the slow link 2.5 s)")
    print(f"  {'page':32}{'requests':>9}{'MB gzip':>9}{'own kB':>8}{'live s':>8}{'slow s':>8}")
    with served() as root:
        for page in pages():
            plain = [until_live(browser, f"{root}/{page}", slow=False) for _ in range(RUNS)]
            slow = [until_live(browser, f"{root}/{page}", slow=True)[0] for _ in range(RUNS)]
            live = statistics.median(seconds for seconds, _, _ in plain)
            _, requests, weight = plain[-1]
            print(
                f"  {page:32}{requests:9}{weight / 1e6:9.3f}{own_scripts(page) / 1e3:8.1f}"
                f"{live:8.2f}{statistics.median(slow):8.2f}"
            )


def report(name: str, times: list[float]) -> None:
    """Print the median and the 95th percentile of some changes, in milliseconds."""
    ordered = sorted(times)
    print(f"  {name:52}{statistics.median(ordered):8.2f}{ordered[int(0.95 * len(ordered))]:8.2f}")


def widget_table(page: Page) -> None:
    """Print what a change of each widget costs the main thread."""
    import numpy as np

    sys.path.append(str(ROOT / "tests" / "widgets"))
    from pages import show

    from cnnbook.widgets import ConvolutionExplorer, Im2colExplorer, KernelExplorer, Quiz
    from cnnbook.widgets.traits import encode

    rng = np.random.default_rng(0)
    show(
        page,
        ConvolutionExplorer(image=rng.integers(0, 256, (7, 7)), kernel=rng.integers(-3, 4, (3, 3))),
        ConvolutionExplorer(image=rng.normal(size=(16, 16)), kernel=rng.normal(size=(5, 5)), padding=2),
        KernelExplorer(colour=True, kernel=rng.normal(size=(5, 5))),
        Quiz("01_convolution"),
        Im2colExplorer(),
        Im2colExplorer(x=rng.integers(0, 256, (1, 3, 7, 7)), weight=rng.integers(-3, 4, (2, 3, 3, 3))),
        Im2colExplorer(direction="col2im"),
    )
    kernels = [{"kernel": encode(rng.normal(size=(5, 5)))} for _ in range(60)]
    print(
        "\nwidgets, milliseconds of main-thread work a change (targets: 95th percentile 8, no task over 16)"
    )
    print(f"  {'change':52}{'median':>8}{'95 %':>8}")
    rows = [
        ("ConvolutionExplorer 7x7: window", 0, [{"position": i % 25} for i in range(60)]),
        ("ConvolutionExplorer 7x7: stride", 0, [{"position": 0, "stride": 1 + i % 3} for i in range(60)]),
        ("ConvolutionExplorer 16x16 with 5x5: window", 1, [{"position": i} for i in range(60)]),
        (
            "ConvolutionExplorer 16x16 with 5x5: stride",
            1,
            [{"position": 0, "stride": 1 + i % 3} for i in range(60)],
        ),
        ("ConvolutionExplorer 16x16 with 5x5: kernel", 1, kernels),
        ("KernelExplorer 256x256x3 with 5x5: kernel", 2, kernels),
        ("KernelExplorer 256x256x3 with 5x5: window", 2, [{"row": i, "column": 2 * i} for i in range(60)]),
        ("Quiz: answer", 3, [{"answers": {"why-no-flip": "ab"[i % 2]}} for i in range(60)]),
        *(
            row
            for name, index in (("4x4 with 2x2", 4), ("7x7x3 with 3x3", 5))
            for row in (
                (f"Im2colExplorer {name}: window", index, [{"position": i % 25} for i in range(60)]),
                (
                    f"Im2colExplorer {name}: stride",
                    index,
                    [{"position": 0, "stride": 1 + i % 3} for i in range(60)],
                ),
                (
                    f"Im2colExplorer {name}: arrangement",
                    index,
                    [{"arrangement": ("rows", "batch last")[i % 2]} for i in range(60)],
                ),
            )
        ),
        ("Im2colExplorer 4x4 backwards: column", 6, [{"position": i % 25} for i in range(60)]),
    ]
    for name, index, changes in rows:
        report(name, page.evaluate(CHANGES, [index, changes]))
    for name, index in (
        ("ConvolutionExplorer 7x7", 0),
        ("ConvolutionExplorer 16x16 with 5x5", 1),
        ("Im2colExplorer 4x4 with 2x2", 4),
        ("Im2colExplorer 4x4 backwards", 6),
    ):
        longest = page.evaluate(SCRUB, [index, "window", 60])
        print(f"  {f'{name}: longest while scrubbing 60':52}{longest:16.2f}")


def main() -> None:
    """Print the three tables."""
    builds()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page_table(browser)
        widget_table(browser.new_page(viewport={"width": 1280, "height": 900}))
        browser.close()


if __name__ == "__main__":
    main()
