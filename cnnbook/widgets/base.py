"""What every widget of the book has in common: its two faces and its state."""

from __future__ import annotations

import html
import json
import sys
from pathlib import Path
from typing import Any

import anywidget

from cnnbook.widgets import frontend
from cnnbook.widgets.bundles import packed_bundle
from cnnbook.widgets.traits import Named

__all__ = ["BookWidget"]


class BookWidget(anywidget.AnyWidget):
    """A widget with two faces: live in a notebook, and a static copy that the book makes live.

    A subclass declares its state as traits with ``sync=True``, and implements :meth:`static_html`,
    :meth:`describe` and ``output``. In the folder of its Python file lie its ES module, ``view.mjs``,
    and, if it needs one, its ``style.css``.
    """

    module: str
    """The entry of the widget's front end: see :mod:`cnnbook.widgets.frontend`."""

    bundles: tuple[str, ...] = ()
    """The names of the bundled data that the widget needs: see :mod:`cnnbook.widgets.bundles`."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        folder = Path(getattr(sys.modules[cls.__module__], "__file__", None) or "").parent.resolve()
        entry = frontend.add_widget(folder) if (folder / "view.mjs").exists() else None
        if entry and entry != getattr(cls, "module", None):
            cls.module = entry
            cls._esm = frontend.notebook_module(entry)
            cls._css = frontend.stylesheet(entry)
        super().__init_subclass__(**kwargs)

    @classmethod
    def packed_bundles(cls) -> dict[str, Any]:
        """Return the bundled data as a notebook's front end gets it."""
        return {name: packed_bundle(name) for name in cls.bundles}

    def __init__(self, **state: Any) -> None:
        traits = self.class_traits()
        settable = [name for name in self.state_names() if not traits[name].read_only]
        unknown = sorted(set(state) - {*settable, "layout"})
        if unknown:
            raise TypeError(
                f"{type(self).__name__} takes no {', '.join(unknown)}; it takes {', '.join(settable)}"
            )
        super().__init__(**state)

    @classmethod
    def state_names(cls) -> list[str]:
        """Return the names of the traits that are the widget's state."""
        inherited = anywidget.AnyWidget.class_trait_names()
        names = cls.class_trait_names(sync=True)
        return sorted(name for name in names if name not in inherited and not name.startswith("_"))

    @property
    def pictures(self) -> list[str]:
        """The names of the bundled pictures that the page has to carry."""
        traits = [trait for trait in self.traits().values() if isinstance(trait, Named)]
        return [name for trait in traits if (name := trait.name_of(getattr(self, trait.name)))]

    def static_html(self) -> str:
        """Return what stands on the page before, or without, JavaScript."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return one line of plain text that says what the widget shows."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.describe()})"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        live = super()._repr_mimebundle_(**kwargs)
        data, metadata = live if isinstance(live, tuple) else (live or {}, {})
        state = json.dumps(self.get_state(self.state_names()), sort_keys=True, separators=(",", ":"))
        bundles = f'data-bundles="{" ".join(self.bundles)}" ' if self.bundles else ""
        copy = (
            f'<div class="cnnbook-widget" data-widget="{type(self).__name__}" data-module="{self.module}" '
            f'data-pictures="{" ".join(self.pictures)}" {bundles}data-state="{html.escape(state)}">'
            f"{self.static_html()}</div>"
        )
        return {**data, "text/html": copy, "text/plain": repr(self)}, metadata
