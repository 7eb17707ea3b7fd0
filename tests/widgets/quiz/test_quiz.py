"""Quiz in Python: the data files, what they may not hold, and the answers."""

import copy
import json
import re
from html import unescape

import numpy as np
import pytest
import test_quiz_windows
import traitlets
from scipy import signal
from test_quiz_06 import NUMBERS as NUMBERS_06
from test_quiz_07 import NUMBERS as NUMBERS_07
from test_quiz_08 import NUMBERS as NUMBERS_08
from test_quiz_09 import NUMBERS as NUMBERS_09
from test_quiz_11 import NUMBERS as NUMBERS_11
from test_quiz_12 import NUMBERS as NUMBERS_12
from test_quiz_13 import NUMBERS as NUMBERS_13

from cnnbook import Conv2d
from cnnbook.data import photo
from cnnbook.kernels import image_kernel
from cnnbook.shapes import output_size
from cnnbook.widgets import Quiz
from cnnbook.widgets.quiz.questions import chapters, given, is_right, load_questions
from cnnbook.widgets.quiz.rules import check_questions

CHAPTER = "01_convolution"
QUESTIONS = {
    (chapter, question["id"]): question
    for chapter in chapters()
    for part in load_questions(chapter).values()
    for question in part
}
ONE, SEVERAL, NUMBER = "shape-of-a-photo", "one-number", "size-of-the-output"


def bytes_added():
    return (np.array([200], np.uint8) + np.array([100], np.uint8)).item()


def window():
    figure = QUESTIONS[CHAPTER, "one-window"]["figure"]
    return (np.array(figure["input"]) * figure["kernel"]).sum()


def first_beside_a_bright_pixel():
    kernel = QUESTIONS[CHAPTER, "one-bright-pixel"]["figure"]["kernel"]
    spot = np.pad(np.ones((1, 1)), 2)
    return signal.correlate2d(spot, kernel, "valid")[0, 0]


def matrix():
    """Return a 3x3 kernel without zeros on 7x7 pixels as a dense matrix, row by row."""
    kernel = np.arange(1, 10).reshape(3, 3)
    pixels = np.eye(49).reshape(49, 7, 7)
    return np.stack([signal.correlate2d(pixel, kernel, "valid").ravel() for pixel in pixels], axis=1)


def moved_along():
    rng = np.random.default_rng(0)
    wide, kernel = rng.normal(size=(7, 8)), rng.normal(size=(3, 3))
    old, new = (signal.correlate2d(image, kernel, "valid") for image in (wide[:, 1:], wide[:, :-1]))
    return np.isclose(new[:, 1:], old[:, :-1]).sum()


def colour_filter_on_grey():
    """Return what twice the figure's slice, minus it, minus it, gives on a grey edge."""
    kernel = np.array(QUESTIONS["05_channels", "grey-under-a-colour-filter"]["figure"]["kernel"])
    edge = np.array([[[255, 255, 0]] * 3] * 3)
    return (edge * np.stack([2 * kernel, -kernel, -kernel])).sum()


RIGHT_NUMBERS = {
    "pixels-in-a-photo": lambda: photo().size,
    "bytes-that-wrap": bytes_added,
    "one-window": window,
    "how-many-windows": lambda: output_size(7, 3),
    "one-bright-pixel": first_beside_a_bright_pixel,
    "flat-area": lambda: 80 * np.sum(QUESTIONS["02_image_kernels", "flat-area"]["figure"]["kernel"]),
    "box-blur-weight": lambda: round(1 / 9, 4),
    "two-passes": lambda: 5 + 5,
    "entries-not-zero": lambda: np.count_nonzero(matrix()),
    "shifted-picture": moved_along,
    "dense-weights": lambda: 10 * 10 * output_size(10, 3) ** 2,
    "pairs-with-one-sum": lambda: np.convolve([1, 2, 3], [4, 5])[2],
    "middle-of-a-window": lambda: (7 - 1) // 2,
    "losses-a-step": lambda: np.ones((5, 5)).size + 1,
    "largest-step": lambda: 2 / 4,
    "size-of-the-output": lambda: output_size(10, 3) * output_size(6, 4),
    "weights-to-learn": lambda: 3 * 3 + 1,
    "weights-of-a-colour-filter": lambda: np.ones((3, 3, 3)).size,
    "grey-under-a-colour-filter": colour_filter_on_grey,
    "weights-in-two-steps": lambda: Conv2d(8, 8, 3, groups=8).weight.size + Conv2d(8, 16, 1).weight.size,
    "parameters-of-vgg": lambda: sum(value.size for value, _ in Conv2d(3, 64, 3).parameters()),
    "weights-in-groups": lambda: Conv2d(64, 128, 3, groups=4).weight.size,
    **NUMBERS_06,
    **NUMBERS_07,
    **NUMBERS_08,
    **NUMBERS_09,
    **NUMBERS_11,
    **NUMBERS_12,
    **NUMBERS_13,
}


