"""Exercise: how many windows there are."""

from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import shapes
from cnnbook.checks.wording import COUNT, OBLONG


@exercise(
    cases=[*shapes(4), ((7, 7), (3, 3)), ((28, 28), (5, 5)), ((480, 640), (3, 5)), ((256, 256), (256, 1))],
    mistakes=f"""
    + 1 ->
        One row and one column too few: count the last window. {COUNT}
    H - K_h -> H + K_h - 2; W - K_w -> W + K_w - 2
        You counted every place where the kernel touches the image. It has to lie wholly inside. {COUNT}
    - K_h -> - K_h + 2 * (K_h // 2); - K_w -> - K_w + 2 * (K_w // 2)
        You gave the image a frame: here every window lies inside the image as it is.
    return image_shape
        That is the image's own shape, but not every pixel can be a window's corner. {COUNT}
    H - K_h + 1 -> H // K_h; W - K_w + 1 -> W // K_w
        You laid the windows side by side. They overlap: each starts one pixel after the one before it.
    + 1 -> + 2
        One row and one column too many. {COUNT}
    H - K_h + 1 -> H - 2 * (K_h // 2); W - K_w + 1 -> W - 2 * (K_w // 2)
    H - K_h + 1 -> H - (K_h - 1) // 2; W - K_w + 1 -> W - (K_w - 1) // 2
        Half a kernel on each side is right for odd kernels only: an even one has no centre. {COUNT}
    + 1 -> - 1
        The 1 has the wrong sign: H - (K_h - 1) is H - K_h + 1.
    where image_shape[0] != image_shape[1] or kernel_shape[0] != kernel_shape[1]
        {OBLONG}
    """,
)
def output_shape(image_shape, kernel_shape):
    """Return how many windows fit, down and across, as a pair; shapes are (height, width) pairs, too."""
    (H, W), (K_h, K_w) = image_shape, kernel_shape
    return H - K_h + 1, W - K_w + 1
