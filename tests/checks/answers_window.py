"""Stubs, solutions and typical mistakes: the exercises on one window."""

import numpy as np


def stub_output_shape(image_shape, kernel_shape): ...


def output_shape(image_shape, kernel_shape):
    H, W = image_shape
    K_h, K_w = kernel_shape
    return H - K_h + 1, W - K_w + 1


def last_window_forgotten(image_shape, kernel_shape):
    return image_shape[0] - kernel_shape[0], image_shape[1] - kernel_shape[1]


def touching_windows(image_shape, kernel_shape):
    return image_shape[0] + kernel_shape[0] - 1, image_shape[1] + kernel_shape[1] - 1


def shape_of_the_image(image_shape, kernel_shape):
    return image_shape


def side_by_side(image_shape, kernel_shape):
    return image_shape[0] // kernel_shape[0], image_shape[1] // kernel_shape[1]


def swapped(image_shape, kernel_shape):
    W, H = image_shape
    K_w, K_h = kernel_shape
    return H - K_h + 1, W - K_w + 1


def one_too_many(image_shape, kernel_shape):
    return image_shape[0] - kernel_shape[0] + 2, image_shape[1] - kernel_shape[1] + 2


def square_only(image_shape, kernel_shape):
    n = image_shape[0] - kernel_shape[0] + 1
    return n, n


def one_number(image_shape, kernel_shape):
    return image_shape[0] - kernel_shape[0] + 1


def a_list(image_shape, kernel_shape):
    return [n - k + 1 for n, k in zip(image_shape, kernel_shape, strict=True)]


def fractions(image_shape, kernel_shape):
    return tuple((n - k) / 1 + 1 for n, k in zip(image_shape, kernel_shape, strict=True))


def stub_weighted_sum(image, kernel, row, column):
    """Return the weighted sum of one window."""
    ...  # noqa: PIE790


def weighted_sum(image, kernel, row, column):
    K_h, K_w = kernel.shape
    return (image[row : row + K_h, column : column + K_w] * kernel).sum()


def weighted_sum_by_loops(image, kernel, row, column):
    total = 0
    for u in range(kernel.shape[0]):
        for v in range(kernel.shape[1]):
            total += image[row + u, column + v] * kernel[u, v]
    return total


def products(image, kernel, row, column):
    K_h, K_w = kernel.shape
    return image[row : row + K_h, column : column + K_w] * kernel


def flipped(image, kernel, row, column):
    return weighted_sum(image, kernel[::-1, ::-1], row, column)


def row_and_column_swapped(image, kernel, row, column):
    K_h, K_w = kernel.shape
    return (image[column : column + K_h, row : row + K_w] * kernel).sum()


def first_window(image, kernel, row, column):
    K_h, K_w = kernel.shape
    return (image[:K_h, :K_w] * kernel).sum()


def kernel_forgotten(image, kernel, row, column):
    return image[row : row + kernel.shape[0], column : column + kernel.shape[1]].sum()


def mean(image, kernel, row, column):
    return products(image, kernel, row, column).mean()


def end_of_window_missing(image, kernel, row, column):
    total = 0.0
    for u in range(kernel.shape[0] - 1):
        for v in range(kernel.shape[1] - 1):
            total += image[row + u, column + v] * kernel[u, v]
    return total


def matrix_product(image, kernel, row, column):
    return image[row : row + kernel.shape[0], column : column + kernel.shape[1]] @ kernel


def not_added(image, kernel, row, column):
    for u in range(kernel.shape[0]):
        for v in range(kernel.shape[1]):
            total = image[row + u, column + v] * kernel[u, v]
    return total


def one_direction(image, kernel, row, column):
    return sum(products(image, kernel, row, column))


def zero_weights_outside(image, kernel, row, column):
    weights = np.zeros(image.shape)
    weights[row : row + kernel.shape[0], column : column + kernel.shape[1]] = kernel
    return (image * weights).sum()


def square_kernels(image, kernel, row, column):
    K = len(kernel)
    return sum(
        image[row + u, column + v] * kernel[u, v] for u in range(K) for v in range(min(K, kernel.shape[1]))
    )


def zero(image, kernel, row, column):
    return 0.0


def printed(image, kernel, row, column):
    print(weighted_sum(image, kernel, row, column))


STUBS = {"output_shape": [stub_output_shape], "weighted_sum": [stub_weighted_sum]}
SOLUTIONS = {"output_shape": [output_shape], "weighted_sum": [weighted_sum, weighted_sum_by_loops]}
MISTAKES = {
    "output_shape": {
        last_window_forgotten: "One row and one column too few: count the last window",
        touching_windows: "every place where the kernel touches the image",
        shape_of_the_image: "the image's own shape",
        side_by_side: "laid the windows side by side",
        swapped: "Height and width are swapped",
        one_too_many: "One row and one column too many",
        square_only: "one where height and width differ",
        one_number: "Return a tuple",
        a_list: "of type list. Return a tuple",
        fractions: "whole numbers (int)",
    },
    "weighted_sum": {
        products: "These are the products: now sum them",
        flipped: "you computed a convolution",
        row_and_column_swapped: "Row and column are swapped",
        first_window: "always take the window in the upper left corner",
        kernel_forgotten: "summed the window without the kernel",
        mean: "took the mean of the products",
        end_of_window_missing: "The last row and the last column of the window are missing",
        matrix_product: "@ is the product of matrices",
        not_added: "Only the last product is left",
        one_direction: "along one direction only",
        zero_weights_outside: "has a NaN in it",
        square_kernels: "one where height and width differ",
        zero: "is zero",
        printed: "returns nothing (None)",
    },
}
