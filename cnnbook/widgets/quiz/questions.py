"""The questions of a chapter: loaded from its data file, checked, and judged."""

from __future__ import annotations

import json
from importlib.resources import files
from numbers import Integral
from typing import Any

from cnnbook.widgets.quiz.rules import LETTERS, check_questions, is_number

__all__ = ["chapters", "given", "is_right", "load_questions"]

QUIZZES = files("cnnbook.data").joinpath("quizzes")


def chapters() -> list[str]:
    """Return the names of the chapters that have questions."""
    return sorted(
        path.name.removesuffix(".json") for path in QUIZZES.iterdir() if path.name.endswith(".json")
    )


def load_questions(chapter: str) -> dict[str, list[dict[str, Any]]]:
    """Load a chapter's questions.

    Parameters
    ----------
    chapter : str
        One of :func:`chapters`.

    Returns
    -------
    questions : dict
        ``"predict"``, the questions that stand one by one in the chapter, and ``"quiz"``, those
        at its end. Every answer has its ``text``, its ``feedback`` and whether it is ``right``.

    Raises
    ------
    LookupError
        If the chapter has no questions.
    ValueError
        If the data file breaks a rule; the message names the question and the rule.
    """
    if chapter not in chapters():
        raise LookupError(f"no chapter {chapter!r} has questions; there are {', '.join(chapters())}")
    try:
        return check_questions(json.loads(QUIZZES.joinpath(f"{chapter}.json").read_text("utf-8")))
    except ValueError as error:
        raise ValueError(f"{chapter}.json: {error}") from None


def given(question: dict[str, Any], answer: Any) -> Any:
    """Check what a reader answered, and return it as it is stored.

    Parameters
    ----------
    question : dict
        As :func:`load_questions` returns it.
    answer : str, sequence of str, or float
        The letter of an answer (``"a"`` is the first), letters, or a number, by the question's kind.

    Raises
    ------
    ValueError
        If no reader could have given that answer.
    """
    letters = LETTERS[: len(question["answers"])]
    if question["kind"] == "number":
        if not is_number(answer):
            raise ValueError(f"{question['id']} is answered by a number, not {answer!r}")
        return int(answer) if isinstance(answer, Integral) else float(answer)
    chosen = [answer] if question["kind"] == "one" else answer
    if (
        not isinstance(chosen, list | tuple | set)
        or not chosen
        or not all(one in list(letters) for one in chosen)
    ):
        several = "some" if question["kind"] == "several" else "one"
        raise ValueError(f"{question['id']} is answered by {several} of {', '.join(letters)}, not {answer!r}")
    return answer if question["kind"] == "one" else sorted(set(chosen))


def is_right(question: dict[str, Any], answer: Any) -> bool:
    """Return whether an answer, as :func:`given` returns it, is the right one.

    Examples
    --------
    >>> question = {"kind": "number", "tolerance": 0, "answers": [{"number": 5, "right": True}]}
    >>> is_right(question, 5), is_right(question, 7)
    (True, False)
    """
    right = [index for index, one in enumerate(question["answers"]) if one["right"]]
    if question["kind"] == "number":
        return abs(answer - question["answers"][right[0]]["number"]) <= question["tolerance"]
    return list(answer) == [LETTERS[index] for index in right]
