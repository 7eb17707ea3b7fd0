"""ConvolutionExplorer, live on a page in a real browser."""

import re

import numpy as np
import pytest
from pages import imported, numbers, plain, put, show
from playwright.sync_api import expect

from cnnbook.tokens import tokens
from cnnbook.widgets import ConvolutionExplorer

IMAGE = np.arange(49).reshape(7, 7) % 10
KERNEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
BORDERS = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
MODES = list(BORDERS)
COPIES = MODES[1:]


@pytest.fixture
def explorer():
    return ConvolutionExplorer(image=IMAGE, kernel=KERNEL)


def cell(element, name, row, column):
    grid = element.get_by_role("grid", name=name, exact=True)
    return grid.get_by_role("row").nth(row).get_by_role("gridcell").nth(column)


def random_state(rng, mode="zeros", view="output"):
    draw = (
        (lambda shape: rng.integers(-9, 10, shape))
        if rng.random() < 0.5
        else (lambda shape: rng.normal(size=shape))
    )
    padding, dilation = rng.integers(0, 4), rng.integers(1, 4)
    K = rng.integers(1, 5, 2)
    least = {"reflect": padding + 1, "circular": padding}.get(mode, 1)
    smallest = np.maximum(dilation * (K - 1) + 1 - 2 * padding, max(least, 1))
    return ConvolutionExplorer(
        image=draw(smallest + rng.integers(0, 5, 2)), kernel=draw(K), stride=rng.integers(1, 6),
        padding=padding, dilation=dilation, flip=bool(rng.random() < 0.5), padding_mode=mode, view=view,
    )  # fmt: skip


def assert_numpys(got, state):
    assert got.shape == state.output.shape
    if state.output.dtype == np.int64:
        np.testing.assert_array_equal(got, state.output)
    else:
        scale = np.abs(state.image).max() * np.abs(state.kernel).sum()
        np.testing.assert_allclose(got, state.output, rtol=1e-12, atol=1e-13 * scale)


SWEEP = """({ correlate, coverage, covered, geometry }, states) =>
states.map(({ image, kernel, ...settings }) => {
  const g = geometry(image, kernel, settings);
  const { shape, data } = correlate(image, kernel, g);
  return { shape, output: [...data], coverage: [...coverage(g, covered(g).times)] };
})"""


def settings(state):
    arrays = {name: plain(getattr(state, name)) for name in ("image", "kernel")}
    steps = {name: getattr(state, name) for name in ("stride", "padding", "dilation", "flip")}
    return {**arrays, **steps, "mode": state.padding_mode}


def test_its_arithmetic_is_numpys_on_random_states(page, explorer):
    show(page, explorer)
    rng = np.random.default_rng(1)
    states = [random_state(rng, mode) for mode in MODES for _ in range(40)]
    results = imported(page, "convolution_explorer/windows.mjs", SWEEP, [settings(state) for state in states])
    for got, state in zip(results, states, strict=True):
        assert_numpys(np.reshape(got["output"], got["shape"]), state)
        np.testing.assert_array_equal(np.reshape(got["coverage"], state.image.shape), state.coverage)


@pytest.mark.parametrize("view", ["output", "coverage"])
def test_the_view_shows_that_arithmetic(page, explorer, view):
    element = show(page, explorer)
    rng = np.random.default_rng(2)
    for mode in MODES:
        state = random_state(rng, mode, view)
        put(element, state)
        assert_numpys(numbers(element, "output"), state)
        if view == "coverage":
            np.testing.assert_array_equal(numbers(element, "coverage"), state.coverage)


def cells(element, name):
    """Return the text of every cell of a grid with its padding, and which of them are dropped."""
    return texts_and_dropped(element.get_by_role("grid", name=name, exact=True).evaluate(CELLS))


def texts_and_dropped(rows):
    texts = [[text for text, _ in row] for row in rows]
    return texts, np.array([[dropped for _, dropped in row] for row in rows])


