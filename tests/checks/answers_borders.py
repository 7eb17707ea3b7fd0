"""Stubs, solutions and typical mistakes: what lies beyond a border, and what counts how often there."""

import numpy as np

from cnnbook import cross_correlate2d
from cnnbook.kernels import image_kernel

GAUSSIAN = image_kernel("Gaussian blur")


def stub_pad_reflect(line, padding): ...


def pad_reflect(line, padding):
    turned = line[::-1]
    n = len(line)
    return np.concatenate([turned[n - 1 - padding : n - 1], line, turned[1 : padding + 1]])


def pad_by_numpy(line, padding):
    return np.pad(line, padding, mode="reflect")


def edge_twice(line, padding):
    return np.pad(line, padding, mode="symmetric")


def not_turned(line, padding):
    n = len(line)
    return np.concatenate([line[1 : padding + 1], line, line[n - 1 - padding : n - 1]])


def zeros(line, padding):
    return np.pad(line, padding)


def edge_repeated(line, padding):
    return np.pad(line, padding, mode="edge")


def other_end(line, padding):
    return np.pad(line, padding, mode="wrap")


def start_only(line, padding):
    return np.concatenate([line[1 : padding + 1][::-1], line])


def end_only(line, padding):
    return np.pad(line, (0, padding), mode="reflect")


def ends_mixed_up(line, padding):
    turned = line[::-1]
    return np.concatenate([turned[len(line) - 1 - padding : -1], line, line[1 : padding + 1][::-1]])


def no_padding_empties(line, padding):
    padded = np.empty(len(line) + 2 * padding)
    padded[padding:-padding] = line
    padded[:padding] = line[padding:0:-1]
    padded[-padding:] = line[::-1][1 : padding + 1]
    return padded


def slice_to_minus_one(line, padding):
    n = len(line)
    end = line[n - 2 : n - 2 - padding : -1]
    return np.concatenate([line[padding:0:-1], line, end])


def stub_coverage(image_shape, kernel_shape, stride, padding): ...


def starts(n, k, stride, padding):
    return range(0, n + 2 * padding - k + 1, stride)


def framed(image_shape, kernel_shape, stride, padding):
    (H, W), (K_h, K_w) = image_shape, kernel_shape
    padded = np.zeros((H + 2 * padding, W + 2 * padding))
    for i in starts(H, K_h, stride, padding):
        for j in starts(W, K_w, stride, padding):
            padded[i : i + K_h, j : j + K_w] += 1
    return padded


def cut(padded, image_shape, padding):
    return padded[padding : padding + image_shape[0], padding : padding + image_shape[1]]


def coverage(image_shape, kernel_shape, stride, padding):
    return cut(framed(image_shape, kernel_shape, stride, padding), image_shape, padding)


def cut_to_nothing(image_shape, kernel_shape, stride, padding):
    return framed(image_shape, kernel_shape, stride, padding)[padding:-padding, padding:-padding]


def overwritten(image_shape, kernel_shape, stride, padding):
    return np.minimum(coverage(image_shape, kernel_shape, stride, padding), 1)


def corners_only(image_shape, kernel_shape, stride, padding):
    padded = np.zeros((image_shape[0] + 2 * padding, image_shape[1] + 2 * padding))
    for i in starts(image_shape[0], kernel_shape[0], stride, padding):
        for j in starts(image_shape[1], kernel_shape[1], stride, padding):
            padded[i, j] += 1
    return cut(padded, image_shape, padding)


def end_of_window_missing(image_shape, kernel_shape, stride, padding):
    (H, W), (K_h, K_w) = image_shape, kernel_shape
    padded = np.zeros((H + 2 * padding, W + 2 * padding))
    for i in starts(H, K_h, stride, padding):
        for j in starts(W, K_w, stride, padding):
            padded[i : i + K_h - 1, j : j + K_w - 1] += 1
    return cut(padded, image_shape, padding)


def no_stride(image_shape, kernel_shape, stride, padding):
    return coverage(image_shape, kernel_shape, 1, padding)


def no_padding(image_shape, kernel_shape, stride, padding):
    return coverage(image_shape, kernel_shape, stride, 0)


