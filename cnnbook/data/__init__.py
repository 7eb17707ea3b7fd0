"""Small real data, loaded without the network. Each file has its licence beside it."""

from __future__ import annotations

import json
from functools import partial
from importlib.resources import files
from typing import Any

import numpy as np

from cnnbook.data.network import digit_network
from cnnbook.half import wide

__all__ = ["PICTURES", "digit_network", "digits", "photo", "results", "to_grey"]


def photo(*, grey: bool = False, side: int = 256) -> np.ndarray:
    """Load the book's photograph, a cup of coffee on a wooden table.

    Parameters
    ----------
    grey : bool
        Return one channel, made by :func:`to_grey`, instead of three.
    side : int
        The pixels along each side, from 1 to 256: fewer are means of square blocks, rounded
        half up; what is left over at the borders is cut off.

    Returns
    -------
    image : ndarray, shape (side, side, 3), or (side, side) if ``grey``, uint8
        The picture; a new array at every call.

    Raises
    ------
    ValueError
        If ``side`` is not a whole number from 1 to 256.

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
    >>> photo(side=48).shape
    (48, 48, 3)
    """
    if side not in range(1, 257):
        raise ValueError(f"side must be a whole number from 1 to 256, got {side!r}")
    with files(__package__).joinpath("coffee.npz").open("rb") as stream, np.load(stream) as archive:
        image = reduced(archive["coffee"], side)
    return to_grey(image) if grey else image


def reduced(image: np.ndarray, side: int) -> np.ndarray:
    """Return a square picture made smaller: the means of blocks, rounded half up."""
    step = len(image) // side
    start = (len(image) - side * step) // 2
    middle = image[start : start + side * step, start : start + side * step].astype(np.int64)
    sums = middle.reshape(side, step, side, step, 3).sum((1, 3))
    return ((2 * sums + step * step) // (2 * step * step)).astype(image.dtype)


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
        levels = wide(image)
        return ((levels @ np.array([299, 587, 114], levels.dtype)) / 1000).astype(image.dtype, copy=False)
    return ((image.astype(np.int64) @ np.array([299, 587, 114]) + 500) // 1000).astype(image.dtype)


def digits(*, strangers: bool = False) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Load 1797 handwritten digits of 8 by 8 pixels, split once and for all.

    Parameters
    ----------
    strangers : bool
        Test on the last fifth of the data as it was collected, writer after writer, instead of on
        rows drawn at random: a harder test, as most of its writers are not in the training set.

    Returns
    -------
    x_train, y_train : ndarray, shapes (1437, 1, 8, 8), float32, and (1437,), int64
        Images with numbers from 0 (paper) to 1 (ink) in steps of 1/16, and the digits they show.
    x_test, y_test : ndarray, shapes (360, 1, 8, 8), float32, and (360,), int64
        The same for the test. New arrays at every call.

    Notes
    -----
    "Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak, 1998, UCI Machine
    Learning Repository; CC BY 4.0.

    Examples
    --------
    >>> x_train, y_train, x_test, y_test = digits()
    >>> x_train.shape, y_test.shape, int((16 * x_train).max())
    ((1437, 1, 8, 8), (360,), 16)
    """
    with files(__package__).joinpath("digits.npz").open("rb") as stream, np.load(stream) as archive:
        images, labels, test_rows = (archive[name] for name in ("images", "labels", "test_rows"))
    x = (images / np.float32(16))[:, None]  # (N, 1, 8, 8)
    y = labels.astype(np.int64)
    test = np.zeros(len(y), bool)
    test[len(y) - len(test_rows) :] = strangers
    test[test_rows] |= not strangers
    return x[~test], y[~test], x[test], y[test]


PICTURES = {"coffee": photo, "coffee48": partial(photo, side=48)}
"""The pictures that a widget can name instead of carrying their pixels."""


def results(name: str) -> Any:
    """Load what a long experiment found: ``benchmarks/`` holds the script of the same name.

    Parameters
    ----------
    name : str
        The experiment.

    Returns
    -------
    found : dict
        What the script stored, numbers rounded to three digits.

    Raises
    ------
    FileNotFoundError
        If there is no experiment of that name.

    Examples
    --------
    >>> results("depth")["seeds"]
    20
    """
    return json.loads(files(__package__).joinpath("results", f"{name}.json").read_text("utf-8"))
