"""Stubs, solutions and typical mistakes: the sliding window and the flip."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from cnnbook import cross_correlate2d


def stub_correlate(image, kernel):
    K_h, K_w = kernel.shape
    output = np.zeros((image.shape[0] - K_h + 1, image.shape[1] - K_w + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = ...
    return output


def stub_without_scaffold(image, kernel):
    pass


def stub_that_raises(image, kernel):
    raise NotImplementedError


def correlate(image, kernel):
    H_out, W_out = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    output = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            for u in range(kernel.shape[0]):
                for v in range(kernel.shape[1]):
                    output[i, j] += image[i + u, j + v] * kernel[u, v]
    return output


def correlate_by_views(image, kernel):
    windows = sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum(axis=(2, 3))


def solution_with_dots_left(image, kernel):
    ...  # noqa: PIE790
    return correlate_by_views(image, kernel)


def flipped(image, kernel):
    output = np.zeros((image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            for u in range(kernel.shape[0]):
                for v in range(kernel.shape[1]):
                    output[i, j] += image[i + u, j + v] * kernel[-1 - u, -1 - v]
    return output


def windows_of(image, kernel, rows, columns):
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = (image[i : i + kernel.shape[0], j : j + kernel.shape[1]] * kernel).sum()
    return output


def too_few(image, kernel):
    return windows_of(image, kernel, image.shape[0] - kernel.shape[0], image.shape[1] - kernel.shape[1])


def a_row_too_few(image, kernel):
    return windows_of(image, kernel, image.shape[0] - kernel.shape[0], image.shape[1] - kernel.shape[1] + 1)


def a_column_too_few(image, kernel):
    return windows_of(image, kernel, image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1])


def one_too_many(image, kernel):
    return windows_of(
        image, kernel, image.shape[0] - kernel.shape[0] + 2, image.shape[1] - kernel.shape[1] + 2
    )


def as_large_as_the_image(image, kernel):
    output = np.zeros(image.shape)
    inner = correlate(image, kernel)
    output[: inner.shape[0], : inner.shape[1]] = inner
    return output


def every_window_that_touches(image, kernel):
    K_h, K_w = kernel.shape
    return correlate(np.pad(image, ((K_h - 1, K_h - 1), (K_w - 1, K_w - 1))), kernel)


def side_by_side(image, kernel):
    return correlate(image, kernel)[:: kernel.shape[0], :: kernel.shape[1]]


def shape_swapped(image, kernel):
    W, H = image.shape
    output = np.zeros((H - kernel.shape[1] + 1, W - kernel.shape[0] + 1))
    right = correlate(image, kernel)
    output.flat[:] = right.flat
    return output


def kernel_transposed(image, kernel):
    output = np.zeros((image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            for u in range(kernel.shape[0]):
                for v in range(kernel.shape[1]):
                    output[i, j] += image[i + u, j + v] * kernel[v, u]
    return output


def kernel_forgotten(image, kernel):
    return sliding_window_view(image, kernel.shape).sum(axis=(2, 3))


def mean(image, kernel):
    return (sliding_window_view(image, kernel.shape) * kernel).mean(axis=(2, 3))


def never_reset(image, kernel):
    right, total = correlate(image, kernel), 0
    output = np.zeros(right.shape)
    for i in range(right.shape[0]):
        for j in range(right.shape[1]):
            total += right[i, j]
            output[i, j] = total
    return output


def reset_by_row(image, kernel):
    right = correlate(image, kernel)
    output = np.zeros(right.shape)
    for i in range(right.shape[0]):
        total = 0
        for j in range(right.shape[1]):
            total += right[i, j]
            output[i, j] = total
    return output


def not_added(image, kernel):
    output = np.zeros((image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            for u in range(kernel.shape[0]):
                for v in range(kernel.shape[1]):
                    output[i, j] = image[i + u, j + v] * kernel[u, v]
    return output


def returns_too_soon(image, kernel):
    right = correlate(image, kernel)
    output = np.zeros(right.shape)
    for i in range(right.shape[0]):
        for j in range(right.shape[1]):
            output[i, j] = right[i, j]
            return output
    return None


def returns_after_a_row(image, kernel):
    right = correlate(image, kernel)
    output = np.zeros(right.shape)
    for i in range(right.shape[0]):
        for j in range(right.shape[1]):
            output[i, j] = right[i, j]
        return output
    return None


def absolute(image, kernel):
    return np.abs(correlate(image, kernel))


def clamped(image, kernel):
    return np.clip(correlate(image, kernel), 0, None)


def all_zero(image, kernel):
    return 0 * correlate(np.nan_to_num(image), kernel)


def a_list(image, kernel):
    return correlate(image, kernel).tolist()


def whole_numbers(image, kernel):
    return np.nan_to_num(correlate(image, kernel)).astype(int)


def dtype_of_the_image(image, kernel):
    return correlate(image, kernel).astype(image.dtype)


def spreads_nan(image, kernel):
    return cross_correlate2d(np.asarray(image, float), np.asarray(kernel, float)) + 0 * image.sum()


def skips_nan(image, kernel):
    return np.nansum(sliding_window_view(image, kernel.shape) * kernel, axis=(2, 3))


def square_only(image, kernel):
    n = image.shape[0] - kernel.shape[0] + 1
    return windows_of(image, kernel[:, : kernel.shape[0]], n, n)


def odd_kernels_only(image, kernel):
    output = correlate(image, kernel)
    if kernel.shape[0] % 2 == 0 or kernel.shape[1] % 2 == 0:
        output = np.roll(output, 1) + 1
    return output


def spoils_the_image(image, kernel):
    right = correlate(image, kernel)
    image[: right.shape[0], : right.shape[1]] = right
    return right


def spoils_the_kernel(image, kernel):
    right = correlate(image, kernel)
    kernel *= 2
    return right


def forgets_to_return(image, kernel):
    output = correlate(image, kernel)
    output.sum()


def wrong_name(image, kernel):
    return picture * kernel  # noqa: F821


def stub_convolve(image, kernel): ...


def convolve(image, kernel):
    return cross_correlate2d(image, kernel[::-1, ::-1])


def not_flipped(image, kernel):
    return cross_correlate2d(image, kernel)


def rows_only(image, kernel):
    return cross_correlate2d(image, kernel[::-1])


def columns_only(image, kernel):
    return cross_correlate2d(image, kernel[:, ::-1])


def transposed(image, kernel):
    return correlate(image, kernel.T)


def quarter_turn(image, kernel):
    return correlate(image, np.rot90(kernel))


def other_quarter_turn(image, kernel):
    return correlate(image, np.rot90(kernel, 3))


def image_flipped(image, kernel):
    return correlate(image[::-1, ::-1], kernel)


def output_flipped(image, kernel):
    return correlate(image, kernel)[::-1, ::-1]


def full(image, kernel):
    return every_window_that_touches(image, kernel[::-1, ::-1])


def same(image, kernel):
    return as_large_as_the_image(image, kernel[::-1, ::-1])


def flipped_in_place(image, kernel):
    kernel[:] = kernel[::-1, ::-1].copy()
    return correlate(image, kernel)


STUBS = {"correlate": [stub_correlate, stub_without_scaffold, stub_that_raises], "convolve": [stub_convolve]}
SOLUTIONS = {"correlate": [correlate, correlate_by_views, solution_with_dots_left], "convolve": [convolve]}
MISTAKES = {
    "correlate": {
        flipped: "Your result is the flipped one: you computed a convolution",
        too_few: "one row and one column too small: count the last window",
        a_row_too_few: "one row too small",
        a_column_too_few: "one column too small",
        one_too_many: "runs past the edge of the image",
        as_large_as_the_image: "as large as the image",
        every_window_that_touches: "counted every window that touches the image",
        side_by_side: "Your windows lie side by side",
        shape_swapped: "Height and width of your result are swapped",
        kernel_transposed: "read the kernel transposed",
        kernel_forgotten: "summed the windows without the kernel",
        mean: "took the mean of each window's products",
        never_reset: "still holds the sums of the windows before it",
        reset_by_row: "still holds the sums of the windows to its left",
        not_added: "Only the last product of each window is left",
        returns_too_soon: "Only the first window was computed",
        returns_after_a_row: "Only the first row was computed",
        absolute: "Negative sums have lost their sign",
        clamped: "Negative sums have become zero",
        all_zero: "Every number of your result is zero",
        a_list: "is a list, not an array",
        whole_numbers: "holds whole numbers (int64)",
        dtype_of_the_image: "do not give the output the image's dtype",
        spreads_nan: "has a NaN in it",
        skips_nan: "has a NaN in it",
        square_only: "one where height and width differ",
        odd_kernels_only: "has an even kernel",
        spoils_the_image: "changes its argument image",
        spoils_the_kernel: "changes its argument kernel",
        forgets_to_return: "returns nothing (None)",
        wrong_name: "an error of its own",
    },
    "convolve": {
        not_flipped: "Your kernel is not flipped: this is the cross-correlation",
        rows_only: "reversed the kernel's rows only",
        columns_only: "reversed the kernel's columns only",
        transposed: "transposed the kernel",
        quarter_turn: "by a quarter",
        other_quarter_turn: "by a quarter",
        image_flipped: "flipped the image",
        output_flipped: "flipped the output",
        full: "counted every window that touches the image",
        same: "as large as the image",
        flipped_in_place: "changes its argument kernel",
    },
}
