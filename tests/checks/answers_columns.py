"""Stubs, solutions and typical mistakes: im2col and col2im."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def stub_take_windows(image, kernel_size, stride): ...


def take_windows(image, kernel_size, stride):
    H, W = image.shape
    offsets = (W * np.arange(kernel_size[0])[:, None] + np.arange(kernel_size[1])).ravel()
    down = np.arange(0, H - kernel_size[0] + 1, stride[0])
    across = np.arange(0, W - kernel_size[1] + 1, stride[1])
    return image.take(offsets[:, None] + (W * down[:, None] + across).ravel())


def window_by_window(image, kernel_size, stride):
    (K_h, K_w), (s_h, s_w), (H, W) = kernel_size, stride, image.shape
    starts = [(top, left) for top in range(0, H - K_h + 1, s_h) for left in range(0, W - K_w + 1, s_w)]
    return np.stack([image[top : top + K_h, left : left + K_w].ravel() for top, left in starts], axis=1)


def four_axes(image, kernel_size, stride):
    view = sliding_window_view(image, kernel_size)[:: stride[0], :: stride[1]]
    return view.transpose(2, 3, 0, 1)


def rows(image, kernel_size, stride):
    return window_by_window(image, kernel_size, stride).T


def entries_by_column(image, kernel_size, stride):
    view = four_axes(image, kernel_size, stride)
    return view.swapaxes(0, 1).reshape(kernel_size[0] * kernel_size[1], -1)


def windows_by_column(image, kernel_size, stride):
    return four_axes(image, kernel_size, stride).swapaxes(2, 3).reshape(kernel_size[0] * kernel_size[1], -1)


def strides_swapped(image, kernel_size, stride):
    return take_windows(image, kernel_size, stride[::-1])


def stride_forgotten(image, kernel_size, stride):
    return take_windows(image, kernel_size, (1, 1))


def tiles(image, kernel_size, stride):
    return take_windows(image, kernel_size, kernel_size)


def stride_inside(image, kernel_size, stride):
    (K_h, K_w), (s_h, s_w), (H, W) = kernel_size, stride, image.shape
    i, j = np.indices((K_h, K_w)).reshape(2, -1, 1)
    down, across = np.mgrid[0 : H - K_h + 1 : s_h, 0 : W - K_w + 1 : s_w].reshape(2, 1, -1)
    return image.take((s_h * i + down) * W + s_w * j + across)


def height_for_width(image, kernel_size, stride):
    (K_h, K_w), (s_h, s_w), (H, W) = kernel_size, stride, image.shape
    i, j = np.indices((K_h, K_w)).reshape(2, -1, 1)
    down, across = np.mgrid[0 : H - K_h + 1 : s_h, 0 : W - K_w + 1 : s_w].reshape(2, 1, -1)
    return image.take((i + down) * H + j + across)


def kernel_swapped(image, kernel_size, stride):
    return take_windows(image, kernel_size[::-1], stride)


def last_missing(image, kernel_size, stride):
    (K_h, K_w), (s_h, s_w), (H, W) = kernel_size, stride, image.shape
    i, j = np.indices((K_h, K_w)).reshape(2, -1, 1)
    down, across = np.mgrid[0 : H - K_h : s_h, 0 : W - K_w : s_w].reshape(2, 1, -1)
    return image[i + down, j + across]


def stub_unfold(x, kernel_size, padding): ...


def all_windows(x, kernel_size, padding):
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2))
    return sliding_window_view(x_pad, kernel_size, axis=(2, 3))  # (N, C, H_out, W_out, K_h, K_w)


def in_order(x, kernel_size, padding, order):
    view = all_windows(x, kernel_size, padding)
    return view.transpose(order).reshape(len(x), x.shape[1] * kernel_size[0] * kernel_size[1], -1)


def unfold(x, kernel_size, padding):
    return in_order(x, kernel_size, padding, (0, 1, 4, 5, 2, 3))


def unfold_by_offsets(x, kernel_size, padding):
    N, C, H, W = x.shape
    (K_h, K_w), (p_h, p_w) = kernel_size, padding
    x_pad = np.pad(x, ((0, 0), (0, 0), (p_h, p_h), (p_w, p_w)))
    H_out, W_out = H + 2 * p_h - K_h + 1, W + 2 * p_w - K_w + 1
    cols = np.empty((N, C, K_h, K_w, H_out, W_out))
    for u, v in np.ndindex(K_h, K_w):
        cols[:, :, u, v] = x_pad[:, :, u : u + H_out, v : v + W_out]
    return cols.reshape(N, C * K_h * K_w, -1)


def channel_fastest(x, kernel_size, padding):
    return in_order(x, kernel_size, padding, (0, 4, 5, 1, 2, 3))


def kernel_by_column(x, kernel_size, padding):
    return in_order(x, kernel_size, padding, (0, 1, 5, 4, 2, 3))


def not_transposed(x, kernel_size, padding):
    view = all_windows(x, kernel_size, padding)
    return view.reshape(len(x), x.shape[1] * kernel_size[0] * kernel_size[1], -1)


def unfold_rows(x, kernel_size, padding):
    return unfold(x, kernel_size, padding).swapaxes(1, 2)


def one_wide(x, kernel_size, padding):
    cols = unfold(x, kernel_size, padding)
    return np.stack(cols, axis=2).reshape(cols.shape[1], -1)


def channels_apart(x, kernel_size, padding):
    return unfold(x.reshape(-1, 1, *x.shape[2:]), kernel_size, padding)


def channels_summed(x, kernel_size, padding):
    return unfold(x.sum(1)[:, None], kernel_size, padding)


def padding_swapped(x, kernel_size, padding):
    return unfold(x, kernel_size, padding[::-1])


def not_padded(x, kernel_size, padding):
    return unfold(x, kernel_size, (0, 0))


def one_side(x, kernel_size, padding):
    return unfold(np.pad(x, ((0, 0), (0, 0), (padding[0], 0), (padding[1], 0))), kernel_size, (0, 0))


def edge_repeated(x, kernel_size, padding):
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2), mode="edge")
    return unfold(x_pad, kernel_size, (0, 0))


def first_picture(x, kernel_size, padding):
    return np.repeat(unfold(x[:1], kernel_size, padding), len(x), axis=0)


def first_channel(x, kernel_size, padding):
    return unfold(np.repeat(x[:, :1], x.shape[1], axis=1), kernel_size, padding)


def stub_add_back(cols, image_size, kernel_size, stride): ...


def places(shape, image_size, kernel_size, stride):
    """Return the picture's place of each entry: (C * K_h * K_w, L) three times, and the channels."""
    (H, W), (K_h, K_w), (s_h, s_w) = image_size, kernel_size, stride
    C = shape[1] // (K_h * K_w)
    c, i, j = np.indices((C, K_h, K_w)).reshape(3, -1, 1)
    down, across = np.mgrid[0 : H - K_h + 1 : s_h, 0 : W - K_w + 1 : s_w].reshape(2, 1, -1)
    return (c, i + down, j + across), C


