"""A convolution with every setting: each slip that is known is tried, and gets its diagnosis."""

import pytest

from cnnbook import checks
from cnnbook.checks.sweep.kinds import KINDS
from tests.checks import convolution_layer as slips
from tests.checks.test_layer import BACKWARD as OTHERS_BACKWARD
from tests.checks.test_layer import FORWARD as OTHERS
from tests.checks.test_layer import made

NAMES = {"x": "The gradient of x", "weight": "The gradient of the weight", "bias": "The gradient of the bias"}
TABLES = {"x": slips.GRAD_X, "weight": slips.GRAD_WEIGHT, "bias": slips.GRAD_BIAS}
CASES = [(part, *pair) for part, table in TABLES.items() for pair in table.items()]


def written(changes=""):
    text = slips.TEXT
    for change in changes.split("|") if changes else ():
        old, _, new = change.partition(" -> ")
        assert old in text
        text = text.replace(old, new)
    scope = made(text)
    return scope["conv"], scope["conv_backward"]


def test_without_a_slip_it_passes_and_everything_is_tried():
    report = checks.layer(*written())
    assert report.ok, str(report)
    assert "Not tried" not in str(report)


@pytest.mark.parametrize(("change", "words"), slips.FORWARD.items())
def test_a_slip_in_the_forward_pass_gets_its_diagnosis(change, words):
    report = checks.layer(written(change)[0])
    assert not report.ok
    assert words in report.diagnosis


def test_an_error_where_the_slip_leads_to_one_too_is_explained_by_it():
    report = checks.layer(written("q - e * (K_w - 1) -> q - e * (K_h - 1)")[0])
    assert report.diagnosis.endswith("if the kernel's height is used for its width, in the output's size.")


@pytest.mark.parametrize(("part", "change", "words"), CASES)
def test_a_slip_in_a_gradient_gets_its_diagnosis(part, change, words):
    report = checks.layer(written()[0], written(change)[1])
    assert not report.ok
    assert report.diagnosis.startswith(NAMES[part])
    assert words in report.diagnosis


def test_every_slip_that_is_known_is_tried():
    tried = {"y": slips.FORWARD | OTHERS, **TABLES}
    tried["x"] = tried["x"] | OTHERS_BACKWARD
    for part, known in KINDS["conv"].slips().items():
        for words, _ in known:
            assert any(one in words for one in tried[part].values()), (part, words)
