"""NormExplorer, live on a page in a real browser."""

import json

import numpy as np
import pytest
from pages import cell, imported, numbers, put, show, words
from playwright.sync_api import expect

from cnnbook.widgets import NormExplorer

RUNNING = "running mean and variance"


def states(count, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        N = int(rng.integers(2, 9))
        yield NormExplorer(
            values=rng.normal(scale=4, size=(2, N)),
            grad_out=rng.normal(size=(2, N)),
            running=np.stack([rng.normal(size=2), rng.uniform(0, 4, 2)], axis=1),
            scale=int(rng.integers(0, 5)),
            shift=int(rng.integers(-5, 6)),
            training=bool(rng.random() < 0.7),
            mode="backward",
        )


COMPUTE = """({ normalise, back, follow }, states) => states.map(({ values, N, running, grad, kind }) => {
  const [x, r, g] = [values, running, grad].map((data) => Float64Array.from(data));
  const normed = normalise(x, N, r, kind);
  const parts = back(normed, g, kind);
  return [normed.output, parts.gradX, follow(r, normed), parts.itself].map((data) => [...data]);
})"""


@pytest.fixture(scope="module")
def drawn():
    return list(states(60))


def test_its_arithmetic_is_numpys_on_random_states(page, drawn):
    show(page, NormExplorer())
    sent = [
        {
            "values": state.values.ravel().tolist(),
            "N": state.values.shape[1],
            "running": state.running.ravel().tolist(),
            "grad": state.grad_out.ravel().tolist(),
            "kind": {name: getattr(state, name) for name in ("training", "scale", "shift")},
        }
        for state in drawn
    ]
    for state, got in zip(drawn, imported(page, "norm_explorer/norms.mjs", COMPUTE, sent), strict=True):
        size = np.abs(got[3]).max() + 1
        for ours, expected in zip(got, (state.output, state.grad_x, state.followed), strict=False):
            np.testing.assert_allclose(ours, expected.ravel(), rtol=1e-12, atol=1e-12 * size)


def test_the_view_shows_numpys_numbers(page, drawn):
    element = show(page, NormExplorer())
    for state in drawn[:6]:
        put(element, state)
        for name, expected in (("output", state.output), ("input gradient", state.grad_x)):
            np.testing.assert_allclose(numbers(element, name), expected, rtol=1e-9, atol=1e-9, err_msg=name)


def test_a_change_of_one_number_moves_its_channel_and_no_other(page):
    element = show(page, NormExplorer())
    before = numbers(element, "output")
    cell(element, "input", 0, 0).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    after = numbers(element, "output")
    assert (after[0] != before[0]).all()
    np.testing.assert_array_equal(after[1], before[1])
    expect(words(element)).to_contain_text("Channel 0")


def test_running_statistics_move_by_a_button_and_only_in_training(page):
    element = show(page, NormExplorer())
    button = element.get_by_role("button", name="one batch more")
    button.click()
    np.testing.assert_allclose(numbers(element, RUNNING), NormExplorer().followed, rtol=1e-12)
    element.get_by_role("switch", name="training").press("Space")
    expect(button).to_be_disabled()
    stored = json.loads(json.dumps(numbers(element, RUNNING).tolist()))
    evaluated = NormExplorer(running=stored, training=False)
    np.testing.assert_allclose(numbers(element, "output"), evaluated.output, rtol=1e-9)


def test_a_part_that_rounds_to_zero_has_no_sign(page):
    values, grad = [[1, 4, 7, 8], [-2, 0, -1, 3]], [[1e-4, 0, 0, -5e-4], [0, 0, 0, 0]]
    element = show(page, NormExplorer(mode="backward", values=values, grad_out=grad))
    cell(element, "input gradient", 0, 0).focus()
    expect(element.locator(".cnn-terms")).to_contain_text("by the mean 0.000")
    assert "\u22120.000" not in element.locator(".cnn-terms").inner_text()


def test_rounded_numbers_have_a_sign_and_brackets_only_where_they_show_one(page):
    show(page, NormExplorer())
    code = "({ fixedText, inBrackets }, x) => x.map((n) => [fixedText(n, 2), inBrackets(n)])"
    sent = [-0.001, 0.001, -0.006, -1.5, -2, 0]
    assert imported(page, "shared/numbers.mjs", code, sent) == [
        *(["0.00", "0.00"], ["0.00", "0.00"], ["\u22120.01", "(\u22120.01)"]),
        *(["\u22121.50", "(\u22121.50)"], ["\u22122.00", "(\u22122)"], ["0.00", "0"]),
    ]


def test_the_captions_of_the_bars_take_one_line(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    element = show(page, NormExplorer())
    for caption in element.locator(".cnn-norm-histogram small").all():
        assert caption.evaluate("(one) => one.getClientRects().length") == 1


def test_three_parts_are_told_and_a_phone_shows_them(page):
    page.set_viewport_size({"width": 390, "height": 844})
    element = show(page, NormExplorer(mode="backward"))
    cell(element, "input gradient", 0, 2).focus()
    terms = element.locator(".cnn-terms")
    for part in ("itself", "by the mean", "by the variance"):
        expect(terms).to_contain_text(part)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    element.get_by_role("slider", name="pictures").press("End")
    assert numbers(element, "input").shape == (2, 8)
    element.get_by_role("button", name="reset").click()
    assert numbers(element, "input").shape == (2, 4)
    page.set_viewport_size({"width": 1280, "height": 900})
