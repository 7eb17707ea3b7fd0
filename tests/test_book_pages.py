"""Every page of the built book in a real browser: over http and from the disk, light, dark and narrow."""

import json
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import watch
from bs4 import BeautifulSoup

import book

HERE = Path(__file__).parent
CUT_OFF = (HERE / "cut_off.js").read_text("utf-8").rstrip().rstrip(";")
OWN_PAGES = [path.relative_to(book.ROOT).with_suffix("").as_posix() for path in book.pages()]
PAGES = [*OWN_PAGES, "search", "genindex"]
WIDTHS = (1280, 1024, 390)
OWN_SCRIPTS = ("_static/cnnbook/", "_static/page.js")

LIVE = """() => document.documentElement.dataset.settled !== undefined
  && [...document.querySelectorAll(".cnnbook-widget")]
    .every(({ dataset }) => "ready" in dataset || "failed" in dataset)"""

# The theme's own script, some time after the last change of the page.
FOCUSABLE = """() => [...document.querySelectorAll("pre, .cell_output > .output")]
  .every((e) => e.tabIndex === 0 || (e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight))"""

ON_PAPER = """() => {
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = ({ localName, className, textContent }) =>
    `${localName}.${className}: ${textContent.trim().slice(0, 40)}`;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const content = all(".bd-article :is(h1, h2, h3, p, li, pre, img, td, mjx-container), .cnnbook-widget");
  return {
    controls: all("nav, button, select, input:not(.cnn-question *), .bd-sidebar, .headerlink")
      .filter(seen)
      .map(name),
    hidden: content
      .filter((element) => !seen(element) && !element.closest(".cnnbook-widget *, summary"))
      .map(name),
  };
}"""


def opened(context, address, theme):
    """Open a page, and wait until it has settled."""
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    complaints = watch(page)
    page.goto(address)
    page.wait_for_function(LIVE)
    return SimpleNamespace(page=page, complaints=complaints, theme=theme)


@pytest.fixture(scope="module")
def readers(browser):
    """Return a browser window for each reader: two who chose a theme, one who lets the system choose."""
    readers = {theme: browser.new_context() for theme in ("light", "dark")}
    for theme, context in readers.items():
        context.add_init_script(f"localStorage.mode = localStorage.theme = {json.dumps(theme)}")
    readers["system"] = browser.new_context(color_scheme="dark")
    yield readers
    for context in readers.values():
        context.close()


@pytest.fixture(scope="module", params=[f"{name}-{theme}" for name in PAGES for theme in ("light", "dark")])
def visit(request, readers, server):
    """Return a page over http."""
    name, _, theme = request.param.rpartition("-")
    server.missing.clear()
    visit = opened(readers[theme], f"{server.url}/{name}.html", theme)
    visit.complaints += server.missing
    yield visit
    visit.page.close()


@pytest.fixture(scope="module", params=PAGES)
def from_disk(request, readers, site):
    """Return a page opened as a file."""
    visit = opened(readers["system"], (site / f"{request.param}.html").as_uri(), "dark")
    yield visit
    visit.page.close()


@pytest.fixture(params=PAGES)
def source(request, site):
    """Return the built HTML of a page, parsed, with its path."""
    path = site / f"{request.param}.html"
    return SimpleNamespace(path=path, html=parsed(path))


def parsed(path, cache={}):  # noqa: B006
    """Return the HTML of a page, parsed once."""
    if path not in cache:
        cache[path] = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    return cache[path]


def resize(page, width):
    """Set the width of the window, and give the page's own listeners the time that they take."""
    if page.viewport_size["width"] != width:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(350)
        page.wait_for_function(FOCUSABLE)


def check_live(visit):
    failed = visit.page.eval_on_selector_all(
        ".cnnbook-widget", "(all) => all.filter((w) => !('ready' in w.dataset)).map((w) => w.dataset.failed)"
    )
    assert failed == []


def check_cut_off(visit, width):
    resize(visit.page, width)
    assert visit.page.evaluate(CUT_OFF) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_asks_nobody_and_raises_nothing(visit):
    assert visit.complaints == []


