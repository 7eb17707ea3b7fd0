"""Settings that a layer takes as a dictionary, under whatever names it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["SETTINGS", "Options"]

SETTINGS = {"stride", "padding", "dilation", "groups", "kernel_size", "kernel_h", "kernel_w"}


class Options(dict):
    """A dictionary that answers to every name of a setting, and keeps which names were asked for.

    Parameters
    ----------
    values : mapping of str to object
        The settings by our names.
    known : mapping of str to str
        What each name means.
    asked : set of str
        The names that have been asked for so far; those asked for from now on are added to it.

    Examples
    --------
    >>> options = Options({"stride": 2, "padding": 1}, {"stride": "stride", "pad": "padding"}, set())
    >>> options["pad"], options.get("dilation", 1), options
    (1, 1, {'pad': 1})
    """

    def __init__(self, values: Mapping[str, Any], known: Mapping[str, str], asked: set[str]) -> None:
        super().__init__({name: values[known[name]] for name in sorted(asked) if known[name] in values})
        self.values_of, self.known, self.asked = values, known, asked

    def look(self, name: object) -> None:
        """Put a setting in under a name, if the name means one."""
        role = self.known.get(name) if isinstance(name, str) else None
        if role in self.values_of and not super().__contains__(name):
            self.asked.add(name)
            self[name] = self.values_of[role]

    def __missing__(self, name: str) -> Any:
        self.look(name)
        if not super().__contains__(name):
            raise KeyError(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.look(name)
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a setting, or what is to be taken instead."""
        self.look(name)
        return super().get(name, default)
