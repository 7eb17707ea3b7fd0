"""About how wide an inline formula will be, so that its line is broken there before it is set."""

from __future__ import annotations

import html
import re

__all__ = ["about", "with_widths"]

INLINE = re.compile(r'<span class="(math[^"]*)">\\\((.*?)\\\)</span>', re.DOTALL)
THIN = re.compile(r"\\[,;:! ]|\\(?:big|left|right)(?![A-Za-z])")
WORDS = re.compile(r"\\(?:mathrm|text|operatorname|mathit|mathbf|mathtt)\*?")
SMALL = re.compile(r"[_^](?:\{([^{}]*)\}|(\\[A-Za-z]+|.))")
SPACED = re.compile(
    r"\\(?:times|le|ge|leq|geq|ne|to|approx|star|ast|odot|in|mapsto|leftarrow)(?![A-Za-z])|[=+<>*]|(?<=.)-"
)
NAMED = re.compile(r"\\(tanh|max|min|exp|log|sin|cos|lim|det)(?![A-Za-z])")
CAPITAL = re.compile(r"[A-Z]")
NAME = re.compile(r"\\[A-Za-z]+|\\.")
NARROW = re.compile(r"[.,;:|()\[\]ijlft/!' ]")


def about(tex: str) -> float:
    r"""Return about how wide a formula is, in em of the text around it.

    Examples
    --------
    >>> about(r"x") < about(r"x_i") < about(r"x_{i,j}") < about(r"x \times y")
    True
    """
    text = THIN.sub("", WORDS.sub("", tex))
    small = 0.0
    while found := SMALL.search(text):
        small += 0.75 * about(found[1] if found[1] is not None else found[2])
        text = text[: found.start()] + text[found.end() :]
    signs = len(SPACED.findall(text))
    text = NAME.sub("x", SPACED.sub("", NAMED.sub(r"\1", text)))
    text = re.sub(r"[{}\s]", "", text)
    wide, narrow = len(CAPITAL.findall(text)), len(NARROW.findall(text))
    return round(small + 1.5 * signs + 1.1 * wide + 0.48 * narrow + 0.62 * (len(text) - wide - narrow), 2)


def with_widths(body: str) -> str:
    """Return a page's text whose inline formulas say how wide they will be."""

    def told(found: re.Match[str]) -> str:
        width = about(html.unescape(found[2]))
        return f'<span class="{found[1]}" style="--wide:{width}em">\\({found[2]}\\)</span>'

    return INLINE.sub(told, body)
