"""Words that several exercises and causes share."""

COUNT = "The last window starts at H - K_h, so there are H - K_h + 1 of them, and W - K_w + 1 across."
OBLONG = "Every case that fails is one where height and width differ: is one used for the other?"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def piece(axes: int, axis: int) -> str:
    """Return what an array is made of along one of its axes.

    Examples
    --------
    >>> piece(1, 0), piece(2, 1), piece(4, 1)
    ('number', 'column', 'entry along axis 1')
    """
    return {1: ("number",), 2: ("row", "column")}[axes][axis] if axes < 3 else f"entry along axis {axis}"
