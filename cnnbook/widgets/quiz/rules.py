"""The rules that a data file of questions keeps, so that no answer is left without feedback."""

from __future__ import annotations

import math
import re
from itertools import combinations
from numbers import Real
from typing import Any

import numpy as np

__all__ = ["LETTERS", "check_questions", "is_number"]

LETTERS = "abcdefgh"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ROLES = ("input", "kernel", "output")
ANSWER_KEYS = {"text", "right", "feedback"}
QUESTION_KEYS = {"id", "kind", "ask", "figure", "answers"}
KINDS = {
    "one": (QUESTION_KEYS, ANSWER_KEYS),
    "several": (QUESTION_KEYS, ANSWER_KEYS),
    "number": (QUESTION_KEYS | {"tolerance", "otherwise"}, ANSWER_KEYS | {"number"}),
}


def check_questions(data: Any) -> dict[str, list[dict[str, Any]]]:
    """Check the contents of a data file, and return them with every default filled in.

    Raises
    ------
    ValueError
        If a rule is broken; the message names the question and the rule.
    """
    whole = isinstance(data, dict) and set(data) == {"predict", "quiz"}
    if not whole or not all(isinstance(part, list) for part in data.values()):
        raise ValueError("the file must hold two lists of questions, 'predict' and 'quiz'")
    checked = {part: [check_question(question) for question in data[part]] for part in ("predict", "quiz")}
    ids = [question["id"] for part in checked.values() for question in part]
    for name in ids:
        require(ids.count(name) == 1, name, "another question has the same id")
    return checked


def check_question(question: Any) -> dict[str, Any]:
    """Check one question, and return it with every default filled in."""
    name = question.get("id") if isinstance(question, dict) else None
    require(isinstance(name, str) and ID.fullmatch(name), name, "its id must be small letters and hyphens")
    kind, answers = question.get("kind"), question.get("answers")
    require(kind in KINDS, name, f"its kind must be one of {', '.join(KINDS)}")
    keys, answer_keys = KINDS[kind]
    require(set(question) <= keys, name, f"it must not have {', '.join(sorted(set(question) - keys))}")
    require(is_text(question.get("ask")), name, "it must ask something")
    require(
        is_figure(question.get("figure", {})), name, "its figure must hold grids of numbers by their roles"
    )
    require(
        isinstance(answers, list) and 2 <= len(answers) <= len(LETTERS), name, "it must have 2 to 8 answers"
    )
    for answer in answers:
        require(isinstance(answer, dict) and set(answer) <= answer_keys, name, f"{answer} has a strange key")
        require(is_text(answer.get("feedback")), name, f"{answer} must have feedback")
        require(isinstance(answer.get("right", False), bool), name, f"{answer} must be right or not")
    count = sum(answer.get("right", False) for answer in answers)
    if kind == "several":
        require(1 <= count < len(answers), name, "it must have right answers and wrong ones")
    else:
        require(count == 1, name, f"it must have exactly one right answer, and has {count}")
    if kind == "number":
        check_numbers(question)
        question = {"tolerance": 0, **question}
        answers = [{"text": number_text(answer["number"]), **answer} for answer in answers]
    texts = [answer.get("text") for answer in answers]
    require(all(map(is_text, texts)), name, "each answer must have a text")
    require(len(set(texts)) == len(texts), name, "no two answers may be the same")
    return {"figure": {}, **question, "answers": [{"right": False, **answer} for answer in answers]}


def check_numbers(question: dict[str, Any]) -> None:
    """Check what only a question for a number has."""
    name, tolerance = question["id"], question.get("tolerance", 0)
    numbers = [answer.get("number") for answer in question["answers"]]
    require(is_text(question.get("otherwise")), name, "'otherwise' must hold feedback for any other number")
    require(is_number(tolerance) and tolerance >= 0, name, "its tolerance must be zero or more")
    require(all(map(is_number, numbers)), name, "each answer must have a number")
    near = any(abs(a - b) <= 2 * tolerance for a, b in combinations(numbers, 2))
    require(not near, name, "its numbers must lie more than twice the tolerance apart")


def require(kept: Any, name: Any, rule: str) -> None:
    """Raise ``ValueError`` unless a rule is kept."""
    if not kept:
        raise ValueError(f"question {name!r}: {rule}")


def is_text(value: Any) -> bool:
    """Return whether ``value`` is a string with something in it."""
    return isinstance(value, str) and value == value.strip() != ""


def is_number(value: Any) -> bool:
    """Return whether ``value`` is a finite number."""
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_) and math.isfinite(value)


def is_figure(value: Any) -> bool:
    """Return whether ``value`` holds grids of numbers by their roles."""
    return isinstance(value, dict) and set(value) <= set(ROLES) and all(map(is_grid, value.values()))


def is_grid(rows: Any) -> bool:
    """Return whether ``rows`` are lists of numbers of one length."""
    lists = isinstance(rows, list) and rows and all(isinstance(row, list) and row for row in rows)
    return bool(lists) and len(set(map(len, rows))) == 1 and all(is_number(x) for row in rows for x in row)


def number_text(number: float) -> str:
    """Return a number as it stands in a sentence.

    >>> number_text(196608), number_text(-9)
    ('196,608', '−9')
    """
    return f"{number:,}".replace("-", "−")
