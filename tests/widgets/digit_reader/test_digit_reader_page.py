"""DigitReader, live on a page in a real browser."""

import numpy as np
import pytest
from pages import numbers, put, show, words
from playwright.sync_api import expect

from cnnbook.data import digit_network
from cnnbook.tokens import tokens
from cnnbook.widgets import DigitReader
from cnnbook.widgets.digit_reader import bitmaps


def drawings(count, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        bitmap = np.zeros((32, 32), np.uint8)
        for _ in range(3):
            (top, left), (tall, wide) = rng.integers(0, 28, 2), rng.integers(2, 20, 2)
            bitmap[top : top + tall, left : left + wide] = 1
        yield DigitReader(drawing=bitmap, centred=bool(rng.random() < 0.5))


def test_the_view_shows_numpys_numbers(page):
    element = show(page, DigitReader())
    for state in drawings(8):
        put(element, state)
        np.testing.assert_array_equal(numbers(element, "image"), 16 * np.asarray(state.image))
        np.testing.assert_allclose(numbers(element, "scores")[:, 0], state.scores, rtol=1e-12, atol=1e-12)
        got = numbers(element, "probabilities")[:, 0]
        np.testing.assert_allclose(got, state.probabilities, rtol=1e-12, atol=1e-12)
        assert words(element).text_content() == state.sentence()


def test_a_number_is_the_sum_of_what_is_shown(page):
    element = show(page, DigitReader())
    for key in range(6):
        maps = element.get_by_role("application", name="convolution 2: arrow keys choose a number")
        maps.focus()
        page.keyboard.press("ArrowRight" if key % 2 else "PageDown")
        shown = numbers(element, "sums of the maps").sum()
        network = digit_network()
        before = DigitReader().image[None, None]
        for layer in network.layers[:3]:
            before = layer(np.asarray(before))
        channel, column = (key + 2) // 2, 3 + (key + 1) // 2
        bias = network.layers[2].bias[channel]
        assert shown + bias == pytest.approx(before[0, channel, 3, column], rel=1e-12, abs=1e-12)


TOUCH = """(area) => {
  const box = area.getBoundingClientRect();
  const send = (name, row) => area.dispatchEvent(new PointerEvent(name, {
    bubbles: true, pointerType: "touch", pointerId: 7,
    clientX: box.left + (16.5 * box.width) / 32, clientY: box.top + ((row + 0.5) * box.height) / 32,
  }));
  send("pointerdown", 16);
  for (let row = 17; row <= 24; row += 1) send("pointermove", row);
  send("pointerup", 24);
}"""


def drawn(page, element, way):
    """Draw a line from dot (16, 16) to (24, 16), and return the image it gives."""
    pad = element.get_by_role("application", name="drawing")
    element.get_by_role("button", name="clear").click()
    expect(words(element)).to_contain_text("There is no ink")
    if way == "mouse":
        box = pad.locator("canvas").bounding_box()
        x = box["x"] + 16.5 * box["width"] / 32
        page.mouse.move(x, box["y"] + 16.5 * box["height"] / 32)
        page.mouse.down()
        page.mouse.move(x, box["y"] + 24.5 * box["height"] / 32, steps=8)
        page.mouse.up()
    elif way == "keys":  # the pen is where the mouse left it
        pad.focus()
        for key in ("Space", "Shift+ArrowUp", "Shift+ArrowUp", "Escape", "ArrowUp"):
            page.keyboard.press(key)
    else:
        pad.evaluate(TOUCH)
    expect(words(element)).not_to_contain_text("There is no ink")
    page.wait_for_timeout(100)
    return numbers(element, "image")


def test_mouse_keys_and_finger_draw_the_same(page):
    element = show(page, DigitReader())
    line = np.zeros((32, 32), int)
    line[15:27, 16:18] = line[16:26, 15:19] = 1
    expected = 16 * np.asarray(DigitReader(drawing=line).image)
    for way in ("mouse", "keys", "touch"):
        np.testing.assert_array_equal(drawn(page, element, way), expected, err_msg=way)


def test_what_is_moved_is_read_anew(page):
    element = show(page, DigitReader(picture=5))
    state = DigitReader(drawing=bitmaps.moved(DigitReader(picture=5).drawing, 0, 1), centred=False)
    element.get_by_role("button", name="move right").click()
    np.testing.assert_array_equal(numbers(element, "image"), 16 * np.asarray(state.image))
    element.get_by_role("button", name="upside down").click()
    turned = bitmaps.turned(state.drawing)
    np.testing.assert_array_equal(numbers(element, "image"), 16 * bitmaps.shrunk(turned))
    element.get_by_role("button", name="reset").click()
    np.testing.assert_array_equal(numbers(element, "image"), 16 * np.asarray(DigitReader(picture=5).image))


PIXEL = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, 8, 8);
  return Array.from({ length: 64 }, (_, k) => [...data.slice(4 * k, 4 * k + 4)]);
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_map_has_the_colours_of_its_signs(page, theme):
    element = show(page, DigitReader(), theme=theme)
    expected = digit_network().layers[0](np.asarray(DigitReader().image)[None, None])[0, 0].ravel()
    pixels = element.locator(".cnn-reader-map canvas").first.evaluate(PIXEL)
    positive, negative = (
        [int(tokens()[theme][role][k : k + 2], 16) for k in (1, 3, 5)] for role in ("output", "negative")
    )
    for value, (*colour, alpha) in zip(expected, pixels, strict=True):
        if alpha > 100:  # a browser keeps a faint colour less exactly
            np.testing.assert_allclose(colour, positive if value > 0 else negative, atol=2)


