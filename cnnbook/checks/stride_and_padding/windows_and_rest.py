"""Exercise: how many windows fit, and what they leave over."""

from cnnbook.checks.exercise import exercise, grid

SIDES = grid(range(1, 8), range(1, 5), range(1, 4), range(3), fits=lambda n, k, s, p: k <= n + 2 * p)


@exercise(
    cases=[*SIDES, (7, 3, 5, 1), (224, 7, 2, 3), (227, 11, 4, 0), (28, 5, 1, 2), (5, 1, 3, 4)],
    mistakes="""
    room // stride + 1 -> (room + 1) // stride
        You divided after adding 1. Divide n + 2 * padding - kernel_size by the stride, and then add 1.
    stride + 1 -> stride
        One window too few: the first window starts at 0 and counts as well, so add 1.
    room // stride -> -(-room // stride)
    room // stride -> round(room / stride)
        You rounded up. A window that would end beyond the frame does not fit: round down.
    room // stride + 1 -> -(-room // stride)
        A window that ends exactly where the side ends fits, too: compare with <=, not with <.
    2 * padding -> padding
        You counted the padding once. It is added on each side, so there are n + 2 * padding entries.
    + 2 * padding ->
        You left the padding out: the windows slide over n + 2 * padding entries.
    stride -> 1
        You left the stride out: windows start at 0, stride, 2 * stride, and so on.
    stride -> kernel_size
        Your windows lie side by side: the next one starts stride entries further, not kernel_size.
    room % stride -> (n + 2 * padding) % stride
        What is left over is not the rest of dividing the whole side by the stride: take the kernel off first.
    room % stride -> n % stride
    room % stride -> (n - kernel_size) % stride
    room % stride -> room % stride - padding
    room % stride -> max(room % stride - padding, 0)
        What is left over is counted on the padded side, frame included, so it takes 2 * padding as well.
    room % stride -> (n + 2 * padding) % kernel_size
        You divided the side by the kernel's size: windows start stride entries apart.
    room % stride -> n + 2 * padding - (room // stride + 1) * kernel_size
    room % stride -> n + 2 * padding - (room // stride + 1) * stride
        The last window starts at (windows - 1) * stride and ends kernel_size later: what is left follows it.
    room % stride -> room // stride
        That is the quotient, //: what is left over is the rest, %.
    room % stride -> (-room) % stride
        That is how much is missing for one window more. Count the entries after the end of the last window.
    room % stride -> 0
        Nothing seems to be left over, but the last window may end before the padded side does.
    """,
)
def windows_and_rest(n, kernel_size, stride, padding):
    """Return how many windows fit along one side, and how many entries at its padded end are in none."""
    room = n + 2 * padding - kernel_size
    return room // stride + 1, room % stride
