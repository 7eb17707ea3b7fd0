"""conv2d and its backward pass: against PyTorch, the naive loops, and what has to hold."""

import math
import tracemalloc
from contextlib import nullcontext
from functools import cache
from itertools import product
from types import SimpleNamespace
from unittest.mock import patch

import numpy as np
import pytest
from convolutions import convolutions, numbers
from hypothesis import assume, given
from hypothesis import strategies as st
from torch_reference import each

from cnnbook import blocks, conv2d, conv2d_backward, conv2d_naive, conv_backward, gradcheck, threads, tuning
from cnnbook.windows import Windows


@each("convolution")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("function", [conv2d, conv2d_naive])
def test_forward_is_that_of_pytorch(settings, arrays, dtype, function):
    x, weight, out = (arrays[name].astype(dtype) for name in ("x", "weight", "out"))
    bias = arrays["bias"].astype(dtype) if "bias" in arrays else None
    np.testing.assert_array_equal(function(x, weight, bias, **settings), out, strict=True)


@each("convolution")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_backward_is_that_of_pytorch(settings, arrays, dtype):
    grad_out, x, weight = (arrays[name].astype(dtype) for name in ("grad_out", "x", "weight"))
    grads = conv2d_backward(grad_out, x, weight, **settings)
    for name, grad in zip(("x", "weight", "bias"), grads, strict=True):
        if f"grad_{name}" in arrays:
            np.testing.assert_array_equal(grad, arrays[f"grad_{name}"].astype(dtype), strict=True)
        assert grad.flags.c_contiguous


@given(convolutions())
def test_agrees_with_the_naive_loops(case):
    y = conv2d(*case.arrays, **case.settings)
    np.testing.assert_array_equal(y, conv2d_naive(*case.arrays, **case.settings), strict=True)
    assert y.flags.c_contiguous


@given(convolutions(), st.integers(0, 2**32 - 1))
def test_the_gradients_are_adjoints(case, seed):
    # y is linear in x for fixed weights, and in the weights for fixed x
    y = conv2d(case.x, case.weight, **case.settings)
    g = numbers(np.random.default_rng(seed), *y.shape)
    grad_x, grad_weight, grad_bias = conv2d_backward(g, case.x, case.weight, **case.settings)
    assert np.vdot(y, g) == np.vdot(case.x, grad_x) == np.vdot(case.weight, grad_weight)
    np.testing.assert_array_equal(grad_bias, g.sum(axis=(0, 2, 3)))


@given(convolutions(), st.integers(0, 2**32 - 1))
def test_is_linear(case, seed):
    other = numbers(np.random.default_rng(seed), *case.x.shape)
    parts = [conv2d(x, case.weight, **case.settings) for x in (case.x, other)]
    both = conv2d(3 * case.x - other / 2, case.weight, **case.settings)
    np.testing.assert_array_equal(both, 3 * parts[0] - parts[1] / 2)


@given(convolutions())
def test_a_shift_of_the_input_shifts_the_output(case):
    assume(case.x.size)
    s_h, s_w = case.settings["stride"]
    y = conv2d(case.x, case.weight, **case.settings)
    shifted = np.pad(case.x, ((0, 0), (0, 0), (s_h, 0), (s_w, 0)))
    z = conv2d(shifted, case.weight, **case.settings)
    inside = slice(None), slice(None), slice(1, 1 + y.shape[2]), slice(1, 1 + y.shape[3])
    top, left = case.settings["padding"]
    if (top, left) == (0, 0):  # padding sees the edge move
        np.testing.assert_array_equal(z[inside], y)
    wide = case.settings | {"padding": (top + s_h, left + s_w)}
    np.testing.assert_array_equal(conv2d(case.x, case.weight, **wide)[inside], y)


@given(convolutions(smallest_batch=2))
def test_images_do_not_see_one_another(case):
    one_by_one = [conv2d(image[None], *case.arrays[1:], **case.settings) for image in case.x]
    np.testing.assert_array_equal(conv2d(*case.arrays, **case.settings), np.concatenate(one_by_one))


