"""A reader who does anything: after each gesture a widget is alive, and at the end its numbers are NumPy's.

``CNNBOOK_GESTURES`` says how many gestures a widget gets, ``CNNBOOK_SEED`` where they begin.
"""

import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup
from pages import show

from cnnbook import widgets
from cnnbook.widgets import (
    ActivationExplorer,
    AlgorithmRace,
    BackpropExplorer,
    ChannelExplorer,
    ConvolutionExplorer,
    DigitReader,
    DropoutExplorer,
    FastSteps,
    Im2colExplorer,
    KernelExplorer,
    NormExplorer,
    PoolingExplorer,
    Quiz,
    ShapeDetective,
    TrainingExplorer,
)
from cnnbook.widgets.backprop_explorer import WAYS
from cnnbook.widgets.traits import decode

READER = Path(__file__).with_name("random_reader.js").read_text("utf-8")
COUNT = int(os.environ.get("CNNBOOK_GESTURES", "200"))
SEED = int(os.environ.get("CNNBOOK_SEED", "0"))
AT_ONCE = 100  # gestures from one beginning
KINDS = (
    "point",
    "leave",
    "click",
    "click",
    "tap",
    "drag",
    "press",
    "press",
    "type",
    "slide",
    "choose",
    "set",
)
SMALL = np.arange(12).reshape(3, 4) % 5 - 1

# What a page draws otherwise than a static copy: what a stride leaves out stays in its place, and a training
# that runs is ahead of what Python knows.
OTHERWISE = {
    "Im2colExplorer": {"columns", "products"},
    "TrainingExplorer": {"probabilities, %"},
}

# What each begins with, and what Python sets meanwhile.
STATES = {
    "ActivationExplorer": lambda: [
        ActivationExplorer(),
        ActivationExplorer(function="gelu", compare=["tanh", "elu", "silu"], x=-2),
        ActivationExplorer(mode="chain", depth=7),
    ],
    "AlgorithmRace": lambda: [
        AlgorithmRace(),
        AlgorithmRace(kernel=15, size=256, channels=256, batch=64, count="multiplications"),
        AlgorithmRace(stride=2, count="memory"),
    ],
    "BackpropExplorer": lambda: [
        BackpropExplorer(),
        BackpropExplorer(target=np.zeros((3, 3), int), step_size=0.001),
        BackpropExplorer(image=SMALL, kernel=[[2, -1]], padding=1),
        BackpropExplorer(image=np.ones((7, 6)), kernel=np.eye(3), stride=2, way=WAYS[-1]),
    ],
    "ChannelExplorer": lambda: [
        ChannelExplorer(),
        ChannelExplorer(padding=1, filter=1),
    ],
    "ConvolutionExplorer": lambda: [
        ConvolutionExplorer(),
        ConvolutionExplorer(image=SMALL, kernel=[[1]], padding_mode="reflect", padding=2),
        ConvolutionExplorer(image=np.eye(9), kernel=np.ones((3, 2)), stride=2, dilation=2, view="coverage"),
    ],
    "DigitReader": lambda: [
        DigitReader(),
        DigitReader(drawing=np.tri(32, k=-9)),
        DigitReader(picture=None, image=np.tri(8)),
    ],
    "DropoutExplorer": lambda: [DropoutExplorer(), DropoutExplorer(values=SMALL, tenths=3)],
    "FastSteps": lambda: [
        FastSteps(),
        FastSteps(signal=np.arange(8) % 5 - 1, way="FFT", padded=True, position=5),
        FastSteps(signal=[0.5, 1, 2, -3, 4, 7], kernel=[1, 0.25, -1]),
    ],
    "Im2colExplorer": lambda: [
        Im2colExplorer(),
        Im2colExplorer(x=SMALL[None, None], weight=np.ones((1, 1, 2, 2))),
        Im2colExplorer(stride=2, padding=1, direction="col2im"),
    ],
    "KernelExplorer": lambda: [
        KernelExplorer(),
        KernelExplorer(kernel=np.ones((5, 5)), row=3, column=200),
        KernelExplorer(image=np.eye(20), kernel=[[1, -1]], colour=True),
        KernelExplorer(kernel=np.arange(9).reshape(3, 3), flip=True),
    ],
    "NormExplorer": lambda: [
        NormExplorer(),
        NormExplorer(mode="backward", scale=3),
        NormExplorer(training=False, shift=-2),
    ],
    "PoolingExplorer": lambda: [
        PoolingExplorer(),
        PoolingExplorer(image=SMALL, kernel_size=3, stride=1, padding=1, pooling="average"),
        PoolingExplorer(mode="backward"),
    ],
    "Quiz": lambda: [Quiz("01_convolution")],
    "ShapeDetective": lambda: [ShapeDetective()],
    "TrainingExplorer": lambda: [
        TrainingExplorer(filters=2),
        TrainingExplorer(filters=3, activation="tanh", optimiser="Adam", batch_size=5, digit=100),
        TrainingExplorer(pooling=False, filters=1, learning_rate=10, controls=["rate"]),
    ],
}


