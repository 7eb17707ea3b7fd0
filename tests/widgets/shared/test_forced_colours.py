"""Where a host sets the colours, as Windows does with high contrast, every mark is seen without ours."""

import numpy as np
import pytest
from pages import cell, show

from cnnbook.widgets import BackpropExplorer, ChannelExplorer, ConvolutionExplorer, Im2colExplorer

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
