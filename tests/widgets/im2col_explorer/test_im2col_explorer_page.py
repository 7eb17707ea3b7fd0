"""Im2colExplorer, live on a page in a real browser."""

import json
import re

import numpy as np
import pytest
from im2col_states import origins, random_state, windows_of
from pages import cell, grid, imported, numbers, plain, put, show, words
from playwright.sync_api import expect

from cnnbook.im2col import col2im
from cnnbook.widgets import Im2colExplorer
from cnnbook.widgets.im2col_explorer.tables import ARRANGEMENTS, arrange


@pytest.fixture
def explorer():
    return Im2colExplorer()


def named(name, array):
    """Return the grids of an array by their accessible names: one matrix, or one a picture."""
    if array.ndim == 2:
        return {name: array}
    return {name: array[0]} if len(array) == 1 else {f"{name}[{n}]": part for n, part in enumerate(array)}


def maps(name, array):
    """Return the grids of pictures by their accessible names."""
    if array.shape[:2] == (1, 1):
        return {name: array[0, 0]}
    return {f"{name}[{n}, {c}]": array[n, c] for n, c in np.ndindex(array.shape[:2])}


# A dropped column is drawn, and is none of the columns.
READ = """(el) => Object.fromEntries([...el.querySelectorAll("table")].map((table) => [
  table.getAttribute("aria-label"),
  [...table.rows].map((row) => [...row.querySelectorAll("td:not(.dropped)")]).filter((row) => row.length)
    .map((row) => row.map((td) => [td.dataset.value, td.classList.contains("lit")])),
]))"""


def read(element):
    """Return the numbers of all grids by their names, and the places of what is lit."""
    grids = element.evaluate(READ)
    values = {
        name: np.array([[json.loads(value) for value, _ in row] for row in rows])
        for name, rows in grids.items()
    }
    lights = {
        name: np.argwhere([[on for _, on in row] for row in rows]).tolist() for name, rows in grids.items()
    }
    return values, lights


def lit(element, name):
    """Return the places of the cells of a grid that are lit."""
    return read(element)[1][name]


def inspect(element, name, index):
    """Point at a cell, as the pointer does."""
    element.evaluate(
        """(el, [name, index]) => el.querySelector(`[aria-label="${name}"]`)
          .querySelectorAll("td:not(.dropped)")[index]
          .dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }))""",
        [name, index],
    )


def compare(element, grids, whole, scale):
    values, _ = read(element)
    for name, expected in grids.items():
        got = values[name]
        assert got.shape == expected.shape
        if whole:
            np.testing.assert_array_equal(got, expected, err_msg=name)
        else:
            np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-13 * scale, err_msg=name)


SWEEP = """({ addBack, arrangement, geometry, multiply, unfold }, states) =>
states.map(({ x, weight, kind, ...steps }) => {
  const g = geometry(x, weight, steps);
  const { pixels } = unfold(g);
  const values = [...pixels].map((pixel) => (pixel < 0 ? 0 : x.data[pixel]));
  const products = multiply(g, weight.data, values);
  const arranged = (Q, data) => arrangement(kind, g, Q).entries.flat().map((id) => data[id]);
  const { sums, counts } = addBack(g, pixels, values, g.N * g.L);
  return {
    cols: arranged(g.Q, values), products: arranged(g.F, products), output: [...products],
    sums: [...sums], counts: [...counts],
  };
})"""


