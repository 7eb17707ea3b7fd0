"""Numbers that count what is done with them, and transforms made of them."""

import cmath
from fractions import Fraction

import numpy as np


class Tally:
    """How many multiplications and additions there were."""

    def __init__(self):
        self.clear()

    def clear(self):
        self.multiplications = self.additions = 0

    @property
    def counts(self):
        return self.multiplications, self.additions


TALLY = Tally()


class Real:
    """A real number; whole zeros are nothing at all, and a factor of 1 or -1 is only a sign."""

    def __init__(self, value):
        self.value = value

    def __mul__(self, other):
        if isinstance(other, Real):
            TALLY.multiplications += 1
            return Real(self.value * other.value)
        if other == 0:
            return 0
        TALLY.multiplications += abs(other) != 1
        return Real(self.value * other)

    def __add__(self, other):
        if not isinstance(other, Real):
            assert other == 0
            return self
        TALLY.additions += 1
        return Real(self.value + other.value)

    __rmul__, __radd__ = __mul__, __add__

    def __float__(self):
        return float(self.value)


class Complex:
    """A complex number, whose operations are counted as those of real ones."""

    def __init__(self, value):
        self.value = complex(value)

    def __mul__(self, other):
        TALLY.multiplications += 4
        TALLY.additions += 2
        return Complex(self.value * other.value)

    def __add__(self, other):
        TALLY.additions += 2
        return Complex(self.value + other.value)

    def __sub__(self, other):
        return self + other.turned(-1)

    def scaled(self, factor):
        TALLY.multiplications += 2
        return Complex(self.value * factor)

    def turned(self, by):
        assert by in (1, -1, 1j, -1j)
        return Complex(self.value * by)

    def conjugate(self):
        return Complex(self.value.conjugate())


def as_counted(kind, array):
    """Return an array of such numbers; exact ones, if they are real."""
    exact = (lambda value: Fraction(float(value))) if kind is Real else complex
    flat = np.empty(array.size, object)
    flat[:] = [kind(exact(value)) for value in array.flat]
    return flat.reshape(array.shape)


def two(a, b):
    return [a + b, a - b]


def three(a, b, c):
    total = b + c
    middle = a + total.scaled(-0.5)
    side = (b - c).scaled(-np.sqrt(3) / 2).turned(1j)
    return [a + total, middle + side, middle - side]


def five(a, b, c, d, e):
    (plus, minus), (plus2, minus2) = two(b, e), two(c, d)
    cos, sin = ([f(2 * np.pi * k / 5) for k in (1, 2)] for f in (np.cos, np.sin))
    middles = [
        a + (plus.scaled(cos[0]) + plus2.scaled(cos[1])),
        a + (plus.scaled(cos[1]) + plus2.scaled(cos[0])),
    ]
    sides = [
        (minus.scaled(-sin[0]) + minus2.scaled(-sin[1])).turned(1j),
        (minus.scaled(-sin[1]) + minus2.scaled(sin[0])).turned(1j),
    ]
    return [
        a + plus + plus2,
        middles[0] + sides[0],
        middles[1] + sides[1],
        middles[1] - sides[1],
        middles[0] - sides[0],
    ]


SMALL = {2: two, 3: three, 5: five}


def fft(numbers):
    """Transform a list of complex numbers: Cooley and Tukey, smallest factor first."""
    n = len(numbers)
    if n == 1:
        return numbers
    p = next(prime for prime in SMALL if n % prime == 0)
    parts = [fft(numbers[first::p]) for first in range(p)]
    result = [None] * n
    for k in range(n // p):
        turned = [turn(part[k], j * k, n) for j, part in enumerate(parts)]
        result[k :: n // p] = SMALL[p](*turned)
    return result


def turn(number, k, n):
    quarters, rest = divmod(4 * k, n)
    if rest == 0:
        return number.turned([1, -1j, -1, 1j][quarters % 4])
    return number * Complex(cmath.exp(-2j * cmath.pi * k / n))


def ifft(numbers):
    if len(numbers) == 1:
        return numbers
    back = fft([number.conjugate() for number in numbers])
    return [number.scaled(1 / len(back)).conjugate() for number in back]


def pair_there(first, second):
    """Transform two real rows as one complex row, and part them: their first n // 2 + 1 frequencies."""
    n = len(first)
    both = fft([Complex(a.value.real + 1j * b.value.real) for a, b in zip(first, second, strict=True)])
    spectra = [], []
    for k in range(n // 2 + 1):
        here, there = both[k], both[-k % n].conjugate()
        if 2 * k % n == 0:
            spectra[0].append(Complex(here.value.real))
            spectra[1].append(Complex(here.value.imag))
        else:
            spectra[0].append((here + there).scaled(0.5))
            spectra[1].append((here - there).scaled(0.5).turned(-1j))
    return spectra


def pair_back(first, second, n):
    """Return the two real rows of n numbers from their spectra, by one complex transform."""
    both = [None] * n
    for k, (a, b) in enumerate(zip(first, second, strict=True)):
        if 2 * k % n == 0:
            both[k] = Complex(a.value.real + 1j * b.value.real)
        else:
            both[k] = a + b.turned(1j)
            both[-k % n] = a.conjugate() + b.conjugate().turned(1j)
    rows = ifft(both)
    return [Complex(z.value.real) for z in rows], [Complex(z.value.imag) for z in rows]


def half_counted(pair, row, *more):
    """Return what a row becomes, and count half of what it takes together with another."""
    before = TALLY.counts
    result = pair(row, row, *more)[0]
    TALLY.multiplications = (TALLY.multiplications + before[0]) // 2
    TALLY.additions = (TALLY.additions + before[1]) // 2
    return result


def along(axis, function, array):
    """Apply a function of lists along an axis of an array of objects."""
    moved = np.moveaxis(array, axis, -1)
    rows = [function(list(row)) for row in moved.reshape(-1, moved.shape[-1])]
    flat = np.empty((len(rows), len(rows[0])), object)
    for k, row in enumerate(rows):
        flat[k] = row
    return np.moveaxis(flat.reshape(*moved.shape[:-1], -1), -1, axis)


def lengthened(row, n):
    return row + [Complex(0)] * (n - len(row))


def rfft2(array, size=None):
    """Count what ``numpy.fft.rfft2`` would do: rows, of which there may be fewer, and then columns."""
    L_h, L_w = size or array.shape[-2:]
    array = as_counted(Complex, array)
    rows = along(-1, lambda row: half_counted(pair_there, lengthened(row, L_w)), array)
    return along(-2, lambda column: fft(lengthened(column, L_h)), rows)


def irfft2(array, size):
    """Count what ``numpy.fft.irfft2`` would do."""
    columns = along(-2, ifft, array)
    back = along(-1, lambda row: half_counted(pair_back, row, size[1]), columns)
    return np.vectorize(lambda z: z.value.real, otypes=[float])(back)
