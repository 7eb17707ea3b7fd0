"""Exercise: how many layers it takes to see so far."""

from cnnbook.checks.exercise import exercise, grid


@exercise(
    cases=grid((1, 2, 3, 4, 5, 7, 9, 10, 28, 32, 100, 224), (2, 3, 4, 5, 7)),
    mistakes="""
    -(-(pixels - 1) // (kernel_size - 1)) -> (pixels - 1) // (kernel_size - 1)
        You rounded down: the last layer may be needed for a few pixels only, so round up.
    kernel_size - 1 -> kernel_size
        Each layer adds kernel_size - 1 pixels, not kernel_size.
    pixels - 1 -> pixels; kernel_size - 1 -> kernel_size
        You laid kernels side by side: begin with one pixel, and let each layer add kernel_size - 1.
    -(-(pixels - 1) // (kernel_size - 1)) -> (pixels - 1) / (kernel_size - 1)
        There is no part of a layer: round up, to a whole number.
    pixels - 1 -> pixels
    -(-(pixels - 1) // (kernel_size - 1)) -> (pixels - 1) // (kernel_size - 1) + 1
        You have one layer too many wherever it comes out even: begin with one pixel, and round up.
    -(-(pixels - 1) // (kernel_size - 1)) -> round((pixels - 1) / (kernel_size - 1))
        You rounded to the nearest number: round up.
    return max(result, 1)
        To see a single pixel it takes no layer at all.
    return 1 + result * (kernel_size - 1)
        That is how many pixels the stack sees: return how many layers it has.
    -(-(pixels - 1) // (kernel_size - 1)) -> pixels - kernel_size + 1
        That is how many windows fit: begin with one pixel, and let each layer add kernel_size - 1.
    kernel_size - 1 -> 2 * (kernel_size // 2)
        An even kernel, too, adds kernel_size - 1 pixels.
    return sum(kernel_size**n < pixels for n in range(pixels))
        You multiplied: each layer adds kernel_size - 1 pixels to what is seen.
    where pixels == 1
        Every case that fails has to see a single pixel, and that takes no layer at all.
    where (pixels - 1) % (kernel_size - 1) > 0
        Every case that fails does not come out even: round up.
    """,
)
def layers_needed(pixels, kernel_size):
    """Return how many layers of stride 1 it takes until one number sees so many pixels along a side."""
    return -(-(pixels - 1) // (kernel_size - 1))
