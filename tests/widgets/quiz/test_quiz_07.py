"""What the questions of the chapter on backpropagation say about numbers, computed."""

import numpy as np

from cnnbook import Conv2d, conv2d, conv2d_backward, conv_transpose2d, output_size
from cnnbook.widgets.backprop_explorer import BackpropExplorer


def backward(delta, n, w, stride=1, padding=0):
    """Return the gradients of a line of n ones and of its kernel."""
    arrays = np.reshape(delta, (1, 1, 1, -1)), np.ones((1, 1, 1, n)), np.reshape(w, (1, 1, 1, -1))
    grads = conv2d_backward(*arrays, (1, stride), (0, padding))
    return grads[0].ravel(), grads[1].ravel()


def along_a_path():
    y, t, x0, h = 0.5, 1.0, 2.0, 1e-6
    s = np.arctanh(y)
    losses = [(np.tanh(s + sign * h * x0) - t) ** 2 / 2 for sign in (1, -1)]
    return round((losses[0] - losses[1]) / (2 * h), 6)


def fed_by(pixel):
    x = np.zeros((1, 1, 1, 41))
    x[..., pixel] = 1
    return np.count_nonzero(conv2d(x, np.ones((1, 1, 1, 5)), stride=(1, 2)))


def zeros_behind():
    line = BackpropExplorer(image=np.ones((8, 8)), kernel=np.ones((3, 3)), stride=2, padding=1).spread[1]
    return len(line) - 1 - np.flatnonzero(line)[-1]


def bias_slope():
    grad_out = np.full((2, 1, 3, 4), 0.5)
    return conv2d_backward(grad_out, np.ones((2, 1, 3, 4)), np.ones((1, 1, 1, 1)))[2].item()


def losses_to_nudge():
    return 2 * sum(value.size for value, _ in Conv2d(3, 10, 3).parameters())


def places():
    """Nine pixels do not fit into the widget: the line grows by one with each pixel."""
    explorer = BackpropExplorer(
        image=np.ones((8, 8)), kernel=np.ones((3, 3)), stride=3, padding=1, dilation=2
    )
    return explorer.spread.shape[1] + 1


def output_padding():
    assert output_size(10, 3, 2, 1) == 5
    y, w = np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3))
    shapes = [conv_transpose2d(y, w, None, 2, 1, extra).shape[2] for extra in (0, 1)]
    return shapes.index(10)


NUMBERS = {
    "along-a-path": along_a_path,
    "how-many-outputs": lambda: fed_by(7),
    "losses-to-nudge": losses_to_nudge,
    "zeros-behind": zeros_behind,
    "bias-slope": bias_slope,
    "by-hand": lambda: backward([2.0, -1], 4, [1.0, 3, -2])[0][1],
    "places": places,
    "output-padding": output_padding,
}


def test_what_the_feedback_says_of_a_neighbouring_pixel():
    assert [fed_by(pixel) for pixel in (6, 7, 8)] == [3, 2, 3]


def test_sizes_that_lead_back():
    sizes = [output_size(n, 3, 2, 1) for n in (9, 10, 11)]
    assert sizes == [5, 5, 6]


def test_the_product_that_fits():
    W, delta = np.ones((16, 27)), np.ones((16, 400))
    assert (W.T @ delta).shape == (27, 400)
    assert (delta @ np.ones((27, 400)).T).shape == W.shape
