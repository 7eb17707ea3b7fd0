"""`make` and make.py: any folder, any name, and nobody's own settings."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from nbformat import v4

import book
import make
from surroundings import readers_own, surroundings

ODD = "my book #1 100% ä"
STUB = """#!{python}
import json, sys
with open("calls", "a") as calls:
    calls.write(json.dumps([{name!r}, *sys.argv[1:]]) + chr(10))
"""
WAYS = {"make": ["make"], "make.py": [sys.executable, "make.py"]}


@pytest.fixture
def house(tmp_path):
    """Return a book in an oddly named folder, built already; its programs only note their arguments."""
    house = tmp_path / ODD
    shutil.copytree(book.ROOT / "tools", house / "tools")
    for name in ("make.py", "Makefile"):
        shutil.copyfile(book.ROOT / name, house / name)
    for path in (house / "requirements.txt", house / ".venv/.ready", house / "_build/.built"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for name in ("python", "jupyter-lab", "pytest"):
        path = house / ".venv/bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(STUB.format(python=sys.executable, name=name))
        path.chmod(0o755)
    return house


def calls(house):
    return [json.loads(line) for line in (house / "calls").read_text().splitlines()]


def ask(house, way, *words, **environment):
    command = [*WAYS[way], *words]
    return subprocess.run(
        command, cwd=house, capture_output=True, text=True, check=True, env={**os.environ, **environment}
    ).stdout


@pytest.mark.parametrize("way", WAYS)
def test_the_page_to_open_can_be_opened(house, way):
    address = ask(house, way, "book").split("The book: ")[1].strip()
    parts = urlsplit(address)
    assert (parts.scheme, parts.query, parts.fragment) == ("file", "", "")
    assert Path(unquote(parts.path)) == house / "_build/html/index.html"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("folder", ["my chapters", "a $b 'c' \"d\" #e (f) & 100% ä"])
def test_copies_go_into_the_folder_that_was_named(house, way, folder):
    ask(
        house,
        way,
        "lab",
        f"COPIES={folder.replace('$', '$$') if way == 'make' else folder}",
        "LAB=--no-browser --port=0",
    )
    copied, served = calls(house)
    assert copied == ["python", "tools/copy_chapters.py", folder]
    assert served[-3:] == ["--no-browser", "--port=0", f"{folder}/intro.ipynb"]


@pytest.mark.parametrize("way", WAYS)
def test_a_setting_counts_only_where_it_was_given(house, way):
    ask(house, way, "rerun", "WORKERS=5", WORKERS="7")
    ask(house, way, "rerun", WORKERS="7", PORT="80")
    assert [call[:3] for call in calls(house)] == [["pytest", "-n", "5"], ["pytest", "-n", "2"]]


def test_what_is_not_there_is_named(house):
    with pytest.raises(subprocess.CalledProcessError) as error:
        ask(house, "make.py", "bock")
    assert error.value.stderr.startswith("there is no target 'bock'\n")


def test_a_program_that_fails_ends_it_with_its_code(house):
    (house / ".venv/bin/pytest").write_text(f"#!{sys.executable}\nimport sys\nsys.exit(3)")
    with pytest.raises(subprocess.CalledProcessError) as error:
        ask(house, "make.py", "rerun")
    assert error.value.returncode == 3


def test_at_its_end_it_says_what_each_part_took(house):
    for name in ("ruff", "codespell", "oxlint", "mypy"):
        shutil.copyfile(house / ".venv/bin/pytest", house / ".venv/bin" / name)
        (house / ".venv/bin" / name).chmod(0o755)
    last = ask(house, "make.py", "test").splitlines()[-1]
    number = r"\d+\.\d\d s"
    assert re.fullmatch(
        rf"lint \d+ s, check \d+ s, nbval \d+ s\. Ten million additions: {number} before, {number} after\.",
        last,
    )
    assert {name for name, *_ in calls(house)} >= {"pytest", "python"}


def test_the_book_is_built_again_when_a_source_is_newer(house):
    stamp = (house / "_build/.built").stat().st_mtime
    assert "jupyter-book" not in ask(house, "make.py", "book")
    (house / "chapters").mkdir()
    (house / "chapters/new.ipynb").touch()
    os.utime(house / "chapters/new.ipynb", (stamp + 9, stamp + 9))
    with pytest.raises(subprocess.CalledProcessError, match=r"make\.py") as error:
        ask(house, "make.py", "book")
    assert "jupyter-book is not in" in error.value.stderr  # it was about to be called


def test_a_target_is_carried_out_once():
    count = []
    once = make.target(lambda: count.append(1))
    del make.TARGETS["<lambda>"]
    once()
    once()
    assert count == [1]


PROBE = """
import matplotlib, os, sys, pathlib
import matplotlib.pyplot as plt
print(plt.rcParams["figure.dpi"], matplotlib.get_backend(), len(sys.path), sys.flags.optimize)
print(sorted(name for name in os.environ if name.startswith(("MPL", "PYTHON", "JUPYTER", "IPYTHON", "LANG"))))
"""


KERNELSPEC = ".local/share/jupyter/kernels/python3/kernel.json"
SETTINGS = {
    ".config/matplotlib/matplotlibrc": "figure.dpi: 17",
    ".ipython/profile_default/startup/00.py": "print('hello')",
    ".ipython/profile_default/ipython_config.py": "get_config().InlineBackend.rc = {'figure.dpi': 18}",
    KERNELSPEC: '{"argv": ["false"], "language": "", "display_name": ""}',
}


def shown(environment, folder):
    """Return what a kernel prints in an environment, by the book's own runner."""
    path = folder / "probe.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(PROBE, id="probe")]), path)
    run = [sys.executable, str(book.ROOT / "tools/run_notebooks.py"), str(path)]
    answer = subprocess.run(run, env=environment, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return nbformat.read(path, as_version=4).cells[0].outputs[0].text


@pytest.mark.rerun
def test_nobodys_settings_reach_a_kernel(tmp_path, monkeypatch):
    plain = shown(surroundings(tmp_path / "plain"), tmp_path)
    home = tmp_path / "theirs"
    for name, text in SETTINGS.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    for name, value in {
        "HOME": home, "MPLBACKEND": "nonsense", "PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error",
        "PYTHONPATH": home, "JUPYTER_PATH": home / ".local/share/jupyter", "LANG": "de_DE", "NO_COLOR": "1",
        "XDG_CONFIG_HOME": home / ".config", "PYTEST_ADDOPTS": "--nonsense", "COLUMNS": "20",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(value))
    assert shown(surroundings(tmp_path / "fresh"), tmp_path) == plain
    with pytest.raises(AssertionError):  # so the settings were such that they would have shown
        assert shown(dict(os.environ), tmp_path) == plain


def test_an_unwritable_home_is_replaced(tmp_path, monkeypatch):
    assert readers_own(tmp_path)["HOME"] == os.environ["HOME"]
    monkeypatch.setenv("HOME", "/dev/null")
    assert readers_own(tmp_path)["HOME"] == str(tmp_path)
    copy = [sys.executable, str(book.ROOT / "tools/copy_chapters.py"), str(tmp_path / "copies")]
    subprocess.run(copy, env=readers_own(tmp_path), check=True, capture_output=True)
