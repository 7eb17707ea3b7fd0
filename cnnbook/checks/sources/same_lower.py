"""Exercise: the padding of the word "same", the larger part before."""

from cnnbook.checks.exercise import exercise, grid


@exercise(
    cases=grid(range(1, 9), range(1, 6), range(1, 4), range(1, 3)),
    mistakes="""
    total - total // 2, total // 2 -> total // 2, total - total // 2
        You put the larger part after: that is the other kind of "same".
    -(-n // stride) -> n // stride
        You rounded the number of windows down: each stride that is begun gets a window.
    -(-n // stride) -> n // stride + 1
        You counted one window too many where the stride divides n: round up.
    - n, 0) -> - n, -99)
        The padding is negative where the windows need less than there is: then it is 0.
    dilation * (kernel_size - 1) + 1 -> kernel_size
        You left the dilation out: a kernel spans more than its entries.
    dilation * (kernel_size - 1) + 1 -> (dilation + 1) * (kernel_size - 1) + 1
        You counted the pixels between two weights: here the dilation is the step, and 1 means none.
    dilation * (kernel_size - 1) + 1 -> dilation * kernel_size
        Behind the last weight there is no gap: k weights have k - 1 steps between them.
    (windows - 1) * stride -> windows * stride
        The first window starts at 0, so the last one starts windows - 1 steps further.
    (windows - 1) * stride -> (windows - 1)
        You left the stride out of the last window's start.
    stride = 1
        You took every step as 1: the stride decides how many windows there are, and where they start.
    total - total // 2, total // 2 -> total, total
        You put the whole padding on each side: half of it stands before.
    total - total // 2, total // 2 -> total, 0
        You put all of it before: the smaller half stands after.
    total - total // 2, total // 2 -> total // 2, total // 2
        An odd padding loses one: its two parts add up to the whole.
    """,
)
def same_lower(n, kernel_size, stride, dilation):
    """Return the padding before and after, the larger part before, for one window per step of the stride."""
    windows = -(-n // stride)
    span = dilation * (kernel_size - 1) + 1
    total = max((windows - 1) * stride + span - n, 0)
    return total - total // 2, total // 2