RIGHT_NUMBERS |= test_quiz_windows.RIGHT_NUMBERS


@pytest.mark.parametrize(
    ("chapter", "name"), [key for key, question in QUESTIONS.items() if question["kind"] == "number"]
)
def test_every_right_number_is_computed(chapter, name):
    right = next(answer for answer in QUESTIONS[chapter, name]["answers"] if answer["right"])
    assert right["number"] == RIGHT_NUMBERS[name]()


def test_what_the_feedback_says_about_the_matrix():
    assert matrix().shape == (25, 49)
    assert matrix().size == 1225
    assert np.unique(matrix()).size - 1 == 9
    assert np.count_nonzero(matrix() == 0) == 1000


def test_which_kernels_keep_the_brightness():
    kernels = [image_kernel(name) for name in ("identity", "outline", "sharpen")]
    sums = [kernel.sum() for kernel in [*kernels, np.ones((3, 3)), image_kernel("box blur")]]
    right = [answer["right"] for answer in QUESTIONS["02_image_kernels", "keeps-brightness"]["answers"]]
    assert right == np.isclose(sums, 1).tolist()


def test_which_kernels_may_be_flipped():
    answers = QUESTIONS["02_image_kernels", "flip-or-not"]["answers"]
    written = [re.search(r"`(.*)`", answer["text"]) for answer in answers]
    kernels = [np.array(json.loads(found[1])) if found else None for found in written]
    kernels[:2] = image_kernel("Gaussian blur"), image_kernel("Sobel vertical")
    assert [answer["right"] for answer in answers] == [
        np.array_equal(kernel, kernel[::-1, ::-1]) for kernel in kernels
    ]
    assert np.array_equal(kernels[4], image_kernel("emboss"))
    assert np.array_equal(kernels[1], -kernels[1][::-1, ::-1])


def test_a_clean_edge_gets_four_times_its_step():
    kernel = QUESTIONS["02_image_kernels", "where-it-answers"]["figure"]["kernel"]
    edge = np.repeat([[0, 0, 0, 1, 1, 1]], 6, axis=0)
    result = signal.correlate2d(edge, kernel, "valid")
    assert (result[:, 1:3] == 4).all()
    answer = QUESTIONS["02_image_kernels", "where-it-answers"]["answers"][3]
    assert "four times its step" in answer["feedback"]


def test_what_the_feedback_says_about_channels():
    figure = QUESTIONS["05_channels", "grey-under-a-colour-filter"]["figure"]
    edge = (np.array([[255, 255, 0]] * 3) * figure["kernel"]).sum()
    assert (edge, 2 * edge) == (765, 1530)


def test_which_line_gives_nchw():
    images = np.arange(8 * 28 * 32 * 3).reshape(8, 28, 32, 3)
    expected = np.stack([np.stack([image[..., c] for c in range(3)]) for image in images])
    for answer in QUESTIONS["05_channels", "transpose-or-reshape"]["answers"]:
        result = eval(answer["text"].strip("`"), {"images": images})
        assert np.array_equal(result, expected) is answer["right"]


