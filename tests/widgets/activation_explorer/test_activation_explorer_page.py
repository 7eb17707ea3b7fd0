"""ActivationExplorer, live on a page in a real browser."""

import numpy as np
import pytest
from pages import imported, put, show, words
from playwright.sync_api import expect
from scipy import special

from cnnbook import gelu
from cnnbook.widgets import ActivationExplorer
from cnnbook.widgets.activation_explorer import FACTS, NAMES

X = np.concatenate([np.linspace(-4, 4, 161), np.random.default_rng(0).normal(size=100) * 8, [-40, 40, 0]])


def close(got, expected):
    scale = max(1, np.abs(expected).max())
    np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-13 * scale)


def test_its_functions_are_the_packages(page):
    show(page, ActivationExplorer())
    code = """({ BENDS }, { x, leak }) => Object.fromEntries(Object.entries(BENDS).map(
      ([name, pair]) => [name, pair.map((f) => x.map((one) => f(one, leak)))]))"""
    found = imported(page, "activation_explorer/bends.mjs", code, {"x": X.tolist(), "leak": 0.3})
    assert list(found) == list(NAMES)
    explorer = ActivationExplorer(slope=0.3)
    for name, (values, slopes) in found.items():
        expected = explorer.applied(name, X)
        close(values, expected[0])
        close(slopes, expected[1])


def test_its_error_function_is_scipys(page):
    show(page, ActivationExplorer())
    x = np.concatenate([np.linspace(-6, 26, 641), [-30, 30]])
    found = imported(page, "activation_explorer/erfc.mjs", "({ erfc }, x) => x.map(erfc)", x.tolist())
    np.testing.assert_allclose(found, special.erfc(x), rtol=1e-12)


def test_its_sizes_are_numpys(page):
    show(page, ActivationExplorer())
    states = [
        ActivationExplorer(mode="chain", function=name, initialiser=rule, depth=depth, slope=0.3)
        for name in NAMES
        for rule in FACTS["gains"]
        for depth in (1, 2, 20)
    ]
    sent = [[one.function, one.slope, FACTS["gains"][one.initialiser], one.depth] for one in states]
    code = "({ expectedSizes }, all) => all.map((one) => expectedSizes(...one))"
    found = imported(page, "activation_explorer/bends.mjs", code, sent)
    for state, got in zip(states, found, strict=True):
        np.testing.assert_allclose([got["signal"], got["gradient"]], state.output, rtol=1e-11)


def test_its_maps_and_histograms_are_numpys(page):
    rng = np.random.default_rng(1)
    code = """({ BENDS, edgesOf, histogram }, all) => all.map(({ shape, data, name, gain, bias }) => {
      const edges = edgesOf({ shape, planes: [data] });
      const map = edges.data.map((value) => value * gain + bias);
      const bent = map.map((z) => BENDS[name][0](z, 0.1));
      const counts = [histogram(map), histogram(bent)];
      return { shape: edges.shape, map: [...map], bent: [...bent], counts };
    })"""
    states = [
        ActivationExplorer(
            mode="picture",
            picture=rng.integers(0, 256, (H, W)).astype(np.uint8),
            function=name,
            gain=rng.uniform(0.25, 8),
            bias=rng.uniform(-3, 3),
        )
        for name, (H, W) in zip(NAMES, [(3, 3), (9, 12), (131, 20), (20, 140), (128, 9)] * 2, strict=False)
    ]
    sent = [
        {"shape": one.picture.shape, "data": one.picture.ravel().tolist(), "name": one.function}
        | {"gain": one.gain, "bias": one.bias}
        for one in states
    ]
    show(page, states[0])
    for state, got in zip(states, imported(page, "activation_explorer/bends.mjs", code, sent), strict=True):
        close(np.reshape(got["map"], got["shape"]), state.map)
        close(np.reshape(got["bent"], got["shape"]), state.output)
        assert np.abs(np.array(got["counts"]) - state.histograms).sum() <= 4  # a number on a bin's edge