@given(convolutions(), st.randoms(use_true_random=False))
def test_a_permutation_of_channels_permutes_the_result(case, random):
    settings = case.settings | {"groups": 1}
    weight = np.repeat(case.weight, case.settings["groups"], axis=1)
    order_in, order_out = ([*range(n)] for n in (weight.shape[1], weight.shape[0]))
    random.shuffle(order_in)
    random.shuffle(order_out)
    y = conv2d(case.x, weight, **settings)
    z = conv2d(case.x[:, order_in], weight[order_out][:, order_in], **settings)
    np.testing.assert_array_equal(z, y[:, order_out])


@given(convolutions())
def test_groups_are_convolutions_side_by_side(case):
    groups = case.settings["groups"]
    parts = zip(np.split(case.x, groups, axis=1), np.split(case.weight, groups), strict=True)
    alone = [conv2d(x, weight, **case.settings | {"groups": 1}) for x, weight in parts]
    y = conv2d(case.x, case.weight, **case.settings)
    np.testing.assert_array_equal(y, np.concatenate(alone, axis=1))


@pytest.mark.parametrize("method", ["central", "complex"])
def test_gradcheck(method):
    rng = np.random.default_rng(0)
    settings = {"stride": (2, 1), "padding": (1, 2), "dilation": (1, 2), "groups": 2}
    arrays = [rng.standard_normal(shape) for shape in ((2, 4, 5, 6), (6, 2, 3, 2), (6,))]
    gradcheck(
        lambda x, weight, bias: conv2d(x, weight, bias, **settings),
        lambda grad_out, x, weight, bias: conv2d_backward(grad_out, x, weight, **settings),
        *arrays,
        method=method,
    )


PATHS = {  # the ways through the code: kernel, settings, groups
    "columns of grad_out": ((6, 4, 3, 2), {"padding": (2, 1), "dilation": (2, 1)}),
    "columns of grad_out, groups": ((6, 2, 3, 2), {"padding": (0, 1), "groups": 2}),
    "columns added, stride": ((6, 4, 3, 2), {"stride": (2, 1), "padding": (2, 1)}),
    "columns added, groups": ((6, 2, 2, 3), {"stride": 2, "groups": 2}),
    "columns added, many kernels": ((9, 4, 3, 2), {}),
    "columns added, more padding than the kernel reaches": ((6, 4, 2, 2), {"padding": 2}),
    "1x1": ((6, 4, 1, 1), {}),
    "1x1, many kernels": ((9, 4, 1, 1), {}),
    "1x1, stride": ((6, 4, 1, 1), {"stride": (2, 3)}),
    "stride = kernel": ((6, 4, 3, 2), {"stride": (3, 2)}),
    "depthwise": ((8, 1, 3, 3), {"padding": 1, "groups": 4}),
}


@pytest.fixture(params=[False, True], ids=["one thread", "three threads"])
def threaded(request, monkeypatch):
    """Run a test on one thread and on three, however little work there is."""
    started = []
    if request.param:
        monkeypatch.setattr(tuning, "MANY_PRODUCTS", 0)
        monkeypatch.setattr(tuning, "FEW_PRODUCTS", 0)
        monkeypatch.setattr(threads, "available", lambda: 3)
        monkeypatch.setattr(
            threads, "blas", lambda: SimpleNamespace(limit=lambda **_: nullcontext(started.append(1)))
        )
    yield
    assert bool(started) == request.param


@cache
def naively(path):
    """Return a path's settings and arrays, and what the naive loops make of them."""
    kernel, settings = PATHS[path]
    rng = np.random.default_rng(0)
    x, weight, bias = numbers(rng, 9, 4, 9, 7), numbers(rng, *kernel), numbers(rng, kernel[0])
    y = conv2d_naive(x, weight, bias, **settings)
    other, another, g = numbers(rng, *x.shape), numbers(rng, *kernel), numbers(rng, *y.shape)
    ways = [(other, conv2d_naive(other, weight, **settings)), (another, conv2d_naive(x, another, **settings))]
    return settings, (x, weight, bias), y, g, ways


