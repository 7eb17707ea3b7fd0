"""What the chapter on conventions and sources says is so."""

import ast
import re

import numpy as np
from chapter import Chapter
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from cnnbook import output_size

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
