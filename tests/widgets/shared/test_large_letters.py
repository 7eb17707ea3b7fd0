"""For a reader whose browser writes large letters: numbers are larger, too, and nothing leaves the page."""

from browser import FLAGS, find_browser
from pages import grid, show

from cnnbook import widgets
from cnnbook.widgets import Quiz

OUTSIDE = """() => [...document.querySelectorAll(".cnnbook-widget *")]
  .filter((one) => one.checkVisibility() && !one.closest("thead, .cnn-unseen, .cnn-scroller *, .cnn-terms *"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => `${one.localName}.${one.className}: ${one.textContent.trim().slice(0, 30)}`)"""


def test_on_a_phone_nothing_leaves_the_page(browser):
    flags = [*FLAGS, "--blink-settings=defaultFontSize=24"]
    large = browser.browser_type.launch(executable_path=find_browser(), args=flags)
    page = large.new_page(viewport={"width": 390, "height": 844})
    kinds = [getattr(widgets, name) for name in widgets.__all__]
    elements = show(page, *[kind("01_convolution") if kind is Quiz else kind() for kind in kinds])
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    numbers = grid(elements.nth(widgets.__all__.index("ConvolutionExplorer")), "kernel")
    assert numbers.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)") > 18
    large.close()
