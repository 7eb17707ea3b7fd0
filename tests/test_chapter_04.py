"""The code that chapter 4 teaches is right, and equal to what the package does."""

import ast
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view

import book
import cnnbook
from cnnbook import checks

CHAPTER = book.ROOT / "chapters" / "04_im2col.ipynb"
EXERCISES = ["to_output", "take_windows", "unfold", "add_back"]
WAYS = ["im2col_take", "im2col_index", "im2col_offsets", "im2col_view"]


def cells():
    return nbformat.read(CHAPTER, as_version=4).cells


def source(name):
    """Return the source of the cell with an id."""
    return next(cell.source for cell in cells() if cell.id == name)


def said():
    """Return what each cell shows as plain text, by the cell's id."""
    return {cell.id: cell.outputs[0].data["text/plain"] for cell in cells() if cell.get("outputs")}


def defined_by(name):
    """Return what a cell defines, given NumPy only."""
    names = {"np": np, "sliding_window_view": sliding_window_view}
    exec(compile(source(name), name, "exec"), names)
    return names


def functions_of(sources):
    """Return the functions that some sources define, given what the chapter imports."""
    nodes = [node for node in ast.parse("\n".join(sources)).body if isinstance(node, ast.FunctionDef)]
    names = {"np": np, "sliding_window_view": sliding_window_view, "im2col": cnnbook.im2col}
    exec(compile(ast.Module(nodes, type_ignores=[]), CHAPTER.name, "exec"), names)
    return SimpleNamespace(**names)


taught = functions_of(cell.source for cell in cells() if "taught" in cell.metadata.get("tags", []))
untagged = functions_of([source("adjoint-gap"), source("swapped-function")])


@st.composite
def cases(draw):
    """Draw a batch and settings of which one window fits at least; height and width are drawn apart."""
    sizes, kernel_size, stride, padding = [], [], [], []
    for _ in range(2):
        k, p = draw(st.integers(1, 4)), draw(st.integers(0, 3))
        smallest = max(1, k - 2 * p)
        sizes.append(draw(st.integers(smallest, smallest + 5)))
        kernel_size.append(k)
        padding.append(p)
        stride.append(draw(st.integers(1, 4)))
    N, C = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    dtype = draw(st.sampled_from([np.float64, np.float32, np.int16]))
    x = np.arange(1, 1 + N * C * sizes[0] * sizes[1], dtype=dtype).reshape(N, C, *sizes)
    return x, tuple(kernel_size), tuple(stride), tuple(padding)


@pytest.mark.parametrize("way", WAYS)
@given(case=cases())
def test_every_way_is_the_package(way, case):
    np.testing.assert_array_equal(getattr(taught, way)(*case), cnnbook.im2col(*case), strict=True)


@given(cases())
def test_the_first_columns_are_the_package(case):
    x, kernel_size, _, padding = case
    x_pad = taught.pad(x, padding)
    columns = taught.columns_by_windows(x_pad[0, 0], kernel_size)
    np.testing.assert_array_equal(columns, cnnbook.im2col(x[:1, :1], kernel_size, padding=padding)[0])


@given(cases())
def test_col2im_is_the_package_and_the_adjoint(case):
    x, *settings = case
    x = x.astype(float)
    cols = cnnbook.im2col(x, *settings)
    c = np.random.default_rng(0).normal(size=cols.shape)
    back = taught.col2im_offsets(c, x.shape[2:], *settings)
    np.testing.assert_allclose(back, cnnbook.col2im(c, x.shape[2:], *settings), atol=1e-12)
    assert np.vdot(cols, c) == pytest.approx(np.vdot(x, back), abs=1e-9)


@given(cases())
def test_the_layouts_go_back_and_forth(case):
    cols = cnnbook.im2col(*case)
    wide, rows = taught.batch_last(cols), taught.windows_as_rows(cols)
    N = len(cols)
    np.testing.assert_array_equal(taught.from_batch_last(wide, N), cols)
    np.testing.assert_array_equal(taught.windows_as_rows(rows), cols)
    for n, r, window in np.ndindex(cols.shape):
        assert cols[n, r, window] == wide[r, window * N + n] == rows[n, window, r]


