"""Exercise on layouts: a product's columns, sorted back into pictures."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product as combinations
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Case
from cnnbook.checks.core import check
from cnnbook.checks.diagnosis import Diagnosis, computes, only_where
from cnnbook.checks.report import Verdict

__all__ = ["to_output"]


def to_output(function: Callable[..., Any]) -> Verdict:
    """Check ``to_output(product, N, H_out, W_out)``: the product of batch-last columns, as pictures.

    Column ``l * N + n`` of the product, shape (C_out, H_out * W_out * N), belongs to window ``l`` of
    picture ``n``. The result has shape (N, C_out, H_out, W_out).

    Examples
    --------
    >>> to_output(lambda product, N, H_out, W_out: ...)
    Not attempted yet. Write to_output where the ... stands, run that cell, and then this one.
    """
    sizes = [*combinations((1, 2), (1, 2), (1, 2, 3), (1, 2, 3)), (3, 4, 2, 5), (3, 3, 3, 3), (5, 2, 4, 3)]
    cases = [case(*size) for size in sizes]
    return check(function, "to_output", reference=pictures, cases=cases, diagnoses=TO_OUTPUT)


def case(N: int, C_out: int, H_out: int, W_out: int) -> Case:
    """Return a product whose every entry is another number."""
    product = np.arange(C_out * H_out * W_out * N, dtype=float).reshape(C_out, -1)
    why = "several pictures" if N > 1 else "outputs that are not square" if H_out != W_out else ""
    return Case({"product": product, "N": N, "H_out": H_out, "W_out": W_out}, why)


def pictures(product: np.ndarray, N: int, H_out: int, W_out: int) -> np.ndarray:
    """Return the product as (N, C_out, H_out, W_out)."""
    return product.reshape(len(product), H_out, W_out, N).transpose(3, 0, 1, 2)


def split(product: np.ndarray, N: int, H_out: int, W_out: int) -> np.ndarray:
    """Return the product with one axis for each of filter, row, column, picture."""
    return product.reshape(len(product), H_out, W_out, N)


TO_OUTPUT = (
    Diagnosis(
        computes(lambda product, N, H_out, W_out: product.reshape(N, len(product), H_out, W_out)),
        "The shape is right, and the numbers stand in the wrong places: reshape never moves a number. It can "
        "only cut an axis up in the order in which the axis counts. Cut first, then transpose.",
    ),
    Diagnosis(
        computes(
            lambda product, N, H_out, W_out: product.reshape(len(product), N, H_out, W_out).transpose(
                1, 0, 2, 3
            )
        ),
        "You read the columns picture by picture. Here the picture's number runs fastest: column l * N + n, "
        "so the axis of the pictures is the last one of the reshape.",
    ),
    Diagnosis(
        computes(
            lambda product, N, H_out, W_out: product.reshape(len(product), W_out, H_out, N).transpose(
                3, 0, 2, 1
            )
        ),
        "You read the windows column by column. They are counted row by row: l = i * W_out + j, so H_out "
        "comes before W_out in the reshape.",
    ),
    Diagnosis(
        computes(lambda product, N, H_out, W_out: split(product, N, H_out, W_out).transpose(3, 0, 2, 1)),
        "Rows and columns of your pictures are swapped: the last two axes are H_out, then W_out.",
    ),
    Diagnosis(
        computes(lambda product, N, H_out, W_out: split(product, N, H_out, W_out).transpose(3, 1, 2, 0)),
        "Your channels come last (NHWC). Here they are the second axis: picture, channel, row, column.",
    ),
    Diagnosis(
        computes(lambda product, N, H_out, W_out: split(product, N, H_out, W_out).transpose(1, 2, 3, 0)),
        "transpose(1, 2, 3, 0) goes the other way: it turns pictures into a product. Each number says which "
        "old axis comes to this place, and the picture was axis 3.",
    ),
    Diagnosis(
        computes(split),
        "You have cut the columns up rightly. Now move the axis of the pictures to the front: transpose.",
    ),
    Diagnosis(
        computes(lambda product, N, H_out, W_out: product.T.reshape(N, len(product), H_out, W_out)),
        "A transpose of the whole product mixes its filters and its columns before they are cut up: reshape "
        "to (C_out, H_out, W_out, N) first.",
    ),
    only_where(
        lambda product, N, H_out, W_out: N > 1,
        "Every case that fails has several pictures: where do you sort them apart?",
    ),
    only_where(
        lambda product, N, H_out, W_out: H_out != W_out,
        "Every case that fails is one where height and width differ: look for a place that uses one for the "
        "other.",
    ),
)
