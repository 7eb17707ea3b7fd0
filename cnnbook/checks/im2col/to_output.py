"""Exercise: a product's columns, sorted back into pictures."""

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import scattered

SIZES = [*grid((1, 2), (1, 2), (1, 2, 3), (1, 2, 3)), (3, 4, 2, 5), (3, 3, 3, 3), (5, 2, 4, 3), (2, 3, 2, 2)]


@exercise(
    cases=[
        *((scattered(C_out, H_out * W_out * N), N, H_out, W_out) for N, C_out, H_out, W_out in SIZES),
        (scattered(2, 18) / 3 - 9, 3, 2, 3),
    ],
    mistakes="""
    return product.reshape(N, -1, H_out, W_out)
        The numbers stand in the wrong places: reshape keeps the order of reading. Cut first, then transpose.
    H_out, W_out, N -> N, H_out, W_out; 3, 0, 1, 2 -> 1, 0, 2, 3
        You read the columns picture by picture. Here the picture's number runs fastest: column l * N + n.
    H_out, W_out, N -> W_out, H_out, N; 3, 0, 1, 2 -> 3, 0, 2, 1
        You read the windows column by column. They are counted row by row: l = i * W_out + j.
    3, 0, 1, 2 -> 3, 1, 2, 0
        Your channels come last (NHWC). Here they are the second axis: picture, channel, row, column.
    3, 0, 1, 2 -> 1, 2, 3, 0
        transpose(1, 2, 3, 0) goes the other way. Each number says which old axis comes to this place.
    .transpose(3, 0, 1, 2) ->
        You have cut the columns up rightly. Now move the axis of the pictures to the front: transpose.
    return product.T.reshape(N, -1, H_out, W_out)
        A transpose of the whole product mixes its filters and its columns: reshape first.
    return product.reshape(N, H_out, W_out, -1).transpose(0, 3, 1, 2)
    return product.reshape(-1, N, W_out, H_out).transpose(1, 0, 3, 2)
    return product.reshape(H_out, W_out, N, -1).transpose(2, 3, 0, 1)
    return product.reshape(-1, H_out, N, W_out).transpose(2, 0, 1, 3)
        You cut in another order than it lies in: a row is a filter; columns count row, column, picture.
    .reshape(-1, H_out, W_out, N) -> .reshape(-1, W_out, H_out, N)
        You cut with W_out before H_out: windows are counted row by row, so rows come first.
    return result[0]
        Only the first picture is left, without its axis.
    where N > 1
        Every case that fails has several pictures: where do you sort them apart?
    where H_out != W_out
        Every case that fails is one where height and width differ: is one used for the other?
    """,
)
def to_output(product, N, H_out, W_out):
    """Return the product of batch-last columns, (C_out, H_out * W_out * N), as (N, C_out, H_out, W_out)."""
    return product.reshape(-1, H_out, W_out, N).transpose(3, 0, 1, 2)
