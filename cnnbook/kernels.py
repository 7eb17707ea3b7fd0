"""Well-known image kernels, by name."""

from __future__ import annotations

import numpy as np

__all__ = ["KERNELS", "image_kernel"]

BINOMIAL = {3: np.array([1, 2, 1]), 5: np.array([1, 4, 6, 4, 1])}
SLOPE = {3: np.array([-1, 0, 1]), 5: np.array([-1, -2, 0, 2, 1])}

KERNELS = (
    "identity",
    "box blur",
    "Gaussian blur",
    "sharpen",
    "emboss",
    "outline",
    "Sobel horizontal",
    "Sobel vertical",
)


def image_kernel(name: str, size: int = 3) -> np.ndarray:
    """Build a well-known image kernel.

    Parameters
    ----------
    name : str
        One of ``KERNELS``. ``"Sobel horizontal"`` answers to horizontal edges, with a positive
        number where the picture is brighter below than above; ``"Sobel vertical"`` to vertical
        edges, with a positive number where it is brighter on the right.
    size : {3, 5}
        The number of rows, and of columns.

    Returns
    -------
    kernel : ndarray, shape (size, size), int64 or float64
        The weights, to be used without a flip. Whole numbers stay integers.

    Raises
    ------
    ValueError
        If the name or the size is unknown.

    Notes
    -----
    The Sobel kernels and ``outline`` sum to zero: a flat area gives zero. All others sum to
    one: a flat area keeps its brightness. The signs of the Sobel kernels are those of
    ``scipy.ndimage.sobel``.

    References
    ----------
    The Sobel kernels are a binomial blur in one direction times a difference in the other:
    Sobel and Feldman, "A 3x3 isotropic gradient operator for image processing", 1968.

    Examples
    --------
    >>> image_kernel("Sobel vertical")
    array([[-1,  0,  1],
           [-2,  0,  2],
           [-1,  0,  1]])
    """
    if name not in KERNELS:
        raise ValueError(f"there is no kernel {name!r}; there are {', '.join(KERNELS)}")
    if size not in BINOMIAL:
        raise ValueError(f"size must be 3 or 5, got {size!r}")
    blur, slope, centre = BINOMIAL[size], SLOPE[size], size // 2
    one = np.zeros((size, size), np.int64)
    one[centre, centre] = 1
    if name == "identity":
        return one
    if name == "box blur":
        return np.full((size, size), 1 / size**2)
    if name == "Gaussian blur":
        return np.outer(blur, blur) / blur.sum() ** 2
    if name == "sharpen":
        return np.pad(np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]), centre - 1)
    if name == "emboss":
        rows, columns = np.mgrid[:size, :size]
        return rows + columns - 2 * centre + one
    if name == "outline":
        return size**2 * one - 1
    if name == "Sobel vertical":
        return np.outer(blur, slope)
    return np.outer(slope, blur)
