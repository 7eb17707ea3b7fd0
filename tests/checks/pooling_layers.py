"""Poolings as people write them, as text, so that a test can put a slip into them."""

MAXIMUM = """
def max_pool2d(x, kernel_size, stride=None, padding=0):
    K_h, K_w = pair(kernel_size)
    s, t = pair(kernel_size if stride is None else stride)
    p, q = pair(padding)
    N, C, H, W = x.shape
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)), constant_values=-np.inf)
    H_out = (H + 2 * p - K_h) // s + 1
    W_out = (W + 2 * q - K_w) // t + 1
    y = np.zeros((N, C, H_out, W_out))
    for n in range(N):
        for c in range(C):
            for i in range(H_out):
                for j in range(W_out):
                    y[n, c, i, j] = x[n, c, i * s : i * s + K_h, j * t : j * t + K_w].max()
    return y


def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=0):
    K_h, K_w = pair(kernel_size)
    s, t = pair(kernel_size if stride is None else stride)
    p, q = pair(padding)
    N, C, H, W = x.shape
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)), constant_values=-np.inf)
    grad = np.zeros(x.shape)
    for n in range(N):
        for c in range(C):
            for i in range(grad_out.shape[2]):
                for j in range(grad_out.shape[3]):
                    window = x[n, c, i * s : i * s + K_h, j * t : j * t + K_w]
                    u, v = np.unravel_index(window.argmax(), window.shape)
                    grad[n, c, i * s + u, j * t + v] += grad_out[n, c, i, j]
    return grad[:, :, p : p + H, q : q + W]
"""

PAIR = """
def pair(value):
    return value if isinstance(value, tuple) else (value, value)
"""

AVERAGE = """
def avg_pool2d(x, kernel_size, stride=None, padding=0):
    K_h, K_w = pair(kernel_size)
    s, t = pair(kernel_size if stride is None else stride)
    p, q = pair(padding)
    N, C, H, W = x.shape
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    H_out = (H + 2 * p - K_h) // s + 1
    W_out = (W + 2 * q - K_w) // t + 1
    y = np.zeros((N, C, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            y[:, :, i, j] = x[:, :, i * s : i * s + K_h, j * t : j * t + K_w].sum((2, 3)) / (K_h * K_w)
    return y


def avg_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=0):
    K_h, K_w = pair(kernel_size)
    s, t = pair(kernel_size if stride is None else stride)
    p, q = pair(padding)
    N, C, H, W = x.shape
    grad = np.zeros((N, C, H + 2 * p, W + 2 * q))
    for i in range(grad_out.shape[2]):
        for j in range(grad_out.shape[3]):
            share = grad_out[:, :, i : i + 1, j : j + 1] / (K_h * K_w)
            grad[:, :, i * s : i * s + K_h, j * t : j * t + K_w] += share
    return grad[:, :, p : p + H, q : q + W]
"""

