"""Exercise: dropout, in training and in evaluation."""

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds

SHAPES = ((1,), (2,), (4,), (2, 3), (3, 5))


def draws(*shape):
    """Return numbers from 0 to below 1."""
    return (digits(*shape) - 1) / 10


@exercise(
    cases=[
        *(
            (make(*shape), draws(*shape), p, training)
            for make, shape, p, training in grid(
                (digits, signed), SHAPES, (0, 0.25, 0.3, 0.5, 0.8), (True, False)
            )
        ),
        *(
            (thirds(*shape), drawn, 0.4, training)
            for shape, training in grid(SHAPES, (True, False))
            for drawn in (draws(*shape), draws(*shape)[::-1])
        ),
    ],
    mistakes="""
    / (1 - p) ->
        You did not scale: on average only 1 - p of each number is left, and evaluation, which drops nothing,
        would find larger ones.
    / (1 - p) -> ; else x -> else x * (1 - p)
        You scaled in evaluation. The means agree, but a layer that does nothing in evaluation is what others
        expect: divide by 1 - p in training instead.
    / (1 - p) -> ; else x -> else x / (1 - p)
        You scaled in evaluation only: there all numbers are present, and they come out as they are.
    else x -> else x * (1 - p)
        You scaled twice, in training and again in evaluation: evaluation does nothing.
    / (1 - p) -> * (1 - p)
        You made the numbers smaller still: divide by 1 - p.
    / (1 - p) -> / (p or 1)
    / (1 - p) -> / max(p, 0.01)
        You divided by the probability of a 0: divide by that of staying.
    >= p -> < p
    >= p -> >= 1 - p
        You keep a number with the probability p: p is the probability of a 0.
    >= p -> > p
        A draw that equals p stays: draws go from 0 to below 1, and with p = 0 all have to stay.
    if training else x ->
        You drop numbers in evaluation, too: there the layer does nothing.
    if training -> if not training
        Training and evaluation are swapped.
    / (1 - p) -> * x.size / max(1, (draws >= p).sum())
        You divided by the share that stayed this time: divide by the probability of staying.
    kept / -> (draws >= p) * 1.0 /
        You returned the mask: multiply it by the numbers.
    where training
        Every case that fails is in training.
    where not training
        Every case that fails is in evaluation.
    """,
)
def drop(x, draws, p, training):
    """Return numbers after dropout.

    ``draws`` has the shape of ``x``, with numbers drawn evenly from 0 to below 1; ``p`` is the probability
    of a 0, below 1.
    """
    kept = x * (draws >= p)
    return kept / (1 - p) if training else x
