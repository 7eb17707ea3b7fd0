"""What the tests of several chapters share: reading numbers, drawing pictures and kernels."""

import re

import numpy as np
from hypothesis import strategies as st

__all__ = ["numbers", "pairs"]

sizes = st.integers(1, 6)


def numbers(text):
    r"""Return the numbers in a text, in their order; a power of ten, 3 \cdot 10^{9}, is one."""
    text = re.sub(r"(\d) \\cdot 10\^\{(-?\d+)\}", r"\1e\2", text.replace("−", "-").replace(",", ""))
    text = re.sub(r"(?<!\d)10\^\{(-?\d+)\}", r"1e\1", text)
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", text)]


@st.composite
def pairs(draw):
    """Draw an image and a kernel that fits into it, not square as a rule."""
    K_h, K_w, more_h, more_w = draw(st.tuples(sizes, sizes, sizes, sizes))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.normal(size=(K_h + more_h - 1, K_w + more_w - 1)), rng.normal(size=(K_h, K_w))
