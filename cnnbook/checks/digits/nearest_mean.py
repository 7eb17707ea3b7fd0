"""Exercise: the class whose mean picture is nearest."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, scattered, signed

SHAPES = ((1, 1), (1, 2), (2, 1), (2, 3), (3, 2), (4, 4))
LABELS = ([0, 1], [1, 0], [0, 1, 1], [1, 0, 0, 1], [2, 0, 1, 0, 2, 1], [0, 2, 2, 1, 1, 1, 0, 2])


def setting(make, shape, labels, asked):
    """Return a case: pictures with their labels, and pictures to be read."""
    return make(len(labels), *shape), np.array(labels), scattered(asked, *shape) % 11


@exercise(
    cases=[setting(*case) for case in grid((digits, signed), SHAPES, LABELS, (1, 3, 5))],
    mistakes="""
    .mean(axis=0) -> .sum(axis=0)
        You added the pictures of a class: a class with more of them is then darker. Take their mean.
    .mean(axis=0) -> .mean()
        You took one number for each class, the mean of all its pixels: take the mean of each pixel.
    .mean(axis=0) -> [0]
        You compare with the first picture of each class: take the mean of all of them.
    .argmin( -> .argmax(
        You chose the mean that is farthest away.
    (x[:, None] - means) ** 2).sum(axis=(2, 3)) -> (x[:, None] - means).sum(axis=(2, 3)) ** 2)
    (x[:, None] - means) ** 2 -> (x[:, None] - means)
        Differences of both signs cancel: square them before you add.
    (x[:, None] - means) ** 2 -> abs(x[:, None] - means)
        You added the sizes of the differences: the distance adds their squares.
    np.stack([x_train[y_train == k].mean(axis=0) for k in range(classes)]) -> x_train; distances.argmin(axis=1) -> y_train[distances.argmin(axis=1)]
        That is the label of the nearest picture. Here each class has one mean, and nothing else is asked.
    np.stack([x_train[y_train == k].mean(axis=0) for k in range(classes)]) -> x_train
        You returned the place of a picture: return its class.
    .argmin( -> .min(
        Those are the distances: return the class that has the smallest.
    (2, 3) -> 3
        You added along the rows of the picture only.
    x_train[y_train == k].mean(axis=0) -> x_train[y_train == k].mean(axis=0) - x_train.mean(axis=0)
        You took the mean of all pictures off the means, but not off the pictures that are read.
    (x[:, None] - means) ** 2 -> -(x[:, None] * means)
        You took the largest product, and a bright mean has large ones: take the smallest distance.
    .mean(axis=0) -> .sum(axis=0) / len(x_train)
        You divided by the number of all pictures: divide by that of the class.
    distances.argmin(axis=1) -> distances.argmin(axis=0)
        You looked for the nearest picture to each mean: each picture asks for its nearest mean.
    distances.argmin(axis=1) -> classes - 1 - distances[:, ::-1].argmin(axis=1)
        Of two means that are equally near you took the larger class.
    range(classes) -> range(10)
        The number of classes is not always 10: they are 0 to the largest label of y_train.
    where len(x) > 1
        Every case that fails has several pictures to read.
    """,  # noqa: E501
)
def nearest_mean(x_train, y_train, x):
    """Return, for each picture of ``x``, the class whose mean picture is nearest.

    ``x_train`` has the shape (M, H, W), ``y_train`` its classes, from 0, none of them empty; ``x`` has the
    shape (N, H, W). The distance is the sum of the squared differences; of two as near, the smaller class.
    """
    classes = int(y_train.max()) + 1
    means = np.stack([x_train[y_train == k].mean(axis=0) for k in range(classes)])
    distances = ((x[:, None] - means) ** 2).sum(axis=(2, 3))
    return distances.argmin(axis=1)
