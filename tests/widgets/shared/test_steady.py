"""Under the pointer a widget keeps its size; a sign stays beside what follows it."""

import numpy as np
import pytest
from pages import show

from cnnbook.widgets import BackpropExplorer, ConvolutionExplorer, Im2colExplorer

STATES = {
    "kernel": ConvolutionExplorer(),
    "large kernel": ConvolutionExplorer(
        image=np.arange(100).reshape(10, 10) - 50.5,
        kernel=np.arange(25).reshape(5, 5) / 7,
        padding=2,
        padding_mode="reflect",
    ),
    "coverage": ConvolutionExplorer(view="coverage", padding=1, padding_mode="circular"),
    "columns": Im2colExplorer(),
    "channels": Im2colExplorer(
        x=np.arange(48).reshape(1, 3, 4, 4), weight=np.arange(54).reshape(2, 3, 3, 3) - 20, padding=1
    ),
    "copies": Im2colExplorer(point="pixel", stride=2),
    "back": Im2colExplorer(direction="col2im", position=24),
    "scatter": BackpropExplorer(),
    "gather": BackpropExplorer(way="gather", target=np.zeros((3, 3), int)),
    "convolution": BackpropExplorer(way="convolution"),
}
# Every cell is pointed at, and where its grid and the whole widget stand and end is noted each time.
SIZES = """(element) => {
  const sizes = {};
  for (const table of element.querySelectorAll("table")) {
    if (!table.checkVisibility()) continue;
    for (const cell of table.querySelectorAll("td, th")) {
      cell.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
      const { width, height } = element.getBoundingClientRect();
      (sizes[`${width} ${height}`] ??= []).push(`${table.ariaLabel}: ${cell.textContent}`);
    }
  }
  return sizes;
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", STATES)
def test_its_size_stays_under_the_pointer(page, name, width):
    page.set_viewport_size({"width": width, "height": 900})
    element = show(page, STATES[name])
    page.add_style_tag(content="body { max-width: 936px !important }")
    assert len(element.evaluate(SIZES)) == 1


BESIDE = """(element) => {
  const signs = [...element.querySelectorAll(".cnn-sign")].filter((sign) => sign.checkVisibility());
  return signs.map((sign) => {
    const [mark, next] = [sign, sign.nextElementSibling].map((one) => one?.getBoundingClientRect());
    return Boolean(next) && next.left >= mark.right && next.top <= mark.top && next.bottom >= mark.bottom;
  });
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("padding", [0, 1, 3])
@pytest.mark.parametrize(
    ("widget", "state"), [(ConvolutionExplorer, {"flip": True}), (BackpropExplorer, {"way": "convolution"})]
)
def test_a_sign_stays_beside_what_follows_it(page, widget, state, padding, width):
    page.set_viewport_size({"width": width, "height": 900})
    element = show(page, widget(padding=padding, **state))
    beside = element.evaluate(BESIDE)
    assert beside
    assert all(beside)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