# What is transparent is not to be read.
CELLS = """(table) => [...table.rows].map((row) => [...row.cells].map((cell) => {
  const seen = !cell.isConnected || getComputedStyle(cell).color !== "rgba(0, 0, 0, 0)";
  return [seen ? cell.textContent : "", cell.classList.contains("dropped")];
}))"""
STATIC = f"""(html) => {{
  const page = new DOMParser().parseFromString(html, "text/html");
  return ({CELLS})(page.querySelector("table"));
}}"""


@pytest.mark.parametrize("mode", MODES)
def test_the_padding_holds_numpys_numbers(page, explorer, mode):
    explorer.padding, explorer.padding_mode = 4, mode
    element = show(page, explorer)
    expected = np.pad(IMAGE, 4, BORDERS[mode])
    assert cells(element, "input")[0] == expected.astype(str).tolist()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("view", "name"), [("output", "input"), ("coverage", "coverage")])
def test_the_static_copy_shows_the_same_cells(page, explorer, mode, view, name):
    explorer.padding, explorer.padding_mode, explorer.stride, explorer.view = 2, mode, 5, view
    element = show(page, explorer)
    texts, dropped = cells(element, name)
    static_texts, static_dropped = texts_and_dropped(page.evaluate(STATIC, explorer.static_html()))
    assert static_texts == texts
    np.testing.assert_array_equal(static_dropped, dropped)
    assert dropped.any()


def test_a_slider_by_keyboard(page, explorer):
    element = show(page, explorer)
    element.get_by_role("slider", name="stride").focus()
    page.keyboard.press("ArrowRight")
    explorer.stride = 2
    expect(element.get_by_role("grid", name="output").get_by_role("gridcell")).to_have_count(9)
    np.testing.assert_array_equal(numbers(element, "output"), explorer.output)


def test_every_setting_has_its_slider(page, explorer):
    element = show(page, explorer)
    element.get_by_text("sizes").click()
    names = [
        "stride",
        "padding",
        "dilation",
        "window",
        "input height",
        "input width",
        "kernel height",
        "kernel width",
    ]
    for name in names:
        expect(element.get_by_role("slider", name=name, exact=True)).to_be_visible()


def test_controls_choose_what_the_reader_gets(page):
    element = show(page, ConvolutionExplorer(controls=["padding", "steps"]))
    expect(element.get_by_role("slider", name="padding")).to_be_visible()
    expect(element.get_by_role("slider", name="window")).to_be_visible()
    for name in ("stride", "dilation"):
        expect(element.get_by_role("slider", name=name)).to_have_count(0)
    expect(element.get_by_role("switch")).to_have_count(0)
    expect(element.get_by_text("sizes")).to_be_hidden()


def test_the_formula_stands_only_where_a_size_can_change(page):
    element = show(page, ConvolutionExplorer(controls=["steps", "flip"]))
    expect(element.locator(".cnn-formula")).to_be_hidden()
    element = show(page, ConvolutionExplorer(controls=["sizes"]))
    expect(element.locator(".cnn-formula math").first).to_have_text("nout=n−k+1")


