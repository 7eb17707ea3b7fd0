"""Quiz, live on a page in a real browser."""

import json
import re
from pathlib import Path

import pytest
from browser import watch
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


def check(element, place, *choices):
    """Choose answers of a question by their places, all others not, and check them."""
    group = question(element, place)
    for index, control in enumerate(group.locator(".cnn-answers input").all()):
        if control.get_attribute("type") == "checkbox" or index in choices:
            control.set_checked(index in choices)
    group.get_by_role("button", name="check").click()


def test_each_answer_has_its_feedback(quiz):
    group = question(quiz, 0)
    for place, answer in enumerate(load_questions(CHAPTER)["quiz"][0]["answers"]):
        check(quiz, 0, place)
        word = "Right." if answer["right"] else "Not quite."
        reason = group.locator(".cnn-answers > div").nth(place).locator(".cnn-feedback")
        expect(reason).to_be_visible()
        expect(reason).to_have_text(f"{word} {answer['feedback']}")
        expect(group.get_by_role("radio").nth(place)).to_have_accessible_description(reason.text_content())
        assert answers(quiz) == {ONE: "abcd"[place]}


def test_only_the_check_button_judges(page, quiz):
    radios, boxes = question(quiz, 0).get_by_role("radio"), question(quiz, 2).get_by_role("checkbox")
    radios.nth(1).check()
    page.keyboard.press("ArrowDown")
    boxes.nth(0).check()
    boxes.nth(0).press("Space")
    expect(quiz.locator(".cnn-feedback:visible")).to_have_count(0)
    expect(quiz.locator(".cnn-words")).to_have_text("0 of 8 right.")
    assert answers(quiz) == {}
    expect(radios.nth(2)).to_be_checked()
    question(quiz, 0).get_by_role("button", name="check").click()
    expect(quiz.locator(".cnn-words")).to_have_text("1 of 8 right, 1 at the first try.")


def test_a_wrong_answer_keeps_its_feedback_and_a_wrong_first_try_counts(quiz):
    check(quiz, 0, 1)
    feedback = question(quiz, 0).locator(".cnn-feedback:visible")
    question(quiz, 0).get_by_role("radio").nth(2).check()
    expect(feedback).to_have_text(re.compile("^Not quite. That is a grey picture"))
    expect(question(quiz, 0).locator(".cnn-check")).to_contain_text("Not checked yet.")
    check(quiz, 0, 2)
    expect(feedback).to_have_text([re.compile("^Not quite"), re.compile("^Right")])
    check(quiz, 2, 0, 2, 4)
    expect(question(quiz, 0).locator(".cnn-check")).not_to_contain_text("Not checked yet.")
    expect(quiz.locator(".cnn-words")).to_have_text("2 of 8 right, 1 at the first try.")
    assert quiz.evaluate("(el) => el.model.get('tries')") == {ONE: ["b", "c"], SEVERAL: [["a", "c", "e"]]}


def test_the_same_answer_checked_again_is_no_other_try(quiz):
    for _ in range(2):
        check(quiz, 0, 2)
        check(quiz, 2, 0, 1)
    assert quiz.evaluate("(el) => el.model.get('tries')") == {ONE: ["c"], SEVERAL: [["a", "b"]]}


def test_nothing_chosen_is_no_answer(quiz):
    for place, words in ((0, "Choose an answer first."), (2, "Choose the answers first.")):
        check(quiz, place)
        refusal = question(quiz, place).locator(".cnn-refusal")
        expect(refusal).to_have_text(words)
        expect(quiz.locator("[aria-live=polite]")).to_have_text(words)
        question(quiz, place).locator(".cnn-answers input").first.check()
        expect(refusal).to_be_hidden()
    assert answers(quiz) == {}


def test_an_answer_to_one_question_leaves_what_is_chosen_elsewhere(quiz):
    question(quiz, 0).get_by_role("radio").nth(3).check()
    question(quiz, 1).get_by_role("textbox").fill("2")
    check(quiz, 2, 0)
    expect(question(quiz, 0).get_by_role("radio").nth(3)).to_be_checked()
    expect(question(quiz, 1).get_by_role("textbox")).to_have_value("2")


