"""Exercise: from NHWC to NCHW."""

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import scattered

SHAPES = [*grid((1, 2), (1, 2), (2, 3), (1, 2, 3)), (2, 3, 4, 3), (3, 3, 3, 3), (2, 5, 4, 3), (4, 2, 3, 5)]


@exercise(
    cases=[*((scattered(*shape),) for shape in SHAPES), (scattered(2, 3, 4, 3) / 3 - 9,)],
    mistakes="""
    return images.reshape(result.shape)
        The shape is right, and the numbers are not: reshape keeps the order of reading. Use transpose.
    0, 3, 1, 2 -> 0, 3, 2, 1
        Rows and columns have changed places: every picture is mirrored at its diagonal.
    0, 3, 1, 2 -> 0, 2, 3, 1
        That is the order for the way back, from NCHW to NHWC: the new second axis is the old axis 3.
    0, 3, 1, 2 -> 3, 0, 1, 2
        The colours have gone to the very front, before the pictures. The batch stays first.
    return images.T
        The attribute T turns the order of all axes round. Name the order that you want: transpose(...).
    0, 3, 1, 2 -> 0, 1, 3, 2
        The colours have moved by one axis only: they have to pass the columns and the rows.
    return result[:, ::-1]
        The colours stand in the wrong order: red stays first.
    return result[0]
        Only the first picture is left: the batch keeps its axis.
    return result[:, :1]
    return result[:, 0]
        Only the first colour is left: every colour is a channel.
    return result.mean(axis=1, keepdims=True)
        The colours are averaged: each stays a channel of its own.
    return images.transpose(2, 0, 1)
        You named another number of axes than there are. A batch has four: transpose takes four numbers.
    return result.reshape(-1, *result.shape[2:])
        All pictures and colours stand in one line: the batch and the colours are two axes, (N, C, H, W).
    return result.swapaxes(2, 3).reshape(result.shape)
    return result.swapaxes(2, 3)[:, :, ::-1]
        Rows and columns are mixed up: only the colours move; the rest keeps its order.
    """,
)
def to_nchw(images):
    """Return a batch of pictures, (N, H, W, C), with the colours in front, (N, C, H, W)."""
    return images.transpose(0, 3, 1, 2)