@pytest.mark.parametrize("chapter", chapters())
def test_a_chapter_has_enough_questions(chapter):
    questions = load_questions(chapter)
    assert len(questions["quiz"]) >= 6
    assert len(questions["predict"]) >= 3


GOOD = {
    "predict": [
        {
            "id": "how-many",
            "kind": "number",
            "ask": "How many?",
            "answers": [
                {"number": 5, "right": True, "feedback": "So it is."},
                {"number": 7, "feedback": "Two too many."},
            ],
            "otherwise": "Count.",
        }
    ],
    "quiz": [
        {
            "id": "which",
            "kind": "one",
            "ask": "Which?",
            "answers": [
                {"text": "this", "right": True, "feedback": "Yes."},
                {"text": "that", "feedback": "No."},
            ],
        }
    ],
}


def test_defaults_are_filled_in():
    number, one = check_questions(GOOD)["predict"] + check_questions(GOOD)["quiz"]
    assert (number["tolerance"], number["figure"], number["answers"][1]["text"]) == (0, {}, "7")
    assert [answer["right"] for answer in one["answers"]] == [True, False]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["quiz"], {}, "two lists of questions"),
        (["quiz", 0], "which", "question None: its id"),
        (["quiz", 0, "id"], "Which one", "'Which one': its id must be small letters"),
        (["quiz", 0, "id"], "how-many", "'how-many': another question has the same id"),
        (["quiz", 0, "kind"], "two", "'which': its kind must be one of one, several, number"),
        (["quiz", 0, "kind"], "several", None),
        (["quiz", 0, "ask"], "", "it must ask something"),
        (["quiz", 0, "ask"], " Which?", "it must ask something"),
        (["quiz", 0, "hint"], "this", "it must not have hint"),
        (["quiz", 0, "tolerance"], 1, "it must not have tolerance"),
        (["quiz", 0, "figure"], {"picture": [[1]]}, "its figure must hold grids"),
        (["quiz", 0, "figure"], {"input": [[1, 2], [3]]}, "its figure must hold grids"),
        (["quiz", 0, "figure"], {"input": [1, 2]}, "its figure must hold grids"),
        (["quiz", 0, "answers"], GOOD["quiz"][0]["answers"][:1], "it must have 2 to 8 answers"),
        (["quiz", 0, "answers", 1, "feedback"], "", "'that', 'feedback': ''} must have feedback"),
        (["quiz", 0, "answers", 0, "feedback"], None, "must have feedback"),
        (["quiz", 0, "answers", 1, "text"], "", "each answer must have a text"),
        (["quiz", 0, "answers", 1, "text"], "this", "no two answers may be the same"),
        (["quiz", 0, "answers", 1, "number"], 3, "has a strange key"),
        (["quiz", 0, "answers", 1, "right"], True, "exactly one right answer, and has 2"),
        (["quiz", 0, "answers", 0, "right"], False, "exactly one right answer, and has 0"),
        (["quiz", 0, "answers", 0, "right"], 1, "must be right or not"),
        (["predict", 0, "otherwise"], None, "'otherwise' must hold feedback"),
        (["predict", 0, "tolerance"], -1, "its tolerance must be zero or more"),
        (["predict", 0, "tolerance"], 1, "more than twice the tolerance apart"),
        (["predict", 0, "answers", 1, "number"], "7", "each answer must have a number"),
        (["predict", 0, "answers", 1, "number"], float("nan"), "each answer must have a number"),
    ],
)
def test_a_bad_data_file_is_refused(path, value, message):
    data = copy.deepcopy(GOOD)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    if message is None:
        check_questions(data)
        return
    with pytest.raises(ValueError, match=re.escape(message)):
        check_questions(data)


def test_several_needs_right_and_wrong_answers():
    data = copy.deepcopy(GOOD)
    data["quiz"][0]["kind"] = "several"
    for right in (True, False):
        for answer in data["quiz"][0]["answers"]:
            answer["right"] = right
        with pytest.raises(ValueError, match="'which': it must have right answers and wrong ones"):
            check_questions(data)


