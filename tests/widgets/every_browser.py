"""Every page of the built book in Firefox and WebKit: silent, live, and with Chromium's numbers.

`make test-browsers` runs this, and `make test` does not: pytest takes no file of this name by itself.
"""

import functools
import http.server
import re
import threading
import zlib
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pytest
from browser import watch
from other_browsers import OTHERS, missing
from test_book_pages import LIVE, PAGES
from test_random_reader import READER, drawn, sent, states_of

from cnnbook.widgets.traits import decode

COUNT = 15  # gestures on each widget, at most
PLACED = {"point", "click", "tap", "drag"}  # WebKit rounds a pointer's place to whole pixels
NUMBER = re.compile(r"(?<![\w.])[-\u2212+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")

# The first script of each page: what goes wrong is written down.
NOTES = """<script>window.amiss = [];
const note = (what) => amiss.push(String(what?.stack ?? what));
addEventListener("error", (event) => note(event.error ?? event.message ?? event.target.outerHTML), true);
addEventListener("unhandledrejection", ({ reason }) => note(reason));
console.error = (...all) => note(all.join(" "));</script>"""

# What a page shows once it is live: what went wrong, who was asked, its formulas, its widgets' numbers.
SHOWN = f"""async () => {{
  // What is only heard comes later.
  const texts = (node) =>
    node.data ? [node.data.trim()].filter(Boolean)
    : node.matches?.("[aria-live]") ? [] : [...node.childNodes].flatMap(texts);
  const live = {LIVE};
  const until = performance.now() + 60_000;
  while (!live() && performance.now() < until) await new Promise((done) => setTimeout(done, 50));
  const all = [...document.querySelectorAll(".cnnbook-widget")];
  const asked = performance.getEntriesByType("resource").map(({{ name }}) => new URL(name));
  return {{
    amiss,
    strangers: asked.filter(({{ host, protocol }}) => protocol.startsWith("http") && host !== location.host)
      .map(String),
    dead: all.filter(({{ dataset }}) => !("ready" in dataset)).map(({{ dataset }}) => dataset.failed ?? ""),
    unset: [...document.querySelectorAll("span.math, div.math")]
      .filter((one) => !one.querySelector(":scope > mjx-container")).map(({{ textContent }}) => textContent),
    widgets: all.map((one) => [one.dataset.widget, texts(one), [...one.querySelectorAll("td")].map(
      ({{ dataset, textContent }}) => dataset.value ?? textContent.trim())]),
  }};
}}"""
PLAY = f"""({{ index, ...more }}) => {{
  const element = document.querySelectorAll(".cnnbook-widget")[index];
  {READER} return cnnbookReader({{ element, ...more }});
}}"""


class Noted(http.server.SimpleHTTPRequestHandler):
    """Serve the book, each page with the notes before all else."""

    def log_message(self, *args):
        pass

    def do_GET(self):
        if not self.path.split("?")[0].endswith(".html"):
            super().do_GET()
            return
        page = Path(self.translate_path(self.path)).read_text("utf-8")
        words = page.replace("<head>", f"<head>{NOTES}", 1).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)


@pytest.fixture(scope="session")
def noted(site):
    """Return the address of the book whose pages note what goes wrong."""
    handler = functools.partial(Noted, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(scope="session", params=OTHERS)
def other(request):
    """Return a browser that is not Chromium."""
    if gone := missing(request.param):
        pytest.fail(f"{request.param} cannot be tested: {', '.join(gone)} is not on PATH")
    running = OTHERS[request.param]()
    yield running
    running.close()


class Chromium:
    """Chromium, asked as the others are."""

    def __init__(self, browser):
        self.page = browser.new_page(viewport={"width": 1280, "height": 900})
        self.open, self.called = self.page.goto, self.page.evaluate
        self.complaints = watch(self.page)


@pytest.fixture(scope="session")
def expected(browser, noted):
    """Return what Chromium makes of a page; each is asked for once."""
    chromium = Chromium(browser)
    return functools.cache(lambda name: come_to(chromium, f"{noted}/{name}.html"))


def come_to(browser, address):
    """Return what a page shows, and what its widgets come to by the same gestures."""
    browser.open(address)
    shown = browser.called(SHOWN)
    played = []
    for index, (name, *_) in enumerate(shown["widgets"] if not shown["dead"] else []):
        seed = zlib.crc32(f"{address.rpartition('/')[2]} {index}".encode())
        states = [sent(one) for one in states_of(name)]
        gestures = [one for one in drawn(seed, 2 * COUNT) if one["kind"] not in PLACED][:COUNT]
        result = browser.called(PLAY, {"index": index, "gestures": gestures, "states": states})
        state = {
            key: decode(value).tolist() if isinstance(value, dict) and "base64" in value else value
            for key, value in result["state"].items()
        }
        played.append({"name": name, "seed": seed, **result, "state": state})
    return {**shown, "played": played}


def differences(one, two, where=""):
    """Yield where two results differ: texts by their letters, numbers and those in texts by their values."""
    if isinstance(one, dict) and isinstance(two, dict):
        for key in {**one, **two}:
            yield from differences(one.get(key), two.get(key), f"{where} {key}")
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for index, pair in enumerate(zip(one, two, strict=True)):
            yield from differences(*pair, f"{where} {index}")
    elif isinstance(one, str) and isinstance(two, str):
        if NUMBER.sub("#", one).split() != NUMBER.sub("#", two).split():
            yield f"{where}: {one!r}, Chromium {two!r}"
        else:
            pairs = zip(NUMBER.findall(one), NUMBER.findall(two), strict=True)
            yield from (
                f"{where}: {this}, Chromium {that}"
                for this, that in pairs
                if this != that and not close(*(float(n.replace("\u2212", "-")) for n in (this, that)))
            )
    elif isinstance(one, float) and isinstance(two, float | int):
        if not close(one, two):
            yield f"{where}: {one}, Chromium {two}"
    elif isinstance(one, list) and isinstance(two, list):
        pairs = zip_longest(one, two)
        first, pair = next((k, pair) for k, pair in enumerate(pairs) if [*differences(*pair)])
        yield f"{where}: {len(one)} things, Chromium {len(two)}; the first that differs, {first}, {pair}"
    elif one != two:
        yield f"{where}: {one}, Chromium {two}"


def close(one, two):
    """Return whether two numbers are equal to rounding: engines have exponentials of their own."""
    return bool(np.isclose(one, two, rtol=1e-9, atol=1e-12))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_live_and_has_chromiums_numbers(other, expected, noted, name):
    result = come_to(other, f"{noted}/{name}.html")
    for kind in ("amiss", "strangers", "dead", "unset"):
        assert result[kind] == [], kind
    assert [one["failed"] for one in result["played"] if one["failed"]] == []
    for kind in ("widgets", "played"):
        assert "\n".join(differences(result[kind], expected(name)[kind])) == ""


def test_a_difference_is_found():
    one = {"a": ["x is 1.5", 2, [0.25]]}
    assert list(differences(one, {"a": ["x is 1.5", 2.0, [0.25 + 1e-15]]})) == []
    for other in ({"a": ["x is 1.6", 2, [0.25]]}, {"a": ["x is 1.5", 2, [0.26]]}, {"a": ["y is 1.5", 2, []]}):
        assert list(differences(one, other))
