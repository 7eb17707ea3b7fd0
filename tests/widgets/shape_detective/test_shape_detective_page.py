"""ShapeDetective, live on a page in a real browser."""

import re

import pytest
from pages import imported, page_of, put, show, words
from playwright.sync_api import expect
from stacks import random_stacks

from cnnbook.widgets import ShapeDetective
from cnnbook.widgets.shape_detective.presets import PRESETS
from cnnbook.widgets.shape_detective.text import NAMES
from cnnbook.widgets.shape_detective.words import KINDS, parse

TEXTS = """(table) => [...table.rows].filter((row) => !row.classList.contains("cnn-editing"))
  .map((row) => [...row.cells].map((cell) => cell.textContent.replace(/[\\s\u2807]+/g, " ").trim()))"""
STATIC = f"""(html) => {{
  const page = new DOMParser().parseFromString(html, "text/html");
  return ({TEXTS})(page.querySelector("table"));
}}"""
SMALL = ["conv4p1", "relu", "maxpool2", "flatten", "linear10"]


def stack(element):
    return element.evaluate("(el) => el.model.get('stack')")


def name(element, place):
    """Return the button that opens a layer; the input is at 0."""
    return element.locator("button.cnn-name").nth(place)


def grip(element, place):
    return element.get_by_role("button", name=re.compile(f"^move layer {place},"))


@pytest.fixture
def detective(page):
    return show(page, ShapeDetective(SMALL, input_shape=(1, 8, 8)))


SWEEP = """async ({ follow }, stacks) => {
  const { parse } = await cnnbookLoader(window.cnnbookModules)("shape_detective/words.mjs");
  return stacks.map(([words, shape]) => follow(words.map(parse), shape));
}"""
EXTREME = [([], (1, 4, 4)), (["conv2048p15", "conv2048k15p7"], (3, 224, 224))]


def test_the_pages_arithmetic_is_pythons(page, detective):
    widgets = [
        ShapeDetective(words, input_shape=shape) for words, shape in EXTREME + random_stacks(80, seed=3)
    ]
    widgets += [ShapeDetective.preset(name) for name in PRESETS]
    stacks = [[widget.stack, widget.input_shape] for widget in widgets]
    for got, widget in zip(imported(page, "shape_detective/rules.mjs", SWEEP, stacks), widgets, strict=True):
        for record, expected in zip(got, widget.table, strict=True):
            for name in expected.keys() - {"layer"}:
                value = expected[name]
                assert record.get(name) == (list(value) if isinstance(value, tuple) else value), (
                    widget,
                    name,
                )


def test_the_page_shows_what_the_static_copy_shows(page):
    widgets = [
        ShapeDetective(words, input_shape=shape) for words, shape in EXTREME + random_stacks(6, seed=4)
    ]
    widgets += [ShapeDetective.preset(name) for name in PRESETS]
    live = show(page, widgets[0])
    for widget in widgets:
        put(live, widget)
        assert live.locator("table").evaluate(TEXTS) == page.evaluate(STATIC, widget.static_html()), widget


def test_the_static_copy_shows_the_exact_numbers(page):
    page.set_content(page_of(widget := ShapeDetective.preset("AlexNet")))
    rows = page.locator("table").evaluate(TEXTS)
    for row, record in zip(rows[2:-1], widget.table, strict=True):
        assert row[2:4] == [f"{record['parameters']:,}", f"{record['multiply_adds']:,}"]
    assert rows[-1][2] == "61,100,840"


def test_a_layer_opens_and_its_settings_change_in_place(detective):
    name(detective, 1).click()
    expect(name(detective, 1)).to_have_attribute("aria-expanded", "true")
    group = detective.get_by_role("group", name="settings of layer 1, convolution")
    for label, value in (("channels", "6"), ("kernel size", "5"), ("padding", "2"), ("stride", "2")):
        group.get_by_label(label).fill(value)
    assert stack(detective)[0] == "conv6k5s2p2"
    group.get_by_label("bias").uncheck()
    group.get_by_label("dilation").fill("2")
    assert stack(detective)[0] == "conv6k5s2p2d2b0"
    expect(detective.get_by_role("row", name=re.compile("6 × 2 × 2"))).not_to_have_count(0)
    name(detective, 1).click()
    expect(group).to_have_count(0)


