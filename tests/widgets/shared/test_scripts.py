"""A page that is read from right to left does not mirror an array."""

from pages import cell, show

from cnnbook.widgets import ConvolutionExplorer


def test_a_grid_is_not_mirrored(page):
    element = show(page, ConvolutionExplorer())
    page.evaluate("document.documentElement.dir = 'rtl'")
    first, second = (cell(element, "kernel", 0, column).bounding_box()["x"] for column in (0, 1))
    assert first < second
