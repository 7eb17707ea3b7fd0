"""Numbers that a reader types: as people write them, and as Python computes them."""

import math
import random

import pytest
from pages import numbers, show
from playwright.sync_api import expect

from cnnbook.widgets import ConvolutionExplorer
from cnnbook.widgets.frontend import text_of

PARSE = """async ([module, texts, bound, whole]) => {
  const address = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const { parseNumber } = await import(address);
  return texts.map((text) => parseNumber(text, bound, { whole }));
}"""
WRITTEN = {
    "196608": 196608,
    "196 608": 196608,
    "196\u00a0608": 196608,
    "196\u202f608": 196608,
    "196\u2009608": 196608,
    "196,608": 196608,
    "196'608": 196608,
    "196\u2019608": 196608,
    "196_608": 196608,
    "1,234,567": 1234567,
    "1.234.567": 1234567,
    "1 234 567": 1234567,
    "1,234.5": 1234.5,
    "1.234,5": 1234.5,
    "1 234,5": 1234.5,
    "0.111": 0.111,
    "0,111": 0.111,
    ".5": 0.5,
    ",5": 0.5,
    "5.": 5,
    "1,5": 1.5,
    "1234,567": 1234.567,
    "1e-3": 0.001,
    "1e\u22123": 0.001,
    "1E3": 1000,
    "2.5e2": 250,
    "-3": -3,
    "\u22123": -3,
    "\u20133": -3,
    "+3": 3,
    " 3 ": 3,
    "007": 7,
    "-0": 0,
    "1/9": 1 / 9,
    "1 / 9": 1 / 9,
    "-1/9": -1 / 9,
    "256*256*3": 196608,
    "256 x 256 x 3": 196608,
    "256×256×3": 196608,
    "256·256·3": 196608,
    "18 ÷ 4": 4.5,
    "1⁄4": 0.25,
    "2^16": 65536,
    "2**16": 65536,
    "-2^2": -4,
    "2^3^2": 512,
    "2^-1": 0.5,
    "3*3 + 1": 10,
    "(3*3+1)*2": 20,
    "1,000*2": 2000,
    "196 608/3": 65536,
    "0.3/0.1": 3,
}
NONSENSE = [
    *(
        "five",
        "5 windows",
        "1 2",
        "1,23,456",
        "1,234,5",
        "12 34",
        "1'23",
        "1.2.3",
        "1_00",
        "..",
        ".",
        ",",
        "-",
    ),
    *("1e", "e3", "1e5 3", "3-", "*3", "3**", "3//2", "(3", "3)", "()", "(", "3(4)", "1e3.5", "NaN"),
    *("Infinity", "\u221a2", "50%", "a" * 500, "(" * 99, "1 2/3", "(-8)^(1/3)", "3 +", "½"),
]


@pytest.fixture
def parse(page):
    """Return a function that reads texts as the page does."""

    def parse(*texts, bound=1e9, whole=False):
        return page.evaluate(PARSE, [text_of("shared/numbers.mjs"), texts, bound, whole])

    return parse


def test_a_number_is_read_as_people_write_it(parse):
    assert dict(zip(WRITTEN, parse(*WRITTEN), strict=True)) == {
        text: {"value": value} for text, value in WRITTEN.items()
    }


def test_where_a_whole_number_is_asked_for_a_point_may_part_thousands(parse):
    texts = ["196.608", "200.000", "1.5", "0.500", "1.234.567", "196,608", "1234.567", "2.0"]
    assert [found["value"] for found in parse(*texts)] == [
        196.608,
        200,
        1.5,
        0.5,
        1234567,
        196608,
        1234.567,
        2,
    ]
    whole = [found["value"] for found in parse(*texts, whole=True)]
    assert whole == [196608, 200000, 1.5, 0.5, 1234567, 196608, 1234.567, 2]


