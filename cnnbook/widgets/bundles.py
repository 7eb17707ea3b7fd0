"""The bundled data that a widget can ask for: the front end gets it packed, on the pages that need it."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from cnnbook.data import digit_network, digits
from cnnbook.widgets.shared.network import layers_of

__all__ = ["BUNDLES", "bundle_script", "packed_bundle"]


def _rows(part: int) -> dict[str, Any]:
    """Return the digits for training (0) or for the test (1): images from 0 to 16, and their labels."""
    images, labels = digits()[2 * part : 2 * part + 2]
    whole = (16 * images[:, 0]).astype(np.uint8)  # (N, 8, 8)
    return {"images": deflated(whole), "labels": deflated(labels.astype(np.uint8))}


BUNDLES: dict[str, Callable[[], dict[str, Any]]] = {
    "digit-network": lambda: {"layers": layers_of(digit_network())},
    "digits-train": lambda: _rows(0),
    "digits-test": lambda: _rows(1),
}
"""What a widget can name in its ``bundles``: each makes what can be JSON. shared/bundles.mjs reads it."""


def deflated(array: np.ndarray) -> dict[str, Any]:
    """Return an array as it travels, its bytes deflated.

    Examples
    --------
    >>> deflated(np.zeros((2, 50), np.uint8))
    {'dtype': 'uint8', 'shape': [2, 50], 'deflated': 'eNpjYKA9AAAAZAAB'}
    """
    data = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
    packed = base64.b64encode(zlib.compress(data, 9)).decode("ascii")
    return {"dtype": array.dtype.name, "shape": list(array.shape), "deflated": packed}


@cache
def packed_bundle(name: str) -> dict[str, Any]:
    """Return bundled data for the front end.

    Parameters
    ----------
    name : str
        One of :data:`BUNDLES`.

    Returns
    -------
    packed : dict
        Arrays by their names; of the network its layers.

    Examples
    --------
    >>> packed_bundle("digits-test")["images"]["shape"]
    [360, 8, 8]
    """
    return BUNDLES[name]()


def bundle_script(name: str) -> str:
    """Return a classic script that hands bundled data to the page."""
    data = json.dumps(packed_bundle(name), separators=(",", ":"))
    return f"(window.cnnbookBundles ??= {{}})[{json.dumps(name)}] = {data};\n"
