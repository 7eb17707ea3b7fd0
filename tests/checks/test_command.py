"""``python -m cnnbook.checks my_layer.py``: what it finds, prints and returns."""

import subprocess
import sys

import pytest

from cnnbook.checks.sweep.command import kinds
from cnnbook.checks.sweep.file import snake
from tests.checks.convolution_layer import TEXT
from tests.checks.pooling_layers import AVERAGE, CHANNELS_LAST, MAXIMUM, PAIR
from tests.checks.test_layer import LOOPS

IMPORT = "import numpy as np\n"
SLIP = ("dw[f] +=", "dw[f] =")


def run(tmp_path, text, *options, name="my_layer.py"):
    """Return the exit code, what is printed, and what is printed of errors."""
    if text is not None:
        (tmp_path / name).write_text(IMPORT + text)
    command = [sys.executable, "-m", "cnnbook.checks", name, *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


def test_right_layers_are_found_and_pass(tmp_path):
    code, out, err = run(tmp_path, LOOPS + PAIR + MAXIMUM + AVERAGE)
    assert (code, err) == (0, "")
    found = "conv_forward, a convolution", "max_pool2d, a max pooling", "avg_pool2d, an average pooling"
    assert all(f"Right: {words}, forward and backward" in out for words in found)


def test_a_wrong_layer_is_shown_with_its_diagnosis(tmp_path):
    code, out, err = run(tmp_path, LOOPS.replace(*SLIP) + PAIR + AVERAGE)
    assert (code, err) == (1, "")
    assert "conv_backward fails in" in out
    assert "Diagnosis: The gradient of the weight is what comes out if only the last window counts" in out
    assert "line " not in out
    assert "Right: avg_pool2d" in out


def test_a_layer_with_a_mode_is_checked_as_both_poolings(tmp_path):
    code, out, _ = run(tmp_path, CHANNELS_LAST, "--layout", "NHWC")
    assert code == 0
    assert "Right: pool_forward, a max pooling, forward" in out
    assert "Right: pool_forward, an average pooling" in out
    assert kinds(lambda x, mode: x, "max") == ("max",)


def test_options_say_what_names_do_not(tmp_path):
    text = (
        TEXT.replace("conv", "sheep")
        .replace("weight", "theta")
        .replace("grad_theta, grad_bias", "grad_theta")
    )
    text += """
def other(x, theta):
    return sheep(x.transpose(0, 3, 1, 2), theta.transpose(3, 2, 0, 1), None, 2, (1, 0)).transpose(0, 2, 3, 1)
"""
    options = [
        "--forward",
        "sheep",
        "--backward",
        "sheep_backward",
        "--names",
        "weight=theta",
        "--kind",
        "conv",
    ]
    assert run(tmp_path, text, *options, "--grads", "x, weight, bias")[0] == 1
    code, out, err = run(tmp_path, text, *options[:2], *options[4:], "--without", "there is padding")
    assert (code, err) == (0, "")
    assert "there is padding" in out.partition("Not tried")[2]
    layouts = ["--layout", "NHWC", "--weight-layout", "HWIO", "--out-layout", "NHWC"]
    fixed = ["--fixed", "stride=2", "--fixed", "padding=1,0"]
    code, out, err = run(tmp_path, text, "--forward", "other", *options[4:], *layouts, *fixed)
    assert (code, err) == (0, "")
    column = "def conv(x, w, b):\n    assert b.shape[1] == 1\n    return b\n"
    assert "raised" not in run(tmp_path, column, "--bias-shape=-1,1")[1]


FAULTS = {  # a file, options, and what is said
    "missing": (None, [], "my_layer.py: there is no such file."),
    "no functions": ("", [], "no convolution and no pooling is found by its name; it has no functions."),
    "others": ("def relu(x): ...", [], "its functions are relu. Say which one with --forward NAME."),
    "no such name": (
        "def conv(x, w): ...",
        ["--forward", "cnv"],
        "there is no function cnv; its functions are conv",
    ),
    "no such back": ("def conv(x, w): ...", ["--backward", "bk"], "there is no function bk"),
    "imports what is not there": (
        "import nowhere_at_all",
        [],
        "line 2: it cannot be imported: ModuleNotFoundError",
    ),
    "does not parse": ("x = (\n", [], "my_layer.py, line 2: it cannot be imported: SyntaxError"),
    "raises": ("def f():\n    return 1 / 0\nf()", [], "line 3: it cannot be imported: ZeroDivisionError"),
    "exits": ("raise SystemExit(0)", [], "it cannot be imported: SystemExit"),
    "two layers": (
        "def conv(x, w): ...\ndef pool(x, k): ...\ndef b(g): ...",
        ["--backward", "b"],
        "needs --forward",
    ),
    "unknown argument": (
        "def conv(x, w, zig, zag): ...",
        [],
        "conv: conv takes 'zig', and I cannot tell what",
    ),
    "a word that means nothing": ("def conv(x, w): ...", ["--without", "rain"], "without holds 'rain'"),
    "an option that means nothing": (
        "def conv(x, w): ...",
        ["--fixed", "stride"],
        "invalid value value: 'stride'",
    ),
    "a kind that is none": ("def conv(x, w): ...", ["--kind", "dense"], "invalid choice: 'dense'"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_checked_is_named(tmp_path, name):
    text, options, words = FAULTS[name]
    code, out, err = run(tmp_path, text, *options)
    assert code == 2
    assert words in err
    assert out == ""
    assert "Traceback" not in err


def test_no_python_file_is_named(tmp_path):
    code, _, err = run(tmp_path, "", name="my_layer.txt")
    assert code == 2
    assert "my_layer.txt: this is no Python file" in err


def test_it_finds_modules_beside_the_file(tmp_path):
    (tmp_path / "helpers.py").write_text("from cnnbook import conv2d as theirs\n")
    assert run(tmp_path, "from helpers import theirs\n\ndef conv(x, w):\n    return theirs(x, w)\n")[0] == 0


def test_functions_that_are_imported_or_help_are_not_checked(tmp_path):
    text = "from cnnbook import conv2d\n\ndef conv_single_step(a, b): ...\n\ndef conv_output_size(a): ...\n"
    code, _, err = run(tmp_path, text)
    assert code == 2
    assert "its functions are conv_output_size, conv_single_step" in err


@pytest.mark.parametrize(
    ("name", "small"),
    [("maxPool2D", "max_pool2d"), ("convForwardNaive", "conv_forward_naive"), ("Conv", "conv")],
)
def test_names_in_any_style(name, small):
    assert snake(name) == small