@given(cases())
def test_the_blocks_are_the_convolution(case):
    x, kernel_size, stride, padding = case
    x = x.astype(float)
    weight = np.random.default_rng(0).normal(size=(2, x.shape[1], *kernel_size))
    expected = cnnbook.conv2d(x, weight, stride=stride, padding=padding)
    y = taught.conv2d_in_blocks(x, weight, taught.im2col_view, stride, padding)
    np.testing.assert_allclose(y.reshape(expected.shape), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("side", "k", "stride", "padding"), [(7, 3, 1, 0), (8, 3, 2, 1), (6, 2, 2, 0)])
def test_the_rows_added_back_are_right_unless_swapped(side, k, stride, padding):
    cols = np.random.default_rng(0).normal(
        size=(1, k * k, cnnbook.output_size(side, k, stride, padding) ** 2)
    )
    expected = cnnbook.col2im(cols, side, k, stride, padding)[0, 0]
    rows = np.ascontiguousarray(cols[0].T)
    right, wrong = (
        taught.add_rows_back(rows, (side, side), k, stride, padding, swapped) for swapped in (False, True)
    )
    np.testing.assert_allclose(right, expected, atol=1e-12)
    assert np.abs(wrong - expected).max() > 0.5


@pytest.mark.parametrize(("side", "k"), [(5, 3), (3, 2), (7, 4)])
def test_where_the_swap_does_no_harm(side, k):
    assert untagged.adjoint_gap(side, k, 1, 0, swapped=True) < 1e-9


@pytest.mark.parametrize("setting", [(7, 3, 1, 0), (7, 3, 1, 1), (8, 3, 2, 1), (6, 3, 1, 0)])
def test_where_the_adjoint_test_catches_the_swap(setting):
    assert untagged.adjoint_gap(*setting, swapped=False) < 1e-9
    assert untagged.adjoint_gap(*setting, swapped=True) > 1


def test_what_the_table_of_the_swap_says():
    (table,) = (cell.outputs[0].data["text/markdown"] for cell in cells() if cell.id == "swapped-table")
    lines = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    assert [line[4] for line in lines if line[4] != "0.0"] == []
    assert [line[5] == "0.0" for line in lines] == [True] * 3 + [False] * 4
    assert lines[-1][5] == "IndexError"


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_has_a_stub_and_a_solution_that_passes(name):
    key, check = name.replace("_", "-"), getattr(checks, name)
    stub = defined_by(f"stub-{key}")[name]
    assert "..." in source(f"stub-{key}")
    assert repr(check(stub)).startswith("Not attempted yet.")
    assert check(defined_by(f"solution-{key}")[f"{name}_solution"]).passed
    assert said()[f"try-{key}"].startswith("Not attempted yet.")
    assert said()[f"verdict-{key}"].startswith("Passed:")


def test_no_other_exercise_is_in_the_chapter():
    labels = [cell.source for cell in cells() if "{exercise-start}" in cell.source]
    assert len(labels) == len(EXERCISES)


def test_no_cell_takes_a_name_that_the_reader_writes():
    for cell in cells():
        if cell.cell_type == "code" and not cell.id.startswith(("stub-", "try-", "solution-", "verdict-")):
            tree = ast.parse(cell.source)
            used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            assert used.isdisjoint(EXERCISES), cell.id


def test_every_check_in_the_chapter_comes_out_as_its_text_says():
    checked = {name: text for name, text in said().items() if name.startswith("check-")}
    assert len(checked) >= 9
    assert {name: text for name, text in checked.items() if text not in ("True", "(True, True)")} == {}
    assert said()["strided-copies"] == "(True, False)"
    assert said()["width-check"] == "[(False, True), (True, False)]"


def test_the_worked_examples_of_the_sources():
    assert said()["product"] == "((3, 4), (4, 25), (3, 25))"
    assert said()["worked-product"] == "((20, 9), (9, 500), (20, 500))"
    assert said()["worked-output"].startswith("((5, 20, 10, 10)")
    assert said()["colour-rows"].endswith("(25, 27))")
    assert said()["sources-filters"] == "(10, 27)"


def test_one_cell_is_measured_and_shows_a_picture_only():
    measured = [cell for cell in cells() if "measured" in cell.metadata.get("tags", [])]
    assert len(measured) == 1
    (output,) = measured[0].outputs
    assert "image/png" in output.data


def test_no_line_of_code_is_wider_than_the_column():
    shown = [
        cell
        for cell in cells()
        if cell.cell_type == "code" and "remove-input" not in cell.metadata.get("tags", [])
    ]
    assert [line for cell in shown for line in cell.source.splitlines() if len(line) > 78] == []
