"""Output sizes, against counting the windows one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import output_size
from cnnbook.shapes import as_pair


def windows(n, kernel_size, stride, padding, dilation):
    """Return where each window starts, found by trying every entry."""
    offsets = [dilation * k for k in range(kernel_size)]
    entries = range(-padding, n + padding)
    return [start for start in entries[::stride] if start + offsets[-1] in entries]


@given(
    n=st.integers(1, 40),
    kernel_size=st.integers(1, 9),
    stride=st.integers(1, 12),
    padding=st.integers(0, 6),
    dilation=st.integers(1, 5),
)
def test_output_size_counts_the_windows(n, kernel_size, stride, padding, dilation):
    starts = windows(n, kernel_size, stride, padding, dilation)
    if starts:
        assert output_size(n, kernel_size, stride, padding, dilation) == len(starts)
    else:
        with pytest.raises(ValueError, match="no window fits"):
            output_size(n, kernel_size, stride, padding, dilation)


@given(
    n=st.integers(1, 40),
    kernel_size=st.integers(1, 9),
    stride=st.integers(1, 12),
    padding=st.integers(0, 6),
    dilation=st.integers(1, 5),
)
def test_rounded_up_what_is_left_over_gets_a_window_that_starts_in_the_input(
    n, kernel_size, stride, padding, dilation
):
    reach = dilation * (kernel_size - 1)
    rounded_up = -((reach + 1 - n - 2 * padding) // stride) + 1
    extra = (n + 2 * padding - reach - 1) % stride and (rounded_up - 1) * stride - padding >= n
    arguments = (n, kernel_size, stride, padding, dilation, True)
    if rounded_up - bool(extra) >= 1:
        assert output_size(*arguments) == rounded_up - bool(extra)
    else:
        with pytest.raises(ValueError, match="no window fits"):
            output_size(*arguments)


@pytest.mark.parametrize(
    ("arguments", "size"),
    [
        ((8, 3, 2, 0, 1, True), 4),  # the entry that was left over
        ((7, 3, 2, 0, 1, True), 3),  # nothing is left over
        ((6, 2, 5, 1, 1, True), 2),  # a window would start behind the last entry
        ((4, 5, 2, 0, 1, True), 1),  # a kernel larger than the input
        ((7, 3), 5),
        ((7, 3, 2), 3),
        ((8, 3, 2), 3),  # one entry is left over
        ((7, 3, 1, 1), 7),
        ((7, 3, 2, 1), 4),
        ((7, 3, 1, 0, 3), 1),  # the window spans all seven
        ((9, 2, 5), 2),  # a stride longer than the kernel
        ((1, 1), 1),
        ((1, 3, 1, 1), 1),
    ],
)
def test_output_size_known_values(arguments, size):
    assert output_size(*arguments) == size


def test_output_size_takes_numpy_integers_and_returns_int():
    size = output_size(np.int64(7), np.uint8(3))
    assert size == 5
    assert type(size) is int


def test_no_window_names_the_span_and_the_padded_input():
    message = r"a kernel of 3 with dilation 4 spans 9, but the input has 5 \+ 2 \* 1 = 7"
    with pytest.raises(ValueError, match=message):
        output_size(5, 3, padding=1, dilation=4)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"n": 0}, "n must be at least 1, got 0"),
        ({"kernel_size": 0}, "kernel_size must be at least 1, got 0"),
        ({"stride": 0}, "stride must be at least 1, got 0"),
        ({"padding": -1}, "padding must be at least 0, got -1"),
        ({"dilation": 0}, "dilation must be at least 1, got 0"),
    ],
)
def test_out_of_range_is_a_value_error(setting, message):
    with pytest.raises(ValueError, match=message):
        output_size(**{"n": 7, "kernel_size": 3, **setting})


@pytest.mark.parametrize("value", [2.0, "2", True, np.bool_(True), None, np.array([2]), np.array(2.0)])
@pytest.mark.parametrize("name", ["n", "kernel_size", "stride", "padding", "dilation"])
def test_not_a_whole_number_is_a_type_error(name, value):
    with pytest.raises(TypeError, match=f"{name} must be a whole number, got"):
        output_size(**{"n": 7, "kernel_size": 3, name: value})


@pytest.mark.parametrize("value", [3, np.int32(3), (3, 3), [3, np.int64(3)]])
def test_as_pair_returns_two_plain_ints(value):
    pair = as_pair(value, "stride", 1)
    assert pair == (3, 3)
    assert [type(number) for number in pair] == [int, int]


def test_as_pair_is_height_then_width():
    assert as_pair((2, 3), "stride", 1) == (2, 3)


@pytest.mark.parametrize("value", [(), (1,), (1, 2, 3)])
def test_as_pair_refuses_other_lengths(value):
    with pytest.raises(ValueError, match=r"stride must be one number or a \(height, width\) pair"):
        as_pair(value, "stride", 1)


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        ((1, 0), ValueError, "stride must be at least 1, got 0"),
        ((0, 1), ValueError, "stride must be at least 1, got 0"),
        ((1, 1.5), TypeError, "stride must be a whole number, got 1.5"),
        ("12", TypeError, "stride must be a whole number, got '12'"),
        (np.array([1, 2]), TypeError, "stride must be a whole number"),
        (((1, 2), 1), TypeError, "stride must be a whole number"),
    ],
)
def test_as_pair_refuses_bad_entries(value, kind, message):
    with pytest.raises(kind, match=message):
        as_pair(value, "stride", 1)
