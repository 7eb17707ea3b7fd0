"""What the questions of the chapter on backpropagation say about numbers, computed."""

import numpy as np
import pytest

from cnnbook import conv2d, conv2d_backward, conv_transpose2d, output_size
from cnnbook.widgets.backprop_explorer import BackpropExplorer
from cnnbook.widgets.quiz.questions import load_questions


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


def fed_by(pixel, stride=2):
    x = np.zeros((1, 1, 1, 41))
    x[..., pixel] = 1
    return np.count_nonzero(conv2d(x, np.ones((1, 1, 1, 5)), stride=(1, stride)))


def zeros_behind(padding=1):
    line = BackpropExplorer(image=np.ones((8, 8)), kernel=np.ones((3, 3)), stride=2, padding=padding).spread
    return line.shape[1] - 1 - np.flatnonzero(line.any(axis=0))[-1]


def bias_slope():
    grad_out = np.full((2, 1, 3, 4), 0.5)
    return conv2d_backward(grad_out, np.ones((2, 1, 3, 4)), np.ones((1, 1, 1, 1)))[2].item()


def places(span=5):
    """Nine pixels do not fit into the widget: the line grows by one with each pixel."""
    explorer = BackpropExplorer(
        image=np.ones((8, 8)), kernel=np.ones((3, 3)), stride=3, padding=1, dilation=2
    )
    return explorer.spread.shape[1] + 1 + span - 5


def output_padding():
    assert output_size(10, 3, 2, 1) == 5
    y, w = np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3))
    shapes = [conv_transpose2d(y, w, None, 2, 1, extra).shape[2] for extra in (0, 1)]
    return shapes.index(10)


def pixel(place, kernel=(1.0, 3, -2), delta=(2.0, -1)):
    return backward(delta, 4, kernel)[0][place]


NUMBERS = {
    "along-a-path": along_a_path,
    "how-many-outputs": lambda: fed_by(7),
    "zeros-behind": zeros_behind,
    "bias-slope": bias_slope,
    "by-hand": lambda: pixel(1),
    "places": places,
    "output-padding": output_padding,
}

# What somebody computes who makes the mistake that the feedback of a wrong number names.
WRONG = {
    "along-a-path": {
        0.75: lambda: (1 - 0.5) * (1 - 0.5**2) * 2,
        -1: lambda: (0.5 - 1) * 2,
        -0.5: lambda: 0.5 - 1,
        -0.375: lambda: (0.5 - 1) * (1 - 0.5**2),
        -0.25: lambda: (0.5 - 1) * 0.5**2 * 2,
    },
    "how-many-outputs": {
        5: lambda: fed_by(7, stride=1),
        3: lambda: fed_by(6),
        2.5: lambda: np.mean([fed_by(n) for n in range(10, 30)]),
        1: lambda: fed_by(7, stride=5),
    },
    "zeros-behind": {
        1: lambda: (3 - 1) - 1,
        3: lambda: zeros_behind(padding=0),
        0: lambda: (3 - 1) - 2 * 1,
        4: lambda: zeros_behind() + 2 * 1,
    },
    "bias-slope": {0.5: lambda: 0.5, 6: lambda: bias_slope() / 2, 24: lambda: 2 * 3 * 4},
    "by-hand": {
        8: lambda: pixel(1, (-2.0, 3, 1)),
        6: lambda: pixel(1, delta=(2.0, 0)),
        -1: lambda: pixel(1, delta=(0.0, -1)),
        -7: lambda: pixel(2),
        1: lambda: pixel(1, (1.0, 1, 1)),
    },
    "places": {
        9: lambda: places() - 4,
        11: lambda: 9 + 2 * 1,
        12: lambda: places(span=4),
        7: lambda: (output_size(9, 3, 3, 1, 2) - 1) * 3 + 1,
    },
    "output-padding": {
        0: lambda: 9 - ((5 - 1) * 2 - 2 + 3),
        2: lambda: 11 - ((5 - 1) * 2 - 2 + 3),
        5: lambda: 10 - 5,
    },
}


def wrong_numbers(chapter):
    questions = [one for part in load_questions(chapter).values() for one in part]
    return {
        one["id"]: [answer["number"] for answer in one["answers"] if not answer["right"]]
        for one in questions
        if one["kind"] == "number"
    }


@pytest.mark.parametrize(("name", "numbers"), wrong_numbers("07_backpropagation").items())
def test_a_wrong_number_is_what_its_feedback_says(name, numbers):
    assert sorted(WRONG[name]) == sorted(numbers)
    for number, mistake in WRONG[name].items():
        assert mistake() == number


def test_the_hint_that_once_named_another_pixel():
    """Without need, a turned kernel gives 8; -7 is the gradient of the next pixel."""
    (question,) = [one for one in load_questions("07_backpropagation")["quiz"] if one["id"] == "by-hand"]
    feedback = {answer["number"]: answer["feedback"] for answer in question["answers"]}
    assert "turned" in feedback[8]
    assert "pixel 2" in feedback[-7]
    assert [pixel(place) for place in range(4)] == [2, 5, -7, 2]


def test_what_the_feedback_says_of_a_neighbouring_pixel():
    assert [fed_by(place) for place in (6, 7, 8)] == [3, 2, 3]
    assert {fed_by(place) for place in range(4, 37)} == {2, 3}
    assert {fed_by(0), fed_by(1), fed_by(2)} == {1, 2}  # the ends are another matter


def test_sizes_that_lead_back():
    sizes = [output_size(n, 3, 2, 1) for n in (9, 10, 11)]
    assert sizes == [5, 5, 6]


def test_the_product_that_fits():
    W, delta = np.ones((16, 27)), np.ones((16, 400))
    assert (W.T @ delta).shape == (27, 400)
    assert (delta @ np.ones((27, 400)).T).shape == W.shape
