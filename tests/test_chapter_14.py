"""What the chapter on conventions and sources says is so."""

import ast
import re
from itertools import product

import numpy as np
import pytest
from chapter import Chapter
from claims import numbers
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from cnnbook import (
    Convention,
    checks,
    conv2d,
    conv2d_backward,
    he,
    im2col,
    mse,
    output_size,
    which_size_rules,
)
from cnnbook.conventions.convention import BORDERS, COUNTS
from cnnbook.conventions.finding import INPUTS, WEIGHTS
from cnnbook.exhibits import EXHIBITS, ONE, SWEEP
from cnnbook.slips import SLIPS

chapter = Chapter("14_sources")
taught = chapter.taught()
said, told = chapter.said(), chapter.said("text/markdown")


def test_the_three_rules_for_sizes():
    settings = [(n, k, s, p) for n in (7, 8) for k in (2, 3) for s in (1, 2, 3) for p in (0, 1)]
    for n, k, s, p in settings:
        size = output_size(n, k, s, p)
        assert taught.floors(n, k, s, p) == size
        assert taught.refuses(n, k, s, p) == (size if (n + 2 * p - k) % s == 0 else "refuses")
        assert taught.rounds_up(n, k, s, p) == int(np.ceil(n / s))
    assert taught.refuses(224, 7, 2, 3) == "refuses"  # as the text says of a well-known first layer
    refused = [taught.refuses(n, 3, 2, p) == "refuses" for n in range(7, 17) for p in (0, 1)]
    assert np.mean(refused) == 0.5


def test_how_many_sizes_are_refused():
    claimed = [int(n) for n in re.findall(r"(\d+)% with stride", told["conventions-refused"])]
    refused = [np.mean([(n + 2 - 3) % s != 0 for n in range(7, 257)]) for s in (2, 3, 4)]
    assert claimed == [round(100 * share) for share in refused]


def test_names_of_borders_are_those_of_scipy():
    names = ast.literal_eval(said["conventions-names"])
    x, weights = np.random.default_rng(0).normal(size=9), np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    for theirs, numpys in names.items():
        padded = np.correlate(np.pad(x, 2, mode=numpys), weights, mode="valid")
        np.testing.assert_allclose(ndimage.correlate1d(x, weights, mode=theirs), padded)
    assert names["reflect"] != "reflect"


def test_a_frame_of_zero_is_cut_off_wrongly():
    assert said["sources-crop"] == "{0: (0, 0), 1: (3, 3)}"


