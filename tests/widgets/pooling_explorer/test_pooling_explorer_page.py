"""PoolingExplorer, live on a page in a real browser."""

import json

import numpy as np
import pytest
from pages import cell, grid, imported, numbers, plain, put, show, words
from playwright.sync_api import expect
from pooling_states import random_state

from cnnbook.widgets import PoolingExplorer

SETTINGS = ("kernel_size", "stride", "padding", "pooling", "count_include_pad")
WIDE = {"width": 968, "height": 900}


@pytest.fixture
def explorer():
    return PoolingExplorer(mode="backward", kernel_size=3, stride=1)


def states(count, seed, **given):
    rng = np.random.default_rng(seed)
    return [random_state(rng, **given) for _ in range(count)]


def arrays_of(state):
    """Return what NumPy computed, by the names of the grids."""
    arrays = {"input": state.image, "output": state.output}
    if state.pooling == "max":
        arrays["winners"] = state.winners
    if state.mode == "backward":
        arrays |= {"input gradient": state.grad_x, "output gradient": state.grad_out}
    return arrays


def compare(got, expected, scale, name):
    if expected.dtype == np.int64:
        np.testing.assert_array_equal(got, expected, err_msg=name)
    else:
        np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-13 * scale, err_msg=name)


COMPUTE = """({ geometry, pool, route }, states) => states.map(({ image, gradOut, ...settings }) => {
  const g = geometry(image.shape, settings);
  const pooled = pool(g, image.data, settings);
  const { gradX } = route(g, gradOut.data, pooled, settings);
  return { output: [...pooled.values], winners: [...pooled.winners], "input gradient": [...gradX] };
})"""


def test_its_arithmetic_is_numpys_on_random_states(page, explorer):
    show(page, explorer)
    drawn = states(200, seed=2)
    sent = [
        {name: getattr(state, name) for name in SETTINGS}
        | {"image": plain(state.image), "gradOut": plain(state.grad_out)}
        for state in drawn
    ]
    results = imported(page, "pooling_explorer/pools.mjs", COMPUTE, sent)
    for state, got in zip(drawn, results, strict=True):
        for name in got.keys() & arrays_of(state).keys():
            expected = arrays_of(state)[name]
            compare(np.reshape(got[name], expected.shape), expected, 40, name)


# Every state at once: the numbers and the marks of the grids that are seen after each.
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


def sweep(element, drawn):
    """Return for each state the numbers of the grids that are seen, and their marks."""
    found = element.evaluate(SWEEP, [state.get_state(state.state_names()) for state in drawn])
    for grids in found:
        yield (
            {
                name: np.array([[json.loads(value) for value, _ in row] for row in rows])
                for name, rows in grids.items()
            },
            {name: np.array([[of for _, of in row] for row in rows]) for name, rows in grids.items()},
        )


def has(marks, mark):
    return np.vectorize(lambda of: mark in of.split())(marks)


@pytest.mark.parametrize("mode", ["forward", "backward"])
def test_the_view_shows_numpys_numbers_and_what_the_window_holds(page, explorer, mode):
    element = show(page, explorer)
    drawn = states(30, seed=3, mode=mode)
    for state, (values, marks) in zip(drawn, sweep(element, drawn), strict=True):
        assert set(values) == set(arrays_of(state))
        for name, expected in arrays_of(state).items():
            compare(values[name], expected, 40, name)
        i, j = np.unravel_index(state.position, state.out)
        k, s, p = state.kernel_size, state.stride, state.padding
        rows, columns = (np.arange(n) for n in state.image.shape)
        in_rows = (rows >= i * s - p) & (rows < i * s - p + k)
        window = np.outer(in_rows, (columns >= j * s - p) & (columns < j * s - p + k))
        np.testing.assert_array_equal(has(marks["input"], "lit"), window)
        here = np.arange(state.grad_out.size).reshape(state.out) == state.position
        for name in set(marks) - {"input", "input gradient"}:
            np.testing.assert_array_equal(has(marks[name], "lit"), here, err_msg=name)
        ids = np.arange(state.image.size).reshape(state.image.shape)
        won = (ids == state.winners[i, j]) & (state.pooling == "max")
        np.testing.assert_array_equal(has(marks["input"], "focus"), won)
        ends = [(n - 1) * s - p + k for n in state.out]
        reached = [
            (np.arange(n) < end) & ((np.arange(n) + p) % s < k)
            for n, end in zip(state.image.shape, ends, strict=True)
        ]
        np.testing.assert_array_equal(has(marks["input"], "dropped"), ~np.outer(*reached))


