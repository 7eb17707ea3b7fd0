"""JupyterLab for the tests: started by `make lab`, and used as a reader uses it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import nbformat
from playwright.sync_api import Locator, Page, expect

import book

__all__ = ["Notebook", "running"]

PATIENCE = 120  # seconds; two cores may be busy with other tests
OWN_FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}
OPTIONS = (
    "--no-browser --allow-root --port=0 --ServerApp.ip=127.0.0.1 --IdentityProvider.token= "
    "--LabApp.expose_app_in_browser=True"
)
# JupyterLab is loaded once: that takes as long as a short chapter.
OPEN = """async (path) => {
  const { commands, restored, shell } = window.jupyterapp;
  await restored;
  for (const { context } of shell.widgets("main")) if (context) context.model.dirty = false;
  await commands.execute("application:close-all");
  await commands.execute("docmanager:open", { path });
}"""


@contextmanager
def running(home: Path) -> Iterator[SimpleNamespace]:
    """Run `make lab` with the reader's copies and every file of Jupyter's own below a new folder.

    Yields
    ------
    lab : SimpleNamespace
        Its address ``url`` and the ``folder`` of the copies.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment |= {name: str(home / folder) for name, folder in OWN_FOLDERS.items()}
    folder = home / "lab"
    with (home / "log").open("w") as log:
        make = subprocess.Popen(
            ["make", "lab", f"COPIES={folder}", f"LAB={OPTIONS}"],
            cwd=book.ROOT, env=environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        server = started(make, home)
        yield SimpleNamespace(url=server["url"], folder=folder)
        os.kill(server["pid"], signal.SIGTERM)
        assert make.wait(PATIENCE) == 0, (home / "log").read_text()
    finally:
        if make.poll() is None:
            os.killpg(make.pid, signal.SIGKILL)


def started(make: subprocess.Popen[bytes], home: Path) -> dict[str, object]:
    """Wait for the server, and return what it says about itself."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and make.poll() is None:
        for path in home.glob("runtime/jpserver-*.json"):
            try:
                return json.loads(path.read_text())
            except json.JSONDecodeError:  # it is being written
                pass
        time.sleep(0.05)
    raise RuntimeError("JupyterLab did not start:\n" + (home / "log").read_text())


class Notebook:
    """A notebook in an open JupyterLab."""

    def __init__(self, page: Page, lab: SimpleNamespace, path: Path) -> None:
        self.page = page
        self.path = path
        if not page.url.startswith(f"{lab.url}lab"):
            page.goto(f"{lab.url}lab?reset")
            page.wait_for_function("window.jupyterapp")
        page.evaluate(OPEN, path.relative_to(lab.folder).as_posix())
        self.cells = page.locator(".jp-Notebook > .jp-WindowedPanel-outer .jp-Cell, .jp-Notebook > .jp-Cell")
        expect(page.locator(".jp-KernelName", has_text="Python 3")).to_be_visible(timeout=1000 * PATIENCE)
        self.wait()

    def wait(self) -> None:
        """Wait until the kernel is idle."""
        idle = self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
        idle.wait_for(timeout=1000 * PATIENCE)

    def menu(self, *names: str) -> None:
        """Choose an entry of a menu by the names on the way to it."""
        for name in names:
            label = re.compile(f"^{name}$")
            self.page.locator(".lm-MenuBar-itemLabel, .lm-Menu-itemLabel", has_text=label).click()

    def run_all(self) -> nbformat.NotebookNode:
        """Run all cells, and return the notebook as JupyterLab saves it when the last has ended."""
        self.menu("Run", "Run All Cells")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.wait()
            saved = self.save()
            if all(cell.execution_count for cell in code_cells(saved) if cell.source.strip()):
                return saved
            time.sleep(0.2)
        raise TimeoutError(f"{self.path.name} did not run to its end")

    def save(self) -> nbformat.NotebookNode:
        """Save the notebook, and return it."""
        with self.page.expect_response(
            lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url
        ):
            self.page.keyboard.press("Control+s")
        return nbformat.read(self.path, as_version=4)

    def select(self, cell: Locator) -> None:
        """Click beside a cell; again, if the notebook moved while its cells above were laid out."""
        cell.scroll_into_view_if_needed()
        for _ in range(10):
            cell.locator(".jp-InputPrompt").click()
            if "jp-mod-active" in (cell.get_attribute("class") or "").split():
                return
        raise TimeoutError("the cell cannot be selected")

    def run(self, index: int) -> Locator:
        """Run one cell as a reader does, and return its output once it is there."""
        cell = self.cells.nth(index)
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        self.select(cell)
        self.page.keyboard.press("Control+Enter")
        expect(prompt).not_to_have_text(before, timeout=1000 * PATIENCE)
        expect(prompt).to_have_text(re.compile(r"\[\d+\]"), timeout=1000 * PATIENCE)
        return cell.locator(".jp-OutputArea")


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return the cells of a notebook that hold code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]
