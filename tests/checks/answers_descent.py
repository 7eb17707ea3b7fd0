"""Stubs, solutions and typical mistakes: the loss, its slope, a step downhill."""

import numpy as np

from cnnbook import convolve2d, cross_correlate2d


def stub_mean_squared_error(kernel, image, target): ...


def mean_squared_error(kernel, image, target):
    return np.mean((cross_correlate2d(image, kernel) - target) ** 2)


def target_first(kernel, image, target):
    return float(np.square(target - cross_correlate2d(image, kernel)).sum() / target.size)


def sum_of_squares(kernel, image, target):
    return np.sum((cross_correlate2d(image, kernel) - target) ** 2)


def root(kernel, image, target):
    return mean_squared_error(kernel, image, target) ** 0.5


def half(kernel, image, target):
    return 0.5 * mean_squared_error(kernel, image, target)


def absolute(kernel, image, target):
    return abs(cross_correlate2d(image, kernel) - target).mean()


def not_squared(kernel, image, target):
    return (cross_correlate2d(image, kernel) - target).mean()


def squared_mean(kernel, image, target):
    return not_squared(kernel, image, target) ** 2


def no_mean(kernel, image, target):
    return (cross_correlate2d(image, kernel) - target) ** 2


def flipped(kernel, image, target):
    return np.mean((convolve2d(image, kernel) - target) ** 2)


def by_the_image(kernel, image, target):
    return sum_of_squares(kernel, image, target) / image.size


def zero(kernel, image, target):
    return 0.0


def stub_slope(loss, kernel, row, column, h): ...


def slope(loss, kernel, row, column, h):
    plus, minus = kernel.copy(), kernel.copy()
    plus[row, column] += h
    minus[row, column] -= h
    return (loss(plus) - loss(minus)) / (2 * h)


def slope_that_puts_back(loss, kernel, row, column, h):
    old = kernel[row, column]
    kernel[row, column] = old + h
    above = loss(kernel)
    kernel[row, column] = old - h
    below = loss(kernel)
    kernel[row, column] = old
    return (above - below) / (2 * h)


def forward(loss, kernel, row, column, h):
    plus = kernel.copy()
    plus[row, column] += h
    return (loss(plus) - loss(kernel)) / h


def backward(loss, kernel, row, column, h):
    minus = kernel.copy()
    minus[row, column] -= h
    return (loss(kernel) - loss(minus)) / h


def by_h(loss, kernel, row, column, h):
    return 2 * slope(loss, kernel, row, column, h)


def brackets_forgotten(loss, kernel, row, column, h):
    return slope(loss, kernel, row, column, h) * 2 * h / 2 * h


def not_divided(loss, kernel, row, column, h):
    return slope(loss, kernel, row, column, h) * 2 * h


def downwards(loss, kernel, row, column, h):
    return slope(loss, kernel, row, column, -h) * -1


def all_at_once(loss, kernel, row, column, h):
    return (loss(kernel + h) - loss(kernel - h)) / (2 * h)


def swapped(loss, kernel, row, column, h):
    return slope(loss, kernel, column, row, h)


def second_name(loss, kernel, row, column, h):
    plus, minus = kernel, kernel
    plus[row, column] += h
    minus[row, column] -= 2 * h
    return (loss(plus) - loss(minus)) / (2 * h)


def stub_nudge(kernel, slopes, step): ...


def nudge(kernel, slopes, step):
    return kernel - step * slopes


def uphill(kernel, slopes, step):
    return kernel + step * slopes


def whole_slope(kernel, slopes, step):
    return kernel - slopes


def sign_only(kernel, slopes, step):
    return kernel - step * np.sign(slopes)


def step_alone(kernel, slopes, step):
    return -step * slopes


def multiplied(kernel, slopes, step):
    return kernel * (1 - step * slopes)


def in_place(kernel, slopes, step):
    kernel -= step * slopes
    return kernel


def returns_nothing(kernel, slopes, step):
    kernel = kernel - step * slopes


STUBS = {
    "mean_squared_error": [stub_mean_squared_error],
    "slope": [stub_slope],
    "nudge": [stub_nudge],
}
SOLUTIONS = {
    "mean_squared_error": [mean_squared_error, target_first],
    "slope": [slope, slope_that_puts_back],
    "nudge": [nudge],
}
MISTAKES = {
    "mean_squared_error": {
        sum_of_squares: "the sum of the squares",
        root: "the root of the mean squared error",
        half: "half of it",
        absolute: "mean of the absolute differences",
        not_squared: "The differences are not squared",
        squared_mean: "You squared the mean",
        no_mean: "one for each output",
        flipped: "with the flipped kernel",
        by_the_image: "the number of pixels in the image",
        zero: "is zero",
    },
    "slope": {
        forward: "the forward difference",
        backward: "the backward difference",
        by_h: "twice too steep",
        brackets_forgotten: "as (a / 2) * h",
        not_divided: "how much the loss changes",
        all_at_once: "moved all the weights at once",
        swapped: "Row and column are swapped",
        second_name: "only a second name",
    },
    "nudge": {
        uphill: "You went uphill",
        whole_slope: "subtracted the whole slope",
        sign_only: "the sign of the slope only",
        step_alone: "the step alone",
        multiplied: "multiplied the kernel by the step",
        in_place: "changes its argument kernel",
        returns_nothing: "returns nothing (None)",
    },
}
