"""Exercise: the pixels that lie under the middles of all windows."""

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import scattered, thirds

ODD = [(1, 1), (3, 3), (1, 3), (3, 1), (5, 3), (1, 5), (5, 5)]


@exercise(
    cases=[
        *((scattered(*shape), kernel) for shape, kernel in grid([(5, 5), (5, 6), (7, 5)], ODD)),
        *((thirds(*shape), kernel) for shape, kernel in grid([(9, 8), (8, 9)], ODD)),
    ],
    mistakes="""
    image.shape[0] - rows -> -rows; image.shape[1] - columns -> -columns
        A slice that ends at -0 is empty: where the kernel has one row or column, cut nothing off there.
    return image[: len(result), : len(result[0])]
        You kept the upper left corner: the middle of the first window lies further down and to the right.
    return image[len(image) - len(result) :, len(image[0]) - len(result[0]) :]
        You kept the lower right corner: cut off as much at the end as at the start.
    k // 2 -> k - 1
        You cut off k - 1 on each side, and it is k - 1 on both sides together.
    k // 2 -> (k + 1) // 2
        You cut off one too many: a window of three pixels has one of them on each side of its middle.
    k // 2 -> k
        You cut off a whole kernel on each side: it is the pixels beside its middle, k // 2.
    return image
        Nothing is cut off: the first window has its middle inside the picture.
    image.shape[0] - rows -> ; image.shape[1] - columns ->
        You cut off at the start only: the last window has its middle inside the picture, too.
    rows : -> :; columns : -> :
        You cut off at the end only: the first window has its middle inside the picture, too.
    where kernel_shape[0] != kernel_shape[1]
        Every case that fails has a kernel that is not square: its height goes with the rows.
    where 1 in kernel_shape
        Every case that fails has a kernel of one row or one column. A slice that ends at -0 is empty.
    """,
)
def crop_to_result(image, kernel_shape):
    """Return the pixels under the middles of all windows; both sides of the kernel are odd."""
    rows, columns = (k // 2 for k in kernel_shape)
    return image[rows : image.shape[0] - rows, columns : image.shape[1] - columns]
