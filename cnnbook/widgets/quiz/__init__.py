"""Quiz: questions with feedback for each answer."""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple

import numpy as np
import traitlets

from cnnbook.widgets.base import BookWidget
from cnnbook.widgets.html import grid
from cnnbook.widgets.quiz.questions import given, is_right, load_questions

__all__ = ["Quiz", "Score"]

INLINE = re.compile(r"`([^`]+)`|\*([^*]+)\*")


class Score(NamedTuple):
    """How far the reader is: how many questions are right now, how many of them were at the first try."""

    right: int
    at_first_try: int
    answered: int
    total: int


class Quiz(BookWidget):
    """Ask the questions at the end of a chapter, or one question in the middle of it.

    Parameters
    ----------
    chapter : str
        The chapter, by the name of its notebook: ``"01_convolution"``.
    question : str, optional
        The id of one question; without it, the quiz at the chapter's end.
    answers : dict, optional
        What the reader answered last, by the questions' ids: the letter of an answer, a list of letters
        where several are right, or a number.
    tries : dict, optional
        All that the reader answered, a list for each question; ``answers`` follows, and another answer
        is one more try.

    Raises
    ------
    traitlets.TraitError
        If a value is refused; the widget keeps what it had.
    TypeError
        If a keyword is unknown.

    Examples
    --------
    >>> quiz = Quiz("01_convolution", question="how-many-windows")
    >>> quiz.output
    Score(right=0, at_first_try=0, answered=0, total=1)
    >>> quiz.answers = {"how-many-windows": 4}
    >>> quiz.answers = {"how-many-windows": 5}
    >>> quiz.tries
    {'how-many-windows': [4, 5]}
    >>> quiz.output
    Score(right=1, at_first_try=0, answered=1, total=1)
    """

    chapter = traitlets.Unicode().tag(sync=True)
    """The chapter, by the name of its notebook."""
    question = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    """The id of the only question, or None for the quiz at the chapter's end."""
    answers = traitlets.Dict().tag(sync=True)
    """What the reader answered last, by the questions' ids; assign a new dictionary to change it."""
    tries = traitlets.Dict().tag(sync=True)
    """All that the reader answered, by the questions' ids, the first try first."""
    questions = traitlets.List(read_only=True).tag(sync=True)
    """The questions that are asked, from the chapter's data file."""

    def __init__(self, chapter: str, **state: Any) -> None:
        super().__init__(chapter=chapter, **state)

    @traitlets.default("questions")
    def _questions(self) -> list[dict[str, Any]]:
        return asked(self.chapter, self.question)

    @traitlets.validate("chapter", "question", "answers", "tries")
    def _fits(self, proposal: Any) -> Any:
        name, value = proposal.trait.name, proposal.value
        state = {"chapter": self.chapter, "question": self.question, name: value}
        try:
            by_id = {question["id"]: question for question in asked(state["chapter"], state["question"])}
            if name in ("chapter", "question"):
                return value
            if unknown := sorted(set(value) - set(by_id), key=str):
                raise ValueError(f"there is no question {unknown[0]!r}; there are {', '.join(by_id)}")
            if name == "answers":
                return {one: given(by_id[one], answer) for one, answer in value.items()}
            return {one: all_given(by_id[one], tried) for one, tried in value.items()}
        except (LookupError, ValueError) as error:
            raise traitlets.TraitError(f"{name} is refused: {error.args[0]}") from None

    @traitlets.observe("answers")
    def _remember(self, change: Any) -> None:
        before = {name: self.tries.get(name, []) for name in self.answers}
        self.tries = {
            name: tried if tried[-1:] == [self.answers[name]] else [*tried, self.answers[name]]
            for name, tried in before.items()
        }

    @traitlets.observe("tries")
    def _judge(self, change: Any) -> None:
        self.answers = {name: tried[-1] for name, tried in self.tries.items()}

    @traitlets.observe("chapter", "question")
    def _ask(self, change: Any) -> None:
        self.set_trait("questions", asked(self.chapter, self.question))
        ids = {question["id"] for question in self.questions}
        self.answers = {name: answer for name, answer in self.answers.items() if name in ids}

    @property
    def output(self) -> Score:
        """The score: how many are right, at the first try too, how many are answered, how many there are."""
        tried = [
            (question, self.tries[question["id"]])
            for question in self.questions
            if question["id"] in self.tries
        ]
        right = [(question, tries) for question, tries in tried if is_right(question, tries[-1])]
        at_first_try = sum(is_right(question, tries[0]) for question, tries in right)
        return Score(len(right), at_first_try, len(tried), len(self.questions))

    def describe(self) -> str:
        """Return what is asked and the score in one line."""
        which = f", question {self.question}" if self.question else ""
        right, at_first_try, _, total = self.output
        how = f", {at_first_try} at the first try" if right else ""
        return f"{self.chapter}{which}, {right} of {total} right{how}"

    def static_html(self) -> str:
        """Return the questions; each answer opens and shows its feedback."""
        several = len(self.questions) > 1
        return "".join(
            '<div class="cnn-question"><p class="cnn-ask">'
            + (f'<span class="cnn-number">{place}.</span> ' if several else "")
            + f"{inline(question['ask'])}</p>{figures(question)}"
            + (number_answers if question["kind"] == "number" else choices)(question)
            + "</div>"
            for place, question in enumerate(self.questions, 1)
        )


