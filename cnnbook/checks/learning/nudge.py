"""Exercise: a step downhill."""

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds

SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 3))


@exercise(
    cases=[
        *((digits(*shape), signed(*shape), step) for shape, step in grid(SHAPES, (0.5, 0.1, 2.0, 0.0))),
        *((thirds(*shape), make(*shape) / 7, 0.3) for shape, make in grid(SHAPES, (digits, signed))),
        (signed(2, 2), digits(2, 2) / 7, 0.3),
    ],
    mistakes="""
    - step -> + step
        You went uphill: the slope points to where the loss grows, so subtract.
    step * slopes -> slopes
        You subtracted the whole slope: multiply it by the step first.
    slopes -> np.sign(slopes)
        You used the sign of the slope only: a steep weight has to move further than a flat one.
    kernel - step -> -step
    kernel - step -> step
        This is the step alone: add it to the kernel.
    return kernel * (1 - step * slopes)
        You multiplied the kernel by the step: subtract the step from it.
    step * slopes -> slopes / step
        You divided the slope by the step: multiply.
    step * slopes -> step
        Every weight moves by the same amount: multiply the step by each weight's own slope.
    slopes -> abs(slopes)
        You dropped the slope's sign: a weight whose slope is negative has to grow.
    slopes -> slopes.mean()
    slopes -> slopes.sum()
    slopes -> slopes.mean(axis=0)
    slopes -> slopes.mean(axis=1, keepdims=True)
        You used one slope for all weights: each moves by its own.
    step * slopes -> step * slopes / np.linalg.norm(slopes)
        You divided the slopes by their length: only the step scales them.
    kernel - step * slopes -> step * (kernel - slopes)
    kernel - step * slopes -> (1 - step) * kernel - step * slopes
        You shrank the kernel as well: the kernel itself is not multiplied by anything.
    """,
)
def nudge(kernel, slopes, step):
    """Return the kernel after one step downhill, as a new array."""
    return kernel - step * slopes
