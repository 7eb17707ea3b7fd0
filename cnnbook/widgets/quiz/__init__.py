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
    """How far the reader is."""

    right: int
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
        What the reader answered, by the questions' ids: the letter of an answer, a list of letters
        where several are right, or a number.

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
    Score(right=0, answered=0, total=1)
    >>> quiz.answers = {"how-many-windows": 5}
    >>> quiz.output
    Score(right=1, answered=1, total=1)
    """

    chapter = traitlets.Unicode().tag(sync=True)
    """The chapter, by the name of its notebook."""
    question = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    """The id of the only question, or None for the quiz at the chapter's end."""
    answers = traitlets.Dict().tag(sync=True)
    """What the reader answered, by the questions' ids; assign a new dictionary to change it."""
    questions = traitlets.List(read_only=True).tag(sync=True)
    """The questions that are asked, from the chapter's data file."""

    def __init__(self, chapter: str, **state: Any) -> None:
        super().__init__(chapter=chapter, **state)

    @traitlets.default("questions")
    def _questions(self) -> list[dict[str, Any]]:
        return asked(self.chapter, self.question)

    @traitlets.validate("chapter", "question", "answers")
    def _fits(self, proposal: Any) -> Any:
        state = {"chapter": self.chapter, "question": self.question, proposal.trait.name: proposal.value}
        try:
            by_id = {question["id"]: question for question in asked(state["chapter"], state["question"])}
            if proposal.trait.name != "answers":
                return proposal.value
            if unknown := sorted(set(proposal.value) - set(by_id), key=str):
                raise ValueError(f"there is no question {unknown[0]!r}; there are {', '.join(by_id)}")
            return {name: given(by_id[name], answer) for name, answer in proposal.value.items()}
        except (LookupError, ValueError) as error:
            raise traitlets.TraitError(f"{proposal.trait.name} is refused: {error.args[0]}") from None

    @traitlets.observe("chapter", "question")
    def _ask(self, change: Any) -> None:
        self.set_trait("questions", asked(self.chapter, self.question))
        ids = {question["id"] for question in self.questions}
        self.answers = {name: answer for name, answer in self.answers.items() if name in ids}

    @property
    def output(self) -> Score:
        """The score: how many are right, how many are answered, how many there are."""
        right = sum(
            question["id"] in self.answers and is_right(question, self.answers[question["id"]])
            for question in self.questions
        )
        return Score(right, len(self.answers), len(self.questions))

    def describe(self) -> str:
        """Return what is asked and the score in one line."""
        which = f", question {self.question}" if self.question else ""
        return f"{self.chapter}{which}, {self.output.right} of {self.output.total} right"

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
