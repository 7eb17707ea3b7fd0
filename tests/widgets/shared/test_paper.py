"""On paper what is a colour itself is printed, though a printer leaves backgrounds out."""

import pytest
from pages import show

from cnnbook.widgets import ChannelExplorer, ConvolutionExplorer, KernelExplorer


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
