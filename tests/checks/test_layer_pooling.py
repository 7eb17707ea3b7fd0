"""Anybody's pooling: right ones pass, whatever their style; each slip gets its diagnosis."""

import numpy as np
import pytest

import cnnbook
from cnnbook import checks
from cnnbook.checks import CheckFailed
from cnnbook.checks.sweep.kinds import slips_of_pooling
from tests.checks import pooling_slips as slips
from tests.checks.pooling_layers import AVERAGE, MAXIMUM, PAIR, RIGHT, TIES


def made(source, changes=""):
    for change in changes.split("|") if changes else ():
        old, _, new = change.partition(" -> ")
        assert old in source
        source = source.replace(old, new)
    scope = {"np": np}
    exec(PAIR + source, scope)
    return [one for name, one in scope.items() if "pool" in name.lower()]


def of(*tables):
    return [
        (source, *pair)
        for source, table in zip((MAXIMUM, AVERAGE), tables, strict=True)
        for pair in table.items()
    ]


@pytest.mark.parametrize(
    ("source", "change", "words"), of(slips.FORWARD | slips.LARGEST, slips.FORWARD | slips.MEANS)
)
def test_a_slip_in_the_forward_pass_gets_its_diagnosis(source, change, words):
    report = checks.layer(made(source, change)[0])
    assert not report.ok
    assert words in report.diagnosis
    assert report.diagnosis in " ".join(str(report).split())


@pytest.mark.parametrize(
    ("source", "change", "words"),
    of(slips.BACKWARD | slips.LARGEST_BACK, slips.BACKWARD | slips.AVERAGE_BACK),
)
def test_a_slip_in_the_backward_pass_gets_its_diagnosis(source, change, words):
    forward, backward = made(source)[0], made(source, change)[1]
    report = checks.layer(forward, backward)
    assert not report.ok
    assert words in report.diagnosis
    assert backward.__name__ in str(report)


FIXED = {
    "ceil_mode": (MAXIMUM, True, "rounded down (floor): here it should be rounded up (ceil)"),
    "count_include_pad": (AVERAGE, False, "the padding's zeros count for the mean: only the numbers"),
}


@pytest.mark.parametrize("name", FIXED)
def test_a_convention_of_ones_own_is_checked_as_well(name):
    source, value, words = FIXED[name]
    forward, backward = made(source)
    assert words in checks.layer(forward, fixed={name: value}).diagnosis
    if not name.startswith("ceil"):
        right = getattr(cnnbook, forward.__name__)

        def other(x, kernel_size, stride=None, padding=0):
            return right(x, kernel_size, stride, padding, **{name: value})

        assert words in checks.layer(other, backward, kind="avg", fixed={name: value}).diagnosis


@pytest.mark.parametrize("largest", [True, False])
def test_every_slip_that_is_known_is_tried(largest):
    more, back = (slips.LARGEST, slips.LARGEST_BACK) if largest else (slips.MEANS, slips.AVERAGE_BACK)
    tried = {"y": slips.FORWARD | more, "x": slips.BACKWARD | back}
    told = [words for *_, words in FIXED.values()]
    for part, known in slips_of_pooling(largest).items():
        for words, _ in known:
            assert any(one in words for one in [*tried[part].values(), *told]), words


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_one_passes(name):
    source, keywords = RIGHT[name]
    report = checks.layer(*made(source), **keywords)
    assert report.ok, str(report)


@pytest.mark.parametrize("name", TIES)
def test_who_gets_the_gradient_among_equals_is_noted(name):
    change, note = TIES[name]
    report = checks.layer(made(MAXIMUM)[0], made(MAXIMUM, change)[1])
    assert report.ok, str(report)
    assert note in str(report)


@pytest.mark.parametrize("kind", ["max", "avg"])
def test_the_books_own_pass(kind):
    forward, backward = (getattr(cnnbook, f"{kind}_pool2d{end}") for end in ("", "_backward"))
    report = str(checks.layer(forward, backward))
    assert report.startswith("Right")
    assert "the stride is not given" in report
    assert "filter" not in report
    assert "bias" not in report


def test_a_stride_that_is_not_given_is_left_out_of_the_call_that_is_shown():
    change = "s, t = pair(kernel_size if stride is None else stride) -> s, t = pair(stride or 1)"
    report = checks.layer(*made(MAXIMUM, change))
    assert "stride" not in report.case
    assert "max_pool2d(x, kernel_size, padding=padding)" in str(report)


def test_a_default_stride_of_its_own_is_no_mistake():
    def pool(x, size=2, stride=2):
        return cnnbook.max_pool2d(x, size, stride)

    report = checks.layer(pool)
    assert report.ok
    assert "the stride is not given" in str(report).partition("Not tried where")[2]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: checks.layer(lambda x: x, kind="max"), "takes no kernel size"),
        (lambda: checks.layer(cnnbook.max_pool2d, fixed={"groups": 2}), "fixed holds 'groups'"),
        (lambda: checks.layer(cnnbook.max_pool2d, fixed={"stride": 0}), "stride"),
        (lambda: checks.layer(cnnbook.conv2d, fixed={"ceil_mode": True}), "fixed holds 'ceil_mode'"),
    ],
)
def test_what_makes_no_sense_is_refused(call, words):
    with pytest.raises(CheckFailed, match=words):
        call()
