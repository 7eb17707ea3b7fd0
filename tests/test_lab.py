"""JupyterLab in a real browser, as `make lab` starts it: the chapters run, the widgets go both ways."""

import ast
import json
import re
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import nbformat
import numpy as np
import pytest
from browser import watch
from lab_reader import Notebook, code_cells, running
from playwright.sync_api import expect

import book
from cnnbook.tokens import tokens
from cnnbook.widgets import (
    ActivationExplorer,
    AlgorithmRace,
    ChannelExplorer,
    ConvolutionExplorer,
    DigitReader,
    FastSteps,
    PoolingExplorer,
    TrainingExplorer,
)
from cnnbook.widgets.digit_reader import bitmaps
from reader_links import link_pages

# JupyterLab asks how wide a text is that jupyterlab-myst has not drawn yet. And anywidget complains of a
# model that took more than two seconds, as on a busy machine; whether it lives is a test of its own.
ALLOWED = re.compile(
    r"page error: .*\n\s+at \w+\._markdownOverlapsToolbar (.|\n)*"
    r"|page error: Error: \[anywidget\] Failed to initialize model\.\n\s+at AbortSignal(.|\n)*"
)
RAW = re.compile(r"\{[\w:-]+\}`|`{3}\{|:{3}\{|Unknown Directive")

