"""BackpropExplorer, live on a page in a real browser."""

import json

import numpy as np
import pytest
from backprop_states import random_state
from pages import cell, grid, numbers, put, show, words
from playwright.sync_api import expect

from cnnbook import col2im, im2col
from cnnbook.widgets.backprop_explorer import WAYS, BackpropExplorer

WIDE = {"width": 968, "height": 900}


@pytest.fixture
def explorer():
    return BackpropExplorer()


def terms(element):
    """Return the sums that are written out, without spaces."""
    return ["".join(text.split()) for text in element.locator(".cnn-terms > *").all_inner_texts()]


# Every state at once: what the grids hold after each.
SWEEP = """async (el, states) => {
  const found = [];
  for (const state of states) {
    for (const [name, value] of Object.entries(state)) el.model.set(name, value);
    await new Promise((done) => setTimeout(done));
    const grids = [...el.querySelectorAll("table")].filter((table) => table.checkVisibility());
    found.push(Object.fromEntries(grids.map((table) => [
      table.getAttribute("aria-label"),
      [...table.rows].map((row) => [...row.querySelectorAll("td")]).filter((row) => row.length)
        .map((row) => row.map((td) => [td.dataset.value, td.className])),
    ])));
  }
  return found;
}"""


def sweep(element, states):
    """Return for each state the numbers of the grids that are seen, and the marks of their cells."""
    found = element.evaluate(SWEEP, [state.get_state(state.state_names()) for state in states])
    values, marks = [], []
    for grids in found:
        values.append(
            {
                name: np.array([[json.loads(value) for value, _ in row] for row in rows])
                for name, rows in grids.items()
            }
        )
        marks.append({name: [[of.split() for _, of in row] for row in rows] for name, rows in grids.items()})
    return values, marks


def arrays_of(state):
    """Return what NumPy computed, by the names of the grids."""
    arrays = {
        "input": state.image,
        "kernel": state.kernel,
        "output": state.output,
        "input gradient": state.grad_x,
        "kernel gradient": state.grad_weight,
        "output gradient": state.grad_out,
    }
    if state.target is not None:
        arrays["target"] = state.target
    if state.way == "convolution":
        arrays |= {"spread-out gradient": state.spread, "turned kernel": state.kernel[::-1, ::-1]}
    return arrays


def test_its_numbers_are_numpys_on_random_states(page, explorer):
    element = show(page, explorer)
    rng = np.random.default_rng(2)
    states = [random_state(rng) for _ in range(80)]
    values, _ = sweep(element, states)
    for state, got in zip(states, values, strict=True):
        expected = arrays_of(state)
        assert set(got) == set(expected)
        for name, array in expected.items():
            if array.dtype == np.int64:
                np.testing.assert_array_equal(got[name], array, err_msg=name)
            else:
                scale = max(np.abs(other).max() for other in expected.values()) + 1
                np.testing.assert_allclose(got[name], array, rtol=1e-12, atol=1e-13 * scale, err_msg=name)


def test_step_by_step_the_windows_give_to_the_input(page, explorer):
    element = show(page, explorer)
    rng = np.random.default_rng(3)
    states = [random_state(rng, way="scatter") for _ in range(20)]
    for state in states:
        state.position = int(rng.integers(state.steps))
    values, _ = sweep(element, states)
    for state, got in zip(states, values, strict=True):
        some = np.where(np.arange(state.steps) <= state.position, state.grad_out.ravel(), 0.0)
        cols = np.outer(np.ravel(state.kernel).astype(float), some)[None]
        settings = (state.kernel.shape, state.stride, state.padding, state.dilation)
        expected = col2im(cols, state.image.shape, *settings)[0, 0]
        np.testing.assert_allclose(got["input gradient"], expected, rtol=1e-12, atol=1e-12)


def columns_of(state, array):
    """Return the windows of an array as columns."""
    return im2col(array[None, None], state.kernel.shape, state.stride, state.padding, state.dilation)[0]


