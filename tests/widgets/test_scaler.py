"""The smallest whole widget, which docs/widgets.md shows and a stranger copies."""

import re

import numpy as np
import pytest
import traitlets
from pages import imported, numbers, put, show
from playwright.sync_api import expect
from scaler import Scaler

import book

FOLDER = book.ROOT / "tests/widgets/scaler"


@pytest.mark.parametrize("name", ["__init__.py", "view.mjs"])
def test_the_documentation_shows_the_file_and_it_is_short(name):
    text = (FOLDER / name).read_text("utf-8")
    assert text.count("\n") < 60
    language = {"__init__.py": "python", "view.mjs": "js"}[name]
    assert f"```{language}\n{text}```\n" in (book.ROOT / "docs/widgets.md").read_text("utf-8")


def test_the_documentation_names_files_that_exist():
    for document in ("widgets.md", "architecture.md"):
        text = (book.ROOT / "docs" / document).read_text("utf-8")
        paths = re.findall(r"`(\w[\w.]*/[\w./]*)`", text)
        assert paths
        homes = (book.ROOT, book.ROOT / "cnnbook/widgets")
        assert [path for path in paths if not any((home / path).exists() for home in homes)] == [], document


def test_it_is_refused_in_words():
    with pytest.raises(traitlets.TraitError, match="factor must be a whole number from 0 to 9, got 10"):
        Scaler(factor=10)


def test_its_module_computes_what_numpy_computes(page):
    rng = np.random.default_rng(0)
    states = [(rng.normal(size=6), int(rng.integers(10))) for _ in range(20)]
    show(page, Scaler())
    code = "({ scaled }, states) => states.map(([data, factor]) => scaled(data, factor))"
    results = imported(page, "scaler/view.mjs", code, [[data.tolist(), factor] for data, factor in states])
    for result, (data, factor) in zip(results, states, strict=True):
        np.testing.assert_allclose(result, data * factor, rtol=1e-12)


def test_it_goes_live_follows_and_answers(page):
    element = show(page, widget := Scaler(values=[[1, -2], [3, 4]]))
    np.testing.assert_array_equal(numbers(element, "output"), widget.output)
    put(element, widget := Scaler(values=[[5, 6, 7]], factor=3))
    np.testing.assert_array_equal(numbers(element, "output"), widget.output)
    element.get_by_role("slider", name="factor").fill("9")
    assert element.evaluate("(el) => el.model.get('factor')") == 9
    element.get_by_role("grid", name="output").locator("td").nth(1).click()
    expect(element.locator(".cnn-words")).to_have_text("6 times 9 is 54. Pinned: Escape lets go.")
    element.get_by_role("button", name="reset").click()
    np.testing.assert_array_equal(numbers(element, "output"), [[2, -4], [6, 8]])
