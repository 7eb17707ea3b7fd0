"""Exercise: the gradient of a batch that was normalised."""

import numpy as np

from cnnbook.checks.exercise import exercise, grid
from cnnbook.checks.inputs import digits, signed, thirds

SHAPES = ((3, 1, 1, 1), (1, 1, 1, 3), (3, 2, 1, 1), (1, 2, 2, 2), (2, 2, 2, 2), (3, 2, 2, 1), (3, 3, 3, 3))


def shows(_, shape, eps):
    """Tell whether a small case has an eps that is seen in its numbers, too."""
    return eps > 0.1 or np.prod(shape) > 4


def setting(make, shape, eps):
    """Return a case: the gradient of the output, the batch, one weight per channel, and eps."""
    return make(*shape), digits(*shape), signed(shape[1]), eps


@exercise(
    cases=[setting(*case) for case in grid((signed, thirds), SHAPES, (1e-5, 0.5), fits=shows)]
    + [
        (signed(*shape), make(*shape), digits(shape[1]), 0.25)
        for make, shape in grid((digits, thirds), SHAPES)
    ],
    mistakes="""
    - x_hat * (g * x_hat).mean(axis=axes, keepdims=True) ->
        The third part is missing: each number moves the variance, too, and with it all others.
    g - g.mean(axis=axes, keepdims=True) -> g
        The second part is missing: each number moves the mean, too, and with it all others.
    g - g.mean(axis=axes, keepdims=True) -> g; - x_hat * (g * x_hat).mean(axis=axes, keepdims=True) ->
        You took mean and variance for fixed numbers, as they are in evaluation. In training they are made of
        the batch, and two parts are missing.
    (g * x_hat).mean( -> (g * x_hat).sum(
        In the third part you added: take the mean over the channel.
    g - g.mean( -> g - g.sum(
        In the second part you added: take the mean over the channel.
    g - g.mean( -> g - g.sum(; (g * x_hat).mean( -> (g * x_hat).sum(
        In both parts you added: take the mean over the channel.
    - x_hat * (g -> - (g
        In the third part a factor is missing: the mean of g times x_hat, once more times x_hat.
    - x_hat * ( -> - x * (
        In the third part stands the normalised number, x_hat, and not x.
    (g * x_hat).mean( -> (g * x).mean(
        In the third part g meets the normalised number, x_hat, and not x.
    - x_hat * -> + x_hat *
        The third part has the wrong sign.
    weight.reshape(column) -> 1
        The weight is missing: the gradient passes it on its way to the normalised number.
    weight.reshape(column) / spread -> weight.reshape(column)
        Divide by the spread: what is normalised by a large spread moves little.
    weight.reshape(column) -> weight.reshape(1, 1, 1, -1)
        Your weights lie along the columns of the picture: there is one for each channel, axis 1.
    (0, 2, 3) -> (1, 2, 3)
        You took the statistics of each picture: each channel has its own, over the batch and all places.
    (0, 2, 3) -> (2, 3)
        You took each picture's channel by itself: the statistics go over the batch, too.
    (0, 2, 3) -> 0
        You took each place by itself: the statistics go over all places of a channel, too.
    (0, 2, 3) -> (0, 1, 2, 3)
        You took the statistics of all channels at once: each channel has its own.
    x.var(axis=axes, keepdims=True) -> x.var(axis=axes, keepdims=True, ddof=1)
        You divided by one less than the count: the batch is normalised by the plain mean square.
    keepdims=True) + eps) -> keepdims=True)) + eps
        eps is added to the variance, before the root.
    np.sqrt( -> (
        You divided by the variance: the spread is its root.
    where x.shape[1] > 1
        Every case that fails has several channels.
    where x[0, 0].size > 1
        Every case that fails has several places in a picture.
    """,
)
def norm_gradient(grad_out, x, weight, eps):
    """Return the gradient of a batch with respect to a loss, through batch normalisation in training.

    ``grad_out`` and ``x`` have the shape (N, C, H, W), ``weight`` has one number for each channel.
    """
    axes, column = (0, 2, 3), (1, -1, 1, 1)
    spread = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    x_hat = (x - x.mean(axis=axes, keepdims=True)) / spread
    g = grad_out * weight.reshape(column) / spread
    two_parts = g - g.mean(axis=axes, keepdims=True)
    return two_parts - x_hat * (g * x_hat).mean(axis=axes, keepdims=True)
