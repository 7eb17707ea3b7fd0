"""Every page of the built book in a real browser: in light over http, in the dark from the disk."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import watch
from bs4 import BeautifulSoup
from playwright.sync_api import expect

import book
from cnnbook import widgets

HERE = Path(__file__).parent
CUT_OFF = (HERE / "cut_off.js").read_text("utf-8").rstrip().rstrip(";")
OWN_PAGES = [path.relative_to(book.ROOT).with_suffix("").as_posix() for path in book.pages()]
PAGES = [*OWN_PAGES, "search", "genindex"]
WIDTHS = (1280, 1024, 390)
OWN_SCRIPTS = ("_static/cnnbook/", "_static/page.js")

LIVE = """() => document.documentElement.dataset.settled !== undefined
  && [...document.querySelectorAll(".cnnbook-widget")]
    .every(({ dataset }) => "ready" in dataset || "failed" in dataset)"""

# The theme's own script, some time after the last change of the page; the book's, for what axe calls wide.
FOCUSABLE = """() => [...document.querySelectorAll("pre, .cell_output > .output")]
  .every((e) => e.tabIndex === 0 || (e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight))
  && [...document.querySelectorAll("mjx-container")]
  .every((e) => e.tabIndex === 0 || e.scrollWidth <= e.clientWidth + 13)"""

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
      .filter((element) => !seen(element) && !element.closest(".cnnbook-widget *, summary, .in-dark"))
      .map(name),
  };
}"""


# Where each element stands, to a tenth of a pixel; of twins, one is shown.
PLACES = """() => [...document.querySelectorAll(".bd-article *, .bd-sidebar *, header *")]
  .filter((element) => !element.matches("img:is([class*=light], [class*=dark])"))
  .map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const place = [x, y, width, height].map((length) => Math.round(10 * length)).join();
    return `${element.localName}.${element.className}: ${place}`;
  })"""

# The colours of whatever has a text of its own, once no colour fades into another.
COLOURS = """() => {
  for (const fading of document.getAnimations()) fading.finish();
  const written = ({ childNodes }) =>
    [...childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim());
  return [...document.querySelectorAll(".bd-article :not(.cnn-unseen)")].filter(written).map((element) => {
    const { color, backgroundColor, opacity } = getComputedStyle(element);
    return `${element.localName}.${element.className}: ${color} on ${backgroundColor}, ${opacity}`;
  });
}"""

# What a text and its ground look like: colours, how opaque, and whether the letters are large.
PAIRS = """(proven) => {
  for (const fading of document.getAnimations()) fading.finish();
  const written = ({ childNodes }) =>
    [...childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim());
  const grounds = new Map();
  const groundOf = (element) => {
    if (!element) return "";
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      const own = backgroundColor === "rgba(0, 0, 0, 0)" ? "" : ` ${backgroundColor}`;
      const more = (backgroundImage === "none" ? "" : backgroundImage) + (opacity === "1" ? "" : opacity);
      const below = /^ rgb\\(/.test(own) && !more ? "" : groundOf(element.parentElement);
      grounds.set(element, below + more + own);
    }
    return grounds.get(element);
  };
  const pairOf = (element) => {
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const large = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
    return `${color} on${groundOf(element)}${large ? ", large" : ""}`;
  };
  const elements = [...document.body.querySelectorAll("*")].filter(written);
  const seen = Object.groupBy(elements, pairOf);
  const left = Object.keys(seen).filter((pair) => !proven.includes(pair));
  for (const one of document.querySelectorAll("[data-pair]")) one.removeAttribute("data-pair");
  for (const pair of left) {
    const shown = seen[pair].filter((one) => one.checkVisibility());
    for (const one of shown.slice(0, 5)) one.dataset.pair = pair;
    if (!shown.length) seen[pair][0].dataset.pair = pair;
  }
  return left;
}"""
# Mark what is seen; and, later, what was not seen then.
SEEN = """() => {
  for (const element of document.body.querySelectorAll("*"))
    if (element.checkVisibility({ visibilityProperty: true })) element.dataset.seen = "";
}"""
NEW = """() => {
  const found = [...document.body.querySelectorAll(":not([data-seen])")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }));
  for (const element of found) element.dataset.new = "";
  return found.length;
}"""
# What axe need not work out: what passes, and a second way to each element.
SPARINGLY = {"resultTypes": ["violations"], "xpath": False, "selectors": False}
PROVEN = {"light": set(), "dark": set()}  # pairs of which axe said on some page that they can be read
THEME = "(theme) => { document.documentElement.dataset.theme = theme; }"