def test_nonsense_is_refused_in_words(parse):
    for text, found in zip(NONSENSE, parse(*NONSENSE), strict=True):
        short = text if len(text) <= 40 else text[:40] + "…"
        assert found == {"error": f"“{short}” is not a number."}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Type a number."),
        ("  ", "Type a number."),
        ("5/0", "“5/0” divides by zero."),
        ("0/0", "“0/0” divides by zero."),
        ("1/(2-2)", "“1/(2-2)” divides by zero."),
        ("0^-1", "“0^-1” divides by zero."),
        ("1e7", "“1e7” is too large: at most 1,000,000 either way."),
        ("-1000*1001", "“-1000*1001” is too large: at most 1,000,000 either way."),
        ("9e999", "“9e999” is too large: at most 1,000,000 either way."),
        ("9^999", "“9^999” is too large: at most 1,000,000 either way."),
    ],
)
def test_it_says_why(parse, text, reason):
    assert parse(text, bound=1e6) == [{"error": reason}]


def expression(rng, depth):
    """Return a random expression in Python's signs."""
    if depth == 0 or rng.random() < 0.2:
        return rng.choice([str(rng.randint(0, 300)), f"{rng.random():.3f}", f"{rng.randint(1, 9)}e-2"])
    if rng.random() < 0.15:
        return f"-{expression(rng, 0)}"
    if rng.random() < 0.15:
        return f"{rng.randint(1, 9)}**{rng.randint(-3, 3)}"
    left, right = expression(rng, depth - 1), expression(rng, depth - 1)
    inside = f"{left}{rng.choice(['+', '-', '*', '/', ' * ', ' - '])}{right}"
    return f"({inside})" if rng.random() < 0.5 else inside


def test_an_expression_is_what_python_makes_of_it(parse):
    rng = random.Random(0)
    texts = [text for text in (expression(rng, 3) for _ in range(1500)) if len(text) <= 90]
    assert len(texts) > 1000
    for text, found in zip(texts, parse(*texts, bound=1e300), strict=True):
        try:
            expected = float(eval(text))
        except ZeroDivisionError:
            assert "divides by zero" in found["error"]
            continue
        assert math.isclose(found["value"], expected, rel_tol=1e-12, abs_tol=0), text


def test_a_grid_takes_the_same(page):
    explorer = show(page, ConvolutionExplorer())
    cell = explorer.get_by_role("grid", name="kernel").locator("td").first
    for typed, value in (("1/9", 1 / 9), ("256*3", 768), ("\u22123", -3), ("1e-3", 0.001), ("1 234", 1234)):
        cell.focus()
        cell.press("Enter")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(cell).to_be_focused()
        assert numbers(explorer, "kernel")[0, 0] == value


def test_a_grid_refuses_nonsense_in_words_and_loses_nothing(page):
    explorer = show(page, ConvolutionExplorer())
    cell = explorer.get_by_role("grid", name="kernel").locator("td").first
    before = numbers(explorer, "kernel")
    cell.focus()
    cell.press("Enter")
    box = explorer.get_by_role("textbox")
    for typed, reason in (
        ("1/0", "“1/0” divides by zero."),
        ("one", "“one” is not a number."),
        ("", "Type a number."),
    ):
        box.fill(typed)
        box.press("Enter")
        expect(explorer.locator(".cnn-words")).to_have_text(f"{reason} The cell keeps {before[0, 0]:.0f}.")
        expect(box).to_be_focused()
        expect(box).to_have_value(typed)
    box.press("Escape")
    assert (numbers(explorer, "kernel") == before).all()


def test_a_finger_edits_without_a_zoom(browser):
    context = browser.new_context(viewport={"width": 390, "height": 900}, has_touch=True, is_mobile=True)
    page = context.new_page()
    cell = show(page, ConvolutionExplorer()).get_by_role("grid", name="kernel").locator("td").first
    cell.press("Enter")
    expect(page.get_by_role("textbox")).to_have_css("font-size", "16px")
    context.close()
