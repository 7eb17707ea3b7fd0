"""A network as the front end computes with it: a list of layers, which shared/network.mjs takes."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnbook.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential, Tanh
from cnnbook.widgets.traits import encode

__all__ = ["layers_of"]

PLAIN = {ReLU: "relu", Tanh: "tanh", Flatten: "flatten"}


def _sent(array: np.ndarray | None) -> dict[str, Any] | None:
    """Return an array as it travels, in half of the bytes where that loses nothing."""
    if array is None:
        return None
    single = array.astype(np.float32)
    return encode(single if np.array_equal(single, array) else array)


def layers_of(network: Sequential) -> list[dict[str, Any]]:
    """Return the layers of a network, with their weights.

    Parameters
    ----------
    network : Sequential
        Of convolutions with square kernels and stride 1, ReLU, tanh, max pooling in blocks, flatten and
        linear layers.

    Returns
    -------
    layers : list of dict
        ``kind`` and, as it needs them, ``weight``, ``bias``, ``padding`` and ``size``; it can be JSON.
        ``layersOf`` in shared/network.mjs reads it.

    Raises
    ------
    ValueError
        If the front end has no such layer.

    Examples
    --------
    >>> from cnnbook.layers import Flatten, MaxPool2d
    >>> layers_of(Sequential(MaxPool2d(2), Flatten()))
    [{'kind': 'maxpool', 'size': 2}, {'kind': 'flatten'}]
    """
    return [_layer(layer) for layer in network.layers]


def _layer(layer: Any) -> dict[str, Any]:
    if type(layer) in PLAIN:
        return {"kind": PLAIN[type(layer)]}
    if isinstance(layer, Linear):
        return {"kind": "linear", "weight": _sent(layer.weight), "bias": _sent(layer.bias)}
    if isinstance(layer, MaxPool2d):
        return _pooling(layer)
    if isinstance(layer, Conv2d):
        return _convolution(layer)
    raise ValueError(f"the front end has no {type(layer).__name__}")


def _convolution(layer: Conv2d) -> dict[str, Any]:
    settings = {"padding": 0, "stride": 1, "dilation": 1, "groups": 1} | layer.settings
    padding, K = settings.pop("padding"), layer.weight.shape[2]
    plain = set(settings.values()) == {1} and layer.weight.shape[3] == K
    if not plain or not isinstance(padding, int) or padding >= K:
        raise ValueError(
            "the front end convolves with square kernels, stride, dilation and groups 1, and a whole padding "
            f"below the kernel's size; got kernels {layer.weight.shape} and {layer.settings}"
        )
    weights = {"weight": _sent(layer.weight), "bias": _sent(layer.bias)}
    return {"kind": "conv", "padding": padding, **weights}


def _pooling(layer: MaxPool2d) -> dict[str, Any]:
    size, settings = layer.settings["kernel_size"], layer.settings
    whole = isinstance(size, int) and settings["stride"] in (None, size)
    if not whole or settings["padding"] or settings["ceil_mode"]:
        raise ValueError(f"the front end pools in square blocks without padding; got {settings}")
    return {"kind": "maxpool", "size": size}