def opened(context, address, theme, width=1280):
    """Open a page, and wait until it has settled."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    complaints = watch(page)
    page.goto(address)
    page.wait_for_function(LIVE)
    return SimpleNamespace(page=page, complaints=complaints, theme=theme)


@pytest.fixture(scope="module")
def readers(browser):
    """Return a browser window for each reader: one whose system is light, one whose system is dark."""
    readers = {theme: browser.new_context(color_scheme=theme) for theme in ("light", "dark")}
    for context in readers.values():
        context.add_init_script(SHIFTS)
    yield readers
    for context in readers.values():
        context.close()


@pytest.fixture(scope="module", params=PAGES)
def visit(request, readers, server):
    """Return a page over http, in light."""
    server.missing.clear()
    visit = opened(readers["light"], f"{server.url}/{request.param}.html", "light")
    visit.complaints += server.missing
    yield visit
    visit.page.close()


@pytest.fixture(scope="module", params=PAGES)
def from_disk(request, readers, site):
    """Return a page opened as a file, in the dark, on a phone."""
    visit = opened(readers["dark"], (site / f"{request.param}.html").as_uri(), "dark", 390)
    yield visit
    visit.page.close()


@pytest.fixture(params=PAGES)
def source(request, site):
    """Return the built HTML of a page, parsed, with its path."""
    path = site / f"{request.param}.html"
    return SimpleNamespace(path=path, html=parsed(path))


@cache
def parsed(path):
    """Return the HTML of a page, parsed once."""
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@cache
def ids(path):
    """Return the places of a page that a link can name."""
    return {element["id"] for element in parsed(path).find_all(id=True)}


def resize(page, width):
    """Set the width of the window, and give the page's own listeners the time that they take."""
    if page.viewport_size["width"] != width:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(350)
        page.wait_for_function(FOCUSABLE)


