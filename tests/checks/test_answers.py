"""Answers that are not made of our own: for each exercise two right ones, and two wrong ones."""

import functools
import math
from fractions import Fraction

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view as view
from scipy import ndimage, signal, special

from cnnbook import checks, conv2d, cross_correlate2d, im2col

GAUSSIAN = np.outer([1, 2, 1], [1, 2, 1]) / 16


def correlate_by_columns(image, kernel):
    """Matrix product of windows and weights."""
    windows = view(image, kernel.shape)
    return windows.reshape(*windows.shape[:2], -1) @ kernel.ravel()


def dense_by_basis(kernel, image_shape):
    """Push every picture with a single 1 in it through the kernel."""
    pixels = np.eye(math.prod(image_shape)).reshape(-1, *image_shape)
    return np.array([signal.correlate(pixel, kernel, mode="valid").ravel() for pixel in pixels]).T


def dense_by_slices(kernel, image_shape):
    """One flat row a window."""
    rows = []
    for top in range(image_shape[0] - kernel.shape[0] + 1):
        for left in range(image_shape[1] - kernel.shape[1] + 1):
            row = np.zeros(image_shape)
            row[top:, left:][: kernel.shape[0], : kernel.shape[1]] = kernel
            rows.append(row.ravel())
    return np.array(rows)


def pads_of_same(n, k, s, d):
    """Count what is missing until one window for each stride fits."""
    count = len(range(0, n, s))
    return next(pad for pad in range(99) if n + pad >= (count - 1) * s + d * (k - 1) + 1)


def slope_that_puts_back(loss, kernel, row, column, h):
    """Change the kernel, and undo it: to rounding it is what it was."""
    kernel[row, column] += h
    above = loss(kernel)
    kernel[row, column] -= 2 * h
    below = loss(kernel)
    kernel[row, column] += h
    return (above - below) / h / 2


def slope_by_mask(loss, kernel, row, column, h):
    """Add a bump."""
    bump = np.zeros_like(kernel)
    bump[row, column] = h
    return float(Fraction(loss(kernel + bump) - loss(kernel - bump)) / Fraction(2 * h))


def descend_again(slopes_of, kernel, step, steps):
    """Call itself for the rest."""
    return descend_again(slopes_of, kernel - slopes_of(kernel) * step, step, steps - 1) if steps else kernel


def windows_counted(n, kernel_size, stride, padding):
    """Count by a range."""
    starts = range(0, n + 2 * padding - kernel_size + 1, stride)
    return len(starts), n + 2 * padding - (starts[-1] + kernel_size)


def coverage_by_product(image_shape, kernel_shape, stride, padding):
    """Rows and columns are counted apart."""
    lines = []
    for n, k in zip(image_shape, kernel_shape, strict=True):
        starts = np.arange(0, n + 2 * padding - k + 1, stride)[:, None]
        pixels = np.arange(padding, padding + n)
        lines.append(((starts <= pixels) & (pixels < starts + k)).sum(axis=0, dtype=float))
    return np.outer(*lines)


def seen_from_the_end(kernel_sizes, strides, paddings):
    """Follow one entry back to the picture."""
    first = last = 0
    for k, s, p in reversed(list(zip(kernel_sizes, strides, paddings, strict=True))):
        first, last = first * s - p, last * s - p + k - 1
    return np.int64(last - first + 1), math.prod(strides), first


def add_back_at(cols, image_size, kernel_size, stride):
    """Add at indexes, all at once."""
    C = cols.shape[1] // math.prod(kernel_size)
    c, i, j = np.indices((C, *kernel_size)).reshape(3, -1, 1)
    down, across = (range(0, n - k + 1, s) for n, k, s in zip(image_size, kernel_size, stride, strict=True))
    down, across = np.array([(i, j) for i in down for j in across]).T
    x = np.zeros((len(cols), C, *image_size))
    np.add.at(x, (slice(None), c, i + down, j + across), cols)
    return x


def add_back_by_matrix(cols, image_size, kernel_size, stride):
    """Use the transpose of the matrix that takes windows."""
    H, W = image_size
    numbers = np.arange(H * W).reshape(H, W)
    taken = view(numbers, kernel_size)[:: stride[0], :: stride[1]]
    taken = taken.reshape(-1, math.prod(kernel_size)).T.ravel()
    matrix = np.eye(H * W)[taken]
    return (cols.reshape(len(cols), -1, len(taken)) @ matrix).reshape(len(cols), -1, H, W)


