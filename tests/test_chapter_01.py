"""The code that chapter 1 teaches is right, and equal to what the package does."""

import ast
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

import book
import cnnbook

CHAPTER = book.ROOT / "chapters" / "01_convolution.ipynb"


def cells():
    return nbformat.read(CHAPTER, as_version=4).cells


def taught_code():
    """Return the functions that the cells tagged ``taught`` define."""
    sources = [cell.source for cell in cells() if "taught" in cell.metadata.get("tags", [])]
    functions = [node for node in ast.parse("\n".join(sources)).body if isinstance(node, ast.FunctionDef)]
    names = {"np": np}
    exec(compile(ast.Module(functions, type_ignores=[]), CHAPTER.name, "exec"), names)
    return SimpleNamespace(**names)


taught = taught_code()
sizes = st.integers(1, 6)


@st.composite
def pairs(draw):
    """Draw an image and a kernel that fits into it, not square as a rule."""
    K_h, K_w, more_h, more_w = draw(st.tuples(sizes, sizes, sizes, sizes))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.normal(size=(K_h + more_h - 1, K_w + more_w - 1)), rng.normal(size=(K_h, K_w))


@given(pairs())
def test_the_loops_equal_the_package_and_scipy(pair):
    x, w = pair
    y = taught.correlate_loops(x, w)
    np.testing.assert_allclose(y, cnnbook.cross_correlate2d(x, w), atol=1e-12)
    np.testing.assert_allclose(y, signal.correlate2d(x, w, mode="valid"), atol=1e-12)


@given(pairs())
def test_the_flipped_loops_equal_the_package_and_scipy(pair):
    x, w = pair
    y = taught.convolve_loops(x, w)
    np.testing.assert_allclose(y, cnnbook.convolve2d(x, w), atol=1e-12)
    np.testing.assert_allclose(y, signal.convolve2d(x, w, mode="valid"), atol=1e-12)


@given(pairs(), st.data())
def test_one_window_is_one_output(pair, data):
    x, w = pair
    y = cnnbook.cross_correlate2d(x, w)
    i, j = (data.draw(st.integers(0, n - 1)) for n in y.shape)
    assert taught.one_window(x, w, i, j) == pytest.approx(y[i, j], abs=1e-12)


@pytest.mark.parametrize(("n", "k"), [(7, 3), (1, 1), (9, 9), (256, 3)])
def test_the_count_of_windows_equals_the_package(n, k):
    assert taught.count_windows(n, k) == cnnbook.output_size(n, k)


def test_every_check_in_the_chapter_comes_out_as_its_text_says():
    said = {cell.id: cell.outputs[0].data["text/plain"] for cell in cells() if cell.get("outputs")}
    checks = {name for name in said if name.startswith("check-")} | {"edges", "commute"}
    assert len(checks) >= 8
    assert {name: said[name] for name in checks if said[name] not in ("True", "(True, True)")} == {}
    assert said["not-commute"] == "False"
    assert said["sources-check"] == "{'correlate2d': True, 'convolve2d': False}"


def test_no_line_of_code_is_wider_than_the_column():
    shown = [
        cell
        for cell in cells()
        if cell.cell_type == "code" and "remove-input" not in cell.metadata.get("tags", [])
    ]
    assert [line for cell in shown for line in cell.source.splitlines() if len(line) > 78] == []