def test_feedback_stands_right_below_the_chosen_answer(quiz):
    check(quiz, 0, 3)
    chosen = question(quiz, 0).get_by_text("(3, 100, 200)")
    above, below = (
        place.bounding_box() for place in (chosen, question(quiz, 0).locator(".cnn-feedback:visible"))
    )
    assert 0 <= below["y"] - above["y"] - above["height"] < 12


def test_several_answers_tell_how_far_you_are(quiz):
    group = question(quiz, 2)
    expect(group.locator(".cnn-hint").first).to_have_text("Choose all that are right.")
    for choices, text in (
        ([0], "There are more."),
        ([0, 1], "Not all of your choices are right."),
        ([0, 2, 4], "Those are all."),
    ):
        check(quiz, 2, *choices)
        expect(group.locator(".cnn-check")).to_contain_text(text)
    expect(group.locator(".cnn-feedback:visible")).to_have_count(4)
    assert answers(quiz) == {SEVERAL: ["a", "c", "e"]}


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
        ("", "Type a number."),
        ("5/0", "“5/0” divides by zero."),
        ("1e10", "“1e10” is too large: at most 1,000,000,000 either way."),
    ):
        box.fill(typed)
        box.press("Enter")
        expect(guess.locator(".cnn-refusal")).to_have_text(reason)
        expect(guess.locator("[aria-live=polite]")).to_have_text(reason)
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(box).to_be_focused()
        expect(box).to_have_value(typed)
    assert answers(guess) == {}
    box.fill("4")
    box.press("Enter")
    box.fill("four")
    box.press("Enter")
    expect(guess.locator(".cnn-feedback:visible")).to_contain_text("Not quite. 7 − 3 is")
    assert answers(guess) == {"how-many-windows": 4}
    box.fill("5")
    expect(guess.locator(".cnn-refusal")).to_be_hidden()
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
        ("pixels-in-a-photo", "196 608", 196608),
        ("pixels-in-a-photo", "196.608", 196608),
        ("pixels-in-a-photo", "256*256*3", 196608),
        ("pixels-in-a-photo", "256 × 256 × 3", 196608),
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
    expect(element.get_by_role("textbox")).to_have_value(typed)
    assert answers(element) == {name: value}


def test_it_says_what_a_text_was_read_as(page):
    element = show(page, Quiz(CHAPTER, question="pixels-in-a-photo"))
    box, reading = element.get_by_role("textbox"), element.locator(".cnn-reading")
    for typed, words in (("65.536", "= 65,536"), ("3/7", "= 0.428571"), ("70000", ""), ("-1/8", "= −0.125")):
        box.fill(typed)
        expect(reading).to_have_text("")
        box.press("Enter")
        expect(reading).to_have_text(words)


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
            score = repr(state).removeprefix("Quiz(01_convolution, ").removesuffix(")")
            assert quiz.locator(".cnn-words").text_content() == f"{score}.", (one["id"], answer)


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
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(radios.nth(1)).to_be_focused()
    assert answers(quiz) == {}
    page.keyboard.press("Tab")
    expect(question(quiz, 0).get_by_role("button", name="check")).to_be_focused()
    page.keyboard.press("Space")
    assert answers(quiz) == {ONE: "b"}
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(radios.nth(2)).to_be_focused()
    assert answers(quiz) == {ONE: "c"}
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(quiz.get_by_role("textbox").first).to_be_focused()
    page.keyboard.type("24")
    page.keyboard.press("Control+Enter")
    assert answers(quiz) == {ONE: "c"}
    page.keyboard.press("Enter")
    expect(quiz.get_by_role("textbox").first).to_be_focused()
    assert answers(quiz) == {ONE: "c", NUMBER: 24}
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


def test_start_again_clears_everything(quiz):
    check(quiz, 0, 1)
    question(quiz, 5).get_by_role("radio").nth(1).check()
    boxes = quiz.get_by_role("textbox")
    boxes.nth(0).fill("24")
    boxes.nth(0).press("Enter")
    boxes.nth(1).fill("not checked")
    expect(quiz.locator(".cnn-words")).to_have_text("1 of 8 right, 1 at the first try.")
    quiz.get_by_role("button", name="start again").click()
    expect(quiz.locator(".cnn-words")).to_have_text("0 of 8 right.")
    expect(quiz.locator(".cnn-feedback:visible")).to_have_count(0)
    expect(quiz.locator("input:checked")).to_have_count(0)
    assert [box.input_value() for box in boxes.all()] == ["", ""]