def sizes_counted(n, kernel_size, stride, padding, ceil_mode):
    """Set one window after another."""
    starts, start = [], -padding
    while start + kernel_size <= n + padding:
        starts.append(start)
        start += stride
    left_over = starts[-1] + kernel_size < n + padding
    return len(starts) + (ceil_mode and left_over and start in range(n))


def sizes_divided(n, kernel_size, stride, padding, ceil_mode):
    """Divide, and take the last window away if it starts too late."""
    windows, rest = divmod(n + 2 * padding - kernel_size, stride)
    if ceil_mode and rest > 0:
        windows += 1
        windows -= windows * stride >= n + padding
    return int(windows) + 1


def give_back_by_index(grad_out, indices, shape):
    """Add with an array of places."""
    grad = np.zeros(shape)
    grad.reshape(-1)[indices] += grad_out
    return grad


def mean_by_nan(image, kernel_size, stride, padding):
    """Pad with what is left out of a mean."""
    padded = np.pad(image.astype(float), padding, constant_values=np.nan)
    return np.nanmean(view(padded, (kernel_size, kernel_size))[::stride, ::stride], axis=(2, 3))


def mean_by_two_sums(image, kernel_size, stride, padding):
    """Divide the sums by the sums of ones."""
    sums, counts = (
        view(np.pad(x, padding), (kernel_size, kernel_size))[::stride, ::stride].sum(axis=(2, 3))
        for x in (image, np.ones_like(image))
    )
    return sums / counts


def line_by_matrix(grad_out, w, n, stride, padding):
    """Write the forward pass as a matrix, and multiply from the other side."""
    places = [[a + padding - i * stride for a in range(n)] for i in range(len(grad_out))]
    matrix = np.array([[w[u] if 0 <= u < len(w) else 0 for u in row] for row in places])
    return grad_out @ matrix


def line_by_scatter(grad_out, w, n, stride, padding):
    """Give each window its share."""
    line = np.zeros(n + 2 * padding)
    for i, one in enumerate(grad_out):
        line[i * stride :][: len(w)] += one * np.asarray(w)
    return line[padding:][:n]


def kernel_by_spreading(x, grad_out, kernel_size, stride):
    """Correlate the picture with the gradient, spread out by the stride."""
    spread = np.kron(grad_out, signal.unit_impulse(stride))
    spread = spread[: len(spread) - stride[0] + 1, : spread.shape[1] - stride[1] + 1]
    return signal.correlate2d(x, spread, "valid")[: kernel_size[0], : kernel_size[1]]


def gradient_row_by_row(logits, labels):
    """Take the logarithm of the sum first."""
    rows = []
    for z, y in zip(logits, labels, strict=True):
        row = np.exp(z - special.logsumexp(z))
        row[y] -= 1
        rows.append(row / len(labels))
    return np.array(rows)


def statistics_by_hand(old, x, momentum):
    """Go channel by channel, with sums."""
    new = np.array(old)
    for c in range(x.shape[1]):
        seen = x[:, c].ravel()
        mean = sum(seen) / len(seen)
        var = sum((n - mean) ** 2 for n in seen) / (len(seen) - 1)
        new[:, c] += momentum * (np.array([mean, var]) - old[:, c])
    return new


def statistics_moved(old, x, momentum):
    """Move a part of the way."""
    rows = x.swapaxes(0, 1).reshape(x.shape[1], -1)
    return old + momentum * (
        np.stack([rows.mean(1), rows.var(1) * rows.shape[1] / (rows.shape[1] - 1)]) - old
    )


def norm_gradient_by_steps(g, x, w, eps):
    """Go back through mean, difference, variance and root."""
    over = {"axis": (0, 2, 3), "keepdims": True}
    d = x - x.mean(**over)
    s = (x.var(**over) + eps) ** -0.5
    g = g * w[:, None, None]
    grad_s = (g * d).sum(**over)
    grad_d = g * s - d * s**3 * grad_s * x.shape[1] / x.size
    return grad_d - grad_d.mean(**over)


def norm_gradient_by_projection(g, x, w, eps):
    """Multiply by the whole matrix of slopes of each channel."""
    grad = np.empty_like(g)
    for c, weight in enumerate(w):
        rows = x[:, c].ravel()
        m = len(rows)
        s = (rows.var() + eps) ** -0.5
        hat = (rows - rows.mean()) * s
        slopes = weight * s * (np.eye(m) - 1 / m - np.outer(hat, hat) / m)
        grad[:, c] = (slopes @ g[:, c].ravel()).reshape(g[:, c].shape)
    return grad


