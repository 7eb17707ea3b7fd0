"""Stubs, solutions and typical mistakes: layers with channels, their layout, their parameters."""

import numpy as np
from scipy import signal

from cnnbook import conv2d, cross_correlate2d


def stub_count_parameters(C_in, C_out, kernel_shape):
    return ...


def count_parameters(C_in, C_out, kernel_shape):
    K_h, K_w = kernel_shape
    return C_out * (C_in * K_h * K_w + 1)


def count_by_making_them(C_in, C_out, kernel_shape):
    return np.zeros((C_out, C_in, *kernel_shape)).size + np.zeros(C_out).size


def without_biases(C_in, C_out, kernel_shape):
    return C_out * C_in * kernel_shape[0] * kernel_shape[1]


def one_slice_each(C_in, C_out, kernel_shape):
    return C_out * (kernel_shape[0] * kernel_shape[1] + 1)


def one_filter(C_in, C_out, kernel_shape):
    return C_in * kernel_shape[0] * kernel_shape[1] + 1


def a_bias_for_every_slice(C_in, C_out, kernel_shape):
    return C_out * C_in * (kernel_shape[0] * kernel_shape[1] + 1)


def a_bias_for_every_input(C_in, C_out, kernel_shape):
    return without_biases(C_in, C_out, kernel_shape) + C_in


def one_bias(C_in, C_out, kernel_shape):
    return without_biases(C_in, C_out, kernel_shape) + 1


def channels_added(C_in, C_out, kernel_shape):
    return (C_in + C_out) * kernel_shape[0] * kernel_shape[1] + C_out


def square_kernels(C_in, C_out, kernel_shape):
    return C_out * (C_in * kernel_shape[0] ** 2 + 1)


def the_shape(C_in, C_out, kernel_shape):
    return C_out, C_in, *kernel_shape


def stub_filter_bank(x, weight, bias): ...


def filter_bank(x, weight, bias):
    y = []
    for w, b in zip(weight, bias, strict=True):
        y.append(sum(cross_correlate2d(x[c], w[c]) for c in range(len(x))) + b)
    return np.array(y)


def filter_bank_by_scipy(x, weight, bias):
    maps = [signal.correlate(x, w, mode="valid")[0] for w in weight]
    return np.stack(maps) + bias[:, None, None]


def slices(x, weight):
    return np.array([[cross_correlate2d(x[c], w[c]) for c in range(len(x))] for w in weight])


def no_bias(x, weight, bias):
    return slices(x, weight).sum(axis=1)


def bias_for_every_channel(x, weight, bias):
    y = []
    for w, b in zip(weight, bias, strict=True):
        y.append(sum(cross_correlate2d(x[c], w[c]) + b for c in range(len(x))))
    return np.array(y)


def first_channel(x, weight, bias):
    return np.array([cross_correlate2d(x[0], w[0]) + b for w, b in zip(weight, bias, strict=True)])


def last_channel(x, weight, bias):
    y = []
    for w, b in zip(weight, bias, strict=True):
        for c in range(len(x)):
            one = cross_correlate2d(x[c], w[c])
        y.append(one + b)
    return np.array(y)


def mean_of_channels(x, weight, bias):
    return slices(x, weight).mean(axis=1) + bias[:, None, None]


def summed_over_filters(x, weight, bias):
    return slices(x, weight).sum(axis=0) + bias[: len(x), None, None]


def not_summed(x, weight, bias):
    return slices(x, weight) + bias[:, None, None, None]


def all_in_one_map(x, weight, bias):
    return filter_bank(x, weight, bias).sum(axis=0)


def bias_along_the_columns(x, weight, bias):
    return slices(x, weight).sum(axis=1) + bias


def flipped_everywhere(x, weight, bias):
    return np.stack([signal.convolve(x, w, mode="valid")[0] for w in weight]) + bias[:, None, None]


def flipped(x, weight, bias):
    return filter_bank(x, weight[:, :, ::-1, ::-1], bias)