def test_a_bad_file_is_named(monkeypatch, tmp_path):
    tmp_path.joinpath("99_broken.json").write_text('{"predict": []}')
    tmp_path.joinpath("98_torn.json").write_text("{")
    monkeypatch.setattr("cnnbook.widgets.quiz.questions.QUIZZES", tmp_path)
    with pytest.raises(ValueError, match=r"99_broken\.json: the file must hold"):
        load_questions("99_broken")
    with pytest.raises(ValueError, match=r"98_torn\.json: Expecting property name"):
        load_questions("98_torn")


@pytest.mark.parametrize(("answer", "right"), [(0.1111, True), (1 / 9, True), (0.11, True), (0.1, False)])
def test_a_number_has_a_tolerance(answer, right):
    assert is_right(QUESTIONS["02_image_kernels", "box-blur-weight"], answer) is right


def test_several_are_right_only_together():
    question = QUESTIONS[CHAPTER, SEVERAL]
    assert is_right(question, given(question, ["e", "a", "c", "a"]))
    assert not is_right(question, ["a", "c"])
    assert not is_right(question, ["a", "b", "c", "e"])


def test_the_score_follows_the_answers():
    quiz = Quiz(CHAPTER)
    assert quiz.output == (0, 0, 0, len(quiz.questions))
    quiz.answers = {ONE: "c", SEVERAL: ("e", "c", "a"), NUMBER: np.int64(14)}
    assert quiz.answers == {ONE: "c", SEVERAL: ["a", "c", "e"], NUMBER: 14}
    assert quiz.output._asdict() == {"right": 2, "at_first_try": 2, "answered": 3, "total": 6}
    quiz.set_state({"answers": {NUMBER: 24.0}})
    assert quiz.output == (1, 0, 1, 6)
    assert repr(quiz) == "Quiz(01_convolution, 1 of 6 right, 0 at the first try)"


def test_a_wrong_first_try_is_remembered():
    quiz = Quiz(CHAPTER, answers={ONE: "b", NUMBER: 24})
    assert quiz.output == (1, 1, 2, 6)
    quiz.answers = {**quiz.answers, ONE: "c", SEVERAL: ["b"]}
    quiz.answers = {**quiz.answers, SEVERAL: ["a", "c", "e"]}
    assert quiz.tries == {ONE: ["b", "c"], NUMBER: [24], SEVERAL: [["b"], ["a", "c", "e"]]}
    assert quiz.output == (3, 1, 3, 6)
    quiz.answers = {**quiz.answers, NUMBER: 12}
    assert quiz.output == (2, 0, 3, 6)
    quiz.answers = {}
    assert quiz.tries == {}
    quiz.answers = {ONE: "c"}
    assert quiz.output == (1, 1, 1, 6)


def test_the_answers_follow_the_tries():
    quiz = Quiz(CHAPTER, tries={ONE: ["b", "c"], SEVERAL: (("e", "a"),)})
    assert quiz.answers == {ONE: "c", SEVERAL: ["a", "e"]}
    quiz.set_state({"tries": {NUMBER: [12, 24]}, "answers": {NUMBER: 24}})
    assert quiz.tries == {NUMBER: [12, 24]}
    assert quiz.output == (1, 0, 1, 6)


