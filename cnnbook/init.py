"""Initialisers: how large the first random weights are, so that signals neither die nor explode."""

from __future__ import annotations

import math

import numpy as np

from cnnbook.shapes import as_int, check_size

__all__ = ["fans", "glorot", "he", "sqrt_channels", "sqrt_filters"]

Seed = np.random.Generator | int | None


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Count the inputs that one output sums, and the outputs that one input reaches.

    Parameters
    ----------
    shape : tuple of int
        (C_out, C_in / groups, K_h, K_w) of a convolution, or (features_out, features_in).

    Returns
    -------
    fan_in, fan_out : int
        Channels or features times the size of the kernel.

    Raises
    ------
    TypeError, ValueError
        If the shape has another number of entries, or one is not a whole number of at least 1.

    References
    ----------
    ``torch.nn.init``.

    Examples
    --------
    >>> fans((16, 3, 5, 5)), fans((10, 64))
    ((75, 400), (64, 10))
    """
    if not isinstance(shape, (tuple, list)) or len(shape) not in (2, 4):
        raise ValueError(
            f"shape must be (C_out, C_in, K_h, K_w) or (features_out, features_in), got {shape!r}"
        )
    c_out, c_in, *kernel = (as_int(size, "shape", 1) for size in shape)
    check_size("weights", *shape)
    return c_in * math.prod(kernel), c_out * math.prod(kernel)


def _draw(shape: tuple[int, ...], std: float, distribution: str, rng: Seed, dtype: type) -> np.ndarray:
    """Draw numbers with mean 0 and standard deviation ``std``."""
    generator = np.random.default_rng(rng)
    if distribution == "normal":
        return (std * generator.standard_normal(shape)).astype(dtype)
    if distribution == "uniform":
        bound = math.sqrt(3) * std  # uniform numbers from -b to b have the standard deviation b / sqrt(3)
        return generator.uniform(-bound, bound, shape).astype(dtype)
    raise ValueError(f'distribution must be "normal" or "uniform", got {distribution!r}')


def he(
    shape: tuple[int, ...], rng: Seed = None, distribution: str = "normal", dtype: type = np.float32
) -> np.ndarray:
    r"""Keep the spread of the signals through layers with ReLU.

    Parameters
    ----------
    shape : tuple of int
        As in :func:`fans`.
    rng : numpy.random.Generator or int, optional
        The generator to draw from, or a seed; fresh entropy if it is not given.
    distribution : "normal" or "uniform"
        The form of the distribution; mean and standard deviation are the same.
    dtype : dtype
        Of the result.

    Returns
    -------
    weight : ndarray, of ``shape`` and ``dtype``
        With mean 0 and standard deviation :math:`\sqrt{2 / \mathrm{fan_{in}}}`.

    Raises
    ------
    TypeError, ValueError
        As :func:`fans`; also if ``distribution`` is another word.

    References
    ----------
    He et al., "Delving deep into rectifiers", 2015; ``torch.nn.init.kaiming_normal_``.

    Examples
    --------
    >>> weight = he((64, 32, 3, 3), rng=0)
    >>> weight.dtype, round(float(weight.std()), 2)
    (dtype('float32'), 0.08)
    """
    std = math.sqrt(2 / fans(shape)[0])
    return _draw(shape, std, distribution, rng, dtype)


def glorot(
    shape: tuple[int, ...], rng: Seed = None, distribution: str = "normal", dtype: type = np.float32
) -> np.ndarray:
    r"""Keep the spread of signals and gradients through layers that are nearly linear.

    Parameters
    ----------
    shape : tuple of int
        As in :func:`fans`.
    rng : numpy.random.Generator or int, optional
        The generator to draw from, or a seed; fresh entropy if it is not given.
    distribution : "normal" or "uniform"
        The form of the distribution; mean and standard deviation are the same.
    dtype : dtype
        Of the result.

    Returns
    -------
    weight : ndarray, of ``shape`` and ``dtype``
        With mean 0 and standard deviation
        :math:`\sqrt{2 / (\mathrm{fan_{in}} + \mathrm{fan_{out}})}`.

    Raises
    ------
    TypeError, ValueError
        As :func:`fans`; also if ``distribution`` is another word.

    References
    ----------
    Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks",
    2010; ``torch.nn.init.xavier_normal_``.

    Examples
    --------
    >>> weight = glorot((64, 32, 3, 3), rng=0)
    >>> weight.dtype, round(float(weight.std()), 2)
    (dtype('float32'), 0.05)
    """
    std = math.sqrt(2 / sum(fans(shape)))
    return _draw(shape, std, distribution, rng, dtype)


def sqrt_channels(
    shape: tuple[int, ...], rng: Seed = None, distribution: str = "normal", dtype: type = np.float32
) -> np.ndarray:
    r"""Draw as "Convolution in depth" does: it forgets the size of the kernel.

    Parameters
    ----------
    shape : tuple of int
        As in :func:`fans`.
    rng : numpy.random.Generator or int, optional
        The generator to draw from, or a seed; fresh entropy if it is not given.
    distribution : "normal" or "uniform"
        The form of the distribution; mean and standard deviation are the same.
    dtype : dtype
        Of the result.

    Returns
    -------
    weight : ndarray, of ``shape`` and ``dtype``
        With mean 0 and standard deviation :math:`\sqrt{2 / C_\mathrm{in}}`,
        too large by the square root of ``K_h * K_w``.

    Raises
    ------
    TypeError, ValueError
        As :func:`fans`; also if ``distribution`` is another word.

    References
    ----------
    The article "Convolution in depth", one of the book's four sources.

    Examples
    --------
    >>> weight = sqrt_channels((64, 32, 3, 3), rng=0)
    >>> weight.dtype, round(float(weight.std()), 2)
    (dtype('float32'), 0.25)
    """
    fans(shape)  # checks the shape
    std = math.sqrt(2 / shape[1])
    return _draw(shape, std, distribution, rng, dtype)


def sqrt_filters(
    shape: tuple[int, ...], rng: Seed = None, distribution: str = "normal", dtype: type = np.float32
) -> np.ndarray:
    r"""Draw as "CNN by Numpy" does: it counts the outputs, not the inputs.

    Parameters
    ----------
    shape : tuple of int
        As in :func:`fans`.
    rng : numpy.random.Generator or int, optional
        The generator to draw from, or a seed; fresh entropy if it is not given.
    distribution : "normal" or "uniform"
        The form of the distribution; mean and standard deviation are the same.
    dtype : dtype
        Of the result.

    Returns
    -------
    weight : ndarray, of ``shape`` and ``dtype``
        With mean 0 and standard deviation :math:`1 / \sqrt{C_\mathrm{out} / 2}`.

    Raises
    ------
    TypeError, ValueError
        As :func:`fans`; also if ``distribution`` is another word.

    References
    ----------
    The article "CNN by Numpy", one of the book's four sources.

    Examples
    --------
    >>> weight = sqrt_filters((64, 32, 3, 3), rng=0)
    >>> weight.dtype, round(float(weight.std()), 2)
    (dtype('float32'), 0.18)
    """
    fans(shape)  # checks the shape
    std = 1 / math.sqrt(shape[0] / 2)
    return _draw(shape, std, distribution, rng, dtype)
