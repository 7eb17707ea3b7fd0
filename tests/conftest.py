"""One browser a worker, a watched page, the built book behind a local web server, and slow files first."""

import functools
import http.server
import os
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from browser import launch, watch
from playwright.sync_api import sync_playwright

# Several tests run at a time: threads of their own would make them wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A worker takes a whole file at a time: the longest first, so that none is left for the end.
SLOW = ("test_lab.py", "test_book_pages.py", "test_notebooks.py")

SIZE = {"width": 1280, "height": 900}
SITE = Path(__file__).resolve().parent.parent / "_build" / "html"


def pytest_collection_modifyitems(items):
    """Mark what needs a browser, and begin with the slow files."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=lambda item: SLOW.index(item.path.name) if item.path.name in SLOW else len(SLOW))


@pytest.fixture(autouse=True)
def prints_as_ever():
    """Let no test feel how the setup of a chapter that another one ran tells NumPy to print."""
    import numpy as np  # once it is known how many threads there are

    with np.printoptions():
        yield


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def window(browser):
    """Return a browser window that the tests of a file use one after another."""
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    yield SimpleNamespace(page=page, complaints=watch(page))
    context.close()


@pytest.fixture
def page(window):
    """Return an empty page; the test fails if it asks another host or raises an error."""
    page = window.page
    page.mouse.move(
        0, 0
    )  # before the page is new: else the browser looks for the pointer in a document that is gone
    page.goto("about:blank")
    page.set_viewport_size(SIZE)
    page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
    window.complaints.clear()
    yield page
    assert window.complaints == []


@pytest.fixture
def clocked(browser):
    """Return an empty page whose clock the test turns, watched alike."""
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    complaints = watch(page)
    page.clock.install()
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def site():
    """Return the folder of the built book."""
    if not (SITE / "index.html").exists():
        pytest.fail(f"the book is not built: no index.html in {SITE.name}; run `make book` first")
    return SITE


@pytest.fixture(scope="session")
def server(site):
    """Return the address of a web server for the built book, and what it was asked for in vain."""
    missing = []

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def send_error(self, code, *args, **kwargs):
            missing.append(f"{code} {self.path}")
            super().send_error(code, *args, **kwargs)

    handler = functools.partial(Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield SimpleNamespace(url=f"http://127.0.0.1:{running.server_port}", missing=missing)
        running.shutdown()
        thread.join()