@pytest.mark.parametrize(
    ("tries", "message"),
    [
        ({"nonsense": ["a"]}, "tries is refused: there is no question 'nonsense'"),
        ({ONE: "b"}, "shape-of-a-photo must have a list of tries, not 'b'"),
        ({ONE: []}, "shape-of-a-photo must have a list of tries, not []"),
        ({ONE: ["b", "e"]}, "shape-of-a-photo is answered by one of a, b, c, d, not 'e'"),
        ({NUMBER: [12, "24"]}, "is answered by a number"),
    ],
)
def test_bad_tries_are_refused_and_the_old_ones_kept(tries, message):
    quiz = Quiz(CHAPTER, tries={ONE: ["a"]})
    with pytest.raises(traitlets.TraitError, match=re.escape(message)):
        quiz.tries = tries
    assert (quiz.tries, quiz.answers) == ({ONE: ["a"]}, {ONE: "a"})


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (
            {"nonsense": "a"},
            "answers is refused: there is no question 'nonsense'; there are shape-of-a-photo",
        ),
        ({"which-way": "a"}, "there is no question 'which-way'"),
        ({ONE: "e"}, "shape-of-a-photo is answered by one of a, b, c, d, not 'e'"),
        ({ONE: 0}, "is answered by one of"),
        ({ONE: ""}, "is answered by one of"),
        ({SEVERAL: "a"}, "one-number is answered by some of a, b, c, d, e, not 'a'"),
        ({SEVERAL: []}, "is answered by some of"),
        ({SEVERAL: ["a", "f"]}, "is answered by some of"),
        ({NUMBER: "24"}, "size-of-the-output is answered by a number, not '24'"),
        ({NUMBER: True}, "is answered by a number"),
        ({NUMBER: float("inf")}, "is answered by a number"),
        ([ONE], "answers"),
    ],
)
def test_bad_answers_are_refused_and_the_old_ones_kept(answers, message):
    quiz = Quiz(CHAPTER, answers={ONE: "a"})
    with pytest.raises(traitlets.TraitError, match=re.escape(message)):
        quiz.answers = answers
    assert quiz.answers == {ONE: "a"}


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"chapter": "99_nothing"}, "no chapter '99_nothing' has questions; there are 01_convolution"),
        ({"chapter": "../quizzes/01_convolution"}, "no chapter"),
        (
            {"chapter": CHAPTER, "question": "which"},
            "01_convolution has no question 'which'; there are pixels-in",
        ),
        ({"chapter": CHAPTER, "question": "one-window", "answers": {ONE: "a"}}, "there is no question"),
        ({"chapter": 1}, "chapter"),
    ],
)
def test_a_bad_start_is_refused(state, message):
    with pytest.raises(traitlets.TraitError, match=re.escape(message)):
        Quiz(**state)


def test_unknown_keyword():
    with pytest.raises(TypeError, match="Quiz takes no shuffle; it takes answers, chapter, question"):
        Quiz(CHAPTER, shuffle=True)


def test_the_questions_are_not_for_setting():
    message = r"Quiz takes no questions; it takes answers, chapter, question, tries$"
    with pytest.raises(TypeError, match=message):
        Quiz(CHAPTER, questions=[])


def test_another_question_drops_answers_to_what_is_not_asked():
    quiz = Quiz(CHAPTER, answers={ONE: "a", NUMBER: 24})
    quiz.question = NUMBER
    assert quiz.answers == {NUMBER: 24}
    assert [question["id"] for question in quiz.questions] == [NUMBER]
    with pytest.raises(traitlets.TraitError, match="has no question"):
        quiz.question = "nonsense"
    assert quiz.question == NUMBER


def static_copy(widget):
    data, _ = widget._repr_mimebundle_()
    return data["text/html"]


def test_the_static_copy_folds_every_answer():
    quiz = Quiz(CHAPTER)
    copy = static_copy(quiz)
    choices = sum(len(question["answers"]) for question in quiz.questions if question["kind"] != "number")
    numbers = sum(question["kind"] == "number" for question in quiz.questions)
    assert copy.count("<details") == copy.count("<summary>") == choices + numbers
    assert "<details open" not in copy
    for question in quiz.questions:
        for answer in question["answers"]:
            first = answer["feedback"].split("`")[0].split("*")[0]
            assert first in unescape(copy.split('">', 1)[1])


def test_the_state_of_a_copy_is_small():
    state = json.loads(
        unescape(re.search(r'data-state="([^"]*)"', static_copy(Quiz(CHAPTER, question=ONE)))[1])
    )
    assert sorted(state) == ["answers", "chapter", "question", "questions", "tries"]
    assert [question["id"] for question in state["questions"]] == [ONE]
    assert len(static_copy(Quiz(CHAPTER))) < 40_000


def test_every_bundle_of_the_same_state_is_the_same():
    assert static_copy(Quiz(CHAPTER)) == static_copy(Quiz(CHAPTER))
