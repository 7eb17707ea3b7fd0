"""im2col, against NumPy's own windows and against picking the entries one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view

from cnnbook import im2col


def columns_by_view(x, kernel_size, stride, padding, dilation):
    """Return the columns from a view of every window, thinned out."""
    (K_h, K_w), (s_h, s_w), (p_h, p_w), (d_h, d_w) = kernel_size, stride, padding, dilation
    N, C, _, _ = x.shape
    x = np.pad(x, ((0, 0), (0, 0), (p_h, p_h), (p_w, p_w)))
    span = (d_h * (K_h - 1) + 1, d_w * (K_w - 1) + 1)
    view = sliding_window_view(x, span, axis=(2, 3))[:, :, ::s_h, ::s_w, ::d_h, ::d_w]
    return view.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * K_h * K_w, -1)


@st.composite
def cases(draw):
    """Draw settings of which at least one window fits; height and width are drawn apart."""
    sizes, kernel_size, stride, padding, dilation = [], [], [], [], []
    for _ in range(2):
        k, d, p = draw(st.integers(1, 4)), draw(st.integers(1, 3)), draw(st.integers(0, 3))
        smallest = max(1, d * (k - 1) + 1 - 2 * p)
        sizes.append(draw(st.integers(smallest, smallest + 6)))
        kernel_size.append(k)
        dilation.append(d)
        padding.append(p)
        stride.append(draw(st.integers(1, 6)))
    N, C = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    return (N, C, *sizes), tuple(kernel_size), tuple(stride), tuple(padding), tuple(dilation)


@given(cases())
def test_agrees_with_the_windows_of_numpy(case):
    shape, *settings = case
    x = np.arange(1, 1 + np.prod(shape)).reshape(shape)
    np.testing.assert_array_equal(im2col(x, *settings), columns_by_view(x, *settings), strict=True)


def test_each_entry_of_a_non_square_dilated_case():
    x = np.arange(2 * 3 * 5 * 8).reshape(2, 3, 5, 8)
    cols = im2col(x, (2, 3), stride=(3, 2), padding=(1, 0), dilation=(2, 1))
    H_out, W_out = 2, 3
    assert cols.shape == (2, 3 * 2 * 3, H_out * W_out)
    for n, c, u, v, i, j in np.ndindex(2, 3, 2, 3, H_out, W_out):
        row, column = 3 * i + 2 * u - 1, 2 * j + v
        inside = 0 <= row < 5 and 0 <= column < 8
        expected = x[n, c, row, column] if inside else 0
        assert cols[n, (c * 2 + u) * 3 + v, i * W_out + j] == expected


def test_int_settings_mean_both_directions():
    x = np.arange(2 * 49.0).reshape(1, 2, 7, 7)
    np.testing.assert_array_equal(im2col(x, 2, 3, 1, 2), im2col(x, (2, 2), (3, 3), (1, 1), (2, 2)))


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int16, np.int64, np.float32, np.float64, np.complex64])
def test_keeps_the_dtype(dtype):
    assert im2col(np.ones((1, 1, 3, 3), dtype), 2, padding=1).dtype == dtype


def test_is_a_copy():
    x = np.zeros((1, 1, 1, 1))
    im2col(x, 1)[...] = 1
    assert x.item() == 0


def test_an_empty_batch_has_no_columns_but_their_shape():
    assert im2col(np.zeros((0, 2, 4, 5)), (3, 2)).shape == (0, 12, 8)


@pytest.mark.parametrize(
    ("x", "kind", "message"),
    [
        (np.zeros((3, 3)), ValueError, r"x must have shape \(N, C, H, W\), got \(3, 3\)"),
        (np.zeros((1, 1, 3, 3), object), TypeError, "x must be numeric, got dtype object"),
        (np.zeros((1, 1, 3, 3), "U1"), TypeError, "x must be numeric, got dtype <U1"),
        (np.zeros((1, 1, 1, 3)), ValueError, "no window fits"),
        (np.zeros((1, 1, 3, 1)), ValueError, "no window fits"),
    ],
)
def test_refuses_other_input(x, kind, message):
    with pytest.raises(kind, match=message):
        im2col(x, 2)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"kernel_size": 0}, "kernel_size must be at least 1, got 0"),
        ({"stride": (1, 0)}, "stride must be at least 1, got 0"),
        ({"padding": (0, -1)}, "padding must be at least 0, got -1"),
        ({"dilation": 0}, "dilation must be at least 1, got 0"),
    ],
)
def test_refuses_settings_out_of_range(setting, message):
    with pytest.raises(ValueError, match=message):
        im2col(np.zeros((1, 1, 5, 5)), **{"kernel_size": 2, **setting})