@cache
def states_of(name):
    """Return the widgets of a name, the one that is shown first."""
    return STATES[name]()


def sent(widget):
    """Return the state that Python sends."""
    traits = widget.traits()
    return {
        key: value
        for key, value in widget.get_state(widget.state_names()).items()
        if not traits[key].read_only
    }


def carried_out(page, name, gestures, first=None):
    """Carry out gestures on a fresh widget, by default the first of its name; return what it came to."""
    page.goto("about:blank")
    page.emulate_media(reduced_motion="reduce")
    shown, *_ = some = states_of(name)
    element = show(page, first or shown).first
    states = [sent(widget) for widget in some]
    return element.evaluate(
        f"(element, more) => {{ {READER} return cnnbookReader({{ element, ...more }}); }}",
        {"gestures": gestures, "states": states},
    )


def amiss(name, result):
    """Return what is wrong with what a widget came to, or None."""
    if result["failed"]:
        return result["failed"]["error"]
    traits = type(states_of(name)[0]).class_traits()
    state = {
        key: decode(value) if isinstance(value, dict) and "base64" in value else value
        for key, value in result["state"].items()
        if not traits[key].read_only
    }
    if state.get("target") is not None:
        del state["grad_out"]  # it follows
    try:
        expected = tables(type(states_of(name)[0])(**state).static_html())
    except Exception as error:
        return f"Python refuses its state: {error}"
    both = (expected.keys() & result["grids"].keys()) - OTHERWISE.get(name, set())
    wrong = [name for name in sorted(both) if expected[name] != result["grids"][name]]
    return f"NumPy has other numbers in {', '.join(wrong)}" if wrong else None


def tables(copy):
    """Return the numbers of the tables of a static copy, by their names, as they stand there."""
    found = BeautifulSoup(copy, "html.parser").find_all("table", attrs={"aria-label": True})
    rows = {table["aria-label"]: [row.find_all("td") for row in table.find_all("tr")] for table in found}
    return {name: [[td.text.strip() for td in row] for row in body if row] for name, body in rows.items()}


def shortest(gestures, fails):
    """Return as few of some gestures as still fail: halves are left out, then quarters, then single ones."""
    size = len(gestures) // 2
    while size:
        start = 0
        while start < len(gestures):
            fewer = gestures[:start] + gestures[start + size :]
            if fails(fewer):
                gestures = fewer
            else:
                start += size
        size //= 2
    return gestures


def drawn(seed, count):
    """Return random gestures."""
    rng = np.random.default_rng(seed)
    return [
        {"kind": KINDS[rng.integers(len(KINDS))], "numbers": rng.integers(1_000_000, size=3).tolist()}
        for _ in range(count)
    ]


@pytest.mark.parametrize("name", widgets.__all__)
def test_whatever_a_reader_does_it_lives_and_is_right(page, window, name):
    for seed in range(SEED, SEED + max(1, COUNT // AT_ONCE)):
        gestures = drawn(seed, min(COUNT, AT_ONCE))
        if found := amiss(name, carried_out(page, name, gestures)):
            fails = lambda some: amiss(name, carried_out(page, name, some)) is not None  # noqa: E731
            few = shortest(gestures, fails)
            said = amiss(name, carried_out(page, name, few)) or found
            lines = "\n".join(f"  {one['kind']} {one['numbers']}" for one in few)
            window.complaints.clear()
            pytest.fail(f"{name}, seed {seed}: {said}\nThe shortest list of gestures:\n{lines}")


@pytest.mark.parametrize("name", widgets.__all__)
def test_a_widget_begins_with_the_numbers_of_its_static_copy(page, name):
    """Once it has stepped to its end, if it steps."""
    for widget in states_of(name):
        result = carried_out(page, name, [], widget)
        copy = tables(widget.static_html()).keys()
        assert bool(copy & result["grids"].keys()) == bool(copy)
        assert amiss(name, result) is None


def test_the_shortest_list_is_found():
    assert shortest(list(range(40)), lambda some: {7, 31} <= set(some)) == [7, 31]
