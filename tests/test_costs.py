"""The costs of the algorithms, against the package's own code run on numbers that count."""

import counted
import numpy as np
import pytest
from counted import TALLY, Complex, Real, as_counted

import cnnbook
from cnnbook import (
    Cost,
    cheapest,
    conv_fft,
    conv_naive,
    conv_winograd,
    convolution_costs,
    direct_cost,
    fast_length,
    fft_cost,
    im2col_cost,
    transform_cost,
    winograd_cost,
    winograd_matrices,
)
from cnnbook.conv_batch import as_convolution
from cnnbook.tiles import Tiles

# Shapes of images and kernels, stride, padding.
LAYERS = [
    ((2, 3, 5, 6), (4, 3, 3, 2), (2, 1), (1, 0)),
    ((1, 1, 4, 4), (1, 1, 3, 3), 1, 0),
    ((1, 2, 3, 4), (2, 2, 1, 2), 1, (2, 3)),  # some windows see nothing but padding
    ((1, 2, 7, 6), (3, 2, 4, 4), 3, "valid"),
    ((2, 1, 3, 3), (1, 1, 3, 3), 1, "full"),
]
TILED = [
    ((2, 3, 5, 6), (4, 3, 3, 3), 1, 0),
    ((1, 2, 4, 9), (1, 2, 3, 3), 1, (1, 2)),
    ((1, 1, 3, 3), (2, 1, 3, 3), 1, "same"),
]
each_layer = pytest.mark.parametrize("layer", LAYERS)


@pytest.fixture(autouse=True)
def tally():
    TALLY.clear()


def drawn(layer):
    rng = np.random.default_rng(0)
    return [rng.integers(-8, 9, shape) / 4 for shape in layer[:2]]


def count_on(monkeypatch, module, kind):
    """Let a function of a module take numbers that count."""

    def checked(x, weight, *more):
        *_, windows, groups = as_convolution(np.zeros(x.shape), np.zeros(weight.shape), *more)
        return x, weight, None, windows, groups

    monkeypatch.setattr(module, "as_convolution", checked)
    cut = Tiles.cut
    monkeypatch.setattr(Tiles, "cut", lambda tiles, x: as_counted(kind, cut(tiles, plain(x))))


def plain(array):
    """Return the values of numbers that count; a padding's zeros are none."""
    return np.vectorize(lambda one: getattr(one, "value", one), otypes=[complex])(array).real


def agree(y, layer):
    x, weight = drawn(layer)
    np.testing.assert_allclose(plain(y), cnnbook.conv2d(x, weight, None, *layer[2:]), atol=1e-12)


def ends(layer, y):
    """Return how many numbers go in and come out."""
    return sum(array.size for array in (*drawn(layer), y))


@each_layer
def test_direct_is_what_the_loops_do(monkeypatch, layer):
    count_on(monkeypatch, conv_naive, Real)
    arrays = [as_counted(Real, array) for array in drawn(layer)]
    y = conv_naive.conv2d_naive.__wrapped__(*arrays, None, *layer[2:])
    agree(y, layer)
    assert direct_cost(*layer) == Cost(*TALLY.counts, memory=ends(layer, y))


@each_layer
def test_im2col_is_what_the_product_does(layer):
    x, weight = drawn(layer)
    cols = as_counted(Real, cnnbook.im2col(x, weight.shape[2:], *layer[2:]))
    products = as_counted(Real, weight.reshape(len(weight), -1)) @ cols
    expected = cnnbook.conv2d(x, weight, None, *layer[2:])
    np.testing.assert_allclose(plain(products).reshape(expected.shape), expected, atol=1e-12)
    assert im2col_cost(*layer) == Cost(*TALLY.counts, memory=ends(layer, expected) + cols.size)


@pytest.mark.parametrize("layer", TILED)
@pytest.mark.parametrize("m", [1, 2, 4, 6])
def test_winograd_is_what_the_tiles_do(monkeypatch, layer, m):
    count_on(monkeypatch, conv_winograd, Real)
    monkeypatch.setattr(conv_winograd, "in_floats", lambda m, dtype: winograd_matrices(m, 3))
    sizes, on_both_axes = [], conv_winograd.on_both_axes

    def spy(matrix, tiles):
        result = on_both_axes(matrix, tiles)
        sizes.append(tiles.size if len(sizes) == 2 else result.size)  # the last goes back
        return result

    monkeypatch.setattr(conv_winograd, "on_both_axes", spy)
    arrays = [as_counted(Real, array) for array in drawn(layer)]
    y = conv_winograd.conv2d_winograd.__wrapped__(*arrays, None, *layer[2:], m=m)
    agree(y, layer)
    assert len(sizes) == 3
    assert winograd_cost(*layer, m=m) == Cost(*TALLY.counts, memory=ends(layer, y) + sum(sizes))


