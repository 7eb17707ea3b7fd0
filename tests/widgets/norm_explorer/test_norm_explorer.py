"""NormExplorer in Python: what it computes, what it refuses, what its copy holds."""

import numpy as np
import pytest
import traitlets
from pages import tables

from cnnbook import batch_norm, batch_norm_backward
from cnnbook.widgets import NormExplorer

VALUES = np.array([[1.0, 4.0, 8.0], [-2.0, 0.0, 5.0]])


def test_in_training_it_is_batch_norm():
    grad = np.array([[1.0, 0.0, 2.0], [0.0, -3.0, 1.0]])
    explorer = NormExplorer(values=VALUES, scale=2, shift=-1, grad_out=grad)
    weight, bias = np.full(2, 2.0), np.full(2, -1.0)
    np.testing.assert_allclose(explorer.output, batch_norm(VALUES.T, weight, bias).T)
    np.testing.assert_allclose(explorer.grad_x, batch_norm_backward(grad.T, VALUES.T, weight)[0].T)


def test_in_evaluation_the_running_statistics_count():
    explorer = NormExplorer(values=VALUES, training=False, running=[[1, 4], [0, 1]])
    np.testing.assert_allclose(explorer.output[0], (VALUES[0] - 1) / np.sqrt(4 + 1e-5))
    followed = [[0.9 + 0.1 * row.mean(), 3.6 + 0.1 * row.var(ddof=1)] for row in VALUES[:1]]
    np.testing.assert_allclose(explorer.followed[:1], followed)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("values", [[1], [2]], "one number in a channel has no spread"),
        ("values", [[1, 2]], r"shape \(2, N\)"),
        ("running", [[0, 1], [0, -1]], "not below 0"),
        ("grad_out", [[1, 2], [3, 4]], "shape of the output"),
        ("scale", 5, "scale"),
    ],
)
def test_refuses_and_keeps(name, value, message):
    explorer = NormExplorer()
    before = getattr(explorer, name)
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(explorer, name, value)
    np.testing.assert_array_equal(getattr(explorer, name), before)


def test_a_gradient_follows_the_size():
    explorer = NormExplorer()
    explorer.values = [[1, 2, 3, 4, 5], [1, 0, 0, 0, 0]]
    assert explorer.grad_out.tolist() == [[1, 0, 0, 0, 0], [0, 0, 0, 0, 0]]


def test_the_copy_holds_the_numbers():
    copy = NormExplorer(mode="backward", values=[[1, 3], [10, 30]]).static_html()
    assert tables(copy)["input"] == [[1, 3], [10, 30]]
    assert tables(copy)["output gradient"] == [[1, 0], [0, 0]]
    assert "its own mean and variance" in copy
    assert "2 pictures, training" in repr(NormExplorer(values=[[1, 3], [10, 30]]))
