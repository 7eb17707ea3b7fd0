"""The stored notebooks: running them once more changes nothing."""

import pytest

import book
import run_notebooks

pytestmark = pytest.mark.rerun


@pytest.mark.parametrize("path", book.notebooks(), ids=lambda path: path.stem)
def test_running_again_changes_nothing(path):
    assert run_notebooks.check(path) == []
