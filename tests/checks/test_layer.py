"""Anybody's convolution: right ones pass, whatever their style; each slip gets its diagnosis."""

import numpy as np
import pytest
from scipy.fft import irfft2, rfft2

import cnnbook
from cnnbook import checks
from cnnbook.checks import CheckFailed

LOOPS = """
def conv_forward(x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, _, K_h, K_w = w.shape
    p = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    H_out = (H + 2 * pad - K_h) // stride + 1
    W_out = (W + 2 * pad - K_w) // stride + 1
    out = np.zeros((N, F, H_out, W_out))
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    top, left = i * stride, j * stride
                    window = p[n, :, top : top + K_h, left : left + K_w]
                    out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out, (x, w, b, stride, pad)


def conv_backward(dout, cache):
    x, w, b, stride, pad = cache
    N, C, H, W = x.shape
    F, _, K_h, K_w = w.shape
    p = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dp, dw = np.zeros(p.shape), np.zeros(w.shape)
    db = dout.sum(axis=(0, 2, 3))
    for n in range(N):
        for f in range(F):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    top, left = i * stride, j * stride
                    rows, columns = slice(top, top + K_h), slice(left, left + K_w)
                    dp[n, :, rows, columns] += dout[n, f, i, j] * w[f]
                    dw[f] += dout[n, f, i, j] * p[n, :, rows, columns]
    dx = dp[:, :, pad : pad + H, pad : pad + W]
    return dx, dw, db
"""

FORWARD = {  # a change of the loops: what the diagnosis has to say
    "* w[f]) -> * w[f, :, ::-1, ::-1])": "the kernel is flipped, up and down and left and right",
    "* w[f]) -> * w[f, :, ::-1])": "the kernel is flipped up and down",
    "* w[f]) -> * w[f, :, :, ::-1])": "the kernel is flipped left and right",
    " + b[f] -> ": "the bias is missing",
    " + b[f] -> - b[f]": "the bias is subtracted",
    " + b[f] -> + b[0]": "every filter gets the bias of the first",
    "np.sum(window * w[f]) + b[f] -> np.sum(window * w[f] + b[f])": "the bias is added to every product",
    "np.sum(window * w[f]) -> np.sum(window[0] * w[f, 0])": "only the first channel is used",
    "np.sum(window * w[f]) -> np.sum(window * w[0])": "every filter has the numbers of the first",
    "i * stride, j * stride -> i, j": "only one step apart",
    "p[n, : -> p[0, :": "every picture of the batch gets the result of the first",
    "np.zeros((N, F, H_out, W_out)) -> np.zeros((N, F, H_out, W_out), int)": "cut off to whole ones",
    "(pad, pad), (pad, pad) -> (2 * pad, 0), (2 * pad, 0)": "all the padding stands on one side, above",
    "(pad, pad), (pad, pad) -> (0, 2 * pad), (0, 2 * pad)": "all the padding stands on one side, below",
    "(pad, pad), (pad, pad))) -> (pad, pad), (pad, pad)), 'edge')": "repeats the border's pixels",
    "W_out = (W + 2 * pad - K_w) -> W_out = (H + 2 * pad - K_h)": "not square",
    "W_out = (W + 2 * pad - K_w) -> W_out = (W + 2 * pad - K_h)": (
        "the kernel's height is used for its width, in the output's size"
    ),
    "H_out = (H + 2 * pad - K_h) -> H_out = (H + 2 * pad - K_w)": (
        "the kernel's width is used for its height, in the output's size"
    ),
    "return out, -> return np.maximum(out, 0),": "a ReLU is another layer",
    "return out, -> return out.swapaxes(2, 3),": "height and width of the output are swapped",
    "return out, -> return out.transpose(1, 0, 2, 3).reshape(out.shape),": "mixes pictures and filters",
    "return out, -> return out[:, :, :-1],": "the last row is missing",
    "pad=0):\n -> pad=0):\n    x -= 1\n": "changed in place",
    "left + K_w -> left + K_h": "the kernel is not square",
}
BACKWARD = {
    "dp[n, :, rows, columns] += -> dp[n, :, rows, columns] =": "is not accumulated",
    "* w[f]\n -> * w[f, :, ::-1, ::-1]\n": "The gradient of x is what comes out if the kernel is turned",
    "dw[f] += -> dw[f] =": "The gradient of the weight is what comes out if only the last window counts",
    "return dx, dw, db -> return dx, dw / N, db": "of the weight is what comes out if it is averaged over",
    "return dx, dw, db -> return dx, dw, db / N": "of the bias is what comes out if it is averaged over",
    "return dx, dw, db -> return dx / N, dw, db": "gradient of x is what comes out if it is averaged over",
    "return dx, dw, db -> return -dx, dw, db": "its sign is the other one",
    "return dx, dw, db -> return dx, dw, 0 * db": "it is 0",
    "axis=(0, 2, 3) -> axis=(2, 3)": "it is summed over the places only",
    "axis=(0, 2, 3) -> axis=0": "it is summed over the batch only",
    "pad : pad + H, pad : pad + W -> pad:-pad, pad:-pad": "[p:-p], which is empty for p = 0",
    "dp[:, :, pad : pad + H, pad : pad + W] -> dp": "the padding is not cut off",
    "dp[:, :, pad : pad + H, pad : pad + W] -> dp[:, :, :H, :W]": "cut off at one end only",
    "pad : pad + H, pad : pad + W -> pad:, pad:": "at one end only, above and to the left",
    "pad : pad + H, pad : pad + W -> 2 * pad :, 2 * pad :": "at one end only, above and to the left",
    "pad : pad + H, pad : pad + W -> pad:H, pad:W": "with [p:H], which ends too early",
    "pad : pad + H, pad : pad + W -> pad // 2 : pad // 2 + H, pad // 2 : pad // 2 + W": "half of the padding",
    "pad : pad + H, pad : pad + W -> pad // 2 : H + 2 * pad - pad // 2, pad // 2 : W + 2 * pad - pad // 2": (
        "half of the padding is cut off at each end"
    ),
    "dout[n, f, i, j] * w[f] -> (f == F - 1) * dout[n, f, i, j] * w[f]": "only the last filter sends",
}


