"""The last line of a widget: help and sizes fold open, reset stands at its end."""

import pytest
from pages import cell, show, words
from playwright.sync_api import expect

from cnnbook.widgets import BackpropExplorer, ConvolutionExplorer, Im2colExplorer

GRIDS = [ConvolutionExplorer, Im2colExplorer, BackpropExplorer]


@pytest.fixture
def phone(browser):
    """Return an empty page on a phone, which has a finger and no mouse."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("widget", GRIDS)
def test_help_opens_and_closes_by_keyboard_and_speaks_of_keys(page, widget):
    element = show(page, widget())
    button = element.get_by_role("button", name="help")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(element.get_by_role("listitem")).to_have_count(0)
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    text = element.get_by_role("list").inner_text()
    assert "Escape lets go" in text
    assert "Tap " not in text
    button.press("Space")
    expect(element.get_by_role("listitem")).to_have_count(0)


@pytest.mark.parametrize("widget", GRIDS)
def test_help_says_tap_to_a_finger(phone, widget):
    element = show(phone, widget())
    element.get_by_role("button", name="help").tap()
    text = element.get_by_role("list").inner_text()
    assert "Tap a number" in text
    for word in ("Escape", "Space", "Click", "click", "Point"):
        assert word not in text


def test_a_finger_is_told_of_no_key(phone):
    element = show(phone, ConvolutionExplorer())
    cell(element, "output", 1, 1).tap()
    expect(words(element)).to_contain_text("output[1, 1]")
    expect(words(element)).not_to_contain_text("Escape")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("widget", GRIDS)
def test_reset_stands_at_the_end_of_the_last_line(page, widget, width):
    page.set_viewport_size({"width": width, "height": 900})
    element = show(page, widget())
    names = ("sizes", "help", "reset")

    def boxes():
        return [element.get_by_role("button", name=name).bounding_box() for name in names]

    *others, reset = boxes()
    assert [box["y"] for box in others] == [reset["y"]] * 2
    whole = element.bounding_box()
    assert whole["x"] + whole["width"] - reset["x"] - reset["width"] < 20
    assert whole["y"] + whole["height"] - reset["y"] - reset["height"] < 20
    above = reset["y"] - whole["y"]
    for name in names[:2]:
        element.get_by_role("button", name=name).click()
    assert element.bounding_box()["height"] > whole["height"]
    assert {box["y"] - element.bounding_box()["y"] for box in boxes()} == {above}


@pytest.mark.parametrize("widget", GRIDS)
def test_what_can_be_edited_looks_so_and_nothing_else(page, widget):
    element = show(page, widget())
    looks = element.locator("table").evaluate_all(
        """(tables) => tables.filter((table) => table.checkVisibility()).map((table) => {
          const { textDecorationLine, cursor } = getComputedStyle(table.querySelector("td"));
          return [table.ariaReadOnly, textDecorationLine, cursor];
        })"""
    )
    assert set(map(tuple, looks)) == {("false", "underline", "pointer"), ("true", "none", "default")}


def test_help_speaks_of_what_is_there(page):
    for shown in ({}, {"controls": ("stride", "coverage"), "view": "coverage"}):
        element = show(page, ConvolutionExplorer(**shown))
        element.get_by_role("button", name="help").click()
        lines = element.locator(".cnn-help").inner_text()
        assert "Point at a number" in lines
        assert ("play does it by itself" in lines) == (shown == {})
        assert ("Change a number" in lines) == (shown == {})