@pytest.mark.parametrize("block_bytes", [1, 300, 3000, 2**40])
@pytest.mark.parametrize("width", [0, 16], ids=["images first", "images last"])
@pytest.mark.parametrize("path", PATHS)
def test_every_path_in_blocks_of_any_size(monkeypatch, threaded, block_bytes, width, path):
    monkeypatch.setattr(tuning, "NARROW", width)
    monkeypatch.setattr(blocks, "room", lambda: block_bytes)
    monkeypatch.setattr(conv_backward, "room", lambda: max(1200, block_bytes))
    monkeypatch.setattr(tuning, "ROWS", block_bytes)  # of columns: some channels at a time, or all
    settings, (x, weight, bias), expected, g, ((other, y_other), (another, y_another)) = naively(path)
    y = conv2d(x, weight, bias, **settings)
    np.testing.assert_array_equal(y, expected)
    grad_x, grad_weight, grad_bias = conv2d_backward(g, x, weight, **settings)
    y -= bias[:, None, None]
    # exact for these x and weight; and linear, so that other ones make it a whole check
    assert np.vdot(y, g) == np.vdot(x, grad_x) == np.vdot(weight, grad_weight)
    assert np.vdot(y_other, g) == np.vdot(other, grad_x)
    assert np.vdot(y_another, g) == np.vdot(another, grad_weight)
    np.testing.assert_array_equal(grad_bias, np.einsum("nohw->o", g))


@pytest.mark.parametrize("width", [0, 16], ids=["images first", "images last"])
@pytest.mark.parametrize("path", PATHS)
def test_every_path_is_the_one_it_says(monkeypatch, width, path):
    monkeypatch.setattr(tuning, "NARROW", width)
    settings, (x, weight, _), _, g, _ = naively(path)
    with (
        patch.object(conv_backward, "correlation", wraps=conv_backward.correlation) as convolved,
        patch.object(Windows, "add", autospec=True, side_effect=Windows.add) as added,
        patch.object(Windows, "view", autospec=True, side_effect=Windows.view) as viewed,
    ):
        conv2d(x, weight, **settings)
        conv2d_backward(g, x, weight, **settings)
    assert convolved.called == (not added.called)
    assert added.called == ("added" in path or "stride" in path)
    for _, x_pad, *_ in [call.args for call in viewed.call_args_list + added.call_args_list]:
        assert (x_pad.strides[0] == x_pad.itemsize) == (width == 16)


@pytest.mark.parametrize(
    ("kernel", "padding", "block_bytes", "convolved"),
    [
        ((8, 4, 3, 3), 0, 2**20, True),
        ((9, 4, 3, 3), 0, 2**20, False),  # more than twice as many kernels as channels
        ((9, 4, 1, 1), 0, 2**20, True),
        ((9, 4, 1, 2), 0, 2**20, False),
        ((9, 4, 2, 1), 0, 2**20, False),
        ((8, 4, 3, 3), 2, 2**20, True),
        ((8, 4, 3, 3), (2, 3), 2**20, False),  # more padding than the kernel reaches
        ((8, 4, 3, 3), (3, 2), 2**20, False),
        ((8, 4, 3, 3), 0, 1152, True),
        ((8, 4, 3, 3), 0, 1151, False),  # the kernels fill more than two blocks
    ],
)
def test_the_gradient_of_the_input_is_a_convolution(monkeypatch, kernel, padding, block_bytes, convolved):
    monkeypatch.setattr(conv_backward, "room", lambda: block_bytes)
    x, weight = np.ones((2, 4, 5, 6)), np.ones(kernel)
    y = conv2d(x, weight, padding=padding)
    with patch.object(conv_backward, "correlation", wraps=conv_backward.correlation) as called:
        conv2d_backward(y, x, weight, padding=padding)
    assert called.called == convolved


@pytest.mark.parametrize(
    ("width", "images", "axis"), [(16, 8, -1), (16, 9, -1), (17, 9, -3), (16, 7, -3), (17, 7, -3)]
)
def test_images_lie_innermost_where_the_output_is_narrow(width, images, axis):
    ((block,),) = blocks.blocks(images, Windows.of((3, width + 1), 2), 8, axis=-3)
    assert block.axis == axis


