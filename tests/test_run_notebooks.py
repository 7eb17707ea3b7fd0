"""The runner: what it stores is the same in every run, and it sees what would change."""

import base64
import copy
import io

import nbformat
import numpy as np
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat import v4
from PIL import Image

import compare_notebooks
import run_notebooks

SOURCES = {
    "stream": "print(1)\nprint(2)",
    "widget": "import ipywidgets\n\nipywidgets.IntSlider()",
    "both": "class Both(ipywidgets.IntSlider):\n"
    "    def _repr_mimebundle_(self, **kwargs):\n"
    "        return {**super()._repr_mimebundle_(**kwargs), 'text/html': '<p>7</p>'}\n\n\nBoth()",
    "picture": "import matplotlib.pyplot as plt\n\nplt.plot([1, 3, 2])\nplt.show()",
    "error": "1 / 0",
    "time": "import time\n\nplt.plot([time.perf_counter() % 1, 2])\nplt.show()\n"
    "with open('runs', 'a') as file:\n    _ = file.write('I')",
    "folder": "import pathlib\n\npathlib.Path.cwd().name",
}
TAGS = {"error": ["raises-exception"], "time": ["measured"]}


def write(path, sources):
    cells = [
        v4.new_code_cell(source, id=name, metadata={"tags": TAGS[name]} if name in TAGS else {})
        for name, source in sources.items()
    ]
    nbformat.write(v4.new_notebook(cells=cells), path)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Store a notebook with an output of each kind."""
    path = tmp_path_factory.mktemp("book") / "page.ipynb"
    write(path, SOURCES)
    assert run_notebooks.store(path)
    return path


@pytest.fixture
def cells(page):
    return {cell.id: cell for cell in nbformat.read(page, as_version=4).cells}


def test_a_second_run_changes_nothing(page):
    before = page.read_bytes()
    assert run_notebooks.check(page) == []
    assert page.read_bytes() == before


def test_what_differs_from_run_to_run_is_not_stored(page, cells):
    notebook = nbformat.read(page, as_version=4)
    assert "widgets" not in notebook.metadata
    assert "version" not in notebook.metadata.language_info
    assert all("execution" not in cell.metadata for cell in notebook.cells)
    assert cells["widget"].outputs[0].data[run_notebooks.WIDGET]["model_id"] == "widget-0"
    assert sorted(cells["both"].outputs[0].data) == ["text/html", "text/plain"]
    assert cells["error"].outputs[0].traceback == ["ZeroDivisionError: division by zero"]


def test_runs_in_the_folder_of_the_notebook(page, cells):
    assert cells["folder"].outputs[0].data["text/plain"] == repr(page.parent.name)


def test_measured_cells_change_only_on_demand(page, cells):
    def picture(notebook):
        return {cell.id: cell for cell in notebook.cells}["time"].outputs[0].data["image/png"]

    runs = page.with_name("runs")
    before = runs.read_text("utf-8")
    kept = run_notebooks.run(page)
    assert runs.read_text("utf-8") == before
    assert {cell.id: cell.source for cell in kept.cells}["time"] == cells["time"].source
    taken = run_notebooks.run(page, measure=True)
    assert runs.read_text("utf-8") == before + "I"
    assert picture(kept) == cells["time"].outputs[0].data["image/png"]
    assert picture(taken) != picture(kept)


@pytest.mark.parametrize(
    ("cell", "change", "found"),
    [
        ("stream", lambda cell: cell.outputs[0].update(text="1\n3\n"), r"stored '1\n3\n', now '1\n2\n'"),
        ("folder", lambda cell: cell.outputs.clear(), "outputs: stored 0 items, now 1"),
        ("folder", lambda cell: cell.update(execution_count=9), "execution_count: stored 9, now 7"),
        ("picture", lambda cell: paint(cell, 255), "image/png: 1 of "),
    ],
)
def test_differences_name_the_cell_and_what_differs(page, cell, change, found):
    fresh, stored = nbformat.read(page, as_version=4), nbformat.read(page, as_version=4)
    change(next(one for one in stored.cells if one.id == cell))
    (line,) = compare_notebooks.differences(stored, fresh)
    assert f"({cell}): " in line
    assert found in line


def test_check_finds_a_changed_output_and_another_form(page, tmp_path, monkeypatch):
    changed = tmp_path / page.parent.name / "page.ipynb"
    changed.parent.mkdir()
    changed.write_text(page.read_text("utf-8").replace('"1\\n"', '"7\\n"'), "utf-8")
    (line,) = run_notebooks.check(changed)
    assert line == r"cell 1 (stream): outputs[0].text: stored '7\n2\n', now '1\n2\n'"

    changed.write_text(page.read_text("utf-8").replace('\n "nbformat"', '\n  "nbformat"'), "utf-8")
    monkeypatch.setattr(run_notebooks, "run", lambda path: nbformat.read(page, as_version=4))
    (line,) = run_notebooks.check(changed)
    assert line.startswith("the file is not in canonical form")


def test_an_error_that_is_not_meant_is_raised(tmp_path):
    write(tmp_path / "page.ipynb", {"oops": "1 / 0"})
    with pytest.raises(CellExecutionError, match="division by zero"):
        run_notebooks.store(tmp_path / "page.ipynb")


def paint(cell, level):
    """Darken one channel of the first pixel of a cell's picture by ``level``."""
    data = cell.outputs[0].data
    image = Image.open(io.BytesIO(base64.b64decode(data["image/png"]))).convert("RGBA")
    red, *others = image.getpixel((0, 0))
    image.putpixel((0, 0), (red - level, *others))
    stream = io.BytesIO()
    image.save(stream, "png")
    data["image/png"] = base64.b64encode(stream.getvalue()).decode()


@pytest.mark.parametrize(("level", "same"), [(1, True), (2, True), (3, False)])
def test_a_picture_may_differ_by_two_levels(cells, level, same):
    before = cells["picture"].outputs[0].data["image/png"]
    paint(cells["picture"], level)
    after = cells["picture"].outputs[0].data["image/png"]
    assert before != after
    assert (compare_notebooks.picture_difference(before, after) == "") is same


def test_a_picture_of_rounding_errors_may_differ_in_a_tenth_of_its_pixels(cells):
    def stripe(height):
        stream = io.BytesIO()
        Image.fromarray(np.repeat(255 * (np.arange(20) < height), 5).reshape(20, 5).astype("u1")).save(
            stream, "png"
        )
        return base64.b64encode(stream.getvalue()).decode()

    cell = cells["picture"]
    cell.outputs[0].data["image/png"] = stripe(1)
    for tags, height, kept in (([], 2, False), (["rounding"], 3, True), (["rounding"], 4, False)):
        cell.metadata["tags"] = tags
        fresh = copy.deepcopy(cell)
        fresh.outputs[0].data["image/png"] = stripe(height)
        run_notebooks.settle(cell, fresh)
        assert (fresh.outputs[0].data["image/png"] == stripe(1)) is kept


def test_pictures_of_other_sizes_differ():
    def blank(width):
        stream = io.BytesIO()
        Image.new("L", (width, 2)).save(stream, "png")
        return base64.b64encode(stream.getvalue()).decode()

    assert compare_notebooks.picture_difference(blank(3), blank(4)) == "stored 3 x 2 pixels, now 4 x 2"