def nearest_by_loops(x_train, y_train, x, middle=lambda rows: rows.mean(0)):
    """Keep the smallest distance so far."""
    found = []
    for picture in x:
        far = [np.linalg.norm(picture - middle(x_train[y_train == k])) for k in range(max(y_train) + 1)]
        found.append(int(np.argmin(np.round(far, 9))))
    return np.array(found)


def nearest_by_products(x_train, y_train, x):
    """Multiply out the square: what all classes share is left out."""
    onehot = np.eye(y_train.max() + 1)[y_train]
    means = (onehot.T @ x_train.reshape(len(x_train), -1)) / onehot.sum(0)[:, None]
    scores = (means**2).sum(1) - 2 * x.reshape(len(x), -1) @ means.T
    return scores.round(9).argmin(1)


def winograd_by_kron(x, w, AT, G, BT):
    """Write both axes as one."""
    products = np.kron(G, G) @ w.ravel() * (np.kron(BT, BT) @ x.ravel())
    return (np.kron(AT, AT) @ products).reshape(len(AT), -1)


def rank_by_projection(kernel, terms):
    """Project on the largest eigenvectors of the rows' products."""
    vectors = np.linalg.eigh(kernel @ kernel.T)[1][:, ::-1][:, :terms]
    return vectors @ vectors.T @ kernel


def rank_term_by_term(kernel, terms):
    """Add one outer product after the other."""
    u, s, vh = np.linalg.svd(kernel)
    return sum(s[i] * np.outer(u[:, i], vh[i]) for i in range(min(terms, len(s))))


def amdahl_by_schedule(serial, piece, pieces, threads):
    """Give each piece to the thread that is free first."""
    clocks = [serial] * threads
    for _ in range(pieces):
        clocks[clocks.index(min(clocks))] += piece
    return (serial + piece * pieces) / max(clocks)


