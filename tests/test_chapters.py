"""What holds for every chapter: its exercises can be solved, and its checks come out as they should."""

import ast
import re
from xml.etree import ElementTree

import nbformat
import pytest
from chapter import Chapter
from numpy.lib.stride_tricks import sliding_window_view

import book
import cnnbook
from cnnbook import checks
from cnnbook.widgets.quiz.questions import chapters, load_questions

NAMES = {
    "cross_correlate2d": cnnbook.cross_correlate2d,
    "conv2d": cnnbook.conv2d,
    "sliding_window_view": sliding_window_view,
}
PAGES = [path.stem for path in book.pages() if path.parent.name == "chapters"]
CHAPTERS = {name: Chapter(name, **NAMES) for name in PAGES if name != "14_sources"}
EXERCISES = [(chapter, name) for chapter in CHAPTERS.values() for name in chapter.exercises()]
READERS = ("stub-", "try-", "solution-", "verdict-")


@pytest.fixture(params=CHAPTERS)
def chapter(request):
    return CHAPTERS[request.param]


@pytest.mark.parametrize(
    ("chapter", "name"), EXERCISES, ids=[f"{chapter.name}-{name}" for chapter, name in EXERCISES]
)
def test_an_exercise_has_a_stub_and_a_solution_that_passes(chapter, name):
    key, check = name.replace("_", "-"), getattr(checks, name)
    assert "..." in chapter.source(f"stub-{key}")
    assert repr(check(chapter.defined_by(f"stub-{key}")[name])).startswith("Not attempted yet.")
    assert check(chapter.defined_by(f"solution-{key}")[f"{name}_solution"]).passed
    assert chapter.said()[f"try-{key}"].startswith("Not attempted yet.")
    assert chapter.said()[f"verdict-{key}"].startswith("Passed:")


def test_every_chapter_has_its_questions():
    assert sorted(CHAPTERS) == [name for name in chapters() if name != "14_sources"]


def test_a_chapter_has_exercises_and_no_other_than_those(chapter):
    started = [cell for cell in chapter.cells if "{exercise-start}" in cell.source]
    assert len(started) == len(chapter.exercises()) >= 3


def test_no_cell_takes_a_name_that_the_reader_writes(chapter):
    for cell in chapter.cells:
        if cell.cell_type == "code" and not cell.id.startswith(READERS):
            used = {node.id for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)}
            assert used.isdisjoint(chapter.exercises()), cell.id


def test_every_check_comes_out_true(chapter):
    checked = {name: text for name, text in chapter.said().items() if name.startswith("check-")}
    assert checked
    assert {name: text for name, text in checked.items() if text not in ("True", "(True, True)")} == {}


def test_no_line_of_code_is_wider_than_the_column(chapter):
    shown = [
        cell
        for cell in chapter.cells
        if cell.cell_type == "code" and "remove-input" not in cell.metadata.get("tags", [])
    ]
    assert [line for cell in shown for line in cell.source.splitlines() if len(line) > 78] == []


def test_no_question_is_left_out(chapter):
    asked = {name for cell in chapter.cells for name in re.findall(r'question="([^"]+)"', cell.source)}
    assert asked == {question["id"] for question in load_questions(chapter.name)["predict"]}


@pytest.mark.parametrize("path", book.notebooks(), ids=lambda path: path.stem)
def test_a_static_copy_is_well_formed(path):
    """EPUB and other readers take XHTML only."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            html = output.get("data", {}).get("text/html", "")
            if "cnnbook-widget" in html:
                ElementTree.fromstring(html)
