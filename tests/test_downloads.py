"""What a reader takes away from the built book: a page as a notebook, and the wheel that it needs."""

import ast
import email
import json
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import book
import cnnbook
from make_downloads import make_wheel

TRY = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
import cnnbook
assert cnnbook.__file__.startswith(sys.argv[1]), cnnbook.__file__
for module in pkgutil.walk_packages(cnnbook.__path__, "cnnbook."):
    importlib.import_module(module.name)
from cnnbook.data import photo
from cnnbook.widgets import ConvolutionExplorer, KernelExplorer, Quiz
for widget in (ConvolutionExplorer(), KernelExplorer(), Quiz("01_convolution")):
    data, _ = widget._repr_mimebundle_()
    assert "cnn-" in data["text/html"] and len(widget._esm) > 1000 and "--cnn-" in widget._css, widget
print(photo().shape)
"""


@pytest.fixture(scope="module")
def wheel(site):
    """Return the wheel that the site carries: its path, the names in it, and what it needs."""
    (path,) = site.rglob("*.whl")
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        about = packed.read(next(name for name in names if name.endswith("/METADATA")))
    return SimpleNamespace(path=path, names=names, about=email.message_from_bytes(about))


def files_of_the_package():
    package = book.ROOT / "cnnbook"
    files = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(book.ROOT).as_posix() for path in files}


def needed(requirements, extra):
    """Return the names of the installed packages that some requirements bring, with what those need."""
    found, waiting = set(), list(requirements)
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": extra})):
            continue
        found.add(name)
        waiting += metadata.requires(name) or [] if name != "cnnbook" else []
    return found


def imports(source):
    """Return the names of the packages that a source imports at any place."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


def test_the_wheel_holds_the_package_as_it_is_now(wheel):
    inside = {name for name in wheel.names if not name.split("/")[0].endswith(".dist-info")}
    assert inside == files_of_the_package()
    with zipfile.ZipFile(wheel.path) as packed:
        assert [name for name in inside if packed.read(name) != (book.ROOT / name).read_bytes()] == []
    assert wheel.about["Version"] == cnnbook.__version__
    assert {"LICENSE", "LICENSE-TEXT"} <= {Path(name).name for name in wheel.names if "/licenses/" in name}


def test_the_wheel_works_alone(wheel, tmp_path):
    with zipfile.ZipFile(wheel.path) as packed:
        packed.extractall(tmp_path)
    answer = subprocess.run(
        [sys.executable, "-I", "-c", TRY, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True
    )
    assert (answer.stdout, answer.stderr) == ("(256, 256, 3)\n", "")


def test_the_wheel_names_all_that_a_notebook_needs(wheel):
    packages = metadata.packages_distributions()
    sources = ["\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
               for notebook in (nbformat.read(path, as_version=4) for path in book.notebooks())]  # fmt: skip
    sources += [path.read_text("utf-8") for path in (book.ROOT / "cnnbook").rglob("*.py")]
    used = {name for source in sources for name in imports(source)} - {"cnnbook", *sys.stdlib_module_names}
    requirements = wheel.about.get_all("Requires-Dist")
    brought = needed(requirements, "notebook")
    assert {
        name for name in used if not {canonicalize_name(one) for one in packages[name]} & brought
    } == set()
    assert "ipykernel" in brought
    assert {"jupyterlab", "jupyterlab-myst"} <= needed(requirements, "lab")


def test_the_wheel_is_the_same_for_the_same_sources(wheel, tmp_path):
    assert make_wheel(tmp_path).read_bytes() == wheel.path.read_bytes()


def test_an_older_wheel_is_replaced(tmp_path):
    (tmp_path / "cnnbook-0.0.1-py3-none-any.whl").touch()
    made = make_wheel(tmp_path)
    assert list(tmp_path.iterdir()) == [made]


def test_the_landing_page_says_how_to_install_the_wheel(wheel, site):
    page = site / f"{book.pages()[0].stem}.html"
    html = BeautifulSoup(page.read_text("utf-8"), "html.parser").find("main")
    links = [unquote(urlsplit(link["href"]).path) for link in html.find_all("a", href=True)]
    assert wheel.path in [(page.parent / link).resolve() for link in links if link]
    assert f'pip install "{wheel.path.name}[lab]"' in html.get_text()


@pytest.mark.parametrize("source", book.notebooks(), ids=lambda path: path.stem)
def test_a_page_offers_its_notebook(site, source):
    path = site / source.relative_to(book.ROOT).with_suffix(".html")
    html = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    (link,) = html.select('.dropdown-download-buttons a[href$=".ipynb"]')
    offered = path.parent / unquote(link["href"])
    notebook = json.loads(source.read_text("utf-8"))
    assert json.loads(offered.read_text("utf-8")) == notebook
    name, _, text = offered.with_name(f"{offered.name}.js").read_text("utf-8").partition(" = ")
    assert name == "window.cnnbookNotebook"
    assert json.loads(json.loads(text.rstrip(";\n"))) == notebook


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_page_downloads_as_its_notebook(page, site, server, scheme):
    source = book.notebooks()[1]
    name = source.relative_to(book.ROOT).with_suffix(".html").as_posix()
    page.goto({"http": f"{server.url}/{name}", "file": (site / name).as_uri()}[scheme])
    page.get_by_role("button", name="Download this page").click()
    link = page.get_by_role("link", name=".ipynb")
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename == source.name
    assert json.loads(Path(waiting.value.path()).read_text("utf-8")) == json.loads(source.read_text("utf-8"))
