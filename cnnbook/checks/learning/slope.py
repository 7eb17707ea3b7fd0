"""Exercise: how steep a loss is along one weight."""

from cnnbook.checks.attempt import Formula
from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import signed, thirds

LOSSES = [
    Formula("lambda kernel: kernel.sum()"),
    Formula("lambda kernel: (kernel**2).sum()"),
    Formula("lambda kernel: (kernel**3)[:, 0].sum() + kernel[0].sum()"),
    Formula("lambda kernel: (kernel[0] * kernel[-1] ** 2).sum()"),
]
SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 3))
PLACES = [(shape, row, column) for shape in SHAPES for row in range(shape[0]) for column in range(shape[1])]


@exercise(
    cases=[
        *((loss, signed(*shape), *at, h) for (shape, *at), loss, h in grid(PLACES, LOSSES, (0.5, 0.125))),
        *((loss, thirds(3, 2), *at, 0.3) for *at, loss in grid(range(3), range(2), LOSSES)),
    ],
    mistakes="""
    minus[row, column] -= h ->; 2 * h -> h
        You look one way only: lower the weight by h as well, and divide by 2 h.
    plus[row, column] += h ->; 2 * h -> h
        This is the backward difference: raise the weight by h as well, and divide by 2 h.
    minus[row, column] -= h ->
    plus[row, column] += h ->
        You divide by 2 h, but only one side has moved: raise the weight in one copy, lower it in the other.
    (2 * h) -> h
        Your slope is twice too steep: from -h to +h it is 2 h, so divide by 2 * h.
    (2 * h) -> 2 * h
        Python reads a / 2 * h as (a / 2) * h: write a / (2 * h).
    / (2 * h) ->
        This is how much the loss changes: divide by 2 h to get the slope.
    (2 * h) -> 2
        You divided by 2, and not by h: the two losses lie 2 h apart.
    return -result
        Your slope has the wrong sign: subtract the loss at -h from the loss at +h.
    loss(plus) - loss(minus) -> loss(plus) + loss(minus)
        You added the two losses: the slope is their difference, divided by 2 h.
    (loss(plus) - loss(minus)) / (2 * h) -> (loss(plus) + loss(minus) - 2 * loss(kernel)) / h**2
        That is the curvature, the second derivative: the slope is the difference of two losses.
    [row, column] -> [:]
        You moved all the weights at once: move kernel[row, column] only.
    [row, column] -> [row]
    [row, column] -> [:, column]
        You moved a whole row or column of weights: move kernel[row, column] only.
    [row, column] -> [column, row]
        Row and column are swapped: the weight is kernel[row, column].
    += h -> *= 1 + h; -= h -> *= 1 - h
        You scaled the weight by 1 + h and 1 - h: add h to it, and subtract h from it.
    += h -> = h; -= h -> = -h
        You replaced the weight by h and by -h: add h to it with +=, and subtract h from it with -=.
    h = 1e-5
        You chose a step of your own: use the h that you are given.
    kernel.copy(), kernel.copy() -> kernel, kernel
    kernel.copy(), kernel.copy() -> kernel, kernel; -= h -> -= 2 * h
    kernel.copy(), kernel.copy() -> kernel, kernel.copy()
    kernel.copy(), kernel.copy() -> kernel.copy(), kernel
        Your function changes the kernel: plus = kernel is only a second name for it. Write kernel.copy().
    """,
)
def slope(loss, kernel, row, column, h):
    """Return the central difference of a loss along one weight; the kernel is left as it was."""
    plus, minus = kernel.copy(), kernel.copy()
    plus[row, column] += h
    minus[row, column] -= h
    return (loss(plus) - loss(minus)) / (2 * h)
