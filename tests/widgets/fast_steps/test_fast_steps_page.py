"""FastSteps, live on a page in a real browser."""

import numpy as np
import pytest
from pages import cell, drawn_by, grid, imported, numbers, put, show, words
from playwright.sync_api import expect

from cnnbook.widgets import FastSteps
from cnnbook.widgets.fast_steps import WAYS, in_rows


def states(count, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        draw = drawn_by(rng)
        yield FastSteps(
            signal=draw(int(rng.integers(4, 9))),
            kernel=draw(3),
            way=WAYS[rng.integers(2)],
            padded=bool(rng.integers(2)),
        )


@pytest.fixture(scope="module")
def drawn():
    return list(states(80))


COMPUTE = """({ winograd, fourier }, states) => states.map(({ way, x, w, padded }) => {
  const steps = way === "Winograd" ? winograd(x, w) : fourier(x, w, padded);
  return ["signal", "kernel", "products", "output"].map((name) => {
    const { re, im } = steps[name];
    return im ? [re, im] : [re];
  });
})"""


def test_its_arithmetic_is_numpys_on_random_states(page, drawn):
    show(page, FastSteps())
    sent = [
        {"way": one.way, "padded": one.padded, "x": one.signal.tolist(), "w": one.kernel.tolist()}
        for one in drawn
    ]
    for one, rows in zip(drawn, imported(page, "fast_steps/steps.mjs", COMPUTE, sent), strict=True):
        for got, expected in zip(rows, one.steps.values(), strict=True):
            expected = (
                np.stack([expected.real, expected.imag]) if np.iscomplexobj(expected) else expected[None]
            )
            atol = 1e-12 * (np.abs(expected).max() + 1)
            np.testing.assert_allclose(got, expected, rtol=1e-12, atol=atol)


def test_the_view_shows_numpys_numbers(page, drawn):
    element = show(page, FastSteps())
    for one in drawn[:8]:
        put(element, one)
        np.testing.assert_array_equal(numbers(element, "signal"), one.signal[None])
        for name, array in one.steps.items():
            np.testing.assert_allclose(numbers(element, name), in_rows(array), rtol=1e-9, atol=1e-9)


def test_a_number_is_edited_and_every_step_follows(page):
    element = show(page, FastSteps())
    cell(element, "kernel", 0, 1).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("-5")
    page.keyboard.press("Enter")
    expected = FastSteps(kernel=[1, -5, -1])
    for name, array in expected.steps.items():
        np.testing.assert_allclose(numbers(element, name), in_rows(array))


def test_numbers_appear_one_by_one_with_their_formula(page):
    element = show(page, FastSteps(signal=[4, 1, 3, 2], kernel=[1, 2, -1], position=0))
    unmade = element.locator("td.cnn-unmade")
    expect(unmade).to_have_count(4 * 3 + 2 - 1)
    terms = element.locator(".cnn-terms")
    expect(terms).to_have_text("4 − 3 = 1")
    forward = element.get_by_role("button", name="next")
    for _ in range(5):
        forward.click()
    expect(terms).to_have_text("1/2·1 + 1/2·2 + 1/2·(−1) = 1")
    element.get_by_role("slider", name="number", exact=True).press("End")
    expect(unmade).to_have_count(0)
    expect(terms).to_have_text("4 − (−2) + (−1) = 51·1 + 3·2 + 2·(−1) = 5")
    cell(element, "products", 0, 2).hover()
    expect(terms).to_have_text("2 · (−1) = −2")
    expect(words(element)).to_contain_text("One of 4 products. Directly, 2 outputs take 6.")
    expect(grid(element, "transformed signal").locator("td.lit")).to_have_count(1)


def test_what_wraps_is_marked_and_padding_stops_it(page):
    element = show(page, FastSteps(way="FFT", signal=[4, 1, 3, 2], kernel=[1, 2, -1]))
    wrapped = grid(element, "output").locator("td.dropped")
    assert wrapped.all_inner_texts() == ["3", "9"]
    expect(words(element)).to_contain_text("goes on at the beginning: with zeros there it would give 2")
    element.get_by_role("switch", name="two zeros after the signal").press("Space")
    expect(wrapped).to_have_count(0)
    assert numbers(element, "output").shape == (1, 6)
    expect(words(element)).to_contain_text("from place −1 begins 1 before the signal")
    cell(element, "output", 0, 2).hover()
    expect(words(element)).to_contain_text("reaches beyond the end")
    cell(element, "output", 0, 1).hover()
    expect(words(element)).to_contain_text("lies in the signal")


def worth(formula):
    """Return what the left side of a formula comes to, and what it says it does."""
    plain = formula.split(": ")[-1].replace("·", "*").replace("−", "-")
    left, right = plain.rsplit(" = ", 1)
    return eval(left), float(right)


def test_every_number_says_how_it_is_made(page):
    for one in (
        FastSteps(way="FFT"),
        FastSteps(),
        FastSteps(way="FFT", padded=True, signal=[1, 0, 2, 1, 1, 3]),
    ):
        element = show(page, one)
        for name in ("signal", "kernel"):
            grid(element, name).locator("td").last.focus()
            expect(words(element)).to_contain_text(f"of the {name} is")
        for name, array in one.steps.items():
            rows = in_rows(array)
            for place, values in enumerate(rows.T):
                grid(element, name).locator("td").nth(place).focus()
                lines = element.locator(".cnn-terms").inner_text().split("\n")
                if name == "output":  # the last line is the direct way, the others are one formula
                    lines = [" ".join(lines[:-1])]
                for formula, value in zip(lines, values, strict=True):
                    computed, told = worth(formula)
                    assert told == pytest.approx(value, abs=0.00501)
                    assert computed == pytest.approx(value, abs=0.2)  # of rounded numbers


def test_its_size_follows_and_reset_brings_it_back(page):
    page.set_viewport_size({"width": 390, "height": 844})
    element = show(page, FastSteps())
    element.get_by_role("slider", name="numbers").press("End")
    assert numbers(element, "output").shape == (1, 6)
    element.get_by_role("radio", name="FFT").press("Space")
    element.get_by_role("switch").press("Space")
    assert numbers(element, "products").shape == (2, 10)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    element.get_by_role("button", name="reset").click()
    assert numbers(element, "output").shape == (1, 2)
    page.set_viewport_size({"width": 1280, "height": 900})
