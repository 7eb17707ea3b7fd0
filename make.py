"""Build, test and open the book: all that `make` does, also where there is no make.

Usage: python make.py TARGET... [NAME=value...]

Each target sets up what it needs, in .venv. The Makefile calls this file, and does nothing else.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tools"))

from surroundings import readers_own, surroundings  # noqa: E402

VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
READY = VENV / ".ready"
SITE = ROOT / "_build" / "html"
BUILT = ROOT / "_build" / ".built"
PATTERNS = ("*.md", "*.bib", "*.yml", "pyproject.toml", "intro.ipynb")
FOLDERS = ("api", "chapters", "cnnbook", "_ext", "_static")
RULES = "python tools/lint_notebooks.py"
LINTERS = ("ruff check .", "ruff format --check .", "codespell", "oxlint", "mypy", RULES)
DEFAULTS = {
    "PORT": "8000",  # make serve
    "COPIES": "lab",  # make lab: the folder of your copies
    "LAB": "",  # make lab: more options for JupyterLab, as --no-browser
    "WORKERS": "2",  # the tests: so many at a time
    "KERNEL": "Nehalem",  # make nbval: the processor whose matrix products are used
    "TORCH": "",  # make bench: TORCH=1 installs PyTorch first
}
TARGETS: dict[str, Callable[[], None]] = {}


class Options(dict):
    """The settings, by their names."""

    __getattr__ = dict.__getitem__


options = Options(DEFAULTS)


def target(function: Callable[[], None]) -> Callable[[], None]:
    """Offer a function as a target; it is carried out once at most."""
    done = []

    def once() -> None:
        if not done:
            done.append(function())

    once.__doc__ = function.__doc__
    TARGETS[function.__name__.replace("_", "-")] = once
    return once


def run(command: str, *arguments: object, environment: dict[str, str] | None = None) -> None:
    """Run a program of .venv in the book's folder; end with its exit code if it fails."""
    name, *words = [*command.split(), *map(str, arguments)]
    print("$", shlex.join([name, *words]), flush=True)
    path = shutil.which(name, path=str(BIN))
    if path is None:
        sys.exit(f"{name} is not in {BIN}: remove {VENV.name}, and try again")
    try:
        answer = subprocess.run([path, *words], cwd=ROOT, env=environment or surroundings())
    except KeyboardInterrupt:
        sys.exit(130)
    if answer.returncode:
        sys.exit(answer.returncode)


def older(stamp: Path, *sources: Path) -> bool:
    """Return whether a stamp is missing, or older than one of its sources."""
    return not stamp.exists() or any(path.stat().st_mtime > stamp.stat().st_mtime for path in sources)


def setup() -> None:
    """Make .venv, with the exact versions that requirements.txt names."""
    requirements = ROOT / "requirements.txt"
    if not older(READY, requirements):
        return
    if sys.version_info < (3, 11):
        sys.exit("This book needs Python 3.11 or newer. Name yours: make TARGET PYTHON=python3.12")
    if not shutil.which("pip", path=str(BIN)):
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    install = "python -m pip install --quiet --disable-pip-version-check -r"
    run(install, requirements, environment=dict(os.environ))
    READY.touch()


def build() -> None:
    """Build the book, unless it is newer than its sources."""
    setup()
    sources = [path for pattern in PATTERNS for path in ROOT.glob(pattern)]
    for folder in FOLDERS:
        sources += [path for path in (ROOT / folder).rglob("*") if path.is_file() and wanted(path)]
    if older(BUILT, READY, *sources):
        shutil.rmtree(BUILT.parent, ignore_errors=True)
        run("jupyter-book build . -W -n --keep-going")
        run("python tools/make_downloads.py", SITE.relative_to(ROOT))
        BUILT.touch()


def wanted(path: Path) -> bool:
    """Return whether a file is a source."""
    return not any(part == "__pycache__" or part[0] == "." for part in path.relative_to(ROOT).parts)


def pytest(*arguments: object, **environment: str) -> None:
    """Run pytest, so many tests at a time."""
    run("pytest -n", options.WORKERS, *arguments, environment={**surroundings(), **environment})


def chromium() -> None:
    """Make sure of a browser."""
    run("python tests/browser.py", environment=dict(os.environ))


@target
def book() -> None:
    """Build the book, and print the page to open."""
    build()
    print(f"The book: {(SITE / 'index.html').as_uri()}")


@target
def serve() -> None:
    """Serve the book from a local web server (PORT=8000)."""
    build()
    print(f"The book: http://127.0.0.1:{options.PORT}/ (stop with Ctrl-C)", flush=True)
    run("python -m http.server --bind 127.0.0.1 --directory", SITE, options.PORT)