def made(source, change=""):
    old, _, new = change.partition(" -> ")
    assert old in source
    scope = {"np": np}
    exec(source.replace(old, new) if change else source, scope)
    return scope


@pytest.mark.parametrize(("change", "words"), FORWARD.items())
def test_a_slip_in_the_forward_pass_gets_its_diagnosis(change, words):
    report = checks.layer(made(LOOPS, change)["conv_forward"])
    assert not report.ok
    assert words in report.diagnosis
    assert report.diagnosis in " ".join(str(report).split())


@pytest.mark.parametrize(("change", "words"), BACKWARD.items())
def test_a_slip_in_the_backward_pass_gets_its_diagnosis(change, words):
    forward, backward = (made(LOOPS, change)[name] for name in ("conv_forward", "conv_backward"))
    assert checks.layer(made(LOOPS)["conv_forward"]).ok
    report = checks.layer(forward, backward)
    assert not report.ok
    assert words in report.diagnosis
    assert "conv_backward" in str(report)


def einsum(x, weight, bias=None, stride=1, padding=0):
    p, q = np.broadcast_to(padding, 2)
    s, t = np.broadcast_to(stride, 2)
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    windows = np.lib.stride_tricks.sliding_window_view(x, weight.shape[2:], (2, 3))[:, :, ::s, ::t]
    y = np.einsum("ncijuv,ocuv->noij", windows, weight)
    return y if bias is None else y + bias[:, None, None]


def by_fourier(X, W, b):
    shape = X.shape[-2] + W.shape[-2] - 1, X.shape[-1] + W.shape[-1] - 1
    products = rfft2(X, shape)[:, None] * rfft2(W[:, :, ::-1, ::-1], shape)[None]
    y = irfft2(products.sum(2), shape)
    y = y[:, :, W.shape[-2] - 1 : X.shape[-2], W.shape[-1] - 1 : X.shape[-1]]
    return y + b.reshape(1, -1, 1, 1)


def channels_last(A_prev, W, b, hparameters):
    x, w = A_prev.transpose(0, 3, 1, 2), W.transpose(3, 2, 0, 1)
    return einsum(x, w, b.ravel(), hparameters["stride"], hparameters["pad"]).transpose(0, 2, 3, 1), None