def last_window_missing(image_shape, kernel_shape, stride, padding):
    (H, W), (K_h, K_w) = image_shape, kernel_shape
    padded = np.zeros((H + 2 * padding, W + 2 * padding))
    for i in range(0, H + 2 * padding - K_h, stride):
        for j in range(0, W + 2 * padding - K_w, stride):
            padded[i : i + K_h, j : j + K_w] += 1
    return cut(padded, image_shape, padding)


def whole_numbers(image_shape, kernel_shape, stride, padding):
    return coverage(image_shape, kernel_shape, stride, padding).astype(int)


def one_for_each_window(image_shape, kernel_shape, stride, padding):
    sizes = (len(starts(n, k, stride, padding)) for n, k in zip(image_shape, kernel_shape, strict=True))
    return np.ones(tuple(sizes))


def square_only(image_shape, kernel_shape, stride, padding):
    return coverage((image_shape[0], image_shape[0]), (kernel_shape[0],) * 2, stride, padding)


def stub_blur_then_sample(image, stride): ...


def blur_then_sample(image, stride, mode="reflect"):
    blurred = cross_correlate2d(np.pad(image, 1, mode=mode), GAUSSIAN)
    return blurred[::stride, ::stride]


def sampled_first(image, stride):
    return blur_then_sample(image[::stride, ::stride], 1)


def no_blur(image, stride):
    return image[::stride, ::stride].copy()


def no_sampling(image, stride):
    return blur_then_sample(image, 1)


def too_bright(image, stride):
    return cross_correlate2d(np.pad(image, 1, mode="reflect"), 16 * GAUSSIAN)[::stride, ::stride]


def black_border(image, stride):
    return blur_then_sample(image, stride, "constant")


def repeated_border(image, stride):
    return blur_then_sample(image, stride, "edge")


def circular_border(image, stride):
    return blur_then_sample(image, stride, "wrap")


def box(image, stride):
    padded = np.pad(image, 1, mode="reflect")
    return cross_correlate2d(padded, np.full((3, 3), 1 / 9))[::stride, ::stride]


def no_border(image, stride):
    return cross_correlate2d(image, GAUSSIAN)[::stride, ::stride]


def rows_only(image, stride):
    return blur_then_sample(image, 1)[::stride]


def one_direction(image, stride):
    padded = np.pad(image, ((0, 0), (1, 1)), mode="reflect")
    return cross_correlate2d(padded, np.array([[0.25, 0.5, 0.25]]))[::stride, ::stride]


def late_start(image, stride):
    return blur_then_sample(image, 1)[stride - 1 :: stride, stride - 1 :: stride]


STUBS = {
    "pad_reflect": [stub_pad_reflect],
    "coverage": [stub_coverage],
    "blur_then_sample": [stub_blur_then_sample],
}
SOLUTIONS = {
    "pad_reflect": [pad_reflect, pad_by_numpy],
    "coverage": [coverage],
    "blur_then_sample": [blur_then_sample],
}
MISTAKES = {
    "pad_reflect": {
        edge_twice: "outermost pixel comes twice",
        not_turned: "but not turned round",
        zeros: "you put zeros",
        edge_repeated: "called replicate",
        other_end: "called circular",
        start_only: "the end is missing",
        end_only: "the start is missing",
        ends_mixed_up: "shows the pixels of the left one",
        no_padding_empties: "has padding 0",
        slice_to_minus_one: "needs the whole line in the mirror",
    },
    "coverage": {
        framed: "still holds the frame",
        cut_to_nothing: "empty where the padding is 0",
        overwritten: "add to what is there",
        corners_only: "marked the corner of each window only",
        end_of_window_missing: "last column of each window are missing",
        no_stride: "left the stride out",
        no_padding: "left the padding out",
        last_window_missing: "The last window of each row and column",
        whole_numbers: "Your counts are integers",
        one_for_each_window: "a number for each window",
        square_only: "one where height and width differ",
    },
    "blur_then_sample": {
        sampled_first: "You sampled first",
        no_blur: "There is no blur",
        no_sampling: "kept every pixel",
        too_bright: "16 times too bright",
        black_border: "padded with zeros",
        repeated_border: "repeated the outermost pixels",
        circular_border: "the other side of the picture",
        box: "used the box blur",
        no_border: "The border is missing",
        rows_only: "kept every column",
        one_direction: "along the rows only",
        late_start: "began with the wrong pixel",
    },
}
