"""Small real data, loaded without the network. Each file has its licence beside it."""

from __future__ import annotations

from importlib.resources import files

import numpy as np

__all__ = ["PICTURES", "photo", "to_grey"]


def photo(*, grey: bool = False) -> np.ndarray:
    """Load the book's photograph, a cup of coffee on a wooden table.

    Parameters
    ----------
    grey : bool
        Return one channel, made by :func:`to_grey`, instead of three.

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
    return to_grey(image) if grey else image


def to_grey(image: np.ndarray) -> np.ndarray:
    """Turn a colour picture into its grey levels, the luma 0.299 R + 0.587 G + 0.114 B.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3)
        Red, green and blue; integers from 0 to 255, or floats.

    Returns
    -------
    grey : ndarray, shape (H, W), dtype of ``image``
        The luma; of integers it is rounded, half up.

    References
    ----------
    Recommendation ITU-R BT.601.

    Examples
    --------
    >>> to_grey(np.array([[[255, 255, 255], [200, 0, 0]]], np.uint8))
    array([[255,  60]], dtype=uint8)
    """
    if image.dtype.kind == "f":
        return (image @ np.array([299, 587, 114], image.dtype)) / 1000
    return ((image.astype(np.int64) @ np.array([299, 587, 114]) + 500) // 1000).astype(image.dtype)


PICTURES = {"coffee": photo}
"""The pictures that a widget can name instead of carrying their pixels."""
