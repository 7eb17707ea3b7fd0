"""Find out whether a function is a convolution, a max pooling or an average pooling."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cnnbook.checks.report import CheckFailed
from cnnbook.checks.sweep.names import CONV, POOL, parameters

__all__ = ["kind_of"]

WORDS = {"max": "max", "avg": "avg", "average": "avg", "mean": "avg"}
ASK = 'Say it: kind="conv", "max" or "avg".'


def kind_of(forward: Callable, names: Mapping[str, str]) -> str:
    """Return the kind of a layer, from its name and those of its arguments.

    Examples
    --------
    >>> def mean_pool(x, size): ...
    >>> kind_of(mean_pool, {}), kind_of(lambda x, filters: 0, {})
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
        raise CheckFailed(f"I cannot tell what {called or 'the layer'} is. {ASK}")
    return next((kind for word, kind in WORDS.items() if word in called), "max")
