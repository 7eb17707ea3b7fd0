"""The workers of a test run: each takes whole files, the slow ones first."""

import subprocess
import sys
from collections import Counter
from types import SimpleNamespace

import conftest

import book

FILE = """
import os
import pathlib
import pytest

@pytest.fixture(scope="module", params=[1, 2, 3])
def costly(request):
    with pathlib.Path(__file__).with_name("log").open("a") as log:
        log.write(f"{pathlib.Path(__file__).stem} {request.param} {os.environ['PYTEST_XDIST_WORKER']}\\n")
    return request.param

@pytest.mark.parametrize("again", range(4))
def test_one(costly, again):
    assert costly

def test_another(costly):
    assert costly
"""


def test_what_a_file_sets_up_is_set_up_once(tmp_path):
    for name in ("test_a", "test_b", "test_c", "test_d"):
        (tmp_path / f"{name}.py").write_text(FILE, "utf-8")
    options = ["-n", "2", "-c", str(book.ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
    lines = (tmp_path / "log").read_text("utf-8").splitlines()
    setups = Counter(line.rpartition(" ")[0] for line in lines)
    assert set(setups.values()) == {1}
    assert len(setups) == 12
    assert {line.rpartition(" ")[2] for line in lines} == {"gw0", "gw1"}


def test_slow_files_come_first_and_are_there():
    names = ["test_shapes.py", *reversed(conftest.SLOW), "test_api_page.py"]
    items = [SimpleNamespace(fixturenames=[], path=book.ROOT / "tests" / name) for name in names]
    conftest.pytest_collection_modifyitems(items)
    assert [item.path.name for item in items] == [*conftest.SLOW, "test_shapes.py", "test_api_page.py"]
    assert [name for name in conftest.SLOW if not (book.ROOT / "tests" / name).is_file()] == []