SCRATCH = {
    "title": "# Scratch",
    "imports": "from ipywidgets import link\n"
    "from cnnbook.widgets import ActivationExplorer, BackpropExplorer, ChannelExplorer, ConvolutionExplorer\n"
    "from cnnbook.widgets import Im2colExplorer, KernelExplorer, PoolingExplorer, Quiz, ShapeDetective\n"
    "from cnnbook.widgets import AlgorithmRace, DigitReader, FastSteps, TrainingExplorer",
    "explorer": "explorer = ConvolutionExplorer()\nexplorer",
    "set stride": "explorer.stride = 3",
    "bad stride": "explorer.stride = 0",
    "read": "print([explorer.stride, explorer.kernel.tolist(), explorer.output.shape])",
    "bordered": "bordered = ConvolutionExplorer(padding=1)\nbordered",
    "set mode": 'bordered.padding_mode = "reflect"',
    "set coverage": 'bordered.view = "coverage"',
    "read mode": "print([bordered.padding_mode, bordered.view, int(bordered.output[0, 0])])",
    "photo": "photo = KernelExplorer()\nphoto",
    "set kernel": "photo.kernel = [[0, 1], [2, 3]]",
    "read kernel": "print([photo.kernel.tolist(), photo.view, photo.output.shape])",
    "channels": "channels = ChannelExplorer()\nchannels",
    "set groups": "channels.groups = 3",
    "read channels": "print([channels.filter, channels.weight[channels.filter, 0].tolist(), "
    "channels.output.shape])",
    "quiz": 'quiz = Quiz("01_convolution", question="how-many-windows")\nquiz',
    "answer": 'quiz.answers = {"how-many-windows": 5}',
    "read answers": "print([quiz.answers, tuple(quiz.output)])",
    "detective": 'detective = ShapeDetective(["conv4", "linear2"], input_shape=(1, 8, 8))\ndetective',
    "set layers": "detective.layers = ['conv4k5', 'flatten', 'linear2']",
    "read layers": "print([detective.stack, detective.shapes, detective.output.parameters])",
    "columns": "columns = Im2colExplorer()\ncolumns",
    "read columns": "print([columns.stride, columns.filters[1].tolist(), columns.cols.shape])",
    "set columns": 'columns.arrangement = "rows"',
    "gradients": "gradients = BackpropExplorer()\ngradients",
    "set stride of gradients": "gradients.stride = 2",
    "read gradients": "print([gradients.grad_out.tolist(), gradients.grad_weight[0].tolist(), "
    "gradients.way])",
    "pooled": 'pooled = PoolingExplorer(mode="backward")\npooled',
    "set size": "pooled.kernel_size = 3",
    "read pooled": "print([pooled.stride, pooled.grad_out.shape, pooled.grad_x[1].tolist()])",
    "bent": "bent = ActivationExplorer()\nbent",
    "set function": 'bent.function = "tanh"',
    "read bent": "print([bent.x, bent.output.round(6).tolist()])",
    "reader": "reader = DigitReader()\nreader",
    "set reader": "import numpy as np\nreader.image = np.tri(8)",
    "read reader": "print([reader.image.tolist(), reader.probabilities.round(9).tolist(), reader.picture])",
    "training": "training = TrainingExplorer(filters=2, batch_size=100)\ntraining",
    "train": "training.train()",
    "read training": "print([len(training.loss), float(training.loss[-1]), training.accuracy])",
    "race": "race = AlgorithmRace()\nrace",
    "set channels": "race.channels = 64",
    "read race": "print([race.kernel, race.size, race.winners, race.output[2].tolist()])",
    "steps": "steps = FastSteps()\nsteps",
    "set way": 'steps.way = "FFT"',
    "read steps": "print([steps.signal.tolist(), steps.output.round(9).tolist()])",
    "a": "a = ConvolutionExplorer(controls=[])\na",
    "b": "b = ConvolutionExplorer(controls=[])\nb",
    "link": 'link((a, "kernel"), (b, "kernel"))\nNone',
    "read linked": "print([a.kernel.tolist(), b.kernel.tolist()])",
}
MARKDOWN = {
    "references": "A {term}`kernel`, {term}`weights <weight>`, {cite:t}`goodfellow2016`, "
    "and {doc}`another page <notation>`; {eq}`one`.\n\n$$y = x$$ (one)",
    "exercise": "```{exercise} Slide it\n:label: slide\n\nHow *many* windows?\n```",
    "solution": "```{solution} slide\n:class: dropdown\n\nTwenty-five.\n```",
    "gated exercise": "````{exercise-start} Count them\n:label: count\n````\n\nNow count.",
    "gated solution": "````{solution-start} count\n:class: dropdown\n````",
    "dropdown": ":::{dropdown} A long one\nInside.\n:::",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Return a running JupyterLab, with the scratch notebook beside the chapters."""
    expect.set_options(timeout=30_000)  # two cores may be busy with other tests
    with running(tmp_path_factory.mktemp("reader")) as lab:
        cells = [
            nbformat.v4.new_markdown_cell(source)
            if source.startswith("#")
            else nbformat.v4.new_code_cell(source)
            for source in SCRATCH.values()
        ]
        cells += map(nbformat.v4.new_markdown_cell, MARKDOWN.values())
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, lab.folder / "scratch.ipynb")
        link_pages([lab.folder / "scratch.ipynb"], lab.folder)
        yield lab


@pytest.fixture(scope="module")
def window(browser, lab):
    """Return a browser window in which JupyterLab stays open, and what went wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    yield SimpleNamespace(page=page, complaints=watch(page))
    context.close()


@pytest.fixture
def watched(window):
    """Fail the test if JupyterLab asks another host or raises an error meanwhile."""
    window.complaints.clear()
    yield
    assert [complaint for complaint in window.complaints if not ALLOWED.fullmatch(complaint)] == []


@pytest.fixture(scope="module", params=book.notebooks(), ids=lambda path: path.stem)
def chapter(request, window, lab):
    """Return a chapter that was run from its first cell to its last, and what it was before."""
    window.complaints.clear()
    path = request.param.relative_to(book.ROOT)
    stored = nbformat.read(lab.folder / path, as_version=4)
    notebook = Notebook(window.page, lab, lab.folder / path)
    copies = sum(
        "cnnbook-widget" in output.get("data", {}).get("text/html", "") for output in outputs(stored)
    )
    expect(notebook.page.locator(".jp-mod-trusted .cnnbook-widget")).to_have_count(copies)
    return SimpleNamespace(
        notebook=notebook,
        stored=stored,
        saved=notebook.run_all(),
        copies=copies,
        complaints=window.complaints,
    )


@pytest.fixture(scope="module")
def opened(window, lab):
    """Return the scratch notebook, its widgets not yet made."""
    notebook = Notebook(window.page, lab, lab.folder / "scratch.ipynb")
    notebook.run(list(SCRATCH).index("imports"))
    return notebook


@pytest.fixture
def scratch(opened, watched):
    """Return the scratch notebook; its cells go by their names."""
    return Scratch(opened)


class Scratch:
    """The scratch notebook."""

    def __init__(self, notebook):
        self.notebook = notebook
        self.keyboard = notebook.page.keyboard

    def cell(self, name):
        return self.notebook.cells.nth([*SCRATCH, *MARKDOWN].index(name))

    def run(self, name):
        """Run a cell, and return its output."""
        return self.notebook.run(list(SCRATCH).index(name))

    def show(self, name):
        """Run a cell that makes a widget, and return the widget once it is live."""
        widget = self.run(name).locator(".cnnbook-widget[data-ready]")
        expect(widget).to_have_count(1)
        return widget

    def read(self, name):
        """Run a cell that prints a list, and return the list."""
        return ast.literal_eval(self.run(name).inner_text())


def outputs(notebook):
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def widgets(notebook):
    return notebook.page.locator(".jp-OutputArea .cnnbook-widget")


def weight(widget, row, column):
    """Return a cell of a kernel."""
    return (
        widget.get_by_role("grid", name="kernel")
        .get_by_role("row")
        .nth(row)
        .get_by_role("gridcell")
        .nth(column)
    )


def edit(widget, row, column, value):
    """Edit a weight by keyboard, as a reader does."""
    cell = weight(widget, row, column)
    cell.focus()
    cell.press("Enter")
    widget.page.keyboard.type(str(value))
    widget.page.keyboard.press("Enter")
    expect(cell).to_have_attribute("data-value", str(value))


def test_a_chapter_runs_to_its_end(chapter):
    cells = [cell for cell in code_cells(chapter.saved) if cell.source.strip()]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert [
        f"{output.ename}: {output.evalue}"
        for cell in cells
        for output in cell.outputs
        if output.output_type == "error" and "raises-exception" not in cell.metadata.get("tags", [])
    ] == []
    assert [output.text for output in outputs(chapter.saved) if output.get("name") == "stderr"] == []


def test_a_chapters_widgets_go_live(chapter):
    expect(widgets(chapter.notebook).and_(chapter.notebook.page.locator("[data-ready]"))).to_have_count(
        chapter.copies
    )
    expect(widgets(chapter.notebook)).to_have_count(chapter.copies)


def test_a_chapters_text_is_rendered(chapter):
    texts = chapter.notebook.page.locator(".jp-MarkdownCell .myst")
    expect(texts).to_have_count(sum(cell.cell_type == "markdown" for cell in chapter.stored.cells))
    assert [text for text in texts.all_inner_texts() if RAW.search(text)] == []


def test_a_chapters_links_lead_to_a_page(chapter, lab):
    links = chapter.notebook.page.locator(".myst a").evaluate_all("(all) => all.map(({ href }) => href)")
    own = [urlsplit(link) for link in links if link.startswith(lab.url)]
    pages = {unquote(link.path.removeprefix("/files/")) for link in own if link.path.startswith("/files/")}
    assert pages
    assert [page for page in pages if not (lab.folder / page).is_file()] == []
    others = [link for link in own if not link.path.startswith("/files/")]
    assert [link.geturl() for link in others if not link.fragment] == []


def test_a_chapters_solutions_are_folded(chapter):
    inside, folded, expected = False, [], []
    for index, cell in enumerate(chapter.stored.cells):
        if cell.cell_type == "markdown":
            inside = (inside or "{solution-start}" in cell.source) and "{solution-end}" not in cell.source
        elif inside:
            expected.append(index)
            if chapter.notebook.cells.nth(index).locator(".jp-InputPlaceholder").is_visible():
                folded.append(index)
    assert folded == expected


def test_a_chapter_asks_nobody_and_raises_nothing(chapter):
    assert [complaint for complaint in chapter.complaints if not ALLOWED.fullmatch(complaint)] == []


def test_a_slider_reaches_python(scratch):
    explorer = scratch.show("explorer")
    explorer.get_by_role("slider", name="stride").press("ArrowRight")
    assert scratch.read("read")[0::2] == [2, (3, 3)]


def test_an_edited_weight_reaches_python(scratch):
    edit(scratch.show("explorer"), 1, 2, 7)
    assert scratch.read("read")[1] == [[1, 0, -1], [2, 0, 7], [1, 0, -1]]


def test_an_assignment_reaches_the_view(scratch):
    explorer = scratch.show("explorer")
    scratch.run("set stride")
    expect(explorer.get_by_role("slider", name="stride")).to_have_value("3")
    expect(explorer.get_by_role("grid", name="output").get_by_role("gridcell")).to_have_count(4)


def test_a_bad_assignment_is_refused_and_the_view_keeps_its_state(scratch):
    explorer = scratch.show("explorer")
    expect(scratch.run("bad stride")).to_contain_text("TraitError: stride must be a whole number from 1 to 8")
    assert scratch.read("read")[0] == 1
    expect(explorer.get_by_role("slider", name="stride")).to_have_value("1")


def test_a_padding_mode_goes_both_ways(scratch):
    bordered = scratch.show("bordered")
    bordered.get_by_role("radio", name="circular").press("Space")
    bordered.get_by_role("switch", name="coverage").press("Space")
    expected = int(ConvolutionExplorer(padding=1, padding_mode="circular").output[0, 0])
    assert scratch.read("read mode") == ["circular", "coverage", expected]
    scratch.show("bordered")
    scratch.run("set mode")
    expect(bordered.get_by_role("radio", name="reflect")).to_be_checked()
    scratch.run("set coverage")
    counts = ConvolutionExplorer(padding=1, padding_mode="reflect").coverage
    cells = bordered.get_by_role("grid", name="coverage").locator("td")
    expect(cells).to_have_text([str(count) for count in counts.ravel()])


def test_keys_in_a_widget_leave_the_notebook_alone(scratch):
    explorer = scratch.show("explorer")
    weight(explorer, 0, 0).focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Enter", "5", "Escape"):
        scratch.keyboard.press(key)
    expect(weight(explorer, 2, 1)).to_be_focused()
    explorer.get_by_role("slider", name="padding").focus()
    for key in ("ArrowUp", "ArrowDown", "ArrowDown"):
        scratch.keyboard.press(key)
    expect(scratch.cell("explorer")).to_have_class(re.compile("jp-mod-active"))
    expect(scratch.notebook.page.locator(".jp-Notebook")).to_have_class(re.compile("jp-mod-commandMode"))
    assert scratch.notebook.cells.count() == len(SCRATCH) + len(MARKDOWN)


@pytest.mark.parametrize("place", ["slider", "radio", "number", "number that is edited"])
def test_control_s_in_a_widget_saves_the_notebook(scratch, place):
    """And not the page: the browser's own dialog does not open."""
    explorer = scratch.show("bordered")
    page = scratch.notebook.page
    slider = explorer.get_by_role("slider", name="stride")
    if place == "radio":
        explorer.get_by_role("radio", name="zeros").focus()
    elif place == "slider":
        slider.focus()
        scratch.keyboard.press("ArrowRight")
        expect(slider).to_have_value("2")
    else:
        weight(explorer, 0, 0).focus()
        if place != "number":
            scratch.keyboard.press("Enter")
    focused = "document.activeElement.closest('.cnnbook-widget') && document.activeElement"
    before = page.evaluate_handle(focused)
    page.evaluate(
        "window.kept = []; addEventListener('keydown', (event) =>"
        " setTimeout(() => kept.push([event.key, event.defaultPrevented])), true)"
    )
    scratch.notebook.save()
    assert page.evaluate("kept").pop() == ["s", True]
    assert before.evaluate(f"(element) => element !== null && element === ({focused})")
    expect(scratch.cell("bordered")).to_have_class(re.compile("jp-mod-active"))
    scratch.keyboard.press("Escape")  # nothing is left open


def test_a_photograph_goes_both_ways(scratch):
    photo = scratch.show("photo")
    photo.get_by_role("radio", name="emboss").press("Space")
    edit(photo, 0, 1, 9)
    kernel, view, shape = scratch.read("read kernel")
    assert (kernel[0][1], view, shape) == (9, "clamped", (254, 254))
    scratch.run("set kernel")
    values = photo.get_by_role("grid", name="kernel").locator("td")
    expect(values).to_have_text(["0", "1", "2", "3"])


def test_channels_go_both_ways(scratch):
    channels = scratch.show("channels")
    channels.get_by_role("tab", name="filter 0").press("ArrowRight")
    cell = channels.get_by_role("grid", name="red slice").locator("td").nth(1)
    cell.press("9")
    scratch.keyboard.press("Enter")
    expect(cell).to_have_attribute("data-value", "9")
    weight = ChannelExplorer().weight[1, 0].tolist()
    weight[0][1] = 9
    assert scratch.read("read channels") == [1, weight, (3, 46, 46)]
    scratch.run("set groups")
    expect(channels.get_by_role("tab", name="filter 1 sees green", exact=True)).to_be_visible()
    expect(channels.get_by_role("grid", name="red slice")).to_be_hidden()


def test_a_quiz_goes_both_ways(scratch):
    quiz = scratch.show("quiz")
    number = quiz.get_by_role("textbox", name="your number")
    number.fill("7")
    number.press("Enter")
    assert scratch.read("read answers") == [{"how-many-windows": 7}, (0, 0, 1, 1)]
    scratch.run("answer")
    expect(number).to_have_value("5")
    expect(quiz).to_contain_text("Right.")


def test_a_stack_goes_both_ways(scratch):
    detective = scratch.show("detective")
    expect(detective.locator(".cnn-problem")).to_contain_text("put a flatten before it")
    grip = detective.get_by_role("button", name="move layer 2, linear")
    grip.focus()
    grip.press("ArrowUp")
    expect(detective.locator(".cnn-waiting")).to_have_count(1)
    assert scratch.read("read layers") == [["linear2", "conv4"], [None, None], 0]
    detective.get_by_role("button", name="move layer 2, convolution").press("ArrowUp")
    detective.locator("button.cnn-name", has_text="convolution").click()
    detective.get_by_label("kernel size").fill("5")
    assert scratch.read("read layers") == [["conv4k5", "linear2"], [(4, 4, 4), None], 104]
    scratch.run("set layers")
    expect(detective.locator("tfoot")).to_contain_text("234")
    expect(detective.get_by_role("button", name="copy link")).to_be_hidden()


def test_columns_go_both_ways(scratch):
    columns = scratch.show("columns")
    columns.get_by_role("slider", name="stride").press("ArrowRight")
    cell = columns.get_by_role("grid", name="filters").locator("td").nth(5)
    cell.press("9")
    scratch.keyboard.press("Enter")
    expect(cell).to_have_attribute("data-value", "9")
    assert scratch.read("read columns") == [2, [3, 9, 0, 1], (1, 4, 9)]
    scratch.run("set columns")
    expect(columns.get_by_role("grid", name="columns").get_by_role("row")).to_have_count(25)  # 16 dropped


def test_gradients_go_both_ways(scratch):
    gradients = scratch.show("gradients")
    gradients.get_by_role("radio", name="gather").press("Space")
    cell = gradients.get_by_role("grid", name="output gradient").locator("td").nth(4)
    cell.press("9")
    scratch.keyboard.press("Enter")
    expect(cell).to_have_attribute("data-value", "9")
    ones = [1, 1, 1]
    assert scratch.read("read gradients") == [[ones, [1, 9, 1], ones], [74, 28, 31], "gather"]
    scratch.run("set stride of gradients")
    expect(gradients.get_by_role("grid", name="output gradient").get_by_role("gridcell")).to_have_count(4)
    expect(gradients.get_by_role("slider", name="stride")).to_have_value("2")


def test_the_pooling_explorer_both_ways(scratch):
    pooled = scratch.show("pooled")
    scratch.run("set size")
    expect(pooled.get_by_role("slider", name="kernel size")).to_have_value("3")
    pooled.get_by_role("slider", name="stride").press("ArrowLeft")
    expected = PoolingExplorer(mode="backward", kernel_size=3, stride=1)
    assert scratch.read("read pooled") == [1, (4, 4), expected.grad_x[1].tolist()]


def test_a_curve_goes_both_ways(scratch):
    bent = scratch.show("bent")
    scratch.run("set function")
    expect(bent.get_by_role("radio", name="tanh")).to_be_checked()
    bent.get_by_role("slider", name="x", exact=True).press("ArrowLeft")
    expected = ActivationExplorer(function="tanh", x=0.95)
    assert scratch.read("read bent") == [0.95, expected.output.round(6).tolist()]


def test_a_drawing_goes_both_ways(scratch):
    reader = scratch.show("reader")
    expect(reader.locator(".cnn-words")).to_contain_text("Held-out picture 0")
    scratch.run("set reader")
    expect(reader.locator(".cnn-words")).to_contain_text(DigitReader(image=np.tri(8)).sentence())
    reader.get_by_role("button", name="upside down").click()
    turned = DigitReader(drawing=bitmaps.turned(DigitReader(image=np.tri(8)).drawing), centred=False)
    expect(reader.locator(".cnn-words")).to_contain_text(turned.sentence())
    image, probabilities, picture = scratch.read("read reader")
    assert (image, picture) == (turned.image.tolist(), None)
    np.testing.assert_allclose(probabilities, turned.probabilities, atol=1e-9)


def test_a_training_goes_on_in_python_and_back_on_the_page(scratch):
    training = scratch.show("training")
    said = training.locator(".cnn-words")
    training.get_by_role("button", name="one step").click()
    expect(said).to_contain_text("After 1 step")
    expected = TrainingExplorer(filters=2, batch_size=100)
    expected.train()
    steps, loss, _ = scratch.read("read training")
    assert (steps, loss) == (1, pytest.approx(expected.loss[0], rel=1e-10))
    scratch.run("train")
    expect(said).to_contain_text("After 13 steps")
    training.get_by_role("button", name="one step").click()
    expect(said).to_contain_text("After 14 steps")
    steps, _, accuracy = scratch.read("read training")
    assert steps == 14
    expect(said).to_contain_text(f"{round(239 * accuracy)} of 239")


def test_a_race_goes_both_ways(scratch):
    race = scratch.show("race")
    scratch.run("set channels")
    expect(race.get_by_role("slider", name="channels")).to_have_attribute("aria-valuetext", "64")
    race.get_by_role("grid", name="winners").get_by_role("gridcell").last.click()
    expected = AlgorithmRace(kernel=15, size=256, channels=64)
    assert scratch.read("read race") == [15, 256, expected.winners, expected.output[2].tolist()]


def test_steps_go_both_ways(scratch):
    steps = scratch.show("steps")
    scratch.run("set way")
    expect(steps.get_by_role("radio", name="FFT")).to_be_checked()
    steps.get_by_role("slider", name="numbers").press("ArrowRight")
    signal, output = scratch.read("read steps")
    assert len(signal) == 5
    assert output == FastSteps(signal=signal, way="FFT").output.round(9).tolist()


def test_a_link_goes_both_ways(scratch):
    a, b = scratch.show("a"), scratch.show("b")
    scratch.run("link")
    edit(a, 0, 0, 5)
    expect(weight(b, 0, 0)).to_have_text("5")
    edit(b, 2, 2, -6)
    expect(weight(a, 2, 2)).to_have_text("-6")
    kernel = [[5, 0, -1], [2, 0, -2], [1, 0, -6]]
    assert scratch.read("read linked") == [kernel, kernel]


@pytest.mark.parametrize("theme", ["Dark", "Light"])
def test_the_theme_is_jupyterlabs(scratch, theme):
    explorer = scratch.show("explorer")
    scratch.notebook.menu("Settings", "Theme", f"JupyterLab {theme}")
    light = json.dumps(theme == "Light")
    expect(scratch.notebook.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    colours = tokens()[theme.lower()]
    for name, role in (("background-color", "surface"), ("color", "text")):
        expect(explorer).to_have_css(name, f"rgb{tuple(bytes.fromhex(colours[role][1:]))}")


def test_the_books_markdown_is_rendered(scratch):
    assert {name: RAW.search(scratch.cell(name).inner_text()) for name in MARKDOWN} == dict.fromkeys(MARKDOWN)
    expect(scratch.cell("references").locator(".myst")).to_contain_text(
        "A kernel, weights, Goodfellow et al. (2016), and another page; (1)."
    )
    expect(scratch.cell("exercise")).to_contain_text("Exercise 1 (Slide it)")
    expect(scratch.cell("exercise").locator("em")).to_have_text("many")
    expect(scratch.cell("gated exercise")).to_contain_text("Start of Exercise 2 (Count them)")
    expect(scratch.cell("gated solution")).to_contain_text("Solution to Exercise")
    for name, inside in (("solution", "Twenty-five."), ("dropdown", "Inside.")):
        text = scratch.cell(name).locator("p", has_text=inside)
        expect(text).to_be_hidden()
        scratch.cell(name).locator("summary").click()
        expect(text).to_be_visible()


@pytest.mark.parametrize(
    ("link", "tab", "text"),
    [
        ("weights", "glossary.md", "Each term is explained once"),
        ("Goodfellow et al. (2016)", "bibliography.md", "Goodfellow, Yoshua Bengio, and Aaron Courville."),
    ],
)
def test_a_reference_opens_its_page(scratch, link, tab, text):
    page = scratch.notebook.page
    scratch.cell("references").get_by_role("link", name=link).click()
    expect(page.locator(".lm-TabBar-tab.lm-mod-current", has_text=tab)).to_be_visible()
    shown = page.locator(".jp-MarkdownViewer:visible")
    expect(shown).to_contain_text(text)
    assert not RAW.search(shown.inner_text())
    page.locator(".lm-TabBar-tab", has_text="scratch.ipynb").click()
