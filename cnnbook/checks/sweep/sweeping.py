"""Sweep a layer over its settings, and make a failing one as small as it gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from cnnbook.checks.limit import Watch
from cnnbook.checks.sweep.adapter import Adapter
from cnnbook.checks.sweep.attempt import Try, attempt
from cnnbook.checks.sweep.kinds import Kind, can, settings_for
from cnnbook.checks.sweep.setting import Setting, easier
from cnnbook.checks.sweep.settings import TRAITS

__all__ = ["Sweep", "allowed", "smallest", "sweep"]

PROBES = {
    "stride": Setting((4, 4), (2, 2), (2, 2)),
    "padding": Setting((4, 4), (2, 2), (2, 2), (1, 1)),
    "dilation": Setting((5, 5), (2, 2), dilation=(2, 2)),
    "kernel_size": Setting((4, 4), (2, 2), (2, 2)),
}
REFUSALS = (TypeError, ValueError, NotImplementedError, AssertionError, OverflowError)
MOST = 300  # tries while a case is made smaller


@dataclass
class Sweep:
    """What came of a sweep."""

    tries: list[Try] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)  # what takes one number only
    refused: set[str] = field(default_factory=set)  # numbers of whole kinds that it refuses by an error

    @property
    def failing(self) -> list[Try]:
        """The cases that failed."""
        return [one for one in self.tries if one.fault]


def takes_one_number(adapter: Adapter, kind: Kind, watch: Watch, role: str) -> bool:
    """Tell whether a function takes a number for a role, and refuses a pair by an error."""
    setting = replace(PROBES[role], **adapter.way.fixed)
    if kind.pooling and "stride" not in adapter.takes:
        setting = replace(setting, stride=setting.kernel)
    if "bias" in adapter.takes and not kind.pooling:
        setting = replace(setting, bias=True)
    if role not in adapter.takes or not can(adapter, kind, setting, set()):
        return False
    first = attempt(adapter, setting, watch, False)
    adapter.pairs = {role}
    second = attempt(adapter, setting, watch, False)
    adapter.pairs = set()
    if first.fault == second.fault == "error":
        return str(first.error) != str(second.error)
    if "error" in (first.fault, second.fault):
        return second.fault == "error"
    return not first.fault and bool(second.fault)


def sweep(adapter: Adapter, kind: Kind, watch: Watch, backward: bool, without: set[str]) -> Sweep:
    """Try a layer on every setting that it can take."""
    found = Sweep()
    settings = settings_for(adapter, kind)
    for setting in settings:
        if can(adapter, kind, setting, set(PROBES)):  # so that it says which settings it asks for
            attempt(adapter, setting, watch, False)
            break
    found.whole = {role for role in PROBES if takes_one_number(adapter, kind, watch, role)}
    for setting in settings:
        if not allowed(adapter, kind, setting, found.whole, without):
            continue
        one = attempt(adapter, setting, watch, backward)
        if one.fault == "error" and isinstance(one.error, REFUSALS) and unusual(setting):
            found.refused.add(unusual(setting))
            continue
        found.tries.append(one)
        if one.fault == "time":
            break
    return found


def allowed(adapter: Adapter, kind: Kind, setting: Setting, whole: set[str], without: set[str]) -> bool:
    """Tell whether a setting is one to try."""
    return can(adapter, kind, setting, whole) and not any(TRAITS[name](setting) for name in without)


def unusual(setting: Setting) -> str:
    """Name the kind of numbers that a layer may well refuse."""
    if setting.dtype == "int":
        return "integers"
    return "bytes" if setting.numbers == "bytes" else ""


def smallest(
    one: Try,
    adapter: Adapter,
    watch: Watch,
    backward: bool,
    to_try: Callable[[Setting], bool],
    alike: Callable[[Try], bool],
) -> Try:
    """Return the smallest case that fails alike, found by making one thing smaller at a time."""
    if one.fault == "time":
        return one
    budget = MOST
    while budget > 0:
        for setting in easier(one.setting):
            if not to_try(setting):
                continue
            budget -= 1
            other = attempt(adapter, setting, watch, backward)
            if other.fault and (other.fault, other.part) == (one.fault, one.part) and alike(other):
                one = other
                break
        else:
            break
    return one
