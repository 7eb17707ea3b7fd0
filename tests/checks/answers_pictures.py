"""Stubs, solutions and typical mistakes: pictures, image kernels, and their matrix."""

import numpy as np

from cnnbook import output_size


def stub_to_unit_range(image): ...


def to_unit_range(image):
    return image / 255


def in_float32(image):
    return image.astype(np.float32) / np.float32(255)


def whole_division(image):
    return image // 255


def cut_off(image):
    return np.uint8(image / 255)


def by_256(image):
    return image / 256


def by_the_largest(image):
    return image / image.max()


def stretched(image):
    return (image - image.min()) / np.ptp(image)


def from_minus_one(image):
    return 2 * (image / 255) - 1


def inverted(image):
    return (255 - image) / 255


def percent(image):
    return image / 100


def type_only(image):
    return image.astype(float)


def in_place(image):
    image /= 255
    return image


def overflow(image):
    return (image + np.uint8(1)) / 256


def grey_only(image):
    result = np.zeros(image.shape)
    H, _ = image.shape
    for i in range(H):
        result[i] = image[i] / 255
    return result


def scalar_loop_list(image):
    return [[value / 255 for value in row] for row in image]


def stub_separable(column, row): ...


def separable(column, row):
    return column[:, None] * row


def outer(column, row):
    return np.outer(column, row)


def transposed(column, row):
    return np.outer(row, column)


def added(column, row):
    return np.add.outer(column, row)


def dot(column, row):
    return column @ row


def number_by_number(column, row):
    return column * row


def normalised(column, row):
    kernel = np.outer(column, row)
    return kernel / kernel.sum()


def in_one_line(column, row):
    return np.array([c * r for c in column for r in row])


def square_only(column, row):
    kernel = np.zeros((len(column), len(column)))
    for u in range(len(column)):
        for v in range(len(column)):
            kernel[u, v] = column[u] * row[v % len(row)]
    return kernel


def stub_dense_matrix(kernel, image_shape): ...


def dense_matrix(kernel, image_shape):
    H, W = image_shape
    H_out, W_out = H - kernel.shape[0] + 1, W - kernel.shape[1] + 1
    matrix = np.zeros((H_out, W_out, H, W))
    for i in range(H_out):
        for j in range(W_out):
            matrix[i, j, i : i + kernel.shape[0], j : j + kernel.shape[1]] = kernel
    return matrix.reshape(H_out * W_out, H * W)


def pixels_by(kernel, image_shape, length):
    (H, W), (K_h, K_w) = image_shape, kernel.shape
    H_out, W_out = output_size(H, K_h), output_size(W, K_w)
    matrix = np.zeros((H_out * W_out, H * W))
    for i in range(H_out):
        for j in range(W_out):
            for u in range(K_h):
                for v in range(K_w):
                    matrix[i * W_out + j, (i + u) * length + j + v] = kernel[u, v]
    return matrix


def matrix_transposed(kernel, image_shape):
    return dense_matrix(kernel, image_shape).T


def matrix_flipped(kernel, image_shape):
    return dense_matrix(kernel[::-1, ::-1], image_shape)


def ones(kernel, image_shape):
    return (dense_matrix(kernel, image_shape) != 0).astype(float)


def pixels_by_height(kernel, image_shape):
    return pixels_by(kernel, image_shape, image_shape[0])


def pixels_by_output(kernel, image_shape):
    return pixels_by(kernel, image_shape, image_shape[1] - kernel.shape[1] + 1)


def weights_side_by_side(kernel, image_shape):
    H, W = image_shape
    H_out, W_out = H - kernel.shape[0] + 1, W - kernel.shape[1] + 1
    matrix = np.zeros((H_out * W_out, H * W))
    for i in range(H_out):
        for j in range(W_out):
            matrix[i * W_out + j, i * W + j :][: kernel.size] = kernel.ravel()
    return matrix


def moved_on_by_one(kernel, image_shape):
    matrix = np.zeros_like(dense_matrix(kernel, image_shape))
    for n in range(len(matrix)):
        for u in range(kernel.shape[0]):
            for v in range(kernel.shape[1]):
                matrix[n, (n + u * image_shape[1] + v) % matrix.shape[1]] = kernel[u, v]
    return matrix


def square_matrix(kernel, image_shape):
    n = image_shape[0] * image_shape[1]
    matrix = np.zeros((n, n))
    right = dense_matrix(kernel, image_shape)
    matrix[: len(right)] = right
    return matrix


def four_axes(kernel, image_shape):
    right = dense_matrix(kernel, image_shape)
    return right.reshape(
        image_shape[0] - kernel.shape[0] + 1, image_shape[1] - kernel.shape[1] + 1, *image_shape
    )


def zeros(kernel, image_shape):
    return np.zeros(dense_matrix(kernel, image_shape).shape)


def one_row_short(kernel, image_shape):
    return dense_matrix(kernel, image_shape)[:-1]


STUBS = {
    "to_unit_range": [stub_to_unit_range],
    "separable": [stub_separable],
    "dense_matrix": [stub_dense_matrix],
}
SOLUTIONS = {
    "to_unit_range": [to_unit_range, in_float32],
    "separable": [separable, outer],
    "dense_matrix": [dense_matrix],
}
MISTAKES = {
    "to_unit_range": {
        whole_division: "The fractions are cut off",
        cut_off: "The fractions are cut off",
        by_256: "You divided by 256",
        by_the_largest: "divided by the largest value in the picture",
        stretched: "stretched the picture's own range",
        from_minus_one: "run from -1 to 1",
        inverted: "Black and white are swapped",
        percent: "You divided by 100",
        type_only: "still run from 0 to 255",
        in_place: "A division in place (/=)",
        overflow: "255 + 1 is 0 in uint8",
        grey_only: "a picture in colour",
        scalar_loop_list: "is a list, not an array",
    },
    "separable": {
        transposed: "Your kernel is transposed",
        added: "You added the two numbers",
        dot: "A product of two vectors with @",
        number_by_number: "multiplied number by number",
        normalised: "divided the kernel by its sum",
        in_one_line: "in one line",
        square_only: "a column and a row of two lengths",
    },
    "dense_matrix": {
        matrix_transposed: "Your matrix is transposed",
        matrix_flipped: "Your kernel is flipped",
        ones: "put the weights there",
        pixels_by_height: "count the pixels with the height",
        pixels_by_output: "count the pixels with the width of the output",
        weights_side_by_side: "do not stand side by side",
        moved_on_by_one: "the one above, moved on by one",
        square_matrix: "the matrix is not square",
        four_axes: "with four axes",
        zeros: "Every number of your result is zero",
        one_row_short: "1 row too few",
    },
}
