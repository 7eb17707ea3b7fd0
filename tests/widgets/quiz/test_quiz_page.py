"""Quiz, live on a page in a real browser."""

import json
import re
from pathlib import Path

import pytest
from pages import page_of, put, show
from playwright.sync_api import expect

from cnnbook.widgets import Quiz
from cnnbook.widgets.quiz import questions
from cnnbook.widgets.quiz.questions import is_right, load_questions

CHAPTER = "01_convolution"
INNER = "(all) => all.map((element) => element.innerHTML)"
ONE, SEVERAL, NUMBER = "shape-of-a-photo", "keeps-brightness", "size-of-the-output"


@pytest.fixture(autouse=True)
def sample(monkeypatch):
    """Ask questions of the tests' own: eight of all kinds, whatever a chapter asks."""
    monkeypatch.setattr(questions, "QUIZZES", Path(__file__).parent / "sample")


def answers(element):
    return element.evaluate("(el) => el.model.get('answers')")


def question(element, place):
    return element.locator("fieldset").nth(place)


@pytest.fixture
def quiz(page):
    return show(page, Quiz(CHAPTER))


@pytest.fixture
def guess(page):
    return show(page, Quiz(CHAPTER, question="how-many-windows"))


def test_a_question_is_a_group_with_its_text_for_a_name(quiz):
    for place, one in enumerate(load_questions(CHAPTER)["quiz"], 1):
        name = re.sub("[`*]", "", f"{place}. {one['ask']}")
        expect(quiz.get_by_role("group", name=name, exact=True)).to_have_count(1)


def test_each_answer_has_its_feedback(quiz):
    group = question(quiz, 0)
    for answer, letter in zip(load_questions(CHAPTER)["quiz"][0]["answers"], "abcd", strict=True):
        group.get_by_role("radio").nth("abcd".index(letter)).check()
        word = "Right." if answer["right"] else "Not quite."
        expect(group.locator(".cnn-feedback:visible")).to_have_text(f"{word} {answer['feedback']}")
        assert answers(quiz) == {ONE: letter}


def test_feedback_stands_right_below_the_chosen_answer(quiz):
    chosen = question(quiz, 0).get_by_text("(3, 100, 200)")
    chosen.click()
    above, below = (
        place.bounding_box() for place in (chosen, question(quiz, 0).locator(".cnn-feedback:visible"))
    )
    assert 0 <= below["y"] - above["y"] - above["height"] < 12


def test_several_answers_tell_how_far_you_are(quiz):
    group = question(quiz, 2)
    boxes = group.get_by_role("checkbox")
    hint = group.locator(".cnn-hint")
    expect(hint).to_have_text("Choose all that are right.")
    for index, text in ((0, "There are more."), (1, "Not all of your choices are right.")):
        boxes.nth(index).check()
        expect(hint).to_have_text(text)
    expect(group.locator(".cnn-feedback:visible")).to_have_count(2)
    boxes.nth(1).uncheck()
    boxes.nth(2).check()
    boxes.nth(4).check()
    expect(hint).to_have_text("Those are all.")
    assert answers(quiz) == {SEVERAL: ["a", "c", "e"]}
    for index in (0, 2, 4):
        boxes.nth(index).uncheck()
    assert answers(quiz) == {}


def test_a_number_typical_wrong_or_any_other_or_right(guess):
    box = guess.get_by_role("textbox", name="your number")
    for typed, start in (
        ("4", "Not quite. 7 − 3 is"),
        ("100", "Not quite. Slide three"),
        ("5", "Right. The kernel"),
    ):
        box.fill(typed)
        guess.get_by_role("button", name="check").click()
        expect(guess.locator(".cnn-feedback:visible")).to_contain_text(start)
        assert answers(guess) == {"how-many-windows": int(typed)}
    expect(guess.get_by_text("show the answer")).to_be_hidden()


