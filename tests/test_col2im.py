"""col2im, against PyTorch's fold and as the adjoint of im2col."""

import numpy as np
import pytest
from convolutions import numbers, windows
from hypothesis import given
from hypothesis import strategies as st
from torch_reference import each

from cnnbook import col2im, im2col


@each("columns")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_columns_are_those_of_pytorch(settings, arrays, dtype):
    x, cols, grad_cols, grad_x = (arrays[name].astype(dtype) for name in ("x", "out", "grad_out", "grad_x"))
    np.testing.assert_array_equal(im2col(x, **settings), cols, strict=True)
    back = col2im(grad_cols, x.shape[2:], **settings)
    np.testing.assert_array_equal(back, grad_x, strict=True)
    assert back.flags.c_contiguous


@given(windows(), st.integers(0, 2), st.integers(1, 2), st.integers(0, 2**32 - 1))
def test_is_the_adjoint_of_im2col(case, N, C, seed):
    size, settings = case
    rng = np.random.default_rng(seed)
    x = numbers(rng, N, C, *size)
    cols = im2col(x, **settings)
    c = numbers(rng, *cols.shape)
    assert np.vdot(cols, c) == np.vdot(x, col2im(c, size, **settings))


@pytest.mark.parametrize("padding", ["valid", "same", "full"])
def test_words_for_padding(padding):
    x = numbers(np.random.default_rng(0), 1, 2, 5, 6)
    cols = im2col(x, (4, 3), padding=padding)
    H_out, W_out = {"valid": (2, 4), "same": (5, 6), "full": (8, 8)}[padding]
    assert cols.shape == (1, 2 * 12, H_out * W_out)
    c = numbers(np.random.default_rng(1), *cols.shape)
    assert np.vdot(cols, c) == np.vdot(x, col2im(c, (5, 6), (4, 3), padding=padding))


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.int64, np.float32, np.float64, np.complex64])
def test_keeps_the_dtype(dtype):
    assert col2im(np.ones((1, 4, 4), dtype), 3, 2).dtype == dtype


def test_leaves_its_argument_alone():
    cols = np.ones((1, 4, 4))
    cols.flags.writeable = False
    col2im(cols, 3, 2)[...] = 5
    np.testing.assert_array_equal(cols, np.ones((1, 4, 4)))


@pytest.mark.parametrize("shape", [(4, 4), (1, 4, 5), (1, 6, 4), (1, 0, 4), (1, 1, 4, 4)])
def test_refuses_columns_that_do_not_follow_from_the_sizes(shape):
    with pytest.raises(ValueError, match=r"cols must have shape \(N, C \* 2 \* 2, 2 \* 2\).*got \("):
        col2im(np.zeros(shape), 3, 2)


@pytest.mark.parametrize("dtype", [bool, object, "U1", "M8[s]"])
def test_refuses_what_cannot_be_summed(dtype):
    with pytest.raises(TypeError, match="cols must be numeric"):
        col2im(np.zeros((1, 4, 4), dtype), 3, 2)


@pytest.mark.parametrize(
    ("setting", "kind", "message"),
    [
        ({"output_size": 0}, ValueError, "output_size must be at least 1, got 0"),
        ({"output_size": (3, "3")}, TypeError, "output_size must be a whole number"),
        ({"kernel_size": 4}, ValueError, "no window fits"),
        ({"stride": 0}, ValueError, "stride must be at least 1"),
        ({"padding": -1}, ValueError, "padding must be at least 0"),
        ({"dilation": True}, TypeError, "dilation must be a whole number"),
    ],
)
def test_refuses_other_settings(setting, kind, message):
    with pytest.raises(kind, match=message):
        col2im(np.zeros((1, 4, 4)), **{"output_size": 3, "kernel_size": 2, **setting})


def test_im2col_needs_a_channel():
    with pytest.raises(ValueError, match=r"at least one channel, got shape \(1, 0, 3, 3\)"):
        im2col(np.zeros((1, 0, 3, 3)), 2)
