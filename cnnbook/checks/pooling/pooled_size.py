"""Exercise: how many windows, rounded down or up."""

from cnnbook.checks.exercise import exercise, grid

SIDES = grid(range(1, 8), range(1, 5), range(1, 5), range(3), (False, True))


@exercise(
    cases=[
        *((n, k, s, p, up) for n, k, s, p, up in SIDES if 2 * p <= k <= n + 2 * p),
        *((112, 3, 2, 0, True), (112, 3, 2, 1, True), (28, 2, 3, 1, True), (55, 3, 2, 0, True)),
    ],
    mistakes="""
    windows * stride - padding < n -> True
        Not every window more is allowed: one that would start behind the last pixel is left out.
    windows * stride - padding < n -> True; return result - (ceil_mode and (result - 1) * stride >= n)
    windows * stride - padding < n -> windows * stride < n
        The windows start in the frame: window i starts on pixel i * stride - padding.
    - padding < n -> - padding <= n
    - padding < n -> - padding < n + padding
        A window more has to start inside the picture, on pixel n - 1 at the latest.
    - padding < n -> - padding < n - 1
        A window more may start on the last pixel, n - 1, too.
    room % stride and windows * stride - padding < n -> True
    room % stride -> True
        There is a window more only if something is left over after the last one.
    ceil_mode and -> False and
        You always round down: with ceil_mode, what is left over gets a window of its own.
    ceil_mode and ->
        You always round up: without ceil_mode, what is left over is dropped.
    ceil_mode and -> not ceil_mode and
        You round up where ceil_mode is false, and down where it is true.
    2 * padding -> padding
        You counted the padding once: it is added on each side.
    + 2 * padding ->
        You left the padding out: the windows slide over n + 2 * padding pixels.
    room // stride + 1 -> room // stride
        One window too few: the first one counts as well, so add 1.
    stride -> kernel_size
        Your windows lie side by side: the next one starts stride pixels further.
    where ceil_mode
        Every case that fails rounds up.
    """,
)
def pooled_size(n, kernel_size, stride, padding, ceil_mode):
    """Return how many windows there are along one side."""
    room = n + 2 * padding - kernel_size
    windows = room // stride + 1
    if ceil_mode and room % stride and windows * stride - padding < n:
        windows += 1
    return windows