@pytest.mark.parametrize("layer", [*LAYERS, *TILED, ((1, 1, 3, 23), (1, 1, 2, 5), 1, 0)])
def test_fft_is_what_the_spectra_do(monkeypatch, layer):
    count_on(monkeypatch, conv_fft, Complex)
    sizes = []

    def there(array, size=None):
        spectra = counted.rfft2(plain(array), size)
        sizes.append(2 * spectra.size)
        return spectra

    def back(spectra, size):
        sizes.append(2 * spectra.size)
        return counted.irfft2(spectra, size)

    monkeypatch.setattr(np.fft, "rfft2", there)
    monkeypatch.setattr(np.fft, "irfft2", back)
    arrays = [as_counted(Complex, array) for array in drawn(layer)]
    y = conv_fft.conv2d_fft.__wrapped__(*arrays, None, *layer[2:])
    counts = TALLY.counts
    agree(y, layer)
    assert len(sizes) == 3
    assert fft_cost(*layer) == Cost(*counts, memory=ends(layer, y) + sum(sizes))


@pytest.mark.parametrize("n", [n for n in range(1, 101) if fast_length(n) == n])
def test_a_transform_is_what_a_counting_one_does(n):
    z = np.random.default_rng(n).normal(size=(2, n)).T @ [1, 1j]
    ways = {
        (False, False): (lambda row: counted.fft(row), z, np.fft.fft(z)),
        (False, True): (lambda row: counted.ifft(row), z, np.fft.ifft(z)),
        (True, False): (
            lambda row: counted.half_counted(counted.pair_there, row),
            z.real,
            np.fft.rfft(z.real),
        ),
        (True, True): (
            lambda row: counted.half_counted(counted.pair_back, row, n),
            np.fft.rfft(z.real),
            z.real,
        ),
    }
    for (real, inverse), (way, given, expected) in ways.items():
        TALLY.clear()
        result = way(list(as_counted(Complex, given)))
        np.testing.assert_allclose([number.value for number in result], expected, atol=1e-12)
        assert transform_cost(n, real, inverse) == Cost(*TALLY.counts), (real, inverse)


def test_the_cheapest_are_named_with_their_ties():
    costs = {"a": Cost(3, 1, 9), "b": Cost(1, 4, 8), "c": Cost(2, 2, 9)}
    assert cheapest(costs) == ("a", "c")
    assert cheapest(costs, "multiplications") == ("b",)
    assert cheapest(costs, "additions") == ("a",)
    assert cheapest(costs, "memory") == ("b",)
    with pytest.raises(ValueError, match="by must be one of multiplications, "):
        cheapest(costs, "time")
    with pytest.raises(ValueError, match="at least one algorithm"):
        cheapest({})


def test_winograd_runs_for_its_kernels_only():
    shape = (1, 2, 9, 9)
    assert list(convolution_costs(shape, (3, 2, 3, 3), padding=1)) == ["direct", "im2col", "FFT", "Winograd"]
    for weight, stride in (((3, 2, 5, 5), 1), ((3, 2, 3, 3), 2), ((3, 2, 3, 1), 1)):
        assert list(convolution_costs(shape, weight, stride)) == ["direct", "im2col", "FFT"]
        with pytest.raises(ValueError, match="kernels of 3x3 at stride 1"):
            winograd_cost(shape, weight, stride)
    for m in (2, 6):
        costs = convolution_costs(shape, (3, 2, 3, 3), m=m)
        assert costs["Winograd"] == winograd_cost(shape, (3, 2, 3, 3), m=m)


@pytest.mark.parametrize("cost", [direct_cost, im2col_cost, fft_cost, winograd_cost, convolution_costs])
def test_errors_name_what_is_wrong(cost):
    for x_shape, weight_shape, more, kind, message in (
        ((1, 2, 9), (3, 2, 3, 3), {}, ValueError, r"x_shape must be \(N, C, H, W\), got \(1, 2, 9\)"),
        (7, (3, 2, 3, 3), {}, TypeError, r"x_shape must be \(N, C, H, W\), got 7"),
        ((1, 2, 9, 9), (3, 0, 3, 3), {}, ValueError, "C_in of weight_shape must be at least 1, got 0"),
        ((1, 2, 9, 9.5), (3, 2, 3, 3), {}, TypeError, "W of x_shape must be a whole number, got 9.5"),
        ((1, 4, 9, 9), (3, 2, 3, 3), {}, ValueError, "has 4 channels, but weight_shape .* has 2"),
        ((1, 2, 2, 2), (3, 2, 3, 3), {}, ValueError, "no window fits"),
        ((1, 2, 9, 9), (3, 2, 3, 3), {"stride": 0}, ValueError, "stride must be at least 1"),
        ((1, 2, 9, 9), (3, 2, 3, 3), {"padding": -1}, ValueError, "padding must be at least 0"),
    ):
        with pytest.raises(kind, match=message):
            cost(x_shape, weight_shape, **more)


def test_a_transform_refuses_other_lengths():
    with pytest.raises(ValueError, match="n must have no prime factor above 5"):
        transform_cost(14)
    with pytest.raises(ValueError, match="n must be at least 1, got 0"):
        transform_cost(0)
    with pytest.raises(TypeError, match="n must be a whole number"):
        transform_cost(8.0)
