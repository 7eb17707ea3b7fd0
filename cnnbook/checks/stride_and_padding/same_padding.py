"""Exercise: the padding that keeps the size, before and after."""

from cnnbook.checks.exercise import exercise, grid


@exercise(
    cases=grid(range(1, 9), (1, 2, 3, 5)),
    mistakes="""
    return result[::-1]
        Where one entry is left over, you put it at the start: PyTorch and this book put it at the end.
    dilation * (kernel_size - 1) -> dilation * kernel_size
        You counted one weight too many: from the first weight to the last there are kernel_size - 1 steps.
    dilation * (kernel_size - 1) -> dilation * kernel_size - 1
        Python multiplies first: write dilation * (kernel_size - 1).
    dilation * (kernel_size - 1) -> dilation * (kernel_size - 1) + 1
        That is how many pixels the kernel spans: it takes one less away, so add one less.
    dilation * (kernel_size - 1) -> kernel_size - 1
        The dilation is not used: each step from weight to weight is dilation pixels long.
    total - before -> before
        Where the whole is odd, one entry is missing: what is not before has to come after.
    return (kernel_size // 2, kernel_size // 2)
        That is right for an odd kernel without dilation: the whole is dilation * (kernel_size - 1).
    return (result[0] + result[1],) * 2
        You put the whole on each side: half of it belongs on each.
    total // 2 -> total / 2
        Half an entry cannot be added: round the half before down, and put the rest after.
    return result[0] + result[1]
        This is the whole: return two numbers, what comes before and what comes after.
    where dilation > 1
        Every case that fails has a dilation above 1: the kernel takes dilation * (kernel_size - 1) away.
    where dilation * (kernel_size - 1) % 2 == 1
        Every case that fails has an odd number of entries to add: one more at the end.
    """,
)
def same_padding(kernel_size, dilation):
    """Return how many entries to add before and after, so that a line keeps its length at stride 1."""
    total = dilation * (kernel_size - 1)
    before = total // 2
    return before, total - before