@target
def lab() -> None:
    """Open your own copies of the chapters in JupyterLab (COPIES=lab)."""
    setup()
    environment = readers_own()
    run("python tools/copy_chapters.py", options.COPIES, environment=environment)
    words = [*shlex.split(options.LAB), Path(options.COPIES, "intro.ipynb")]
    run("jupyter-lab --config tools/lab/jupyter_lab_config.py", *words, environment=environment)


def yardstick() -> float:
    """Return the seconds of ten million additions: machines differ, and one does from hour to hour."""
    begin, total = time.perf_counter(), 0
    for number in range(10_000_000):
        total += number
    return time.perf_counter() - begin


@target
def test() -> None:
    """Run every gate (WORKERS=2 tests at a time), and say what each takes."""
    before, taken = yardstick(), []
    for name in ("lint", "check", "nbval"):
        begin = time.monotonic()
        TARGETS[name]()
        taken.append(f"{name} {time.monotonic() - begin:.0f} s")
    print(f"{', '.join(taken)}. Ten million additions: {before:.2f} s before, {yardstick():.2f} s after.")


@target
def lint() -> None:
    """Check style, spelling and the stored notebooks."""
    setup()
    for command in LINTERS:
        run(command)


@target
def check() -> None:
    """Run all of pytest's tests; unit, pages and rerun are its parts."""
    build()
    chromium()
    pytest()


@target
def unit() -> None:
    """Test what needs neither a browser nor a notebook's kernel."""
    build()
    pytest("-m", "not browser and not rerun")


@target
def pages() -> None:
    """Test the built pages, the widgets and JupyterLab in a browser."""
    build()
    chromium()
    pytest("-m", "browser")


@target
def test_browsers() -> None:
    """Compare every page in Firefox and WebKit with Chromium; make test leaves this out."""
    build()
    chromium()
    run("python tests/other_browsers.py", environment=dict(os.environ))
    run("pytest -n 0 tests/widgets/every_browser.py")


@target
def rerun() -> None:
    """Run the notebooks again: nothing changes."""
    setup()
    pytest("-m", "rerun", "tests")


@target
def nbval() -> None:
    """Compute every stored output once more, by another processor's kernel (KERNEL=Nehalem)."""
    setup()
    # Matrix products differ in the last digits between processors; stored outputs must not.
    notebooks = [ROOT / "intro.ipynb", *sorted(ROOT.glob("chapters/*.ipynb"))]
    files = [path.relative_to(ROOT) for path in notebooks]
    pytest("--nbval", "--nbval-current-env", *files, OPENBLAS_CORETYPE=options.KERNEL)


@target
def notebooks() -> None:
    """Run the notebooks, and store their outputs canonically."""
    setup()
    run("python tools/run_notebooks.py")


@target
def bench() -> None:
    """Measure the products, the pages and the widgets (TORCH=1: against PyTorch, too)."""
    build()
    if options.TORCH:
        run("python -m pip install --quiet torch==2.13.0", environment=dict(os.environ))
    for name in ("products", "other_ways", "fast", "pytorch"):
        run(f"python benchmarks/{name}.py")
    chromium()
    for name in ("book", "widgets"):
        run(f"python benchmarks/{name}.py")


@target
def pins() -> None:
    """Make requirements.txt from requirements.in; needs the network."""
    setup()
    environment = dict(os.environ)
    if not shutil.which("uv", path=str(BIN)):
        run("python -m pip install --quiet uv", environment=environment)
    new = ROOT / "requirements.new"
    compiler = "uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate"
    run(compiler, "requirements.in", "--output-file", new.name, environment=environment)
    lines = [line for line in new.read_text("utf-8").splitlines() if not line.startswith("#")]
    head = "# Exact pins of everything, for CPython 3.11 and later. Made from requirements.in by `make pins`."
    new.write_text("\n".join([head, *lines, "-e .", ""]), "utf-8")
    new.replace(ROOT / "requirements.txt")


@target
def clean() -> None:
    """Remove what was built; lab/ and .venv stay."""
    for name in ("_build", ".pytest_cache", ".ruff_cache", ".mypy_cache", ".hypothesis"):
        shutil.rmtree(ROOT / name, ignore_errors=True)


def listing() -> str:
    """Return the targets, a line each."""
    lines = (f"  {name:14} {function.__doc__}" for name, function in TARGETS.items())
    return "\n".join([__doc__ or "", *lines])


def main(words: list[str]) -> None:
    """Carry out the targets; a bare name in capitals is a setting whose value stands in the environment."""
    names = []
    for word in words:
        name, given, value = word.partition("=")
        if name in DEFAULTS:
            options[name] = value if given else os.environ[name]
        elif word in TARGETS:
            names.append(word)
        elif word not in ("help", "-h", "--help"):
            sys.exit(f"there is no target {word!r}\n{listing()}")
    if not names:
        print(listing())
    for name in names:
        TARGETS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
