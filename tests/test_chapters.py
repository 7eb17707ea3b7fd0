"""What holds for every chapter: its exercises can be solved, and its checks come out as they should."""

import ast
import re
from itertools import pairwise
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import nbformat
import pytest
from chapter import Chapter
from numpy.lib.stride_tricks import sliding_window_view
from numpy.testing import assert_allclose

import book
import cnnbook
from cnnbook import checks
from cnnbook.widgets.quiz.questions import chapters, load_questions

NAMES = {
    "cross_correlate2d": cnnbook.cross_correlate2d,
    "conv2d": cnnbook.conv2d,
    "relu": cnnbook.relu,
    "sliding_window_view": sliding_window_view,
}
PAGES = [path.stem for path in book.pages() if path.parent.name == "chapters"]
CHAPTERS = {name: Chapter(name, **NAMES) for name in PAGES}
EXERCISES = [(chapter, name) for chapter in CHAPTERS.values() for name in chapter.exercises()]
# A check of each chapter that has exercises, and a slip in a line before it that turns it false.
SLIPS = {
    "01_convolution": ("check-scipy", "x[i + u, j + v] * w[u, v]", "x[i + u, j + v] * w[-1 - u, -1 - v]"),
    "02_image_kernels": ("check-sharpen", "5 * (identity - cross)", "5 * (cross - identity)"),
    "03_learning": ("check-matrix", "columns.append(y.ravel())", "columns.append(y.T.ravel())"),
    "04_stride_and_padding": (
        "check-dilated",
        "y[i, j] = (window[::dilation",
        "y[i, -1 - j] = (window[::dilation",
    ),
    "05_channels": ("check-batch", "return y + bias[:, None, None]", "return y"),
    "06_im2col": ("check-product", "columns.append(window.ravel())", "columns.append(window.T.ravel())"),
    "07_backpropagation": ("check-neuron", "grad_s = grad_y * (1 - y**2)", "grad_s = grad_y * (1 - s**2)"),
    "08_pooling": ("check-columns", "return cols.max(axis=1)", "return cols.mean(axis=1)"),
    "09_activations": ("check-sigmoid", "small = np.exp(-np.abs(x))", "small = np.exp(-x * x)"),
    "10_stacks": ("check-stack", "size += d * (k - 1) * jump", "size += d * k * jump"),
    "11_other_layers": (
        "check-loss",
        "np.eye(p.shape[1])[labels]) / len(p)",
        "np.eye(p.shape[1])[labels])",
    ),
    "12_digits": ("check-shipped", '"epochs": 12,', '"epochs": 11,'),
    "13_fast": ("check-tiles", "np.conj(np.fft.rfft2(weight, t))", "np.fft.rfft2(weight, t)"),
    "14_sources": ("check-same", "(count - 1) * stride + k - n", "(count - 1) * stride - n"),
}
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


def test_what_an_exercise_gives_as_an_example_is_so(chapter):
    for cell in chapter.cells:
        for name, arguments, value in re.findall(r"`(\w+)(\([^`]*\))` is `([^`]*)`", cell.source):
            key = name.replace("_", "-")
            solution = chapter.defined_by(f"solution-{key}")[f"{name}_solution"]
            assert cell.id == f"ex-{key}"
            assert_allclose(solution(*eval(arguments)), eval(value), atol=1e-12)


def test_every_chapter_has_its_questions():
    assert sorted(CHAPTERS) == sorted(chapters())


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
    assert {name: text for name, text in checked.items() if text not in ("True", "(True, True)")} == {}


def test_every_chapter_has_a_check_that_can_fail():
    assert sorted(SLIPS) == sorted(CHAPTERS)


@pytest.mark.parametrize("name", SLIPS)
def test_a_check_catches_a_slip_in_what_the_chapter_teaches(name):
    check, right, wrong = SLIPS[name]
    assert "False" in CHAPTERS[name].says_with_a_slip(check, right, wrong)
    plt.close("all")


def test_no_check_follows_another_without_a_word_between(chapter):
    """A chain of True proves no more than its first link."""
    kinds = [cell.id.split("-")[0] if cell.cell_type == "code" else "text" for cell in chapter.cells]
    assert ("check", "check") not in set(pairwise(kinds))


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
