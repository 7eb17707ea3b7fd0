"""What a line does not break: a formula and the signs that touch it, and a size such as 3 × 3."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

__all__ = ["TogetherWithFormula"]

BEFORE, AFTER = re.compile(r"[(\[“‘]+$"), re.compile(r"^[,.;:!?)\]”’]+")
SIZE = re.compile(r"(?<=\d) × (?=\d)")


class TogetherWithFormula(SphinxPostTransform):
    """Put an inline formula and the signs that touch it into one element, which is not broken."""

    default_priority = 900

    def run(self) -> None:
        """Go through all formulas and texts of a page."""
        for formula in list(self.document.findall(nodes.math)):
            keep_together(formula)
        for text in list(self.document.findall(nodes.Text)):
            if SIZE.search(text) and not isinstance(text.parent, nodes.FixedTextElement | nodes.raw):
                text.parent.replace(text, nodes.Text(SIZE.sub("\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}", text)))


def keep_together(formula: nodes.math) -> None:
    """Move the signs before and after a formula into an element of class ``kept`` around it."""
    parent, at = formula.parent, formula.parent.index(formula)
    parts: list[nodes.Node] = [formula]
    if at + 1 < len(parent) and (sign := AFTER.search(text := textof(parent[at + 1]))):
        parent[at + 1] = nodes.Text(text[sign.end() :])
        parts.append(nodes.Text(sign[0]))
    if at and (sign := BEFORE.search(text := textof(parent[at - 1]))):
        parent[at - 1] = nodes.Text(text[: sign.start()])
        parts.insert(0, nodes.Text(sign[0]))
    if len(parts) > 1:
        parent[at] = nodes.inline("", "", *parts, classes=["kept"])


def textof(node: nodes.Node) -> str:
    """Return the text of a text, and nothing of any other node."""
    return str(node) if isinstance(node, nodes.Text) else ""