def test_its_arithmetic_is_numpys_on_random_states(page, explorer):
    show(page, explorer)
    rng = np.random.default_rng(2)
    states = [random_state(rng, arrangement=kind) for kind in ARRANGEMENTS for _ in range(20)]
    settings = [
        {"x": plain(state.x), "weight": plain(state.weight), "kind": state.arrangement}
        | {name: getattr(state, name) for name in ("stride", "padding", "dilation")}
        for state in states
    ]
    results = imported(page, "im2col_explorer/columns.mjs", SWEEP, settings)
    for got, state in zip(results, states, strict=True):
        scale = np.abs(state.x).max() * np.abs(state.weight).sum() + 1
        expected = {name: getattr(state, name) for name in ("cols", "products", "output", "counts")}
        state.direction = "col2im"
        expected["sums"] = state.output
        for name, array in expected.items():
            numbers = np.reshape(got[name], array.shape)
            if array.dtype == np.int64:
                np.testing.assert_array_equal(numbers, array, err_msg=name)
            else:
                np.testing.assert_allclose(numbers, array, rtol=1e-12, atol=1e-13 * scale, err_msg=name)


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_the_view_shows_numpys_numbers(page, explorer, arrangement):
    element = show(page, explorer)
    rng = np.random.default_rng(2)
    for _ in range(4):
        state = random_state(rng, arrangement=arrangement)
        put(element, state)
        scale = np.abs(state.x).max() * np.abs(state.weight).sum() + 1
        grids = {
            **maps("input", state.x),
            **named("columns", state.cols),
            "filters": state.filters,
            **named("products", state.products),
            **maps("output", state.output),
        }
        compare(element, grids, state.output.dtype == np.int64, scale)


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_backwards_the_view_shows_numpys_numbers(page, explorer, arrangement):
    element = show(page, explorer)
    rng = np.random.default_rng(3)
    for _ in range(4):
        state = random_state(rng, arrangement=arrangement, direction="col2im")
        put(element, state)
        cols = state.columns_of(state.x).astype(float)
        state.arrangement = "per picture"
        done = windows_of(state) <= state.position
        state.arrangement = arrangement
        settings = (state.weight.shape[2:], state.stride, state.padding, state.dilation)
        sums, counts = (col2im(c, state.x.shape[2:], *settings) for c in (np.where(done, cols, 0), done * 1))
        whole = state.x.dtype == np.int64
        compare(element, {**named("columns", state.cols), **maps("sums", sums)}, whole, np.abs(cols).sum())
        compare(element, maps("counts", counts), whole=True, scale=1)


def test_at_the_last_column_the_sums_are_the_output(page):
    explorer = Im2colExplorer(direction="col2im", position=24)
    element = show(page, explorer)
    np.testing.assert_array_equal(numbers(element, "sums"), explorer.output[0, 0])
    np.testing.assert_array_equal(numbers(element, "counts"), explorer.counts[0, 0])


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_an_entry_lights_every_copy_of_its_pixel(page, explorer, arrangement):
    element = show(page, explorer)
    rng = np.random.default_rng(4)
    for _ in range(6):
        state = random_state(rng, arrangement=arrangement)
        put(element, state)
        blocks = named("columns", origins(state))
        inside = [(name, k) for name, ids in blocks.items() for k in np.flatnonzero(ids.ravel() >= 0)]
        if not inside:
            continue
        name, index = inside[rng.integers(len(inside))]
        pixel = blocks[name].ravel()[index]
        inspect(element, name, int(index))
        _, lights = read(element)
        for other, ids in blocks.items():
            assert lights[other] == np.argwhere(ids == pixel).tolist()
        ids = np.arange(state.x.size).reshape(state.x.shape)
        for other, own in maps("input", ids).items():
            assert lights[other] == np.argwhere(own == pixel).tolist()


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_a_product_lights_its_window_its_column_and_its_filter(page, explorer, arrangement):
    element = show(page, explorer)
    rng = np.random.default_rng(5)
    for _ in range(6):
        state = random_state(rng, arrangement=arrangement)
        put(element, state)
        N, C_out = state.output.shape[:2]
        numbered = np.arange(state.output.size).reshape(N, C_out, -1)
        blocks = named("products", arrange(numbered, arrangement))
        name = str(rng.choice(list(blocks)))
        index = int(rng.integers(blocks[name].size))
        number = blocks[name].ravel()[index]
        n, f, k = np.unravel_index(number, numbered.shape)
        inspect(element, name, index)
        window = n * numbered.shape[2] + k
        _, lights = read(element)
        entries = windows_of(state) == window
        for other, part in named("columns", entries).items():
            assert lights[other] == np.argwhere(part).tolist()
        for other, ids in blocks.items():
            assert lights[other] == np.argwhere(ids == number).tolist()
        filters = np.broadcast_to(np.arange(C_out)[:, None], (C_out, state.weight[0].size))
        filters = filters.T if arrangement == "rows" else filters
        assert lights["filters"] == np.argwhere(filters == f).tolist()
        for other, own in maps("output", numbered.reshape(state.output.shape)).items():
            assert lights[other] == np.argwhere(own == number).tolist()
        pixels = np.isin(np.arange(state.x.size), origins(state)[entries]).reshape(state.x.shape)
        for other, own in maps("input", pixels).items():
            assert lights[other] == np.argwhere(own).tolist()


