"""Exercise: a dense layer at every place of a larger picture."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds
from cnnbook.checks.wording import OBLONG

WINDOWS = ((1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 2))
PICTURES = ((2, 2), (2, 3), (3, 2), (3, 4), (4, 4), (5, 3))


def setting(make, C, window, picture, outputs, bias=digits):
    """Return a case: a picture, the weights and the bias of a layer, and the size that it was made for."""
    weight = signed(outputs, C * window[0] * window[1])
    return make(C, *picture), weight, bias(outputs), window


def fits(C, window, picture, outputs):
    """Tell whether the window fits into the picture."""
    return window[0] <= picture[0] and window[1] <= picture[1]


@exercise(
    cases=[
        *(setting(digits, *case) for case in grid((1, 2), WINDOWS, PICTURES, (1, 3), fits=fits)),
        *(setting(thirds, *case, signed) for case in grid((2,), WINDOWS, PICTURES[3:], (1, 2), fits=fits)),
    ],
    mistakes=f"""
    .ravel() -> .transpose(0, 2, 1).ravel()
        You flattened each channel column by column: the weights were made for row by row.
    .ravel() -> .transpose(1, 2, 0).ravel()
        You flattened with the channels last: the weights were made for one channel after the other.
    .ravel() -> [::-1].ravel()
        You took the channels from the last to the first.
    weight @ -> weight[:, ::-1] @
        Your weights are turned: nothing is flipped here, weight k goes with number k of the flattened window.
    + bias ->
        The bias is missing.
    H - h + 1, W - w + 1 -> H - h, W - w
        The last place is missing in each direction: H - h + 1 windows fit one below the other.
    x.shape, size -> x.shape, size[::-1]
        Height and width of the window are swapped: size is (rows, columns).
    return result[:, :: size[0], :: size[1]]
        You moved on by a whole window: the next place is one pixel further.
    return result.transpose(1, 2, 0)
        The outputs are your last axis: they come first, as channels do.
    return result.mean(axis=(1, 2))
        You took the mean over all places: each place keeps its own outputs.
    return result.astype(int)
        Your numbers are cut off: leave the fractions.
    where len(x) > 1
        Every case that fails has several channels: one whole channel comes before the next.
    where size[0] != size[1]
        {OBLONG}
    """,
)
def slide_dense(x, weight, bias, size):
    """Return the outputs of a dense layer at every place of a larger picture.

    ``x`` is the picture (C, H, W). The layer was made for pictures (C, h, w), ``size`` is its (h, w);
    ``weight`` has the shape (outputs, C * h * w), and ``bias`` (outputs,). The result has the shape
    (outputs, H - h + 1, W - w + 1).
    """
    (_, H, W), (h, w) = x.shape, size
    y = np.zeros((len(weight), H - h + 1, W - w + 1))
    for i, j in np.ndindex(y.shape[1:]):
        y[:, i, j] = weight @ x[:, i : i + h, j : j + w].ravel() + bias
    return y
