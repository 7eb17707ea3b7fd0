"""What the questions about stride, padding and stacks say about numbers, computed."""

import math
import re
from itertools import product

import numpy as np
import pytest

from cnnbook import col2im, output_size, receptive_field
from cnnbook.widgets.quiz.questions import load_questions

QUESTIONS = {
    question["id"]: question
    for chapter in ("04_stride_and_padding", "10_stacks", "14_sources")
    for part in load_questions(chapter).values()
    for question in part
}


def box_blur_of_a_wall(row, column):
    """Return the box blur of a grey wall in a frame of zeros, at a pixel of the wall."""
    framed = np.pad(np.full((5, 5), 90), 1)
    return framed[row : row + 3, column : column + 3].mean()


def counts(padding):
    """Return how many windows of 3 by 3 hold each pixel of 5 by 5."""
    cols = np.ones((1, 9, output_size(5, 3, padding=padding) ** 2))
    return col2im(cols, (5, 5), 3, padding=padding)[0, 0]


def seen(*layers):
    """Return how many pixels an entry sees through layers of a kernel of 3 with these strides."""
    return receptive_field([{"kernel_size": 3, "stride": stride} for stride in layers]).size


RIGHT_NUMBERS = {
    "stride-with-a-rest": lambda: output_size(8, 3, stride=2),
    "frame-and-stride": lambda: output_size(7, 3, stride=2, padding=1),
    "dark-corner": lambda: box_blur_of_a_wall(0, 0),
    "corner-counts": lambda: counts(1)[0, 0],
    "span-of-a-kernel": lambda: 3 + 2 * 2,
    "two-layers": lambda: seen(2, 1),
    "first-layer": lambda: output_size(224, 7, stride=2, padding=3),
    "dropped-column": lambda: (8 + 2 * 1) - ((output_size(8, 3, stride=2, padding=1) - 1) * 2 + 3),
    "edge-counts": lambda: counts(1)[0, 2],
    "full-padding": lambda: output_size(6, 4, padding=4 - 1),
    "three-layers": lambda: seen(2, 1, 1),
    "small-or-large": lambda: 3 * np.ones((3, 3)).size,
    "how-far-apart": lambda: receptive_field([{"kernel_size": 3, "stride": s} for s in (2, 1, 2, 1)]).jump,
    "dilated-field": lambda: receptive_field([{"kernel_size": 3, "dilation": d} for d in (1, 2, 4)]).size,
}

WRONG_NUMBERS = {
    "stride-with-a-rest": {
        4: lambda: math.ceil((8 - 3) / 2) + 1,
        6: lambda: output_size(8, 3),
        2: lambda: (8 - 3) // 2,
        5: lambda: 8 - 3,
    },
    "frame-and-stride": {
        3: lambda: output_size(7, 3, stride=2),
        7: lambda: output_size(7, 3, padding=1),
        5: lambda: output_size(7, 3),
        16: lambda: output_size(7, 3, stride=2, padding=1) ** 2,
    },
    "dark-corner": {90: lambda: box_blur_of_a_wall(2, 2), 60: lambda: box_blur_of_a_wall(0, 2)},
    "corner-counts": {
        9: lambda: counts(1)[2, 2],
        1: lambda: counts(0)[0, 0],
        6: lambda: counts(1)[0, 1],
        25: lambda: output_size(5, 3, padding=1) ** 2,
    },
    "two-layers": {5: lambda: seen(1, 1), 3: lambda: seen(2), 9: lambda: 3 * 3},
    "first-layer": {
        111: lambda: (224 + 2 * 3 - 7) // 2,
        113: lambda: math.ceil((224 + 2 * 3 - 7) / 2) + 1,
        109: lambda: output_size(224, 7, stride=2),
        224: lambda: output_size(224, 7, padding=3),
    },
    "edge-counts": {
        9: lambda: counts(1)[2, 2],
        3: lambda: counts(0)[0, 2],
        4: lambda: counts(1)[0, 0],
    },
    "three-layers": {
        7: lambda: seen(1, 1, 1),
        9: lambda: 3 + 3 + 3,
        27: lambda: 3**3,
        15: lambda: seen(2, 2, 1),
        10: lambda: 2 * 1 + 2 * 2 + 2 * 2,
    },
}


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, found in WRONG_NUMBERS.items() for n in found]
)
def test_a_wrong_number_is_what_its_feedback_says(name, number):
    wrong = [answer["number"] for answer in QUESTIONS[name]["answers"] if not answer["right"]]
    assert number in wrong
    assert WRONG_NUMBERS[name][number]() == number


def test_the_padding_added_once_gives_one_too_few():
    assert output_size(224 + 3, 7, stride=2) == 111


def test_which_settings_keep_the_size():
    settings = []
    for answer in QUESTIONS["keeps-the-size"]["answers"]:
        found = {name: int(n) for name, n in re.findall(r"(\w+) (\d)", answer["text"])}
        settings.append(output_size(7, found.pop("kernel"), **found))
    right = [answer["right"] for answer in QUESTIONS["keeps-the-size"]["answers"]]
    assert right == [size == 7 for size in settings]
    assert settings[3:] == [8, 4]


def test_where_the_windows_of_the_two_paddings_start():
    assert output_size(8, 3, stride=2, padding=1) == math.ceil(8 / 2)
    text = QUESTIONS["same-with-a-stride"]["answers"][0]["text"].replace("−", "-")
    assert [int(n) for n in re.findall(r"-?\d+", text)] == [*range(0, 8, 2), *range(-1, 7, 2)]


def test_a_stride_of_two_has_no_answer_to_a_move_of_one():
    """Random numbers that go round: a move by 2 moves the result by 1, a move by 1 by nothing whole."""
    x = np.random.default_rng(0).normal(size=32)
    result, by_one, by_two = (np.roll(x, shift)[::2] for shift in range(3))
    assert np.array_equal(by_two, np.roll(result, 1))
    assert not any(np.allclose(by_one, np.roll(result, shift)) for shift in range(16))


def test_a_window_reaches_the_corner_from_its_neighbours():
    middles = [(i, j) for i, j in product(range(5), repeat=2) if max(i, j) <= 1]
    assert len(middles) == counts(1)[0, 0] == 4


def test_by_how_much_a_picture_may_be_moved():
    x = np.random.default_rng(0).normal(size=32)
    result = x[::4]
    for answer in QUESTIONS["carries-over"]["answers"]:
        moved = np.roll(x, int(answer["text"]))[::4]
        assert any(np.array_equal(moved, np.roll(result, step)) for step in range(8)) is answer["right"]


def test_replicate_and_reflect_leave_no_dark_rim():
    """The right answer to the question about borders, on a grey wall and over many cuts."""
    wall = np.full((20, 20), 90.0)
    for mode in ("edge", "reflect"):
        assert np.ptp(np.pad(wall, 4, mode=mode)) == 0
    assert np.pad(wall, 4).min() == 0