@given(st.integers(1, 30), st.integers(1, 6), st.integers(1, 4))
def test_tensorflow_pads_as_little_as_its_windows_need(n, k, stride):
    before, after = taught.tensorflow_same(n, k, stride)
    count = -(-n // stride)
    assert (n + before + after - k) // stride + 1 == count
    assert 0 <= after - before <= 1
    assert before + after == 0 or (count - 1) * stride + k == n + before + after


def test_the_two_same_paddings_give_other_numbers():
    assert "1,600 of 1,600 numbers differ" in told["same-trap-numbers"]


def test_the_errors_that_another_chapter_tells_are_linked():
    im2col = Chapter("06_im2col")
    links = re.findall(r"\{ref\}`[^`]*<(.+?)>`", chapter.source("title").split("**What you'll need.**")[0])
    assert links == ["mistake-caught", "im2col-sources", "slips-caught", "backpropagation-sources"]
    assert im2col.source("mistake").startswith("(mistake-caught)=")
    assert im2col.source("further").startswith("(im2col-sources)=")
    backpropagation = Chapter("07_backpropagation")
    assert backpropagation.source("caught").startswith("(slips-caught)=")
    assert backpropagation.source("sources").startswith("(backpropagation-sources)=")


def test_the_chapters_whose_errors_stand_here_link_to_them():
    for name in ("06_im2col", "07_backpropagation", "10_stacks"):
        assert any("{doc}`14_sources`" in cell.source for cell in Chapter(name).cells), name


def test_each_error_of_the_texts_names_its_chapter():
    for name in ("crop", "sources-width", "flip-unsaid"):
        assert "This belongs to {doc}" in chapter.source(name)


def test_the_table_of_the_texts():
    table = {
        line.split(" | ")[0].strip("| "): [
            v.strip(" |").replace("\u00a0", " ") for v in line.split(" | ")[1:]
        ]
        for line in told["four-texts-table"].splitlines()
        if line.startswith("| ")
    }
    windows = output_size(10, 3, padding=1) ** 2
    cols = im2col(np.zeros((5, 3, 10, 10)), 3, padding=1)
    assert cols.shape == (5, 27, windows)
    assert table["columns, and their shape"] == [
        "(27, 500)",
        "(5, 100, 27)",
        "·",
        "(27, 500)",
        "(5, 27, 100)",
    ]
    assert table["stride 2 gives"] == ["refuses", "5", "5", "refuses", str(output_size(10, 3, 2, 1))]
    started = he((2000, 3, 3, 3), 0, dtype=float).std()
    assert float(table["spread of the first weights"][4]) == pytest.approx(started, rel=0.02)
    errors = np.array([2.0, 3.0, 6.0])
    losses = (errors @ errors) / 2, mse(errors, 0 * errors)[0]
    assert [float(v) for v in table["loss of the errors 2, 3 and 6"][3:]] == pytest.approx(losses, rel=1e-3)
    assert f"is {np.sqrt(losses[1]):.3f}." in told["four-texts-table"]


def test_what_is_small_in_the_texts():
    assert "`SyntaxError`" in told["four-texts-small"]
    found = numbers(told["four-texts-small"])
    assert found[-2:] == [round(64 * 56**2 * 576 * 64 * 8 / 2**30), round(576 * 64 * 8 / 2**20, 1)]


def test_the_converter_says_what_it_should():
    rules, ask = which_size_rules(8, 3, 4, stride=2, padding=1)
    assert ast.literal_eval(said["translator-sizes"]) == [(rule.border, rule.dilation) for rule in rules]
    assert numbers(told["translator-sizes-say"])[0] == len(rules)
    for rule in rules:
        size = rule.size(*ask) or "refused"
        assert re.search(rf"- {size}: .*{rule.border} \({rule.dilation}\)", told["translator-sizes-say"])
    assert np.convolve([0, 0, 1, 0, 0], [5, 6, 7], mode="same").tolist() == [0, 5, 6, 7, 0]
    assert said["translator-axes"] == "{'NHWC, HWIO'}"


def test_a_plain_padding_explains_the_single_one_as_well():
    x, kernel = (np.array(line, float).reshape(1, 1, 1, -1) for line in ([0, 0, 1, 0, 0], [7, 6, 5]))
    np.testing.assert_array_equal(conv2d(x, kernel, padding=(0, 1)).ravel(), [0, 5, 6, 7, 0])
    found = ast.literal_eval(said["translator-output"])
    assert found[0] == ["same-lower", "same-upper"]
    assert found[0, 1] == sorted({*BORDERS} - {"full"})
    text = told["translator-output-say"]
    assert "`ceil`, `floor` and `refuse` fit, too" in text
    assert "Which of the 5 it is cannot be told yet" in text
    assert numbers(text)[-1] == 5


def test_the_size_of_full_is_that_of_every_window_that_meets_the_picture():
    assert r"$\lfloor (n + k - 2) / s \rfloor + 1$" in chapter.source("translator")
    for n, k, s in product(range(1, 9), range(1, 5), range(1, 4)):
        windows = len(range(1 - k, n, s))
        assert Convention("full").size(n, k, s, 1) == windows == (n + k - 2) // s + 1


def test_one_dilation_is_read_both_ways():
    rows = [numbers(line) for line in told["conventions-dilation"].splitlines()[2:]]
    assert rows == [[d, 2 * d + 1, 2 * (d + 1) + 1] for d in (1, 2)]
    assert "as a *step*, the kernel spans 3 pixels; as a *gap* 5" in told["translator-sizes-say"]
    assert Convention("floor", "gap").size(8, 3, 2, 1) == 3
    assert "then `floor` gives 3, not 4" in told["translator-sizes-say"]


def test_the_museum_looks_right_and_is_caught_by_one_change():
    claims, caught = (
        chapter.defined_by_part(cell, name)
        for cell, name in (("museum-settings", "claims"), ("museum-exposed", "caught"))
    )
    assert list(claims) == list(caught) == [name for name in EXHIBITS if name not in SLIPS]
    assert "None caught yet" in told["museum-settings"]
    assert "Caught 8 of 8" in told["museum-exposed"]
    for name, before in claims.items():
        flat = [
            [n for part in setting for n in (part if isinstance(part, tuple) else (part,))]
            for setting in (before, caught[name])
        ]
        assert abs(len(flat[0]) - len(flat[1])) + sum(a != b for a, b in zip(*flat, strict=False)) == 1, name


def test_every_exhibit_is_told_of():
    text = chapter.source("museum")
    assert re.findall(r"^- `(\w+)`", text, re.MULTILINE) == [n for n in EXHIBITS if n not in SLIPS]


def test_the_matrix_of_tests():
    rows = [line.strip("| ").split(" | ") for line in told["tests-matrix"].splitlines()]
    table = {row[0].strip("`"): row[2:] for row in rows if row[0].startswith("`")}
    assert sorted(table) == sorted(EXHIBITS)
    assert all(row[4] == "caught" for row in table.values())
    assert sum(row[0] != "caught" for row in table.values()) == numbers(told["tests-say"])[0]
    unseen = [name for name, row in table.items() if "caught" not in row[1:4]]
    assert unseen == ["flipped"]
    assert "One is seen by no test without a right layer: `flipped`." in told["tests-say"]
    assert table["ties"] == ["–", "–", "caught", "–", "caught"]


def test_the_settings_of_the_tests_are_told():
    assert f"`{ONE['conv']}`" in told["tests-matrix"]
    assert f"`{ONE['pool']}`" in told["tests-matrix"]
    assert numbers(told["tests-matrix"])[-3:] == [len(SWEEP[family]) for family in ("conv", "pool", "bend")]


def test_the_converter_names_all_of_its_rules():
    assert set(re.findall(r"`([\w-]+)`", chapter.source("translator"))) == {*BORDERS, *COUNTS}
    assert re.findall(r"\b[A-Z]{4}\b", chapter.source("translator-layout")) == [*INPUTS, *WEIGHTS]


def test_a_layer_of_other_axes_is_checked_as_the_page_says():
    def forward(x, weight):
        return conv2d(x.transpose(0, 3, 1, 2), weight.transpose(3, 2, 0, 1)).transpose(0, 2, 3, 1)

    def backward(g, x, weight):
        g, x = g.transpose(0, 3, 1, 2), x.transpose(0, 3, 1, 2)
        grads = conv2d_backward(g, x, weight.transpose(3, 2, 0, 1))
        return grads[1].transpose(2, 3, 1, 0), grads[0].transpose(0, 2, 3, 1)

    found = re.findall(r'(\w+)=("\w+"|\(.+?\))', chapter.source("own-layer"))
    assert [name for name, _ in found] == ["layout", "weight_layout", "grads"]
    assert checks.layer(forward, backward, **{name: ast.literal_eval(value) for name, value in found}).ok


def test_the_diagnosis_is_text_that_wraps():
    assert "[p:-p]" in told["own-layer-wrong"]


def test_there_are_nine_questions():
    assert re.findall(r"^(\d)\. \*\*", chapter.source("questions"), re.MULTILINE) == list("123456789")
