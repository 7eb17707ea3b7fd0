"""In JupyterLab a control keeps the keys that it uses; every other shortcut goes on working."""

import pytest
from pages import cell, show

from cnnbook.widgets import ChannelExplorer, ConvolutionExplorer, KernelExplorer, Quiz, ShapeDetective

# As JupyterLab decides: on the document, before the element, by an attribute of it or of what it lies in.
JUPYTERLAB = """document.addEventListener("keydown", (event) => {
  window.taken = !event.target.closest("[data-lm-suppress-shortcuts]");
}, true)"""
EVERYWHERE = ["Control+s", "Meta+s", "Control+Shift+C", "Shift+Enter", "Control+Enter", "F1"]

TEXT = [
    "a",
    "5",
    "ArrowLeft",
    "Home",
    "Backspace",
    "Delete",
    "Enter",
    "Escape",
    "Control+a",
    "Control+z",
    "Control+Shift+Z",
]
SLIDER = ["ArrowLeft", "ArrowUp", "Home", "PageDown"]
CELL = ["ArrowUp", "Control+ArrowDown", "Control+End", "Escape", "Space", "7", "-"]


def taken(page, key):
    """Press a key, and return whether JupyterLab would have it."""
    page.keyboard.press(key)
    return page.evaluate("window.taken")


@pytest.mark.parametrize(
    ("widget", "find", "own", "others"),
    [
        (ConvolutionExplorer, lambda e: e.get_by_role("slider").first, SLIDER, ["s", "Control+ArrowUp"]),
        (ConvolutionExplorer, lambda e: cell(e, "kernel", 0, 0), CELL, ["b", "Control+Shift+ArrowUp"]),
        (KernelExplorer, lambda e: e.locator(":checked").first, ["ArrowRight", "Space"], ["5"]),
        (ShapeDetective, lambda e: e.locator("tbody button.cnn-name").nth(1), ["Alt+ArrowDown"], ["s"]),
    ],
)
def test_a_control_keeps_its_own_keys_and_no_others(page, widget, find, own, others):
    element = show(page, widget())
    page.evaluate(JUPYTERLAB)
    if widget is ConvolutionExplorer:
        element.get_by_role("button", name="sizes").click()
    for key in [*own, *others, *EVERYWHERE]:
        find(element).focus()
        assert taken(page, key) is (key not in own), key


def test_a_text_field_keeps_what_edits(page):
    element = show(page, Quiz("01_convolution"))
    field = element.get_by_role("textbox").first
    page.evaluate(JUPYTERLAB)
    for key in [*TEXT, *EVERYWHERE]:
        field.focus()
        assert taken(page, key) is (key not in TEXT), key


HOSTS = ["Shift+Enter", "Control+Enter", "Meta+Enter", "Alt+Enter"]


def test_a_grid_leaves_its_hosts_keys_alone(page):
    element = show(page, ConvolutionExplorer())
    for key in HOSTS:
        cell(element, "kernel", 0, 0).press(key)
        assert element.locator(".cnn-edit").count() == 0, key
    cell(element, "kernel", 0, 0).press("Enter")
    assert element.locator(".cnn-edit").count() == 1


def test_tabs_leave_their_hosts_keys_alone(page):
    element = show(page, ChannelExplorer())
    tabs = element.get_by_role("tab")
    for key in ["Control+End", "Meta+ArrowRight", "Alt+ArrowRight"]:
        tabs.first.press(key)
        assert tabs.first.get_attribute("aria-selected") == "true", key
    tabs.first.press("End")
    assert tabs.last.get_attribute("aria-selected") == "true"


def test_a_number_that_is_edited_keeps_its_own_keys_and_no_others(page):
    """JupyterLab may listen after the element, too: what is not used has to come up to it.

    And the cell around the field, which kept the Enter that began it, keeps none of the field's.
    """
    element = show(page, ConvolutionExplorer())
    page.evaluate(JUPYTERLAB)
    page.evaluate("""document.addEventListener("keydown", ({ key }) => {
      if (!["Control", "Meta"].includes(key)) window.came = key;
    })""")
    place = cell(element, "kernel", 0, 0)
    for key in ["Control+s", "Meta+s", "F1", "7", "ArrowLeft", "Control+z", "Escape"]:
        if place.locator("input").count() == 0:
            place.press("Enter")
        page.evaluate("window.came = null")
        through = key in EVERYWHERE
        assert taken(page, key) is through, key
        assert page.evaluate("came") == (key.split("+")[-1] if through else None), key
    assert place.locator("input").count() == 0
    assert place.text_content() == "1"
