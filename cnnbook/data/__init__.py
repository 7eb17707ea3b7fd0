"""Small real data, loaded without the network. Each file has its licence beside it."""

from __future__ import annotations

from importlib.resources import files

import numpy as np

__all__ = ["photo"]


def photo(*, grey: bool = False) -> np.ndarray:
    """Load the book's photograph, a cup of coffee on a wooden table.

    Parameters
    ----------
    grey : bool
        Return one channel, the luma 0.299 R + 0.587 G + 0.114 B of ITU-R BT.601,
        rounded, instead of three.

    Returns
    -------
    image : ndarray, shape (256, 256, 3), or (256, 256) if ``grey``, uint8
        The picture; a new array at every call.

    Notes
    -----
    By Rachel Michetti, courtesy of Pikolo Espresso Bar; CC0. A square of the picture that
    scikit-image ships as ``skimage.data.coffee``, scaled to 256 by 256 pixels.

    Examples
    --------
    >>> photo().shape, photo().dtype
    ((256, 256, 3), dtype('uint8'))
    >>> photo(grey=True).shape
    (256, 256)
    """
    with files(__package__).joinpath("coffee.npz").open("rb") as stream, np.load(stream) as archive:
        image = archive["coffee"]
    if not grey:
        return image
    weights = np.array([299, 587, 114])
    return ((image.astype(np.int64) @ weights + 500) // 1000).astype(np.uint8)
