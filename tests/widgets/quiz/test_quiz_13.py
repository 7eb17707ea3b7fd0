"""What the questions of the chapter on fast convolution say about numbers, computed."""

import numpy as np

from cnnbook import winograd_matrices
from cnnbook.checks.fast.amdahl import amdahl


def unspoiled(n, k):
    """Count the places of a circle that nothing wraps into."""
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=n), rng.normal(size=k)
    circle = np.fft.irfft(np.fft.rfft(x) * np.fft.rfft(w, n), n)
    return np.isclose(circle, np.convolve(x, w)[:n]).sum()


def passes(k, terms):
    return terms * (k + k)


def products(m, r):
    return len(winograd_matrices(m, r)[1])


NUMBERS = {
    "unspoiled": lambda: unspoiled(8, 3),
    "products-of-six": lambda: products(4, 3),
    "no-end-of-threads": lambda: round(amdahl.exercise.right(1.0, 9e-9, 10**9, 10**9), 6),
    "stride-keeps": lambda: 100 * np.ones((8, 8))[::2, ::2].size / 64,
    "two-terms": lambda: passes(11, 2),
}


def test_what_the_wrong_answers_are():
    assert (4 * 3, 2 * products(2, 3), products(2, 3) ** 2) == (12, 8, 16)
    assert (passes(11, 1), 11 * 11, 2 * 11 * 11) == (22, 121, 242)
    assert 22 * 22 == 484


def test_the_products_of_a_tile_fall_on_with_its_size():
    shares = [(m + 2) ** 2 / m**2 for m in range(1, 50)]
    assert shares == sorted(shares, reverse=True)