def test_another_kind_keeps_what_both_have(detective):
    name(detective, 3).click()
    group = detective.get_by_role("group", name=re.compile("settings of"))
    group.get_by_label("stride").fill("1")
    group.get_by_label("layer").select_option("convolution")
    assert stack(detective)[2] == "conv16k2"
    group.get_by_label("layer").select_option("average pooling")
    assert stack(detective)[2] == "avgpool2s1"
    group.get_by_label("layer").select_option("flatten")
    assert stack(detective)[2] == "flatten"


def test_the_inputs_sides(detective):
    name(detective, 0).click()
    group = detective.get_by_role("group", name="settings of the input")
    for label, value in (("channels", "3"), ("height", "12"), ("width", "10")):
        group.get_by_label(label).fill(value)
    assert detective.evaluate("(el) => el.model.get('input_shape')") == [3, 12, 10]
    expect(words(detective)).to_contain_text("5 layers: 3 × 12 × 10 becomes 10")


def test_what_is_no_setting_is_refused_with_the_limits(detective):
    name(detective, 1).click()
    field = detective.get_by_label("kernel size")
    for wrong in ("", "99", "2.5", "-1"):
        field.fill(wrong)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(words(detective)).to_have_text("kernel size must be a whole number from 1 to 15.")
        assert stack(detective) == SMALL
    field.blur()
    expect(field).to_have_value("3")
    expect(words(detective)).to_contain_text("5 layers: 1 × 8 × 8 becomes 10")


def test_an_impossible_layer_says_why_and_the_others_wait(detective):
    name(detective, 1).click()
    detective.get_by_label("kernel size").fill("13")
    reason = "The 13×13 window does not fit on 8×8, 10×10 with its padding: use padding 3 or a 10×10 kernel."
    expect(detective.locator(".cnn-problem")).to_have_text(reason)
    expect(detective.locator(".cnn-waiting")).to_have_count(4)
    expect(words(detective)).to_have_text(f"Layer 1, convolution, is impossible. {reason}")
    detective.get_by_label("padding").fill("3")
    expect(detective.locator(".cnn-problem, .cnn-waiting")).to_have_count(0)


def test_add_and_remove(page, detective):
    name(detective, 2).click()
    add = detective.get_by_role("group", name="add a layer")
    add.get_by_role("button", name="average pooling").click()
    assert stack(detective) == [*SMALL[:2], "avgpool2", *SMALL[2:]]
    expect(words(detective)).to_contain_text("average pooling is layer 3 of 6.")
    expect(detective.get_by_role("group", name="settings of layer 3, average pooling")).to_be_visible()
    detective.get_by_role("button", name="remove").click()
    assert stack(detective) == SMALL
    expect(name(detective, 3)).to_be_focused()
    for _ in range(5):
        name(detective, 1).click()
        detective.get_by_role("button", name="remove").click()
    assert stack(detective) == []
    expect(name(detective, 0)).to_be_focused()
    add.get_by_role("button", name="linear").click()
    assert stack(detective) == ["linear10"]


def test_no_more_than_48_layers(page):
    element = show(page, ShapeDetective(["relu"] * 48))
    element.get_by_role("button", name="+ ReLU").click()
    expect(words(element)).to_have_text("A stack has at most 48 layers.")
    assert len(stack(element)) == 48


BECOME = """({ parse, write, become }, pairs) =>
  pairs.map(([word, kind]) => write(become({ ...parse(word), kind })))"""


def test_a_layer_of_any_kind_becomes_one_of_any_kind(page):
    shortest = {"conv": "conv6", "maxpool": "maxpool2", "avgpool": "avgpool2", "linear": "linear10"}
    words = []
    for kind, settings in KINDS.items():
        rest = "".join(f"{letter}3" for letter, *_ in settings.values() if letter not in ("", "b"))
        words += [shortest.get(kind, kind), shortest.get(kind, kind) + rest]
    pairs = [(word, kind) for word in words for kind in KINDS]
    element = show(page, ShapeDetective(["relu"] * 3))
    results = imported(page, "shape_detective/words.mjs", BECOME, pairs)
    for (word, kind), result in zip(pairs, results, strict=True):
        before, after = parse(word), parse(result)
        assert after["kind"] == kind
        shared = set(before) & set(after) - {"kind"}
        assert {one: after[one] for one in shared} == {one: before[one] for one in shared}
    name(element, 2).click()
    for kind, title in NAMES.items():
        element.get_by_label("layer", exact=True).select_option(title)
        assert parse(stack(element)[1])["kind"] == kind


