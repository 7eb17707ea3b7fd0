"""Exercise: a backward pass held against its forward pass, in one line."""

import numpy as np

from cnnbook.checks.attempt import Formula
from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds

# A forward pass, a backward pass, and the shapes that go in and come out.
PAIRS = [
    ("lambda x: 3 * x", "lambda g: 3 * g", lambda n: (n,), lambda n: (n,)),
    ("lambda x: 3 * x", "lambda g: g", lambda n: (n,), lambda n: (n,)),
    ("lambda x: 2 * x", "lambda g: 3 * g", lambda n: (n,), lambda n: (n,)),
    ("lambda x: x[1:] - x[:-1]", "lambda g: np.pad(g, (1, 0)) - np.pad(g, (0, 1))",
     lambda n: (n + 1,), lambda n: (n,)),
    ("lambda x: x[1:] - x[:-1]", "lambda g: np.pad(g, (0, 1)) - np.pad(g, (1, 0))",
     lambda n: (n + 1,), lambda n: (n,)),
    ("lambda x: x[:, ::2]", "lambda g: np.repeat(g, 2, axis=1)", lambda n: (2, 2 * n), lambda n: (2, n)),
    ("lambda x: x.sum(axis=0)", "lambda g: np.stack([g, g])", lambda n: (2, n), lambda n: (n,)),
]  # fmt: skip


def setting(pair, n, make):
    """Return a case: the two passes, and what to try them with."""
    forward, backward, shape_in, shape_out = pair
    return Formula(forward), Formula(backward), make(*shape_in(n)), digits(*shape_out(n)) - 4


@exercise(
    cases=[setting(*numbers) for numbers in grid(PAIRS, (1, 2, 3, 5), (signed, thirds))],
    mistakes="""
    abs( -> (
    return np.vdot(x, backward(g)) - np.vdot(forward(x), g)
        Your gap can be negative: take its absolute value.
    return 0.0 * result
        Your gap is 0 whatever the two passes do: are both of them called?
    np.vdot(x, backward(g)) -> np.vdot(x, x)
        You left the backward pass out: the right side is x times backward(g), number by number, added up.
    np.vdot(forward(x), g) -> np.vdot(g, g)
        You left the forward pass out: the left side is forward(x) times g, number by number, added up.
    - np.vdot -> + np.vdot
        You added the two sides: their difference is what should be 0.
    np.vdot(forward(x), g) -> forward(x).sum(); np.vdot(x, backward(g)) -> backward(g).sum()
    forward(x), g -> forward(x), np.ones_like(g)
        You summed forward(x) as it is: multiply it by g first.
    backward(g) -> backward(np.ones_like(g))
        You sent ones back: both sides need the same g.
    forward(x) -> forward(np.ones_like(x))
        You sent ones forward: both sides need the same x.
    np.vdot(forward(x), g) -> np.vdot(forward(x), forward(x)); backward(g) -> backward(forward(x))
    backward(g) -> backward(forward(x))
        You sent forward(x) back: both sides need the same g.
    np.vdot(forward(x), g) -> np.mean(forward(x) * g); np.vdot(x, backward(g)) -> np.mean(x * backward(g))
        You took means, over arrays that may differ in size: add the products up.
    np.vdot(forward(x), g) -> abs(forward(x) * g).sum(); np.vdot(x, backward(g)) -> abs(x * backward(g)).sum()
        Every product loses its sign: add them with their signs, and take the absolute value at the end.
    return float(result > 1e-6)
        You return whether there is a gap: return how large it is.
    return result / (max(abs(np.vdot(forward(x), g)), abs(np.vdot(x, backward(g)))) or 1)
    return result / (1 + result)
    return result / max(abs(np.vdot(forward(x), g)), 1e-12)
        You divided the gap by something: return the difference itself.
    return result**2
        You squared the gap: return the difference itself, without its sign.
    return abs(abs(np.vdot(forward(x), g)) - abs(np.vdot(x, backward(g))))
        Each side loses its sign before you compare them: take the absolute value of the difference only.
    np.vdot(forward(x), g) -> np.linalg.norm(forward(x)) * np.linalg.norm(g);
    np.vdot(x, backward(g)) -> np.linalg.norm(x) * np.linalg.norm(backward(g))
        Those are products of two lengths: multiply number by number, and add up.
    where np.ndim(x) > 1
        Every case that fails has arrays of several axes: add over all of them, as np.vdot does.
    """,
)
def adjoint_gap(forward, backward, x, g):
    """Return how far a backward pass is from the adjoint of a forward pass.

    ``forward`` is linear and takes ``x``; ``backward`` takes ``g``, of the shape of ``forward(x)``, and
    returns the gradient of ``x``. The result is the absolute difference of the two sides of the adjoint
    identity, a number.
    """
    return abs(np.vdot(forward(x), g) - np.vdot(x, backward(g)))
