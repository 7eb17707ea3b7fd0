"""Stubs, solutions and typical mistakes: a product's columns, sorted back into pictures."""

import numpy as np


def stub_to_output(product, N, H_out, W_out): ...


def to_output(product, N, H_out, W_out):
    return product.reshape(len(product), H_out, W_out, N).transpose(3, 0, 1, 2)


def by_loops(product, N, H_out, W_out):
    y = np.zeros((N, len(product), H_out, W_out))
    for n, o, i, j in np.ndindex(y.shape):
        y[n, o, i, j] = product[o, (i * W_out + j) * N + n]
    return y


def reshaped_only(product, N, H_out, W_out):
    return product.reshape(N, product.shape[0], H_out, W_out)


def picture_by_picture(product, N, H_out, W_out):
    return np.stack([part.reshape(-1, H_out, W_out) for part in np.split(product, N, axis=1)])


def column_by_column(product, N, H_out, W_out):
    return product.reshape(-1, W_out, H_out, N).transpose(3, 0, 2, 1)


def sides_swapped(product, N, H_out, W_out):
    return to_output(product, N, H_out, W_out).swapaxes(2, 3)


def channels_last(product, N, H_out, W_out):
    return product.reshape(-1, H_out, W_out, N).transpose(3, 1, 2, 0)


def the_other_way(product, N, H_out, W_out):
    return product.reshape(-1, H_out, W_out, N).transpose(1, 2, 3, 0)


def not_moved(product, N, H_out, W_out):
    return product.reshape(-1, H_out, W_out, N)


def transposed_first(product, N, H_out, W_out):
    return product.T.reshape(N, -1, H_out, W_out)


def first_picture(product, N, H_out, W_out):
    y = np.zeros((N, len(product), H_out, W_out))
    y[0] = product[:, ::N].reshape(-1, H_out, W_out)
    return y


def square_only(product, N, H_out, W_out):
    y = np.zeros((N, len(product), H_out, W_out))
    for n, o, i, j in np.ndindex(y.shape):
        y[n, o, i, j] = product[o, (i * H_out + j) % (H_out * W_out) * N + n]
    return y


STUBS = {"to_output": [stub_to_output]}
SOLUTIONS = {"to_output": [to_output, by_loops]}
MISTAKES = {
    "to_output": {
        reshaped_only: "reshape never moves a number",
        picture_by_picture: "picture by picture",
        column_by_column: "windows column by column",
        sides_swapped: "Rows and columns of your pictures are swapped",
        channels_last: "channels come last",
        the_other_way: "goes the other way",
        not_moved: "move the axis of the pictures",
        transposed_first: "A transpose of the whole product",
        first_picture: "has several pictures",
        square_only: "height and width differ",
    },
}