def test_the_layers_kind_by_keyboard(page, detective):
    name(detective, 2).click()
    choice = detective.get_by_label("layer", exact=True)
    choice.focus()
    for kind in ("tanh", "sigmoid", "gaussian", "flatten", "linear10"):
        page.keyboard.press("ArrowDown")
        expect(choice).to_be_focused()
        assert stack(detective)[1] == kind


def test_reorder_by_the_handle(page, detective):
    grip(detective, 2).focus()
    page.keyboard.press("ArrowDown")
    assert stack(detective) == ["conv4p1", "maxpool2", "relu", "flatten", "linear10"]
    expect(grip(detective, 3)).to_be_focused()
    page.keyboard.press("Control+ArrowUp")
    assert stack(detective) == ["conv4p1", "maxpool2", "relu", "flatten", "linear10"]


def test_reorder_by_keyboard(page, detective):
    name(detective, 2).focus()
    page.keyboard.press("Alt+ArrowDown")
    assert stack(detective) == ["conv4p1", "maxpool2", "relu", "flatten", "linear10"]
    expect(name(detective, 3)).to_be_focused()
    expect(words(detective)).to_contain_text("ReLU is now layer 3 of 5.")
    expect(detective.locator("[aria-live=polite]")).to_contain_text("ReLU is now layer 3 of 5.")
    for _ in range(3):
        page.keyboard.press("Alt+ArrowUp")
    assert stack(detective) == ["relu", "conv4p1", "maxpool2", "flatten", "linear10"]
    expect(name(detective, 1)).to_be_focused()


