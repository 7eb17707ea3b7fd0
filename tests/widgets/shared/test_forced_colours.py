"""Where a host sets the colours, as Windows does with high contrast, every mark is seen without ours."""

import numpy as np
import pytest
from pages import cell, show
from test_random_reader import STATES, states_of

from cnnbook.widgets import (
    AlgorithmRace,
    BackpropExplorer,
    ChannelExplorer,
    ConvolutionExplorer,
    DigitReader,
    Im2colExplorer,
    TrainingExplorer,
)

LINE = "(e) => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth"


@pytest.fixture
def forced(page):
    page.emulate_media(forced_colors="active")
    return page


@pytest.mark.parametrize("widget", [ConvolutionExplorer, Im2colExplorer, BackpropExplorer])
def test_what_is_looked_at_has_a_line(forced, widget):
    element = show(forced, widget())
    element.locator(".cnn-output td, .cnn-kernel td").first.hover()
    lit = element.locator("td.lit:not(.focus, .twin)")
    lit.first.wait_for()
    assert {place.evaluate(LINE) for place in lit.all()} == {"solid2px"}
    marked = element.locator("td:is(.focus, .twin)")
    assert {place.evaluate(LINE) for place in marked.all()} <= {"double4px"}
    other = element.locator("td:not(.lit, .focus, .twin)")
    assert {place.evaluate(LINE)[:4] for place in other.all()} <= {"none"}


def test_a_pin_keeps_its_dot(forced):
    element = show(forced, ConvolutionExplorer())
    place = cell(element, "output", 0, 0)
    place.click()
    dot = "(e) => { const s = getComputedStyle(e, '::after'); return [s.content, s.backgroundColor]; }"
    paper = element.evaluate("(e) => getComputedStyle(e).backgroundColor")
    content, colour = place.evaluate(dot)
    assert content == '""'
    assert colour not in (paper, "rgba(0, 0, 0, 0)")


def test_what_no_window_reaches_is_struck_through(forced):
    element = show(forced, ConvolutionExplorer(image=np.ones((6, 6)), stride=2))
    decoration = "(e) => getComputedStyle(e).textDecorationLine"
    dropped = element.locator(".dropped")
    assert dropped.count() == 11
    assert {place.evaluate(decoration) for place in dropped.all()} == {"line-through"}


def test_the_chosen_tab_and_the_channels_that_a_filter_sees_are_told_apart(forced):
    element = show(forced, ChannelExplorer())
    line = "(e) => getComputedStyle(e).borderBottomColor"
    chosen = element.locator('[role="tab"][aria-selected="true"]').evaluate(line)
    others = element.locator('[role="tab"][aria-selected="false"]')
    assert chosen not in {tab.evaluate(line) for tab in others.all()}
    fill = "(e) => getComputedStyle(e).backgroundColor"
    seen = {mark.evaluate(fill) for mark in element.locator(".cnn-sees i:not(.none)").all()}
    unseen = {mark.evaluate(fill) for mark in element.locator(".cnn-sees i.none").all()}
    assert seen
    assert not seen & unseen


# The drawn shapes and small bars of a widget that can hardly be told from the ground: name, ink, ground.
FAINT = """(element) => {
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...brush.getImageData(0, 0, 1, 1).data].map((n) => n / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.05 + 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const probe = document.createElement("i");
  probe.style.cssText = "forced-color-adjust: none; background: Canvas";
  element.append(probe);
  const ground = getComputedStyle(probe).backgroundColor;
  probe.remove();
  const inked = [...element.querySelectorAll("svg :is(path, line, polyline, circle, rect, text)")]
    .filter((one) => one.checkVisibility() && !one.matches(".cnn-grid-line"))
    .map((one) => [one.getAttribute("class"), getComputedStyle(one)])
    .map(([name, { fill, stroke }]) => [name, stroke === "none" ? fill : stroke]);
  const far = (ink) => Math.max(light(ink) / light(ground), light(ground) / light(ink));
  return inked.filter(([, ink]) => ink !== "none" && far(ink) < 3).map((one) => [...one, ground]);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", sorted(STATES))
def test_what_is_drawn_can_be_told_from_the_ground(forced, name, scheme):
    """Browsers leave our colours in a drawing, and lay it on the reader's own ground."""
    forced.emulate_media(forced_colors="active", color_scheme=scheme)
    other = {"light": "dark", "dark": "light"}[scheme]  # the book's theme may be the reader's choice
    for widget in states_of(name)[:3]:
        assert show(forced, widget, theme=other).first.evaluate(FAINT) == []


def test_the_place_in_a_race_and_its_winner_are_marked(forced):
    element = show(forced, AlgorithmRace())
    assert element.locator(".cnn-here").evaluate(LINE)[:5] == "solid"
    element.get_by_role("gridcell").first.hover()
    assert element.locator("td.lit").first.evaluate(LINE)[:6] == "dashed"
    weight = "(e) => getComputedStyle(e).fontWeight"
    assert element.locator(".cnn-winner td").first.evaluate(weight) == "700"


@pytest.mark.parametrize(
    ("widget", "pictures"),
    [(DigitReader, ".cnn-reader-ink, .cnn-reader-map canvas"), (TrainingExplorer, ".cnn-tile")],
)
def test_pictures_and_bars_keep_their_tones(forced, widget, pictures):
    element = show(forced, widget())
    kept = "(all) => [...new Set(all.map((e) => getComputedStyle(e).forcedColorAdjust))]"
    assert element.locator(pictures).evaluate_all(kept) == ["none"]
    if widget is DigitReader:
        assert element.locator(".cnn-reader-bars i").evaluate_all(kept) == ["none"]
