"""Exercise: the weighted sum of every window."""

import numpy as np

from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import digits, shapes, signed, thirds
from cnnbook.checks.wording import COUNT, OBLONG

HOLED = np.where(np.arange(25).reshape(5, 5) == 8, np.nan, digits(5, 5))


@exercise(
    cases=[
        *((digits(*image), signed(*kernel)) for image, kernel in shapes(4)),
        *((digits(*image), signed(*kernel)) for image, kernel in (((5, 7), (3, 2)), ((7, 5), (5, 5)))),
        *((image, signed(2, 3)) for image in (signed(6, 5), digits(3, 3).astype(int), -thirds(3, 5))),
        *((thirds(5, 4), kernel) for kernel in (thirds(2, 3), signed(2, 2).astype(int), digits(2, 3))),
        *((digits(4, 5), kernel) for kernel in (np.zeros((3, 2)), digits(1, 2), digits(3, 3) / 40)),
        *((HOLED, signed(2, 2)), (digits(6, 4).T, signed(3, 2).T), (digits(3, 4) - 9, digits(1, 1))),
        (digits(5, 6).astype(np.float32), signed(3, 3).astype(np.float32)),
    ],
    mistakes=f"""
    kernel = kernel[::-1, ::-1]
        Your result is the flipped one: you computed a convolution. Leave the kernel as it stands.
    K_h + 1 -> K_h; K_w + 1 -> K_w
        Your result is one row and one column too small: count the last window. {COUNT}
    K_h + 1 -> K_h
        Your result is one row too small: count the last window downwards, too. {COUNT}
    K_w + 1 -> K_w
        Your result is one column too small: count the last window across, too. {COUNT}
    return np.pad(result, ((0, kernel.shape[0] - 1), (0, kernel.shape[1] - 1)))
        Your result is as large as the image, but only windows that lie wholly inside it count. {COUNT}
    image = np.pad(image.astype(float), [(n - 1, n - 1) for n in kernel.shape])
        You counted every window that touches the image: only those that lie wholly inside it count. {COUNT}
    return result[:: kernel.shape[0], :: kernel.shape[1]]
        Your windows lie side by side. They overlap: each starts one pixel after the one before it.
    return result.reshape(result.shape[::-1])
        Height and width of your result are swapped: a shape is (height, width), rows first.
    W_out, K_h, K_w) -> W_out, K_h - 1, K_w - 1)
        The last row and the last column of each window are missing: range(n) ends at n - 1 by itself.
    kernel[u, v] -> kernel[v, u]
    kernel = kernel.T.reshape(kernel.shape)
        You read the kernel transposed: the row comes first, kernel[u, v], and then the column.
    return result / kernel.size
        You took the mean of each window's products: a weighted sum is not divided by their number.
    return result / (kernel.sum() or 1)
        You divided by the sum of the weights: a weighted sum is not divided by anything.
    += image[i + u, j + v] * kernel[u, v] -> = (image[i:, j:][:K_h, :K_w] @ kernel.T).sum()
        You took the matrix product of window and kernel, @: multiply place by place, *, and sum.
    return np.cumsum(result).reshape(result.shape)
        Each number still holds the sums of the windows before it: set the sum back to 0 for every window.
    += image[i + u, j + v] * kernel[u, v] -> = (image[i:, j:][:K_h, :K_w] * kernel).max()
        You took the largest product of each window: sum them.
    return np.where(np.arange(result.size).reshape(result.shape) < 1, result, 0)
        Only the first window was computed: the return stands inside the loops. Move it out to the left.
    return np.where(np.arange(len(result))[:, None] < 1, result, 0)
        Only the first row was computed: the return stands inside the outer loop. Move it out to the left.
    image[i + u, j + v] -> image[u, v]
        Every window is the one in the upper left corner: it has to move, from image[i, j] on.
    + 1 -> + 2
    ndindex(H_out, W_out, -> ndindex(H_out + 1, W_out + 1,
        A window runs past the edge of the image. {COUNT}
    where np.isnan(image).any()
        Every case that fails has a NaN in it. A NaN belongs to the windows that hold it, and to no others.
    where image.dtype.kind != "f"
        Every case that fails has an image of whole numbers: do not give the output the image's dtype.
    where kernel.dtype.kind != "f"
        Every case that fails has a kernel of whole numbers: do not give the output the kernel's dtype.
    where image.shape[0] != image.shape[1] or kernel.shape[0] != kernel.shape[1]
        {OBLONG}
    where kernel.shape[0] % 2 == 0 or kernel.shape[1] % 2 == 0
        Every case that fails has an even kernel, which has no centre: start the window at its corner.
    """,
)
def correlate(image, kernel):
    """Return the weighted sum of every window that lies wholly inside the image, the kernel not flipped."""
    (H, W), (K_h, K_w) = image.shape, kernel.shape
    H_out, W_out = H - K_h + 1, W - K_w + 1
    output = np.zeros((H_out, W_out))
    for i, j, u, v in np.ndindex(H_out, W_out, K_h, K_w):
        output[i, j] += image[i + u, j + v] * kernel[u, v]
    return output