def test_arrows_go_from_layer_to_layer_and_change_nothing(page, detective):
    name(detective, 0).focus()
    for place in (1, 2, 3, 4, 5, 5):
        page.keyboard.press("ArrowDown")
        expect(name(detective, place)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+ArrowUp")
    expect(name(detective, 4)).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    name(detective, 0).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(name(detective, 0)).to_be_focused()
    assert stack(detective) == SMALL


def test_escape_closes_the_settings(page, detective):
    name(detective, 3).click()
    detective.get_by_label("stride").fill("99")
    page.keyboard.press("Escape")
    expect(name(detective, 3)).to_be_focused()
    expect(detective.get_by_role("group", name=re.compile("settings of"))).to_have_count(0)
    assert stack(detective) == SMALL
    expect(words(detective)).to_contain_text("5 layers")


def test_reorder_by_buttons(page, detective):
    name(detective, 3).click()
    up, down = (detective.get_by_role("button", name=f"move {way}", exact=True) for way in ("up", "down"))
    up.press("Enter")
    assert stack(detective) == ["conv4p1", "maxpool2", "relu", "flatten", "linear10"]
    expect(up).to_be_focused()
    expect(detective.get_by_role("group", name="settings of layer 2, max pooling")).to_be_visible()
    up.press("Enter")
    up.press("Enter")
    expect(up).to_have_attribute("aria-disabled", "true")
    assert stack(detective)[0] == "maxpool2"
    down.click()
    assert stack(detective) == ["conv4p1", "maxpool2", "relu", "flatten", "linear10"]


@pytest.mark.parametrize(
    ("opened", "start", "end", "then"), [(3, 1, 5, 2), (3, 5, 1, 4), (3, 4, 5, 3), (3, 3, 1, 1)]
)
def test_the_open_layer_stays_open_when_others_move(page, detective, opened, start, end, then):
    name(detective, opened).click()
    grip(detective, start).focus()
    for _ in range(abs(end - start)):
        page.keyboard.press("ArrowDown" if end > start else "ArrowUp")
    expect(detective.get_by_role("group", name=f"settings of layer {then}, max pooling")).to_be_visible()


def middle(place):
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_drag_by_mouse(page, detective):
    page.mouse.move(*middle(grip(detective, 1)))
    page.mouse.down()
    x, y = middle(grip(detective, 3))
    page.mouse.move(x, y + 4, steps=4)
    expect(detective.locator("tr.cnn-below")).to_contain_text("max pooling")
    page.mouse.up()
    assert stack(detective) == ["relu", "maxpool2", "conv4p1", "flatten", "linear10"]
    expect(detective.locator(".cnn-dragged, .cnn-above, .cnn-below")).to_have_count(0)
    page.mouse.move(*middle(grip(detective, 5)))
    page.mouse.down()
    x, y = middle(grip(detective, 2))
    page.mouse.move(x, y - 4, steps=4)
    page.mouse.up()
    assert stack(detective) == ["relu", "linear10", "maxpool2", "conv4p1", "flatten"]


def test_escape_gives_a_drag_up(page, detective):
    page.mouse.move(*middle(grip(detective, 1)))
    page.mouse.down()
    page.mouse.move(*middle(grip(detective, 4)), steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert stack(detective) == SMALL


@pytest.mark.parametrize("moves", [0, 3])
def test_a_layer_that_goes_while_it_is_dragged_is_let_go(page, detective, moves):
    page.mouse.move(*middle(grip(detective, 5)))
    page.mouse.down()
    page.mouse.move(*middle(grip(detective, 4)), steps=3)
    put(detective, ShapeDetective(["relu", "tanh"], input_shape=(1, 8, 8)))
    for step in range(moves):
        page.mouse.move(300, 100 + 30 * step)
    page.mouse.up()
    assert stack(detective) == ["relu", "tanh"]
    expect(detective.locator(".cnn-dragged, .cnn-above, .cnn-below")).to_have_count(0)


def test_drag_by_finger(browser):
    context = browser.new_context(viewport={"width": 390, "height": 900}, has_touch=True, is_mobile=True)
    page = context.new_page()
    element = show(page, ShapeDetective(SMALL, input_shape=(1, 8, 8)))
    session = context.new_cdp_session(page)
    x, start = middle(grip(element, 1))
    _, end = middle(grip(element, 3))

    def touch(kind, *places):
        points = [{"x": x, "y": y} for y in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", start)
    for part in range(1, 6):
        touch("touchMove", start + (end + 6 - start) * part / 5)
    touch("touchEnd")
    expect(words(element)).to_contain_text("convolution is now layer 3 of 5.")
    assert stack(element) == ["relu", "maxpool2", "conv4p1", "flatten", "linear10"]
    context.close()


def test_a_preset_and_back(detective):
    for title, text in PRESETS.items():
        detective.get_by_role("radio", name=title).click()
        assert stack(detective) == text.split(",")[1:]
        expect(detective.get_by_role("radio", name=title)).to_be_checked()
    name(detective, 1).click()
    detective.get_by_label("channels").fill("65")
    expect(detective.locator("input[type=radio]:checked")).to_have_count(0)


def test_reset_is_the_way_back(page, detective):
    detective.get_by_role("radio", name="AlexNet").click()
    name(detective, 0).click()
    detective.get_by_label("height").fill("99")
    detective.get_by_role("button", name="reset").click()
    assert stack(detective) == SMALL
    assert detective.evaluate("(el) => el.model.get('input_shape')") == [1, 8, 8]
    expect(detective.get_by_role("group", name=re.compile("settings of"))).to_have_count(0)
    expect(words(detective)).to_contain_text("5 layers: 1 × 8 × 8 becomes 10")
    expect(detective.get_by_role("button", name="reset")).to_be_focused()


def test_by_keyboard_alone(page, detective):
    detective.get_by_role("radio").first.focus()
    for place in range(len(SMALL) + 1):
        page.keyboard.press("Tab")
        expect(name(detective, place)).to_be_focused()
    for _ in range(len(SMALL) - 1):
        page.keyboard.press("Shift+Tab")
    expect(name(detective, 1)).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(detective.get_by_label("channels")).to_be_focused()
    page.keyboard.press("ArrowUp")
    assert stack(detective)[0] == "conv5p1"


@pytest.mark.parametrize("width", [1280, 720, 390])
@pytest.mark.parametrize("preset", ["LeNet-5", "VGG-16 features", None])
def test_nothing_is_cut_off(page, width, preset):
    page.set_viewport_size({"width": width, "height": 900})
    wrong = ShapeDetective(["conv8k7", "maxpool3p1", "conv24k15d2", "relu"], input_shape=(3, 33, 29))
    element = show(page, ShapeDetective.preset(preset) if preset else wrong)
    name(element, 1).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    out = "(e) => e.getBoundingClientRect().right > innerWidth || e.scrollWidth > e.clientWidth + 1"
    parts = "[...el.querySelectorAll('p:not(.cnn-unseen), td, th, .cnn-fields, .cnn-head')]"
    outside = f"(el) => {parts}.filter((e) => !e.closest('thead')).filter({out}).map((e) => e.outerHTML)"
    assert element.evaluate(outside) == []


def test_paper_shows_the_stack_without_controls(page, detective):
    name(detective, 1).click()
    page.emulate_media(media="print")
    expect(detective.get_by_role("table")).to_be_visible()
    for hidden in (
        detective.get_by_label("channels"),
        detective.get_by_role("group", name="add a layer"),
        grip(detective, 1),
    ):
        expect(hidden).to_be_hidden()


@pytest.fixture
def at(page, tmp_path):
    """Return a function that opens a page of its own with a certain end of its address."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def open_at(fragment, *widgets):
        path = tmp_path / "page.html"
        path.write_text(page_of(*(widgets or [ShapeDetective(SMALL, input_shape=(1, 8, 8))])), "utf-8")
        page.goto("about:blank")
        page.goto(path.as_uri() + fragment)
        elements = page.locator(".cnnbook-widget[data-ready]")
        expect(elements).to_have_count(max(1, len(widgets)))
        return elements

    return open_at


def fragment(page):
    return page.evaluate("location.hash")


def test_the_address_holds_what_the_reader_made_and_brings_it_back(page, at):
    element = at("#some-heading")
    assert fragment(page) == "#some-heading"
    name(element, 3).click()
    element.get_by_role("button", name="remove").click()
    made = "#detective=1x8x8,conv4p1,relu,flatten,linear10"
    assert fragment(page) == made
    element = at(made)
    assert stack(element) == ["conv4p1", "relu", "flatten", "linear10"]
    expect(words(element)).to_contain_text(
        "This stack comes from the address. 4 layers: 1 × 8 × 8 becomes 10"
    )
    expect(element).to_be_in_viewport()


def test_the_reader_goes_to_another_address(page, at):
    element = at("")
    page.evaluate("location.hash = 'detective=3x9x9,maxpool3'")
    expect(words(element)).to_contain_text("1 layer: 3 × 9 × 9 becomes 3 × 3 × 3")
    assert stack(element) == ["maxpool3"]
    page.evaluate("location.hash = 'a-heading'")
    page.evaluate("new Promise((done) => setTimeout(done))")
    assert stack(element) == ["maxpool3"]


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "1x8x8,conv",
        "1x8,relu",
        "0x8x8,relu",
        "1x8x8,constructor",
        "1x8x8,relu,%ff",
        "1x8x8," + "relu," * 60,
    ],
)
def test_an_address_that_makes_no_sense_is_ignored_with_a_note(page, at, bad):
    element = at(f"#detective={bad}")
    assert stack(element) == SMALL
    expect(words(element)).to_contain_text(
        "The address holds no stack that can be read; this one stays. 5 layers"
    )
    grip(element, 1).press("ArrowDown")
    assert fragment(page) == "#detective=1x8x8,relu,conv4p1,maxpool2,flatten,linear10"


def test_two_on_a_page_share_the_address(page, at):
    two = [ShapeDetective(SMALL, input_shape=(1, 8, 8)), ShapeDetective(["relu"], input_shape=(1, 4, 4))]
    elements = at("", *two)
    elements.nth(1).get_by_role("button", name="+ flatten").click()
    assert fragment(page) == "#detective-2=1x4x4,relu,flatten"
    elements.nth(0).get_by_role("radio", name="digit network").click()
    both = fragment(page)
    assert both == f"#detective-2=1x4x4,relu,flatten&detective={PRESETS['digit network']}"
    elements = at(both, *two)
    assert stack(elements.nth(0)) == PRESETS["digit network"].split(",")[1:]
    assert stack(elements.nth(1)) == ["relu", "flatten"]


def test_reset_takes_the_stack_out_of_the_address(page, at):
    two = [ShapeDetective(SMALL, input_shape=(1, 8, 8)), ShapeDetective(["relu"], input_shape=(1, 4, 4))]
    elements = at("#detective=3x9x9,maxpool3&detective-2=1x5x5,tanh", *two)
    elements.nth(0).get_by_role("button", name="reset").click()
    assert stack(elements.nth(0)) == SMALL
    assert fragment(page) == "#detective-2=1x5x5,tanh"
    elements.nth(1).get_by_role("button", name="reset").click()
    assert stack(elements.nth(1)) == ["relu"]
    assert fragment(page) == ""
    assert page.url.endswith("page.html")


def test_copy_the_link(page, at):
    element = at("")
    element.get_by_role("button", name="copy link").click()
    expect(words(element)).to_have_text(re.compile("copied|copy it from the address bar"))
    assert fragment(page) == "#detective=1x8x8,conv4p1,relu,maxpool2,flatten,linear10"


def test_a_notebook_has_no_link_and_keeps_its_address(page):
    page.set_content("<main></main>")
    page.evaluate(
        """async ([module, state]) => {
          const blob = new Blob([module], { type: "text/javascript" });
          const widget = (await import(URL.createObjectURL(blob))).default;
          const nothing = () => {};
          const set = (name, value) => { state[name] = value; };
          const model = { get: (name) => state[name], set, save_changes: nothing, on: nothing, off: nothing };
          const el = document.createElement("div");
          await widget.render({ model, el });
          document.querySelector("main").append(el);
        }""",
        [ShapeDetective._esm, (widget := ShapeDetective(SMALL)).get_state(widget.state_names())],
    )
    element = page.locator(".cnnbook-widget[data-ready]")
    element.get_by_role("button", name="+ linear").click()
    expect(element.locator("tfoot")).to_contain_text("10")
    expect(element.get_by_role("button", name="copy link")).to_be_hidden()
    assert fragment(page) == ""


def test_without_colours_of_ours_a_drag_and_the_drawings_are_seen(page, detective):
    page.emulate_media(forced_colors="active")
    detective.get_by_role("radio", name="AlexNet").click()
    expect(detective.locator(".cnn-choice input:checked + span")).to_have_css("outline-style", "solid")
    put(detective, ShapeDetective(SMALL, input_shape=(1, 8, 8)))
    canvas = detective.evaluate("(el) => getComputedStyle(el).backgroundColor")
    for drawing in (".cnn-box[style]", ".cnn-bar[style]"):
        colours = detective.locator(drawing).evaluate_all(
            "(all) => all.map((e) => getComputedStyle(e).backgroundColor)"
        )
        assert colours
        assert canvas not in colours
    page.mouse.move(*middle(grip(detective, 1)))
    page.mouse.down()
    x, y = middle(grip(detective, 3))
    page.mouse.move(x, y + 4, steps=4)
    expect(detective.locator("tr.cnn-below")).to_have_css("border-bottom-width", "3px")
    expect(detective.locator("tr.cnn-dragged")).to_have_css("outline-style", "dashed")
    page.mouse.up()
    name(detective, 3).click()
    field = detective.get_by_label("kernel size")
    field.fill("99")
    expect(field).to_have_css("border-top-style", "dashed")


def test_a_finger_types_without_a_zoom(browser):
    context = browser.new_context(viewport={"width": 390, "height": 900}, has_touch=True, is_mobile=True)
    page = context.new_page()
    element = show(page, ShapeDetective(SMALL, input_shape=(1, 8, 8)))
    name(element, 1).tap()
    for field in (element.get_by_label("channels"), element.get_by_label("layer", exact=True)):
        expect(field).to_have_css("font-size", "16px")
    context.close()
