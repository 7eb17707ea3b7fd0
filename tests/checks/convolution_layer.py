"""A convolution with every setting, as text, and slips in it: what the diagnosis has to say of each."""

TEXT = """
def pair(value):
    return value if isinstance(value, tuple) else (value, value)


def conv(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    (s, t), (p, q), (d, e) = pair(stride), pair(padding), pair(dilation)
    N, C, H, W = x.shape
    C_out, C_in, K_h, K_w = weight.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    H_out = (H + 2 * p - d * (K_h - 1) - 1) // s + 1
    W_out = (W + 2 * q - e * (K_w - 1) - 1) // t + 1
    y = np.zeros((N, C_out, H_out, W_out))
    for o in range(C_out):
        g = o // (C_out // groups)
        channels = slice(g * C_in, g * C_in + C_in)
        for i, j in np.ndindex(H_out, W_out):
            rows = i * s + d * np.arange(K_h)
            columns = j * t + e * np.arange(K_w)
            window = x_pad[:, channels][:, :, rows[:, None], columns]
            y[:, o, i, j] = (window * weight[o]).sum((1, 2, 3))
    if bias is not None:
        y += bias[:, None, None]
    return y


def conv_backward(grad_out, x, weight, stride=1, padding=0, dilation=1, groups=1):
    (s, t), (p, q), (d, e) = pair(stride), pair(padding), pair(dilation)
    N, C, H, W = x.shape
    C_out, C_in, K_h, K_w = weight.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    grad_pad, grad_weight = np.zeros(x_pad.shape), np.zeros(weight.shape)
    for n, o, i, j in np.ndindex(grad_out.shape):
        g = o // (C_out // groups)
        rows = i * s + d * np.arange(K_h)
        columns = j * t + e * np.arange(K_w)
        place = (n, np.arange(g * C_in, g * C_in + C_in)[:, None, None], rows[:, None], columns)
        grad_pad[place] += grad_out[n, o, i, j] * weight[o]
        grad_weight[o] += grad_out[n, o, i, j] * x_pad[place]
    grad_x = grad_pad[:, :, p : p + H, q : q + W]
    grad_bias = grad_out.sum((0, 2, 3))
    return grad_x, grad_weight, grad_bias
"""
SUM = "(window * weight[o]).sum((1, 2, 3))"
PAIRS = "(s, t), (p, q), (d, e) = pair(stride), pair(padding), pair(dilation)"
PAD = "(p, p), (q, q)))\n    H_out"
SIZES = "    y = np.zeros((N, C_out, H_out, W_out))\n"
CEIL = """    H_out = -((d * (K_h - 1) + 1 - H - 2 * p) // s) + 1
    W_out = -((e * (K_w - 1) + 1 - W - 2 * q) // t) + 1
    x_pad = np.pad(x_pad, ((0, 0), (0, 0), (0, s), (0, t)))
"""
FORWARD = {
    f"{SUM} -> (window * weight[o].swapaxes(1, 2)).sum((1, 2, 3)) if K_h == K_w else {SUM}": (
        "the kernel's rows and columns are swapped"
    ),
    f"{SUM} -> (window[:, -1] * weight[o, -1]).sum((1, 2))": "only the last channel is used",
    f"{SUM} -> {SUM} / C_in": "the channels are averaged",
    f"{SUM} -> (window * weight[o]).sum(1).mean((1, 2))": "the products are averaged over the kernel",
    "channels = slice(g * C_in, g * C_in + C_in) -> channels = slice(g, None, groups)": "every so-many-th",
    "channels = slice(g * C_in, g * C_in + C_in) -> channels = slice(C_in)": "every group sees the channels",
    f"{PAIRS}\n -> {PAIRS}\n    p = q = 0\n": "the padding is ignored",
    f"{PAIRS}\n -> {PAIRS}\n    q = 0\n": "only rows are padded",
    f"{PAIRS}\n -> {PAIRS}\n    p = 0\n": "only columns are padded",
    f"{PAIRS}\n -> {PAIRS}\n    p, q = q, p\n": "the two paddings are swapped",
    f"{PAIRS}\n -> {PAIRS}\n    q = p\n": "the padding of the height is used for the width",
    f"{PAIRS}\n -> {PAIRS}\n    p = q\n": "the padding of the width is used for the height",
    f"{PAD} -> (p, p), (q, q)), 'reflect')\n    H_out": "the padding mirrors the picture",
    f"{PAD} -> (p, 0), (q, 0)))\n    H, W = H - p, W - q\n    H_out": "above and to the left, and the other",
    f"{PAD} -> (0, p), (0, q)))\n    H, W = H - p, W - q\n    H_out": "below and to the right, and the other",
    f"{PAIRS}\n -> {PAIRS}\n    s = t = 1\n": "the stride is ignored",
    f"{PAIRS}\n -> {PAIRS}\n    t = s\n": "the stride of the height is used for the width",
    f"{PAIRS}\n -> {PAIRS}\n    s = t\n": "the stride of the width is used for the height",
    f"{PAIRS}\n -> {PAIRS}\n    s, t = t, s\n": "the two strides are swapped",
    f"{PAIRS}\n -> {PAIRS}\n    d = e = 1\n": "the dilation is ignored",
    f"{PAIRS}\n -> {PAIRS}\n    d, e = d + 1, e + 1\n": "the dilation counts the gaps, from 0",
    f"{PAIRS}\n -> {PAIRS}\n    d, e = e, d\n": "the two dilations are swapped",
    f"{SIZES} -> {CEIL}{SIZES}": "the output's size is rounded up (ceil)",
    "return y -> return y[..., :-1]": "the last column is missing",
    "return y -> return y[..., :-1, :-1]": "the last row and the last column are missing",
    "return y -> return y.reshape(N, C_out, W_out, H_out)": "height and width of the output are swapped by a",
    "y += bias[:, None, None] -> y += C_in * bias[:, None, None]": "the bias is added once for each channel",
    "return y -> return y.transpose(0, 2, 3, 1).reshape(y.shape)": "mixes filters and places",
    "return y -> return y.transpose(1, 2, 3, 0).reshape(y.shape)": "mixes pictures and places",
    "return y -> return y[-1:].repeat(N, 0)": "every picture of the batch gets the result of the last",
    "return y -> return 0 * y": "everything is 0",
    "return y -> return -y": "the sign is the other one",
    f"{SUM} -> np.tensordot(window, weight[o], 3).astype(int).astype(np.uint8)": "numbers run over",
}
PLACE = "grad_pad[place] += grad_out[n, o, i, j] * weight[o]"
MINE = "grad_weight[o] += grad_out[n, o, i, j] * x_pad[place]"
LOOP = "    for n, o, i, j in np.ndindex(grad_out.shape):\n"
SUMS = "grad_out.sum((0, 2, 3))"
RETURN = "return grad_x, grad_weight, grad_bias"
SPAN = "(grad_out.shape[{}] - 1) * {} + {} * ({} - 1) + 1"
GRAD_X = {
    f"{PLACE} -> {PLACE.replace('+=', '=')}": "is not accumulated",
    f"{PLACE} -> {PLACE.replace('weight[o]', 'weight[o, :, ::-1, ::-1]')}": "turned by a half turn once",
    f"{PLACE} -> {PLACE.replace('weight[o]', '(weight[o].swapaxes(1, 2) if K_h == K_w else weight[o])')}": (
        "the kernel's rows and columns are swapped"
    ),
    f"{RETURN} -> b, r = {SPAN.format(2, 's', 'd', 'K_h')} - p, {SPAN.format(3, 't', 'e', 'K_w')} - q\n"
    "    return grad_x[:, :, : b - p, : r - q], grad_weight, grad_bias": "the rows and columns that",
    f"{PLACE} -> grad_pad[(*place[:2], place[2] - i * (s - 1), place[3] - j * (t - 1))] += "
    "grad_out[n, o, i, j] * weight[o]": "the stride is forgotten on the way back",
    f"{RETURN} -> return grad_x / N, grad_weight, grad_bias": "it is averaged over the batch",
    f"{PLACE} -> {PLACE} * (o == 0)": "only the first filter sends its gradient back",
    f"{RETURN} -> return grad_x[-1:].repeat(N, 0), grad_weight, grad_bias": "gets the gradient of the last",
    f"{PLACE} -> {PLACE} * (n == 0)": "only the first picture of the batch gets a gradient",
    f"{RETURN} -> return 2 * grad_x, grad_weight, grad_bias": "it is twice as large as it should be",
    f"{RETURN} -> return grad_x / 2, grad_weight, grad_bias": "it is half as large as it should be",
    f"{RETURN} -> return 0 * grad_x, grad_weight, grad_bias": "it is 0",
    f"{RETURN} -> return -grad_x, grad_weight, grad_bias": "its sign is the other one",
    f"{RETURN} -> return grad_pad, grad_weight, grad_bias": "the padding is not cut off",
    "p : p + H, q : q + W] -> p:-p, q:-q]": "[p:-p], which is empty for p = 0",
    "[:, :, p : p + H, q : q + W] -> [:, :, :H, :W]": "the padding is cut off at one end only",
    f"{PLACE} -> {PLACE} * (o == C_out - 1)": "only the last filter sends its gradient back",
    f"{LOOP} -> {LOOP}        grad_pad[n] *= o == 0 or (i, j) != (0, 0)\n|"
    f"{PLACE} -> {PLACE.replace('+', '')}": ("neither where windows overlap nor over filters"),
}
GRAD_WEIGHT = {
    f"{MINE} -> {MINE} / N": "it is averaged over the batch: sum it",
    f"{MINE} -> {MINE} * (n == N - 1)": "only the last picture of the batch counts",
    f"{MINE} -> {MINE} * (n == 0)": "only the first picture of the batch counts",
    f"{MINE} -> {MINE} / np.prod(grad_out.shape[2:])": "it is averaged over the places",
    f"{MINE} -> {MINE} / np.prod(grad_out.shape[2:]) / N": "it is averaged over the batch and the places",
    f"{MINE} -> {MINE.replace('+=', '=')}": "only the last window counts",
    f"{RETURN} -> return grad_x, 2 * grad_weight, grad_bias": "it is twice as large as it should be",
    f"{RETURN} -> return grad_x, grad_weight / 2, grad_bias": "it is half as large as it should be",
    f"{RETURN} -> return grad_x, 0 * grad_weight, grad_bias": "it is 0",
    f"{RETURN} -> return grad_x, -grad_weight, grad_bias": "its sign is the other one",
    f"{RETURN} -> return grad_x, grad_weight[:, :, ::-1, ::-1], grad_bias": (
        "it is turned by a half turn: its rows and its columns are mirrored"
    ),
    f"{RETURN} -> return grad_x, grad_weight[:, :, ::-1], grad_bias": "it is mirrored up and down",
    f"{RETURN} -> return grad_x, grad_weight[..., ::-1], grad_bias": "it is mirrored left and right",
    f"{RETURN} -> return grad_x, grad_weight.swapaxes(2, 3), grad_bias": "its rows and columns are swapped",
    "x_pad = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))\n    grad_pad -> "
    "x_pad = np.pad(x, ((0, 0), (0, 0), (0, 2 * p), (0, 2 * q)))\n    grad_pad": "without its padding",
    f"{MINE} -> grad_weight[o] += grad_out[n, o, i, j] * "
    "x_pad[(*place[:2], place[2] - i * (s - 1), place[3] - j * (t - 1))]": "the stride is forgotten: the",
}
GRAD_BIAS = {
    f"{SUMS} -> {SUMS} / N": "it is averaged over the batch: sum it",
    f"{SUMS} -> grad_out[-1].sum((1, 2))": "only the last picture of the batch counts",
    f"{SUMS} -> grad_out[0].sum((1, 2))": "only the first picture of the batch counts",
    f"{SUMS} -> grad_out.mean((2, 3)).sum(0)": "it is averaged over the places",
    f"{SUMS} -> grad_out.mean((0, 2, 3))": "it is averaged over the batch and the places",
    f"{SUMS} -> grad_out[-1, :, -1, -1]": "only the last window counts",
    f"{SUMS} -> 2 * {SUMS}": "it is twice as large as it should be",
    f"{SUMS} -> {SUMS} / 2": "it is half as large as it should be",
    f"{SUMS} -> 0 * {SUMS}": "it is 0",
    f"{SUMS} -> -{SUMS}": "its sign is the other one",
    f"{SUMS} -> grad_out.sum((2, 3))": "it is summed over the places only",
    f"{SUMS} -> grad_out.sum(0)": "it is summed over the batch only",
    f"{SUMS} -> grad_out.sum()": "it is one number",
    f"{SUMS} -> np.full(C_out, grad_out.sum())": "every filter gets the sum of all",
    f"{SUMS} -> grad_out": "it is the gradient of the output as it is",
}
