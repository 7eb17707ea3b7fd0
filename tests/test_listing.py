"""A listing marks what is new in a function, and what is gone; numbers come in powers of ten."""

import pytest

from cnnbook.listing import marked, powers_of_ten, what_changed


def before(x):
    y = 0
    for pixel in x:
        y += pixel
    return y


def after(x, bias):
    y = bias
    for row in x:
        for pixel in row:
            y += pixel
    return y


def test_new_lines_and_gone_lines_are_marked():
    fence, *lines, end = what_changed(before, after).splitlines()
    assert (fence, end) == ("```diff", "```")
    assert [line for line in lines if line[0] == "-"] == [
        "-def before(x):",
        "-    y = 0",
        "-    for pixel in x:",
    ]
    assert [line[1:].strip() for line in lines if line[0] == "+"] == [
        "def after(x, bias):",
        "y = bias",
        "for row in x:",
        "for pixel in row:",
    ]


def test_what_only_moved_is_shown_where_it_stands_now():
    assert "             y += pixel" in what_changed(before, after).splitlines()


def test_without_the_gone_lines_it_is_the_new_source():
    lines = what_changed(before, after).splitlines()[1:-1]
    shown = [line[1:] for line in lines if line[0] != "-"]
    scope = {}
    exec("\n".join(shown), scope)
    assert scope["after"]([[1, 2], [3]], 4) == 10


def test_as_many_new_lines_as_gone_ones_stand_in_pairs():
    assert list(marked(["a", "b", "c"], ["d", "e", "c"])) == ["-a", "+d", "-b", "+e", " c"]


def test_empty_lines_have_no_spaces():
    assert list(marked(["a", "", "b"], ["a", "", "c"])) == [" a", "", "-b", "+c"]


def test_two_equal_functions_are_refused():
    with pytest.raises(ValueError, match="the same source"):
        what_changed(before, before)


@pytest.mark.parametrize(
    ("value", "digits", "formula"),
    [
        (-3.14e5, 3, r"-3.14 \cdot 10^{5}"),
        (9.96, 2, r"1.0 \cdot 10^{1}"),  # rounded up to the next power
        (1e-14, 1, "10^{-14}"),
        (2e-4, 1, r"2 \cdot 10^{-4}"),
    ],
)
def test_powers_of_ten(value, digits, formula):
    assert powers_of_ten(value, digits) == formula


def test_what_has_no_power_of_ten_is_refused():
    with pytest.raises(ValueError, match="inf has no power of ten"):
        powers_of_ten(float("inf"))