def test_numbers_that_get_gradient_from_several_windows_are_dashed_and_counted(page, explorer):
    element = show(page, explorer)
    drawn = states(25, seed=4, pooling="max")
    for state, (_, marks) in zip(drawn, sweep(element, drawn), strict=True):
        wins = np.bincount(state.winners.ravel(), minlength=state.image.size).reshape(state.image.shape)
        np.testing.assert_array_equal(has(marks["input gradient"], "twin"), wins > 1)
    put(element, explorer)
    count = np.count_nonzero(np.bincount(explorer.winners.ravel()) > 1)
    expect(element.locator(".cnn-legend")).to_have_text(
        f"{count} numbers of the input get gradient from more than one window: dashed."
    )
    element.get_by_role("slider", name="stride").fill("3")
    expect(element.locator(".cnn-legend")).to_contain_text("No number of the input gets gradient from")


def test_pointing_at_a_window_says_what_was_found_where(page):
    element = show(page, PoolingExplorer(image=[[1, 5, 2, 0], [3, 4, 8, 8]]))
    cell(element, "output", 0, 1).hover()
    expect(element.locator(".cnn-terms")).to_have_text("output[0, 1] = max(2, 0, 8, 8) = 8")
    expect(words(element)).to_have_text(
        "output[0, 1] is 8, the largest of 4 numbers; it stands at input[1, 2]. "
        "2 of them are equal, and the first wins."
    )
    cell(element, "winners", 0, 1).hover()
    expect(words(element)).to_contain_text("found at input[1, 2], which is stored as 1 · 4 + 2 = 6.")
    element.get_by_role("radio", name="average").click()
    cell(element, "output", 0, 0).hover()
    expect(element.locator(".cnn-terms")).to_have_text("output[0, 0] = (1 + 5 + 3 + 4) / 4 = 3.25")
    expect(grid(element, "winners")).to_be_hidden()


def test_pointing_at_a_number_says_which_windows_it_wins(page, explorer):
    element = show(page, explorer)
    cell(element, "output gradient", 0, 0).focus()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    grad_out = np.ones((4, 4), int)
    grad_out[0, 0] = 5
    explorer.grad_out = grad_out
    np.testing.assert_array_equal(numbers(element, "input gradient"), explorer.grad_x)
    wins = np.bincount(explorer.winners.ravel(), minlength=36)
    row, column = np.unravel_index(explorer.winners[0, 0], (6, 6))
    won = [explorer.grad_out.ravel()[k] for k in np.flatnonzero(explorer.winners.ravel() == row * 6 + column)]
    cell(element, "input gradient", row, column).hover()
    expect(element.locator(".cnn-terms")).to_contain_text(
        f"input gradient[{row}, {column}] = {' + '.join(map(str, won))} = {sum(won)}"
    )
    held = int(has_pixel(row, column).sum())
    many = "all of them" if wins[row * 6 + column] == held else wins[row * 6 + column]
    expect(words(element)).to_have_text(
        f"input[{row}, {column}] is {explorer.image[row, column]}. It lies in {held} windows, "
        f"and wins {many}. Their gradients add up."
    )
    lit = grid(element, "output").locator(".lit")
    expect(lit).to_have_count(held)


def has_pixel(row, column):
    """Return which of the 4 x 4 windows of 3 hold a pixel."""
    i, j = np.arange(4)[:, None], np.arange(4)
    return (i <= row) & (row < i + 3) & (j <= column) & (column < j + 3)


def test_a_number_that_no_window_reaches_says_so(page):
    element = show(page, PoolingExplorer(image=np.ones((5, 5), int), mode="backward"))
    cell(element, "input", 4, 0).hover()
    expect(words(element)).to_have_text(
        "input[4, 0] is 1. No window reaches it: it is lost, and its gradient is 0."
    )


def test_the_padding_is_minus_infinity_for_the_maximum_and_zeros_for_the_average(page):
    element = show(page, PoolingExplorer(image=-np.ones((4, 4), int), kernel_size=3, stride=1, padding=1))
    frame = grid(element, "input").locator("th")
    expect(frame.first).to_have_text("−∞")
    np.testing.assert_array_equal(numbers(element, "output"), -np.ones((4, 4)))
    cell(element, "output", 0, 0).hover()
    expect(element.locator(".cnn-terms")).to_contain_text("max((−1), (−1), (−1), (−1), −∞) = −1")
    expect(words(element)).to_contain_text("5 places of the window lie in the padding.")
    element.get_by_role("radio", name="average").click()
    expect(frame.first).to_have_text("0")
    assert numbers(element, "output")[0, 0] == pytest.approx(-4 / 9)
    element.get_by_role("switch", name="the padding counts in an average").press("Space")
    np.testing.assert_array_equal(numbers(element, "output"), -np.ones((4, 4)))


