"""Find out whether a function is a convolution, a max pooling or an average pooling."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from cnnbook.checks.report import CheckFailed
from cnnbook.checks.sweep.names import CONV, POOL, parameters

__all__ = ["kind_of"]

WORDS = {"max": "max", "avg": "avg", "average": "avg", "mean": "avg"}
ASK = 'Say what it is: kind="conv", kind="max" or kind="avg".'


def kind_of(forward: Callable, names: Mapping[str, str], layout: str) -> str:
    """Return the kind of a layer, from its name and those of its arguments, or from a try.

    Examples
    --------
    >>> def mean_pool(x, size): ...
    >>> kind_of(mean_pool, {}, "NCHW"), kind_of(lambda x, filters: 0, {}, "NCHW")
    ('avg', 'conv')
    """
    called = getattr(forward, "__name__", "").lower()
    theirs = {one.name for one in parameters(forward)}
    weights, sizes = set(CONV["weight"].split()), set(POOL["kernel_size"].split())
    ours = {role for role, name in names.items() if name in theirs}
    sizes |= set(f"{POOL['kernel_h']} pool_param".split())
    if "weight" in ours or (theirs & (weights - sizes) and "pool" not in called):
        return "conv"
    pooling = "pool" in called or "kernel_size" in ours or theirs & (sizes - weights)
    if not pooling:
        if theirs & weights or "conv" in called or len(theirs) != 1:
            return "conv"
        raise CheckFailed(f"I cannot tell whether {called or 'the layer'} is a convolution. {ASK}")
    return next((kind for word, kind in WORDS.items() if word in called), "") or by_a_try(
        forward, names, layout
    )


def by_a_try(forward: Callable, names: Mapping[str, str], layout: str) -> str:
    """Return the kind of a pooling by what it makes of four numbers."""
    from cnnbook.checks.sweep.adapter import Adapter, Way
    from cnnbook.checks.sweep.arrays import Pooling

    way = Way(layout=layout, out_layout=layout, names=names, pooling=True, mode="max")
    case = Pooling(np.array([[[[1.0, 9.0], [3.0, 7.0]]]]), (2, 2), (2, 2), (0, 0))
    adapter = Adapter(forward, None, way, None)
    try:
        _, call = adapter.call_forward(case, "C")
        (value,) = adapter.output(call()).ravel()
    except Exception:
        raise CheckFailed(f"I cannot tell which pooling this is. {ASK}") from None
    if value not in (9.0, 5.0):
        raise CheckFailed(f"It is no max pooling and no average pooling: 1, 9, 3 and 7 gave {value:g}. {ASK}")
    return "max" if value == 9.0 else "avg"