COURSE = """
def pool_forward_naive(x, pool_param):
    size_h, size_w, stride = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    N, C, H, W = x.shape
    rows, columns = range(0, H - size_h + 1, stride), range(0, W - size_w + 1, stride)
    y = [[x[:, :, i : i + size_h, j : j + size_w].max(axis=(2, 3)) for j in columns] for i in rows]
    return np.array(y).transpose(2, 3, 0, 1), (x, pool_param)


def pool_backward_naive(dout, cache):
    x, param = cache
    size_h, size_w, stride = param["pool_height"], param["pool_width"], param.get("stride", 1)
    dx = np.zeros_like(x, float)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, i * stride : i * stride + size_h, j * stride : j * stride + size_w]
        place = np.argmax(window)
        dx[n, c, i * stride + place // size_w, j * stride + place % size_w] += dout[n, c, i, j]
    return dx
"""
CHANNELS_LAST = """
def pool_forward(A_prev, hparameters, mode="max"):
    f, stride = hparameters["f"], hparameters["stride"]
    windows = np.lib.stride_tricks.sliding_window_view(A_prev, (f, f), (1, 2))[:, ::stride, ::stride]
    A = windows.max((4, 5)) if mode == "max" else windows.mean((4, 5))
    return A, (A_prev, hparameters)


def pool_backward(dA, cache, mode="max"):
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros(A_prev.shape)
    for i, j in np.ndindex(dA.shape[1:3]):
        place = np.s_[:, i * stride : i * stride + f, j * stride : j * stride + f]
        window = A_prev[place]
        share = np.full(window.shape, 1 / f**2)
        if mode == "max":
            mask = window == window.max((1, 2), keepdims=True)
            share = mask / mask.sum((1, 2), keepdims=True)
        dA_prev[place] += share * dA[:, i : i + 1, j : j + 1]
    return dA_prev
"""
FOLDED = """
def pool(image):
    H, W, C = image.shape
    blocks = image[: H // 2 * 2, : W // 2 * 2].reshape(H // 2, 2, W // 2, 2, C)
    return blocks.max(axis=(1, 3))


def pool_back(grad, image):
    out = np.zeros(image.shape)
    for i, j, c in np.ndindex(grad.shape):
        block = image[2 * i : 2 * i + 2, 2 * j : 2 * j + 2, c]
        u, v = np.argwhere(block == block.max())[-1]
        out[2 * i + u, 2 * j + v, c] = grad[i, j, c]
    return out
"""
COLUMNS = """
def AvgPool(inputs, *, pool_h, pool_w, strides=(1, 1), pad=(0, 0)):
    N, C, H, W = inputs.shape
    (s, t), (p, q) = pair(strides), pair(pad)
    x = np.pad(inputs.reshape(N * C, 1, H, W), ((0, 0), (0, 0), (p, p), (q, q)))
    columns = np.lib.stride_tricks.sliding_window_view(x, (1, pool_h, pool_w), (1, 2, 3))[:, 0, ::s, ::t]
    out = columns.reshape(*columns.shape[:3], -1) @ np.full(pool_h * pool_w, 1 / pool_h / pool_w)
    return {"out": out.reshape(N, C, *out.shape[1:]), "cache": (inputs.shape, pool_h, pool_w, (s, t), (p, q))}


def AvgPool_grad(dout, cache):
    (N, C, H, W), K_h, K_w, (s, t), (p, q) = cache
    rows = np.array([[(0 <= i - a * s + p < K_h) for i in range(H)] for a in range(dout.shape[2])], float)
    columns = np.array([[(0 <= j - b * t + q < K_w) for j in range(W)] for b in range(dout.shape[3])], float)
    return {"dinputs": np.einsum("ncab,ai,bj->ncij", dout, rows, columns) / (K_h * K_w)}
"""
PLANES = """
def pool(X, size, stride=None):
    s = size if stride is None else stride
    last = [n - size + 1 for n in X.shape[-2:]]
    views = [X[..., i : i + last[0] : s, j : j + last[1] : s] for i in range(size) for j in range(size)]
    return np.maximum.reduce(views)
"""
RIGHT = {  # poolings in several styles, and what has to be said of them
    "loops": (MAXIMUM, {}),
    "means": (AVERAGE, {}),
    "a course's dictionary": (COURSE, {}),
    "channels last, largest": (CHANNELS_LAST, {"layout": "NHWC"}),
    "channels last, means": (CHANNELS_LAST, {"layout": "NHWC", "kind": "avg"}),
    "folded, one picture": (FOLDED, {"layout": "HWC", "fixed": {"kernel_size": 2, "stride": 2}}),
    "by columns, in dictionaries": (COLUMNS, {}),
    "planes": (PLANES, {}),
}
ARGMAX = "np.unravel_index(window.argmax(), window.shape)"
TIES = {  # another winner among equals, and what is noted
    "the last": (f"{ARGMAX} -> np.argwhere(window == window.max())[-1]", "of equal numbers the last gets"),
    "by columns": (
        f"{ARGMAX} -> np.argwhere(window.T == window.max())[0][::-1]",
        "of equal numbers the first by columns gets",
    ),
    "the last by columns": (
        f"{ARGMAX} -> np.argwhere(window.T == window.max())[-1][::-1]",
        "of equal numbers the last by columns gets",
    ),
    "all, shared": (
        "grad[n, c, i * s + u, j * t + v] += grad_out[n, c, i, j] -> mask = window == window.max()\n"
        "                    grad[n, c, i * s : i * s + K_h, j * t : j * t + K_w] += "
        "mask / mask.sum() * grad_out[n, c, i, j]",
        "equal numbers share the gradient",
    ),
}
