"""On paper what is a colour itself is printed, though a printer leaves backgrounds out."""

import pytest
from pages import show

from cnnbook.widgets import ChannelExplorer, ConvolutionExplorer, Im2colExplorer, KernelExplorer


@pytest.mark.parametrize(
    ("widget", "parts"),
    [
        (ConvolutionExplorer, [".cnn-grid td"]),
        (KernelExplorer, [".cnn-swatch", ".cnn-grid td"]),
        (ChannelExplorer, [".cnn-sees i", ".cnn-picture", ".cnn-grid td"]),
    ],
)
def test_colours_are_printed(page, widget, parts):
    page.emulate_media(media="print")
    element = show(page, widget())
    adjust = "(e) => getComputedStyle(e).printColorAdjust"
    for part in parts:
        places = element.locator(part).all()
        assert {place.evaluate(adjust) for place in places} == {"exact"}, part


def test_a_wide_grid_fits_on_paper(page):
    page.set_viewport_size({"width": 700, "height": 1000})  # a sheet without its margins
    page.emulate_media(media="print")
    element = show(page, Im2colExplorer())
    for scroller in element.locator(".cnn-scroller").all():
        assert scroller.evaluate("(e) => e.scrollWidth <= e.clientWidth")