@given(convolutions(smallest_batch=1), st.sampled_from([0, -1, -3]), st.data())
def test_a_block_puts_back_what_it_takes(case, axis, data):
    settings = case.settings | {"groups": 1}
    groups = settings.pop("groups")
    windows = Windows.of(case.x.shape[2:], case.weight.shape[2:], **settings)
    x, N = blocks.in_groups(case.x, groups), len(case.x)
    first, n = data.draw(st.integers(0, windows.out[0] - 1)), data.draw(st.integers(0, N - 1))
    stop, m = data.draw(st.integers(first + 1, windows.out[0])), data.draw(st.integers(n + 1, N))
    block = blocks.Block(slice(n, m), slice(first, stop), *windows.band(first, stop), axis)
    y = numbers(np.random.default_rng(0), N, *x.shape[1:3], *windows.out)
    copy = np.zeros_like(y)
    block.store(copy, np.eye(x.shape[2])[None], block.outputs(y))
    np.testing.assert_array_equal(copy[n:m, :, :, first:stop], y[n:m, :, :, first:stop])
    assert not copy[:n].any()
    assert not copy[m:].any()
    assert np.count_nonzero(copy) == np.count_nonzero(y[n:m, :, :, first:stop])
    # the columns are those of im2col, and adding them back is the adjoint of taking them
    cols = block.columns(x)
    expected = windows.view(windows.pad(x))[n:m, ..., first:stop, :]
    found = block.parts(cols, x.shape[2], *windows.kernel)
    np.testing.assert_array_equal(found, expected)
    other, back = numbers(np.random.default_rng(1), *cols.shape), np.zeros_like(x)
    block.add_back(back, other)
    assert np.vdot(back, x) == np.vdot(other, cols)