@pytest.mark.parametrize(
    ("pooling", "value", "rule"),
    [
        ("max", "−∞", "It never wins."),
        ("average", "0", "It counts in their means. Its share of the gradient"),
    ],
)
def test_a_place_of_the_padding_says_which_windows_hold_it(page, pooling, value, rule):
    explorer = PoolingExplorer(pooling=pooling, kernel_size=3, stride=2, padding=1, mode="backward")
    element = show(page, explorer)
    frame = grid(element, "input").locator("th")
    frame.nth(2).hover()  # above column 1, in the first two windows
    expect(words(element)).to_contain_text(f"A place of the padding, {value}, in 2 windows. {rule}")
    expect(grid(element, "output").locator(".lit")).to_have_count(2)
    frame.last.hover()
    expect(words(element)).to_have_text(f"A place of the padding, {value}. No window reaches it.")


def test_what_is_impossible_is_refused_in_words(page, explorer):
    element = show(page, explorer)
    element.get_by_role("slider", name="padding").fill("2")
    expect(words(element)).to_have_text(
        "Not possible: a padding of 2 is more than half of a window of 3, "
        "so that some windows would hold nothing else."
    )
    expect(element.get_by_role("slider", name="padding")).to_have_value("0")
    element.get_by_role("button", name="sizes").click()
    element.get_by_role("slider", name="input height").fill("2")
    expect(words(element)).to_have_text(
        "Not possible: a window of 3 does not fit: the input has 2 in height."
    )


def test_sliders_by_keyboard_and_back(page, explorer):
    explorer.grad_out = np.arange(16).reshape(4, 4)
    element = show(page, explorer)
    element.get_by_role("button", name="sizes").click()
    for name in ("stride", "padding", "input height"):
        element.get_by_role("slider", name=name, exact=True).press("ArrowRight")
    image = 7 * np.arange(42).reshape(7, 6) % 10
    grown = PoolingExplorer(image=image, kernel_size=3, stride=2, padding=1, mode="backward")
    grown.grad_out = numbers(element, "output gradient")
    for name, array in arrays_of(grown).items():
        np.testing.assert_array_equal(numbers(element, name), array, err_msg=name)
    for name in ("stride", "padding", "input height"):
        element.get_by_role("slider", name=name, exact=True).press("ArrowLeft")
    np.testing.assert_array_equal(numbers(element, "output gradient"), explorer.grad_out)
    element.get_by_role("button", name="reset").click()
    for name, array in arrays_of(explorer).items():
        np.testing.assert_array_equal(numbers(element, name), array, err_msg=name)


