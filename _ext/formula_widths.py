"""About how wide an inline formula will be, so that its line is broken there before it is set."""

from __future__ import annotations

import html
import re
from string import ascii_letters

__all__ = ["about", "with_widths"]

INLINE = re.compile(r'<span class="(math[^"]*)">\\\((.*?)\\\)</span>', re.DOTALL)
THIN = re.compile(r"\\[,;: ]")
WORDS = re.compile(
    r"\\(?:(?:math(?:rm|it|bf|tt|sf)|text|operatorname|big|left|right|bar|hat|tilde|overline)(?![A-Za-z])\*?|!)"
)
FRACTION = re.compile(r"\\[td]?frac\s*(?:\{([^{}]*)\}|(.))\s*(?:\{([^{}]*)\}|(.))")
SMALL = re.compile(r"[_^](?:\{([^{}]*)\}|(\\[A-Za-z]+|.))")
SPACED = re.compile(
    r"\\(?:times|le|ge|leq|geq|ne|to|approx|star|ast|odot|in|mapsto|leftarrow)(?![A-Za-z])|[=+<>*]|(?<=.)-"
)
MATRIX = re.compile(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", re.DOTALL)
LARGE = re.compile(r"\\(?:sum|sqrt|dots|Delta|Phi|nabla)(?![A-Za-z])")
NAMED = re.compile(r"\\(tanh|max|min|exp|log|sin|cos|lim|det)(?![A-Za-z])")
# The letters of TeX's mathematical italic, in thousandths of its em, which is 1.27 of the text's.
SMALLS = (529, 429, 433, 520, 466, 490, 477, 576, 345, 412, 521, 298, 878)
SMALLS += (600, 485, 503, 446, 451, 469, 361, 572, 485, 716, 572, 490, 465)
CAPITALS = (750, 759, 715, 828, 738, 643, 786, 831, 440, 555, 849, 681, 970)
CAPITALS += (803, 763, 642, 791, 759, 613, 584, 683, 583, 944, 828, 581, 683)
LETTERS = dict(zip(ascii_letters, SMALLS + CAPITALS, strict=True))
NAME = re.compile(r"\\[A-Za-z]+|\\.")
NARROW = re.compile(r"[.,;:|()\[\]/!' ]")


def about(tex: str) -> float:
    r"""Return about how wide a formula is, in em of the text around it.

    Examples
    --------
    >>> about(r"x") < about(r"x_i") < about(r"x_{i,j}") < about(r"x \times y")
    True
    """
    text, small = tex, 0.0
    while found := MATRIX.search(text):  # its widest row, with an em between two numbers
        small += 2.5 + max(row.count("&") + about(row.replace("&", "")) for row in found[1].split(r"\\"))
        text = text[: found.start()] + text[found.end() :]
    text = WORDS.sub("", text)
    while found := FRACTION.search(text):
        small += 0.3 + 0.7 * max(about(part) for part in found.groups() if part is not None)
        text = text[: found.start()] + text[found.end() :]
    text, thin = THIN.subn("", text)
    text, large = LARGE.subn("", text)
    while found := SMALL.search(text):
        small += 0.75 * about(found[1] if found[1] is not None else found[2])
        text = text[: found.start()] + text[found.end() :]
    signs = len(SPACED.findall(text))
    text = NAME.sub("0", SPACED.sub("", NAMED.sub(r"\1", text)))
    text = re.sub(r"[{}\s]", "", text)
    letters = [LETTERS[letter] for letter in text if letter in LETTERS]
    narrow = len(NARROW.findall(text))
    others = len(text) - len(letters) - narrow
    small += 1.5 * signs + 1.25 * large + 0.21 * thin
    return round(small + 1.273e-3 * sum(letters) + 0.48 * narrow + 0.64 * others, 2)


def with_widths(body: str) -> str:
    """Return a page's text whose inline formulas say how wide they will be."""

    def told(found: re.Match[str]) -> str:
        width = about(html.unescape(found[2]))
        return f'<span class="{found[1]}" style="--wide:{width}em">\\({found[2]}\\)</span>'

    return INLINE.sub(told, body)
