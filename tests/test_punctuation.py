"""A formula and the signs that touch it stay together."""

import pytest
from docutils import nodes

from punctuation import keep_together


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("of the input ", ". The output", "n."),
        ("the filters (", "), and", "(n),"),
        ("the filters (each of ", " rows)", None),
        ("a row of ", "", None),
        ("", ": first", "n:"),
        ("f(", "x", "(n"),
    ],
)
def test_signs_that_touch_a_formula_stay_with_it(before, after, kept):
    paragraph = nodes.paragraph("", "", nodes.Text(before), nodes.math("", "n"), nodes.Text(after))
    keep_together(paragraph[1])
    assert paragraph.astext() == f"{before}n{after}"
    held = [node.astext() for node in paragraph.findall(nodes.inline)]
    assert held == ([kept] if kept else [])


def test_two_formulas_with_a_sign_between_are_two():
    paragraph = nodes.paragraph(
        "", "", nodes.math("", "i"), nodes.Text(", "), nodes.math("", "j"), nodes.Text(".")
    )
    for formula in list(paragraph.findall(nodes.math)):
        keep_together(formula)
    assert [node.astext() for node in paragraph.findall(nodes.inline)] == ["i,", "j."]
    assert paragraph.astext() == "i, j."
