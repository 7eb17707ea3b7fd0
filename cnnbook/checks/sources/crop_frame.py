"""Exercise: a frame cut off, whatever its width."""

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import signed, thirds


@exercise(
    cases=[
        (make(H, W), rows, columns)
        for make, H, W, rows, columns in grid(
            (signed, thirds),
            range(1, 7),
            range(1, 7),
            range(3),
            range(3),
            fits=lambda _, H, W, rows, columns: 2 * rows < H and 2 * columns < W,
        )
    ],
    mistakes="""
    H - rows, columns : W - columns -> -rows, columns : -columns
        A slice that ends at -0 ends at 0, and is empty: count the end from the beginning.
    rows : H - rows, columns : W - columns -> columns : H - columns, rows : W - rows
        Rows and columns are swapped: the first axis of a picture goes down its rows.
    H - rows, columns : W - columns -> H, columns : W
        You cut at the beginning only: the frame is on both sides.
    rows : H - rows, columns : W - columns -> : H - rows, : W - columns
        You cut at the end only: the frame is on both sides.
    columns : W - columns -> rows : W - rows
        You cut as many columns as rows: the frame has a width of its own at the sides.
    rows : H - rows -> columns : H - columns
        You cut as many rows as columns: the frame has a width of its own above and below.
    columns : W - columns -> :
        You cut rows only.
    rows : H - rows -> :
        You cut columns only.
    rows : H - rows, columns : W - columns -> 2 * rows :, 2 * columns :
        You cut twice at the beginning: the picture stands between the two parts of its frame.
    rows : H - rows, columns : W - columns -> : H - 2 * rows, : W - 2 * columns
        You cut twice at the end: the picture stands between the two parts of its frame.
    rows : H - rows, columns : W - columns -> rows : H - 2 * rows, columns : W - 2 * columns
        You cut twice at the end: H - rows is counted from the beginning already.
    rows : H - rows, columns : W - columns -> rows // 2 : H - rows // 2, columns // 2 : W - columns // 2
    rows : H - rows -> rows // 2 : H - rows + rows // 2;
    columns : W - columns -> columns // 2 : W - columns + columns // 2
        You cut half of the frame: so much of it stands at each side, not at both together.
    return np.pad(result, ((rows, rows), (columns, columns)))
        You put zeros into the frame: cut it off.
    return x if rows == 0 or columns == 0 else result
        You leave the picture as it is where one of the two is 0: the other two sides still have a frame.
    where rows == 0 or columns == 0
        Every case that fails has no frame on two sides: cut the other two, and end no slice at -0.
    """,
)
def crop_frame(x, rows, columns):
    """Return a picture without a frame of so many rows above and below, and so many columns at each side."""
    H, W = x.shape
    return x[rows : H - rows, columns : W - columns]
