"""The algorithms side by side, and the cheapest of them."""

from __future__ import annotations

from collections.abc import Mapping

from cnnbook.costs.cost import Cost, Sizes
from cnnbook.costs.plain import direct_cost, im2col_cost
from cnnbook.costs.spectra import fft_cost
from cnnbook.costs.tiled import winograd_cost
from cnnbook.shapes import Padding, Pair

__all__ = ["cheapest", "convolution_costs"]

COUNTS = ("multiplications", "additions", "operations", "memory")


def convolution_costs(
    x_shape: tuple, weight_shape: tuple, stride: Pair = 1, padding: Padding = 0, *, m: int = 4
) -> dict[str, Cost]:
    """Count one convolutional layer by every algorithm that can do it.

    Parameters
    ----------
    x_shape, weight_shape, stride, padding
        As in :func:`cnnbook.direct_cost`.
    m : int
        Rows and columns of outputs in one of Winograd's tiles.

    Returns
    -------
    costs : dict of str to Cost
        ``"direct"``, ``"im2col"``, ``"FFT"`` and, for kernels of 3x3 at stride 1, ``"Winograd"``.

    Raises
    ------
    TypeError, ValueError
        As :func:`cnnbook.direct_cost`.

    Examples
    --------
    >>> costs = convolution_costs((1, 64, 56, 56), (64, 64, 3, 3), padding=1)
    >>> {name: f"{cost.multiplications / 1e6:.0f} million" for name, cost in costs.items()}
    {'direct': '113 million', 'im2col': '116 million', 'FFT': '319 million', 'Winograd': '32 million'}
    """
    settings = (x_shape, weight_shape, stride, padding)
    costs = {"direct": direct_cost(*settings), "im2col": im2col_cost(*settings), "FFT": fft_cost(*settings)}
    windows = Sizes.of(*settings).windows
    if windows.kernel == (3, 3) and windows.stride == (1, 1):
        costs["Winograd"] = winograd_cost(*settings, m=m)
    return costs


def cheapest(costs: Mapping[str, Cost], by: str = "operations") -> tuple[str, ...]:
    """Name the algorithms whose count is the smallest: more than one if they tie.

    Parameters
    ----------
    costs : mapping of str to Cost
        As from :func:`convolution_costs`.
    by : {"operations", "multiplications", "additions", "memory"}
        Which count decides; operations are multiplications and additions together.

    Returns
    -------
    names : tuple of str
        In the order of ``costs``.

    Raises
    ------
    ValueError
        If there are no costs, or ``by`` is no count.

    Examples
    --------
    >>> cheapest(convolution_costs((1, 1, 4, 4), (1, 1, 3, 3)))
    ('direct', 'im2col')
    >>> cheapest(convolution_costs((1, 64, 32, 32), (64, 64, 9, 9)))
    ('FFT',)
    """
    if by not in COUNTS:
        raise ValueError(f"by must be one of {', '.join(COUNTS)}, got {by!r}")
    if not costs:
        raise ValueError("costs must name at least one algorithm, got none")
    least = min(getattr(cost, by) for cost in costs.values())
    return tuple(name for name, cost in costs.items() if getattr(cost, by) == least)
