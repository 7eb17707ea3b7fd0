"""The convolutional layer with fewer products: Winograd's tiles for kernels of 3x3."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from math import gcd, lcm

import numpy as np

from cnnbook import tuning
from cnnbook.conv_batch import as_convolution
from cnnbook.half import in_single
from cnnbook.shapes import Padding, Pair, as_int
from cnnbook.tiles import Tiles

__all__ = ["conv2d_winograd", "winograd_matrices"]

# Small numbers first: their powers stay near 1, and so does the rounding.
POINTS = tuple(map(Fraction, ("0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3", "1/3", "-1/3")))


def winograd_matrices(
    m: int, r: int, points: Sequence[int | Fraction] | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the matrices of F(m, r): m outputs of a kernel of r with m + r - 1 products.

    .. math::

        y = A^T \left[ (G w) \odot (B^T x) \right]

    Two polynomials are multiplied by their values at m + r - 1 points, infinity being the last one
    (Toom-Cook). Read backwards, from its result to one of its factors, the same scheme is a
    cross-correlation: A and G hold powers of the points, B the polynomials that interpolate.

    Parameters
    ----------
    m, r : int
        Numbers of outputs and of weights, at least 1.
    points : sequence of int or Fraction, optional
        The m + r - 2 finite points, no two of them equal. Without them 0, 1, -1, 2, -2, 1/2, ...

    Returns
    -------
    AT : ndarray, shape (m, m + r - 1)
    G : ndarray, shape (m + r - 1, r)
    BT : ndarray, shape (m + r - 1, m + r - 1)
        Exact: they hold ``fractions.Fraction``; all denominators stand in G.

    Raises
    ------
    ValueError
        If a size is below 1, if the number of points is wrong, or two of them are equal.

    References
    ----------
    A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015.

    Examples
    --------
    >>> AT, G, BT = winograd_matrices(2, 3)
    >>> BT.astype(int)
    array([[ 1,  0, -1,  0],
           [ 0,  1,  1,  0],
           [ 0, -1,  1,  0],
           [ 0, -1,  0,  1]])
    >>> G.astype(float)
    array([[ 1. ,  0. ,  0. ],
           [ 0.5,  0.5,  0.5],
           [ 0.5, -0.5,  0.5],
           [ 0. ,  0. ,  1. ]])
    >>> AT.astype(int)
    array([[ 1,  1,  1,  0],
           [ 0,  1, -1,  1]])
    """
    m, r = as_int(m, "m", 1), as_int(r, "r", 1)
    if points is None and m + r - 2 > len(POINTS):
        raise ValueError(f"F({m}, {r}) needs {m + r - 2} points, and only {len(POINTS)} are known: name them")
    finite = [Fraction(point) for point in (POINTS[: m + r - 2] if points is None else points)]
    if len(finite) != m + r - 2 or len(set(finite)) < len(finite):
        told = ", ".join(map(str, finite))
        raise ValueError(f"F({m}, {r}) needs m + r - 2 = {m + r - 2} different points, got {told or 'none'}")
    rows = []
    for point in finite:
        others = [other for other in finite if other != point]
        scale = Fraction(1)
        for other in others:
            scale /= point - other
        rows.append([*(scale * number for number in with_roots(others)), Fraction(0)])
    rows.append(with_roots(finite))
    AT, G = (powers(finite, n) for n in (m, r))
    BT = np.array(rows, object).reshape(m + r - 1, m + r - 1)
    for row, scaled in zip(BT, G, strict=True):
        by = Fraction(lcm(*(number.denominator for number in row)), 1)
        by /= gcd(*(int(number * by) for number in row))
        row *= by
        scaled /= by
    return AT.T, G, BT


def with_roots(roots: Sequence[Fraction]) -> list[Fraction]:
    """Return the polynomial that is zero at the roots, from its constant on."""
    none, poly = Fraction(0), [Fraction(1)]
    for root in roots:
        poly = [below - root * here for below, here in zip([none, *poly], [*poly, none], strict=True)]
    return poly


def powers(points: Sequence[Fraction], n: int) -> np.ndarray:
    """Return the first n powers of each point, and of infinity, where the highest is all that counts."""
    rows = [[point**k for k in range(n)] for point in points]
    return np.array([*rows, [Fraction(k == n - 1) for k in range(n)]], object)


