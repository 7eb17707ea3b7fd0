"""DropoutExplorer, in Python and live on a page."""

import numpy as np
import pytest
import traitlets
from pages import cell, imported, numbers, put, show, words
from playwright.sync_api import expect

from cnnbook.widgets import DropoutExplorer
from cnnbook.widgets.dropout_explorer import uniform


def test_its_draws_are_evenly_spread():
    drawn = uniform(np.arange(1, 1000), 64)
    counts, _ = np.histogram(drawn, bins=10, range=(0, 1))
    assert np.abs(counts / drawn.size - 0.1).max() < 0.005
    assert np.abs(np.corrcoef(drawn[:, :6].T) - np.eye(6)).max() < 0.12
    assert np.abs(np.corrcoef(drawn[:-1, 0], drawn[1:, 0])[0, 1]) < 0.12


def test_the_mean_comes_close_to_the_input():
    explorer = DropoutExplorer(draw=999, tenths=5)
    np.testing.assert_allclose(explorer.mean, explorer.values, rtol=0.12)
    explorer.training = False
    np.testing.assert_array_equal(explorer.output, explorer.values)
    with pytest.raises(traitlets.TraitError):
        explorer.tenths = 10


def test_it_draws_numpys_numbers_on_random_states(page):
    element = show(page, DropoutExplorer())
    rng = np.random.default_rng(0)
    code = "({ uniform }, pairs) => pairs.map(([draw, place]) => uniform(draw, place))"
    pairs = [(int(d), int(k)) for d, k in rng.integers((1, 0), (1000, 64), (200, 2))]
    got = imported(page, "dropout_explorer/masks.mjs", code, pairs)
    np.testing.assert_array_equal(got, [uniform(draw, 64)[place] for draw, place in pairs])
    for _ in range(8):
        draw, tenths = (int(n) for n in rng.integers((1, 0), (300, 10)))
        state = DropoutExplorer(
            values=rng.normal(size=(2, 4)), draw=draw, tenths=tenths, training=bool(rng.random() < 0.8)
        )
        put(element, state)
        shown = {"output": state.output, "mean of all draws": state.mean, "input gradient": state.grad_x}
        for name, expected in shown.items():
            np.testing.assert_allclose(numbers(element, name), expected, rtol=1e-12, atol=1e-12, err_msg=name)


def test_the_keyboard_draws_and_looks(page):
    page.set_viewport_size({"width": 390, "height": 844})
    element = show(page, DropoutExplorer())
    cell(element, "output", 0, 0).focus()
    expect(words(element)).to_contain_text("over 1 draw is")
    element.get_by_role("button", name="draw again").press("Enter")
    expect(element.get_by_role("slider", name="draw")).to_have_value("2")
    np.testing.assert_array_equal(numbers(element, "output"), DropoutExplorer(draw=2).output)
    cell(element, "output", 0, 0).focus()
    expect(words(element)).to_contain_text("over 2 draws")
    element.get_by_role("switch", name="training").press("Space")
    np.testing.assert_array_equal(numbers(element, "output"), numbers(element, "input"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 900})