def channels_reversed(x, weight, bias):
    return filter_bank(x[::-1], weight, bias)


def first_filter(x, weight, bias):
    return np.array([filter_bank(x, weight[:1], bias[:1])[0] - bias[0] + b for b in bias])


def stub_to_nchw(images):
    return ...


def to_nchw(images):
    return images.transpose(0, 3, 1, 2)


def to_nchw_by_moveaxis(images):
    return np.moveaxis(images, -1, 1)


def reshaped(images):
    N, H, W, C = images.shape
    return images.reshape(N, C, H, W)


def rows_and_columns_swapped(images):
    return images.swapaxes(1, 3)


def the_way_back(images):
    return images.transpose(0, 2, 3, 1)


def colours_before_the_batch(images):
    return np.moveaxis(images, -1, 0)


def all_axes_turned(images):
    return images.T


def one_axis_too_short(images):
    return images.swapaxes(2, 3)


def blue_first(images):
    return to_nchw(images[..., ::-1])


def one_picture(images):
    return to_nchw(images)[0]


def batch_forgotten(images):
    return images.transpose(2, 0, 1)


def stub_mix_channels(x, matrix):
    return ...


def mix_channels(x, matrix):
    return np.einsum("oc,chw->ohw", matrix, x)


def mix_by_matrix_product(x, matrix):
    C, H, W = x.shape
    return (matrix @ x.reshape(C, H * W)).reshape(-1, H, W)


def matrix_transposed(x, matrix):
    return np.einsum("co,chw->ohw", matrix, x)


def bare_product(x, matrix):
    return matrix @ x


def neighbours_mixed(x, matrix):
    C_out, C_in = matrix.shape
    return (x.reshape(-1, C_in) @ matrix.T).reshape(C_out, *x.shape[1:])


def scrambled_after(x, matrix):
    pixels = x.transpose(1, 2, 0) @ matrix.T
    return pixels.reshape(len(matrix), *x.shape[1:])


def lines(x, matrix):
    return matrix @ x.reshape(len(x), -1)


def channels_last(x, matrix):
    return x.transpose(1, 2, 0) @ matrix.T


def products(x, matrix):
    return matrix[:, :, None, None] * x


def mean_mixture(x, matrix):
    return mix_channels(x, matrix) / len(x)


def scaled(x, matrix):
    return np.array([matrix[c, c] * x[c] for c in range(len(x))])


def stub_grouped(x, weight, groups):
    return ...


def grouped(x, weight, groups):
    C_in, C_out = len(x) // groups, len(weight) // groups
    y = []
    for g in range(groups):
        part = x[None, g * C_in : (g + 1) * C_in]
        y.append(conv2d(part, weight[g * C_out : (g + 1) * C_out])[0])
    return np.concatenate(y)


def grouped_by_splitting(x, weight, groups):
    pairs = zip(np.split(x, groups), np.split(weight, groups), strict=True)
    return np.concatenate([conv2d(part[None], filters)[0] for part, filters in pairs])


def parts(x, weight, groups):
    return [
        conv2d(p[None], w)[0]
        for p, w in zip(np.split(x, groups), np.split(weight, groups), strict=True)
    ]  # fmt: skip


def first_channels_only(x, weight, groups):
    return conv2d(x[None, : weight.shape[1]], weight)[0]


def groups_ignored(x, weight, groups):
    return conv2d(x[None], weight)[0]


def weights_repeated(x, weight, groups):
    return conv2d(x[None], np.concatenate([weight] * groups, axis=1))[0]


def crossed(x, weight, groups):
    return np.concatenate(parts(np.concatenate(np.split(x, groups)[::-1]), weight, groups))


def dealt_like_cards(x, weight, groups):
    return np.concatenate(
        [conv2d(x[None, o % groups :: groups], weight[o : o + 1])[0] for o in range(len(weight))]
    )


