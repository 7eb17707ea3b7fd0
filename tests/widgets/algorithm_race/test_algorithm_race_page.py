"""AlgorithmRace, live on a page in a real browser."""

import json

import numpy as np
import pytest
from bs4 import BeautifulSoup
from pages import cell, imported, put, show, words
from playwright.sync_api import expect

from cnnbook import fast_length, transform_cost
from cnnbook.widgets import AlgorithmRace
from cnnbook.widgets.algorithm_race import BATCHES, CHANNELS, COUNTS, FACTS, KERNELS, SIZES, STRIDES
from cnnbook.widgets.algorithm_race.copy import short

LAYER = ("kernel", "size", "channels", "filters", "batch", "stride")


def states(count, seed=0):
    rng = np.random.default_rng(seed)
    lists = (KERNELS, SIZES, CHANNELS, CHANNELS, BATCHES, STRIDES)
    for _ in range(count):
        layer = {name: int(rng.choice(values)) for name, values in zip(LAYER, lists, strict=True)}
        if rng.random() < 0.4:
            layer |= {"kernel": 3, "stride": 1}
        yield AlgorithmRace(**layer, count=str(rng.choice(COUNTS)))


@pytest.fixture(scope="module")
def drawn():
    return list(states(300))


COMPUTE = """({ costs, cheapest }, states) => states.map(({ layer, count }) => {
  const all = costs(layer);
  const rows = Object.values(all).map((cost) => cost
    ? [cost.multiplications, cost.additions, cost.memory] : [-1, -1, -1]);
  return [rows, cheapest(all, count)];
})"""


def test_its_counts_are_pythons_exactly(page, drawn):
    show(page, AlgorithmRace())
    sent = [{"layer": {name: getattr(race, name) for name in LAYER}, "count": race.count} for race in drawn]
    for race, (rows, winners) in zip(
        drawn, imported(page, "algorithm_race/costs.mjs", COMPUTE, sent), strict=True
    ):
        assert rows == race.output.tolist(), race
        assert tuple(winners) == race.winners


def test_a_transform_counts_as_in_python(page):
    show(page, AlgorithmRace())
    lengths = [n for n in range(1, 400) if fast_length(n) == n]
    code = """({ transform, fastLength }, lengths) => lengths.map((n) => [fastLength(n),
      ...[[false, false], [false, true], [true, false], [true, true]]
        .map(([real, inverse]) => transform(n, { real, inverse }))])"""
    for n, (length, *ways) in zip(
        lengths, imported(page, "algorithm_race/costs.mjs", code, lengths), strict=True
    ):
        assert length == n
        for way, (real, inverse) in zip(ways, ((0, 0), (0, 1), (1, 0), (1, 1)), strict=True):
            cost = transform_cost(n, bool(real), bool(inverse))
            assert way == [cost.multiplications, cost.additions]


def test_counts_are_written_as_in_python(page):
    rng = np.random.default_rng(0)
    counts = [
        0,
        7,
        999,
        1000,
        9994,
        9995,
        9996,
        99950,
        999499,
        999500,
        *(10 ** rng.uniform(0, 15, 300)).astype(int),
    ]
    counts = [int(count) for count in counts]
    show(page, AlgorithmRace())
    code = "({ short }, [counts, units]) => counts.map((count) => short(count, units))"
    assert imported(page, "algorithm_race/costs.mjs", code, [counts, FACTS["units"]]) == [
        short(count, FACTS["units"]) for count in counts
    ]


def shown(element):
    """Return what stands in the table of counts, with all digits, and in the map."""
    cells = element.locator(".cnn-counts td").evaluate_all(
        "(all) => all.map((td) => td.dataset.value ?? '-1')"
    )
    letters = element.locator(".cnn-winners td").all_inner_texts()
    return np.array([json.loads(value) for value in cells]).reshape(4, 3), letters


COLOURED = "(all) => all.map((bar) => bar.classList.contains('cnn-ranked'))"


def test_the_view_shows_pythons_counts_and_map(page, drawn):
    element = show(page, AlgorithmRace())
    for race in drawn[:6]:
        put(element, race)
        counts, letters = shown(element)
        np.testing.assert_array_equal(counts, race.output)
        expected = ["".join(FACTS["letters"][name] for name in names) for row in race.map for names in row]
        assert letters == expected
        assert element.locator(".cnn-winner th").all_inner_texts() == list(race.winners)
        coloured = element.locator(".cnn-counts i").evaluate_all(COLOURED)
        copy = BeautifulSoup(race.static_html(), "html.parser")
        cells = copy.select(".cnn-counts td")
        assert coloured == ["class" in cell.i.attrs if cell.i else False for cell in cells]
        at = SIZES.index(race.size) * len(KERNELS) + KERNELS.index(race.kernel)
        expect(element.locator(".cnn-winners td").nth(at)).to_have_attribute("aria-selected", "true")
        expect(element.locator(".cnn-here")).to_have_count(1)


def state(element):
    return element.evaluate("(el) => [el.model.get('kernel'), el.model.get('size')]")


def test_a_place_of_the_map_is_pointed_at_clicked_and_keyed(page):
    element = show(page, AlgorithmRace(kernel=3, size=64))
    place = cell(element, "winners", 8, 7)
    place.hover()
    expect(words(element)).to_contain_text("Kernel 15×15, picture 256×256: FFT needs the fewest operations")
    assert state(element) == [3, 64]
    place.click()
    assert state(element) == [15, 256]
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    expect(words(element)).to_contain_text("Kernel 13×13, picture 192×192")
    assert state(element) == [15, 256]
    page.keyboard.press("Enter")
    assert state(element) == [13, 192]
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    assert state(element) == [1, 192]
    expect(words(element)).to_contain_text("direct and im2col tie for the fewest operations")
    element.get_by_role("button", name="reset").click()
    assert state(element) == [3, 64]
    page.mouse.move(0, 0)
    expect(words(element)).to_contain_text("Winograd needs the fewest operations")


def test_sliders_and_the_count_change_the_winner(page):
    element = show(page, AlgorithmRace())
    slider = element.get_by_role("slider", name="kernel size")
    slider.press("End")
    assert slider.get_attribute("aria-valuetext") == "15"
    counts, _ = shown(element)
    np.testing.assert_array_equal(counts, AlgorithmRace(kernel=15).output)
    element.get_by_role("radio", name="memory").press("Space")
    expect(words(element)).to_contain_text("direct holds the least")
    element.get_by_role("slider", name="stride").press("End")
    counts, _ = shown(element)
    np.testing.assert_array_equal(counts, AlgorithmRace(kernel=15, stride=3).output)


def test_only_the_controls_that_are_wanted(page):
    element = show(page, AlgorithmRace(controls=["kernel"]))
    expect(element.get_by_role("slider")).to_have_count(1)
    expect(element.get_by_role("radio")).to_have_count(0)


def test_a_phone_shows_it(page):
    page.set_viewport_size({"width": 390, "height": 844})
    for more in ({"channels": 1}, {"channels": 256, "batch": 64}, {"channels": 64, "kernel": 3, "stride": 2}):
        show(page, AlgorithmRace(**({"kernel": 15, "size": 256, "filters": 256} | more)))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 900})
