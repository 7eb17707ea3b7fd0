"""Exercise: the gradient of a kernel, from the picture and the gradient of the output."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds
from cnnbook.checks.wording import OBLONG
from cnnbook.shapes import output_size

SIZES = (
    ((1, 2), (1, 1)),
    ((2, 2), (1, 2)),
    ((3, 2), (2, 2)),
    ((3, 4), (2, 3)),
    ((4, 4), (2, 2)),
    ((5, 3), (3, 2)),
    ((5, 6), (2, 3)),
    ((6, 6), (3, 3)),
    ((7, 4), (1, 3)),
    ((6, 9), (3, 2)),
    ((6, 9), (2, 4)),
)
STRIDES = ((1, 1), (2, 2), (1, 2), (3, 1))


def setting(make, size, kernel, stride):
    """Return a case: a picture, the gradient of its output, and the settings."""
    out = (*map(output_size, size, kernel, stride),)
    return digits(*size), make(*out), kernel, stride


@exercise(
    cases=[
        *(setting(signed, *sizes, stride) for sizes, stride in grid(SIZES, STRIDES)),
        *(setting(thirds, *sizes, (1, 2)) for sizes in SIZES[3:]),
        *((thirds(*size), signed(*map(output_size, size, kernel)), kernel, (1, 1)) for size, kernel in SIZES),
    ],
    mistakes=f"""
    += -> =
        Only the last window is left: every window adds its share to each weight, so add with +=.
    i * s_h -> i; j * s_w -> j
        You lay the windows one pixel apart: window (i, j) starts at pixel (i * s_h, j * s_w).
    i * s_h -> i * s_w; j * s_w -> j * s_h
        The two strides are swapped: the first number of the pair goes down the rows, the second across.
    i * s_h -> i * K_h; j * s_w -> j * K_w
        You lay the windows side by side: window (i, j) starts at pixel (i * s_h, j * s_w).
    return result / grad_out.size
        You took the mean over the windows. The gradient is their sum: if a mean is wanted, it is part of the
        loss, and in grad_out already.
    return result[::-1, ::-1]
        Your gradient is turned by 180 degrees. Nothing is turned here: weight (u, v) met pixel (i * s_h + u,
        j * s_w + v).
    grad_out[i, j] -> grad_out[H_out - 1 - i, W_out - 1 - j]
        You took the output gradients from the end: window (i, j) goes with grad_out[i, j].
    grad_out[i, j] -> 1
        You added the windows up as they are: each is first multiplied by its own number of grad_out.
    return result.T
        Rows and columns of your gradient are swapped: it has the shape of the kernel, rows first.
    return result * 2
        Your gradient is twice as large. A factor of the loss is in grad_out already.
    return -result
        Your gradient has the other sign. It points uphill; the minus sign belongs to the step.
    return np.sign(result)
        You return signs only: the gradient says how steep, too.
    where stride != (1, 1)
        Every case that fails has a stride above 1.
    where any((n - k) % s for n, k, s in zip(x.shape, kernel_size, stride))
        Every case that fails has pixels that no window reaches: they take no part.
    where kernel_size[0] != kernel_size[1] or x.shape[0] != x.shape[1] or stride[0] != stride[1]
        {OBLONG}
    """,
)
def kernel_gradient(x, grad_out, kernel_size, stride):
    """Return the gradient of a kernel that slid over a picture.

    ``x`` is the picture (H, W), ``grad_out`` the gradient of the output, one number a window;
    ``kernel_size`` and ``stride`` are (height, width) pairs. There is no padding. The result has the
    kernel's shape.
    """
    (K_h, K_w), (s_h, s_w), (H_out, W_out) = kernel_size, stride, grad_out.shape
    total = np.zeros((K_h, K_w))
    for i, j in np.ndindex(H_out, W_out):
        total += grad_out[i, j] * x[i * s_h : i * s_h + K_h, j * s_w : j * s_w + K_w]
    return total
