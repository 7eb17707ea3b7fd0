"""ChannelExplorer, live on a page in a real browser."""

import numpy as np
import pytest
from pages import numbers, put, show
from playwright.sync_api import expect

from cnnbook.data import photo
from cnnbook.widgets import ChannelExplorer

MAPS = """async ({ image, weight, bias, padding }) => {
  const load = cnnbookLoader(window.cnnbookModules);
  const { decode } = await load("shared/arrays.mjs");
  const { channelsOf, featureMap, padded } = await load("channel_explorer/maps.mjs");
  const [kernels, biases] = [weight, bias].map(decode);
  const picture = padded(await channelsOf(image), padding);
  return [...biases.data].map((bias, k) => [...featureMap(picture, kernels, bias, k).plane]);
}"""
SETTINGS = [(3, 3, 1, 0), (3, 6, 3, 1), (4, 4, 2, 2), (2, 4, 2, 0), (1, 2, 1, 1), (4, 8, 1, 0)]


def random_state(rng, C_in, C_out, groups, padding, whole):
    shapes = {"image": (C_in, 7, 9), "weight": (C_out, C_in // groups, 3, 2), "bias": (C_out,)}
    arrays = {
        name: rng.integers(-99, 100, shape) if whole else rng.normal(size=shape)
        for name, shape in shapes.items()
    }
    row, column, k = rng.integers(0, (5, 6, C_out)).tolist()
    return ChannelExplorer(**arrays, groups=groups, padding=padding, row=row, column=column, filter=k)


def maps(page, explorer):
    """Return the feature maps that the front end makes of an explorer's state."""
    planes = page.evaluate(MAPS, explorer.get_state(["image", "weight", "bias", "padding"]))
    return np.reshape(planes, explorer.output.shape)


def check_chain(element, explorer):
    """Hold every number of the chain equal to NumPy's, and return the words."""
    k, row, column = explorer.filter, explorer.row, explorer.column
    seen, K_h, K_w = explorer.weight.shape[1:]
    first = k * explorer.groups // len(explorer.weight) * seen
    edge = (explorer.padding, explorer.padding)
    padded = np.pad(np.asarray(explorer.image), [(0, 0), edge, edge]).astype(float)
    names = ["red", "green", "blue"] if len(padded) == 3 else [f"channel {c}" for c in range(len(padded))]
    sums = []
    for s, name in enumerate(names[first : first + seen]):
        patch = padded[first + s, row : row + K_h, column : column + K_w]
        np.testing.assert_array_equal(numbers(element, f"{name} patch"), patch)
        np.testing.assert_array_equal(numbers(element, f"{name} slice"), explorer.weight[k, s])
        np.testing.assert_array_equal(numbers(element, f"{name} products"), patch * explorer.weight[k, s])
        sums.append((patch * explorer.weight[k, s]).sum())
    shown = [float(one.get_attribute("data-value")) for one in element.locator(".cnn-part:visible").all()]
    np.testing.assert_allclose(shown, sums, rtol=1e-12, atol=1e-13)
    assert numbers(element, "bias")[0, 0] == explorer.bias[k]
    total = float(element.locator(".cnn-total").get_attribute("data-value"))
    assert total == pytest.approx(explorer.output[k, row, column], rel=1e-12, abs=1e-12)
    expect(element.locator(".cnn-addend.cnn-output small")).to_have_text(f"output[{k}, {row}, {column}]")


@pytest.mark.parametrize("setting", SETTINGS)
def test_integers_are_numpys_exactly(page, setting):
    explorer = random_state(np.random.default_rng(1), *setting, whole=True)
    element = show(page, explorer)
    np.testing.assert_array_equal(maps(page, explorer), explorer.output)
    check_chain(element, explorer)


@pytest.mark.parametrize("setting", SETTINGS)
def test_floats_are_numpys(page, setting):
    explorer = random_state(np.random.default_rng(2), *setting, whole=False)
    element = show(page, explorer)
    scale = np.abs(explorer.weight).sum() * np.abs(explorer.image).max()
    np.testing.assert_allclose(maps(page, explorer), explorer.output, rtol=1e-12, atol=1e-14 * scale)
    check_chain(element, explorer)


def test_the_view_follows_python(page):
    explorer = ChannelExplorer()
    element = show(page, explorer)
    check_chain(element, explorer)
    for change in (
        {"groups": 3},
        {"filter": 1, "padding": 1},
        {"row": 0, "column": 47},
        {"bias": [4, 5, -6]},
    ):
        for name, value in change.items():
            setattr(explorer, name, value)
        put(element, explorer)
        check_chain(element, explorer)
    with explorer.hold_trait_notifications():
        explorer.image, explorer.weight = np.ones((4, 6, 6)), np.ones((2, 2, 2, 2))
        explorer.groups = 2
    put(element, explorer)
    expect(element.get_by_role("grid", name="channel 2 patch")).to_be_visible()
    check_chain(element, explorer)


def test_the_pictures_are_the_photo_and_the_maps_around_grey(page):
    explorer = ChannelExplorer()
    element = show(page, explorer)
    read = (
        "(all) => all.map((c) => [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]"
        ".filter((_, i) => i % 4 < 3))"
    )
    pixels = element.locator("canvas").evaluate_all(read)
    np.testing.assert_array_equal(np.reshape(pixels[0], (48, 48, 3)), photo(side=48))
    for values, output in zip(pixels[1:4], explorer.output, strict=True):
        level = np.reshape(values, (46, 46, 3))[..., 0]
        assert (np.sign(level - 127.5) * np.sign(output) >= 0).all()


def test_pointing_at_the_photo_centres_the_window(page):
    element = show(page, ChannelExplorer())
    box = element.get_by_role("application").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 30.5 / 48, box["y"] + box["height"] * 10.5 / 48)
    expect(element.locator(".cnn-words")).to_contain_text("output[0, 9, 29]")
    page.mouse.down()
    page.mouse.up()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    expect(element.locator(".cnn-words")).to_contain_text("output[0, 9, 29]")
    expect(element.locator(".cnn-words")).to_contain_text("Pinned")


def test_pointing_at_a_feature_map_chooses_its_filter(page):
    explorer = ChannelExplorer()
    element = show(page, explorer)
    box = element.locator("figure", has_text="output 2").locator(".cnn-picture").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 20.5 / 46, box["y"] + box["height"] * 40.5 / 46)
    expect(element.locator(".cnn-words")).to_contain_text("output[2, 40, 20]")
    expect(element.get_by_role("tab", name="filter 2")).to_have_attribute("aria-selected", "true")
    explorer.filter, explorer.row, explorer.column = 2, 40, 20
    check_chain(element, explorer)


