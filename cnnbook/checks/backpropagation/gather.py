"""Exercise: the gradient of a line of pixels, taken from the outputs that each pixel fed."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds
from cnnbook.shapes import output_size

ALL = grid(range(1, 8), range(1, 4), (1, 2, 3), (0, 1), fits=lambda n, k, s, p: k <= n + 2 * p)


def setting(make, n, k, stride, padding):
    """Return a case: the gradient of the output, a kernel, and the settings."""
    return make(output_size(n, k, stride, padding)), digits(k), n, stride, padding


@exercise(
    cases=[
        *(setting(signed, *case) for case in ALL),
        *(setting(thirds, n, 4, stride, 2) for n, stride in grid((5, 8, 9), (1, 2, 3))),
    ],
    mistakes="""
    i, rest = divmod(a + padding - u, stride) -> i, rest = (a + padding - u) // stride, 0
        You rounded down. A pixel and a weight meet only where (a + padding - u) is a whole number of strides.
    a + padding - u -> a - u
        You forgot the padding: pixel a stands at place a + padding of the padded line.
    a + padding - u -> a - padding - u
        The padding has the wrong sign: pixel a stands at place a + padding of the padded line.
    a + padding - u -> a + padding + u
        You went to the wrong side: place a + padding is i * stride + u, so i * stride is a + padding - u.
    a + padding - u -> a - padding + u
        Padding and weight both have the wrong sign: i * stride + u is a + padding, solved for i.
    w[u] -> w[len(w) - 1 - u]
        Your kernel is turned. With the outputs counted as i = (a + padding - u) / stride, weight u stays u.
    range(len(grad_out)) -> range(1, len(grad_out))
        You left the first output out: i may be 0.
    range(len(grad_out)) -> range(len(grad_out) - 1)
        You left the last output out.
    += -> =
        Only one of the outputs is left: a pixel that fed several collects from all of them, with +=.
    range(len(grad_out)) -> range(-len(grad_out), len(grad_out))
        You let i fall below 0, and NumPy counts negative indexes from the end: there is no output before the
        first.
    return result[: (len(grad_out) - 1) * stride - 2 * padding + len(w)]
        Your result is too short where the stride leaves a remainder: there are n pixels, and those that no
        window reaches keep a gradient of 0.
    a + padding - u, stride) -> a - u + padding * stride, stride)
        You added the padding after the division: i * stride is a + padding - u.
    range(n) -> range(-n, n)
        A pixel before the first is padding: an index below 0 counts from the end of the line.
    n, padding = n + 2 * padding, 0
        Your result still holds the frame: cut out the picture, places padding to padding + n.
    stride -> 1
        You took every stride to be 1.
    w[u] -> 1
        You added the gradients up without the weights: each way back carries the weight of the way there.
    where (n + 2 * padding - len(w)) % stride
        Every case that fails has pixels that the stride leaves over: their gradient is 0.
    where padding
        Every case that fails has padding.
    where stride > 1
        Every case that fails has a stride above 1.
    """,
)
def gather(grad_out, w, n, stride, padding):
    """Return the gradient of a line of n pixels, pixel by pixel.

    ``grad_out`` holds the gradient of each output, ``w`` the kernel that slid over the line; the
    dilation is 1. A pixel that no window reaches has a gradient of 0.
    """
    grad_x = np.zeros(n)
    for a in range(n):
        for u in range(len(w)):
            i, rest = divmod(a + padding - u, stride)
            if rest == 0 and i in range(len(grad_out)):
                grad_x[a] += w[u] * grad_out[i]
    return grad_x