def one_grey_picture(image, kernel):
    K = np.array(kernel.shape)
    H_out, W_out = np.array(image.shape) - K + 1
    return np.array(
        [[(image[i:, j:][: K[0], : K[1]] * kernel).sum() for j in range(W_out)] for i in range(H_out)]
    )


RIGHT = {
    "the book's": ((cnnbook.conv2d, cnnbook.conv2d_backward), {}),
    "loops": ((made(LOOPS)["conv_forward"], made(LOOPS)["conv_backward"]), {}),
    "einsum": ((einsum,), {}),
    "Fourier": ((by_fourier,), {}),
    "channels last": (
        (channels_last,),
        {"layout": "NHWC", "weight_layout": "HWIO", "bias_shape": (1, 1, 1, -1)},
    ),
    "one grey picture": ((one_grey_picture,), {"layout": "HW", "weight_layout": "HW"}),
    "other names": ((lambda a1, a2: einsum(a1, a2),), {"kind": "conv"}),
    "names given": (
        (lambda theta, pixels: einsum(pixels, theta),),
        {"names": {"x": "pixels", "weight": "theta"}},
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_one_passes(name):
    functions, keywords = RIGHT[name]
    report = checks.layer(*functions, **keywords)
    assert report.ok, str(report)
    assert report
    assert report.case is None
    assert "Right" in report._repr_markdown_()


def test_the_report_says_what_was_tried_and_what_not():
    report = str(checks.layer(by_fourier))
    tried, left = (
        next(line for line in report.splitlines() if start in line) for start in ("Tried", "Not tried")
    )
    assert "the kernel is not square" in tried
    for words in ("the stride is above 1", "there is padding", "there are groups", "the kernel is dilated"):
        assert words in left
        assert words not in tried
    assert "One number only, no pair: padding, stride" in str(checks.layer(made(LOOPS)["conv_forward"]))


def test_the_smallest_case_is_small_and_fails():
    flipped = made(LOOPS, "* w[f]) -> * w[f, :, ::-1, ::-1])")["conv_forward"]
    report = checks.layer(flipped)
    assert report.case["x"].size == report.case["w"].size == 2
    assert not np.allclose(flipped(**report.case)[0], report.expected)
    assert report._repr_markdown_().startswith("```text\nconv_forward fails in ")


def test_gradients_in_another_order_are_told_of():
    def forward(x, weight, bias):
        return cnnbook.conv2d(x, weight, bias)

    def backward(grad_out, x, weight, bias):
        grad_x, grad_weight, grad_bias = cnnbook.conv2d_backward(grad_out, x, weight)
        return grad_weight, grad_x, grad_bias

    report = checks.layer(forward, backward)
    assert "that of weight: if the gradients come back in another order" in report.diagnosis
    assert 'grads=("weight", "x", "bias")' in report.diagnosis
    assert checks.layer(forward, backward, grads=("weight", "x", "bias")).ok


def test_a_pair_where_one_number_is_taken_is_told_of():
    def backward(grad_out, x, weight, padding=0):
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        grad_x, grad_weight, _ = cnnbook.conv2d_backward(grad_out, x, weight)
        return grad_x[:, :, padding : -padding or None, padding : -padding or None], grad_weight

    forward = lambda x, weight, padding=0: cnnbook.conv2d(x, weight, padding=padding)  # noqa: E731
    assert "A pair stands where one number has to" in checks.layer(forward, backward).diagnosis


def test_an_endless_loop_is_stopped(monkeypatch):
    monkeypatch.setattr(checks.limit, "SECONDS", 0.2)
    report = checks.layer(lambda x, weight: [0 for _ in iter(int, 1)])
    assert "does not come to an end" in str(report)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: checks.layer(3), "forward should be a function"),
        (lambda: checks.layer(einsum, 3), "backward should be a function"),
        (lambda: checks.layer(einsum, kind="dense"), "kind is one of"),
        (lambda: checks.layer(einsum, layout="NCHX"), "layout is the order"),
        (lambda: checks.layer(einsum, without=["rain"]), "without holds 'rain'"),
        (lambda: checks.layer(lambda x, w, extra: x), "takes 'extra'"),
        (lambda: checks.layer(lambda z: z), "cannot tell"),
    ],
)
def test_what_makes_no_sense_is_refused(call, words):
    with pytest.raises(CheckFailed, match=words):
        call()
