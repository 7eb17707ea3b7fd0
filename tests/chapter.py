"""A chapter's notebook, as its tests read it: cells by their ids, what they say, what they define."""

import ast
from functools import cached_property
from types import SimpleNamespace

import nbformat
import numpy as np

import book

NOT_RUN = ("measured", "raises-exception")  # what a check does not depend on


class Chapter:
    """One chapter; ``names`` is what its code finds when it is run on its own, NumPy apart."""

    def __init__(self, name, **names):
        self.name = name
        self.names = {"np": np, **names}

    @cached_property
    def cells(self):
        """All cells of the notebook."""
        return nbformat.read(book.ROOT / "chapters" / f"{self.name}.ipynb", as_version=4).cells

    def source(self, name):
        """Return the source of the cell with an id."""
        return next(cell.source for cell in self.cells if cell.id == name)

    def said(self, kind="text/plain"):
        """Return what each cell says first, by its id."""
        found = {cell.id: cell.outputs[0] for cell in self.cells if cell.get("outputs")}
        return {name: output.data[kind] for name, output in found.items() if kind in output.get("data", {})}

    def told(self, name):
        """Return what the cell with an id says as Markdown."""
        return self.said("text/markdown")[name]

    def defined_by(self, name):
        """Return what a cell defines."""
        names = dict(self.names)
        exec(compile(self.source(name), name, "exec"), names)
        return names

    def defined_by_part(self, name, variable):
        """Return a variable that a cell gives a value, without running the rest of the cell."""
        nodes = [
            node
            for node in ast.parse(self.source(name)).body
            if isinstance(node, ast.Assign) and node.targets[0].id == variable
        ]
        names = dict(self.names)
        exec(compile(ast.Module(nodes, type_ignores=[]), name, "exec"), names)
        return names[variable]

    def says_with_a_slip(self, name, right, wrong):
        """Return what a cell says if a line up to it is wrong, which has to stand there once."""
        cells = [cell for cell in self.cells if cell.cell_type == "code"]
        before = [cell.id for cell in cells].index(name) + 1
        run = [cell for cell in cells[:before] if not set(NOT_RUN) & set(cell.metadata.get("tags", []))]
        assert sum(cell.source.count(right) for cell in run) == 1, right
        names = {}
        for cell in run:
            body = ast.parse(cell.source.replace(right, wrong)).body
            last = body.pop() if isinstance(body[-1], ast.Expr) else None
            exec(compile(ast.Module(body, type_ignores=[]), cell.id, "exec"), names)
            if last and cell.id == name:
                return repr(eval(compile(ast.Expression(last.value), name, "eval"), names))
        return None

    def functions_of(self, *sources):
        """Return the functions that some sources define, without running anything else of them."""
        nodes = [node for node in ast.parse("\n".join(sources)).body if isinstance(node, ast.FunctionDef)]
        names = dict(self.names)
        exec(compile(ast.Module(nodes, type_ignores=[]), self.name, "exec"), names)
        return SimpleNamespace(**names)

    def taught(self):
        """Return the functions that the cells tagged ``taught`` define."""
        tagged = [cell.source for cell in self.cells if "taught" in cell.metadata.get("tags", [])]
        return self.functions_of(*tagged)

    def exercises(self):
        """Return the names of the functions that the reader writes."""
        stubs = [cell.source for cell in self.cells if cell.id.startswith("stub-")]
        return [node.name for stub in stubs for node in ast.parse(stub).body]