def test_a_weight_lights_what_it_multiplies(page, explorer):
    element = show(page, explorer)
    cell(element, "filters", 1, 2).hover()
    assert lit(element, "columns") == [[2, column] for column in range(25)]
    assert lit(element, "products") == [[1, column] for column in range(25)]
    expect(words(element)).to_have_text(
        "filters[1, 2] is 0. It multiplies row 2 of the columns, into row 1 of the products: 25 products."
    )


def test_pointing_at_the_input_shows_a_window_or_a_pixels_copies(page, explorer):
    element = show(page, explorer)
    cell(element, "input", 1, 1).hover()
    assert lit(element, "columns") == [[row, 12] for row in range(4)]
    expect(words(element)).to_have_text("Window 13 of 25 is column 12.")
    element.get_by_role("radio", name="a pixel’s copies").click()
    cell(element, "input", 1, 1).hover()
    assert lit(element, "columns") == np.argwhere(explorer.cols[0] == 5).tolist()
    columns = sorted(np.argwhere(explorer.cols[0] == 5)[:, 1])
    expect(words(element)).to_have_text(
        f"input[1, 1] is 5. It stands in 4 columns: {', '.join(map(str, columns))}."
    )


def test_the_sum_behind_a_product_is_spelled_out(page, explorer):
    element = show(page, explorer)
    cell(element, "products", 1, 6).hover()
    row, column = explorer.filters[1], explorer.cols[0, :, 6]
    terms = [f"{f'(−{-w})' if w < 0 else w}·{c}" for w, c in zip(row, column, strict=True)]
    text = element.locator(".cnn-terms").inner_text()
    assert "".join(text.split()) == f"products[1,6]={'+'.join(terms)}={row @ column}".replace(" ", "")
    expect(words(element)).to_have_text(
        f"products[1, 6] is {row @ column}: row 1 of the filters times column 6. "
        "It becomes output[0, 1, 1, 1]."
    )


def test_the_line_with_shapes_and_memory_is_the_states(page, explorer):
    element = show(page, explorer)
    rng = np.random.default_rng(6)
    for _ in range(6):
        state = random_state(rng)
        put(element, state)
        text = element.locator(".cnn-shapes").inner_text()
        shapes = re.findall(r"\(([\d, ]+)\)", text)
        expected = [state.x, state.cols, state.filters, state.products, state.output]
        assert shapes == [", ".join(map(str, array.shape)) for array in expected]
        assert f"hold {state.cols.size} numbers, the input {state.x.size}:" in text
        assert f": {state.cols.size / state.x.size:.4g} times as many." in text


def test_sliders_by_keyboard(page, explorer):
    element = show(page, explorer)
    element.get_by_text("sizes").click()
    for name, keys in {
        "stride": ["ArrowRight"],
        "padding": ["ArrowLeft"],
        "input width": ["ArrowRight", "ArrowRight"],
        "kernel height": ["ArrowRight"],
        "channels": ["ArrowRight"],
        "pictures": ["ArrowRight"],
        "filters": ["ArrowLeft"],
    }.items():
        element.get_by_role("slider", name=name, exact=True).focus()
        for key in keys:
            page.keyboard.press(key)
    expected = Im2colExplorer(
        x=np.arange(2 * 2 * 4 * 6).reshape(2, 2, 4, 6),
        weight=numbers(element, "filters").reshape(2, 2, 3, 2),
        stride=2,
        padding=0,
    )
    compare(element, maps("input", expected.x), whole=True, scale=1)
    compare(element, named("columns", expected.cols), whole=True, scale=1)
    compare(element, maps("output", expected.output), whole=True, scale=1)