@pytest.mark.parametrize("way", WAYS)
def test_a_step_lights_all_that_takes_part(page, explorer, way):
    element = show(page, explorer)
    rng = np.random.default_rng(4)
    states = [random_state(rng, way=way) for _ in range(20)]
    for state in states:
        state.position = int(rng.integers(state.steps))
    _, marks = sweep(element, states)
    for state, got in zip(states, marks, strict=True):
        lit = {name: np.array([["lit" in of for of in row] for row in rows]) for name, rows in got.items()}
        pixels = columns_of(state, np.arange(1, 1 + state.image.size).reshape(state.image.shape))
        here = np.zeros(pixels.shape, bool)  # the meetings of a weight (row) and a window (column)
        if way == "scatter":
            here[:, state.position] = True
        else:
            here = pixels == state.position + 1
        expected = np.isin(np.arange(1, 1 + state.image.size), pixels[here]).reshape(state.image.shape)
        for name in ("input", "input gradient"):
            np.testing.assert_array_equal(lit[name], expected, err_msg=name)
        for name in ("kernel", "kernel gradient"):
            np.testing.assert_array_equal(lit[name].ravel(), here.any(axis=1), err_msg=name)
        for name in ("output", "output gradient"):
            np.testing.assert_array_equal(lit[name].ravel(), here.any(axis=0), err_msg=name)
        dropped = np.array([["dropped" in of for of in row] for row in got["input"]])
        reached = np.isin(np.arange(1, 1 + state.image.size), pixels).reshape(state.image.shape)
        np.testing.assert_array_equal(dropped, ~reached)
        if way == "convolution":
            spread = np.zeros(state.spread.shape, bool)
            row, column = np.unravel_index(state.position, state.image.shape)
            K_h, K_w = state.kernel.shape
            d = state.dilation
            spread[row : row + d * (K_h - 1) + 1 : d, column : column + d * (K_w - 1) + 1 : d] = True
            np.testing.assert_array_equal(lit["spread-out gradient"], spread)
            assert lit["turned kernel"].all()


def test_the_sum_behind_each_gradient_is_spelled_out(page):
    explorer = BackpropExplorer(grad_out=np.arange(9).reshape(3, 3) - 4, way="gather")
    element = show(page, explorer)
    cell(element, "input gradient", 1, 2).hover()
    g, w = explorer.grad_out, explorer.kernel
    pairs = [(g[i, j], w[1 - i, 2 - j]) for i in range(2) for j in range(3)]

    def text(pair):
        return "·".join(f"(−{-n})" if n < 0 else str(n) for n in pair)

    value = f"{explorer.grad_x[1, 2]}".replace("-", "−")
    assert terms(element) == [f"inputgradient[1,2]={'+'.join(map(text, pairs))}={value}"]
    expect(words(element)).to_have_text(
        "input[1, 2] fed 6 outputs: [0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]. "
        f"Their gradients, each times the weight between, add up to {value}."
    )
    cell(element, "kernel gradient", 2, 0).hover()
    pairs = [(g[i, j], explorer.image[2 + i, j]) for i, j in np.ndindex(3, 3)]
    value = f"{explorer.grad_weight[2, 0]}".replace("-", "−")
    assert terms(element) == [f"kernelgradient[2,0]={'+'.join(map(text, pairs))}={value}"]


