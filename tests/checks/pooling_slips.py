"""Slips of a pooling: each a change of its text, and what the diagnosis has to say."""

STRIDE = "s, t = pair(kernel_size if stride is None else stride) -> "
MOST = "x[n, c, i * s : i * s + K_h, j * t : j * t + K_w].max()"
MEAN = "x[:, :, i * s : i * s + K_h, j * t : j * t + K_w].sum((2, 3)) / (K_h * K_w)"
PLACE = "grad[n, c, i * s + u, j * t + v] += grad_out[n, c, i, j]"
PUT = "grad[n, c, i * s : i * s + K_h, j * t : j * t + K_w]"
SPREAD = "grad[:, :, i * s : i * s + K_h, j * t : j * t + K_w] += share"
BACK = "return grad[:, :, p : p + H, q : q + W]"
SHARE = "share = grad_out[:, :, i : i + 1, j : j + 1]"
AREA = " / (K_h * K_w)"
OUT = "y = np.zeros((N, C, H_out, W_out))"
MORE = "y = np.zeros((N, C, (H - K_h + 1) // s + 1, (W - K_w + 1) // t + 1))"
UNPADDED = "padding=0):\n    K_h -> pad_=0):\n    padding = 0\n    K_h"
SQUARE = "W_out = (W + 2 * q - K_w) // t + 1\n -> W_out = (W + 2 * q - K_w) // t + 1\n"
CEIL = """
    H_out = -((K_h - H - 2 * p) // s) + 1
    W_out = -((K_w - W - 2 * q) // t) + 1
    H_out -= (H_out - 1) * s >= H + p
    W_out -= (W_out - 1) * t >= W + q
"""

