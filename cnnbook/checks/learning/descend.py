"""Exercise: many steps downhill."""

from cnnbook.checks.attempt import Formula
from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds

SLOPES = [
    Formula("lambda kernel: 2 * (kernel - 1)"),
    Formula("lambda kernel: kernel**3 / 100"),
    Formula("lambda kernel: kernel - kernel.mean() + 3"),
]


@exercise(
    cases=[
        *(
            (slopes, kernel(*shape), step, steps)
            for slopes, kernel, shape, step, steps in grid(
                SLOPES, (signed, digits), [(1, 1), (2, 2), (2, 3)], (0.25, 0.5), (0, 1, 2, 5)
            )
        ),
        *((slopes, thirds(3, 3), 0.1, steps) for slopes, steps in grid(SLOPES, (1, 3))),
    ],
    mistakes="""
    - step -> + step
        You went uphill: the slopes point to where the loss grows, so subtract.
    range(steps) -> range(steps + 1)
        You made one step too many.
    range(steps) -> range(steps - 1)
        You made one step too few.
    range(steps) -> range(1)
        You made a single step: repeat it.
    slopes = slopes_of(kernel); slopes_of(kernel) -> slopes
        You used the slopes of the first kernel for every step: ask slopes_of again after each of them.
    start = kernel; kernel - step * slopes_of(kernel) -> start - step * slopes_of(start)
        Only one step counts: does the return stand inside the loop, or does each step begin at the first
        kernel again?
    slopes_of(kernel) -> np.sign(slopes_of(kernel))
        You used the sign of the slopes only: a steep weight has to move further than a flat one.
    step * slopes_of(kernel) -> slopes_of(kernel)
        You subtracted the whole slope: multiply it by the step first.
    kernel - step -> -step
        This is the last step alone: subtract it from the kernel.
    kernel = kernel - -> kernel -=
        Your function changes the kernel that it was given: kernel = kernel - ... makes a new array.
    return slopes_of(result)
        These are the slopes at the end: return the kernel.
    return np.stack([kernel] * steps + [result])
    return [kernel, result]
        Return the last kernel only, as an array.
    step * -> step * steps *
        You multiplied by the number of steps: each step is as long as step says.
    where steps == 0
        Every case that fails makes no step at all: then the kernel stays as it is.
    where steps > 1
        Every case that fails makes more than one step: is each like the first, from where the last one ended?
    """,
)
def descend(slopes_of, kernel, step, steps):
    """Return the kernel after so many steps downhill; slopes_of takes a kernel and returns its slopes."""
    for _ in range(steps):
        kernel = kernel - step * slopes_of(kernel)
    return kernel