def test_a_grid_is_one_tab_stop_and_arrows_move_in_it(page, explorer):
    element = show(page, explorer)
    page.keyboard.press("Tab")
    expect(cell(element, "input", 0, 0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(element, "input", 1, 1)).to_be_focused()
    page.keyboard.press("Control+End")
    expect(cell(element, "input", 6, 6)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(cell(element, "input", 6, 6)).to_be_focused()
    page.keyboard.press("Tab")
    expect(cell(element, "kernel", 0, 0)).to_be_focused()
    page.keyboard.press("Tab")
    expect(cell(element, "output", 0, 0)).to_be_focused()


def test_enter_edits_and_the_output_follows(page, explorer):
    element = show(page, explorer)
    cell(element, "kernel", 0, 1).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(cell(element, "kernel", 0, 1)).to_be_focused()
    changed = KERNEL.copy()
    changed[0, 1] = 4
    explorer.kernel = changed
    np.testing.assert_array_equal(numbers(element, "output"), explorer.output)


def test_typing_a_number_edits_and_a_fraction_makes_it_float(page, explorer):
    element = show(page, explorer)
    cell(element, "kernel", 1, 1).focus()
    page.keyboard.type("-0.5")
    page.keyboard.press("Enter")
    changed = KERNEL.astype(float)
    changed[1, 1] = -0.5
    explorer.kernel = changed
    np.testing.assert_allclose(numbers(element, "output"), explorer.output, rtol=1e-12)
    assert element.evaluate("(el) => el.model.get('kernel').dtype") == "float64"


@pytest.mark.parametrize("leave", ["Escape", "Tab"])
def test_nonsense_is_refused_and_nothing_is_lost(page, explorer, leave):
    element = show(page, explorer)
    cell(element, "kernel", 0, 0).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("one")
    page.keyboard.press("Enter")
    expect(element.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    expect(element.locator(".cnn-words")).to_contain_text("“one” is not a number. The cell keeps 1.")
    page.keyboard.press(leave)
    expect(cell(element, "kernel", 0, 0)).to_have_text("1")
    np.testing.assert_array_equal(numbers(element, "kernel"), KERNEL)


def test_escape_leaves_an_edit_unchanged(page, explorer):
    element = show(page, explorer)
    cell(element, "input", 2, 2).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    expect(cell(element, "input", 2, 2)).to_be_focused()
    np.testing.assert_array_equal(numbers(element, "input"), IMAGE)


def lit(element, name):
    cells = element.get_by_role("grid", name=name, exact=True).locator("td")
    classes = cells.evaluate_all("(cells) => cells.map((cell) => cell.classList.contains('lit'))")
    return np.flatnonzero(classes)


def test_inspecting_an_output_shows_its_window_and_its_products(page, explorer):
    element = show(page, explorer)
    cell(element, "output", 1, 2).hover()
    rows, columns = np.mgrid[1:4, 2:5]
    np.testing.assert_array_equal(lit(element, "input"), (rows * 7 + columns).ravel())
    assert lit(element, "output") == [7]
    expect(element.locator(".cnn-product")).to_have_count(9)
    expect(element.locator(".cnn-words")).to_contain_text(
        f"output[1, 2] is {explorer.output[1, 2]}, the sum of 9"
    )


def test_inspecting_an_input_shows_every_output_that_it_feeds(page, explorer):
    element = show(page, explorer)
    cell(element, "input", 0, 1).focus()
    np.testing.assert_array_equal(lit(element, "output"), [0, 1])
    np.testing.assert_array_equal(lit(element, "kernel"), [0, 1])
    expect(element.locator(".cnn-words")).to_contain_text("input[0, 1] is 1. It feeds 2 outputs.")


def test_inspecting_a_weight_shows_every_pair_that_it_joins(page, explorer):
    element = show(page, explorer)
    cell(element, "kernel", 2, 0).focus()
    rows, columns = np.mgrid[2:7, 0:5]
    np.testing.assert_array_equal(lit(element, "input"), (rows * 7 + columns).ravel())
    assert len(lit(element, "output")) == 25
    expect(element.locator(".cnn-words")).to_contain_text("It joins 25 pairs of input and output.")


def test_space_pins_and_escape_lets_go(page, explorer):
    element = show(page, explorer)
    cell(element, "output", 2, 2).focus()
    page.keyboard.press("Space")
    expect(cell(element, "output", 2, 2)).to_have_attribute("aria-selected", "true")
    cell(element, "input", 0, 0).hover()
    expect(element.locator(".cnn-words")).to_contain_text("output[2, 2]")
    page.keyboard.press("Escape")
    expect(element.locator("[aria-selected=true]")).to_have_count(0)


def test_a_tap_pins_and_a_second_tap_edits(browser, explorer):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    element = show(page, explorer)
    cell(element, "kernel", 0, 0).tap()
    expect(cell(element, "kernel", 0, 0)).to_have_attribute("aria-selected", "true")
    expect(element.locator(".cnn-words")).to_contain_text("kernel[0, 0] is 1.")
    cell(element, "kernel", 0, 0).tap()
    element.get_by_role("textbox").fill("5")
    page.keyboard.press("Enter")
    assert numbers(element, "kernel")[0, 0] == 5
    context.close()


def test_step_scrub_play_and_pause(clocked, explorer):
    element = show(clocked, explorer)
    window = element.get_by_role("slider", name="window")
    element.get_by_role("button", name="next").click()
    expect(window).to_have_value("1")
    element.get_by_role("button", name="previous").click()
    element.get_by_role("button", name="previous").click()
    expect(window).to_have_value("24")
    window.focus()
    clocked.keyboard.press("Home")
    expect(window).to_have_attribute("aria-valuetext", "1 of 25")
    element.get_by_role("button", name="play").click()
    clocked.clock.run_for(1500)
    expect(window).to_have_value("2")
    voice = element.locator("[aria-live=polite]")
    spoken = voice.inner_text()
    clocked.clock.run_for(700)
    assert voice.inner_text() == spoken
    element.get_by_role("button", name="pause").click()
    clocked.clock.run_for(5000)
    expect(window).to_have_value("3")
    clocked.mouse.move(0, 0)
    element.get_by_role("button", name="next").click()
    clocked.clock.run_for(1000)
    expect(voice).to_contain_text("output[0, 4]")


def test_the_stepper_shows_the_window_that_is_looked_at(page, explorer):
    element = show(page, explorer)
    window = element.get_by_role("slider", name="window")
    cell(element, "output", 0, 2).hover()
    expect(window).to_have_attribute("aria-valuetext", "3 of 25")
    cell(element, "output", 4, 3).click()
    cell(element, "output", 0, 0).hover()
    expect(window).to_have_attribute("aria-valuetext", "24 of 25")
    element.get_by_role("button", name="next").click()
    expect(window).to_have_attribute("aria-valuetext", "25 of 25")
    cell(element, "kernel", 0, 0).hover()
    expect(window).to_have_attribute("aria-valuetext", "25 of 25")
    cell(element, "output", 1, 0).press("ArrowRight")
    expect(window).to_have_attribute("aria-valuetext", "7 of 25")
    page.keyboard.press("Tab")
    expect(window).to_have_attribute("aria-valuetext", "25 of 25")


def test_a_play_takes_a_minute_at_most(clocked):
    large = ConvolutionExplorer(image=IMAGE.repeat(3, 0).repeat(3, 1)[:16, :16], padding=4)
    element = show(clocked, large)
    window = element.get_by_role("slider", name="window")
    element.get_by_role("button", name="play").click()
    clocked.clock.run_for(6_000)
    assert 40 <= int(window.input_value()) <= 60
    clocked.clock.run_for(54_500)
    expect(window).to_have_value(str(large.output.size - 1))
    expect(element.get_by_role("button", name="play")).to_be_visible()


def test_true_convolution_flips_the_kernel(page, explorer):
    element = show(page, explorer)
    element.get_by_role("switch", name="true convolution").click()
    explorer.flip = True
    np.testing.assert_array_equal(numbers(element, "flipped kernel"), KERNEL[::-1, ::-1])
    np.testing.assert_array_equal(numbers(element, "output"), explorer.output)
    cell(element, "flipped kernel", 0, 0).hover()
    expect(element.locator(".cnn-words")).to_contain_text("kernel[2, 2] is −1.")


def test_sizes_change_and_what_was_cut_comes_back(page, explorer):
    element = show(page, explorer)
    element.get_by_text("sizes").click()
    height = element.get_by_role("slider", name="input height")
    height.fill("4")
    assert numbers(element, "input").shape == (4, 7)
    assert numbers(element, "output").shape == (2, 5)
    height.fill("8")
    np.testing.assert_array_equal(numbers(element, "input")[:7], IMAGE)
    np.testing.assert_array_equal(numbers(element, "input")[7], 0)


def test_an_impossible_setting_is_refused_in_words(page, explorer):
    element = show(page, explorer)
    element.get_by_role("slider", name="dilation").fill("4")
    expect(element.locator(".cnn-words")).to_have_text(
        "Not possible: the kernel would span 9 in height, and the padded input has 7."
    )
    expect(element.get_by_role("slider", name="dilation")).to_have_value("1")
    np.testing.assert_array_equal(numbers(element, "output"), explorer.output)


def test_padding_and_dropped_rows_are_drawn_as_such(page, explorer):
    explorer.stride, explorer.padding = 3, 1
    element = show(page, explorer)
    table = element.get_by_role("grid", name="input", exact=True)
    expect(table.locator("th.padding")).to_have_count(81 - 49)
    padded = np.pad(np.zeros((7, 7), bool), 1)
    reached = [i for start in range(0, 7, 3) for i in range(start, start + 3)]
    padded[np.ix_(reached, reached)] = True
    assert table.locator(".dropped").count() == (~padded).sum()


def test_the_formula_holds_the_numbers_of_the_state(page, explorer):
    element = show(page, explorer)
    text = element.locator(".cnn-formula math").nth(1)
    for stride, padding, dilation, expected in (
        (2, 1, 1, "4=⌊7+2·1−1·(3−1)−12⌋+1"),
        (1, 2, 3, "5=⌊7+2·2−3·(3−1)−11⌋+1"),
        (3, 4, 2, "4=⌊7+2·4−2·(3−1)−13⌋+1"),
    ):
        put(element, ConvolutionExplorer(stride=stride, padding=padding, dilation=dilation))
        assert "".join(text.text_content().split()) == expected


def test_reset_brings_the_first_state_back(page, explorer):
    element = show(page, explorer)
    element.get_by_role("slider", name="stride").fill("3")
    element.get_by_role("button", name="reset").click()
    np.testing.assert_array_equal(numbers(element, "output"), explorer.output)


def copy(element, name, row, column):
    """Return a cell by its place in the padded grid."""
    return element.get_by_role("grid", name=name).locator("tr").nth(row).locator("td, th").nth(column)


def test_the_padding_mode_by_keyboard(page, explorer):
    explorer.padding = 1
    element = show(page, explorer)
    element.get_by_role("radio", name="zeros").focus()
    for mode in COPIES:
        page.keyboard.press("ArrowRight")
        explorer.padding_mode = mode
        expect(element.get_by_role("radio", name=mode)).to_be_checked()
        assert element.evaluate("(el) => el.model.get('padding_mode')") == mode
        np.testing.assert_array_equal(numbers(element, "output"), explorer.output)


def test_a_copy_in_the_padding_says_what_it_copies(page, explorer):
    explorer.padding, explorer.padding_mode = 2, "reflect"
    element = show(page, explorer)
    copy(element, "input", 0, 3).hover()
    words = element.locator(".cnn-words")
    expect(words).to_have_text("The padding copies input[2, 1] here: 5. This copy feeds 3 outputs.")
    expect(copy(element, "input", 4, 3)).to_have_class(re.compile("twin"))
    expect(element.locator(".twin")).to_have_count(3)  # the pixel, and its copies to the left
    page.mouse.move(0, 0)
    expect(words).to_contain_text("output[0, 0]")
    expect(element.locator(".twin")).to_have_count(0)


def test_arrows_go_on_into_the_copies_and_edit_none(page, explorer):
    explorer.padding, explorer.padding_mode = 2, "circular"
    element = show(page, explorer)
    page.keyboard.press("Tab")
    expect(cell(element, "input", 2, 2)).to_be_focused()  # rows and columns with the padding
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowRight"):
        page.keyboard.press(key)
    expect(copy(element, "input", 0, 3)).to_be_focused()
    expect(element.locator(".cnn-words")).to_contain_text("The padding copies input[5, 1] here: 6.")
    for key in ("5", "Enter", "F2"):
        page.keyboard.press(key)
    expect(element.get_by_role("textbox")).to_have_count(0)
    page.keyboard.press("Space")
    expect(copy(element, "input", 0, 3)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+End")
    expect(copy(element, "input", 8, 8)).to_be_focused()
    page.keyboard.press("Tab")
    expect(cell(element, "kernel", 0, 0)).to_be_focused()


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("output", "A zero of the padding. It stands in 2 windows."),
        ("coverage", "A zero of the padding is no pixel, and is not counted."),
    ],
)
def test_a_zero_of_the_padding_answers_to_keys_and_pointer(page, explorer, view, said):
    explorer.padding, explorer.view = 1, view
    element = show(page, explorer)
    words = element.locator(".cnn-words")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    name = "input" if view == "output" else "coverage"
    expect(copy(element, name, 0, 2)).to_be_focused()
    expect(words).to_have_text(said.replace("2 windows", "3 windows"))
    assert lit(element, "output").tolist() == [0, 1, 2]
    page.keyboard.press("7")
    expect(element.get_by_role("textbox")).to_have_count(0)
    copy(element, name, 0, 1).click()
    expect(words).to_have_text(f"{said} Pinned: Escape lets go.")


def test_a_pixel_is_told_with_its_copies(page, explorer):
    explorer.padding, explorer.padding_mode = 1, "replicate"
    element = show(page, explorer)
    copy(element, "input", 1, 1).hover()
    expect(element.locator(".cnn-words")).to_have_text(
        "input[0, 0] is 0. It feeds 4 outputs, 5 times as a copy in the padding."
    )
    cell(element, "output", 0, 0).hover()
    expect(element.locator(".cnn-words")).to_contain_text("9 products, 5 of them with a copy in the padding.")


@pytest.mark.parametrize("view", ["output", "coverage"])
def test_a_tap_pins_a_copy_and_a_second_tap_lets_go(browser, explorer, view):
    explorer.padding, explorer.padding_mode, explorer.view = 1, "reflect", view
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    element = show(context.new_page(), explorer)
    corner = copy(element, "input" if view == "output" else "coverage", 0, 0)
    corner.tap()
    expect(corner).to_have_attribute("aria-selected", "true")
    expect(element.locator(".cnn-words")).to_contain_text("The padding copies input[1, 1] here")
    corner.tap()
    expect(corner).to_have_attribute("aria-selected", "false")
    element.get_by_role("radio", name="circular").tap()
    corner.tap()
    expect(element.locator(".cnn-words")).to_contain_text("The padding copies input[6, 6] here")
    context.close()


def test_too_much_padding_for_a_mode_is_refused_in_words(page):
    element = show(page, ConvolutionExplorer(image=IMAGE[:3, :5], padding=3))
    words = element.locator(".cnn-words")
    element.get_by_role("radio", name="reflect").click()
    expect(words).to_have_text(
        "Not possible: reflected padding has to be smaller than the input, "
        "and here the padding is 3 and the height 3."
    )
    expect(element.get_by_role("radio", name="zeros")).to_be_checked()
    element.get_by_role("radio", name="circular").click()
    expect(element.get_by_role("radio", name="circular")).to_be_checked()
    element.get_by_role("slider", name="padding").fill("4")
    expect(words).to_have_text(
        "Not possible: circular padding cannot be larger than the input, "
        "and here the padding is 4 and the height 3."
    )
    expect(element.get_by_role("slider", name="padding")).to_have_value("3")
    element.get_by_text("sizes").click()
    element.get_by_role("slider", name="input height").fill("2")
    expect(words).to_contain_text("and here the padding is 3 and the height 2.")
    expect(element.get_by_role("slider", name="input height")).to_have_value("3")
    assert numbers(element, "input").shape == (3, 5)


@pytest.mark.parametrize(
    ("padding", "mode", "corner", "edge", "centre"),
    [(0, "zeros", 1, 3, 9), (1, "zeros", 4, 6, 9), (1, "circular", 9, 9, 9), (1, "replicate", 9, 9, 9)],
)
def test_the_coverage_of_five_by_five(page, padding, mode, corner, edge, centre):
    element = show(page, ConvolutionExplorer(image=IMAGE[:5, :5], padding=padding, padding_mode=mode))
    switch = element.get_by_role("switch", name="coverage")
    switch.focus()
    page.keyboard.press("Space")
    for name, shown in (("coverage", True), ("input", False), ("kernel", False), ("output", True)):
        expect(element.get_by_role("grid", name=name, exact=True)).to_be_visible(visible=shown)
    counts = numbers(element, "coverage")
    assert (counts[0, 0], counts[0, 2], counts[2, 2]) == (corner, edge, centre)
    page.keyboard.press("Space")
    expect(element.get_by_role("grid", name="input", exact=True)).to_be_visible()


def test_coverage_says_in_how_many_windows_a_pixel_lies(page):
    explorer = ConvolutionExplorer(image=IMAGE[:5, :5], padding=1, view="coverage")
    element = show(page, explorer)
    words = element.locator(".cnn-words")
    expect(words).to_have_text("The window of output[0, 0] holds 4 pixels and 5 zeros of the padding.")
    page.keyboard.press("Tab")
    expect(words).to_have_text("input[0, 0] lies in 4 windows of 25: 2 down × 2 across.")
    assert lit(element, "output").tolist() == [0, 1, 5, 6]
    page.keyboard.press("ArrowRight")
    expect(words).to_have_text("input[0, 1] lies in 6 windows of 25: 2 down × 3 across.")
    page.keyboard.press("7")
    expect(element.get_by_role("textbox")).to_have_count(0)  # a count is not for editing
    explorer.padding_mode = "reflect"
    put(element, explorer)
    copy(element, "coverage", 2, 2).hover()
    count = explorer.coverage[1, 1]
    expect(words).to_have_text(
        f"The 25 windows meet input[1, 1] {count} times: 4 down × 4 across. "
        "7 of them as a copy in the padding."
    )
    cell(element, "output", 0, 0).hover()
    expect(words).to_have_text("The window of output[0, 0] holds 4 pixels and 5 copies in the padding.")
    copy(element, "coverage", 0, 3).hover()
    expect(words).to_have_text("The padding copies input[1, 2] here, and counts for that pixel.")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("view", "name"), [("output", "input"), ("coverage", "coverage")])
def test_what_no_window_reaches_is_marked_in_both_views(page, explorer, view, name, theme):
    explorer.stride, explorer.view = 3, view
    element = show(page, explorer, theme=theme)
    _, dropped = cells(element, name)
    expected = np.zeros((7, 7), bool)
    expected[6] = expected[:, 6] = True
    np.testing.assert_array_equal(dropped, expected)
    last = copy(element, name, 6, 6)
    hatch = last.evaluate("(cell) => getComputedStyle(cell).backgroundImage")
    probe = "(cell) => getComputedStyle(cell).getPropertyValue('--cnn-dropped').trim()"
    assert "repeating-linear-gradient" in hatch
    assert last.evaluate(probe) == tokens()[theme]["dropped"]
    last.hover()
    expect(element.locator(".cnn-words")).to_contain_text("it is dropped.")


def test_coverage_is_coloured_by_the_count(page):
    element = show(page, ConvolutionExplorer(image=IMAGE[:5, :5], view="coverage"))
    cells = element.get_by_role("grid", name="coverage").locator("td")
    read = "(cells) => cells.map((cell) => Number(getComputedStyle(cell).getPropertyValue('--tint')))"
    tints = cells.evaluate_all(read)
    np.testing.assert_allclose(tints, numbers(element, "coverage").ravel() / 9, atol=0.026)
    look = "(cells) => cells.map((cell) => getComputedStyle(cell).backgroundColor)"
    assert len(set(cells.evaluate_all(look))) == len({1, 2, 3, 4, 6, 9})


def test_nothing_is_written_on_the_padding_of_a_count(page):
    explorer = ConvolutionExplorer(image=IMAGE[:5, :5], padding=1, padding_mode="reflect", view="coverage")
    element = show(page, explorer)
    places = element.locator("th.padding")
    assert set(places.all_text_contents()) == {""}
    element.get_by_role("switch", name="coverage").click()
    expect(places.first).to_have_text(str(IMAGE[1, 1]))


def test_a_state_may_come_in_pieces(page, explorer):
    explorer.padding, explorer.padding_mode = 4, "reflect"
    element = show(page, explorer)
    small = ConvolutionExplorer(image=IMAGE[:2, :2], kernel=KERNEL[:2, :2])
    for name in ("image", "kernel", "padding", "padding_mode"):
        element.evaluate(
            "async (el, [name, value]) => { el.model.set(name, value);"
            " await new Promise((done) => setTimeout(done)); }",
            [name, small.get_state(name)[name]],
        )
        assert element.get_by_role("alert").count() == 0
    np.testing.assert_array_equal(numbers(element, "output"), small.output)


@pytest.mark.parametrize(
    ("grid", "row", "column"), [("input", 0, 0), ("input", 8, 8), ("output", 8, 8), ("kernel", 2, 2)]
)
def test_what_is_pinned_may_go(page, explorer, grid, row, column):
    explorer.padding, explorer.padding_mode = 2, "circular"
    element = show(page, explorer)
    copy(element, grid, row, column).click()
    for state in ({"padding": 0}, {"view": "coverage"}, {"image": IMAGE[:2, :2], "kernel": KERNEL[:2, :2]}):
        put(element, ConvolutionExplorer(**state))
        assert element.get_by_role("alert").count() == 0
    expect(element.locator(".cnn-words")).to_contain_text("output[0, 0] is 14, the sum of 4 products.")


def test_an_error_in_one_widget_leaves_the_other_alone(page, explorer):
    broken = 'class="cnnbook-widget" data-widget="Broken" data-module="none.mjs" data-state="{}"'
    element = show(page, explorer, extra=f"<div {broken}><p>copy</p></div>")
    message = page.locator("[data-widget=Broken]")
    expect(message.get_by_role("alert")).to_contain_text("This Broken could not start")
    expect(message).to_contain_text("copy")
    element.get_by_role("slider", name="stride").fill("2")
    assert numbers(element, "output").shape == (3, 3)


def test_print_shows_the_state_without_the_controls(page, explorer):
    element = show(page, explorer, theme="dark")
    element.get_by_role("slider", name="stride").fill("2")
    page.emulate_media(media="print")
    expect(element.get_by_role("grid", name="output")).to_be_visible()
    for control in (".cnn-stepper", ".cnn-settings"):
        expect(element.locator(control)).to_be_hidden()
    assert element.evaluate("(el) => getComputedStyle(el).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(("theme", "colour"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 24, 30)")])