FORWARD = {  # a change of either pooling: what the diagnosis has to say
    f"{STRIDE}s, t = pair(1 if stride is None else stride)": "the stride is 1 where it is not given",
    f"{STRIDE}s, t = pair(2 if stride is None else stride)": "the stride is 2 where it is not given",
    f"{STRIDE}s, t = 1, 1": "the stride is ignored: it is always 1",
    f"{STRIDE}s, t = K_h, K_w": "the windows always stand side by side",
    f"{STRIDE}t, s = pair(stride or kernel_size)": "the two strides are swapped",
    f"{STRIDE}s = t = pair(stride or kernel_size)[0]": "the stride of the height is used for the width",
    "K_h, K_w = pair(kernel_size) -> K_w, K_h = pair(kernel_size)": "height and width are swapped",
    "K_h, K_w = pair(kernel_size) -> K_h = K_w = pair(kernel_size)[0]": "height is used for its width",
    "p, q = pair(padding) -> p, q = 0, 0": "the padding is ignored",
    "p, q = pair(padding) -> q, p = pair(padding)": "the two paddings are swapped",
    "(p, p), (q, q) -> (0, 2 * p), (0, 2 * q)": "all the padding stands on one side, below",
    "i * s : i * s + K_h, j * t : j * t + K_w -> i : i + K_h, j : j + K_w": "only one step apart",
    "return y -> return y[:, :, :-1, :-1]": "the last row and the last column are missing",
    "return y -> return y.swapaxes(2, 3)": "height and width of the output are swapped",
    f"{OUT} -> {MORE}|{UNPADDED}": "its size is counted with one too many",
    "return y -> return y[:1].repeat(N, 0)": "every picture of the batch gets the result of the first",
    "return y -> return y[:, :1].repeat(C, 1)": "only the first channel is pooled",
    "return y -> return 0 * y": "everything is 0",
    "return y -> return y[0] if N == 1 else y": "It fails exactly where there is one picture. Does a squeeze",
    "y = np.zeros((N, C, H_out, W_out)) -> y = np.zeros((N, C, H_out, W_out), int)": "cut off to whole ones",
    "N, C, H, W = x.shape -> N, C, H, W = x.shape\n    x -= 1": "changed in place",
    f"{SQUARE}    assert (H + 2 * p - K_h) % s == (W + 2 * q - K_w) % t == 0\n": (
        "It refuses, by an error of its own, what the book's layer takes. It does so exactly where the "
        "stride leaves rows or columns over. The size is rounded down, and what is left over is dropped. If "
        'it is meant so: without=["the stride leaves rows or columns over"].'
    ),
    "range(W_out) -> range(H_out)": "the output is not square",
}
LARGEST = {
    "constant_values=-np.inf -> constant_values=0": "the padding is zeros, which win against negative",
    f"{MOST} -> {MOST.replace('x[n, c,', 'x[n, :,')}": "the largest number is looked for in all channels",
    f"{MOST} -> max(0, {MOST})": "the search for the largest number begins at 0",
    f"{MOST} -> {MOST.replace('max', 'min')}": "the smallest number is taken",
    f"{MOST} -> abs({MOST.replace('.max()', '')}).max()": "the number that is farthest from 0",
    f"{MOST} -> {MOST.replace('max', 'mean')}": "the mean is taken: it should be the largest number",
    f"{SQUARE}{CEIL}    x = np.pad(x, ((0, 0), (0, 0), (0, s), (0, t)), constant_values=-np.inf)\n": (
        "the output's size is rounded up (ceil)"
    ),
    f"{MOST} -> {MOST.replace('x[n', 'x[0')}": "every picture of the batch gets the result of the first",
}
MEANS = {
    f"{SQUARE}{CEIL}|{MEAN} -> {MEAN.replace('sum', 'mean')[: MEAN.index(' /') + 1]}": (
        "the output's size is rounded up (ceil)"
    ),
    f"{MEAN} -> {MEAN[: MEAN.index(' /')]}": "the numbers are summed: divide by how many there are",
    "(K_h * K_w) -> (K_h * K_h)": "divided by the kernel's height twice",
    "(K_h * K_w) -> (s * t)": "divided by the stride's area",
    f"{MEAN} -> {MEAN.replace('sum((2, 3))', 'sum((1, 2, 3))[:, None]')} / C": (
        "the mean is taken over all channels"
    ),
    f"{MEAN} -> {MEAN.replace('sum', 'max')[: MEAN.index(' /')]}": (
        "the largest number is taken: it should be the mean"
    ),
    "(q, q)))\n    H_out -> (q, q)), constant_values=np.nan)\n    H_out|"
    f"{MEAN} -> np.nanmean({MEAN[: MEAN.index('.sum')]}, (2, 3))": (
        "the mean leaves the padding's zeros out"
    ),
    "(q, q))) -> (q, q)), 'edge')": "the padding repeats the border's pixels",
}
LARGEST_BACK = {
    PLACE + " -> " + PLACE.replace("+=", "="): "is not accumulated where windows overlap",
    f"{PLACE} -> {PUT} = (window == window.max()) * grad_out[n, c, i, j]": "is not accumulated where windows",
    f"{PLACE} -> {PUT} += (window == window.max()) * grad_out[n, c, i, j]": "of equal numbers each gets the",
    f"{PLACE} -> {PUT} += grad_out[n, c, i, j]": "every number of a window gets the whole gradient",
    f"{PLACE} -> {PUT} += grad_out[n, c, i, j] / window.size": "it is shared equally, as a mean's",
    f"{PLACE} -> {PUT} += (window == x[n, :, i * s : i * s + K_h, j * t : j * t + K_w].max()) "
    "* grad_out[n, c, i, j]": "the largest number is looked for in all channels",
    "np.unravel_index(window.argmax(), window.shape) -> divmod(window.argmax(), K_h)": (
        "the flat argmax is taken apart with the kernel's height"
    ),
    "+= grad_out[n, c, i, j] -> += grad_out[n, c, i, j] * window.max()": "multiplied by the number itself",
    "+= grad_out[n, c, i, j] -> += 1": "it is 1 where it should be the window's gradient",
}
BACKWARD = {
    f"{BACK} -> return grad": "the padding is not cut off",
    "p : p + H, q : q + W] -> p:-p, q:-q]": "[p:-p], which is empty for p = 0",
    f"{BACK} -> {BACK} / N": "it is averaged over the batch",
    f"{BACK} -> {BACK} * 0": "it is 0",
    f"{BACK} -> {BACK} * -1": "its sign is the other one",
    f"{BACK} -> grad[:, 1:] = 0\n    {BACK}": "only the first channel gets a gradient",
    f"{BACK} -> grad[1:] = 0\n    {BACK}": "only the first picture of the batch gets a gradient",
    f"{BACK} -> a, b = (grad_out.shape[2] - 1) * s + K_h, (grad_out.shape[3] - 1) * t + K_w\n"
    "    return grad[:, :, p : min(p + H, a), q : min(q + W, b)]": "rows and columns that the stride leaves",
}
AVERAGE_BACK = {
    SPREAD + " -> " + SPREAD.replace("+=", "="): "is not accumulated where windows overlap",
    f"{SHARE}{AREA} -> {SHARE}": ("the mean's gradient is not divided"),
    "(N, C, H + 2 * p, W + 2 * q)) -> (N, C, H + 2 * p, W + 2 * q))\n"
    "    a, b = (grad_out.shape[2] - 1) * s + 1, (grad_out.shape[3] - 1) * t + 1\n"
    "    for u, v in np.ndindex(K_h, K_w):\n"
    "        grad[:, :, u : u + a : s, v : v + b : t] = grad_out / (K_h * K_w)\n"
    f"    {BACK}": "is not accumulated where windows overlap",
    f"{SHARE}{AREA} -> "
    "r, c = slice(max(i * s - p, 0), i * s - p + K_h), slice(max(j * t - q, 0), j * t - q + K_w)\n"
    f"            {SHARE} / x[0, 0, r, c].size": "the padding's zeros do not count for the mean",
    f"{SHARE}{AREA} -> "
    "window = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)), constant_values=-np.inf)"
    "[:, :, i * s : i * s + K_h, j * t : j * t + K_w]\n"
    f"            {SHARE} * (window == window.max((2, 3), keepdims=True))": (
        "the largest number of each window gets all of it"
    ),
}