@pytest.mark.parametrize("dtypes", list(product("fdD", repeat=3)))
def test_any_mixture_of_dtypes_has_their_common_one(dtypes):
    rng = np.random.default_rng(0)
    shapes = (2, 2, 4, 5), (3, 2, 2, 2), (3,)
    exact = [rng.integers(-4, 5, shape) + 0j for shape in shapes]
    x, weight, bias = (array.real.astype(dtype) for array, dtype in zip(exact, dtypes, strict=True))
    y = conv2d(x, weight, bias)
    assert y.dtype == np.result_type(*dtypes)
    np.testing.assert_array_equal(y, conv2d(*exact))
    assert conv2d(x, weight).dtype == np.result_type(x, weight)
    g = y.real.astype(dtypes[2])
    for found, expected in zip(
        conv2d_backward(g, x, weight), conv2d_backward(y + 0j, *exact[:2]), strict=True
    ):
        assert found.dtype == np.result_type(*dtypes)
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(("processors", "room"), [(1, 2**21), (2, 2**21), (3, 2**22 // 3), (4, 2**20)])
def test_all_threads_together_have_room_for_4_MB_of_columns(monkeypatch, processors, room):
    monkeypatch.setattr(blocks, "available", lambda: processors)
    assert blocks.room() == room


@pytest.mark.parametrize("many", [1536, 1537])
def test_a_convolution_counts_its_products(monkeypatch, many):
    monkeypatch.setattr(tuning, "FEW_PRODUCTS", many)
    monkeypatch.setattr(threads, "available", lambda: 2)
    monkeypatch.setattr(blocks, "room", lambda: 1)  # an image at a time
    x, weight = np.ones((2, 3, 5, 5)), np.ones((4, 3, 2, 2))  # 2 * 4 * 4 * 4 outputs of 12 products
    for compute in (lambda: conv2d(x, weight), lambda: conv2d_backward(conv2d(x, weight), x, weight)):
        with patch.object(threads, "blas", wraps=threads.blas) as held:
            compute()
        assert held.called == (many == 1536)


@pytest.mark.parametrize("N", [0, 1, 2, 3, 7, 8, 64, 65])
@pytest.mark.parametrize("block_bytes", [1, 400, 800, 1200, 5000, 2**40])
@pytest.mark.parametrize("available", [1, 2, 3])
def test_blocks_hold_every_window_once_and_no_more_than_asked(monkeypatch, N, block_bytes, available):
    monkeypatch.setattr(blocks, "room", lambda: block_bytes)
    monkeypatch.setattr(blocks, "available", lambda: available)
    windows, column = Windows.of((7, 6), 2), 10  # 6 by 5 windows, so 50 bytes a row and 300 an image
    seen = np.zeros((N, 6), int)
    found = list(blocks.blocks(N, windows, column))
    for share in found:
        for block in share:
            assert block.images == share[0].images
            seen[block.images, block.rows] += 1
            used = (block.images.stop - block.images.start) * (block.rows.stop - block.rows.start) * 50
            assert used <= max(block_bytes, 50)
    assert (seen == 1).all()
    whole = block_bytes // 300  # images
    if whole >= N:
        assert len(found) == min(N, 1)
    elif whole:
        rounds = math.ceil(N / (whole * available))  # as few as may be, with a block for each thread
        assert len(found) == math.ceil(N / math.ceil(N / (rounds * available)))
        assert len(found) >= min(available, N)


@pytest.mark.parametrize(
    ("kernel", "groups", "dtype", "widths"),
    [
        ((16, 3, 5, 5), 1, np.float32, [3]),
        ((64, 85, 3, 3), 1, np.float32, [85]),  # 765 rows are nearer to one piece of 512 than to two
        ((64, 86, 3, 3), 1, np.float32, [43, 43]),
        ((128, 43, 3, 3), 2, np.float32, [22, 21]),
        ((512, 1, 3, 3), 512, np.float32, [1]),
        ((256, 64, 1, 1), 1, np.float64, [64]),
        ((4096, 64, 1, 1), 1, np.float64, [16, 16, 16, 16]),  # kernels of 2 MB, in pieces of half a MB
    ],
)
def test_channels_in_pieces_of_about_512_rows(monkeypatch, kernel, groups, dtype, widths):
    monkeypatch.setattr(conv_backward, "room", lambda: 2**20)
    pieces, _ = conv_backward.in_pieces(np.empty(kernel, dtype), groups)
    assert [piece.stop - piece.start for piece in pieces] == widths
    channels = np.arange(kernel[1])
    np.testing.assert_array_equal(np.concatenate([channels[piece] for piece in pieces]), channels)


def peak(function, *arguments, **settings):
    """Return the most memory that NumPy held during a call, beyond what there was before, in bytes."""
    tracemalloc.start()
    try:
        function(*arguments, **settings)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("shape", "kernel", "padding"),
    [
        ((64, 32, 28, 28), (64, 32, 3, 3), 1),  # columns of 58 MB
        ((400, 1, 28, 28), (8, 1, 5, 5), 2),
        ((1, 3, 512, 512), (8, 3, 7, 7), 3),  # one image, columns of 154 MB
        ((2, 256, 28, 28), (64, 256, 1, 1), 0),
        ((16, 1, 64, 64), (256, 1, 1, 1), 0),  # far more kernels than channels
        ((4, 512, 7, 7), (512, 512, 3, 3), 1),  # weights of 9 MB
        ((16, 512, 7, 7), (512, 512, 3, 3), 1),  # and channels in pieces
        ((8, 2048, 7, 7), (512, 2048, 1, 1), 0),
        ((2, 3, 256, 256), (8, 3, 3, 3), 1),
    ],
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extra_memory_is_at_most_8_MB(shape, kernel, padding, dtype):
    x, weight = np.ones(shape, dtype), np.ones(kernel, dtype)
    padded = x[..., 0, 0].size * (shape[2] + 2 * padding) * (shape[3] + 2 * padding) * x.itemsize
    out = conv2d(x, weight, padding=padding)
    assert peak(conv2d, x, weight, padding=padding) <= out.nbytes + padded + 8 * 2**20
    allowed = x.nbytes + weight.nbytes + 2 * padded + 8 * 2**20  # the input's gradient is padded, too
    assert peak(conv2d_backward, out, x, weight, padding=padding) <= allowed


X, WEIGHT, BIAS = np.ones((2, 4, 5, 6)), np.ones((6, 2, 3, 2)), np.ones(6)


@pytest.mark.parametrize("function", [conv2d, conv2d_naive])
@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        ({"x": X[0]}, ValueError, r"x must have shape \(N, C, H, W\), got \(4, 5, 6\)"),
        ({"x": X[:, :0]}, ValueError, r"x must have at least one channel, got shape \(2, 0, 5, 6\)"),
        ({"x": X[:, :3]}, ValueError, r"x \(2, 3, 5, 6\) has 3 channels.*weight \(6, 2, 3, 2\).*2 \* 2 = 4"),
        ({"x": X[:, :, :2]}, ValueError, r"no window fits.*image \(2, 6\), kernel \(3, 2\)"),
        ({"x": X[..., :1]}, ValueError, r"no window fits.*image \(5, 1\), kernel \(3, 2\)"),
        ({"x": X[:, :, :0]}, ValueError, "n must be at least 1, got 0"),
        ({"x": X.astype(int)}, TypeError, r"x must hold floating-point.*int64.*x\.astype\(float\)"),
        ({"x": X.astype(object)}, TypeError, "x must be numeric, got dtype object"),
        ({"x": "image"}, TypeError, "x must be numeric, got dtype <U5"),
        ({"x": None}, TypeError, "x must be numeric, got dtype object"),
        ({"weight": WEIGHT[0]}, ValueError, r"weight must have shape .* got \(2, 3, 2\)"),
        ({"weight": WEIGHT[:0]}, ValueError, r"weight must have shape .* got \(0, 2, 3, 2\)"),
        ({"weight": WEIGHT[..., :0]}, ValueError, r"weight must have shape .* got \(6, 2, 3, 0\)"),
        ({"weight": WEIGHT.astype(np.uint8)}, TypeError, "weight must hold floating-point.*uint8"),
        ({"weight": WEIGHT[:5]}, ValueError, r"groups must divide .*weight \(5, 2, 3, 2\) has 5, groups=2"),
        ({"groups": 3}, ValueError, r"x \(2, 4, 5, 6\) has 4 channels.*groups=3"),
        ({"groups": 0}, ValueError, "groups must be at least 1, got 0"),
        ({"groups": 2.0}, TypeError, "groups must be a whole number, got 2.0"),
        ({"bias": BIAS[:5]}, ValueError, r"bias must have shape \(6,\).*weight \(6, 2, 3, 2\), got \(5,\)"),
        ({"bias": BIAS[:, None]}, ValueError, r"bias must have shape \(6,\).*got \(6, 1\)"),
        ({"bias": BIAS.astype(int)}, TypeError, "bias must hold floating-point"),
        ({"stride": 0}, ValueError, "stride must be at least 1, got 0"),
        ({"stride": (1, -2)}, ValueError, "stride must be at least 1, got -2"),
        ({"stride": True}, TypeError, "stride must be a whole number, got True"),
        ({"padding": -1}, ValueError, "padding must be at least 0, got -1"),
        ({"padding": 0.5}, TypeError, "padding must be a whole number, got 0.5"),
        ({"padding": float("nan")}, TypeError, "padding must be a whole number, got nan"),
        ({"padding": float("inf")}, TypeError, "padding must be a whole number, got inf"),
        ({"padding": "reflect"}, TypeError, "padding must be a whole number, got 'reflect'"),
        ({"padding": "same", "stride": (1, 2)}, ValueError, 'padding="same" needs stride 1, got stride 2'),
        ({"dilation": 0}, ValueError, "dilation must be at least 1, got 0"),
        ({"dilation": (1, 2, 3)}, ValueError, r"dilation must be one number or a \(height, width\) pair"),
        ({"dilation": None}, TypeError, "dilation must be a whole number, got None"),
    ],
)
def test_refuses_bad_input(function, change, kind, message):
    with pytest.raises(kind, match=message):
        function(**{"x": X, "weight": WEIGHT, "bias": BIAS, "groups": 2, **change})


@pytest.mark.parametrize(
    ("grad_out", "kind", "message"),
    [
        (np.ones((2, 6, 3, 4)), ValueError, r"grad_out must have shape \(2, 6, 3, 5\), .*got \(2, 6, 3, 4\)"),
        (np.ones((1, 6, 3, 5)), ValueError, r"that of the output of x \(2, 4, 5, 6\).*got \(1, 6, 3, 5\)"),
        (np.ones((2, 6, 3, 5), int), TypeError, "grad_out must hold floating-point"),
        (1.0, ValueError, r"grad_out must have shape \(2, 6, 3, 5\).*got \(\)"),
    ],
)
def test_backward_refuses_another_gradient(grad_out, kind, message):
    with pytest.raises(kind, match=message):
        conv2d_backward(grad_out, X, WEIGHT, groups=2)
