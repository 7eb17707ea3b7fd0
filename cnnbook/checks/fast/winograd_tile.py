"""Exercise: one tile of Winograd's scheme, in two dimensions."""

from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import digits, signed, thirds
from cnnbook.conv_winograd import winograd_matrices

SIZES = ((1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (4, 3))


def tile(make, m, r, points=None):
    """Return a tile, a kernel and the three matrices."""
    AT, G, BT = (matrix.astype(float) for matrix in winograd_matrices(m, r, points))
    return make(m + r - 1, m + r - 1), make(r + 1, r)[1:], AT, G, BT


@exercise(
    cases=[
        *(tile(make, m, r) for make in (signed, thirds) for m, r in SIZES),
        *(tile(digits, m, r, range(1, m + r - 1)) for m, r in SIZES),
        *(tile(make, m, 2, range(m)) for make in (digits, signed) for m in (1, 2, 3)),
        *((x, 1 - w, *matrices) for m, r in SIZES for x, w, *matrices in [tile(digits, m, r)]),
    ],
    mistakes="""
    G @ w @ G.T -> G @ w
        The kernel is transformed along one axis only: put G.T on its right as well.
    BT @ x @ BT.T -> BT @ x
        The tile is transformed along one axis only: put the transposed matrix on its right as well.
    G @ w @ G.T) * (BT @ x @ BT.T) -> G @ w) * (BT @ x)
        Kernel and tile are transformed along one axis only: put G.T and BT.T on their right as well.
    G @ w @ G.T) * (BT @ x @ BT.T) -> G @ w @ G.T) @ (BT @ x @ BT.T)
        You multiplied matrices in the middle: there, number meets number, with *.
    return AT @ products @ AT.T -> return AT @ products; return result[:, : len(AT)]
        The outputs are gathered along one axis only: put AT.T on the right as well.
    BT @ x @ BT.T -> BT.T @ x @ BT
        B and its transpose are swapped: BT stands on the left.
    BT @ x @ BT.T -> BT @ x @ BT
        On the right of the tile stands the transposed matrix, BT.T.
    BT @ x @ BT.T -> x
        The tile is not transformed: put BT on its left, and BT.T on its right.
    BT @ x @ BT.T -> BT @ x.T @ BT.T
        The tile is transposed.
    G @ w @ G.T -> G @ w.T @ G.T
        The kernel is transposed.
    G @ w @ G.T -> G @ w[::-1, ::-1] @ G.T
        You flipped the kernel. The matrices make a cross-correlation.
    return result.T
        Rows and columns of your result are swapped.
    where len(AT) > 1
        Every case that fails has several outputs.
    where w.size > 1
        Every case that fails has several weights.
    """,
)
def winograd_tile(x, w, AT, G, BT):
    """Return the m x m outputs of one tile.

    ``x`` has m + r - 1 rows and columns, ``w`` has r; ``AT``, ``G`` and ``BT`` are the matrices of F(m, r).
    """
    products = (G @ w @ G.T) * (BT @ x @ BT.T)
    return AT @ products @ AT.T
