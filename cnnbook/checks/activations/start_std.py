"""Exercise: how large the first weights are."""

import numpy as np

from cnnbook.checks.exercise import exercise

SHAPES = ((1, 1, 1, 1), (1, 1, 3, 3), (1, 3, 1, 1), (4, 1, 2, 3), (8, 3, 3, 3), (3, 8, 5, 2), (64, 32, 3, 3))
SHARES = (1.0, 0.5, 0.25, 0.4)


@exercise(
    cases=[(shape, kept) for shape in SHAPES for kept in SHARES],
    mistakes="""
    _, C_in, K_h, K_w -> C_in, _, K_h, K_w
        You counted the filters: an output sums over the channels that come in, shape[1].
    C_in * K_h * K_w -> C_in
        You forgot the kernel: an output sums K_h * K_w numbers of each channel.
    C_in * K_h * K_w -> K_h * K_w
        You forgot the channels: an output sums over all that come in.
    C_in * K_h * K_w -> np.prod(shape)
        You counted all weights: count only those of one filter.
    C_in * K_h * K_w -> C_in * K_h * K_h
    C_in * K_h * K_w -> C_in * K_w * K_w
        You used one side of the kernel twice.
    C_in * K_h * K_w -> C_in + K_h * K_w
        Channels and places of the kernel multiply.
    C_in * K_h * K_w -> (C_in + shape[0]) * K_h * K_w / 2
        You took the mean of fan-in and fan-out, as Glorot does: here only the signal has to keep its size.
    ** 0.5 ->
        That is the variance: the standard deviation is its root.
    fan_in * kept -> fan_in
        You left the bend out: it keeps only a share of the mean square.
    fan_in * kept -> fan_in / kept
        The less the bend keeps, the larger the weights have to be.
    fan_in * kept -> fan_in * (1 - kept or 1)
        The share is what the bend keeps, and not what it takes away.
    1 / (fan_in * kept) -> 2 / fan_in
        That is right for a ReLU, which keeps one half: use the share that is given.
    1 / (fan_in * kept) -> 1 / (fan_in * kept**2)
        The share is one of mean squares already: it is not squared again.
    1 / (fan_in * kept) -> 3 / fan_in
    1 / (fan_in * kept) -> 3 / (fan_in * kept)
        That is how far evenly spread weights reach: their standard deviation is that by the root of 3.
    1 / (fan_in * kept) -> fan_in * kept
        The more terms a sum has, the smaller they have to be.
    1 / (fan_in * kept) -> 2 / C_in
        That is the rule of one of the sources: the 2 is a ReLU's, and the kernel is missing.
    where kept < 1
        Every case that fails has a bend that keeps less than all.
    """,
)
def start_std(shape, kept):
    """Return the standard deviation of the first weights with which signals keep their size.

    The weights have the shape (C_out, C_in, K_h, K_w), and a mean of 0; of the mean square of what goes
    into it, the bend before the layer hands on the share kept.
    """
    _, C_in, K_h, K_w = shape
    fan_in = C_in * K_h * K_w
    return float(np.float64(1 / (fan_in * kept)) ** 0.5)
