"""Exercise: corners, by sums and ReLU."""

import numpy as np

from cnnbook.activations import relu
from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import digits, signed
from cnnbook.checks.wording import OBLONG

SIZES = ((2, 2), (2, 3), (3, 2), (3, 3), (3, 5), (4, 4), (5, 3))
WINDOWS = np.array([[n >> k & 1 for k in range(4)] for n in range(16)], float).reshape(16, 2, 2)


@exercise(
    cases=[
        *((window,) for window in WINDOWS),
        *((digits(*size) % 2,) for size in SIZES),
        *((1.0 * (signed(*size) > 0),) for size in SIZES),
        (np.pad(np.ones((3, 4)), 1),),
        (1 - np.pad(np.ones((2, 3)), 1),),
    ],
    mistakes=f"""
    relu(s) - 2 * relu(s - 1) + 2 * relu(s - 2) - 2 * relu(s - 3) -> s
        You added the four pixels: 2 and 4 are no corners, so the sum has to be bent.
    - 2 * relu(s - 1) -> - relu(s - 1)
        From 1 to 2 the answer has to go down. A ReLU taken once only stops the rise: take it twice.
    + 2 * relu(s - 2) ->
        From 2 to 3 the answer has to go up again: one dark pixel among bright ones is a corner, too.
    - 2 * relu(s - 3) ->
        Four bright pixels are no corner: from 3 to 4 the answer has to go down again.
    relu(s) - 2 * relu(s - 1) + 2 * relu(s - 2) - 2 * relu(s - 3) -> 1.0 * (s == 1)
        You find one bright pixel among dark ones: one dark pixel among bright ones is a corner, too.
    relu(s) - 2 * relu(s - 1) + 2 * relu(s - 2) - 2 * relu(s - 3) -> 1.0 * (s == 3)
        You find one dark pixel among bright ones: one bright pixel among dark ones is a corner, too.
    relu(s) - 2 * relu(s - 1) + 2 * relu(s - 2) - 2 * relu(s - 3) -> 1.0 * (s == 2)
        You find windows with two bright pixels: those are edges and diagonals.
    relu(s) - 2 * relu(s - 1) + 2 * relu(s - 2) - 2 * relu(s - 3) -> 1.0 * (s > 0)
        You find windows with any bright pixel: their number has to be odd.
    return 1 - result
        Your zeros and ones are exchanged: 1 says that there is a corner.
    image[1:, 1:] -> image[1:, :-1]
    image[:-1, 1:] -> image[:-1, :-1]
        One pixel of the window counts twice, and another not at all.
    return np.pad(result, ((0, 1), (0, 1)))
        There is an answer for each window that fits: H - 1 rows, W - 1 columns.
    where image.shape[0] != image.shape[1]
        {OBLONG}
    """,
)
def corners(image):
    """Return 1 where an odd number of the four pixels of a 2 x 2 window is bright, else 0."""
    s = image[:-1, :-1] + image[:-1, 1:] + image[1:, :-1] + image[1:, 1:]
    return relu(s) - 2 * relu(s - 1) + 2 * relu(s - 2) - 2 * relu(s - 3)