def asked(chapter: str, question: str | None) -> list[dict[str, Any]]:
    """Return a chapter's quiz, or its one question with a certain id."""
    questions = load_questions(chapter)
    if question is None:
        return questions["quiz"]
    found = [one for part in questions.values() for one in part if one["id"] == question]
    if not found:
        ids = ", ".join(one["id"] for part in questions.values() for one in part)
        raise LookupError(f"{chapter} has no question {question!r}; there are {ids}")
    return found


def all_given(question: dict[str, Any], tried: Any) -> list[Any]:
    """Check all that a reader answered to a question, and return it as it is stored."""
    if not isinstance(tried, list | tuple) or not tried:
        raise ValueError(f"{question['id']} must have a list of tries, not {tried!r}")
    return [given(question, answer) for answer in tried]


def inline(text: str) -> str:
    """Return a text as HTML: ```code``` and ``*emphasis*`` are marked, all else is plain.

    >>> inline("`K < 3` is *not* allowed")
    '<code>K &lt; 3</code> is <em>not</em> allowed'
    """
    return INLINE.sub(
        lambda found: f"<code>{found[1]}</code>" if found[1] else f"<em>{found[2]}</em>",
        html.escape(text, quote=False),
    )


def figures(question: dict[str, Any]) -> str:
    """Return the grids of numbers that a question is about."""
    grids = "".join(
        f'<figure class="cnn-figure"><figcaption><b>{role}</b></figcaption>'
        f"{grid(role, role, np.array(rows))}</figure>"
        for role, rows in question["figure"].items()
    )
    return f'<div class="cnn-stage">{grids}</div>' if grids else ""


def feedback(answer: dict[str, Any]) -> str:
    """Return the feedback for an answer, with a clear word first."""
    word, kind = ("Right.", "right") if answer["right"] else ("Not quite.", "wrong")
    return f'<b class="cnn-{kind}">{word}</b> {inline(answer["feedback"])}'


def choices(question: dict[str, Any]) -> str:
    """Return the answers to choose from, each of which opens."""
    hint = '<p class="cnn-hint">Choose all that are right.</p>' if question["kind"] == "several" else ""
    items = "".join(
        f'<li><details class="cnn-answer"><summary>{inline(answer["text"])}</summary>'
        f'<p class="cnn-feedback">{feedback(answer)}</p></details></li>'
        for answer in question["answers"]
    )
    return f'{hint}<ol type="a" class="cnn-answers">{items}</ol>'


def number_answers(question: dict[str, Any]) -> str:
    """Return the number asked for, and typical other ones, folded."""
    first, *others = sorted(question["answers"], key=lambda answer: not answer["right"])
    items = "".join(f"<li>{answer['text']}? {inline(answer['feedback'])}</li>" for answer in others)
    return (
        '<details class="cnn-answer"><summary>show the answer</summary><div class="cnn-feedback">'
        f'<p><b class="cnn-right">{first["text"]}.</b> {inline(first["feedback"])}</p>'
        f"<ul>{items}</ul></div></details>"
    )