def test_a_dropped_pixel_says_so(page):
    element = show(page, BackpropExplorer(image=np.ones((6, 6), int), stride=2))
    cell(element, "input", 5, 0).hover()
    expect(words(element)).to_have_text(
        "input[5, 0] is 1. No window reaches input[5, 0], so its gradient is 0."
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_zero_of_the_padding_answers(page, way):
    element = show(page, BackpropExplorer(padding=1, way=way))
    for name in ("input", "input gradient"):
        grid(element, name).locator("th").nth(1).hover()
        expect(words(element)).to_have_text(
            "A zero of the padding. It stands in 2 windows; the gradient that falls on it is cut off."
        )
        assert grid(element, "output").locator(".lit").count() == 2


@pytest.mark.parametrize(
    ("way", "name"), [("scatter", "output"), ("gather", "input"), ("convolution", "input")]
)
def test_the_stepper_shows_what_is_looked_at(page, way, name):
    element = show(page, BackpropExplorer(way=way))
    slider = element.get_by_role("slider", name="window" if way == "scatter" else "pixel")
    last = slider.input_value()
    cell(element, f"{name} gradient", 1, 1).hover()
    expect(slider).to_have_value("4" if way == "scatter" else "6")
    cell(element, "kernel", 1, 1).hover()
    expect(slider).to_have_value(last)


def test_in_a_convolution_the_covered_places_are_spelled_out(page):
    explorer = BackpropExplorer(way="convolution", stride=2, padding=1)
    element = show(page, explorer)
    cell(element, "input gradient", 1, 1).hover()
    S, turned = explorer.spread, explorer.kernel[::-1, ::-1]
    pairs = [(S[1 + i, 1 + j], turned[i, j]) for i, j in np.ndindex(3, 3)]
    text = "+".join("·".join(f"(−{-n})" if n < 0 else str(n) for n in pair) for pair in pairs)
    assert terms(element) == [f"inputgradient[1,1]={text}={explorer.grad_x[1, 1]}"]
    expect(words(element)).to_contain_text(
        "9 places of the spread-out gradient, and 4 of them hold a gradient"
    )
    cell(element, "turned kernel", 0, 0).hover()
    expect(words(element)).to_contain_text("kernel[2, 2], 1.")


def test_an_edit_of_the_output_gradient_comes_back(page, explorer):
    element = show(page, explorer)
    cell(element, "output gradient", 1, 1).focus()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    grad_out = np.ones((3, 3), int)
    grad_out[1, 1] = 5
    explorer.grad_out = grad_out
    np.testing.assert_array_equal(numbers(element, "input gradient"), explorer.grad_x)
    np.testing.assert_array_equal(numbers(element, "kernel gradient"), explorer.grad_weight)


def test_sliders_by_keyboard_and_back(page, explorer):
    explorer.grad_out = np.arange(9).reshape(3, 3)
    element = show(page, explorer)
    element.get_by_text("sizes").click()
    for name in ("stride", "padding", "input height"):
        element.get_by_role("slider", name=name, exact=True).press("ArrowRight")
    grown = (5 * np.arange(6)[:, None] + np.arange(5)) % 7
    state = BackpropExplorer(image=grown, grad_out=numbers(element, "output gradient"), stride=2, padding=1)
    for name, array in arrays_of(state).items():
        np.testing.assert_array_equal(numbers(element, name), array, err_msg=name)
    for name in ("stride", "padding", "input height"):
        element.get_by_role("slider", name=name, exact=True).press("ArrowLeft")
    np.testing.assert_array_equal(numbers(element, "output gradient"), explorer.grad_out)


def test_what_is_impossible_is_refused_in_words(page, explorer):
    element = show(page, explorer)
    element.get_by_role("slider", name="dilation").fill("3")
    expect(words(element)).to_have_text(
        "Not possible: the kernel would span 7 in height, and the padded input has 5."
    )
    expect(element.get_by_role("slider", name="dilation")).to_have_value("1")


def test_a_target_gives_the_gradient_and_a_step_goes_downhill(page, explorer):
    element = show(page, explorer)
    element.get_by_role("radio", name="output − target").press("Space")
    np.testing.assert_array_equal(numbers(element, "output gradient"), explorer.output)
    cell(element, "target", 0, 0).focus()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    target = np.zeros((3, 3), int)
    target[0, 0] = 7
    explorer.target = target
    explorer.step_size = 0.001
    element.get_by_role("slider", name="step size").press("Home")
    before = explorer.loss
    expect(element.locator(".cnn-loss")).to_have_text(f"loss {before:.4g}")
    button = element.get_by_role("button", name="one step downhill")
    for _ in range(3):
        button.press("Enter")
        explorer.descend()
    np.testing.assert_allclose(numbers(element, "kernel"), explorer.kernel, rtol=1e-12)
    np.testing.assert_allclose(numbers(element, "kernel gradient"), explorer.grad_weight, rtol=1e-11)
    expect(element.locator(".cnn-loss")).to_have_text(f"loss {explorer.loss:.4g}")
    curve = element.get_by_role("img")
    expect(curve).to_have_attribute(
        "aria-label", f"The loss after 3 steps: from {before:.4g} to {explorer.loss:.4g}"
    )
    element.get_by_role("radio", name="what you type").click()
    expect(grid(element, "target")).to_be_hidden()
    np.testing.assert_allclose(numbers(element, "output gradient"), explorer.grad_out, rtol=1e-11)


@pytest.mark.parametrize("resets", [1, 2])
def test_a_step_after_a_reset_that_changes_nothing(page, resets):
    element = show(page, BackpropExplorer(target=np.zeros((3, 3), int), step_size=0.001))
    for _ in range(resets):
        element.get_by_role("button", name="reset").click()
    element.get_by_role("button", name="one step downhill").click()
    expect(words(element)).to_contain_text("the loss falls from")


def test_steps_that_diverge_are_stopped_while_the_numbers_can_be_read(page):
    element = show(page, BackpropExplorer(target=np.zeros((3, 3), int), step_size=0.005))
    step = element.get_by_role("button", name="one step downhill")
    step.click()
    expect(words(element)).to_contain_text("the loss grows from")
    expect(words(element)).to_contain_text("the step was too long")
    for _ in range(4):
        step.click()
    expect(words(element)).to_contain_text("Steps of this size diverge")
    held = numbers(element, "kernel")
    step.click()
    np.testing.assert_array_equal(numbers(element, "kernel"), held)
    assert np.abs(held).max() < 1000
    element.get_by_role("slider", name="step size").press("Home")
    step.click()
    expect(words(element)).to_contain_text("the loss falls from")


def test_with_much_padding_every_column_is_seen(page):
    """Twelve columns of the padded input and the spread-out gradient beside or below it."""
    settings = {"image": np.ones((5, 6)), "kernel": np.ones((3, 3)), "stride": 2, "way": "convolution"}
    element = show(page, BackpropExplorer(**settings, padding=3))
    page.add_style_tag(content="body { max-width: 936px !important }")
    cut = """(el) => [...el.querySelectorAll(".cnn-backprop *")]
      .filter((part) => part.clientWidth && part.scrollWidth > part.clientWidth + 1)
      .map((part) => part.className)"""
    for padding in range(4):
        for way in WAYS:
            state = {"padding": padding, "way": way, "position": 0}
            put(element, BackpropExplorer(**settings | state))
            assert element.evaluate(cut) == [], state
    put(element, BackpropExplorer(**settings, padding=1))
    tops = [grid(element, name).bounding_box()["y"] for name in ("input", "spread-out gradient")]
    assert tops[0] == pytest.approx(tops[1], abs=2)  # beside the six grids, where there is room


def test_a_grid_is_one_tab_stop_and_keys_do_what_the_mouse_does(page, explorer):
    element = show(page, explorer)
    cell(element, "input", 0, 0).focus()
    names = ("kernel", "output", "input gradient", "kernel gradient", "output gradient")
    for name in names:
        page.keyboard.press("Tab")
        expect(cell(element, name, 0, 0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(cell(element, "output gradient", 1, 1)).to_have_attribute("aria-selected", "true")
    expect(words(element)).to_contain_text(
        "output gradient[1, 1] is 1. It goes back to 9 pixels and 9 weights"
    )
    expect(words(element)).to_contain_text("Pinned: Escape lets go.")
    page.keyboard.press("Escape")
    expect(element.locator("[aria-selected=true]")).to_have_count(0)


def test_the_gradient_under_a_number_is_marked(page, explorer):
    element = show(page, explorer)
    cell(element, "kernel", 2, 1).hover()
    assert "twin" in cell(element, "kernel gradient", 2, 1).get_attribute("class")
    assert grid(element, "output gradient").locator(".lit").count() == 9


def test_taps_pin_and_a_second_tap_edits_on_a_narrow_screen(browser, explorer):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    element = show(page, explorer)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    cell(element, "input gradient", 2, 2).tap()
    expect(words(element)).to_contain_text("input gradient[2, 2] has 9 of its 9 pieces")
    cell(element, "kernel", 0, 0).tap()
    cell(element, "kernel", 0, 0).tap()
    element.get_by_role("textbox").fill("4")
    page.keyboard.press("Enter")
    assert numbers(element, "kernel")[0, 0] == 4
    context.close()


@pytest.mark.parametrize("way", WAYS)
def test_its_size_stays_under_the_pointer(page, way):
    page.set_viewport_size(WIDE)
    element = show(page, BackpropExplorer(way=way))
    page.add_style_tag(content="body { max-width: 936px !important }")
    heights = set()
    for name in ("input", "kernel", "output", "input gradient", "kernel gradient", "output gradient"):
        for index in (0, 4, 8):
            grid(element, name).locator("td").nth(index).hover()
            heights.add(element.bounding_box()["height"])
    assert len(heights) == 1
    boxes = [grid(element, name).bounding_box() for name in ("input", "input gradient")]
    assert boxes[0]["x"] == boxes[1]["x"]
    assert element.bounding_box()["width"] == 936


def test_step_play_and_scrub(clocked, explorer):
    element = show(clocked, explorer)
    window = element.get_by_role("slider", name="window")
    expect(window).to_have_value("8")
    window.press("Home")
    expect(words(element)).to_contain_text("output gradient[0, 0] is 1.")
    element.get_by_role("button", name="play").click()
    clocked.clock.run_for(1500)
    element.get_by_role("button", name="pause").click()
    reached = int(window.input_value())
    assert reached >= 2
    clocked.clock.run_for(5000)
    expect(window).to_have_value(str(reached))
    element.get_by_role("radio", name="gather").click()
    expect(element.get_by_role("slider", name="pixel")).to_have_value("24")


def test_controls_choose_what_the_reader_gets(page):
    element = show(page, BackpropExplorer(controls=["way"]))
    expect(element.get_by_role("radio", name="gather")).to_be_visible()
    expect(element.get_by_role("radio", name="what you type")).to_have_count(0)
    for name in ("stride", "window", "step size"):
        expect(element.get_by_role("slider", name=name)).to_have_count(0)
    expect(element.get_by_role("button", name="one step downhill")).to_have_count(0)


def test_reset_brings_the_first_state_back(page, explorer):
    element = show(page, explorer)
    element.get_by_role("radio", name="convolution").click()
    element.get_by_role("slider", name="stride").fill("2")
    element.get_by_role("radio", name="output − target").click()
    element.get_by_role("button", name="reset").click()
    for name, array in arrays_of(explorer).items():
        np.testing.assert_array_equal(numbers(element, name), array, err_msg=name)
    expect(grid(element, "spread-out gradient")).to_be_hidden()


def test_python_changes_several_things_at_once(page, explorer):
    element = show(page, explorer)
    explorer.image = np.arange(24).reshape(4, 6)
    explorer.stride = 2
    put(element, explorer)
    for name, array in arrays_of(explorer).items():
        np.testing.assert_array_equal(numbers(element, name), array, err_msg=name)


def test_print_shows_the_state_without_the_controls(page):
    element = show(page, BackpropExplorer(target=np.zeros((3, 3), int)), theme="dark")
    page.emulate_media(media="print")
    for name in ("input gradient", "kernel gradient", "output gradient"):
        expect(grid(element, name)).to_be_visible()
    expect(element.get_by_role("img")).to_be_visible()
    for control in (".cnn-stepper", ".cnn-settings", ".cnn-choice >> nth=0", ".cnn-downhill button"):
        expect(element.locator(control)).to_be_hidden()
