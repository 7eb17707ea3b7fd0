"""Try a layer on one setting, and keep what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from cnnbook.checks.attempt import Printed, changed, copied, line_of, quiet
from cnnbook.checks.compare import close
from cnnbook.checks.limit import OutOfTime, Watch
from cnnbook.checks.sweep.adapter import Adapter
from cnnbook.checks.sweep.refusal import is_refusal
from cnnbook.checks.sweep.results import Unfit, as_ours, gradients, owners, parted
from cnnbook.checks.sweep.setting import Setting, whole

__all__ = ["Try", "attempt", "gradient_of"]


@dataclass(frozen=True, eq=False)
class Try:
    """What a layer did with a setting; ``fault`` is empty if it was right.

    ``fault`` is ``"values"``, ``"shape"``, ``"unfit"``, ``"error"``, ``"time"`` or ``"changed"``;
    ``part`` is what is wrong: ``"y"``, or the argument whose gradient it is.
    """

    setting: Setting
    case: Any
    given: Mapping[str, Any]
    fault: str = ""
    part: str = "y"
    got: Any = None
    expected: Any = None
    error: BaseException | None = None
    line: str = ""
    refused: bool = False  # the error is one that the layer raises itself
    changed: tuple[str, ...] = ()
    printed: str = ""
    backward: bool = False
    before: Mapping[str, Any] = field(default_factory=dict)  # what the forward pass was given
    notes: tuple[str, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)  # whose gradient came back under a name

    @cached_property
    def g(self) -> np.ndarray:
        """The gradient of the output that the backward pass is given."""
        return gradient_of(self.case.forward())


def gradient_of(y: np.ndarray) -> np.ndarray:
    """Return a gradient for an output."""
    return whole(*y.shape, seed=3).astype(y.dtype)


def in_dtype(case: Any, setting: Setting) -> Any:
    """Return a case's arrays in the setting's dtype; the right result is computed in floats."""
    if setting.dtype == "int":
        names = [name for name, value in case.arguments().items() if isinstance(value, np.ndarray)]
        return case.but(**{name: getattr(case, name).astype(int) for name in names})
    return case.but(x=case.x.astype(np.uint8)) if setting.numbers == "bytes" else case


def attempt(adapter: Adapter, setting: Setting, watch: Watch, backward: bool) -> Try:
    """Try a layer on a setting: its forward pass, or what follows it."""
    case = adapter.make(setting)
    expected = case.forward()
    printed = Printed()
    with quiet(printed):
        given, call = adapter.call_forward(in_dtype(case, setting), setting.memory)
        one = Try(setting, case, given, expected=expected)
        one, result = made(one, call, watch, adapter.forward)
        if not one.fault:
            y = parted(result)[0]
            one = judged(one, lambda: {"y": as_ours(y, "y", "the output", adapter.way)}, {"y": expected})
        if not one.fault and backward:
            g = gradient_of(expected)
            given, call = adapter.call_backward(in_dtype(case, setting), setting.memory, g, result)
            one = Try(setting, case, given, backward=True, part="", before=one.given)
            one, result = made(one, call, watch, adapter.backward)
            if not one.fault:
                right = {
                    name: value for name, value in case.backward(g).items() if wanted(adapter, case, name)
                }
                one = judged(one, lambda: gradients(result, tuple(right), adapter.way), right, g)
                if one.fault:
                    one = replace(one, owners=owners(result, right, adapter.way))
    return replace(one, printed=printed.getvalue())


def wanted(adapter: Adapter, case: Any, name: str) -> bool:
    """Tell whether a gradient has to come back."""
    return name != "bias" or ("bias" in adapter.takes and case.bias is not None)


def made(one: Try, call: Callable, watch: Watch, function: Callable) -> tuple[Try, Any]:
    """Make a call, and note an error, an endless loop, or a changed argument."""
    before = {name: copied(value) for name, value in one.given.items()}
    result = None
    try:
        result = watch.call(call)
    except OutOfTime:
        return replace(one, given=before, fault="time"), None
    except (Exception, SystemExit) as error:
        line = line_of(error, function)
        refused = is_refusal(error)
        return replace(one, given=before, fault="error", error=error, line=line, refused=refused), None
    names = tuple(name for name, value in one.given.items() if changed(before[name], value))
    return replace(one, given=before, fault="changed" if names else "", changed=names), result


def judged(
    one: Try,
    results: Callable[[], dict[str, np.ndarray]],
    right: dict[str, np.ndarray],
    g: np.ndarray | None = None,
) -> Try:
    """Compare what came out with what is right, or right as well."""
    notes = []
    try:
        got = results()
    except Unfit as error:
        return replace(one, fault="unfit", error=error, expected=None)
    for name, expected in right.items():
        if got[name].shape != expected.shape:
            return replace(one, fault="shape", part=name, got=got[name], expected=expected)
        if not close(got[name], expected):
            also = next((note for note, y in one.case.also(name, g) if close(got[name], y)), "")
            if not also:
                return replace(one, fault="values", part=name, got=got[name], expected=expected)
            notes.append(also)
    return replace(one, notes=(*notes, *(dtype_note(one, name, got[name]) for name in got)))


def dtype_note(one: Try, name: str, got: np.ndarray) -> str:
    """Return what to note of a result's dtype."""
    if one.setting.dtype == "float32" and got.dtype != np.float32:
        return f"float32 comes back as {got.dtype} ({'the output' if name == 'y' else 'gradients'})"
    return ""
