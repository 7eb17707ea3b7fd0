"""The API page names everything that the package offers to a reader."""

import re

import pytest

import book
import cnnbook
import cnnbook.checks
import cnnbook.data
import cnnbook.kernels
import cnnbook.widgets

MODULES = (cnnbook, cnnbook.checks, cnnbook.data, cnnbook.kernels, cnnbook.widgets)
DIRECTIVE = re.compile(r"^\.\. (currentmodule|autofunction|autoclass|autoexception):: (\S+)", re.MULTILINE)


def documented():
    """Return the full names that the API page documents."""
    names, module = set(), ""
    for directive, name in DIRECTIVE.findall((book.ROOT / "api.md").read_text("utf-8")):
        if directive == "currentmodule":
            module = name
        else:
            names.add(f"{module}.{name}")
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_public_function_and_class_is_documented(module):
    offered = {f"{module.__name__}.{name}" for name in module.__all__ if callable(getattr(module, name))}
    assert offered <= documented()
