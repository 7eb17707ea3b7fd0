"""About how wide a formula will be: near enough to break its line where it will be broken."""

import pytest

from formula_widths import about, with_widths

# As a browser has set them: em of the text around.
SET = {
    r"b": 0.55,
    r"(N, C, H, W)": 7.25,
    r"K_h K_w / s^2": 4.8,
    r"(C_\text{out}, C_\text{in}, K_h, K_w)": 9.88,
    r"\tanh": 2.54,
    r"C_\text{out} (C_\text{in} / g) K^2": 7.75,
    r"x * w": 2.84,
    r"A^\top = \begin{pmatrix}1 & 1 & 1 & 0 \\ 0 & 1 & -1 & 1\end{pmatrix}": 12.68,
    r"\langle A(x), c \rangle = \langle x, B(c) \rangle": 11.27,
    r"\bar v": 0.62,
    r"0 - \tfrac{2}{m} d": 4.44,
}


@pytest.mark.parametrize("tex", SET)
def test_it_is_nearly_right(tex):
    assert about(tex) == pytest.approx(SET[tex], abs=0.8)


def test_a_letter_is_right():
    assert {letter: about(letter) for letter in "ABcx"} == {"A": 0.95, "B": 0.97, "c": 0.55, "x": 0.73}


def test_a_formula_says_its_width():
    body = with_widths(r'<p><span class="math notranslate nohighlight">\(a &lt; b\)</span></p>')
    assert f'style="--wide:{about("a < b")}em"' in body
    assert r"\(a &lt; b\)" in body
