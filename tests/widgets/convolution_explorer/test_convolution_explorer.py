"""ConvolutionExplorer in Python."""

import json
import re
from html import unescape

import numpy as np
import pytest
import traitlets
from scipy import signal

from cnnbook.im2col import col2im
from cnnbook.widgets import ConvolutionExplorer
from cnnbook.widgets.traits import encode

rng = np.random.default_rng(0)


@pytest.mark.parametrize("shape", [(7, 7), (5, 9), (3, 4)])
def test_output_is_scipys(shape):
    image, kernel = rng.normal(size=shape), rng.normal(size=(3, 2))
    explorer = ConvolutionExplorer(image=image, kernel=kernel)
    np.testing.assert_allclose(explorer.output, signal.correlate2d(image, kernel, "valid"), rtol=1e-12)
    explorer.flip = True
    np.testing.assert_allclose(explorer.output, signal.convolve2d(image, kernel, "valid"), rtol=1e-12)


def test_output_with_stride_padding_and_dilation():
    image, kernel = rng.integers(-9, 9, (6, 8)), rng.integers(-3, 3, (2, 3))
    explorer = ConvolutionExplorer(image=image, kernel=kernel, stride=2, padding=1, dilation=2)
    holes = np.zeros((3, 5), int)
    holes[::2, ::2] = kernel
    expected = signal.correlate2d(np.pad(image, 1), holes, "valid")[::2, ::2]
    assert explorer.output.dtype == np.int64
    np.testing.assert_array_equal(explorer.output, expected)


@pytest.mark.parametrize(
    ("mode", "numpys"),
    [("zeros", "constant"), ("reflect", "reflect"), ("replicate", "edge"), ("circular", "wrap")],
)
def test_output_in_each_padding_mode(mode, numpys):
    image, kernel = rng.normal(size=(5, 7)), rng.normal(size=(2, 3))
    explorer = ConvolutionExplorer(image=image, kernel=kernel, stride=2, padding=3, padding_mode=mode)
    expected = signal.correlate2d(np.pad(image, 3, numpys), kernel, "valid")[::2, ::2]
    np.testing.assert_allclose(explorer.output, expected, rtol=1e-12)


@pytest.mark.parametrize(("mode", "most"), [("reflect", 2), ("circular", 3)])
def test_too_much_padding_for_a_mode_is_refused_and_nothing_changes(mode, most):
    explorer = ConvolutionExplorer(image=np.ones((3, 5)), kernel=[[1]], padding=most, padding_mode=mode)
    before = explorer.get_state(explorer.state_names())
    for change in ({"padding": most + 1}, {"image": np.ones((6, most - (mode == "circular")))}):
        with pytest.raises(traitlets.TraitError, match=f"is refused: padding_mode '{mode}' needs a padding"):
            explorer.set_trait(*change.popitem())
        assert explorer.get_state(explorer.state_names()) == before
    explorer.padding_mode = "replicate"
    explorer.padding = 4
    with pytest.raises(traitlets.TraitError, match=r"padding_mode is refused.*padding is 4, height is 3"):
        explorer.padding_mode = mode
    assert explorer.padding_mode == "replicate"


def test_unknown_padding_mode():
    with pytest.raises(traitlets.TraitError, match="mirror"):
        ConvolutionExplorer(padding_mode="mirror")


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
def test_coverage_is_what_each_pixel_adds_to_the_sum_of_all_outputs(mode):
    for stride, padding, dilation in ((1, 0, 1), (1, 2, 1), (2, 1, 1), (3, 2, 2), (4, 3, 1)):
        explorer = ConvolutionExplorer(
            image=np.zeros((5, 6), int), kernel=np.ones((3, 2), int), stride=stride, padding=padding,
            dilation=dilation, padding_mode=mode,
        )  # fmt: skip
        counts = explorer.coverage
        for place in np.ndindex(5, 6):
            spot = np.zeros((5, 6), int)
            spot[place] = 1
            explorer.image = spot
            assert explorer.output.sum() == counts[place]


def test_coverage_without_and_with_padding():
    explorer = ConvolutionExplorer(image=np.ones((5, 5)), kernel=np.ones((3, 3)))
    np.testing.assert_array_equal(explorer.coverage, np.outer([1, 2, 3, 2, 1], [1, 2, 3, 2, 1]))
    explorer.padding = 1
    np.testing.assert_array_equal(explorer.coverage, np.outer([2, 3, 3, 3, 2], [2, 3, 3, 3, 2]))
    assert explorer.coverage.dtype == np.int64


