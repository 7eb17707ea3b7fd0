"""PoolingExplorer in Python."""

import numpy as np
import pytest
import traitlets
from pages import tables
from pooling_states import random_state

from cnnbook.data import photo
from cnnbook.widgets import PoolingExplorer
from cnnbook.widgets.traits import encode


def states(count, seed=0, **given):
    rng = np.random.default_rng(seed)
    return [random_state(rng, **given) for _ in range(count)]


@pytest.mark.parametrize("explorer", states(40), ids=repr)
def test_each_window_by_itself(explorer):
    """The output and the gradient, window by window and without padding anything."""
    (H, W), k, p = explorer.image.shape, explorer.kernel_size, explorer.padding
    grad_x = np.zeros((H, W))
    for i, j in np.ndindex(explorer.out):
        top, left = i * explorer.stride - p, j * explorer.stride - p
        rows = np.arange(max(top, 0), min(top + k, H))
        columns = np.arange(max(left, 0), min(left + k, W))
        window = np.asarray(explorer.image)[np.ix_(rows, columns)]
        if explorer.pooling == "max":
            row, column = np.unravel_index(window.argmax(), window.shape)
            assert explorer.output[i, j] == window.max()
            assert explorer.winners[i, j] == rows[row] * W + columns[column]
            grad_x[rows[row], columns[column]] += explorer.grad_out[i, j]
        else:
            divisor = k * k if explorer.count_include_pad else window.size
            assert explorer.output[i, j] == pytest.approx(window.sum() / divisor)
            grad_x[np.ix_(rows, columns)] += explorer.grad_out[i, j] / divisor
    np.testing.assert_allclose(explorer.grad_x, grad_x, atol=1e-12)


def test_whole_numbers_stay_whole_where_they_can():
    explorer = PoolingExplorer()
    assert {explorer.output.dtype, explorer.grad_x.dtype} == {np.dtype(np.int64)}
    explorer.pooling = "average"
    assert {explorer.output.dtype, explorer.grad_x.dtype} == {np.dtype(float)}


def test_a_photograph_moves_to_the_right_before_it_is_pooled():
    explorer = PoolingExplorer(mode="photograph", kernel_size=2, stride=2)
    assert explorer.cut.shape == (128, 128)
    assert explorer.output.shape == (64, 64)
    still = explorer.cut
    assert not explorer.change.any()
    explorer.shift = 2
    np.testing.assert_array_equal(explorer.cut[:, 2:], still[:, :-2])
    before = still.reshape(64, 2, 64, 2).max((1, 3))
    np.testing.assert_array_equal(explorer.output[:, 1:], before[:, :-1])
    np.testing.assert_array_equal(explorer.change, explorer.output - before.astype(int))


@pytest.mark.parametrize("shape", [(16, 16), (17, 130), (16, 256, 3), (256, 20)])
@pytest.mark.parametrize("shift", [0, 8])
def test_a_picture_of_any_size_can_be_moved(shape, shift):
    picture = np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)
    explorer = PoolingExplorer(mode="photograph", picture=picture, shift=shift)
    assert explorer.cut.shape == (min(128, shape[0]), min(128, shape[1] - 8))


def test_the_gradient_keeps_what_fits_when_the_output_changes_its_size():
    explorer = PoolingExplorer(grad_out=np.arange(9).reshape(3, 3), position=8)
    explorer.stride = 4
    np.testing.assert_array_equal(explorer.grad_out, [[0, 1], [3, 4]])
    assert explorer.position == 3
    explorer.stride = 2
    np.testing.assert_array_equal(explorer.grad_out, [[0, 1, 1], [3, 4, 1], [1, 1, 1]])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stride": 0}, "stride must be a whole number from 1 to 4, got 0"),
        (
            {"padding": 2},
            r"padding is refused: padding \(2, 2\) must be at most half of kernel_size \(2, 2\)",
        ),
        ({"image": np.ones((1, 5))}, "image is refused: no window fits"),
        ({"image": np.ones((9, 9))}, "image must have 2 dimensions of 1 to 8 entries"),
        (
            {"grad_out": np.ones((2, 2))},
            r"grad_out must have the shape of the output, \(3, 3\), got \(2, 2\)",
        ),
        ({"position": 9}, "position must be below the number of windows, 9, got 9"),
        ({"picture": np.ones((15, 40))}, r"picture must have at least 16 pixels a side, got \(15, 40\)"),
        ({"shift": 9}, "shift must be a whole number from 0 to 8, got 9"),
        ({"pooling": "median"}, "pooling"),
        ({"mode": "sideways"}, "mode"),
    ],
)
def test_a_bad_value_is_refused_and_nothing_changes(change, message):
    explorer = PoolingExplorer()
    before = explorer.get_state(explorer.state_names())
    state = {name: encode(v) if isinstance(v, np.ndarray) else v for name, v in change.items()}
    with pytest.raises(traitlets.TraitError, match=message):
        explorer.set_state(state)
    assert explorer.get_state(explorer.state_names()) == before


def test_what_the_front_end_sends_together_is_taken_together():
    explorer = PoolingExplorer(position=8)
    grad_out = np.arange(4).reshape(2, 2)
    explorer.set_state({"stride": 4, "grad_out": encode(grad_out), "position": 1})
    np.testing.assert_array_equal(explorer.grad_out, grad_out)
    assert explorer.position == 1


def test_unknown_keyword():
    with pytest.raises(
        TypeError, match="PoolingExplorer takes no size; it takes controls, count_include_pad"
    ):
        PoolingExplorer(size=2)


def test_the_static_copy_holds_numpys_numbers():
    explorer = PoolingExplorer(kernel_size=3, stride=2, padding=1, mode="backward")
    data, _ = explorer._repr_mimebundle_()
    assert data["text/plain"] == (
        "PoolingExplorer(max: backward, image 6x6 output 3x3, size 3, stride 2, padding 1)"
    )
    expected = {
        "input": explorer.image,
        "output": explorer.output,
        "winners": explorer.winners,
        "input gradient": explorer.grad_x,
        "output gradient": explorer.grad_out,
    }
    copy = data["text/html"]
    assert tables(copy) == {name: array.tolist() for name, array in expected.items()}
    assert copy.count("−∞") == 8 * 8 - 6 * 6
    assert copy.count("dropped") == 2 * (8 + 7)
    explorer.pooling, explorer.mode = "average", "forward"
    assert set(tables(explorer.static_html())) == {"input", "output"}
    assert "−∞" not in explorer.static_html()


def test_the_static_copy_of_a_photograph_says_what_the_move_does():
    explorer = PoolingExplorer(mode="photograph", shift=1, stride=1)
    copy = explorer.static_html()
    assert tables(copy)["input"] == explorer.cut[:8, :8].tolist()
    assert tables(copy)["output"] == explorer.output[:8, :8].tolist()
    assert f"by {np.abs(explorer.change).mean():.1f} grey levels on average" in copy
    assert "moved by 1 pixel, and" in copy


def test_the_photograph_travels_as_its_name():
    explorer = PoolingExplorer(mode="photograph")
    assert explorer.get_state(["picture"])["picture"] == {"name": "coffee"}
    np.testing.assert_array_equal(explorer.picture, photo())