def table(element, name):
    """Return the numbers of a table that are seen, with all their digits."""
    code = """(table) => [...table.tBodies[0].rows].filter((row) => !row.hidden)
      .map((row) => [...row.cells].filter((cell) => cell.dataset.value && !cell.hidden)
        .map((cell) => Number(cell.dataset.value)))"""
    return np.array(element.get_by_role("table", name=name).evaluate(code))


def test_the_slider_moves_the_point_and_the_tangent(page):
    explorer = ActivationExplorer(function="gelu", compare=["tanh", "leaky_relu"], x=1)
    element = show(page, explorer)
    slider = element.get_by_role("slider", name="x", exact=True)
    slider.press("ArrowRight")
    explorer.x = 1.05
    close(table(element, "value and slope"), explorer.values)
    expect(words(element)).to_have_text(
        f"At 1.05, GELU is {gelu(np.array(1.05)):.3f}, and its slope is {explorer.output[1]:.3f}."
    )
    ends = element.locator(".cnn-tangent").get_attribute("d").replace("L", " ").strip("M").split()
    x0, y0, x1, y1 = map(float, ends)
    assert (y0 - y1) / (x1 - x0) == pytest.approx(explorer.output[1], abs=0.01)
    slider.fill("-4")
    expect(words(element)).to_contain_text("nearly flat")
    element.get_by_role("slider", name="slope of the leak").fill("0.5")
    put_back = ActivationExplorer(function="gelu", compare=["tanh", "leaky_relu"], x=-4, slope=0.5)
    close(table(element, "value and slope"), put_back.values)
    element.get_by_role("button", name="reset").click()
    expect(slider).to_have_value("1")


def test_a_drag_in_either_drawing_moves_the_point(page):
    element = show(page, ActivationExplorer(function="tanh"))
    for name, x in (("the curve of tanh", -2), ("the slope of tanh", 3)):
        box = element.get_by_role("img", name=name).bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * (x + 4) / 8, box["y"] + 60, steps=3)
        page.mouse.up()
        assert float(element.get_by_role("slider", name="x", exact=True).input_value()) == pytest.approx(
            x, abs=0.051
        )
        page.mouse.move(box["x"] + 5, box["y"] + 5)
        assert float(element.get_by_role("slider", name="x", exact=True).input_value()) == pytest.approx(
            x, abs=0.051
        )


def test_at_most_three_others_are_drawn(page):
    element = show(page, ActivationExplorer(compare=["tanh", "elu"]))
    element.get_by_role("checkbox", name="GELU").press("Space")
    assert table(element, "value and slope").shape == (4, 2)
    element.get_by_role("checkbox", name="sigmoid").press("Space")
    expect(words(element)).to_have_text("Not possible: at most 3 others are drawn. Take one away first.")
    expect(element.get_by_role("checkbox", name="sigmoid")).not_to_be_checked()
    element.get_by_role("radio", name="tanh").press("Space")  # the main one is none of the others
    assert table(element, "value and slope").shape == (3, 2)
    expect(element.get_by_role("checkbox", name="tanh")).to_have_count(0)


def test_a_chain_by_keyboard(page):
    element = show(page, ActivationExplorer(mode="chain", function="sigmoid"))
    element.get_by_role("radio", name="the sources'").press("Space")
    element.get_by_role("slider", name="layers").press("ArrowLeft")
    expected = ActivationExplorer(mode="chain", function="sigmoid", initialiser="sqrt_channels", depth=19)
    np.testing.assert_allclose(table(element, "sizes"), expected.output, rtol=1e-11)
    expect(words(element)).to_contain_text("In layer 19 the signal has the size")
    places = element.locator(".cnn-bend-chain .cnn-curve.cnn-back").get_attribute("d").strip("M").split("L")
    heights = [float(place.split()[1]) for place in places]
    np.testing.assert_allclose(heights, 12 + 220 * (0.5 - np.log10(expected.output[1]) / 24), atol=0.051)