def test_nonsense_is_no_answer(page, guess):
    box = guess.get_by_role("textbox")
    for typed, reason in (
        ("five", "“five” is not a number."),
        ("", "“” is not a number."),
        ("5/0", "“5/0” is"),
    ):
        box.fill(typed)
        box.press("Enter")
        expect(guess.locator(".cnn-feedback:visible")).to_contain_text(reason)
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(box).to_be_focused()
    assert answers(guess) == {}
    box.fill("5")
    box.press("Enter")
    expect(box).to_have_attribute("aria-invalid", "false")
    expect(guess.locator(".cnn-feedback:visible")).to_contain_text("Right.")


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("box-blur-weight", "1/9", 1 / 9),
        ("box-blur-weight", ".11", 0.11),
        ("box-blur-weight", "0,111", 0.111),
        ("pixels-in-a-photo", "196,608", 196608),
        ("pixels-in-a-photo", " 200000 ", 200000),
        ("one-window", "-9", -9),
        ("one-window", "\u22129", -9),
    ],
)
def test_a_number_may_be_written_in_several_ways(page, name, typed, value):
    element = show(page, Quiz(CHAPTER, question=name))
    element.get_by_role("textbox").fill(typed)
    page.keyboard.press("Enter")
    expect(element.locator(".cnn-feedback:visible")).to_contain_text("Right.")
    assert answers(element) == {name: value}


def test_the_page_judges_as_python_does(page, quiz):
    state = Quiz(CHAPTER)
    for one in state.questions:
        letters = "abcdefgh"[: len(one["answers"])]
        if one["kind"] == "number":
            tries = [answer["number"] + shift for answer in one["answers"] for shift in (0, 0.25, -1000)]
        elif one["kind"] == "one":
            tries = list(letters)
        else:
            tries = [
                [a for i, a in enumerate(letters) if bits >> i & 1] for bits in range(1, 2 ** len(letters))
            ]
        for answer in tries:
            state.answers = {one["id"]: answer}
            put(quiz, state)
            right = int(is_right(one, answer))
            assert state.output.right == right
            assert quiz.locator(".cnn-words").text_content() == f"{right} of 8 right.", (one["id"], answer)


def test_the_words_of_the_copy_are_the_words_of_the_live_quiz(page):
    widgets = [Quiz(CHAPTER)] + [
        Quiz(CHAPTER, question=one["id"]) for one in load_questions(CHAPTER)["predict"]
    ]
    context = page.context.browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.set_content(page_of(*widgets))
    live = show(page, *widgets)
    for index in range(len(widgets)):
        copy = still.locator(".cnnbook-widget").nth(index)
        for selector in (".cnn-ask", ".cnn-answers .cnn-feedback", ".cnn-stage"):
            words, same = (place.locator(selector).evaluate_all(INNER) for place in (copy, live.nth(index)))
            assert words == same
    context.close()


def test_the_copy_works_without_javascript(page):
    context = page.context.browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.set_content(page_of(Quiz(CHAPTER), Quiz(CHAPTER, question="how-many-windows")))
    expect(still.locator(".cnn-feedback:visible")).to_have_count(0)
    still.get_by_text("(100, 200)", exact=True).click()
    expect(still.locator(".cnn-feedback:visible")).to_have_text(
        re.compile("^Not quite. That is a grey picture")
    )
    still.get_by_text("show the answer").last.click()
    expect(still.get_by_text("4? 7 − 3 is how many steps")).to_be_visible()
    context.close()


