"""The code that the chapter on fast convolution teaches is right, and what the chapter says is so."""

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from functools import reduce
from itertools import product
from math import prod

import matplotlib.pyplot as plt
import numpy as np
import pytest
from chapter import Chapter
from claims import numbers
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from scipy import ndimage
from threadpoolctl import threadpool_limits

from cnnbook import clock, conv2d, conv2d_fft, conv2d_winograd, cross_correlate2d, im2col, winograd_matrices
from cnnbook.costs import direct_cost, fft_cost, winograd_cost
from cnnbook.data import photo

chapter = Chapter(
    "13_fast",
    Fraction=Fraction,
    OrderedDict=OrderedDict,
    ThreadPoolExecutor=ThreadPoolExecutor,
    cross_correlate2d=cross_correlate2d,
    im2col=im2col,
    prod=prod,
    product=product,
    reduce=reduce,
    sliding_window_view=sliding_window_view,
    threadpool_limits=threadpool_limits,
    winograd_matrices=winograd_matrices,
)
taught = chapter.taught()
few = st.integers(1, 4)
said = chapter.told


def table(name):
    """Return the rows of a table that a cell says, without its head."""
    rows = [line for line in said(name).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def drawn(seed, *shapes):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) for shape in shapes]


@given(N=few, C_in=few, C_out=few, more=st.tuples(st.integers(0, 9), st.integers(0, 9)), seed=few, m=few)
def test_what_is_taught_is_the_package(N, C_in, C_out, more, seed, m):
    x, weight = drawn(seed, (N, C_in, 3 + more[0], 3 + more[1]), (C_out, C_in, 3, 3))
    fft, winograd = conv2d_fft(x, weight), conv2d_winograd(x, weight)
    np.testing.assert_allclose(taught.conv_by_spectra(x, weight), fft, atol=1e-12)
    np.testing.assert_allclose(taught.conv_by_tiled_spectra(x, weight, m), fft, atol=1e-12)
    np.testing.assert_allclose(taught.conv_by_winograd(x, weight), winograd, atol=1e-12)
    np.testing.assert_allclose(taught.conv_by_winograd(x, weight, m), winograd, atol=1e-10)
    padded = conv2d(x, weight, padding=1)
    np.testing.assert_allclose(taught.conv_in_threads(x, weight, 2), padded, atol=1e-12)