def test_a_grid_is_one_tab_stop_and_keys_do_what_the_mouse_does(page, explorer):
    element = show(page, explorer)
    cell(element, "input", 0, 0).focus()
    for name in ("output", "winners", "input gradient", "output gradient"):
        page.keyboard.press("Tab")
        expect(cell(element, name, 0, 0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(cell(element, "output gradient", 1, 1)).to_have_attribute("aria-selected", "true")
    expect(words(element)).to_contain_text("All of its gradient goes there.")
    expect(words(element)).to_contain_text("Pinned: Escape lets go.")
    page.keyboard.press("Escape")
    expect(element.locator("[aria-selected=true]")).to_have_count(0)


def test_taps_pin_and_a_second_tap_edits_on_a_narrow_screen(browser, explorer):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    element = show(page, explorer)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    cell(element, "winners", 0, 0).tap()
    expect(words(element)).to_contain_text("output[0, 0] was found at")
    cell(element, "input", 0, 0).tap()
    cell(element, "input", 0, 0).tap()
    element.get_by_role("textbox").fill("99")
    page.keyboard.press("Enter")
    assert numbers(element, "output")[0, 0] == 99
    context.close()


def test_step_play_and_scrub(clocked, explorer):
    element = show(clocked, explorer)
    window = element.get_by_role("slider", name="window")
    window.press("ArrowRight")
    expect(words(element)).to_contain_text("output[0, 1] is")
    element.get_by_role("button", name="play").click()
    clocked.clock.run_for(1500)
    element.get_by_role("button", name="pause").click()
    assert int(window.input_value()) >= 3
    window.press("End")
    expect(window).to_have_value("15")


def test_its_size_stays_under_the_pointer(page, explorer):
    page.set_viewport_size(WIDE)
    element = show(page, explorer)
    page.add_style_tag(content="body { max-width: 936px !important }")
    heights = set()
    for name in ("input", "output", "winners", "input gradient", "output gradient"):
        for index in (0, 5, 14):
            grid(element, name).locator("td").nth(index).hover()
            heights.add(element.bounding_box()["height"])
    assert len(heights) == 1


PIXELS = """(el) => [...el.querySelectorAll("canvas")].map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return [canvas.height, canvas.width, [...data].filter((_, k) => k % 4 === 0)];
})"""


def drawn_pixels(element):
    return [np.reshape(data, (H, W)) for H, W, data in element.evaluate(PIXELS)]


@pytest.mark.parametrize("picture", ["coffee", "small"])
def test_the_photographs_pixels_are_numpys(page, picture):
    rng = np.random.default_rng(5)
    given = "coffee" if picture == "coffee" else rng.integers(0, 256, (21, 40, 3)).astype(np.uint8)
    explorer = PoolingExplorer(mode="photograph", picture=given)
    element = show(page, explorer)
    for pooling, k, s, p, shift in [("max", 2, 2, 0, 1), ("average", 3, 2, 1, 2), ("max", 4, 3, 0, 8)]:
        settings = {"pooling": pooling, "kernel_size": k, "padding": p, "stride": s, "shift": shift}
        with explorer.hold_trait_notifications():
            for name, value in settings.items():
                setattr(explorer, name, value)
        put(element, explorer)
        expected = [explorer.cut, explorer.output, np.minimum(np.abs(explorer.change) * 255 / 64, 255)]
        for got, array in zip(drawn_pixels(element), expected, strict=True):
            assert got.shape == array.shape
            np.testing.assert_allclose(got, array, atol=0.501)
        moved = np.abs(explorer.cut.astype(int) - PoolingExplorer(picture=given).cut).mean()
        unit = "pixel" if shift == 1 else "pixels"
        expect(words(element)).to_have_text(
            f"Moved by {shift} {unit}, the output changes by {np.abs(explorer.change).mean():.1f} grey "
            f"levels on average, the input by {moved:.1f}. White is a change of 64 levels or more."
        )


def test_the_shift_by_keyboard(page):
    explorer = PoolingExplorer(mode="photograph")
    element = show(page, explorer)
    expect(words(element)).to_contain_text("Move the slider")
    for name in ("input", "output"):
        expect(grid(element, name)).to_be_hidden()
    before = drawn_pixels(element)[1]
    shift = element.get_by_role("slider", name="shift")
    shift.press("ArrowRight")
    shift.press("ArrowRight")
    np.testing.assert_array_equal(drawn_pixels(element)[1][:, 1:], before[:, :-1])
    element.get_by_role("radio", name="forward").press("Space")
    expect(grid(element, "input")).to_be_visible()
    expect(shift).to_be_hidden()


def test_a_change_that_arrives_one_trait_at_a_time_is_shown(page):
    explorer = PoolingExplorer(mode="backward", position=8)
    element = show(page, explorer)
    element.evaluate("async (el) => { el.model.set('kernel_size', 3); await new Promise(setTimeout); }")
    explorer.kernel_size = 3
    for name, array in arrays_of(explorer).items():
        np.testing.assert_array_equal(numbers(element, name), array, err_msg=name)


def test_controls_choose_what_the_reader_gets(page):
    element = show(page, PoolingExplorer(controls=["pooling"]))
    expect(element.get_by_role("radio", name="average")).to_be_visible()
    expect(element.get_by_role("radio", name="backward")).to_have_count(0)
    for name in ("stride", "window", "shift"):
        expect(element.get_by_role("slider", name=name)).to_have_count(0)


def test_print_shows_the_state_without_the_controls(page, explorer):
    element = show(page, explorer, theme="dark")
    page.emulate_media(media="print")
    for name in ("output", "input gradient", "output gradient"):
        expect(grid(element, name)).to_be_visible()
    for control in (".cnn-stepper", ".cnn-settings", ".cnn-choice >> nth=0"):
        expect(element.locator(control)).to_be_hidden()


def test_marks_are_seen_in_forced_colours(page, explorer):
    page.emulate_media(forced_colors="active")
    element = show(page, explorer)
    cell(element, "output", 0, 0).hover()
    lit = cell(element, "input", 0, 0)
    won = grid(element, "input").locator("td.focus")
    assert lit.evaluate("(cell) => getComputedStyle(cell).outlineStyle") == "solid"
    assert won.evaluate("(cell) => getComputedStyle(cell).outlineStyle") == "double"
    dashed = grid(element, "input gradient").locator("td.twin").first
    assert dashed.evaluate("(cell) => getComputedStyle(cell).borderStyle") == "dashed"
