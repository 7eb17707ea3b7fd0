"""In a notebook: a stub does not raise, and a failure shows no line of the checker's files."""

import nbformat
import pytest
from nbclient import NotebookClient

CELLS = """
from cnnbook import checks, cross_correlate2d
import matplotlib.pyplot as plt
from IPython.display import display
---
def correlate(image, kernel):
    K_h, K_w = kernel.shape
    ...
---
checks.correlate(correlate)
---
checks.correlate(lambda image, kernel: cross_correlate2d(image, kernel[::-1, ::-1]))
---
def correlate(image, kernel):
    window = kernel[::-1, :, ::-1]
    return cross_correlate2d(image, window)
---
checks.correlate(correlate)
---
def correlate(image, kernel):
    while True:
        pass
---
checks.limit.SECONDS = 0.3
checks.correlate(correlate)
---
def stopped(image, kernel):
    raise KeyboardInterrupt
---
checks.correlate(stopped)
---
checks.limit.SECONDS = 60

def separable_solution(column, row):
    plt.plot(column)
    plt.show()
    display("seen")
    return column[:, None] * row
---
checks.separable(separable_solution)
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
    assert output.data["text/markdown"].startswith("**Not attempted yet.** Write `correlate`")
    assert output.data["text/plain"].startswith("Not attempted yet. Write correlate")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (3, ["image = np.array([[3., 1.]])", "you computed a convolution"]),
        (5, ["IndexError: too many indices for array", "at line 2: window = kernel[::-1, :, ::-1]"]),
        (7, ["does not come to an end", "still running"]),
        (9, ["correlate was stopped in this case", "image = np.array([[3.]])"]),
    ],
)
def test_failure_shows_the_case_and_no_traceback(outputs, cell, words):
    (output,) = outputs[cell]
    assert output.ename in ("CheckFailed", "Interrupted")
    assert output.traceback == [
        f"{output.ename.replace('Interrupted', 'KeyboardInterrupt')}: {output.evalue}"
    ]
    assert all(word in output.evalue for word in words)
    assert ".py" not in output.evalue


def test_solution_passes_and_its_figures_stay_in(outputs):
    (output,) = outputs[11]
    assert output.data["text/markdown"].startswith("**Passed:** `separable` is right in all")