def test_coverage_of_zeros_is_col2im_of_ones():
    explorer = ConvolutionExplorer(stride=2, padding=1, dilation=2)
    ones = np.ones((1, 9, explorer.output.size), int)
    np.testing.assert_array_equal(explorer.coverage, col2im(ones, 7, 3, 2, 1, 2)[0, 0])


def test_it_says_its_padding_mode_and_its_view():
    explorer = ConvolutionExplorer(padding=1, padding_mode="circular", view="coverage")
    assert repr(explorer).endswith("stride 1, padding 1 (circular), dilation 1, coverage)")
    assert "How often the 49 windows count each pixel." in explorer.static_html()


def test_uint8_does_not_overflow():
    explorer = ConvolutionExplorer(image=np.full((3, 3), 255, np.uint8), kernel=np.ones((3, 3), np.uint8))
    assert explorer.output.item() == 9 * 255


@pytest.mark.parametrize(
    "change",
    [{"dilation": 4}, {"kernel": np.ones((3, 7)), "image": np.ones((7, 6))}, {"image": np.ones((2, 7))}],
)
def test_no_window_fits_is_refused_and_nothing_changes(change):
    explorer = ConvolutionExplorer()
    before = explorer.get_state(explorer.state_names())
    state = {name: encode(v) if name in ("image", "kernel") else v for name, v in change.items()}
    with pytest.raises(traitlets.TraitError, match="no window fits"):
        explorer.set_state(state)
    assert explorer.get_state(explorer.state_names()) == before


def test_several_changes_at_once_are_judged_together():
    explorer = ConvolutionExplorer()
    with explorer.hold_trait_notifications():
        explorer.image = np.ones((2, 2))
        explorer.kernel = np.ones((2, 2))
    assert explorer.output.shape == (1, 1)


def test_position_follows_the_number_of_windows():
    explorer = ConvolutionExplorer(position=24)
    explorer.stride = 2
    assert explorer.position == 8
    with pytest.raises(traitlets.TraitError, match="below the number of windows, 9"):
        explorer.position = 9


def test_unknown_keyword():
    with pytest.raises(TypeError, match="ConvolutionExplorer takes no strides; it takes controls, dilation"):
        ConvolutionExplorer(strides=2)


def test_unknown_control():
    with pytest.raises(traitlets.TraitError, match="speed"):
        ConvolutionExplorer(controls=["speed"])


def test_the_view_changes_python_and_python_refuses_nonsense():
    explorer = ConvolutionExplorer()
    other = ConvolutionExplorer(kernel=[[1, 2], [3, 4]])
    explorer.set_state({"kernel": other.get_state("kernel")["kernel"], "stride": 2})
    np.testing.assert_array_equal(explorer.kernel, [[1, 2], [3, 4]])
    with pytest.raises(traitlets.TraitError):
        explorer.set_state({"stride": 0})
    assert explorer.stride == 2


def test_three_faces_in_one_bundle():
    data, _ = ConvolutionExplorer(image=np.arange(12).reshape(3, 4), kernel=[[1, -1]])._repr_mimebundle_()
    assert data["text/plain"] == (
        "ConvolutionExplorer(image 3x4 kernel 1x2 output 3x3, stride 1, padding 0, dilation 1)"
    )
    assert "application/vnd.jupyter.widget-view+json" in data
    copy = data["text/html"]
    state = json.loads(unescape(re.search(r'data-state="([^"]*)"', copy)[1]))
    assert state["stride"] == 1
    assert state["image"]["shape"] == [3, 4]
    assert copy.count("<td") == 12 + 2 + 9
    assert copy.count(">-1</td>") == 1 + 9


def test_every_bundle_of_the_same_state_is_the_same():
    one, two = (ConvolutionExplorer()._repr_mimebundle_()[0]["text/html"] for _ in range(2))
    assert one == two


@pytest.mark.parametrize(("flip", "shown"), [(False, "⋆"), (True, "∗")])
def test_the_copy_without_javascript_says_what_the_kernel_does(flip, shown):
    signs = re.findall(r'class="cnn-sign[^>]*>(.)<', ConvolutionExplorer(flip=flip).static_html())
    assert signs == [shown, "="]
