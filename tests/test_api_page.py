"""The API pages name everything that the package offers to a reader, once, and the first page lists it."""

import re

import pytest

import book
import cnnbook
import cnnbook.checks
import cnnbook.data
import cnnbook.kernels
import cnnbook.widgets

MODULES = (cnnbook, cnnbook.checks, cnnbook.data, cnnbook.kernels, cnnbook.widgets)
INDEX = book.ROOT / "api.md"
PAGES = [page for page in book.pages() if page.parent.name == "api"]
DIRECTIVE = re.compile(
    r"^\.\. (currentmodule|autofunction|autoclass|autoexception):: (\S+)|^   (\w+)$", re.MULTILINE
)


def named(page):
    """Return the full names that an API page documents or lists, in its order."""
    names, module = [], ""
    for directive, name, listed in DIRECTIVE.findall(page.read_text("utf-8")):
        if directive == "currentmodule":
            module = name
        else:
            names.append(f"{module}.{name or listed}")
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_public_function_and_class_is_documented(module):
    offered = {f"{module.__name__}.{name}" for name in module.__all__ if callable(getattr(module, name))}
    assert offered <= {name for page in PAGES for name in named(page)}


def test_the_first_page_lists_what_the_others_document_in_their_order():
    assert named(INDEX) == [name for page in PAGES for name in named(page)]


def test_a_page_is_short_enough_to_look_something_up():
    assert {page.stem for page in PAGES if len(named(page)) > 40} == set()
