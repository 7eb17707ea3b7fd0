"""What is wrong in the museum's exhibits, a few lines each: every function here is wrong on purpose."""

from __future__ import annotations

import numpy as np

from cnnbook.conv_backward import conv2d_backward
from cnnbook.conv_batch import conv2d
from cnnbook.im2col import im2col
from cnnbook.pooling import avg_pool2d, max_pool2d

__all__: list[str] = []


def refuses_by_height(x: np.ndarray, w: np.ndarray, s: int, p: int) -> np.ndarray:
    """Refuse a remainder; for the width, too, with the kernel's height."""
    (H, W), K_h = x.shape[2:], w.shape[2]
    assert (H + 2 * p - K_h) % s == 0
    assert (W + 2 * p - K_h) % s == 0
    return conv2d(x, w, stride=s, padding=p)


def stacked(x: np.ndarray, w: np.ndarray, s: int, p: int) -> np.ndarray:
    """Make one matrix of all pictures' columns, and take the batch for the first axis of the product."""
    N, F, shape = len(x), len(w), conv2d(x, w, stride=s, padding=p).shape
    cols = np.concatenate(list(im2col(x, w.shape[2:], s, p)), axis=1)  # (C*K_h*K_w, N*L)
    return (w.reshape(F, -1) @ cols).reshape(N, F, *shape[2:])


def flipped(x: np.ndarray, w: np.ndarray, s: int, p: int) -> np.ndarray:
    """Convolve, as the word says, where the layer of that name cross-correlates."""
    return conv2d(x, w[:, :, ::-1, ::-1], stride=s, padding=p)


def flipped_back(g: np.ndarray, x: np.ndarray, w: np.ndarray, s: int, p: int) -> tuple:
    """Return the right gradients of that."""
    turned = w[:, :, ::-1, ::-1]
    grad_x, grad_w, _ = conv2d_backward(g, x, turned, stride=s, padding=p)
    return grad_x, grad_w[:, :, ::-1, ::-1]


def overwrites(g: np.ndarray, x: np.ndarray, kernel_size: tuple, s: int, p: int) -> np.ndarray:
    """Put each gradient where the first maximum was, with = where += belongs."""
    return put_back(g, x, kernel_size, s, p, "first")


def all_get_it(g: np.ndarray, x: np.ndarray, kernel_size: tuple, s: int, p: int) -> np.ndarray:
    """Give the whole gradient to every entry that equals the maximum."""
    return put_back(g, x, kernel_size, s, p, "all")


def put_back(g: np.ndarray, x: np.ndarray, kernel_size: tuple, s: int, p: int, whom: str) -> np.ndarray:
    """Send each gradient where its window equals its maximum: to "all", or with = to the "first"."""
    frame = ((0, 0), (0, 0), (p, p), (p, p))
    x_pad = np.pad(x, frame, constant_values=-np.inf)
    grad, y = np.zeros(x_pad.shape), np.asarray(max_pool2d(x, kernel_size, s, p))
    for i, j in np.ndindex(y.shape[2:]):
        place = (..., slice(i * s, i * s + kernel_size[0]), slice(j * s, j * s + kernel_size[1]))
        hit = x_pad[place] == y[:, :, i, j, None, None]
        part = hit * g[:, :, i, j, None, None]
        if whom == "all":
            grad[place] += part
        else:
            first = hit & (hit.reshape(*y.shape[:2], -1).cumsum(2).reshape(hit.shape) == 1)
            grad[place] = np.where(first, part, grad[place])
    return grad[:, :, p : p + x.shape[2], p : p + x.shape[3]]


def means_inside(x: np.ndarray, kernel_size: tuple, s: int, p: int) -> np.ndarray:
    """Divide by the number of pixels in the picture, where the backward pass divides by the window's size."""
    return avg_pool2d(x, kernel_size, s, p, count_include_pad=False)


def sigmoid_turned(x: np.ndarray) -> np.ndarray:
    """Write the exponential with a plus."""
    return 1 / (1 + np.exp(x))


def sigmoid_turned_back(g: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Multiply by y (1 - y), the slope of the sigmoid."""
    y = sigmoid_turned(x)
    return g * y * (1 - y)


def tanh_of_powers(x: np.ndarray) -> np.ndarray:
    """Take the formula at its word."""
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