def test_by_keyboard_alone(page, quiz):
    radios = question(quiz, 0).get_by_role("radio")
    page.keyboard.press("Tab")
    expect(radios.nth(0)).to_be_focused()
    assert answers(quiz) == {}
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(radios.nth(1)).to_be_focused()
    assert answers(quiz) == {ONE: "b"}
    page.keyboard.press("Enter")
    expect(radios.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(quiz.get_by_role("textbox").first).to_be_focused()
    page.keyboard.type("24")
    page.keyboard.press("Enter")
    expect(quiz.get_by_role("textbox").first).to_be_focused()
    assert answers(quiz) == {ONE: "b", NUMBER: 24}
    again = quiz.get_by_role("button", name="start again")
    again.focus()
    page.keyboard.press("Enter")
    expect(again).to_be_focused()
    assert answers(quiz) == {}


def test_no_form_leaves_the_page(page, quiz):
    page.evaluate("addEventListener('submit', (event) => { window.stayed = event.defaultPrevented; })")
    for form in quiz.locator("form").all():
        page.evaluate("window.stayed = null")
        form.evaluate("(form) => form.requestSubmit()")
        assert page.evaluate("window.stayed") is True


def test_arrow_keys_stay_with_the_radio_buttons(quiz):
    for control in quiz.locator("input, button, summary").all():
        expect(control).to_have_attribute("data-lm-suppress-shortcuts", "true")


def test_start_again_clears_everything(quiz):
    question(quiz, 0).get_by_role("radio").nth(1).check()
    boxes = quiz.get_by_role("textbox")
    boxes.nth(0).fill("24")
    boxes.nth(0).press("Enter")
    boxes.nth(1).fill("not checked")
    expect(quiz.locator(".cnn-words")).to_have_text("1 of 8 right.")
    quiz.get_by_role("button", name="start again").click()
    expect(quiz.locator(".cnn-words")).to_have_text("0 of 8 right.")
    expect(quiz.locator(".cnn-feedback:visible")).to_have_count(0)
    expect(quiz.locator("input:checked")).to_have_count(0)
    assert [box.input_value() for box in boxes.all()] == ["", ""]


def test_the_feedback_is_spoken(quiz):
    voice = quiz.locator("[aria-live=polite]")
    expect(voice).to_have_text("")
    question(quiz, 0).get_by_role("radio").nth(2).check()
    expect(voice).to_have_text(re.compile(r"^Right\. Rows first, .* 1 of 8 right\.$"))
    question(quiz, 2).get_by_role("checkbox").nth(0).check()
    expect(voice).to_have_text(re.compile(r"^Right\. The sum is one\. .* There are more\. 1 of 8 right\.$"))


def test_two_quizzes_on_a_page_do_not_mix(page):
    elements = show(page, *(Quiz(CHAPTER, question=ONE) for _ in range(2)))
    elements.nth(0).get_by_role("radio").nth(0).check()
    elements.nth(1).get_by_role("radio").nth(1).check()
    expect(elements.nth(0).get_by_role("radio").nth(0)).to_be_checked()
    expect(elements.nth(0).get_by_role("button", name="start again")).to_be_hidden()


def test_python_puts_questions_and_answers(page, quiz):
    put(quiz, Quiz(CHAPTER, answers={ONE: "b", SEVERAL: ["a"], NUMBER: 24}))
    expect(quiz.locator(".cnn-words")).to_have_text("1 of 8 right.")
    expect(quiz.get_by_role("textbox").first).to_have_value("24")
    expect(quiz.locator(".cnn-feedback:visible")).to_have_count(3)
    put(quiz, Quiz(CHAPTER, question="which-way"))
    expect(quiz.get_by_role("group")).to_have_count(1)
    expect(quiz.locator(".cnn-words")).to_be_hidden()


def test_paper_shows_the_answers_and_no_buttons(page, quiz):
    question(quiz, 0).get_by_role("radio").nth(1).check()
    page.emulate_media(media="print")
    expect(question(quiz, 0).get_by_text("Answer: c. Rows first")).to_be_visible()
    expect(quiz.get_by_role("button", name=re.compile("check|start again"))).to_have_count(0)
    page.emulate_media(media="screen")
    expect(question(quiz, 0).get_by_text("Answer: c. Rows first")).to_be_hidden()


def contrast(one, two):
    def light(colour):
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    bright, dark = sorted((light(one), light(two)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_right_and_wrong_are_readable(page, theme):
    element = show(page, Quiz(CHAPTER, question=SEVERAL), theme=theme)
    for box in element.get_by_role("checkbox").all():
        box.check()
    pairs = element.evaluate(
        "(el) => [...el.querySelectorAll('.cnn-feedback:not([hidden]) b')].map((b) =>"
        " [getComputedStyle(b).color, getComputedStyle(b.parentNode).backgroundColor])"
    )
    assert len(pairs) == 5
    assert all(contrast(*pair) >= 4.5 for pair in pairs)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_cut_off_and_the_live_quiz_is_as_high_as_its_copy(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    context = page.context.browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    still = context.new_page()
    still.set_content(page_of(Quiz(CHAPTER)))
    before = still.locator(".cnnbook-widget").bounding_box()["height"]
    context.close()
    element = show(page, Quiz(CHAPTER))
    after = element.bounding_box()["height"]
    assert abs(after - before) < 0.12 * before, json.dumps([before, after])
    for radio in element.locator("input[type=radio], input[type=checkbox]").all():
        radio.check()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = "(e) => e.getBoundingClientRect().right > innerWidth || e.scrollWidth > e.clientWidth + 1"
    blocks = "[...el.querySelectorAll(':is(p, label, legend, fieldset, form):not(.cnn-unseen, [hidden])')]"
    assert element.evaluate(f"(el) => {blocks}.filter({wide}).map((e) => e.outerHTML)") == []
