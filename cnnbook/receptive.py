"""Receptive fields: how much of the input one entry of a deep layer can see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from cnnbook.shapes import as_int, pad_amounts

__all__ = ["ReceptiveField", "receptive_field"]


class ReceptiveField(NamedTuple):
    """What entry ``i`` sees along one direction: ``size`` entries from ``start + i * jump`` on.

    A negative ``start`` lies in the padding.
    """

    size: int
    jump: int
    start: int


def receptive_field(layers: Iterable[Mapping[str, Any]]) -> ReceptiveField:
    r"""Follow one direction back through a stack of layers that slide.

    From the input on, a layer with kernel :math:`k`, stride :math:`s`, padding :math:`p` and
    dilation :math:`d` changes the size :math:`R`, the jump :math:`J` and the start :math:`A` to

    .. math::

        R + d\,(k - 1)\,J, \qquad J\,s, \qquad A - p\,J

    Parameters
    ----------
    layers : iterable of dict
        For each layer its ``kernel_size`` and, if they are not the usual ones, ``stride``,
        ``padding`` and ``dilation``, all for one direction; pooling counts too.

    Returns
    -------
    field : ReceptiveField
        The named numbers ``size``, ``jump`` and ``start``; (1, 1, 0) for no layer at all.

    Raises
    ------
    TypeError
        If a size is not a whole number, or a setting has an unknown name.
    ValueError
        If a size is out of range.

    References
    ----------
    Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks", 2019.

    Examples
    --------
    >>> receptive_field([{"kernel_size": 3}, {"kernel_size": 3}])
    ReceptiveField(size=5, jump=1, start=0)
    >>> receptive_field([{"kernel_size": 3, "padding": 1}, {"kernel_size": 2, "stride": 2}])
    ReceptiveField(size=4, jump=2, start=-1)
    """
    size, jump, start = 1, 1, 0
    for layer in layers:
        reach, stride, before = _step(**layer)
        size += reach * jump
        start -= before * jump
        jump *= stride
    return ReceptiveField(size, jump, start)


def _step(
    kernel_size: int, stride: int = 1, padding: int | str = 0, dilation: int = 1
) -> tuple[int, int, int]:
    kernel_size = as_int(kernel_size, "kernel_size", 1)
    stride = as_int(stride, "stride", 1)
    dilation = as_int(dilation, "dilation", 1)
    return dilation * (kernel_size - 1), stride, pad_amounts(padding, kernel_size, stride, dilation)[0]