def groups_interleaved(x, weight, groups):
    y = np.stack(parts(x, weight, groups), axis=1)
    return y.reshape(len(weight), *y.shape[2:])


def groups_summed(x, weight, groups):
    return sum(parts(x, weight, groups))


def groups_stacked(x, weight, groups):
    return np.stack(parts(x, weight, groups))


def depthwise_only(x, weight, groups):
    per_group = len(weight) // groups
    first = [o // per_group * weight.shape[1] for o in range(len(weight))]
    return np.array([cross_correlate2d(x[c], w[0]) for c, w in zip(first, weight, strict=True)])


def one_filter_a_group(x, weight, groups):
    size = weight.shape[1]
    first = [min(o, groups - 1) * size for o in range(len(weight))]
    return np.concatenate(
        [conv2d(x[None, c : c + size], w[None])[0] for c, w in zip(first, weight, strict=True)]
    )


STUBS = {
    "count_parameters": [stub_count_parameters],
    "filter_bank": [stub_filter_bank],
    "to_nchw": [stub_to_nchw],
    "mix_channels": [stub_mix_channels],
    "grouped": [stub_grouped],
}
SOLUTIONS = {
    "count_parameters": [count_parameters, count_by_making_them],
    "filter_bank": [filter_bank, filter_bank_by_scipy],
    "to_nchw": [to_nchw, to_nchw_by_moveaxis],
    "mix_channels": [mix_channels, mix_by_matrix_product],
    "grouped": [grouped, grouped_by_splitting],
}
MISTAKES = {
    "count_parameters": {
        without_biases: "These are the weights",
        one_slice_each: "one slice for each filter",
        one_filter: "one filter with its bias",
        a_bias_for_every_slice: "gave every slice a bias",
        a_bias_for_every_input: "a bias for each input channel",
        one_bias: "one bias for the whole layer",
        channels_added: "added the two numbers of channels",
        square_kernels: "one where height and width differ",
        the_shape: "of type tuple. Return a number",
    },
    "filter_bank": {
        no_bias: "The biases are missing",
        bias_for_every_channel: "added the bias once for each channel",
        first_channel: "Only the first channel counts",
        last_channel: "Only the last channel is left",
        mean_of_channels: "took the mean over the channels",
        summed_over_filters: "You summed over the filters",
        not_summed: "all there, one by one",
        all_in_one_map: "All filters ended up in one map",
        bias_along_the_columns: "added your bias along the columns",
        flipped_everywhere: "along all their axes",
        flipped: "flipped every slice",
        channels_reversed: "lie on the wrong channels",
        first_filter: "Every map comes from the first filter",
    },
    "to_nchw": {
        reshaped: "Move the axes with transpose",
        rows_and_columns_swapped: "Rows and columns have changed places",
        the_way_back: "the order for the way back",
        colours_before_the_batch: "to the very front",
        all_axes_turned: "turns the order of all axes round",
        one_axis_too_short: "moved by one axis only",
        blue_first: "red stays first",
        one_picture: "Only the first picture is left",
        batch_forgotten: "transpose takes four numbers",
    },
    "mix_channels": {
        matrix_transposed: "Your matrix is transposed",
        bare_product: "over the rows",
        neighbours_mixed: "do not lie side by side",
        scrambled_after: "then a reshape has scrambled them",
        lines: "in one line each",
        channels_last: "Your channels come last",
        products: "sum them over the input channels",
        mean_mixture: "took the mean over the channels",
        scaled: "an old one, scaled",
    },
    "grouped": {
        first_channels_only: "sees the first channels",
        groups_ignored: "A filter meets more channels than it has slices",
        weights_repeated: "You ignored the groups",
        crossed: "The groups are crossed",
        dealt_like_cards: "dealt the channels out like cards",
        groups_interleaved: "stand in the wrong order",
        groups_summed: "one group only, or the sum",
        groups_stacked: "an axis for the groups",
        depthwise_only: "more than one channel in a group",
        one_filter_a_group: "more than one filter in a group",
    },
}
