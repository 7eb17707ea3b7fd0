"""Exercise: the parameters of a convolutional layer."""

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.wording import OBLONG


@exercise(
    cases=[
        *grid((1, 2, 3), (1, 2, 4), ((1, 1), (3, 3), (2, 3), (3, 1))),
        *(
            (1, 6, (5, 5)),
            (3, 64, (3, 3)),
            (512, 512, (3, 3)),
            (64, 16, (1, 1)),
            (5, 7, (1, 9)),
            (7, 5, (4, 2)),
        ),
    ],
    mistakes=f"""
    K_h * K_w + 1 -> K_h * K_w
        These are the weights. The biases are learned, too: one for each filter.
    C_in * K_h -> K_h
        You counted one slice for each filter. A filter has a slice for each of the C_in input channels.
    C_out * (C_in * K_h * K_w + 1) -> C_in * K_h * K_w + C_out
        Those are the weights of one filter only, with the biases of all: there are C_out filters.
    C_out * ( -> (
        That is one filter with its bias. There are C_out of them.
    C_in * K_h * K_w + 1 -> C_in * (K_h * K_w + 1)
    (C_in * K_h * K_w + 1) -> (C_in + 1) * K_h * K_w
        You gave every slice a bias. It is one number for each filter, added to the sum of its slices.
    (C_in * K_h * K_w + 1) -> C_in * K_h * K_w + C_in
    (C_in * K_h * K_w + 1) -> (C_in * K_h * K_w + 1) + C_in
        You counted a bias for each input channel. A bias belongs to a filter, so there are C_out of them.
    (C_in * K_h * K_w + 1) -> C_in * K_h * K_w + 1
        You counted one bias for the whole layer. Every filter has one of its own.
    C_out * (C_in * K_h * K_w + 1) -> (C_out + C_in) * K_h * K_w + C_out
        You added the two numbers of channels. Every filter has a slice for every input channel: multiply.
    C_in * K_h * K_w + 1 -> C_in * (K_h + K_w) + 1
        You added height and width: a slice has K_h * K_w weights.
    C_in * K_h * K_w -> C_in * K_h * K_h
    C_in * K_h * K_w -> C_in * K_w * K_w
    where kernel_shape[0] != kernel_shape[1]
        {OBLONG}
    """,
)
def count_parameters(C_in, C_out, kernel_shape):
    """Return how many numbers a layer learns; ``kernel_shape`` is a (height, width) pair."""
    K_h, K_w = kernel_shape
    return C_out * (C_in * K_h * K_w + 1)