def test_a_picture_is_bent(page):
    explorer = ActivationExplorer(mode="picture", function="sigmoid")
    element = show(page, explorer)
    element.get_by_role("slider", name="gain").fill("4")
    element.get_by_role("slider", name="bias").fill("1")
    explorer.gain, explorer.bias = 4, 1
    pixels = """(el) => [...el.querySelectorAll("canvas")].map((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return [canvas.height, canvas.width, [...data].filter((_, k) => k % 4 === 0)];
    })"""
    for (H, W, data), expected in zip(element.evaluate(pixels), (explorer.map, explorer.output), strict=True):
        levels = np.clip(127.5 + expected * 127.5 / 3, 0, 255)
        np.testing.assert_allclose(np.reshape(data, (H, W)), levels, atol=0.501)
    slope = explorer.applied("sigmoid", explorer.map)[1]
    expect(words(element)).to_have_text(
        f"sigmoid makes {np.mean(explorer.output == 0):.0%} of the numbers 0, and is flatter than a "
        f"hundredth at {np.mean(slope < 0.01):.0%} of them. Black is −3, white 3.".replace("%", " %")
    )
    put(element, ActivationExplorer(mode="picture", picture=np.eye(9)))
    expect(element.locator("figcaption").filter(has_text="result")).to_contain_text("7 × 7")


def test_controls_choose_what_the_reader_gets(page):
    element = show(page, ActivationExplorer(controls=["function"]))
    expect(element.get_by_role("radio", name="tanh")).to_be_visible()
    expect(element.get_by_role("slider", name="x", exact=True)).to_be_visible()
    for role, name in (
        ("radio", "many layers"),
        ("checkbox", "tanh"),
        ("slider", "layers"),
        ("slider", "gain"),
    ):
        expect(element.get_by_role(role, name=name)).to_have_count(0)


def test_its_size_stays_while_numbers_change(page):
    page.set_viewport_size({"width": 968, "height": 900})
    for mode, changes in (
        ("curve", [{"x": -3.95}, {"function": "gaussian"}, {"slope": 0.5}]),
        ("chain", [{"initialiser": "sqrt_channels"}, {"depth": 3}, {"function": "sigmoid"}]),
        ("picture", [{"gain": 8}, {"function": "leaky_relu"}]),
    ):
        element = show(page, ActivationExplorer(mode=mode))
        heights = {element.bounding_box()["height"]}
        for change in changes:
            element.evaluate(
                "async (el, change) => { for (const [k, v] of Object.entries(change)) el.model.set(k, v);"
                " await new Promise((done) => setTimeout(done)); }",
                change,
            )
            heights.add(element.bounding_box()["height"])
        assert len(heights) == 1, mode


def test_taps_on_a_narrow_screen(browser):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    element = show(page, ActivationExplorer(function="relu"))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    drawing = element.get_by_role("img", name="the curve of ReLU")
    box = drawing.bounding_box()
    drawing.tap(position={"x": box["width"] * 0.75, "y": 30})
    assert float(element.get_by_role("slider", name="x", exact=True).input_value()) == pytest.approx(
        2, abs=0.051
    )
    element.get_by_role("radio", name="many layers").tap()
    expect(element.get_by_role("img", name="sizes, layer by layer")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


def test_paper_and_forced_colours(page):
    element = show(page, ActivationExplorer(compare=["tanh"]), theme="dark")
    page.emulate_media(media="print")
    expect(element.get_by_role("table", name="value and slope")).to_be_visible()
    for control in (".cnn-settings", ".cnn-choice >> nth=0", ".cnn-foot"):
        expect(element.locator(control)).to_be_hidden()
    page.emulate_media(media="screen", forced_colors="active")
    strokes = element.evaluate(
        """(el) => ["main", "other-0"].map((name) => el.querySelector(`.cnn-curves .cnn-${name}`))
          .map((line) => getComputedStyle(line))
          .map(({ stroke, strokeDasharray }) => [stroke, strokeDasharray])"""
    )
    assert strokes[0] != strokes[1]
    assert strokes[1][1] != "none"