def test_its_theme_is_the_readers(visit):
    assert visit.page.evaluate("document.documentElement.dataset.theme") == visit.theme


def test_its_widgets_are_live(visit):
    check_live(visit)


def test_its_formulas_are_typeset(visit):
    formulas = visit.page.locator("span.math, div.math")
    assert formulas.count() == formulas.locator("> mjx-container").count()
    assert visit.page.locator("mjx-merror, mjx-math [style*='color: red']").all_inner_texts() == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off(visit, width):
    check_cut_off(visit, width)


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(visit, width):
    resize(visit.page, width)
    found = Axe().run(visit.page).response["violations"]
    assert [
        f"{rule['impact']}: {rule['id']}: {node['html'][:200]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ] == []


def test_paper_shows_all_of_the_content_and_nothing_else(visit):
    resize(visit.page, 1280)
    visit.page.emulate_media(media="print")
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert visit.page.evaluate(ON_PAPER) == {"controls": [], "hidden": []}
    assert visit.page.evaluate("document.documentElement.dataset.theme") == "light"
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
    visit.page.emulate_media(media="screen")
    assert visit.page.evaluate("document.documentElement.dataset.theme") == visit.theme


def test_from_the_disk_it_asks_nobody_and_raises_nothing(from_disk):
    assert from_disk.complaints == []


def test_from_the_disk_its_theme_is_the_systems(from_disk):
    test_its_theme_is_the_readers(from_disk)


def test_from_the_disk_its_widgets_are_live(from_disk):
    check_live(from_disk)


def test_from_the_disk_its_formulas_are_typeset(from_disk):
    test_its_formulas_are_typeset(from_disk)


def test_the_first_page_leads_to_the_book(page, server, site):
    for address in (server.url, (site / "index.html").as_uri()):
        page.goto(address)
        page.wait_for_url(f"**/{OWN_PAGES[0]}.html")


def test_every_built_page_is_swept(site):
    built = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    assert {name for name in built if not name.startswith("_static/")} == {"index", *PAGES}


def test_its_links_lead_somewhere(source, site):
    lost = []
    for element in source.html.find_all(["a", "link", "script", "img"]):
        address = urlsplit(element.get("href") or element.get("src") or "")
        if address.scheme in {"data", "mailto"} or (
            element.name == "a" and address.scheme in {"http", "https"}
        ):
            continue
        path = (source.path.parent / unquote(address.path)).resolve() if address.path else source.path
        anchor = unquote(address.fragment)
        inside = not address.scheme and not address.netloc and path.is_relative_to(site) and path.is_file()
        if not inside or (anchor and path.suffix == ".html" and not parsed(path).find(id=anchor)):
            lost.append(str(element)[:200])
    assert lost == []


def test_it_has_an_icon(source, site):
    (icon,) = source.html.find_all("link", rel="icon")
    assert (source.path.parent / icon["href"]).resolve() == site / "_static" / "favicon.svg"


def test_its_pictures_have_alternative_texts(source):
    assert [str(image)[:200] for image in source.html.find_all("img") if image.get("alt") is None] == []
    pictures = source.html.find("main").find_all("img")
    assert [
        str(image)[:200]
        for image in pictures
        if not image["alt"].strip() or image["alt"].endswith((".png", ".svg"))
    ] == []


def test_its_scripts_are_light_and_needed(source, site):
    scripts = [urlsplit(script["src"]).path for script in source.html.find_all("script", src=True)]
    paths = [(source.path.parent / script).resolve() for script in scripts]
    own = [path for path in paths if path.relative_to(site).as_posix().startswith(OWN_SCRIPTS)]
    code = [path for path in own if not path.name.startswith("picture-")]
    assert sum(path.stat().st_size for path in code) < 100_000
    assert len(own) - len(code) <= len(source.html.find_all(attrs={"data-pictures": True}))
    assert any(path.name == "start.js" for path in own) == bool(source.html.find(attrs={"data-module": True}))
    assert any("mathjax" in script for script in scripts) == bool(source.html.find(class_="math"))
    assert not any("fontawesome" in script or "require" in script for script in scripts)
