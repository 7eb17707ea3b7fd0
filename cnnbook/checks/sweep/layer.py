"""Check any convolution or pooling, forward and backward."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from cnnbook.checks.limit import Watch
from cnnbook.checks.report import CheckFailed
from cnnbook.checks.sweep.adapter import Adapter, spelled
from cnnbook.checks.sweep.attempt import Try
from cnnbook.checks.sweep.diagnosis import diagnosed
from cnnbook.checks.sweep.kind_of import kind_of
from cnnbook.checks.sweep.kinds import KINDS, settings_for
from cnnbook.checks.sweep.layouts import read_layout
from cnnbook.checks.sweep.settings import OF_CONVOLUTION, TRAITS
from cnnbook.checks.sweep.sweeping import Sweep, allowed, smallest, sweep
from cnnbook.checks.sweep.verdict import LayerReport, failed
from cnnbook.checks.sweep.way import Way, read_fixed

__all__ = ["layer"]


def layer(
    forward: Callable[..., Any],
    backward: Callable[..., Any] | None = None,
    *,
    kind: str | None = None,
    layout: str = "NCHW",
    out_layout: str | None = None,
    weight_layout: str = "OIHW",
    bias_shape: tuple[int, ...] = (-1,),
    names: Mapping[str, str] | None = None,
    grads: Sequence[str] = ("x", "weight", "bias"),
    without: Sequence[str] = (),
    fixed: Mapping[str, Any] | None = None,
) -> LayerReport:
    """Sweep a convolution or a pooling over the settings that break real code.

    Its arguments are found by their names: those of :func:`cnnbook.conv2d`, :func:`cnnbook.max_pool2d` and
    many others, as ``A_prev``, ``filters``, ``conv_param``, ``dout``. What a function has no argument for is
    not tried.

    Parameters
    ----------
    forward : callable
        Returns the output, or the output and what its backward pass takes as ``cache``.
    backward : callable, optional
        Takes the gradient of the output first, and then the arguments of ``forward``, its cache, or both.
        Returns the gradients as a tuple or a dictionary.
    kind : {"conv", "max", "avg"}, optional
        Found from the names if it is not given.
    layout, out_layout, weight_layout : str
        The order of the axes of pictures, outputs and weights, as ``"NHWC"`` and ``"HWIO"``. An axis that is
        left out has length 1: ``"HW"`` is one grey picture. ``out_layout`` is ``layout`` if not given.
    bias_shape : tuple of int
        The shape of the bias, as for ``reshape``: ``(-1, 1)`` for a column.
    names : mapping of str to str, optional
        Our name for an argument to theirs, ``{"weight": "theta"}``.
    grads : sequence of str
        The order of the gradients that come back.
    without : sequence of str
        What is not tried, in words that the report uses, as ``"there is padding"``.
    fixed : mapping of str to object, optional
        What the layer has built in, as ``{"kernel_size": 2, "stride": 2}``; for a pooling, where it differs
        from PyTorch's, also ``{"ceil_mode": True, "count_include_pad": False}``.

    Returns
    -------
    report : LayerReport
        ``ok``, the smallest failing ``case``, a ``diagnosis``, and a text that a notebook shows.

    Raises
    ------
    CheckFailed
        If a function cannot be called, or a keyword makes no sense.

    Examples
    --------
    >>> from cnnbook import conv2d
    >>> layer(lambda x, weight: conv2d(x, weight)).ok
    True
    >>> report = layer(lambda x, weight: conv2d(x, weight[:, :, ::-1, ::-1]))
    >>> report.ok, report.case["weight"].shape
    (False, (1, 1, 1, 2))
    >>> print(report.diagnosis[:58])
    The output is what comes out if the kernel is flipped, up
    >>> from cnnbook import max_pool2d
    >>> layer(lambda x, kernel_size: max_pool2d(x, kernel_size), kind="avg").diagnosis[:53]
    'The output is what comes out if the largest number is'
    """
    for name, function in (("forward", forward), ("backward", backward)):
        if not callable(function) and not (name == "backward" and function is None):
            raise CheckFailed(
                f"{name} should be a function, and is {type(function).__name__} {function!r:.60}."
            )
    if unknown := [name for name in without if name not in TRAITS]:
        raise CheckFailed(f"without holds {unknown[0]!r}, and can hold: {'; '.join(TRAITS)}.")
    if kind is not None and kind not in KINDS:
        raise CheckFailed(f"kind is one of {', '.join(KINDS)}, and not {kind!r}.")
    names = dict(names or {})
    guess = kind or kind_of(forward, names)
    found = KINDS[guess]
    way = Way(
        read_layout(layout, "layout"),
        read_layout(out_layout or layout, "out_layout"),
        read_layout(weight_layout, "weight_layout", "OIHW"),
        tuple(bias_shape),
        names,
        tuple(grads),
        read_fixed(fixed or {}, found.pooling),
        found.pooling,
        found.mode,
    )
    adapter = Adapter(forward, backward, way, found.make)
    check_sizes(adapter)
    return report(adapter, found, set(without))


def check_sizes(adapter: Adapter) -> None:
    """Refuse a pooling of which nobody says how large its windows are."""
    told = {"kernel_size", "kernel_h", "options"} & set(adapter.roles.values())
    if adapter.way.pooling and not told and "kernel" not in adapter.way.fixed:
        raise CheckFailed(
            "This pooling takes no kernel size: say what it has built in, as "
            'fixed={"kernel_size": 2, "stride": 2}; or, if it is a convolution, kind="conv".'
        )


def report(adapter: Adapter, kind: Any, without: set[str]) -> LayerReport:
    """Sweep the forward pass, and then the backward pass."""
    found = Sweep()
    with Watch() as watch:
        for backward in (False, True) if adapter.backward else (False,):
            found = sweep(adapter, kind, watch, backward, without)
            if not found.tries:
                raise CheckFailed("There is no case that this layer could be tried on.")
            if found.failing:
                name = name_of(adapter.backward if backward else adapter.forward)
                fits = diagnosed(found.tries, kind.slips())
                first = next(one for one in found.failing if fits.explains(one))
                to_try = partial(allowed, adapter, kind, whole=found.whole, without=without)
                one = smallest(first, adapter, watch, backward, to_try, fits.explains)
                calls = calls_of(adapter, one, name)
                return failed(name, calls, one, found.tries, fits.words)
    return passed(adapter, kind, found, without)


def name_of(function: Callable[..., Any]) -> str:
    """Return what a function is called in a report."""
    return getattr(function, "__name__", "layer").replace("<lambda>", "layer")


def calls_of(adapter: Adapter, one: Try, name: str) -> str:
    """Return the calls that lead to a failing case; a backward pass that takes a cache follows a forward."""
    call = f"{name}({spelled(adapter.backward if one.backward else adapter.forward, one.given)})"
    if not one.backward or "cache" not in adapter.back.values():
        return call
    cache = next(name for name, role in adapter.back.items() if role == "cache")
    name = name_of(adapter.forward)
    return f"y, {cache} = {name}({spelled(adapter.forward, one.before)})\n{call}"


def passed(adapter: Adapter, kind: Any, found: Sweep, without: set[str]) -> LayerReport:
    """Return the report on a layer that is right, with what was tried, and what not."""
    name = name_of(adapter.forward)
    both = "forward and backward" if adapter.backward else "forward"
    text = f"**Right:** `{name}`, {kind.name}, {both}, in all {len(found.tries)} cases."
    tried, left = [], []
    settings = settings_for(adapter, kind)
    for trait, holds in TRAITS.items():
        if any(map(holds, settings)) and not (kind.pooling and trait in OF_CONVOLUTION):
            (tried if any(holds(one.setting) for one in found.tries) else left).append(trait)
    lines = [text, "", f"- Tried where {'; '.join(tried)}."]
    if left:
        lines.append(f"- Not tried where {'; '.join(left)}.")
    if found.whole:
        lines.append(f"- One number only, no pair: {', '.join(sorted(found.whole))}.")
    if found.refused:
        lines.append(f"- Refused by an error: {', '.join(sorted(found.refused))}.")
    lines += [
        f"- Noted: {note}." for note in dict.fromkeys(n for one in found.tries for n in one.notes) if note
    ]
    return LayerReport(True, len(found.tries), "\n".join(lines))
