"""What holds for every function on arrays: dtypes, memory layouts, empty batches, and nonsense refused."""

import inspect

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cnnbook
from cnnbook import activations

SAME = {"stride": (2, 1), "padding": (1, 2), "groups": 2}
POOL = {"kernel_size": (3, 2), "stride": 2, "padding": 1}
# name: (shapes of the arrays for a batch of N, the other arguments)
CALLS = {
    "im2col": (lambda N: [(N, 4, 5, 6)], {"kernel_size": (3, 2), "padding": (1, 2)}),
    "col2im": (lambda N: [(N, 24, 45)], {"output_size": (5, 6), "kernel_size": (3, 2), "padding": (1, 2)}),
    "conv2d": (lambda N: [(N, 4, 5, 6), (6, 2, 3, 2), (6,)], SAME),
    "conv2d_backward": (lambda N: [(N, 6, 3, 9), (N, 4, 5, 6), (6, 2, 3, 2)], SAME),
    "conv2d_naive": (lambda N: [(N, 4, 5, 6), (6, 2, 3, 2), (6,)], SAME),
    "conv2d_fft": (lambda N: [(N, 4, 5, 6), (6, 2, 3, 2), (6,)], SAME),
    "conv2d_winograd": (
        lambda N: [(N, 4, 5, 6), (6, 2, 3, 3), (6,)],
        {"padding": (1, 2), "groups": 2, "m": 2},
    ),
    "conv_transpose2d": (lambda N: [(N, 6, 3, 9), (6, 2, 3, 2), (4,)], SAME),
    "conv_transpose2d_backward": (lambda N: [(N, 4, 5, 6), (N, 6, 3, 9), (6, 2, 3, 2)], SAME),
    "max_pool2d": (lambda N: [(N, 4, 5, 6)], POOL),
    "max_pool2d_backward": (lambda N: [(N, 4, 3, 4), (N, 4, 5, 6)], POOL),
    "avg_pool2d": (lambda N: [(N, 4, 5, 6)], POOL),
    "avg_pool2d_backward": (lambda N: [(N, 4, 3, 4), (N, 4, 5, 6)], POOL),
    "global_avg_pool2d": (lambda N: [(N, 4, 5, 6)], {}),
    "global_avg_pool2d_backward": (lambda N: [(N, 4), (N, 4, 5, 6)], {}),
    "linear": (lambda N: [(N, 4), (5, 4), (5,)], {}),
    "linear_backward": (lambda N: [(N, 5), (N, 4), (5, 4)], {}),
    "batch_norm": (lambda N: [(N, 4, 5, 6), (4,), (4,)], {}),
    "batch_norm_backward": (lambda N: [(N, 4, 5, 6), (N, 4, 5, 6), (4,)], {}),
    "batch_statistics": (lambda N: [(N, 4, 5, 6)], {}),
    "mse": (lambda N: [(N, 4), (N, 4)], {}),
    **dict.fromkeys(activations.__all__, (lambda N: [(N, 4)], {})),
    **{name: (lambda N: [(N, 4), (N, 4)], {}) for name in activations.__all__ if name.endswith("_backward")},
}
ANY_DTYPE = {"im2col", "col2im"}
NOT_EMPTY = {"mse", "batch_norm", "batch_norm_backward", "batch_statistics"}
EVERY = pytest.mark.parametrize("name", CALLS)
FLOATS = pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])


def arrays_for(name, N=3, dtype=float):
    rng = np.random.default_rng(0)
    return [(rng.integers(-800, 801, shape) / 300).astype(dtype) for shape in CALLS[name][0](N)]


def call(name, arrays):
    """Return the arrays that a function returns."""
    result = getattr(cnnbook, name)(*arrays, **CALLS[name][1])
    return [
        part for part in (result if isinstance(result, tuple) else (result,)) if not isinstance(part, float)
    ]


def test_no_function_on_arrays_is_left_out():
    public = {name for name in cnnbook.__all__ if inspect.isfunction(getattr(cnnbook, name))}
    others = "output_size pad_amounts receptive_field fans he glorot sqrt_channels sqrt_filters fit predict "
    others += "accuracy fast_length winograd_matrices gradcheck gradcheck_layer cross_entropy "
    others += "direct_cost im2col_cost fft_cost transform_cost winograd_cost convolution_costs cheapest "
    others += "cross_correlate2d convolve2d which_conventions which_size_rules"
    assert public - {*others.split()} == set(CALLS)


@EVERY
@FLOATS
def test_the_result_has_the_dtype_of_the_arguments_and_its_precision(name, dtype):
    close = {"rtol": 100 * np.finfo(dtype).eps, "atol": 100 * np.finfo(dtype).eps}
    arrays = arrays_for(name, dtype=dtype)
    exact = call(name, [array.astype(float) for array in arrays])
    for part, expected in zip(call(name, arrays), exact, strict=True):
        assert part.dtype == dtype
        np.testing.assert_allclose(part, expected, **close)


