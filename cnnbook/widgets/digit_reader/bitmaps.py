"""Drawings of 32 by 32 dots, and the small pictures that are made of them, as the digits' makers did."""

from __future__ import annotations

import numpy as np

__all__ = ["box_of", "centred", "moved", "shrunk", "spread", "thickened", "thinned", "turned"]

SIDE = 32
BLOCK = 4


def checked(bitmap: np.ndarray) -> np.ndarray:
    """Return a drawing as uint8, or raise ``ValueError``."""
    array = np.asarray(bitmap)
    if array.shape != (SIDE, SIDE) or not np.isin(array, (0, 1)).all():
        raise ValueError(f"a drawing must hold 0 and 1 in the shape (32, 32), got shape {array.shape}")
    return array.astype(np.uint8)


def shrunk(bitmap: np.ndarray) -> np.ndarray:
    """Count the dots in each block of 4 by 4.

    Parameters
    ----------
    bitmap : array_like, shape (32, 32)
        The drawing: 1 where there is ink, 0 where there is none.

    Returns
    -------
    image : ndarray, shape (8, 8), float64
        The counts as shares of 16, in the units of :func:`cnnbook.data.digits`.

    Raises
    ------
    ValueError
        If it is no drawing.

    References
    ----------
    "Optical Recognition of Handwritten Digits", whose 8 by 8 pictures are such counts.

    Examples
    --------
    >>> shrunk(np.tri(32))[:2, :2]
    array([[0.625, 0.   ],
           [1.   , 0.625]])
    """
    blocks = checked(bitmap).reshape(8, BLOCK, 8, BLOCK)
    return blocks.sum(axis=(1, 3)) / BLOCK**2


def spread(image: np.ndarray) -> np.ndarray:
    """Return a drawing that shrinks to a picture: the way back from :func:`shrunk`, one of many.

    Parameters
    ----------
    image : array_like, shape (8, 8)
        Shares of 16, from 0 to 1.

    Returns
    -------
    bitmap : ndarray, shape (32, 32), uint8
        In each block as many dots as it counts, where its neighbours are dark.

    Raises
    ------
    ValueError
        If the picture holds something else.
    """
    counts = 16 * np.asarray(image, float)
    if counts.shape != (8, 8) or not np.isin(counts, range(17)).all():
        raise ValueError(
            f"a picture must hold sixteenths from 0 to 1 in the shape (8, 8), got {counts.shape}"
        )
    whole = counts.astype(np.int64)
    dark = between(between(whole).T).T.reshape(8, BLOCK, 8, BLOCK).swapaxes(1, 2).reshape(8, 8, 16)
    rank = (-dark).argsort(axis=2, kind="stable").argsort(axis=2, kind="stable")
    dots = rank < whole[:, :, None]  # (8, 8, 16)
    return dots.reshape(8, 8, BLOCK, BLOCK).swapaxes(1, 2).reshape(SIDE, SIDE).astype(np.uint8)


def between(rows: np.ndarray) -> np.ndarray:
    """Return four rows for each: eighths of it and of its nearer neighbour, (32, W) of (8, W)."""
    framed = np.pad(rows, ((1, 1), (0, 0)), mode="edge")
    above, below = framed[:-2], framed[2:]
    parts = [3 * above + 5 * rows, above + 7 * rows, 7 * rows + below, 5 * rows + 3 * below]
    return np.stack(parts, axis=1).reshape(4 * len(rows), -1)


def box_of(bitmap: np.ndarray) -> tuple[int, int, int, int] | None:
    """Return where the ink is: its top, its left, its height and its width, or None."""
    rows, columns = (np.flatnonzero(checked(bitmap).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return None
    return int(rows[0]), int(columns[0]), int(rows[-1] - rows[0] + 1), int(columns[-1] - columns[0] + 1)


def centred(bitmap: np.ndarray) -> np.ndarray:
    """Stretch the ink until its longer side is 32 dots, and put it into the middle.

    Parameters
    ----------
    bitmap : array_like, shape (32, 32)
        The drawing.

    Returns
    -------
    bitmap : ndarray, shape (32, 32), uint8
        Each dot is the one that lies in its place in the drawing.
    """
    found = box_of(bitmap)
    if found is None:
        return checked(bitmap)
    top, left, *size = found
    longest = max(size)
    H, W = (max(1, (2 * SIDE * n + longest) // (2 * longest)) for n in size)
    rows, columns = ((2 * np.arange(m) + 1) * n // (2 * m) for n, m in zip(size, (H, W), strict=True))
    result = np.zeros((SIDE, SIDE), np.uint8)
    down, right = (SIDE - H) // 2, (SIDE - W) // 2
    result[down : down + H, right : right + W] = checked(bitmap)[top + rows[:, None], left + columns]
    return result


def moved(bitmap: np.ndarray, down: int, right: int) -> np.ndarray:
    """Move the ink; what leaves the drawing is lost."""
    framed = np.pad(checked(bitmap), SIDE)
    down, right = (max(-SIDE, min(SIDE, step)) for step in (down, right))
    return framed[SIDE - down : 2 * SIDE - down, SIDE - right : 2 * SIDE - right]


def turned(bitmap: np.ndarray) -> np.ndarray:
    """Turn a drawing by half a circle."""
    return checked(bitmap)[::-1, ::-1]


def thickened(bitmap: np.ndarray) -> np.ndarray:
    """Add to the ink the dots above, below and beside it."""
    framed = np.pad(checked(bitmap), 1)
    middle = framed[1:-1, 1:-1]
    return middle | framed[:-2, 1:-1] | framed[2:, 1:-1] | framed[1:-1, :-2] | framed[1:-1, 2:]


def thinned(bitmap: np.ndarray) -> np.ndarray:
    """Take a layer of dots off the ink, but nowhere so that a line breaks.

    References
    ----------
    One iteration of T. Y. Zhang and C. Y. Suen, "A fast parallel algorithm for thinning digital
    patterns", Communications of the ACM 27, 1984.
    """
    return _peeled(_peeled(checked(bitmap), first=True), first=False)


def _peeled(bitmap: np.ndarray, first: bool) -> np.ndarray:
    """Return a drawing without its dots on two of the four sides."""
    framed = np.pad(bitmap, 1)
    H, W = bitmap.shape
    steps = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))  # from above, clockwise
    around = [framed[1 + i : 1 + i + H, 1 + j : 1 + j + W] for i, j in steps]
    ink = sum(part.astype(int) for part in around)
    starts = sum((1 - one) & other for one, other in zip(around, around[1:] + around[:1], strict=True))
    up, right, down, left = around[::2]
    sides = up & right & down, right & down & left
    others = up & right & left, up & down & left
    one, other = sides if first else others
    away = (ink >= 2) & (ink <= 6) & (starts == 1) & (one == 0) & (other == 0)
    return np.where(away, np.uint8(0), bitmap)