# How far what is seen moved by itself, as browsers add it up: from 0 to 1.
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifted += value;
}).observe({ type: "layout-shift", buffered: true });"""


def check_silent_and_live(visit):
    """Nothing is asked of others, nothing fails, every widget is live, every formula set, the theme kept."""
    assert visit.complaints == []
    page = visit.page
    failed = page.eval_on_selector_all(
        ".cnnbook-widget", "(all) => all.filter((w) => !('ready' in w.dataset)).map((w) => w.dataset.failed)"
    )
    assert failed == []
    formulas = page.locator("span.math, div.math")
    assert formulas.count() == formulas.locator("> mjx-container").count()
    assert page.locator("mjx-merror, mjx-math [style*='color: red']").all_inner_texts() == []
    assert page.evaluate("document.documentElement.dataset.theme") == visit.theme


def check_accessible(page, context=None, **options):
    """No serious finding of axe."""
    found = Axe().run(page, context, {**SPARINGLY, **options}).response["violations"]
    assert [
        f"{rule['impact']}: {rule['id']}: {node['html'][:200]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ] == []


def check_contrast(page, theme):
    """No text that is hard to read: axe is asked about the pairs of colours that no other page had."""
    pairs = page.evaluate(PAIRS, sorted(PROVEN[theme]))
    if pairs:
        check_accessible(page, {"include": [["[data-pair]"]]}, runOnly=["color-contrast"])
        PROVEN[theme] |= {*pairs}


def test_over_http_it_asks_nobody_and_is_live(visit):
    check_silent_and_live(visit)


def test_while_it_becomes_live_nothing_moves(visit):
    """Nor while its formulas are set."""
    assert visit.page.evaluate("shifted") <= 0.02


def test_on_a_phone_nothing_moves(from_disk):
    """Lines are broken before its formulas are set where they are broken after it."""
    assert from_disk.page.evaluate("shifted") <= 0.02


def test_in_the_dark_all_stands_where_it_stood(visit):
    """So what is not cut off in light is not cut off in the dark."""
    resize(visit.page, 1280)
    in_light = visit.page.evaluate(PLACES)
    visit.page.evaluate(THEME, "dark")
    in_dark = visit.page.evaluate(PLACES)
    visit.page.evaluate(THEME, "light")
    assert [pair for pair in zip(in_light, in_dark, strict=True) if len(set(pair)) > 1] == []


def test_it_is_accessible(visit):
    resize(visit.page, 1280)
    visit.page.wait_for_function(FOCUSABLE)
    visit.colours = set(visit.page.evaluate(COLOURS))
    visit.page.evaluate(SEEN)
    check_accessible(visit.page, rules={"color-contrast": {"enabled": False}})
    check_contrast(visit.page, "light")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off(visit, width):
    resize(visit.page, width)
    assert visit.page.evaluate(CUT_OFF) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_narrow_page_is_accessible(visit):
    """What a wide page shows, too, differs in its size only: in the width, that is, for which it scrolls."""
    resize(visit.page, 390)
    assert set(visit.page.evaluate(COLOURS)) <= visit.colours
    check_accessible(visit.page, runOnly=["scrollable-region-focusable"])
    assert visit.page.evaluate(NEW) >= 1
    check_accessible(visit.page, {"include": [["[data-new]"]]}, rules={"color-contrast": {"enabled": False}})


def test_on_a_phone_no_displayed_formula_is_cut_off(visit):
    if "/api/" in visit.page.url:
        return  # a docstring's formula may scroll
    resize(visit.page, 390)
    cut = """(all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent)"""
    formulas = visit.page.locator('mjx-container[display="true"]')
    assert formulas.evaluate_all(cut) == []
    letters = "(all) => all.map((e) => e.querySelector('mjx-math').firstElementChild)"
    sizes = formulas.evaluate_all(
        f"(all) => ({letters})(all).map((e) => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert [size for size in sizes if size < 12] == []


def test_a_small_figure_can_be_enlarged(visit):
    resize(visit.page, 390)
    for button in visit.page.locator(".book-figure[data-small] > button").all()[:1]:
        image = button.locator("xpath=..").locator("img.in-light")
        button.press("Enter")
        assert image.evaluate("(e) => e.clientWidth >= Number(e.getAttribute('width'))")
        button.press("Enter")
        assert image.evaluate("(e) => e.clientWidth < 390")


def test_each_figure_has_a_twin_for_the_dark(source):
    shown = source.html.select(".cell_output img")
    figures = [one for one in shown if not one.find_parent(class_="cnnbook-widget")]
    light, dark = (
        [one for one in figures if kind in one.get("class", [])] for kind in ("in-light", "in-dark")
    )
    assert len(light) == len(dark) == len(figures) / 2
    assert [one["src"].replace(".webp", "-dark.webp") for one in light] == [one["src"] for one in dark]


def test_one_twin_of_a_figure_is_shown_and_loaded(from_disk):
    page = from_disk.page
    for kind, count in (("in-light", 0), ("in-dark", page.locator("img.in-dark").count())):
        assert (
            page.locator(f"img.{kind}").evaluate_all("(all) => all.filter((e) => e.offsetParent).length")
            == count
        )
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert [name for name in loaded if name.endswith(".webp") and not name.endswith("-dark.webp")] == []


def test_from_the_disk_it_asks_nobody_and_is_live(from_disk):
    check_silent_and_live(from_disk)


def test_in_the_dark_its_contrast_is_enough(from_disk):
    resize(from_disk.page, 1280)
    check_contrast(from_disk.page, "dark")


def test_paper_shows_all_of_the_content_and_nothing_else(from_disk):
    page = from_disk.page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(ON_PAPER) == {"controls": [], "hidden": []}
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")  # a change is told in a frame


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_readers_own_choice_of_theme_is_kept(browser, server, theme):
    context = browser.new_context(color_scheme={"light": "dark", "dark": "light"}[theme])
    context.add_init_script(f"localStorage.mode = localStorage.theme = {json.dumps(theme)}")
    visit = opened(context, f"{server.url}/{OWN_PAGES[0]}.html", theme)
    check_silent_and_live(visit)
    context.close()


def pin(widget):
    widget.get_by_role("grid").first.locator("td").last.click()


def answer(widget):
    widget.get_by_role("textbox").first.fill("7")
    widget.get_by_role("textbox").first.press("Enter")


GESTURES = {
    "ActivationExplorer": lambda widget: widget.get_by_role("radio", name="tanh").press("Space"),
    "AlgorithmRace": lambda widget: widget.get_by_role("gridcell").last.click(),
    "BackpropExplorer": pin,
    "ChannelExplorer": lambda widget: widget.get_by_role("tab").last.click(),
    "ConvolutionExplorer": pin,
    "DigitReader": lambda widget: widget.get_by_role("button", name="upside down").click(),
    "DropoutExplorer": lambda widget: widget.get_by_role("button", name="draw again").click(),
    "FastSteps": pin,
    "Im2colExplorer": pin,
    "KernelExplorer": lambda widget: widget.get_by_role("radio", name="sharpen").click(),
    "NormExplorer": pin,
    "PoolingExplorer": pin,
    "Quiz": answer,
    "ShapeDetective": lambda widget: widget.get_by_role("button", name="move").last.press("ArrowUp"),
    "TrainingExplorer": lambda widget: widget.get_by_role("button", name="one step").click(),
}


@pytest.mark.parametrize("name", GESTURES)
def test_from_the_disk_a_gesture_is_answered(readers, site, name):
    pages = [site / f"{page}.html" for page in OWN_PAGES]
    path = next((path for path in pages if f'data-widget="{name}"' in path.read_text("utf-8")), None)
    if path is None:
        pytest.skip(f"no chapter shows {name} yet")
    visit = opened(readers["dark"], path.as_uri(), "dark")
    widget = visit.page.locator(f".cnnbook-widget[data-widget={name}]").first
    before = widget.inner_html()
    GESTURES[name](widget)
    expect(widget).not_to_have_js_property("innerHTML", before)
    assert visit.complaints == []
    visit.page.close()


POLICY = re.search(r"^    (default-src .*)$", (book.ROOT / "README.md").read_text("utf-8"), re.MULTILINE)[1]


def obeying(context, address):
    """Open a page that comes with the README's content security policy."""

    def with_policy(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": POLICY})

    context.route("**/*.html", with_policy)
    visit = opened(context, address, "light")
    context.unroute("**/*.html")
    return visit


@pytest.mark.parametrize("name", [OWN_PAGES[0], "chapters/01_convolution"])
def test_under_a_content_policy_it_is_live(readers, server, name):
    visit = obeying(readers["light"], f"{server.url}/{name}.html")
    check_silent_and_live(visit)
    visit.page.close()


def test_a_page_holds_no_script_and_no_handler(source):
    assert [str(one)[:100] for one in source.html.find_all("script", src=False)] == []
    handlers = [(one.name, key) for one in source.html.find_all(True) for key in one.attrs if key[:2] == "on"]
    assert handlers == []


def test_one_script_only_comes_before_the_page(source):
    scripts = source.html.find_all("script")
    assert [script["src"].split("/")[-1] for script in scripts if not script.has_attr("defer")] == ["head.js"]


STILL = "This is a still"


def test_without_scripts_it_says_that_it_is_still(browser, site):
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto((site / f"{OWN_PAGES[0]}.html").as_uri())
    widget = page.locator(".cnnbook-widget").first
    expect(widget.get_by_text(STILL)).to_be_visible()
    photograph = widget.locator("img")
    expect(photograph).to_be_visible()
    assert photograph.bounding_box()["height"] > 100
    expect(page.locator(".search-button__button").first).to_be_hidden()
    page.goto((site / "chapters/01_convolution.html").as_uri())
    assert page.locator("html").get_attribute("data-theme") == "light"
    solution = page.locator("details.solution").first
    expect(solution.locator(".cell_input").first).to_be_hidden()
    solution.locator("summary").first.click()
    expect(solution.locator(".cell_input").first).to_be_visible()
    context.close()


def test_without_its_start_or_its_formulas_a_page_goes_on(browser, site):
    context = browser.new_context()
    context.route("**/start.js*", lambda route: route.abort())
    context.route("**/mathjax/output/**", lambda route: route.abort())
    page = context.new_page()
    page.goto((site / "chapters/01_convolution.html").as_uri())
    page.wait_for_function("document.documentElement.dataset.settled !== undefined")
    for still in page.locator(".cnn-still").all():
        expect(still).to_be_visible()
    assert page.locator(".cnn-still").count() == page.locator(".cnnbook-widget").count() > 0
    context.close()


def test_a_live_page_does_not_say_that_it_is_still(visit):
    assert visit.page.get_by_text(STILL).count() == 0


def test_every_widget_has_its_gesture():
    assert set(GESTURES) == set(widgets.__all__)


def test_the_first_page_leads_to_the_book(page, server, site):
    for address in (server.url, (site / "index.html").as_uri()):
        page.goto(address)
        page.wait_for_url(f"**/{OWN_PAGES[0]}.html")


def test_every_built_page_is_swept(site):
    built = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    assert {name for name in built if not name.startswith("_static/")} == {"index", "404", *PAGES}


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
        if not inside or (anchor and path.suffix == ".html" and anchor not in ids(path)):
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
    data = [path for path in own if path.name.startswith("data-")]
    code = [path for path in own if not path.name.startswith(("picture-", "data-"))]
    assert sum(path.stat().st_size for path in code) < 100_000
    assert sum(path.stat().st_size for path in data) < 100_000
    assert bool(data) == bool(source.html.find(attrs={"data-bundles": True}))
    assert len(own) - len(code) - len(data) <= len(source.html.find_all(attrs={"data-pictures": True}))
    assert any(path.name == "start.js" for path in own) == bool(source.html.find(attrs={"data-module": True}))
    assert any("mathjax" in script for script in scripts) == bool(source.html.find(class_="math"))
    assert not any("fontawesome" in script or "require" in script for script in scripts)


def test_no_two_elements_of_a_page_share_an_id(source):
    counted = Counter(element["id"] for element in source.html.find_all(id=True))
    if source.path.stem == "search":
        del counted["search-input"]  # the theme's: once on the page, once in the dialog that every page has
    assert {name: count for name, count in counted.items() if count > 1} == {}


def test_its_head_says_what_it_holds(source):
    head = source.html.head
    assert len(head.find_all("meta", attrs={"name": "viewport"})) == 1
    assert head.find("meta", property="og:title")["content"]
    description = head.find("meta", attrs={"name": "description"})
    assert (description is None) == (source.path.stem in {"search", "genindex"})
    icon = source.path.parent / head.find("link", rel="apple-touch-icon")["href"]
    assert icon.resolve().is_file()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_search_finds_a_word_and_shows_where(page, site, server, scheme):
    start = {"http": f"{server.url}/search.html", "file": (site / "search.html").as_uri()}[scheme]
    page.goto(f"{start}?q=stride")
    summaries = page.locator("#search-results p.context")
    expect(summaries.first).to_contain_text("stride", ignore_case=True)
    expect(summaries.nth(2)).to_be_visible()  # they come one by one


def test_a_solution_opens_by_its_title(page, site):
    path = next(
        path for path in site.glob("chapters/*.html") if "solution dropdown" in path.read_text("utf-8")
    )
    page.goto(path.as_uri())
    page.wait_for_function(LIVE)
    solution = page.locator(".solution.dropdown").first
    inside = solution.locator(".cell_input").first
    expect(inside).to_be_hidden()
    solution.locator("> .admonition-title").click(position={"x": 40, "y": 12})
    expect(inside).to_be_visible()
    assert page.url == path.as_uri()


def test_a_link_to_a_section_lands_on_it(readers, site):
    name = max(site.glob("chapters/*.html"), key=lambda path: path.stat().st_size)
    section = parsed(name).find("main").find_all("section")[-2]["id"]
    page = readers["light"].new_page()
    # Not every browser keeps what is read in its place while something above it grows.
    page.add_init_script(
        "if (document.documentElement) document.documentElement.style.overflowAnchor = 'none'"
    )
    page.goto(f"{name.as_uri()}#{section}")
    page.wait_for_function(LIVE)
    top = "(e) => e.getBoundingClientRect().top"
    page.wait_for_function(
        f"([e]) => Math.abs(({top})(e)) < 120", arg=[page.locator(f"[id='{section}']").element_handle()]
    )
    page.close()
