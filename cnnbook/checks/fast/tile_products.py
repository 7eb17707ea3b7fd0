"""Exercise: how many products Winograd's tiles take, remainders included."""

from cnnbook.checks.exercise import exercise

LAYERS = [
    *(((3, 5), C_in, C_out) for C_in in (1, 2, 3) for C_out in (1, 2, 4)),
    *[((7, 5), 3, 2), ((4, 4), 1, 1), ((1, 9), 2, 5), ((8, 12), 5, 3), ((56, 55), 4, 6), ((6, 2), 1, 4)],
]


@exercise(
    cases=[(out, C_in, C_out, m) for out, C_in, C_out in LAYERS for m in (1, 2, 3, 4, 6)],
    mistakes="""
    H_out, W_out = out_shape -> H_out, W_out = (n // m * m for n in out_shape)
        A tile that is not full is computed all the same: round the number of tiles up.
    down, across = -(-H_out // m), -(-W_out // m) -> down, across = H_out / m, W_out / m
        There are no parts of tiles: round their number up, down and across.
    down, across = -(-H_out // m), -(-W_out // m) -> down = -(-H_out * W_out // m**2); across = 1
        Round up along each axis by itself: a row of tiles that hangs over is not shared with the next.
    (m + 2) ** 2 -> (m + 2)
        A tile is square: m + 2 rows of m + 2 products.
    (m + 2) ** 2 -> m**2
        That is how many outputs a tile gives. Its transform has m + 2 rows and columns.
    (m + 2) ** 2 -> 9 * m**2
        That is the direct way. A tile takes (m + 2) ** 2 products.
    (m + 2) ** 2 -> (m + 3) ** 2
        A tile that gives m outputs along a line has m + 3 - 1 numbers.
    * C_in ->
        Each channel has a tile of its own.
    * C_out ->
        Each kernel multiplies the tile.
    * C_in * C_out -> * (C_in + C_out)
        Every pair of a channel and a kernel has its products: multiply the two counts.
    -(-W_out // m) -> -(-H_out // m)
        You counted the rows twice: the output need not be square.
    where out_shape[0] % m or out_shape[1] % m
        Every case that fails has a remainder.
    where out_shape[0] != out_shape[1]
        Every case that fails has an output that is not square.
    """,
)
def tile_products(out_shape, C_in, C_out, m):
    """Return how many products F(m x m, 3 x 3) takes between transformed tiles and kernels."""
    H_out, W_out = out_shape
    down, across = -(-H_out // m), -(-W_out // m)
    return down * across * (m + 2) ** 2 * C_in * C_out
