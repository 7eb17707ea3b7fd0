"""One browser for all tests, a watched page, and the built book behind a local web server."""

import functools
import http.server
import os
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from browser import launch, watch
from hypothesis import settings
from playwright.sync_api import sync_playwright

# Several tests run at a time: threads of their own would make them wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A busy machine is no failure: examples have no deadline.
settings.register_profile("book", deadline=None)
settings.load_profile("book")

SITE = Path(__file__).resolve().parent.parent / "_build" / "html"


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """Return an empty page; the test fails if it asks another host or raises an error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints = watch(page)
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
