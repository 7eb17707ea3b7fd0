"""The front end's files: found in the widgets' folders, none forgotten."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest
from pages import imported, show

import book
import cnnbook.widgets
from cnnbook.widgets import frontend

HOME = Path(cnnbook.widgets.__file__).parent
WIDGETS = [getattr(cnnbook.widgets, name) for name in cnnbook.widgets.__all__]
FILES = {
    path.relative_to(HOME).as_posix() for path in HOME.glob("*/*") if path.suffix in {".mjs", ".json", ".css"}
}


def test_every_folder_with_a_view_is_a_widget():
    assert sorted(widget.module for widget in WIDGETS) == sorted(
        f"{path.parent.name}.mjs" for path in HOME.glob("*/view.mjs")
    )


def test_every_module_is_sent_with_some_widget():
    sent = {name for widget in WIDGETS for name in frontend.modules_of(widget.module)}
    assert {name for name in sent if "/" in name} == {name for name in FILES if not name.endswith(".css")}


def test_every_style_sheet_reaches_the_page_and_its_own_widget_in_a_notebook():
    sheets = {name for name in FILES if name.endswith(".css")}
    for name in sheets:
        text = (HOME / name).read_text("utf-8")
        assert text in frontend.stylesheet()
        for widget in WIDGETS:
            wanted = name.startswith(("shared/", f"{Path(widget.module).stem}/"))
            assert (text in widget._css) == wanted, (name, widget)


def mentioned(folder):
    """Return the classes of ours that a folder of the front end names."""
    texts = [
        file.read_text("utf-8")
        for ending in ("css", "mjs", "py")
        for file in (HOME / folder).glob(f"*.{ending}")
    ]
    return {*re.findall(r"\bcnn-[\w-]+", "\n".join(texts))}


def test_no_rule_of_a_widgets_style_sheet_reaches_another_widget():
    folders = {Path(widget.module).stem: mentioned(Path(widget.module).stem) for widget in WIDGETS}
    for path in HOME.glob("*/style.css"):
        folder = path.parent.name
        if folder == "shared":
            continue
        own = folders[folder].difference(*(names for other, names in folders.items() if other != folder))
        sheet = re.sub(r"/\*.*?\*/|@[^{]*\{", "", path.read_text("utf-8"), flags=re.S)
        choices = re.compile(r":(?:is|where|not|has)\((?:[^()]|\([^()]*\))*\)")
        sheet = choices.sub(lambda found: found[0].replace(",", " "), sheet)
        selectors = [one for rule in re.findall(r"([^{};]+)\{", sheet) for one in rule.split(",")]
        assert selectors
        for selector in selectors:
            assert own & {*re.findall(r"\bcnn-[\w-]+", selector)}, f"{folder}: {selector.strip()}"


def test_a_line_of_a_module_is_no_longer_than_one_of_python_unless_it_is_a_text():
    limit = tomllib.loads((book.ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["line-length"]
    for name in FILES | {"shared/load.js", "shared/hydrate.js"}:
        if not name.endswith((".css", ".json")):
            lines = (HOME / name).read_text("utf-8").splitlines()
            assert [line for line in lines if len(line) > limit and "`" not in line] == [], name


def test_what_a_module_exports_says_its_types():
    exported = re.compile(r"^export (?:async )?(?:function (\w+)|const (\w+) = (?:async )?\(|class (\w+))")
    for name in FILES:
        if name.endswith(".mjs"):
            text = (HOME / name).read_text("utf-8")
            lines = text.splitlines()
            for before, line in itertools.pairwise(lines):
                if (found := exported.match(line)) and found[3]:
                    body = text.partition(line)[2].partition("\n}\n")[0]
                    takes = re.search(r"^( .*\*/\n)?  constructor\((.*)\)", body, re.MULTILINE)
                    assert not takes or not takes[2] or takes[1], f"{name}: {found[3]}"
                elif found:
                    assert before.endswith("*/"), f"{name}: {found[0]}"


def test_what_one_widget_needs_lies_in_its_folder():
    for name in FILES - {"shared/style.css"}:
        users = {widget for widget in WIDGETS if name in frontend.modules_of(widget.module)}
        if name.startswith("shared/"):
            assert len(users) > 1 or needed_by_shared(name), name
        elif not name.endswith(".css"):
            assert {Path(widget.module).stem for widget in users} == {name.split("/")[0]}, name


def needed_by_shared(name):
    others = {one for one in FILES if one.startswith("shared/") and one.endswith(".mjs")} - {name}
    return any(f'"{name}"' in frontend.text_of(one) for one in others)


def test_two_widgets_cannot_have_folders_of_one_name(tmp_path):
    with pytest.raises(ValueError, match="two widgets have a folder named quiz"):
        frontend.add_widget(tmp_path / "quiz")


FAILING = """async ({ defineWidget }, stage) => {
  const listeners = new Set();
  const model = {
    get() {}, set() {}, save_changes() {},
    on: (_event, listener) => listeners.add(listener),
    off: (_event, listener) => listeners.delete(listener),
  };
  let calls = 0;
  let stopped = 0;
  class View {
    constructor() {
      if (stage === "constructor") throw new Error("no");
      this.ready = stage === "ready" ? Promise.reject(new Error("no")) : null;
    }
    update() {
      calls += 1;
      if (stage === "update" || (stage === "change" && calls > 1)) throw new Error("no");
    }
    stop() { stopped += 1; }
  }
  const el = document.createElement("div");
  await defineWidget("Failing", View).render({ model, el });
  const change = async () => {
    for (const listener of [...listeners]) listener();
    await new Promise((done) => setTimeout(done));
  };
  await change();
  await change();
  return { calls, stopped, following: listeners.size, ready: el.dataset.ready, text: el.textContent };
}"""


@pytest.mark.parametrize(("stage", "calls"), [("constructor", 0), ("ready", 0), ("update", 1), ("change", 2)])
def test_a_widget_that_failed_follows_no_longer_and_says_so(page, stage, calls):
    show(page, WIDGETS[-1]())
    got = imported(page, "shared/widget.mjs", FAILING, stage)
    assert got == {
        "calls": calls,
        "stopped": int(stage != "constructor"),
        "following": 0,
        "ready": None,
        "text": "This Failing stopped (no). The rest of the page is not affected.",
    }
