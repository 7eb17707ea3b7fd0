"""Where two versions of a notebook differ: JSON exactly, pictures by their pixels."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator

import numpy as np
from nbformat import NotebookNode
from PIL import Image

__all__ = ["PICTURES", "differences", "may_differ", "picture_difference"]

PICTURES = ("image/png", "image/jpeg", "dark")
# A value that differs in its last digit may be drawn in the neighbouring level.
TOLERANCE = 2
# What a cell tagged `rounding` draws depends on the order of the processor's sums: dots move a little.
LOOSE = 0.1


def may_differ(cell: NotebookNode) -> float:
    """Return the share of a picture's pixels in which it may differ from the stored one."""
    return LOOSE if "rounding" in cell.metadata.get("tags", []) else 0


def picture_difference(one: str, other: str, share: float = 0) -> str:
    """Say how two pictures, in base64, differ; nothing if all but a share of their pixels are the same."""
    a, b = (
        np.asarray(Image.open(io.BytesIO(base64.b64decode(text))).convert("RGBA")).astype(int)
        for text in (one, other)
    )
    if a.shape != b.shape:
        return f"stored {a.shape[1]} x {a.shape[0]} pixels, now {b.shape[1]} x {b.shape[0]}"
    apart = np.abs(a - b).max(axis=-1)
    if (apart > TOLERANCE).mean() <= share:
        return ""
    return f"{(apart > TOLERANCE).sum()} of {apart.size} pixels differ, by up to {apart.max()} of 255"


def differences(stored: NotebookNode, fresh: NotebookNode) -> Iterator[str]:
    """Say where two notebooks differ, a line for each place."""
    if stored.metadata != fresh.metadata:
        yield f"metadata: {first_difference(stored.metadata, fresh.metadata)}"
    for number, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True), 1):
        for key in sorted(set(old) | set(new)):
            if old.get(key) != new.get(key):
                where = first_difference(old.get(key), new.get(key), key)
                yield f"cell {number} ({new.get('id')}): {where}"


def first_difference(old: object, new: object, place: str = "") -> str:
    """Return the innermost place where two JSON values differ, and an excerpt of both."""
    if isinstance(old, dict) and isinstance(new, dict):
        key = min(key for key in set(old) | set(new) if old.get(key) != new.get(key))
        if key in PICTURES and isinstance(old.get(key), str) and isinstance(new.get(key), str):
            return f"{place}.{key}: {picture_difference(old[key], new[key])}"
        return first_difference(old.get(key), new.get(key), f"{place}.{key}")
    if isinstance(old, list) and isinstance(new, list):
        for number, (a, b) in enumerate(zip(old, new, strict=False)):
            if a != b:
                return first_difference(a, b, f"{place}[{number}]")
        return f"{place}: stored {len(old)} items, now {len(new)}"
    return f"{place}: stored {excerpt(old, new)}, now {excerpt(new, old)}"


def excerpt(value: object, other: object, width: int = 60) -> str:
    """Return what is around the first character in which ``value`` is not ``other``."""
    if not (isinstance(value, str) and isinstance(other, str)):
        return repr(value)[:width]
    pairs = zip(value, other, strict=False)
    at = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(value), len(other)))
    return repr(value[max(0, at - width // 2) : at + width // 2])