def test_the_feedback_is_spoken(quiz):
    voice = quiz.locator("[aria-live=polite]")
    expect(voice).to_have_text("")
    check(quiz, 0, 2)
    score = r"1 of 8 right, 1 at the first try\.$"
    expect(voice).to_have_text(re.compile(rf"^Right\. Rows first, .* {score}"))
    check(quiz, 2, 0)
    expect(voice).to_have_text(re.compile(rf"^Right\. The sum is one\. .* There are more\. {score}"))


def test_two_quizzes_on_a_page_do_not_mix(page):
    elements = show(page, *(Quiz(CHAPTER, question=ONE) for _ in range(2)))
    elements.nth(0).get_by_role("radio").nth(0).check()
    elements.nth(1).get_by_role("radio").nth(1).check()
    expect(elements.nth(0).get_by_role("radio").nth(0)).to_be_checked()
    expect(elements.nth(0).get_by_role("button", name="start again")).to_be_hidden()


def test_python_puts_questions_and_answers(page, quiz):
    put(quiz, Quiz(CHAPTER, answers={ONE: "b", SEVERAL: ["a"], NUMBER: 24}))
    expect(quiz.locator(".cnn-words")).to_have_text("1 of 8 right, 1 at the first try.")
    expect(quiz.get_by_role("textbox").first).to_have_value("24")
    expect(quiz.locator(".cnn-feedback:visible")).to_have_count(3)
    put(quiz, Quiz(CHAPTER, question="which-way"))
    expect(quiz.get_by_role("group")).to_have_count(1)
    expect(quiz.locator(".cnn-words")).to_be_hidden()


def test_paper_shows_the_answers_and_no_buttons(page, quiz):
    check(quiz, 0, 1)
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
    check(element, 0, 0, 1, 2, 3, 4)
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
    assert abs(after - before) < 0.02 * before, json.dumps([before, after])
    for place, one in enumerate(load_questions(CHAPTER)["quiz"]):
        if one["kind"] == "number":
            question(element, place).get_by_role("textbox").fill("a number of some length, but none at all")
            question(element, place).get_by_role("textbox").press("Enter")
            continue
        for index in range(len(one["answers"])):
            check(element, place, index)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = "(e) => e.getBoundingClientRect().right > innerWidth || e.scrollWidth > e.clientWidth + 1"
    blocks = "[...el.querySelectorAll(':is(p, label, legend, fieldset, form):not(.cnn-unseen, [hidden])')]"
    assert element.evaluate(f"(el) => {blocks}.filter({wide}).map((e) => e.outerHTML)") == []


def test_without_colours_of_ours_a_choice_and_its_judgement_are_seen(page):
    page.emulate_media(forced_colors="active")
    element = show(page, Quiz(CHAPTER, question=SEVERAL))
    check(element, 0, 0, 1)
    look = """(el) => [...el.querySelectorAll(".cnn-answers > div")].map((row) => {
      const [label, reason] = row.children;
      const line = reason.hidden ? "" : getComputedStyle(reason).borderLeftStyle;
      return [getComputedStyle(label).outlineStyle, line];
    })"""
    assert element.evaluate(look) == [["solid", "solid"], ["solid", "dotted"], *[["none", ""]] * 3]
    guess = show(page, Quiz(CHAPTER, question="how-many-windows"))
    box = guess.get_by_role("textbox")
    expect(box).to_have_css("border-top-style", "solid")
    box.press("Enter")
    expect(box).to_have_css("border-top-style", "dashed")


def test_a_finger_types_without_a_zoom(browser):
    context = browser.new_context(viewport={"width": 390, "height": 900}, has_touch=True, is_mobile=True)
    page = context.new_page()
    box = show(page, Quiz(CHAPTER, question="how-many-windows")).get_by_role("textbox")
    expect(box).to_have_css("font-size", "16px")
    context.close()


@pytest.fixture
def at(page, tmp_path):
    """Return a function that opens a page of some widgets from the disk, under a name."""

    def open_at(name, *widgets):
        path = tmp_path / name
        path.write_text(page_of(*widgets), "utf-8")
        page.goto(path.as_uri())
        elements = page.locator(".cnnbook-widget[data-ready]")
        expect(elements).to_have_count(len(widgets))
        return elements

    return open_at


def tries(element):
    return element.evaluate("(el) => el.model.get('tries')")