def test_all_of_it_by_keyboard(page):
    explorer = ChannelExplorer(row=0, column=0)
    element = show(page, explorer)
    page.keyboard.press("Tab")
    expect(element.get_by_role("tab", name="filter 0")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(element.get_by_role("tab", name="filter 2")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(element.get_by_role("tab", name="filter 1")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Tab")
    for key in ("ArrowUp", "ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    expect(element.locator(".cnn-words")).to_contain_text("output[1, 10, 1]")
    page.keyboard.press("Space")
    expect(element.locator(".cnn-words")).to_contain_text("Pinned")
    page.keyboard.press("Escape")
    expect(element.locator(".cnn-words")).not_to_contain_text("Pinned")
    for key in ("Tab", "Tab", "ArrowRight", "5", "Enter"):
        page.keyboard.press(key)
    weight = explorer.weight.copy()
    weight[1, 0, 0, 1] = 5
    explorer.weight, explorer.filter, explorer.row, explorer.column = weight, 1, 10, 1
    check_chain(element, explorer)
    element.get_by_role("grid", name="bias").locator("td").focus()
    page.keyboard.type("-40")
    page.keyboard.press("Enter")
    explorer.bias = [0, -40, 0]
    check_chain(element, explorer)


def test_looking_at_a_cell_lights_its_partners_and_says_the_product(page):
    explorer = ChannelExplorer()
    element = show(page, explorer)
    element.get_by_role("grid", name="green products").locator("td").nth(5).hover()
    expect(element.locator("td.lit")).to_have_count(3)
    pixel = explorer.image[1, explorer.row + 1, explorer.column + 2]
    expect(element.locator(".cnn-words")).to_contain_text(f"green, {pixel} · (−1) = −{pixel}.")


def test_groups_take_slices_away_and_give_them_back(page):
    explorer = ChannelExplorer(filter=1)
    element = show(page, explorer)
    element.get_by_role("radio", name="3: each filter sees one channel").check()
    expect(element.locator(".cnn-unseen-words:visible")).to_have_text(["filter 1 has no slice for it"] * 2)
    expect(element.get_by_role("tab", name="filter 1 sees green", exact=True)).to_be_visible()
    other = ChannelExplorer(groups=1, filter=1)
    other.groups = 3
    check_chain(element, other)
    element.get_by_role("radio", name="1: each filter sees every channel").check()
    check_chain(element, explorer)


def test_a_bad_number_is_refused_in_words(page):
    explorer = ChannelExplorer()
    element = show(page, explorer)
    element.get_by_role("grid", name="red slice").locator("td").first.focus()
    page.keyboard.type("1.2.3")
    page.keyboard.press("Enter")
    expect(element.locator(".cnn-warning")).to_contain_text("“1.2.3” is not a number. The cell keeps 2.")
    page.keyboard.press("Escape")
    check_chain(element, explorer)


def test_the_stepper_and_reset(page):
    explorer = ChannelExplorer(row=3, column=45)
    element = show(page, explorer)
    element.get_by_role("button", name="next").click()
    expect(element.locator(".cnn-words")).to_contain_text("output[0, 4, 0]")
    element.get_by_role("tab", name="filter 2").click()
    element.get_by_role("button", name="reset").click()
    expect(element.locator(".cnn-words")).to_contain_text("output[0, 3, 45]")
    check_chain(element, explorer)


def test_touch_on_a_phone(browser):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    element = show(page, ChannelExplorer())
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    area = element.get_by_role("application")
    box = area.bounding_box()
    page.touchscreen.tap(box["x"] + 0.25 * box["width"], box["y"] + 0.75 * box["height"])
    expect(element.locator(".cnn-words")).to_contain_text("output[0, 35, 11]")
    tops = {
        name: element.get_by_role("grid", name=f"red {name}").bounding_box()["y"]
        for name in ("patch", "slice", "products")
    }
    assert len(set(tops.values())) == 1
    element.get_by_role("tab", name="filter 1").tap()
    expect(element.locator(".cnn-words")).to_contain_text("output[1, 35, 11]")
    element.get_by_role("grid", name="blue slice").locator("td").nth(4).tap()
    expect(element.locator("td.lit")).to_have_count(3)
    context.close()


@pytest.mark.parametrize("width", [936, 390])
def test_a_larger_weight_moves_nothing(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    element = show(page, ChannelExplorer())
    before = element.bounding_box()["height"]
    cell = element.get_by_role("grid", name="blue slice").locator("td").nth(4)
    cell.press("5")
    page.keyboard.press("Enter")
    expect(cell).to_have_attribute("data-value", "5")
    assert element.bounding_box()["height"] == before


@pytest.mark.parametrize("width", [936, 390])
def test_a_sign_stands_before_its_grid(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    element = show(page, ChannelExplorer())
    signs = element.locator(".cnn-channel .cnn-with-sign > .cnn-sign")
    assert signs.count() == 6
    for one in signs.all():
        sign, grid = one.bounding_box(), one.locator("xpath=following-sibling::*[1]").bounding_box()
        assert 0 <= grid["x"] - sign["x"] - sign["width"] < 40
        assert grid["y"] < sign["y"] < grid["y"] + grid["height"]


def test_the_map_of_a_single_filter_is_large_enough_to_point_at(page):
    page.set_viewport_size({"width": 936, "height": 900})
    element = show(page, ChannelExplorer(weight=np.ones((1, 3, 3, 3))))
    outputs = element.locator(".cnn-maps canvas").bounding_box()["width"]
    assert outputs / 46 > 3


@pytest.mark.parametrize("width", [900, 936, 1200])
def test_the_chain_stands_beside_the_pictures(page, width):
    element = show(page, ChannelExplorer())
    element.evaluate("(el, width) => { el.style.width = `${width}px`; }", width)
    pictures, *rows = (
        element.locator(part).bounding_box() for part in (".cnn-views", ".cnn-heads", ".cnn-channel >> nth=0")
    )
    end = pictures["x"] + pictures["width"]
    assert [row["x"] for row in rows if row["x"] < end] == []
    whole = element.bounding_box()
    edge = whole["x"] + whole["width"]
    assert [row for row in rows if row["x"] + row["width"] > edge] == []