def test_the_hosts_attribute_decides_light_or_dark(page, explorer, theme, colour):
    page.emulate_media(color_scheme="dark" if theme == "light" else "light")
    element = show(page, explorer, theme=theme)
    assert element.evaluate("(el) => getComputedStyle(el).backgroundColor") == colour


def test_a_star_stands_for_the_kernel_as_it_is_and_an_asterisk_for_the_flipped_one(page):
    element = show(page, ConvolutionExplorer(controls=["flip"]))
    sign, switch = element.locator(".cnn-sign").first, element.get_by_role("switch", name="true convolution")
    expect(sign).to_have_text("\u22c6")
    switch.click()
    expect(sign).to_have_text("\u2217")
    switch.click()
    expect(sign).to_have_text("\u22c6")


@pytest.mark.parametrize(
    ("controls", "expected"),
    [
        (["stride", "steps"], "nout=⌊n−ks⌋+1"),
        (["padding"], "nout=n+2·p−k+1"),
        (["stride", "padding"], "nout=⌊n+2·p−ks⌋+1"),
        (["dilation"], "nout=n−d·(k−1)"),
        (["stride", "padding", "dilation"], "nout=⌊n+2·p−d·(k−1)−1s⌋+1"),
    ],
)
def test_the_formula_has_what_the_reader_can_choose(page, controls, expected):
    element = show(page, ConvolutionExplorer(controls=controls))
    symbols, numbers_of_state = element.locator(".cnn-formula math").all()
    expect(symbols).to_have_text(expected)
    assert len(numbers_of_state.locator("mfrac").all()) == ("stride" in controls)


def test_the_size_with_the_frame_stands_above_the_grid(page):
    element = show(page, ConvolutionExplorer(image=np.zeros((7, 6)), padding=1))
    expect(element.locator(".cnn-size").first).to_have_text("7 × 6, with frame 9 × 8")
    assert "7 × 6, with frame 9 × 8" in ConvolutionExplorer(image=np.zeros((7, 6)), padding=1).static_html()
