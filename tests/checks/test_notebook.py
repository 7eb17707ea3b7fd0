"""In a notebook: a stub does not raise, and a failure shows no line of the checker's files."""

import nbformat
import pytest
from nbclient import NotebookClient

CELLS = """
from cnnbook import checks
---
def convolve(image, kernel):
    K_h, K_w = kernel.shape
    ...
---
checks.convolve(convolve)
---
from cnnbook import cross_correlate2d

checks.convolve(cross_correlate2d)
---
def convolve(image, kernel):
    flipped = kernel[::-1, :, ::-1]
    return cross_correlate2d(image, flipped)
---
checks.convolve(convolve)
---
def convolve_solution(image, kernel):
    return cross_correlate2d(image, kernel[::-1, ::-1])
---
checks.convolve(convolve_solution)
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in CELLS.split("---\n")]
    for cell in cells:
        cell.metadata["tags"] = ["raises-exception"]
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"metadata": {"path": str(tmp_path_factory.mktemp("notebook"))}}
    NotebookClient(notebook, kernel_name="python3", timeout=120, resources=resources).execute()
    return [cell.outputs for cell in notebook.cells]


def test_stub_with_a_scaffold_is_not_attempted(outputs):
    (output,) = outputs[2]
    assert output.data["text/markdown"].startswith("**Not attempted yet.** Write `convolve`")
    assert output.data["text/plain"].startswith("Not attempted yet. Write convolve")


def test_failure_shows_the_case_and_no_traceback(outputs):
    (output,) = outputs[3]
    assert output.ename == "CheckFailed"
    assert output.traceback == [f"CheckFailed: {output.evalue}"]
    assert "image = np.array([[3., 1.]])" in output.evalue
    assert "this is the cross-correlation" in output.evalue
    assert ".py" not in output.evalue


def test_error_of_the_reader_shows_the_readers_line(outputs):
    (output,) = outputs[5]
    assert output.traceback == [f"CheckFailed: {output.evalue}"]
    assert "IndexError: too many indices for array" in output.evalue
    assert "at line 2: flipped = kernel[::-1, :, ::-1]" in output.evalue
    assert ".py" not in output.evalue


def test_solution_passes(outputs):
    (output,) = outputs[7]
    assert output.data["text/markdown"].startswith("**Passed:** `convolve` is right in all 109 cases.")
