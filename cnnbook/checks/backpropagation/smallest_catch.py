"""Exercise: the smallest picture that exposes a backward pass without a remainder."""

from cnnbook.checks.exercise import exercise, grid


@exercise(
    cases=grid(range(1, 7), range(2, 6), range(4)),
    mistakes="""
    return result - (result > max(1, kernel_size - 2 * padding))
        That is the smallest picture on which a window fits, and the slip needs something left over: try one
        more pixel.
    int(rest == 0) -> -rest % stride
    rest == 0 -> rest != 0
        You found a picture on which it looks right: the slip shows where something is left over.
    2 * padding -> padding
        The padding stands on both sides: it counts twice.
    2 * padding -> 0
        You left the padding out.
    rest == 0 -> 1
        You always take one pixel more: with much padding a picture of a single pixel may leave something over
        already.
    max(1, kernel_size - 2 * padding) -> kernel_size - 2 * padding
        A picture has at least one pixel.
    max(1, kernel_size - 2 * padding) -> kernel_size
        A smaller picture would do: with padding it may be smaller than the kernel.
    return result + stride
        You found a later one: there is a smaller picture.
    return result + 2 * padding
        You counted the padding in: the picture is n, without it.
    return max(result, stride + 1)
        A smaller picture would do: it need not be larger than the stride.
    kernel_size - 2 * padding -> 1
        No window may fit there: n + 2 * padding has to be kernel_size at least.
    int(rest == 0) -> stride - 1 - rest
        You left over as much as possible: a single pixel that is left over is enough.
    return result - (result + 2 * padding - kernel_size) % stride
        That is how many pixels the pass returns: asked is the picture, which has more.
    where padding
        Every case that fails has padding.
    """,
)
def smallest_catch(kernel_size, stride, padding):
    """Return the smallest picture on which the backward pass without a remainder has a wrong shape.

    That pass makes a gradient of ``(n_out - 1) * stride + kernel_size - 2 * padding`` pixels. The picture
    has n pixels in a line, at least 1, and a window has to fit into it once it is padded; the stride is at
    least 2.
    """
    n = max(1, kernel_size - 2 * padding)
    rest = (n + 2 * padding - kernel_size) % stride
    return n + int(rest == 0)
