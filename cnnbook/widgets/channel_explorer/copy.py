"""The static copy of ChannelExplorer: pictures, patches, slices, products and sums."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

from cnnbook.widgets.channel_explorer.channels import channel_names
from cnnbook.widgets.html import cell_text, grid, with_sign

if TYPE_CHECKING:
    from cnnbook.widgets.channel_explorer import ChannelExplorer

__all__ = ["chain_html", "png"]


def png(pixels: np.ndarray) -> bytes:
    """Return a picture, (H, W) or (H, W, 3) of uint8, as PNG: stored, so the same bytes everywhere."""
    H, W = pixels.shape[:2]
    lines = b"".join(b"\0" + line.tobytes() for line in np.ascontiguousarray(pixels))
    header = struct.pack(">2I5B", W, H, 8, 0 if pixels.ndim == 2 else 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def picture(name: str, role: str, pixels: np.ndarray, words: str) -> str:
    """Return a picture with its name and its size above it."""
    H, W = pixels.shape[:2]
    source = base64.b64encode(png(pixels)).decode("ascii")
    return (
        f'<figure class="cnn-figure"><figcaption><b>{name}</b> <span class="cnn-size">{H} × {W}</span>'
        f'</figcaption><div class="cnn-picture cnn-{role}"><img src="data:image/png;base64,{source}" '
        f'alt="{words}" /></div></figure>'
    )


def photo_pixels(image: np.ndarray) -> np.ndarray:
    """Return a picture's pixels: three channels in colour, else their mean in grey."""
    shown = image.transpose(1, 2, 0) if len(image) == 3 else image.mean(0)
    return np.rint(255 * (shown / white_of(image)).clip(0, 1)).astype(np.uint8)


def white_of(image: np.ndarray) -> float:
    """Return the number that is shown as white: 255 in bytes, else 1 or the largest."""
    most = float(np.abs(image).max())
    return 255 if image.dtype == np.uint8 else (most if most > 1 or image.dtype.kind in "ui" else 1) or 1


def map_pixels(values: np.ndarray) -> np.ndarray:
    """Return a feature map's pixels: grey is 0, black and white are the strongest."""
    most = np.quantile(np.abs(values), 0.995) or np.abs(values).max() or 1
    return np.rint(np.round(127.5 + 127.5 * (values / most), 6).clip(0, 255)).astype(np.uint8)


def chain_html(explorer: ChannelExplorer) -> str:
    """Return the pictures, and the chain from the patches to one number."""
    output, names = explorer.output, channel_names(len(explorer.image))
    k, row, column = explorer.filter, explorer.row, explorer.column
    maps = "".join(
        picture(f"output {i}", "output", map_pixels(values), f"feature map {i}: grey is zero")
        for i, values in enumerate(output)
    )
    photo = picture("image", "input", photo_pixels(np.asarray(explorer.image)), "the picture")
    rows, sums = "", []
    seen = explorer.weight.shape[1]
    first = k * explorer.groups // len(explorer.weight) * seen
    padded = np.pad(explorer.image, [(0, 0), *[(explorer.padding,) * 2] * 2])
    K_h, K_w = explorer.weight.shape[2:]
    for c, name in enumerate(names):
        role = name if len(names) == 3 else "input"
        if not first <= c < first + seen:
            rows += (
                f'<div class="cnn-channel cnn-{role} unseen"><b>{name}</b> '
                f'<span class="cnn-unseen-words">filter {k} has no slice for it</span></div>'
            )
            continue
        patch = padded[c, row : row + K_h, column : column + K_w].astype(np.float64)
        part = explorer.weight[k, c - first]
        products = patch * part
        sums.append((name, role, products.sum()))
        tables = [
            scroller(f"{name} patch", "input", patch),
            scroller(f"{name} slice of filter {k}", "kernel", part),
            scroller(f"{name} products", "output", products),
        ]
        rows += (
            f'<div class="cnn-channel cnn-{role}"><b>{name}</b> {tables[0]}{with_sign("⊙", tables[1])}'
            f"{with_sign('=', tables[2])}{sign('→', ' cnn-arrow')}"
            f'<span class="cnn-part">{text_of(sums[-1][2])}</span></div>'
        )
    terms = [
        f'<span class="cnn-addend cnn-{role}"><small>{name}</small>{in_sum(s)}</span>'
        for name, role, s in sums
    ]
    terms.append(f'<span class="cnn-addend cnn-kernel"><small>bias</small>{in_sum(explorer.bias[k])}</span>')
    total = (
        f'<span class="cnn-addend cnn-output"><small>output[{k}, {row}, {column}]</small>'
        f"{text_of(output[k, row, column])}</span>"
    )
    words = (
        f"Filter {k} on the window at row {row}, column {column}: "
        f"the sums of the products and the bias make {text_of(output[k, row, column])}."
    )
    return (
        f'<div class="cnn-channels"><div class="cnn-views">{photo}<div class="cnn-maps">{maps}</div></div>'
        f'<div class="cnn-chain">{heads(k)}{rows}<div class="cnn-closing">'
        f'{sign("+").join(terms)}{sign("=")}{total}</div></div></div><p class="cnn-words">{words}</p>'
    )


def heads(k: int) -> str:
    """Return the heads of the columns."""
    names = ("patch", f"filter {k}", "products", "sum")
    return (
        f'<div class="cnn-heads" aria-hidden="true">{"".join(f"<span>{name}</span>" for name in names)}</div>'
    )


def scroller(name: str, role: str, array: np.ndarray) -> str:
    """Return a grid in its scroller."""
    return (
        f'<div class="cnn-scroller" tabindex="0" role="group" aria-label="{name}">'
        f"{grid(name, role, np.asarray(array))}</div>"
    )


def sign(text: str, more: str = "") -> str:
    """Return an operator that a screen reader skips."""
    return f'<span class="cnn-sign{more}" aria-hidden="true">{text}</span>'


def text_of(value: float) -> str:
    """Return a number with a real minus sign."""
    return cell_text(value).replace("-", "−")


def in_sum(value: float) -> str:
    """Return a number as a term of a sum, in brackets if it is negative."""
    return f"({text_of(value)})" if value < 0 else text_of(value)