def add_back(cols, image_size, kernel_size, stride):
    (c, i, j), C = places(cols.shape, image_size, kernel_size, stride)
    x = np.zeros((len(cols), C, *image_size))
    np.add.at(x, (slice(None), c, i, j), cols)
    return x


def add_back_by_offsets(cols, image_size, kernel_size, stride):
    (H, W), (K_h, K_w), (s_h, s_w) = image_size, kernel_size, stride
    H_out, W_out = (H - K_h) // s_h + 1, (W - K_w) // s_w + 1
    cols = cols.reshape(len(cols), -1, K_h, K_w, H_out, W_out)
    x = np.zeros((*cols.shape[:2], H, W))
    for u, v in np.ndindex(K_h, K_w):
        x[:, :, u : u + s_h * H_out : s_h, v : v + s_w * W_out : s_w] += cols[:, :, u, v]
    return x


def index_plus_equals(cols, image_size, kernel_size, stride):
    (c, i, j), C = places(cols.shape, image_size, kernel_size, stride)
    x = np.zeros((len(cols), C, *image_size))
    x[:, c, i, j] += cols
    return x


def assigned(cols, image_size, kernel_size, stride):
    (H, W), (K_h, K_w), (s_h, s_w) = image_size, kernel_size, stride
    x = np.zeros((len(cols), cols.shape[1] // (K_h * K_w), H, W))
    window = 0
    for top in range(0, H - K_h + 1, s_h):
        for left in range(0, W - K_w + 1, s_w):
            part = cols[:, :, window].reshape(len(cols), -1, K_h, K_w)
            x[:, :, top : top + K_h, left : left + K_w] = part
            window += 1
    return x


def counts(cols, image_size, kernel_size, stride):
    return add_back(np.ones_like(cols), image_size, kernel_size, stride)


def means(cols, image_size, kernel_size, stride):
    return add_back(cols, image_size, kernel_size, stride) / np.maximum(
        counts(cols, image_size, kernel_size, stride), 1
    )


def reordered(cols, image_size, kernel_size, stride, axes):
    (H, W), (K_h, K_w), (s_h, s_w) = image_size, kernel_size, stride
    sizes = {"c": -1, "u": K_h, "v": K_w, "i": (H - K_h) // s_h + 1, "j": (W - K_w) // s_w + 1}
    split = cols.reshape(len(cols), *(sizes[axis] for axis in axes))
    right = split.transpose(0, *(1 + axes.index(axis) for axis in "cuvij"))
    return add_back(right.reshape(cols.shape), image_size, kernel_size, stride)


def channel_last_read(cols, image_size, kernel_size, stride):
    return reordered(cols, image_size, kernel_size, stride, "uvcij")


def entries_read_by_column(cols, image_size, kernel_size, stride):
    return reordered(cols, image_size, kernel_size, stride, "cvuij")


def windows_read_by_column(cols, image_size, kernel_size, stride):
    return reordered(cols, image_size, kernel_size, stride, "cuvji")


def one_pixel_apart(cols, image_size, kernel_size, stride):
    (H, W), (K_h, K_w), (s_h, s_w) = image_size, kernel_size, stride
    H_out, W_out = (H - K_h) // s_h + 1, (W - K_w) // s_w + 1
    x = np.zeros((len(cols), cols.shape[1] // (K_h * K_w), H, W))
    x[:, :, : H_out + K_h - 1, : W_out + K_w - 1] = add_back(
        cols, (H_out + K_h - 1, W_out + K_w - 1), kernel_size, (1, 1)
    )
    return x


def back_with_strides_swapped(cols, image_size, kernel_size, stride):
    (H, W), (K_h, K_w), (s_h, s_w) = image_size, kernel_size, stride
    x = np.zeros((len(cols), cols.shape[1] // (K_h * K_w), H, W))
    i, j = np.indices(((H - K_h) // s_h + 1, (W - K_w) // s_w + 1)).reshape(2, -1)
    for window, (top, left) in enumerate(zip(i * s_w, j * s_h, strict=True)):
        for c, u, v in np.ndindex(x.shape[1], K_h, K_w):
            x[:, c, top + u, left + v] += cols[:, (c * K_h + u) * K_w + v, window]
    return x


def cropped(cols, image_size, kernel_size, stride):
    (H, W), (K_h, K_w), (s_h, s_w) = image_size, kernel_size, stride
    reached = H - (H - K_h) % s_h, W - (W - K_w) % s_w
    return add_back(cols, reached, kernel_size, stride)


def back_into_one_channel(cols, image_size, kernel_size, stride):
    return add_back(cols, image_size, kernel_size, stride).sum(axis=1, keepdims=True)


STUBS = {"take_windows": [stub_take_windows], "unfold": [stub_unfold], "add_back": [stub_add_back]}
SOLUTIONS = {
    "take_windows": [take_windows, window_by_window],
    "unfold": [unfold, unfold_by_offsets],
    "add_back": [add_back, add_back_by_offsets],
}
MISTAKES = {
    "take_windows": {
        rows: "Your windows are the rows",
        four_axes: "with four axes",
        entries_by_column: "Inside a window you count column by column",
        windows_by_column: "You count the windows column by column",
        strides_swapped: "two strides are swapped",
        stride_forgotten: "start one pixel apart",
        tiles: "side by side",
        stride_inside: "between the pixels of a window",
        height_for_width: "to be H pixels long",
        kernel_swapped: "Height and width of the kernel",
        last_missing: "The last window is missing",
    },
    "unfold": {
        channel_fastest: "the channel runs fastest",
        kernel_by_column: "count column by column",
        not_transposed: "windows and offsets are mixed up",
        unfold_rows: "Your windows are the rows",
        one_wide: "one wide matrix",
        channels_apart: "Each channel has a matrix of its own",
        channels_summed: "added the channels up",
        padding_swapped: "two numbers are swapped",
        not_padded: "The padding is missing",
        one_side: "above and on the left only",
        edge_repeated: "repeats the picture's edge",
        first_picture: "several pictures",
        first_channel: "several channels",
    },
    "add_back": {
        assigned: "only the last window is left",
        index_plus_equals: "np.add.at adds every time",
        counts: "You counted the windows",
        means: "the mean of a pixel's entries",
        channel_last_read: "as if the channel ran fastest",
        entries_read_by_column: "window's entries column by column",
        windows_read_by_column: "read the windows column by column",
        one_pixel_apart: "one pixel apart",
        back_with_strides_swapped: "two strides are swapped",
        cropped: "pixels that no window reaches",
        back_into_one_channel: "added the channels together",
    },
}
