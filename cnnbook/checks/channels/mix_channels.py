"""Exercise: the 1 x 1 convolution, new channels as mixtures of old ones."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds

SHAPES = grid((1, 2, 3), (1, 2, 4), ((1, 2), (2, 2), (2, 3), (3, 2)))


@exercise(
    cases=[
        *((digits(C_in, *size), signed(C_out, C_in)) for C_in, C_out, size in SHAPES),
        *((x(3, 4, 3), matrix(3, 3)) for x, matrix in grid((thirds, digits), (thirds, signed))),
    ],
    mistakes="""
    matrix = matrix.T
        Your matrix is transposed: matrix[o, c] says how much of channel c goes into output channel o.
    return matrix @ x
        With three axes, @ sums over the rows of the picture, not over the channels: reshape x first.
    return (x.reshape(-1, len(x)) @ matrix.T).reshape(result.shape)
    return (x.reshape(-1, len(x)) @ matrix.T).T.reshape(result.shape)
        The channels of a pixel do not lie side by side: x is channels first. Reshape it to (C_in, H * W).
    return np.moveaxis(result, 0, -1).reshape(result.shape)
        The mixtures are right, and then a reshape has scrambled them: keep the channels in front throughout.
    return result.reshape(len(matrix), -1)
        These are the right mixtures in one line each: give them back their height and width.
    return np.moveaxis(result, 0, -1)
        Your channels come last. The layout of the input stays: channels first.
    return matrix[:, :, None, None] * x
        These are the products of every channel with every number: sum them over the input channels.
    return result / len(x)
    matrix = matrix / np.abs(matrix).sum(axis=1, keepdims=True)
    matrix = matrix / matrix.sum(axis=1, keepdims=True)
        You took the mean over the channels: sum them, and do not divide.
    return np.array([matrix[c, c] * x[c] for c in range(len(x))])
        Each of your channels is an old one, scaled. A mixture takes from every input channel.
    return matrix[:, -1, None, None] * x[-1]
        Only the last channel is left: add each product to the sum with +=.
    return matrix[:, 0, None, None] * x[0]
        Only the first channel counts: sum over all of them.
    return np.concatenate([result, 0 * x])[: len(x)]
        Your result has as many channels as x: it has one for each row of the matrix.
    return (matrix[:, :, None, None] * x).max(axis=1)
        You took the largest product of each pixel: sum them over the input channels.
    return result.reshape(len(matrix), *x.shape[:0:-1]).swapaxes(1, 2)
    return (matrix @ x.reshape(len(x), -1, order="F")).reshape(result.shape)
        The pixels are read in one order and laid down in another: both reshapes go row by row.
    return result.swapaxes(1, 2)
    return result.reshape(-1, *x.shape[:0:-1])
        The mixtures are right, and height and width have changed places.
    return matrix.sum(axis=1)[:, None, None] * x.sum(axis=0)
    return matrix.sum(axis=1)[:, None, None] * x[np.arange(len(matrix)) % len(x)]
        Each channel meets its own number of the matrix, matrix[o, c] * x[c], before anything is summed.
    """,
)
def mix_channels(x, matrix):
    """Return (C_out, H, W) of x, (C_in, H, W), and a matrix, (C_out, C_in): a 1 x 1 convolution."""
    return np.tensordot(matrix, x, axes=1)