RIGHT = {
    "output_shape": [
        lambda i, k: np.zeros(i)[k[0] - 1 :, k[1] - 1 :].shape,
        lambda i, k: view(np.ones(i), k).shape[:2],
    ],
    "correlate": [
        correlate_by_columns,
        lambda x, w: signal.convolve(x, w[::-1, ::-1], "valid", method="direct") + 0.0,
    ],
    "dense_matrix": [dense_by_basis, dense_by_slices],
    "separable": [lambda c, r: np.einsum("u,v->uv", c, r), lambda c, r: np.array([u * r for u in c])],
    "slope": [slope_that_puts_back, slope_by_mask],
    "nudge": [lambda w, s, step: w + -step * s, lambda w, s, step: np.add(w, s * -step, dtype=float)],
    "windows_and_rest": [windows_counted, lambda n, k, s, p: ((n + 2 * p - k + s) // s, (n + 2 * p - k) % s)],
    "pad_reflect": [
        lambda x, p: np.concatenate([x[1 : p + 1][::-1], x, x[::-1][1 : p + 1]]),
        lambda x, p: ndimage.map_coordinates(x, [np.arange(-p, len(x) + p)], order=0, mode="mirror"),
    ],
    "coverage": [coverage_by_product, lambda *a: coverage_by_product(*a).astype(np.float32)],
    "seen_by": [seen_from_the_end, lambda *a: tuple(map(int, seen_from_the_end(*a)))],
    "blur_then_sample": [
        lambda x, s: ndimage.correlate(x, GAUSSIAN, mode="mirror")[::s, ::s],
        lambda x, s: signal.convolve2d(np.pad(x, 1, "reflect"), GAUSSIAN, "valid")[::s, ::s],
    ],
    "convolve_lists": [
        lambda a, b: signal.convolve(a, b, method="direct"),
        lambda a, b: np.array([np.trace(np.outer(b[::-1], a), k) for k in range(1 - len(b), len(a))]),
    ],
    "crop_to_result": [
        lambda x, k: view(x, k)[:, :, k[0] // 2, k[1] // 2],
        lambda x, k: cross_correlate2d(x, np.pad([[1.0]], [(n // 2, n // 2) for n in k])),
    ],
    "shades": [
        lambda y, m: np.maximum(0, np.minimum(1, (y + m) / m / 2)),
        lambda y, m: np.interp(y, [-m, m], [0, 1]),
    ],
    "sharpening": [
        lambda b, n: np.pad([[1 + n]], [(s // 2, s // 2) for s in b.shape]) - n * b,
        lambda b, n: (1 + n) * signal.unit_impulse(b.shape, "mid") - n * b,
    ],
    "descend": [
        lambda f, w, step, steps: descend_again(f, w, step, steps),
        lambda f, w, step, steps: functools.reduce(lambda v, _: v - step * f(v), range(steps), w),
    ],
    "layers_needed": [
        lambda n, k: math.ceil((n - 1) / (k - 1)),
        lambda n, k: next(count for count in range(n) if 1 + count * (k - 1) >= n),
    ],
    "one_kernel": [
        lambda a, b: signal.convolve2d(a, b),
        lambda a, b: cross_correlate2d(np.pad(a, [(n - 1, n - 1) for n in b.shape]), b[::-1, ::-1]),
    ],
    "count_parameters": [
        lambda i, o, k: np.zeros((o, i, *k)).size + o,
        lambda i, o, k: sum(1 + i * math.prod(k) for _ in range(o)),
    ],
    "to_nchw": [lambda x: np.moveaxis(x, -1, 1), lambda x: np.stack([*x.transpose(3, 0, 1, 2)], 1)],
    "mix_channels": [
        lambda x, m: np.einsum("oc,c...->o...", m, x),
        lambda x, m: np.array([sum(n * channel for n, channel in zip(row, x, strict=True)) for row in m]),
    ],
    "grouped": [
        lambda x, w, g: conv2d(x[None], w, groups=g)[0],
        lambda x, w, g: np.array([
            sum(cross_correlate2d(x[o // (len(w) // g) * w.shape[1] + c], w[o, c]) for c in range(w.shape[1]))
            for o in range(len(w))
        ]),
    ],
    "to_output": [
        lambda y, N, H, W: np.stack([y[:, n::N].reshape(-1, H, W) for n in range(N)]),
        lambda y, N, H, W: np.moveaxis(y.reshape(len(y), H, W, N), 3, 0),
    ],
    "take_windows": [
        lambda x, k, s: view(x, k)[:: s[0], :: s[1]].reshape(-1, k[0] * k[1]).T,
        lambda x, k, s: np.array([view(x, k)[:: s[0], :: s[1], u, v].ravel() for u, v in np.ndindex(*k)]),
    ],
    "dilated_columns": [
        lambda x, k, d: im2col(x, k, dilation=d),
        lambda x, k, d: np.array([
            [[x[n, c, u * d[0] + i, v * d[1] + j]
              for i in range(x.shape[2] - d[0] * (k[0] - 1)) for j in range(x.shape[3] - d[1] * (k[1] - 1))]
             for c in range(x.shape[1]) for u, v in np.ndindex(*k)]
            for n in range(len(x))
        ]),
    ],
    "add_back": [add_back_at, add_back_by_matrix],
    "adjoint_gap": [
        lambda f, b, x, g: abs((f(x) * g).sum() - (x * b(g)).sum()),
        lambda f, b, x, g: abs(f(x).ravel() @ g.ravel() - x.ravel() @ b(g).ravel()),
    ],
    "gather": [line_by_matrix, line_by_scatter],
    "kernel_gradient": [
        kernel_by_spreading,
        lambda x, g, k, s: np.tensordot(g, view(x, k)[:: s[0], :: s[1]][: len(g), : g.shape[1]]),
    ],
    "smallest_catch": [
        lambda k, s, p: next(n for n in range(1, 10**6) if n + 2 * p >= k and (n + 2 * p - k) % s),
        lambda k, s, p: max(1, k - 2 * p) + (max(1, k - 2 * p) in range(k - 2 * p, 10**6, s)),
    ],
    "weight_gradient": [
        lambda g, c: np.einsum("nol,nrl->or", g, c),
        lambda g, c: np.hstack(list(g)) @ np.hstack(list(c)).T,
    ],
    "max_pool": [
        lambda x, k, s: view(x, (k, k))[::s, ::s].max(axis=(2, 3)),
        lambda x, k, s: im2col(x[None, None], k, s).max(axis=1).reshape([(n - k) // s + 1 for n in x.shape]),
    ],
    "pooled_size": [sizes_counted, sizes_divided],
    "give_back": [
        lambda g, at, shape: np.bincount(at.ravel(), g.ravel(), math.prod(shape)).reshape(shape),
        lambda g, at, shape: (g.ravel() @ np.eye(math.prod(shape))[at.ravel()]).reshape(shape),
    ],
    "mean_inside": [mean_by_nan, mean_by_two_sums],
    "corners": [
        lambda image: ndimage.convolve(image, np.ones((2, 2)), mode="constant")[:-1, :-1] % 2,
        lambda image: np.logical_xor.reduce(view(image, (2, 2)), axis=(2, 3)).astype(float),
    ],
    "bell_back": [
        lambda g, x: g * np.imag(np.exp(-((x + 1e-30j) ** 2))) / 1e-30,
        lambda g, x: -g * special.eval_hermite(1, x) * np.exp(-np.square(x)),
    ],
    "soft_ramp": [lambda x: np.logaddexp(x, 0), lambda x: -special.log_expit(-x)],
    "start_std": [
        lambda shape, kept: np.sqrt(shape[0] / (kept * np.prod(shape))),
        lambda shape, kept: math.prod(shape[1:]) ** -0.5 * kept**-0.5,
    ],
    "loss_gradient": [
        gradient_row_by_row,
        lambda z, y: (special.softmax(z, 1) - np.eye(z.shape[1])[y]) / len(y),
    ],
    "follow_statistics": [statistics_by_hand, statistics_moved],
    "norm_gradient": [norm_gradient_by_steps, norm_gradient_by_projection],
    "drop": [
        lambda x, draws, p, training: np.where(draws < p, 0, x / (1 - p)) if training else x.copy(),
        lambda x, draws, p, training: x * (((draws >= p) / (1 - p)) if training else np.ones_like(x)),
    ],
    "nearest_mean": [nearest_by_loops, nearest_by_products],
    "confusion_matrix": [
        lambda y, said, K: np.bincount(K * y + said, minlength=K * K).reshape(K, K),
        lambda y, said, K: (np.eye(K)[y].T @ np.eye(K)[said]).round().astype(int),
    ],
    "adam_move": [
        lambda m, s, t, lr: lr * m / -np.expm1(t * np.log(0.9)) / ((s / (1 - 0.999**t)) ** 0.5 + 1e-8),
        lambda m, s, t, lr: lr / (1 - 0.9**t) * m / (np.sqrt(s) / math.sqrt(1 - 0.999**t) + 1e-8),
    ],
    "full_by_spectra": [np.convolve, lambda x, w: signal.fftconvolve(w, x)],
    "winograd_tile": [
        lambda x, w, *matrices: signal.correlate2d(x, w, "valid"),
        winograd_by_kron,
    ],
    "low_rank": [rank_by_projection, rank_term_by_term],
    "amdahl": [
        lambda serial, piece, pieces, threads: (serial + pieces * piece)
        / (serial + math.ceil(pieces / threads) * piece),
        amdahl_by_schedule,
    ],
    "crop_frame": [
        lambda x, r, c: x[r : r + len(x) - 2 * r, c : c + x.shape[1] - 2 * c],
        lambda x, r, c: np.array([[x[i, j] for j in range(c, x.shape[1] - c)] for i in range(r, len(x) - r)]),
    ],
    "same_lower": [
        lambda n, k, s, d: (math.ceil(pads_of_same(n, k, s, d) / 2), pads_of_same(n, k, s, d) // 2),
        lambda n, k, s, d: tuple((pads_of_same(n, k, s, d) + more) // 2 for more in (1, 0)),
    ],
    "give_once": [
        lambda w, g: g * (np.arange(w.size) == np.flatnonzero(w == w.max())[0]).reshape(w.shape),
        lambda w, g: np.eye(w.size)[w.ravel().tolist().index(w.max())].reshape(w.shape) * g,
    ],
}  # fmt: skip


def into_whole_numbers(window, g):
    """Give the gradient once, in the window's own kind of numbers."""
    grad = np.zeros_like(window)
    grad[divmod(int(window.argmax()), window.shape[1])] = g
    return grad


def statistics_with(old, x, momentum, var):
    """Follow the batch, with another variance."""
    return old + momentum * (np.stack([x.mean((0, 2, 3)), var]) - old)


# A wrong answer, and a word of its hint.
WRONG = {
    "output_shape": [
        (lambda i, k: [n - m + 1 for n, m in zip(i, k, strict=True)], "of type list. Return a tuple"),
        (lambda i, k: (i[0] - k[0] + 1,) * 2, "height and width differ"),
    ],
    "correlate": [
        (lambda x, w: np.nansum(view(x, w.shape) * w, axis=(2, 3)), "has a NaN in it"),
        (lambda x, w: signal.convolve2d(x, w, "same"), "as large as the image"),
    ],
    "dense_matrix": [
        (lambda w, s: dense_by_slices(w, s)[:-1], "1 row too few"),
        (lambda w, s: dense_by_slices(w.T, s[::-1]), "count column by column"),
    ],
    "separable": [
        (lambda c, r: np.outer(r, c), "is transposed"),
        (lambda c, r: np.array([[u * v for v in c] for u in c]), "column stands for row, too"),
    ],
    "slope": [
        (lambda f, w, i, j, h: (slope_by_mask(f, w, j, i, h)), "Row and column are swapped"),
        (lambda f, w, i, j, h: slope_by_mask(f, w, i, j, h / 2), "h is halved|own"),
    ],
    "nudge": [
        (lambda w, s, step: w.__isub__(step * s), "changes its argument kernel"),
        (lambda w, s, step: (w - step * s).astype(int), "whole numbers"),
    ],
    "windows_and_rest": [
        (lambda n, k, s, p: ((n + 2 * p - k) / s + 1, (n + 2 * p - k) % s), "whole numbers (int)"),
        (lambda n, k, s, p: windows_counted(n + 2 * p, k, s, 0)[:1], "1 number, and should have 2"),
    ],
    "pad_reflect": [
        (lambda x, p: np.r_[x[p:0:-1], x, x[len(x) - 2 : len(x) - 2 - p : -1]], "whole line in the mirror"),
        (lambda x, p: np.r_[x[p:0:-1], x], "end is missing"),
    ],
    "coverage": [
        (lambda i, k, s, p: coverage_by_product(i, k, s, p).tolist(), "is a list"),
        (lambda i, k, s, p: coverage_by_product(i, k[::-1], s, p), "its two numbers swapped"),
    ],
    "seen_by": [
        (lambda *a: seen_from_the_end(*a)[:2], "2 numbers, and should have 3"),
        (lambda k, s, p: seen_from_the_end(k[::-1], s[::-1], p[::-1]), "the wrong end"),
    ],
    "blur_then_sample": [
        (lambda x, s: ndimage.correlate(x, GAUSSIAN)[::s, ::s], "repeated the outermost"),
        (lambda x, s: ndimage.gaussian_filter(x, 0.85, mode="mirror")[::s, ::s], "paper"),
    ],
    "convolve_lists": [
        (lambda a, b: np.correlate(a, b, "full"), "same difference"),
        (lambda a, b: np.convolve(a, b).tolist(), "is a list"),
    ],
    "crop_to_result": [
        (lambda x, k: x[k[0] // 2 : -(k[0] // 2), k[1] // 2 : -(k[1] // 2)], "-0 is empty"),
        (lambda x, k: x[: len(x) - k[0] + 1, : len(x[0]) - k[1] + 1], "upper left corner"),
    ],
    "shades": [
        (lambda y, m: np.clip(y, 0, m) / m, "clamped"),
        (lambda y, m: 0.5 + y / m / 2, "cut off|beyond|below 0"),
    ],
    "sharpening": [
        (lambda b, n: (1 + n) * signal.unit_impulse(b.shape) - n * b, "corner"),
        (lambda b, n: n * (signal.unit_impulse(b.shape, "mid") - b), "picture itself is missing"),
    ],
    "descend": [
        (lambda f, w, step, steps: w - steps * step * f(w), "first kernel"),
        (lambda f, w, step, steps: descend_again(f, w, -step, steps), "uphill"),
    ],
    "layers_needed": [
        (lambda n, k: (n - 1) // (k - 1), "rounded down"),
        (lambda n, k: math.ceil(n / k), "side by side"),
    ],
    "one_kernel": [
        (lambda a, b: signal.correlate2d(a, b), "turned a kernel"),
        (lambda a, b: signal.convolve2d(a, b, "same"), "as large as the first"),
    ],
    "count_parameters": [
        (lambda i, o, k: (o, i, *k), "of type tuple. Return a number"),
        (lambda i, o, k: o * (i * k[0] ** 2 + 1), "one where height and width differ"),
    ],
    "to_nchw": [
        (lambda x: np.rollaxis(x, 3, 2), "moved by one axis only"),
        (lambda x: np.stack([x[..., c] for c in range(3)], 1), "along axis 3|fails|stops"),
    ],
    "mix_channels": [
        (lambda x, m: np.einsum("oc,chw->hwo", m, x), "channels come last"),
        (lambda x, m: np.einsum("oc,ohw->chw", m, x[: len(m)]), "is transposed|stops"),
    ],
    "grouped": [
        (lambda x, w, g: conv2d(x[None], w)[0], "meets more channels than it has slices"),
        (lambda x, w, g: conv2d(x[None, :: w.shape[1]], w[:, :1], groups=g)[0],
         "more than one channel in a group"),
    ],
    "to_output": [
        (lambda y, N, H, W: np.stack(np.split(y, N, axis=1)).reshape(N, -1, H, W), "picture by picture"),
        (lambda y, N, H, W: np.moveaxis(y.reshape(-1, W, H, N), 3, 0), "W_out before H_out"),
    ],
    "take_windows": [
        (lambda x, k, s: view(x, k)[:: s[0], :: s[1]].reshape(-1, k[0] * k[1]), "Your windows are the rows"),
        (lambda x, k, s: view(x, k)[:: s[1], :: s[0]].reshape(-1, k[0] * k[1]).T, "two strides are swapped"),
    ],
    "dilated_columns": [
        (lambda x, k, d: im2col(x, k), "that fails has gaps|always (1, 1)"),
        (lambda x, k, d: im2col(x, k, dilation=d[::-1]), "dilations are swapped"),
    ],
    "add_back": [
        (lambda c, *a: add_back_at(c, *a) / np.maximum(add_back_at(0 * c + 1, *a), 1), "mean of a pixel's"),
        (lambda c, size, k, s: add_back_at(c, np.subtract(size, np.subtract(size, k) % s), k, s),
         "pixels that no window reaches"),
    ],
    "adjoint_gap": [
        (lambda f, b, x, g: np.vdot(f(x), g) - np.vdot(x, b(g)), "absolute value"),
        (lambda f, b, x, g: abs(np.vdot(f(x), g) - np.vdot(x, b(x))), "shapes do not fit|same g"),
    ],
    "gather": [
        (lambda g, w, *a: line_by_scatter(g, w[::-1], *a), "kernel is turned"),
        (lambda g, w, n, s, p: line_by_matrix(g, w, n, 1, p), "every stride to be 1"),
    ],
    "kernel_gradient": [
        (lambda *a: kernel_by_spreading(*a)[::-1, ::-1], "turned by 180 degrees"),
        (lambda x, g, *a: kernel_by_spreading(x, g, *a) / g.size, "mean over the windows"),
    ],
    "smallest_catch": [
        (lambda k, s, p: max(1, k - 2 * p) + 1, "always take one pixel more"),
        (lambda k, s, p: k - 2 * p + 1, "at least one pixel"),
    ],
    "weight_gradient": [
        (lambda g, c: np.einsum("nol,nrl->or", g, c) / len(g), "mean over the batch"),
        (lambda g, c: np.einsum("nol,nrl->ro", g, c), "is transposed"),
    ],
    "max_pool": [
        (lambda x, k, s: np.maximum(0, view(x, (k, k))[::s, ::s].max(axis=(2, 3))), "begins with 0"),
        (lambda x, k, s: view(x, (k, k))[::k, ::k].max(axis=(2, 3)), "stands for stride"),
    ],
    "pooled_size": [
        (lambda n, k, s, p, ceil_mode: sizes_counted(n, k, s, p, False), "always round down"),
        (lambda n, k, s, p, up: (math.ceil if up else math.floor)((n + 2 * p - k) / s) + 1, "is left out"),
    ],
    "give_back": [
        (give_back_by_index, "kept one gradient"),
        (lambda g, at, shape: np.bincount(at.ravel(), minlength=math.prod(shape)).reshape(shape), "counted"),
    ],
    "mean_inside": [
        (lambda x, k, s, p: view(np.pad(x, p), (k, k))[::s, ::s].mean(axis=(2, 3)), "divided by all places"),
        (lambda x, k, s, p: mean_by_nan(x, k, k, p), "stands for stride"),
    ],
    "corners": [
        (lambda image: view(image, (2, 2)).sum(axis=(2, 3)), "sum has to be bent"),
        (lambda image: (view(image, (2, 2)).sum(axis=(2, 3)) == 1) * 1.0, "one dark pixel among bright"),
    ],
    "bell_back": [
        (lambda g, x: 2 * g * x * np.exp(-(x**2)), "sign is turned"),
        (lambda g, x: -2 * g * x, "stays as a factor"),
    ],
    "soft_ramp": [
        (lambda x: np.log1p(np.exp(x)), "too large for a number"),
        (special.expit, "the sigmoid"),
    ],
    "start_std": [
        (lambda shape, kept: (2 / shape[1]) ** 0.5, "the kernel is missing"),
        (lambda shape, kept: 1 / (math.prod(shape[1:]) * kept), "the variance"),
    ],
    "loss_gradient": [
        (lambda z, y: special.softmax(z, 1) / len(y) - np.eye(z.shape[1])[y], "rows"),
        (lambda z, y: (np.exp(z) / np.exp(z).sum(1)[:, None] - np.eye(z.shape[1])[y]) / len(y), "709.8"),
    ],
    "follow_statistics": [
        (lambda old, x, m: statistics_moved(old, x, 1 - m), "share of the new batch"),
        (lambda old, x, m: statistics_with(old, x, m, len(x) * x.var((0, 2, 3)) / (len(x) - 1)), "pictures"),
        (lambda old, x, m: statistics_with(old, x, m, x.var(0, ddof=1).mean((1, 2))), "at each place"),
        (lambda old, x, m: statistics_with(old, x, m, x.var((2, 3), ddof=1).mean(0)), "in each picture"),
        (lambda old, x, m: old + m * (np.stack([x.mean((0, 2, 3)), x.var((0, 2, 3))]) - old), "one less"),
    ],
    "norm_gradient": [
        (lambda g, x, w, eps: g * (w / np.sqrt(x.var((0, 2, 3)) + eps))[:, None, None], "fixed numbers"),
        (lambda g, x, w, eps: norm_gradient_by_steps(g, x, np.ones_like(w), eps), "weight"),
    ],
    "drop": [
        (lambda x, draws, p, training: np.where(draws < p, 0, x) if training else x, "did not scale"),
        (lambda x, draws, p, training: np.where(draws < p, 0, x / (1 - p)), "in evaluation, too"),
    ],
    "nearest_mean": [
        (lambda a, y, x: y[((x[:, None] - a) ** 2).sum((2, 3)).argmin(1)], "nearest picture"),
        (lambda a, y, x: nearest_by_loops(a, y, x, lambda rows: rows.sum(0)), "added the pictures"),
    ],
    "confusion_matrix": [
        (lambda y, said, K: np.bincount(y + K * said, minlength=K * K).reshape(K, K), "swapped"),
        (lambda y, said, K: (np.eye(K)[y].T @ np.eye(K)[said] > 0).astype(int), "however often"),
    ],
    "adam_move": [
        (lambda m, s, t, lr: lr * m / (np.sqrt(s) + 1e-8), "started at 0"),
        (lambda m, s, t, lr: lr * m / (1 - 0.9**t) / (s / (1 - 0.999**t) + 1e-8), "root"),
    ],
    "full_by_spectra": [
        (lambda x, w: np.fft.ifft(np.fft.fft(x) * np.fft.fft(w, len(x))).real, "no room"),
        (lambda x, w: np.correlate(x, w, "full"), "conjugate"),
    ],
    "winograd_tile": [
        (lambda x, w, AT, G, BT: AT @ ((G @ w @ G.T) @ (BT @ x @ BT.T)) @ AT.T, "number meets number"),
        (lambda x, w, *matrices: signal.convolve2d(x, w, "valid"), "flipped"),
    ],
    "low_rank": [
        (lambda kernel, terms: rank_by_projection(kernel, 1), "always take one"),
        (lambda kernel, terms: kernel - rank_by_projection(kernel, terms), "left over"),
    ],
    "amdahl": [
        (lambda s, piece, n, p: (s + n * piece) / (s + n * piece / p), "piece is not shared"),
        (lambda s, piece, n, p: (s + n * piece) / (s / p + math.ceil(n / p) * piece), "serial part is not"),
    ],
    "crop_frame": [
        (lambda x, r, c: x[r:-r, c:-c], "ends at -0"),
        (lambda x, r, c: x[r : len(x) - r], "You cut rows only"),
        (lambda x, r, c: x if r * c == 0 else x[r:-r, c:-c], "the other two sides still have a frame"),
    ],
    "same_lower": [
        (lambda n, k, s, d: tuple((pads_of_same(n, k, s, d) + more) // 2 for more in (0, 1)), "after"),
        (lambda n, k, s, d: tuple((pads_of_same(n, k, s, 1) + more) // 2 for more in (1, 0)), "dilation out"),
        (lambda n, k, s, d: tuple((pads_of_same(n, k, 1, d) + more) // 2 for more in (1, 0)), "step as 1"),
    ],
    "give_once": [
        (lambda w, g: np.where(w == w.max(), g, 0.0), "give it once"),
        (lambda w, g: np.where(w == w.max(), g, 0.0) / (w == w.max()).sum(), "shared it"),
        (into_whole_numbers, "zeros_like makes whole numbers"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_answers(name):
    assert name in checks.__all__
    assert len(RIGHT[name]) == 2 <= len(WRONG[name])
    for right in RIGHT[name]:
        assert getattr(checks, name)(right).passed
    for wrong, words in WRONG[name]:
        with pytest.raises(checks.CheckFailed) as caught:
            getattr(checks, name)(wrong)
        assert any(word in caught.value.hint for word in words.split("|")), caught.value.hint


def test_no_exercise_is_left_out():
    assert sorted(RIGHT) == sorted(WRONG) == sorted(checks.FOUND)
