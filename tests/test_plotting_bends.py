"""The figures of activations show the numbers that they are given."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnbook import plotting, relu, relu_backward, tanh, tanh_backward
from cnnbook.plotting.paper import DPI, WIDTH
from cnnbook.tokens import colour


@pytest.fixture(autouse=True)
def _no_window():
    with mpl.rc_context({"backend": "agg"}):
        yield
        plt.close("all")


def test_curves_and_their_slopes():
    fig = plotting.curves_and_slopes({"ReLU": (relu, relu_backward), "tanh": (tanh, tanh_backward)})
    assert [ax.get_title() for ax in fig.axes] == ["ReLU", "tanh"]
    for ax, f, slope in zip(
        fig.axes, (relu, np.tanh), (lambda x: x > 0, lambda x: 1 / np.cosh(x) ** 2), strict=True
    ):
        curve, dashed = ax.lines[:2]
        x = curve.get_xdata()
        np.testing.assert_allclose(curve.get_ydata(), f(x))
        np.testing.assert_allclose(dashed.get_ydata(), slope(x))
        assert (curve.get_color(), dashed.get_color()) == (colour("output"), colour("gradient"))
        assert dashed.get_linestyle() == "--"
    assert round(fig.get_figwidth() * DPI) == WIDTH


def test_bands_reach_from_the_lowest_to_the_highest():
    lines = {"low": [1.0, 0.1], "middle": [2.0, 0.2], "high": [3.0, 0.3]}
    promised = {"a": {"one": [2.0, 0.25]}, "b": {"one": [2.0, 0.25]}}
    fig = plotting.depth_bands({"a": {"one": lines}, "b": {"one": lines}}, promised, (-3, 3))
    for ax in fig.axes:
        (band,) = ax.collections
        assert set(band.get_paths()[0].vertices[:, 1]) == {1.0, 0.1, 3.0, 0.3}
        middle, dots = ax.lines
        np.testing.assert_array_equal(middle.get_ydata(), lines["middle"])
        np.testing.assert_array_equal(dots.get_ydata(), [2.0, 0.25])
        assert ax.get_yscale() == "log"
    assert [text.get_text() for text in fig.legends[0].get_texts()] == ["one"]