@pytest.mark.parametrize("n", [1, 2, 8, 64])
def test_the_transforms_are_numpys(n):
    (x,) = drawn(n, (n,))
    np.testing.assert_allclose(taught.transform(x), np.fft.fft(x), atol=1e-12)
    np.testing.assert_allclose(taught.fft(x), np.fft.fft(x), atol=1e-12)
    w = x[: max(1, n // 2)]
    expected = ndimage.convolve1d(x, w, mode="wrap", origin=-(len(w) // 2)) if n > 1 else x * w
    filled = np.append(w, np.zeros(n - len(w)))
    product_of = taught.transform(taught.transform(x) * taught.transform(filled), +1) / n
    np.testing.assert_allclose(product_of, expected, atol=1e-12)


@pytest.mark.parametrize(("m", "r"), list(product(range(1, 6), range(1, 4))))
def test_the_taught_matrices_are_the_package_but_for_their_scale(m, r):
    points = [Fraction(z) for z in ("0", "1", "-1", "2", "-2", "1/2")][: m + r - 2]
    theirs = winograd_matrices(m, r)
    whole = [
        [np.multiply.outer(np.multiply.outer(AT[:, k], G[k]), BT[k]).tolist() for k in range(m + r - 1)]
        for AT, G, BT in (taught.toom_cook(m, r, points), theirs)
    ]
    assert whole[0] == whole[1]


def test_four_products_do():
    count = []

    class Counted(float):
        def __mul__(self, other):
            count.append(other)
            return float(self) * other

        def __sub__(self, other):
            return Counted(float(self) - other)

        def __add__(self, other):
            return Counted(float(self) + other)

    y = taught.f23([Counted(n) for n in (3, 1, 4, 2)], [2.0, 7.0, 1.0])
    assert y == (3 * 2 + 7 + 4, 2 + 28 + 2)
    assert len(count) == 4


def test_what_is_fetched():
    n, line = 8, 4
    order = list(product(range(n), repeat=3))
    everything = 3 * n * n // line
    assert taught.fetched(order, line, room=everything) == everything
    assert taught.fetched(order, line, room=1) == 3 * n**3
    assert sorted(taught.in_blocks(8, 4)) == order
    *_, products, rows, swapped, times, b, _, blocks, more = numbers(said("cache-say").split("A tuned")[0])
    assert (products, b) == (64**3, 8)
    assert rows > 64**3  # a column of 64 numbers does not stay in 48 lines
    # for each row of W its lines, and those of Y, which stay; each row of X anew
    assert swapped == pytest.approx(64 * (8 + 8 + 64 * 8), rel=0.01)
    assert blocks == pytest.approx(8**3 * 3 * 8, rel=0.35)
    assert (times, more) == (round(rows / swapped, 1), round(swapped / blocks, 1))


def test_the_table_of_costs():
    for (channels, out, kernel, *found), (C, n, k) in zip(
        table("count-say"), [(1, 256, 3), (64, 56, 1), (64, 56, 3), (256, 14, 3)], strict=True
    ):
        assert [numbers(cell) for cell in (channels, out, kernel)] == [[C, C], [n, n], [k, k]]
        work = n * n * C * (2 * C * k * k - 1)
        moved = 4 * (C * (n + k - 1) ** 2 + C * n * n + (C * k) ** 2)
        expected = work / 1e6, moved / 1e6, work / moved
        for cell, value, digits in zip(found, expected, (1, 2, 1), strict=True):
            assert cell.split("\u00a0")[0] == f"{value:.{digits}f}"


def test_four_numbers_by_hand():
    first, second, both = table("by-hand")
    for cells in zip(first[1:], second[1:], both[1:], strict=True):
        a, b, c = (complex(cell.replace("−", "-").replace("i", "j")) for cell in cells)
        assert a * b == c
    assert "24, 13, 22, 31. The table" in said("by-hand")
    assert ", ".join(map(str, np.convolve([1, 2, 3, 4], [4, 5]))) in said("by-hand")


def test_how_many_products_a_fast_transform_takes():
    def products(n):
        return 0 if n == 1 else 2 * products(n // 2) + n // 2

    assert numbers(said("fft-say"))[:3] == [1024, 1024**2, products(1024)]


def fewer(N, C, n, k):
    """Tell whether spectra take fewer operations than loops."""
    settings = (N, C, n + k - 1, n + k - 1), (C, C, k, k)
    return fft_cost(*settings).operations < direct_cost(*settings).operations


def test_where_spectra_take_fewer_operations():
    found = numbers(said("race-count"))
    layers = {(1, 1, 256): 0, (1, 8, 64): 4, (1, 64, 56): 10, (16, 64, 56): 17}
    for layer, place in layers.items():
        k = int(found[place])
        assert not fewer(*layer, k - 1)
        assert all(fewer(*layer, more) for more in range(k, 32))
    settings = (1, 8, 66, 66), (8, 8, 3, 3)
    share = winograd_cost(*settings).operations / direct_cost(*settings).operations
    assert found[20:] == [round(100 * share), 3, 3, 8, 8, 64, 64]


def test_remainders():
    found = numbers(said("remainders-say"))
    for start, n in ((2, 56), (10, 7)):
        assert found[start - 2 : start] == [n, n]
        for m, share in zip((2, 4, 6), found[start : start + 6 : 2], strict=True):
            tiles = len(range(0, n, m)) ** 2
            assert share == pytest.approx(100 * tiles * (m + 2) ** 2 / (9 * n * n), abs=0.51)


@pytest.mark.parametrize("m", [2, 4, 6, 8])
def test_digits_are_lost_with_the_size_of_the_tile(m):
    x, weight = drawn(m, (1, 16, 50, 50), (8, 16, 3, 3))
    y = conv2d(x, weight)
    off = [np.abs(conv2d_winograd(x.astype("f4"), weight.astype("f4"), m=size) - y).max() for size in (2, m)]
    assert np.log10(off[1] / off[0]) >= {2: 0, 4: 0.3, 6: 0.9, 8: 2.7}[m]


def test_the_error_jumps_where_the_products_hardly_fall():
    off = dict.fromkeys((2, 6, 8), 0)
    for seed in range(5):
        x, weight = drawn(seed, (1, 16, 50, 50), (8, 16, 3, 3))
        y, single = conv2d(x, weight), (x.astype("f4"), weight.astype("f4"))
        for m in off:
            off[m] += np.abs(conv2d_winograd(*single, m=m) - y).max() / np.abs(y).max()
    two, six, eight, times, seven, point, *shares, m, _, r, _ = numbers(
        said("errors-say").split("Winograd:")[1]
    )
    assert (two, six, eight, m, r, seven) == (2, 6, 8, 6, 3, 7)
    # x and w at the point: the rows of G are its powers, but for a factor.
    assert {row[1] / row[0] for row in winograd_matrices(7, 3)[1] if row[0]} >= {point}
    assert point not in {row[1] / row[0] for row in winograd_matrices(6, 3)[1] if row[0]}
    assert off[6] / off[2] > 10  # more than one digit
    assert off[8] / off[6] > times > 20
    assert shares == [round(100 * (tile + 2) ** 2 / (9 * tile**2)) for tile in (6, 8)]
    assert 48 % 6 == 48 % 8 == 0


def test_spectra_lose_little():
    off = {}
    for n in (16, 512):
        x, weight = drawn(3, (1, 1, n, n), (1, 1, 9, 9))
        y = conv2d(x, weight)
        single = taught.conv_by_spectra(x.astype("f4"), weight.astype("f4"))
        off[n] = np.abs(single - y).max() / np.abs(y).max()
    assert off[512] < 3 * off[16]


def test_a_disc_of_few_terms():
    i, j = np.mgrid[-7:8, -7:8]
    disc = np.clip(7.5 - np.hypot(i, j), 0, 1)
    disc /= disc.sum()
    image = photo(grey=True).astype(float)
    whole = cross_correlate2d(image, disc)
    k, _, rank, *_ = found = numbers(said("terms-say"))
    assert (k, rank) == (15, np.linalg.matrix_rank(disc))
    u, s, vh = np.linalg.svd(disc)
    off = [np.abs(cross_correlate2d(image, u[:, :n] * s[:n] @ vh[:n]) - whole).max() for n in range(1, 7)]
    one, most, two, needed = found[3:7]
    assert most == 255
    assert (one, two) == (round(off[0]), round(off[1], 1))
    assert off[int(needed) - 1] <= 1 < off[int(needed) - 2]
    assert found[7:] == [needed, 15, 15, needed * 30, 225, rank, rank * 30]
    np.testing.assert_allclose(taught.conv_by_passes(image, disc, int(rank)), whole, atol=1e-9)


def test_the_measured_cell_draws_what_a_clock_says(monkeypatch):
    monkeypatch.setattr(clock, "best", lambda *_: 0.001)
    names = {}
    for name in ("setup", "threads-code", "race-ways", "measured"):
        exec(chapter.source(name), names)
    assert set(names["races"]) == {"kernel size", "picture size", "channels"}
    assert set(names["races"]["kernel size"]) == {"loops", *names["ways"]}
    assert set(names["races"]["kernel size"]["Winograd"]) == {3}
    assert names["crossings"] == {"spectra first, by count": 5, "by the clock": np.inf}
    assert len(plt.gcf().axes) == 5
    plt.close("all")
