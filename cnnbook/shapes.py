"""Output sizes: how many windows fit, what padding adds, and what each setting has to satisfy."""

from __future__ import annotations

import math
import operator
import sys

__all__ = ["output_size", "pad_amounts"]

Pair = int | tuple[int, int]
Padding = Pair | str
MODES = ("valid", "same", "full")


def as_int(value: object, name: str, minimum: int) -> int:
    """Return ``value`` as an ``int`` that is at least ``minimum``, or raise.

    A Boolean, a fraction, a string or an array is a ``TypeError``; a whole number that is
    too small is a ``ValueError``. ``name`` is the parameter's name in the message.
    """
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be a whole number, got {value!r} ({type(value).__name__})")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, got {value!r}") from None
    if number < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {number}")
    return number


def check_size(name: str, *sizes: int) -> None:
    """Raise ``ValueError`` if an array of these sizes would hold more numbers than can be addressed."""
    if math.prod(sizes) > sys.maxsize // 32:  # a number takes 32 bytes at most
        raise ValueError(f"{name} of {' by '.join(map(str, sizes))} would be too large to address")


def as_pair(value: Pair, name: str, minimum: int) -> tuple[int, int]:
    """Return ``value``, an int or a (height, width) pair, as a checked pair.

    Parameters
    ----------
    value : int or pair of int
        One number for both directions, or (height, width).
    name : str
        The parameter's name, for the message of an error.
    minimum : int
        The smallest number allowed.

    Returns
    -------
    pair : tuple of int
        (height, width).

    Raises
    ------
    TypeError
        If an entry is not a whole number.
    ValueError
        If there are not two entries, or one is smaller than ``minimum``.

    Examples
    --------
    >>> as_pair(2, "stride", 1)
    (2, 2)
    >>> as_pair((1, 3), "stride", 1)
    (1, 3)
    """
    if isinstance(value, (tuple, list)):
        if len(value) != 2:
            raise ValueError(f"{name} must be one number or a (height, width) pair, got {value!r}")
        return as_int(value[0], name, minimum), as_int(value[1], name, minimum)
    number = as_int(value, name, minimum)
    return number, number


def pad_amounts(padding: int | str, kernel_size: int, stride: int = 1, dilation: int = 1) -> tuple[int, int]:
    """Return how many entries a padding adds before and after one direction.

    Parameters
    ----------
    padding : int, "valid", "same" or "full"
        A number is added on *each* side. ``"valid"`` adds nothing; ``"same"`` makes the output
        as long as the input; ``"full"`` lets every window that touches the input count.
    kernel_size, stride, dilation : int
        As in :func:`output_size`.

    Returns
    -------
    before, after : int
        For ``"same"`` they differ by one if ``dilation * (kernel_size - 1)`` is odd: the extra
        entry goes to the end, as in PyTorch.

    Raises
    ------
    TypeError
        If ``padding`` is neither a whole number nor one of the three words.
    ValueError
        If it is negative, or ``"same"`` comes with a stride other than 1.

    Examples
    --------
    >>> pad_amounts("same", 4), pad_amounts("full", 4), pad_amounts(1, 4)
    ((1, 2), (3, 3), (1, 1))
    """
    if not isinstance(padding, str) or padding not in MODES:
        amount = as_int(padding, "padding", 0)
        return amount, amount
    reach = dilation * (kernel_size - 1)
    if padding == "full":
        return reach, reach
    if padding == "valid":
        return 0, 0
    if stride != 1:
        raise ValueError(f'padding="same" needs stride 1, got stride {stride}')
    return reach // 2, reach - reach // 2


def output_size(
    n: int,
    kernel_size: int,
    stride: int = 1,
    padding: int | str = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    r"""Count the windows that fit along one direction.

    A kernel of ``kernel_size`` entries, ``dilation`` apart, spans
    ``dilation * (kernel_size - 1) + 1`` entries of an input of ``n`` entries with
    ``padding`` more on each side. Windows start ``stride`` apart:

    .. math::

        n_\text{out} = \left\lfloor \frac{n + 2p - d\,(k - 1) - 1}{s} \right\rfloor + 1

    The floor drops what is left over when the stride does not divide.

    Parameters
    ----------
    n : int
        Entries of the input, without padding.
    kernel_size : int
        Entries of the kernel.
    stride : int
        Step from one window to the next.
    padding : int, "valid", "same" or "full"
        Entries added on *each* side, or a word that :func:`pad_amounts` turns into entries.
    dilation : int
        Step from one entry of the kernel to the next; 1 means no gap.
    ceil_mode : bool
        Round up: what is left over gets a window of its own, which reaches beyond the padded input,
        unless it would start behind the input's last entry.

    Returns
    -------
    size : int
        How many windows fit; at least 1.

    Raises
    ------
    TypeError
        If a size is not a whole number.
    ValueError
        If a size is out of range, or no window fits.

    References
    ----------
    The formula is the one of ``torch.nn.Conv2d``; Dumoulin and Visin, "A guide to convolution
    arithmetic for deep learning", 2016, derive it. ``ceil_mode`` is that of ``torch.nn.MaxPool2d``.

    Examples
    --------
    >>> output_size(7, 3)
    5
    >>> output_size(7, 3, stride=2, padding=1)
    4
    >>> output_size(7, 4, padding="same"), output_size(7, 4, padding="full")
    (7, 10)
    >>> output_size(8, 3, stride=2), output_size(8, 3, stride=2, ceil_mode=True)
    (3, 4)
    """
    n = as_int(n, "n", 1)
    kernel_size = as_int(kernel_size, "kernel_size", 1)
    stride = as_int(stride, "stride", 1)
    dilation = as_int(dilation, "dilation", 1)
    before, after = pad_amounts(padding, kernel_size, stride, dilation)
    padded = n + before + after
    span = dilation * (kernel_size - 1) + 1
    windows, rest = (padded - span) // stride + 1, (padded - span) % stride
    if ceil_mode and rest and windows * stride < before + n:
        windows += 1
    if windows < 1:
        total = f"2 * {before}" if before == after else f"({before} + {after})"
        raise ValueError(
            f"no window fits: a kernel of {kernel_size} with dilation {dilation} spans {span}, "
            f"but the input has {n} + {total} = {padded}"
        )
    return windows