def test_what_is_impossible_or_too_large_is_refused_in_words(page, explorer):
    element = show(page, explorer)
    element.get_by_text("sizes").click()
    element.get_by_role("slider", name="input height").fill("10")
    element.get_by_role("slider", name="input width").fill("10")
    element.get_by_role("slider", name="pictures").fill("3")
    expect(words(element)).to_have_text(
        "Not possible: the columns would hold 1452 numbers, and at most 720 can be shown."
    )
    expect(element.get_by_role("slider", name="pictures")).to_have_value("1")
    assert numbers(element, "columns").shape == (4, 121)
    element.get_by_role("button", name="reset").click()
    element.get_by_role("slider", name="padding").fill("0")
    element.get_by_role("slider", name="kernel width").fill("3")
    element.get_by_role("slider", name="dilation").fill("2")
    expect(words(element)).to_have_text(
        "Not possible: a window would span 5 in width, and the padded input has 4."
    )


def test_a_grid_is_one_tab_stop_and_keys_do_what_the_mouse_does(page, explorer):
    element = show(page, explorer)
    cell(element, "input", 0, 0).focus()
    for name in ("filters", "columns", "products"):
        page.keyboard.press("Tab")
        expect(cell(element, name, 0, 0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(element, "products", 1, 1)).to_be_focused()
    assert lit(element, "columns") == [[row, 1] for row in range(4)]
    page.keyboard.press("Space")
    expect(cell(element, "products", 1, 1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Tab")
    assert lit(element, "columns") == [[row, 1] for row in range(4)]
    expect(words(element)).to_contain_text("Pinned: Escape lets go.")
    page.keyboard.press("Escape")
    expect(element.locator("[aria-selected=true]")).to_have_count(0)


@pytest.mark.parametrize("arrangement", ["per picture", "rows"])
def test_enter_edits_a_pixel_and_a_weight(page, arrangement):
    explorer = Im2colExplorer(arrangement=arrangement)
    element = show(page, explorer)
    cell(element, "input", 2, 1).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("-7")
    page.keyboard.press("Enter")
    place = (2, 0) if arrangement == "rows" else (0, 2)
    cell(element, "filters", *place).focus()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(cell(element, "filters", *place)).to_be_focused()
    x, weight = explorer.x.copy(), explorer.weight.copy()
    x[0, 0, 2, 1], weight[0, 0, 1, 0] = -7, 5
    with explorer.hold_trait_notifications():
        explorer.x, explorer.weight = x, weight
    grids = {**named("columns", explorer.cols), **named("products", explorer.products)}
    compare(element, grids, whole=True, scale=1)


def test_a_tap_pins_and_a_second_tap_edits_on_a_narrow_screen(browser, explorer):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    element = show(page, explorer)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    boxes = [grid(element, name).bounding_box() for name in ("input", "columns", "filters", "products")]
    assert [box["y"] for box in boxes] == sorted(box["y"] for box in boxes)
    cell(element, "columns", 0, 7).tap()
    assert lit(element, "columns") == np.argwhere(explorer.cols[0] == explorer.cols[0, 0, 7])[-4:].tolist()
    expect(words(element)).to_contain_text("columns[0, 7] is input[0, 1]")
    cell(element, "filters", 0, 0).tap()
    cell(element, "filters", 0, 0).tap()
    element.get_by_role("textbox").fill("4")
    page.keyboard.press("Enter")
    assert numbers(element, "filters")[0, 0] == 4
    context.close()


def test_columns_and_products_scroll_together(page, explorer):
    page.set_viewport_size({"width": 390, "height": 800})
    element = show(page, explorer)
    scroller = "(table) => table.parentElement.scrollLeft"
    grid(element, "columns").evaluate("(table) => { table.parentElement.scrollLeft = 80; }")
    expect(grid(element, "products")).to_be_attached()
    page.wait_for_function(
        "() => document.querySelector('[aria-label=products]').parentElement.scrollLeft === 80"
    )
    assert grid(element, "columns").evaluate(scroller) == 80


def test_what_is_lit_comes_into_view_and_the_page_stays(page, explorer):
    page.set_viewport_size({"width": 390, "height": 800})
    element = show(page, explorer)
    grid(element, "input").evaluate("(table) => table.scrollIntoView()")
    at = page.evaluate("scrollY")
    inside = """([table, column]) => {
      const cell = table.rows[0].cells[column].getBoundingClientRect();
      const box = table.parentElement.getBoundingClientRect();
      return box.left <= cell.left && cell.right <= box.right + 1;
    }"""
    for row, column, window in ((3, 3, 24), (0, 0, 6), (1, 2, 13)):
        inspect(element, "input", 4 * row + column)
        for name in ("columns", "products"):
            handle = grid(element, name).element_handle()
            page.wait_for_function(inside, arg=[handle, window])
        assert page.evaluate("scrollY") == at
    window = element.get_by_role("slider", name="window")
    inspect(element, "filters", 0)
    grid(element, "filters").dispatch_event("pointerleave")
    window.evaluate("(slider) => { slider.value = 24; slider.dispatchEvent(new Event('input')); }")
    page.wait_for_function(inside, arg=[grid(element, "columns").element_handle(), 24])


def test_all_columns_fit_where_the_page_is_wide(page, explorer):
    element = show(page, explorer)
    page.add_style_tag(content="body { max-width: 936px !important }")
    for name in ("columns", "products"):
        table = grid(element, name)
        assert numbers(element, name).shape[1] == 25
        over = table.evaluate("({ parentElement: box }) => box.scrollWidth - box.clientWidth")
        assert over <= 0, name


def test_every_window_of_a_padded_picture_can_be_reached(page, explorer):
    element = show(page, explorer)
    window = element.get_by_role("slider", name="window")
    places = grid(element, "input").locator("td, th")
    assert places.count() == 36
    for row, column in np.ndindex(5, 5):
        places.nth(6 * row + column).hover()
        expect(words(element)).to_contain_text(f"Window {5 * row + column + 1} of 25 is column")
        expect(window).to_have_value(str(5 * row + column))
    cell(element, "input", 0, 0).focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(words(element)).to_contain_text("Window 1 of 25 is column 0")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(words(element)).to_contain_text("Window 1 of 25 is column 0")
    page.keyboard.press("Escape")
    element.get_by_role("radio", name="a pixel’s copies").click()
    places.nth(0).hover()
    expect(words(element)).to_have_text("This place stands in 1 column: 0.")


def test_a_finger_reaches_the_padding(browser, explorer):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800}, is_mobile=True)
    element = show(context.new_page(), explorer)
    grid(element, "input").locator("th").nth(3).tap()
    expect(words(element)).to_have_text(
        "Window 4 of 25 is column 3; 2 of its 4 numbers are zeros of the padding."
    )
    context.close()


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_what_the_stride_drops_is_dimmed_and_stays_where_it_was(page, arrangement):
    explorer = Im2colExplorer(arrangement=arrangement, stride=1)
    element = show(page, explorer)
    every = explorer.cols
    element.get_by_role("slider", name="stride").fill("2")
    explorer.stride = 2
    kept = np.zeros((5, 5), bool)
    kept[::2, ::2] = True
    look = "(cells) => cells.map(({ dataset, classList }) => [+dataset.value, classList.contains('dropped')])"
    marks = grid(element, "columns").locator("td").evaluate_all(look)
    drawn, dropped = (np.reshape(part, every.shape[-2:]) for part in zip(*marks, strict=True))
    np.testing.assert_array_equal(drawn, every.reshape(drawn.shape))
    lines = dropped.T if arrangement == "rows" else dropped
    assert (lines == ~kept.ravel()).all()
    compare(element, named("columns", explorer.cols), whole=True, scale=1)
    compare(element, named("products", explorer.products), whole=True, scale=1)
    size = "9 × 4, 16 dropped" if arrangement == "rows" else "4 × 9, 16 dropped"
    expect(element.locator(".cnn-columns-area .cnn-size")).to_have_text(size)
    grid(element, "columns").locator("td.dropped").first.hover()
    line = "row" if arrangement == "rows" else "column"
    expect(words(element)).to_have_text(f"This {line} is dropped: stride 2 passes over its window.")
    element.get_by_role("slider", name="stride").fill("1")
    expect(element.locator("td.dropped")).to_have_count(0)


def test_equal_numbers_have_equal_colours(page):
    x = np.array([[[[0, 9, 3], [3, 0, 9], [9, 3, 6]]]])
    element = show(page, Im2colExplorer(x=x, weight=np.ones((1, 1, 2, 2), int)))
    look = "(cells) => cells.map((cell) => [cell.dataset.value, getComputedStyle(cell).backgroundColor])"
    looks = [
        tuple(one)
        for name in ("input", "columns")
        for one in grid(element, name).locator("td").evaluate_all(look)
    ]
    assert len(set(looks)) == 4


def test_step_play_and_scrub_backwards(clocked):
    element = show(clocked, Im2colExplorer(direction="col2im"))
    window = element.get_by_role("slider", name="window")
    element.get_by_role("button", name="next").click()
    expect(window).to_have_value("1")
    element.get_by_role("button", name="play").click()
    clocked.clock.run_for(1500)
    element.get_by_role("button", name="pause").click()
    reached = int(window.input_value())
    assert reached >= 3
    clocked.clock.run_for(5000)
    expect(window).to_have_value(str(reached))
    window.focus()
    clocked.keyboard.press("End")
    np.testing.assert_array_equal(numbers(element, "counts"), np.full((4, 4), 4))
    expect(words(element)).to_have_text(
        "Column 24 is added now; 25 of 25 are in. 3 of its 4 numbers belong to the padding and are left out."
    )
    cell(element, "sums", 1, 1).hover()
    expect(words(element)).to_have_text("sums[1, 1] has 4 of its 4 copies, from 4 columns: 6, 7, 11, 12.")
    assert "".join(element.locator(".cnn-terms").inner_text().split()) == "sums[1,1]=5+5+5+5=20"


def flying(element):
    return element.evaluate("(el) => el.getAnimations({ subtree: true }).length")


def test_entries_fly_to_their_new_places_from_where_they_stood(page, explorer):
    element = show(page, explorer)
    before = cell(element, "columns", 2, 3).bounding_box()
    # All in one call: on a busy machine a flight of one second is over before the next.
    start = element.evaluate(
        """async (el) => {
          el.model.set('arrangement', 'rows');
          while (!document.querySelector('.cnn-moving')) await new Promise(requestAnimationFrame);
          for (const one of el.getAnimations({ subtree: true })) { one.pause(); one.currentTime = 0; }
          const table = el.querySelector('[aria-label=columns]');
          const { left, top } = table.rows[3].cells[2].getBoundingClientRect();
          return [left + scrollX, top + scrollY];
        }"""
    )
    assert start == pytest.approx([before["x"], before["y"]], abs=1)
    page.keyboard.press("Shift")
    cell(element, "input", 0, 0).click()
    assert flying(element) == 0


def test_nothing_flies_where_motion_is_unwanted(page, explorer):
    page.emulate_media(reduced_motion="reduce")
    element = show(page, explorer)
    element.get_by_role("radio", name="rows").click()
    assert flying(element) == 0
    assert numbers(element, "columns").shape == (25, 4)


def test_controls_choose_what_the_reader_gets(page):
    element = show(page, Im2colExplorer(controls=["arrangement"]))
    expect(element.get_by_role("radio", name="rows")).to_be_visible()
    expect(element.get_by_role("radio", name="add columns back")).to_have_count(0)
    for name in ("stride", "window"):
        expect(element.get_by_role("slider", name=name)).to_have_count(0)
    expect(element.get_by_text("sizes")).to_be_hidden()


def test_reset_brings_the_first_state_back(page, explorer):
    element = show(page, explorer)
    element.get_by_role("radio", name="rows").click()
    element.get_by_role("radio", name="add columns back").click()
    element.get_by_role("slider", name="stride").fill("2")
    element.get_by_role("button", name="reset").click()
    compare(element, {**named("columns", explorer.cols), **maps("output", explorer.output)}, True, 1)


def test_print_shows_the_state_without_the_controls(page, explorer):
    element = show(page, explorer, theme="dark")
    page.emulate_media(media="print")
    expect(grid(element, "columns")).to_be_visible()
    for control in (".cnn-stepper", ".cnn-settings", ".cnn-choice >> nth=0"):
        expect(element.locator(control)).to_be_hidden()