def test_answers_outlive_a_reload(page, at):
    quiz = at("page.html", Quiz(CHAPTER))
    check(quiz, 0, 1)
    check(quiz, 0, 2)
    check(quiz, 2, 0, 1)
    quiz.get_by_role("textbox").first.fill("4*6")
    page.keyboard.press("Enter")
    words = quiz.locator(".cnn-feedback:visible").all_text_contents()
    page.reload()
    expect(quiz.locator(".cnn-words")).to_have_text("2 of 8 right, 1 at the first try.")
    assert quiz.locator(".cnn-feedback:visible").all_text_contents() == words
    assert tries(quiz) == {ONE: ["b", "c"], SEVERAL: [["a", "b"]], NUMBER: [24]}
    expect(question(quiz, 0).get_by_role("radio").nth(2)).to_be_checked()
    expect(quiz.get_by_role("textbox").first).to_have_value("24")
    quiz.get_by_role("button", name="start again").click()
    page.reload()
    expect(quiz.locator(".cnn-words")).to_have_text("0 of 8 right.")
    assert page.evaluate("localStorage.length") == 0


def test_each_page_and_each_quiz_remembers_its_own(page, at):
    both = [Quiz(CHAPTER), Quiz(CHAPTER, question="how-many-windows")]
    pair = at("page.html", *both)
    check(pair.nth(0), 0, 2)
    pair.nth(1).get_by_role("textbox").fill("5")
    page.keyboard.press("Enter")
    other = at("other.html", *both)
    assert [tries(element) for element in other.all()] == [{}, {}]
    check(other.nth(0), 0, 0)
    pair = at("page.html", *reversed(both))
    assert [tries(element) for element in pair.all()] == [{"how-many-windows": [5]}, {ONE: ["c"]}]


def changed(quiz, **changes):
    """Return a quiz whose first question was edited since."""
    first, *others = quiz.questions
    quiz.set_trait("questions", [{**first, **changes}, *others])
    return quiz


def test_a_changed_question_forgets_its_answer(page, at):
    quiz = at("page.html", Quiz(CHAPTER))
    check(quiz, 0, 2)
    check(quiz, 2, 0)
    first = Quiz(CHAPTER).questions[0]
    quiz = at("page.html", changed(Quiz(CHAPTER), answers=first["answers"][::-1]))
    assert tries(quiz) == {SEVERAL: [["a"]]}
    expect(question(quiz, 0).locator(".cnn-feedback:visible")).to_have_count(0)


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "null",
        "7",
        "[]",
        '{"shape-of-a-photo": 1}',
        '{"shape-of-a-photo": {"asked": ASKED, "tried": TRIED}}',
    ],
)
@pytest.mark.parametrize("tried", ["[]", '["z"]', "[3]", '"c"', "[null]", '[["c"]]'])
def test_what_the_storage_holds_is_checked(page, at, kept, tried):
    if "TRIED" not in kept and tried != "[]":
        return
    at("page.html", Quiz(CHAPTER))
    asked = "(el) => JSON.stringify(JSON.stringify(el.model.get('questions')[0]))"
    text = kept.replace("ASKED", page.locator(".cnnbook-widget").evaluate(asked)).replace("TRIED", tried)
    page.evaluate(
        "(text) => localStorage.setItem(`cnnbook quiz ${location.pathname} 01_convolution `, text)", text
    )
    page.reload()
    quiz = page.locator(".cnnbook-widget[data-ready]")
    expect(quiz).to_have_count(1)
    assert tries(quiz) == {}
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize(
    "broken",
    [
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('not here'); } })",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
    ],
)
def test_where_there_is_no_storage_nothing_is_said(browser, tmp_path, broken):
    context = browser.new_context()
    context.add_init_script(broken)
    page = context.new_page()
    complaints = watch(page)
    path = tmp_path / "page.html"
    path.write_text(page_of(Quiz(CHAPTER)), "utf-8")
    page.goto(path.as_uri())
    quiz = page.locator(".cnnbook-widget[data-ready]")
    expect(quiz).to_have_count(1)
    check(quiz, 0, 2)
    expect(quiz.locator(".cnn-words")).to_have_text("1 of 8 right, 1 at the first try.")
    quiz.get_by_role("button", name="start again").click()
    expect(quiz.locator(".cnn-words")).to_have_text("0 of 8 right.")
    context.close()
    assert complaints == []
