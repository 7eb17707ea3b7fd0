"""Exercise: a kernel made of a few columns times rows."""

import numpy as np

from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import signed, thirds

KERNELS = [
    make(*shape)
    for make in (signed, thirds)
    for shape in ((1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (4, 3), (3, 5), (5, 5))
]


@exercise(
    cases=[(kernel, terms) for kernel in KERNELS for terms in (1, 2, 3)],
    mistakes="""
    * spread[:terms] ->
        The singular values are missing: each column times row has a size.
    * spread[:terms] -> * spread[:terms] ** 0.5
    * spread[:terms] -> * spread[:terms] ** 2
        The singular values count once.
    columns[:, :terms] * spread[:terms] -> columns[:, -terms:] * spread[-terms:];
    rows[:terms] -> rows[-terms:]
        You took the smallest terms. The singular values fall: the first terms are the largest.
    [:, :terms] * spread[:terms] -> [:, [terms - 1]] * spread[[terms - 1]]; rows[:terms] -> rows[[terms - 1]]
        You took the last of the terms alone: those before it belong to the sum, too.
    rows[:terms] -> rows.T[:terms]
        NumPy's third result has the rows as rows already: it is V transposed.
    terms = 1
        You always take one term: use their number.
    terms = len(kernel)
        You took all terms, and that is the kernel itself.
    return kernel - result
        That is what is left over: asked is the kernel made of the first terms.
    return result.T
        Rows and columns are swapped.
    where terms > 1
        Every case that fails asks for more than one term.
    where kernel.shape[0] != kernel.shape[1]
        Every case that fails has a kernel that is not square.
    """,
)
def low_rank(kernel, terms):
    """Return the kernel of so many columns times rows that lies nearest to a kernel."""
    columns, spread, rows = np.linalg.svd(kernel, full_matrices=False)
    return (columns[:, :terms] * spread[:terms]) @ rows[:terms]