@cache
def in_floats(m: int, dtype: str) -> tuple[np.ndarray, ...]:
    """Return the matrices of F(m, 3) in a dtype."""
    return tuple(matrix.astype(float).astype(dtype) for matrix in winograd_matrices(m, 3))


def on_both_axes(matrix: np.ndarray, tiles: np.ndarray) -> np.ndarray:
    """Return ``matrix @ tile @ matrix.T`` for tiles that stand in the last axes: (t, t, ...)."""
    (rows, t), rest = matrix.shape, tiles.shape[2:]
    first = (matrix @ tiles.reshape(t, -1)).reshape(rows, t, -1)
    return (matrix @ first).reshape(rows, rows, *rest)


@in_single
def conv2d_winograd(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
    *,
    m: int = 4,
) -> np.ndarray:
    r"""Convolve with kernels of 3x3 by Winograd's minimal filtering, F(m x m, 3 x 3).

    .. math::

        Y = A^T \left[ \sum_c (G W_c G^T) \odot (B^T X_c B) \right] A

    A tile of (m + 2)(m + 2) numbers gives m x m outputs with as many products for each pair of
    channels, where the direct way takes 9 m^2: 36 instead of 144 for m = 4. The kernels are
    transformed once, and each tile once for all kernels.

    Parameters
    ----------
    x : ndarray, shape (N, C_in, H, W), floating point
        A batch of images.
    weight : ndarray, shape (C_out, C_in / groups, 3, 3), floating point
        The kernels.
    bias : ndarray, shape (C_out,), floating point, optional
        One number to add for each kernel.
    stride, dilation
        1: the tiles know no other.
    padding, groups
        As in :func:`cnnbook.conv2d`.
    m : int
        Rows and columns of outputs in a tile. More save more products, and lose more digits.

    Returns
    -------
    y : ndarray, shape (N, C_out, H_out, W_out)
        In the common dtype of the arguments.

    Raises
    ------
    TypeError
        As :func:`cnnbook.conv2d`.
    ValueError
        As :func:`cnnbook.conv2d`, and if the kernel is not 3x3 or a step is not 1.

    See Also
    --------
    winograd_matrices : A, G and B for any m.
    cnnbook.conv2d_fft : fewer products for large kernels.

    References
    ----------
    A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015.

    Examples
    --------
    >>> x = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> conv2d_winograd(x, np.ones((1, 1, 3, 3)), m=2)[0, 0]
    array([[45., 54.],
           [81., 90.]])
    """
    x, weight, bias, windows, groups = as_convolution(x, weight, bias, stride, padding, dilation, groups)
    if weight.shape[2:] != (3, 3) or windows.stride != (1, 1) or windows.dilation != (1, 1):
        raise ValueError(
            f"Winograd's tiles are for kernels of 3x3 at stride 1 and dilation 1, got weight {weight.shape}, "
            f"stride {stride} and dilation {dilation}: use conv2d, or conv2d_fft for large kernels"
        )
    m = as_int(m, "m", 1)
    dtype = np.result_type(x, weight) if bias is None else np.result_type(x, weight, bias)
    AT, G, BT = in_floats(m, np.empty(0, dtype).real.dtype.char)
    N, C_out = len(x), len(weight)
    tiles = Tiles(windows.out, (m, m), (3, 3))
    w = on_both_axes(G, weight.transpose(2, 3, 0, 1).astype(dtype))  # (t, t, C_out, C_in / groups)
    w = w.reshape(m + 2, m + 2, groups, -1, w.shape[-1])
    x_pad = windows.pad(x)
    y = np.empty((N, C_out, *windows.out), dtype)
    for some in tiles.some(N, tuning.MOST_TILES):
        cut = tiles.cut(x_pad[some]).transpose(4, 5, 1, 0, 2, 3)  # (t, t, C_in, n, T_h, T_w)
        n, T_h, T_w = cut.shape[3:]
        v = on_both_axes(BT, np.ascontiguousarray(cut, dtype)).reshape(m + 2, m + 2, groups, w.shape[-1], -1)
        sums = on_both_axes(AT, w @ v).reshape(m, m, C_out, n, T_h, T_w)
        y[some] = tiles.join(sums.transpose(3, 2, 4, 5, 0, 1))
    if bias is not None:
        y += bias[:, None, None]
    return y
