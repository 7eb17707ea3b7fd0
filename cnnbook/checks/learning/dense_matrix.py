"""Exercise: the matrix that does what a kernel does."""

import numpy as np

from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import digits, shapes, signed, thirds
from cnnbook.checks.wording import COUNT, OBLONG

LARGE = (((7, 7), (3, 3)), ((5, 6), (3, 2)), ((4, 7), (2, 3)))


@exercise(
    cases=[
        *((signed(*kernel), image) for image, kernel in [*shapes(3), *LARGE]),
        *((make(2, 3), size) for make in (thirds, digits) for size in ((3, 4), (4, 3))),
    ],
    mistakes=f"""
    return result.T
        Your matrix is transposed: an output has a row of it, a pixel a column.
    kernel = kernel[::-1, ::-1]
        Your kernel is flipped: put kernel[u, v] where pixel (i + u, j + v) stands.
    kernel = kernel.T.reshape(kernel.shape)
        You read the kernel transposed: the row comes first, kernel[u, v], and then the column.
    i * W_out + j, -> i + H_out * j,; (i + u) * W + j + v -> (j + v) * H + i + u
        You count column by column. Count row by row: pixel (r, c) is number r * W + c, and so for outputs.
    * W + j -> * H + j
        You count the pixels with the height: a row is W pixels long, so pixel (r, c) is number r * W + c.
    * W + j -> * W_out + j
        You count the pixels with the width of the output: pixel (r, c) is number r * W + c.
    (i + u) * W + j + v -> i * W + j + u * K_w + v
        The weights of a window do not stand side by side: between two rows of it lie W - K_w other pixels.
    (i + u) * W + j + v -> (i * W_out + j + u * W + v) % (H * W)
        Each row of your matrix is the one above, moved on by one. At the end of a row the window jumps.
    i * W_out + j, -> i * H_out + j,
        You count the outputs with H_out: a row of them is W_out long, so output (i, j) is i * W_out + j.
    i * W_out + j, -> i * W + j,
        You count the outputs with the width of the picture: a row of them is W_out long.
    i * W_out + j, -> i + H_out * j,
        You count the outputs column by column. Count them row by row: output (i, j) is i * W_out + j.
    i * W_out + j, -> i,
        You put all windows of a row into one line of the matrix: count on with j, i * W_out + j.
    (i + u) * W + j + v -> (j + v) * H + i + u
        You count the pixels column by column. Count them row by row: pixel (r, c) is number r * W + c.
    return np.pad(result, ((0, image_shape[0] * image_shape[1] - len(result)), (0, 0)))
        There are fewer outputs than pixels, so the matrix is not square. {COUNT}
    return result.reshape(image_shape[0] - kernel.shape[0] + 1, -1, *image_shape)
        These are the right numbers with four axes: reshape them to (outputs, pixels).
    where image_shape[0] != image_shape[1] or kernel.shape[0] != kernel.shape[1]
        {OBLONG}
    """,
)
def dense_matrix(kernel, image_shape):
    """Return the matrix that maps an image to its output, both counted row by row."""
    (H, W), (K_h, K_w) = image_shape, kernel.shape
    H_out, W_out = H - K_h + 1, W - K_w + 1
    matrix = np.zeros((H_out * W_out, H * W))
    for i, j, u, v in np.ndindex(H_out, W_out, K_h, K_w):
        matrix[i * W_out + j, (i + u) * W + j + v] = kernel[u, v]
    return matrix