def test_a_phone_shows_it(page):
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, DigitReader())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 900})


TOLD = """(element) => {
  window.told = [];
  const voice = element.querySelector("[aria-live]");
  new MutationObserver(() => told.push(voice.textContent)).observe(voice, { childList: true });
}"""


def test_what_is_read_is_told_once_when_the_pen_is_lifted(page):
    element = show(page, DigitReader())
    element.get_by_role("button", name="clear").click()
    voice = element.locator("[aria-live]")
    expect(voice).to_contain_text("There is no ink")
    element.evaluate(TOLD)
    pad = element.get_by_role("application", name="drawing")
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 40)
    page.mouse.down()
    for step in range(3):
        page.mouse.move(box["x"] + 80, box["y"] + 60 + 30 * step, steps=3)
        page.wait_for_timeout(600)
    assert page.evaluate("told") == []
    page.mouse.up()
    page.wait_for_timeout(700)
    assert page.evaluate("told") == [words(element).text_content()]

    pad.focus()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
        page.wait_for_timeout(600)
    page.mouse.move(box["x"] + 20, box["y"] + 20)  # a mouse that passes by draws nothing
    page.wait_for_timeout(600)
    drawn = numbers(element, "image")
    page.keyboard.press("Space")
    page.wait_for_timeout(700)
    read = words(element).text_content()
    assert page.evaluate("told")[1:] == ["The pen is down.", "The pen is lifted.", read]
    page.mouse.move(box["x"] + 90, box["y"] + 30)
    np.testing.assert_array_equal(numbers(element, "image"), drawn)


def test_a_number_that_is_chosen_is_told(page):
    element = show(page, DigitReader())
    element.get_by_role("application", name="convolution 2").focus()
    page.keyboard.press("ArrowRight")
    voice = element.locator("[aria-live]")
    expect(voice).to_contain_text("convolution 2, map 0, row 3, column 4: The products with map 0 sum to")
    element.get_by_role("button", name="move right").click()
    expect(voice).to_have_text(words(element).text_content())


@pytest.mark.parametrize("width", [1280, 1024, 390])
def test_what_a_number_came_from_stands_in_line_and_in_its_room(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    element = show(page, DigitReader())
    element.locator("table[aria-label=scores] td").nth(3).click()
    grids = element.locator(".cnn-reader-detail table")
    tops = grids.evaluate_all("(all) => all.map((grid) => grid.getBoundingClientRect().top)")
    assert tops[0] == tops[1]
    assert tops[2] == tops[3]
    assert (tops[0] == tops[2]) == (width > 600)
    tall = "(detail) => detail.offsetHeight"
    most = element.locator(".cnn-reader-detail").evaluate(tall)
    for name in ("convolution 2", "max pooling"):
        element.get_by_role("application", name=name).click()
        assert element.locator(".cnn-reader-detail").evaluate(tall) == most
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("width", [790, 850, 940])
def test_the_drawing_and_what_is_read_stand_side_by_side(page, width):
    element = show(page, DigitReader())
    page.evaluate("(width) => (document.body.style.maxWidth = `${width}px`)", width)
    parts = element.locator(".cnn-reader > *")
    tops = parts.evaluate_all("(all) => all.map((part) => part.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
