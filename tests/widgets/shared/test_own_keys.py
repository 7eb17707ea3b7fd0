"""In JupyterLab a control keeps the keys that it uses; every other shortcut goes on working."""

import pytest
from pages import cell, show

from cnnbook.widgets import ConvolutionExplorer, KernelExplorer, Quiz, ShapeDetective

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
