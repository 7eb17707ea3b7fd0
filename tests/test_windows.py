"""Padding words, and where windows lie."""

from unittest.mock import patch

import numpy as np
import pytest
from convolutions import windows
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import output_size, pad_amounts
from cnnbook.layout import spread
from cnnbook.windows import Windows


@given(n=st.integers(1, 12), kernel_size=st.integers(1, 7), dilation=st.integers(1, 4))
def test_same_keeps_the_size_and_gives_the_odd_entry_to_the_end(n, kernel_size, dilation):
    before, after = pad_amounts("same", kernel_size, dilation=dilation)
    assert after - before == (kernel_size - 1) * dilation % 2
    assert output_size(n, kernel_size, padding="same", dilation=dilation) == n


@given(
    n=st.integers(1, 12), kernel_size=st.integers(1, 7), stride=st.integers(1, 5), dilation=st.integers(1, 4)
)
def test_full_counts_every_window_that_touches_the_input(n, kernel_size, stride, dilation):
    reach = dilation * (kernel_size - 1)
    assert output_size(n, kernel_size, stride, "full", dilation) == len(range(-reach, n, stride))


def test_valid_pads_nothing():
    assert pad_amounts("valid", 5, stride=3, dilation=2) == (0, 0)
    assert output_size(7, 3, 2, "valid") == output_size(7, 3, 2)


@pytest.mark.parametrize("stride", [2, 3])
def test_same_refuses_a_stride(stride):
    with pytest.raises(ValueError, match=f'padding="same" needs stride 1, got stride {stride}'):
        output_size(7, 3, stride, "same")


@pytest.mark.parametrize("word", ["", "Same", "reflect", "1"])
def test_other_words_are_refused(word):
    with pytest.raises(TypeError, match="padding must be a whole number"):
        pad_amounts(word, 3)


@given(windows())
def test_view_and_at_agree_with_each_window_cut_out(case):
    size, settings = case
    found = Windows.of(size, **settings)
    x = np.arange(1, 1 + 2 * 3 * np.prod(size)).reshape(2, 3, *size)
    x_pad = found.pad(x)
    view = found.view(x_pad)
    assert not view.flags.writeable  # an entry lies in several windows
    (K_h, K_w), (s_h, s_w), (d_h, d_w) = found.kernel, found.stride, found.dilation
    assert view.shape == (2, 3, K_h, K_w, *found.out)
    for i, j in np.ndindex(found.out):
        window = x_pad[:, :, s_h * i :, s_w * j :][:, :, : found.span[0] : d_h, : found.span[1] : d_w]
        np.testing.assert_array_equal(view[..., i, j], window)
    for u, v in np.ndindex(K_h, K_w):
        np.testing.assert_array_equal(found.at(x_pad, u, v), view[:, :, u, v])


@given(windows(), st.data())
def test_a_band_holds_the_windows_of_its_rows(case, data):
    size, settings = case
    found = Windows.of(size, **settings)
    x = np.arange(np.prod(size)).reshape(1, 1, *size)
    first = data.draw(st.integers(0, found.out[0] - 1))
    stop = data.draw(st.integers(first + 1, found.out[0]))
    rows = found.view(found.pad(x))[..., first:stop, :]
    covered, band = found.band(first, stop)
    assert band.out == rows.shape[-2:]
    assert min(band.before + band.after) >= 0
    np.testing.assert_array_equal(band.view(band.pad(x[..., covered, :])), rows)


@given(windows(), st.sampled_from([0, -np.inf, 7]))
def test_crop_undoes_pad_and_the_rest_is_the_value(case, value):
    size, settings = case
    found = Windows.of(size, **settings)
    x = np.full((1, 2, *size), 3.0)
    x_pad = found.pad(x, value)
    np.testing.assert_array_equal(found.crop(x_pad), x)
    assert x_pad.shape[2:] == tuple(n + 2 * p for n, p in zip(size, settings["padding"], strict=True))
    assert np.count_nonzero(x_pad != 3) == x_pad.size - x.size


def test_without_padding_nothing_is_copied():
    x = np.zeros((1, 1, 3, 3))
    assert Windows.of((3, 3), 2).pad(x) is x


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex128])
@pytest.mark.parametrize(
    ("shape", "apart"),
    [
        ((3, 4, 16, 16), 64),
        ((9, 16, 8, 8), 64),
        ((3, 1024), 64),
        ((3, 4, 15, 16), 0),
        ((9, 2, 3, 3), 0),
    ],
)
def test_images_4096_bytes_apart_are_spread(shape, apart, dtype):
    x = np.random.default_rng(0).standard_normal(shape).astype(dtype)
    found = spread(x)
    np.testing.assert_array_equal(found, x)
    assert found.strides == (x.strides[0] + apart, *x.strides[1:])
    assert (found is x) == (apart == 0)


def test_one_image_alone_stays_what_it_is():
    x = np.arange(1024.0).reshape(1, 4, 16, 16)
    np.testing.assert_array_equal(spread(x), x)


def test_a_part_of_the_channels_is_spread_too():
    x = np.arange(4 * 16 * 8 * 8, dtype=np.float32).reshape(4, 16, 8, 8)
    found = spread(x[:, 2:5])
    np.testing.assert_array_equal(found, x[:, 2:5])
    assert found.strides[0] == 3 * 64 * 4 + 64


@pytest.mark.parametrize(
    ("axis", "strides"),
    [
        (0, (672, 336, 56, 8)),
        (-3, (336, 1008, 56, 8)),
        (-1, (8, 6 * 7 * 24, 7 * 24, 24)),
    ],
)
def test_images_lie_in_memory_where_they_are_asked_to(axis, strides):
    found = Windows.of((4, 5), 3, padding=1)
    x = np.arange(3 * 2 * 4 * 5.0).reshape(3, 2, 4, 5)
    padded = found.pad(x, axis=axis)
    assert padded.strides == found.blank((3, 2), x.dtype, axis=axis).strides == strides
    np.testing.assert_array_equal(padded, found.pad(x))


def test_the_message_names_image_and_kernel():
    message = r"no window fits: a kernel of 4 .* 3 \+ 2 \* 0 = 3 \(image \(5, 3\), kernel \(2, 4\)\)"
    with pytest.raises(ValueError, match=message):
        Windows.of((5, 3), (2, 4))


@pytest.mark.parametrize("kernel", [(3, 2), (2, 3), (2, 2)])
@pytest.mark.parametrize("stride", [(1, 1), (2, 3), (3, 2), (2, 2), (3, 3)])
def test_add_puts_every_window_on_top_of_what_is_there(kernel, stride):
    (K_h, K_w), (s_h, s_w) = kernel, stride
    found = Windows.of((8, 9), kernel, stride)
    rng = np.random.default_rng(0)
    x_pad = rng.integers(1, 9, (2, 1, 8, 9))
    cols = rng.integers(1, 9, (2, 1, *kernel, *found.out))
    expected = x_pad.copy()
    for i, j in np.ndindex(found.out):
        expected[:, :, s_h * i : s_h * i + K_h, s_w * j : s_w * j + K_w] += cols[..., i, j]
    with patch.object(Windows, "at", autospec=True, side_effect=Windows.at) as at:
        found.add(x_pad, cols)
    np.testing.assert_array_equal(x_pad, expected)
    assert at.called == (s_h < K_h or s_w < K_w)  # entry by entry, or all at once where windows lie apart