@EVERY
@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64])
def test_products_refuse_integers(name, dtype):
    arrays = arrays_for(name)
    for k in range(len(arrays)):
        mixed = [array.astype(dtype) if k == i else array for i, array in enumerate(arrays)]
        if name in ANY_DTYPE:
            if not (dtype is bool and name == "col2im"):
                assert call(name, mixed)[0].dtype == dtype
        else:
            with pytest.raises(TypeError, match=r"must hold floating-point numbers.*astype\(float\)"):
                call(name, mixed)


LAYOUTS = {
    "fortran": np.asfortranarray,
    "reversed": lambda a: np.ascontiguousarray(a[tuple(slice(None, None, -1) for _ in a.shape)])[
        tuple(slice(None, None, -1) for _ in a.shape)
    ],
    "every second": lambda a: np.repeat(a, 2, axis=-1)[..., ::2],
    "broadcast": lambda a: np.broadcast_to(a[:1], a.shape),
    "other byte order": lambda a: a.astype(a.dtype.newbyteorder()),
}


@EVERY
@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_memory_layout(name, layout):
    arrays = [LAYOUTS[layout](array) for array in arrays_for(name)]
    plain = [np.array(array, dtype=float, order="C") for array in arrays]
    for part, expected in zip(call(name, arrays), call(name, plain), strict=True):
        np.testing.assert_allclose(part, expected, rtol=1e-12, atol=1e-12)


@EVERY
def test_arguments_may_be_read_only_and_stay_as_they_were(name):
    arrays = arrays_for(name)
    for array in arrays:
        array.flags.writeable = False
    for part in call(name, arrays):
        if part.flags.writeable:  # and no result is a view of an argument
            part[...] = 77
    for array, expected in zip(arrays, arrays_for(name), strict=True):
        np.testing.assert_array_equal(array, expected)
        assert not any(np.shares_memory(part, array) for part in call(name, arrays))


@EVERY
def test_an_empty_batch_keeps_every_other_size(name):
    if name in NOT_EMPTY:
        with pytest.raises(ValueError, match=r"\(0, 4"):
            call(name, arrays_for(name, N=0))
        return
    for part, full in zip(call(name, arrays_for(name, N=0)), call(name, arrays_for(name)), strict=True):
        batched = part.shape[:1] == (0,)
        assert part.shape == ((0, *full.shape[1:]) if batched else full.shape)
        assert batched or not part.any()  # no image, no gradient of the weights


@EVERY
def test_nested_lists_of_floats_will_do(name):
    for part, expected in zip(
        call(name, [array.tolist() for array in arrays_for(name)]), call(name, arrays_for(name)), strict=True
    ):
        np.testing.assert_array_equal(part, expected)


WORDS = [True, None, "same", "valid", "full", "", "2", b"1", [], {}, {1, 2}, object()]
NUMBERS = [1.0, 0.5, np.nan, np.inf, -np.inf, 1j, np.int64(2), np.float32(2)]
ARRAYS = [np.array(1), np.array([1, 2]), np.ones(3)]
JUNK = st.integers(-2, 4) | st.sampled_from(WORDS + NUMBERS + ARRAYS)
ARGUMENTS = JUNK | st.tuples(JUNK, JUNK) | st.lists(JUNK, max_size=3)
DTYPES = st.sampled_from(["f8", "f4", "f2", "i8", "u1", "?", "c16", "O", "U3", "M8[s]", "V4"])


@st.composite
def junk_arrays(draw, shape):
    """Draw an array that mostly has the right shape and dtype, and sometimes neither."""
    if draw(st.integers(0, 9)) == 0:
        return draw(ARGUMENTS)
    if draw(st.integers(0, 3)) == 0:
        shape = draw(st.lists(st.integers(0, 4), max_size=5))
    return np.ones(shape).astype(float if draw(st.booleans()) else draw(DTYPES))


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=60)
@given(data=st.data())
def test_nonsense_is_refused_and_nothing_comes_back_empty(name, data):
    function = getattr(cnnbook, name)
    shapes, keywords = CALLS[name]
    arrays = [data.draw(junk_arrays(shape)) for shape in shapes(data.draw(st.integers(0, 2)))]
    allowed = [*inspect.signature(function).parameters][len(arrays) :]
    chosen = data.draw(st.lists(st.sampled_from(allowed), unique=True)) if allowed else []
    arguments = {**keywords, **{key: data.draw(ARGUMENTS) for key in chosen}}
    with np.errstate(all="ignore"):
        try:
            result = function(*arrays, **arguments)
        except (TypeError, ValueError):
            return
    first = arrays[0]
    sliding = "2d" in name or "col" in name
    may_be_empty = len(first) == 0 if sliding else np.size(first) == 0
    for part in result if isinstance(result, tuple) else (result,):
        assert np.size(part) or may_be_empty
