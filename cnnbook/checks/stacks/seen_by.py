"""Exercise: what one entry of a deep layer sees of the picture."""

from cnnbook.checks.exercise import exercise, grid

LAYERS = grid((1, 2, 3), (1, 2), (0, 1))
DEEP = [(7, 2, 3), (3, 2, 1), (3, 1, 1), (2, 3, 0), (4, 1, 2)]
STACKS = [
    [],
    *([layer] for layer in LAYERS),
    *([first, second] for first in LAYERS for second in LAYERS[2::3]),
    *([first, second, DEEP[3]] for first in LAYERS[::5] for second in LAYERS[1::4]),
    *([(3, 1, 1)] * 3, [(3, 2, 1)] * 3, [(5, 3, 0), (2, 1, 0)], DEEP[:3], DEEP[:4], DEEP[::-1], DEEP),
]


@exercise(
    cases=[tuple(tuple(layer[n] for layer in stack) for n in range(3)) for stack in STACKS],
    mistakes="""
    size, jump, start = 1, 1, 0 -> size, jump, start = 0, 1, 0; (k - 1) * jump -> k * jump
    (k - 1) * jump -> k * jump
        Each layer adds kernel_size - 1 jumps, not kernel_size: its first pixel was counted before.
    (k - 1) * jump -> k - 1; p * jump -> p
        You did not use the jump: a step of a layer is as many pixels as the strides before it make.
    (k - 1) * jump -> k - 1
        The size does not use the jump: kernel_size - 1 steps of a deep layer are jump pixels each.
    (k - 1) * jump -> (k - 1) * jump * s; p * jump -> p * jump * s
    (k - 1) * jump -> (k - 1) * jump * s
    p * jump -> p * jump * s
        You changed the jump too early: a layer's own stride counts for the layers after it.
    (k - 1) * jump -> (k - 1) * s; p * jump -> p * s
    (k - 1) * jump -> (k - 1) * s
        You used a layer's own stride: the jump is the product of the strides of all layers before it.
    (k - 1) * jump -> k // 2 * 2 * jump
        An even kernel, too, adds kernel_size - 1 jumps.
    jump *= s -> jump += s
    jump *= s -> jump += s - 1
        You added the strides: the jump is their product.
    jump *= s -> jump = s
        Only the last stride is left: the jump is the product of all strides.
    start -= -> start +=
        The start has the wrong sign: padding lets the first window begin before the picture, below 0.
    p * jump -> p
        The start does not use the jump: one padded entry of a deep layer is jump pixels wide.
    p * jump -> 0
        You left the padding out: the start lies before the picture, below 0.
    return result[0], result[1], -sum(paddings) * result[1]
        You multiplied all paddings by the last jump: each layer's padding has the jump before that layer.
    start -= p * jump -> start = -p * jump
        Only the last layer's padding is left: every layer moves the start, so subtract it from what is there.
    size += -> size = 1 +
        Only the last layer counts in the size: every layer adds to it.
    size, jump, start = 1, 1, 0 -> size, jump, start = 0, 1, 0
        Your field is one pixel too small: with no layer at all an entry sees one pixel, itself.
    (k - 1) * jump -> (k - 1) * jump + 2 * p * jump
    (k - 1) * jump -> (k - 1) * jump - 2 * p * jump
    (k - 1) * jump -> (k - 1) * jump - p
    (k - 1) * jump -> (k - 1) * jump + p
        Padding moves the field, and does not change its size.
    start -= p * jump -> start += (k - 1) // 2 * jump - p * jump
    start -= p * jump -> start += (k - 1) / 2 * jump - p * jump
    return result[0], result[1], int(result[2] + (result[0] - 1) / 2)
        That is the centre of the field. The start is its first pixel, so the kernel's size does not count.
    return result[0], result[2], result[1]
    return result[1], result[0], result[2]
        These are the right numbers in another order: size, jump, start.
    kernel_sizes, strides, paddings = kernel_sizes[::-1], strides[::-1], paddings[::-1]
        You began at the wrong end: the first numbers belong to the layer next to the picture.
    """,
)
def seen_by(kernel_sizes, strides, paddings):
    """Return size, jump and start of the receptive field, of tuples with a number for each layer."""
    size, jump, start = 1, 1, 0
    for k, s, p in zip(kernel_sizes, strides, paddings, strict=True):
        size += (k - 1) * jump
        start -= p * jump
        jump *= s
    return size, jump, start
