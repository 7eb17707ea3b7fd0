"""The code that the chapter on backpropagation teaches is right, and equal to what the package does."""

import re

import numpy as np
import pytest
from chapter import Chapter
from hypothesis import given, settings
from hypothesis import strategies as st

import book
import cnnbook
from cnnbook import slips

chapter = Chapter(
    "07_backpropagation",
    conv2d=cnnbook.conv2d,
    cross_correlate2d=cnnbook.cross_correlate2d,
    x=np.array([2.0, -1.0]),
    b=0.1,
    t=1.0,
)
taught = chapter.taught()


@st.composite
def cases(draw):
    """Draw a batch, kernels and settings of which one window fits; height and width are drawn apart."""
    sizes, kernel, stride, padding, dilation = [], [], [], [], []
    for _ in range(2):
        k, p, d = draw(st.integers(1, 3)), draw(st.integers(0, 3)), draw(st.integers(1, 2))
        smallest = max(1, d * (k - 1) + 1 - 2 * p)
        sizes.append(draw(st.integers(smallest, smallest + 5)))
        kernel.append(k)
        padding.append(p)
        dilation.append(d)
        stride.append(draw(st.integers(1, 4)))
    N, groups = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    C, C_out = groups * draw(st.integers(1, 2)), groups * draw(st.integers(1, 2))
    rng = np.random.default_rng(draw(st.integers(0, 9)))
    x, weight = rng.normal(size=(N, C, *sizes)), rng.normal(size=(C_out, C // groups, *kernel))
    return x, weight, tuple(stride), tuple(padding), tuple(dilation), groups


@settings(max_examples=150, deadline=None)
@given(cases())
def test_the_input_gradient_is_the_packages_and_the_adjoint(case):
    x, weight, *pairs, groups = case
    y = cnnbook.conv2d(x, weight, None, *pairs, groups)
    g = np.random.default_rng(0).normal(size=y.shape)
    names = dict(taught.input_gradient.__globals__, spread_out=taught.spread_out)
    found = type(taught.input_gradient)(taught.input_gradient.__code__, names)(
        g, weight, x.shape[2:], *pairs, groups
    )
    expected = cnnbook.conv2d_backward(g, x, weight, *pairs, groups)[0]
    np.testing.assert_allclose(found, expected, atol=1e-9)
    assert np.vdot(y, g) == pytest.approx(np.vdot(x, found), abs=1e-8)


@given(
    n=st.integers(1, 9), k=st.integers(1, 4), s=st.integers(1, 3), p=st.integers(0, 2), d=st.integers(1, 2)
)
def test_scatter_is_the_package(n, k, s, p, d):
    if n + 2 * p < d * (k - 1) + 1:
        return
    rng = np.random.default_rng(0)
    w, delta = rng.normal(size=k), rng.normal(size=cnnbook.output_size(n, k, s, p, d))
    arrays = delta[None, None, None], np.zeros((1, 1, 1, n)), w[None, None, None]
    expected = cnnbook.conv2d_backward(*arrays, (1, s), (0, p), (1, d))[0].ravel()
    np.testing.assert_allclose(taught.scatter(delta, w, n, s, p, d), expected, atol=1e-12)


def test_the_backward_pass_without_a_slip_is_right_and_with_one_is_not():
    rng = np.random.default_rng(0)
    x, weight = rng.normal(size=(2, 2, 5, 8)), rng.normal(size=(3, 2, 2, 3))
    g = rng.normal(size=cnnbook.conv2d(x, weight, stride=2, padding=1).shape)
    grad_x, grad_weight, _ = cnnbook.conv2d_backward(g, x, weight, 2, 1)
    right = slips.backward_pass(g, x, weight, 2, 1)
    np.testing.assert_allclose(right[0], grad_x, atol=1e-12)
    np.testing.assert_allclose(right[1], grad_weight, atol=1e-12)


def dictionary(name):
    text = chapter.said()[name].strip('"')
    return eval(text)  # what our own cell has printed


def test_every_slip_looks_right_somewhere_and_is_exposed_elsewhere():
    assert set(dictionary("looks-right").values()) == {0.0}
    exposed = dictionary("exposed")
    assert exposed.keys() == dictionary("looks-right").keys()
    assert (exposed["cut"], exposed["remainder"]) == ("shape (1, 2, 0, 0)", "shape (1, 2, 7, 7)")
    assert exposed["swapped"] == "ValueError"
    assert all(exposed[slip] > 1 for slip in ("equals", "turned", "mean"))


def test_what_the_table_of_checks_says():
    table = chapter.said("text/markdown")["which-table"]
    rows = {line.split("|")[1].strip(): line.split("|")[2:-1] for line in table.splitlines()[2:]}
    caught = {name: [cell.strip() == "caught" for cell in cells] for name, cells in rows.items()}
    names = ("equals", "turned", "swapped", "cut", "remainder", "mean")
    assert list(caught) == [*names, "both turned", "tiny"]
    # columns: shape, differences, direction, adjoint, all of them on a comfortable setting, a reference
    assert all(caught[slip][1:4] == [True] * 3 for slip in names)
    assert [slip for slip in names if not caught[slip][4]] == ["cut", "remainder", "mean"]
    assert caught["both turned"] == [False] * 5 + [True]
    assert caught["tiny"][:4] == [False, False, False, True]


def test_the_worked_example_of_the_sources():
    assert chapter.said()["linear-forward"] == "((10,), (10, 27), (27, 500))"
    assert chapter.said()["linear-images"] == "(5, 3, 10, 10)"


def test_the_line_of_the_picture():
    assert chapter.said()["scatter-code"] == "array([ 2., -1.,  7., -3., -1.,  2., -2.,  0.])"
    alt = next(cell for cell in chapter.cells if cell.id == "show-paths").metadata["mystnb"]["image"]["alt"]
    assert "2, minus 1, 7, minus 3, minus 1, 2, minus 2 and 0" in alt


def test_one_cell_is_measured_and_shows_a_picture_only():
    measured = [cell for cell in chapter.cells if "measured" in cell.metadata.get("tags", [])]
    assert len(measured) == 1
    (output,) = measured[0].outputs
    assert "image/png" in output.data


def test_the_symbols_are_those_of_the_columns():
    prose = "\n".join(cell.source for cell in chapter.cells if cell.cell_type == "markdown")
    assert "w_{o,q} X_{q,l}" in prose
    assert not re.search(r"W_\{o,r\}|X_\{r,l\}|\(N, R, L\)", prose)


def test_the_pages_symbols_are_on_the_page_of_symbols():
    page = (book.ROOT / "notation.md").read_text(encoding="utf-8")
    twice = page.split("## Letters with two meanings")[1]
    assert all(f"| ${letter}$ |" in twice for letter in "Wsa")


def test_a_complex_step_needs_functions_that_are_smooth():
    assert "an absolute value or a comparison breaks it" in chapter.source("trust-complex")
    assert (np.abs(2 + 1e-30j) / 1e-30).imag == 0  # the slope is 1
    assert ((2 + 1e-30j) ** 2).imag / 1e-30 == pytest.approx(4)


def test_a_step_without_backpropagation_takes_two_losses_a_weight():
    assert "for a million weights each step would take two million losses" in chapter.source("title")
