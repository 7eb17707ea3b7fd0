"""Measure in a real browser what a change of a widget costs the main thread.

The targets stand in the header of the table. Nothing here is asserted: a busy machine makes every
time longer. Words on the command line name the widgets to measure: ``widgets.py Convolution Im2col``.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

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
from cnnbook.widgets.traits import encode

TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path += [str(TESTS), str(TESTS / "widgets")]

from browser import launch  # noqa: E402
from pages import show  # noqa: E402

ROUNDS = range(60)

# One change, until the page is laid out again; then a pause, so that nothing waits for the one before.
CHANGES = """async ([index, changes]) => {
  const widget = document.querySelectorAll(".cnnbook-widget[data-ready]")[index];
  const times = [];
  for (const change of changes) {
    const start = performance.now();
    for (const [name, value] of Object.entries(change)) widget.model.set(name, value);
    await null; await null;
    widget.getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 20));
  }
  return times;
}"""

# The longest task while a slider is scrubbed through its places, one a frame.
SCRUB = """async ([index, label, count]) => {
  const widget = document.querySelectorAll(".cnnbook-widget[data-ready]")[index];
  const sliders = [...widget.querySelectorAll("input[type=range]")];
  const slider = sliders.find((one) => one.labels[0].textContent === label);
  let longest = 0;
  for (let place = 0; place < count; place += 1) {
    await new Promise(requestAnimationFrame);
    const start = performance.now();
    slider.value = place % (Number(slider.max) + 1);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await null; await null;
    widget.getBoundingClientRect();
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
}"""

# The work of each frame of a training, with its layout, while it plays for five seconds.
TRAIN = """async ([index]) => {
  const widget = document.querySelectorAll(".cnnbook-widget[data-ready]")[index];
  widget.scrollIntoView();
  const times = [];
  const own = window.requestAnimationFrame;
  window.requestAnimationFrame = (work) => own((now) => {
    const start = performance.now();
    work(now);
    widget.getBoundingClientRect();
    times.push(performance.now() - start);
  });
  const play = [...widget.querySelectorAll("button")].find((one) => one.textContent === "play");
  play.click();
  await new Promise((done) => setTimeout(done, 5000));
  play.click();
  window.requestAnimationFrame = own;
  return times;
}"""

rng = np.random.default_rng(0)


def kernels(*shape: int) -> list[str]:
    """Return a random array for each round, as it travels to the page."""
    return [encode(rng.normal(size=shape)) for _ in ROUNDS]


five, bank, fours, eights = kernels(5, 5), kernels(8, 3, 5, 5), kernels(4, 4), kernels(8, 8)
batches = kernels(2, 8)
vgg = ShapeDetective.preset("VGG-16 features")
answers, modes = "ab", ("zeros", "reflect", "replicate", "circular")
windows = {"window": lambda i: {"position": i % 25}}
strides = {"stride": lambda i: {"position": 0, "stride": 1 + i % 3}}
columns = {
    **windows,
    **strides,
    "arrangement": lambda i: {"arrangement": ("rows", "batch last")[i % 2]},
}
strokes = [
    np.pad(np.ones((4, 1 + i % 30), int), ((i % 28, 28 - i % 28), (1, 31 - 1 - i % 30))) for i in ROUNDS
]


def reading(drawing: np.ndarray, **settings: bool) -> dict[str, object]:
    """Return the state after a stroke, as the page changes it."""
    reader = DigitReader(drawing=drawing, **{"centred": False, **settings})
    return reader.get_state(["drawing", "image", "centred", "picture"])


# Each widget, with the changes to make in each round.
WIDGETS = {
    "ConvolutionExplorer 7x7": (
        ConvolutionExplorer(image=rng.integers(0, 256, (7, 7)), kernel=rng.integers(-3, 4, (3, 3))),
        windows | strides,
    ),
    "ConvolutionExplorer 16x16 with 5x5": (
        ConvolutionExplorer(image=rng.normal(size=(16, 16)), kernel=rng.normal(size=(5, 5)), padding=2),
        windows
        | strides
        | {
            "kernel": lambda i: {"kernel": five[i]},
            "padding": lambda i: {"position": 0, "stride": 1, "padding": i % 5},
            "padding mode": lambda i: {"padding_mode": modes[i % 4]},
            "reflected padding": lambda i: {"padding_mode": "reflect", "padding": i % 5},
            "coverage": lambda i: {"padding": 4, "view": ("coverage", "output")[i % 2]},
            "coverage, stride": lambda i: {"view": "coverage", "stride": 1 + i % 3},
        },
    ),
    "KernelExplorer 256x256x3 with 5x5": (
        KernelExplorer(colour=True, kernel=rng.normal(size=(5, 5))),
        {
            "kernel": lambda i: {"kernel": five[i]},
            "window": lambda i: {"row": i, "column": 2 * i},
        },
    ),
    "ChannelExplorer 48x48x3": (
        ChannelExplorer(),
        {"window": lambda i: {"row": i % 44, "column": i % 30}},
    ),
    "ChannelExplorer 48x48x3 with 8 of 5x5": (
        ChannelExplorer(weight=rng.normal(size=(8, 3, 5, 5))),
        {
            "window": lambda i: {"row": i % 44, "column": i % 30},
            "filter": lambda i: {"filter": i % 8},
            "all weights": lambda i: {"weight": bank[i]},
        },
    ),
    "ShapeDetective VGG-16": (
        vgg,
        {
            "a layer's channels": lambda i: {"stack": [f"conv{64 + i}", *vgg.stack[1:]]},
            "a layer more or less": lambda i: {"stack": vgg.stack[i % 2 :]},
        },
    ),
    "Im2colExplorer 4x4 with 2x2": (Im2colExplorer(), columns),
    "Im2colExplorer 7x7x3 with 3x3": (
        Im2colExplorer(x=rng.integers(0, 256, (1, 3, 7, 7)), weight=rng.integers(-3, 4, (2, 3, 3, 3))),
        columns,
    ),
    "Im2colExplorer 4x4 backwards": (Im2colExplorer(direction="col2im"), windows),
    "BackpropExplorer 8x8 with 4x4": (
        BackpropExplorer(image=rng.normal(size=(8, 8)), kernel=rng.normal(size=(4, 4)), padding=3),
        {
            "window": lambda i: {"position": i % 100},
            "kernel": lambda i: {"kernel": fours[i]},
            "way": lambda i: {"way": ("gather", "convolution", "scatter")[i % 3], "position": 0},
        },
    ),
    "PoolingExplorer 8x8 backwards": (
        PoolingExplorer(image=rng.normal(size=(8, 8)), kernel_size=3, stride=1, padding=1, mode="backward"),
        {
            "window": lambda i: {"position": i % 64},
            "input": lambda i: {"image": eights[i]},
            "pooling": lambda i: {"pooling": ("average", "max")[i % 2]},
        },
    ),
    "PoolingExplorer 128x128": (
        PoolingExplorer(mode="photograph"),
        {
            "shift": lambda i: {"shift": i % 9},
            "average of 4, stride 1": lambda i: {
                "pooling": "average",
                "kernel_size": 4,
                "stride": 1,
                "shift": i % 9,
            },
        },
    ),
    "ActivationExplorer, GELU and three": (
        ActivationExplorer(function="gelu", compare=["tanh", "elu", "silu"]),
        {
            "point": lambda i: {"x": -3 + i / 10},
            "function": lambda i: {"function": ("gelu", "leaky_relu", "gaussian")[i % 3], "slope": i / 60},
        },
    ),
    "ActivationExplorer, a picture by GELU": (
        ActivationExplorer(mode="picture", function="gelu"),
        {"gain": lambda i: {"gain": 0.25 + i / 10}},
    ),
    "ActivationExplorer, twenty layers of GELU": (
        ActivationExplorer(mode="chain", function="gelu"),
        {
            "depth": lambda i: {"depth": 1 + i % 20},
            "rule": lambda i: {"initialiser": ("he", "glorot")[i % 2]},
        },
    ),
    "NormExplorer backwards": (
        NormExplorer(values=rng.normal(size=(2, 8)), mode="backward"),
        {
            "input": lambda i: {"values": batches[i]},
            "scale": lambda i: {"scale": i % 5},
            "training": lambda i: {"training": bool(i % 2)},
        },
    ),
    "DigitReader": (
        DigitReader(),
        {
            "stroke": lambda i: reading(strokes[i]),
            "centred stroke": lambda i: reading(strokes[i], centred=True),
        },
    ),
    "DropoutExplorer 8x8": (
        DropoutExplorer(values=rng.normal(size=(8, 8))),
        {"draw": lambda i: {"draw": 900 + i % 99}, "p": lambda i: {"tenths": i % 10, "draw": 999}},
    ),
    "TrainingExplorer 16 filters": (
        TrainingExplorer(filters=16),
        {
            "digit": lambda i: {"digit": i},
            "filters": lambda i: {"filters": (8, 16)[i % 2], "weights": {"name": "first", "seed": i}},
        },
    ),
    "AlgorithmRace": (
        AlgorithmRace(),
        {
            "kernel": lambda i: {"kernel": 1 + 2 * (i % 8)},
            "channels": lambda i: {"channels": 2 ** (i % 9)},
            "count": lambda i: {"count": ("operations", "memory")[i % 2]},
        },
    ),
    "FastSteps, FFT of 10": (
        FastSteps(signal=np.arange(8), way="FFT", padded=True),
        {
            "number": lambda i: {"position": i % 40},
            "padding": lambda i: {"padded": bool(i % 2)},
            "way": lambda i: {"way": ("FFT", "Winograd")[i % 2]},
        },
    ),
    "Quiz": (Quiz("01_convolution"), {"answer": lambda i: {"answers": {"why-no-flip": answers[i % 2]}}}),
}
SCRUBBED = {
    "ConvolutionExplorer 7x7": "window",
    "ConvolutionExplorer 16x16 with 5x5": "window",
    "Im2colExplorer 4x4 with 2x2": "window",
    "Im2colExplorer 4x4 backwards": "window",
    "PoolingExplorer 8x8 backwards": "window",
    "PoolingExplorer 128x128": "shift",
    "ActivationExplorer, GELU and three": "x",
    "ActivationExplorer, a picture by GELU": "gain",
    "ActivationExplorer, twenty layers of GELU": "layers",
    "DigitReader": "held-out picture",
    "AlgorithmRace": "channels",
    "FastSteps, FFT of 10": "number",
}


def main() -> None:
    """Print the table."""
    words = sys.argv[1:]
    widgets = {name: WIDGETS[name] for name in WIDGETS if not words or any(word in name for word in words)}
    print(
        "\nwidgets, milliseconds of main-thread work a change (targets: 95th percentile 8, no task over 16)"
    )
    print(f"  {'change':60}{'median':>8}{'95 %':>8}")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        show(page, *(widget for widget, _ in widgets.values()))
        for index, (name, (_, changes)) in enumerate(widgets.items()):
            for what, change in changes.items():
                times = sorted(page.evaluate(CHANGES, [index, [change(i) for i in ROUNDS]]))
                percentile = times[int(0.95 * len(times))]
                print(f"  {f'{name}: {what}':60}{statistics.median(times):8.2f}{percentile:8.2f}", flush=True)
        for name in [name for name in SCRUBBED if name in widgets]:
            longest = page.evaluate(SCRUB, [list(widgets).index(name), SCRUBBED[name], len(ROUNDS)])
            print(f"  {f'{name}: longest while scrubbing 60':60}{longest:16.2f}", flush=True)
        name = "TrainingExplorer 16 filters"
        if name in widgets:
            times = sorted(page.evaluate(TRAIN, [list(widgets).index(name)]))
            middle, percentile = statistics.median(times), times[int(0.95 * len(times))]
            print(f"  {f'{name}: a frame of training':60}{middle:8.2f}{percentile:8.2f}")
        browser.close()


if __name__ == "__main__":
    main()
