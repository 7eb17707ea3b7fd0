"""BackpropExplorer in Python."""

import json
import re
from html import unescape

import numpy as np
import pytest
import traitlets
from backprop_states import random_state
from pages import tables
from scipy import signal

from cnnbook.widgets.backprop_explorer import BackpropExplorer
from cnnbook.widgets.traits import encode


def states(count, seed=0, **given):
    rng = np.random.default_rng(seed)
    return [random_state(rng, **given) for _ in range(count)]


def loss_of(explorer, image, kernel):
    """Return the sum of output times grad_out, the output by SciPy and slices."""
    d, s = explorer.dilation, explorer.stride
    wide = np.zeros([d * (k - 1) + 1 for k in kernel.shape])
    wide[::d, ::d] = kernel
    padded = np.pad(image.astype(float), explorer.padding)
    y = signal.correlate2d(padded, wide, mode="valid")[::s, ::s]
    return y, float(np.sum(y * explorer.grad_out))


@pytest.mark.parametrize("explorer", states(25), ids=repr)
def test_its_gradients_are_differences(explorer):
    """All is linear in each number, so that a step of 1 gives the slope."""
    y, start = loss_of(explorer, explorer.image, explorer.kernel)
    np.testing.assert_allclose(explorer.output, y, atol=1e-9)
    for name, gradient in (("image", explorer.grad_x), ("kernel", explorer.grad_weight)):
        arrays = {"image": np.array(explorer.image, float), "kernel": np.array(explorer.kernel, float)}
        for index in np.ndindex(gradient.shape):
            arrays[name][index] += 1
            assert loss_of(explorer, **arrays)[1] - start == pytest.approx(gradient[index], abs=1e-7)
            arrays[name][index] -= 1


@pytest.mark.parametrize("explorer", states(25, seed=1), ids=repr)
def test_the_turned_kernel_over_the_spread_out_gradient_is_the_inputs_gradient(explorer):
    d = explorer.dilation
    wide = np.zeros([d * (k - 1) + 1 for k in explorer.kernel.shape])
    wide[::d, ::d] = explorer.kernel[::-1, ::-1]
    got = signal.correlate2d(explorer.spread.astype(float), wide, mode="valid")
    np.testing.assert_allclose(got, explorer.grad_x, atol=1e-9)


def test_whole_numbers_stay_whole():
    explorer = BackpropExplorer()
    arrays = explorer.output, explorer.grad_x, explorer.grad_weight, explorer.spread
    assert {array.dtype.name for array in arrays} == {"int64"}
    explorer.kernel = explorer.kernel / 2
    assert (explorer.grad_x.dtype, explorer.grad_weight.dtype) == (float, np.int64)


def test_a_target_gives_the_gradient_and_the_loss():
    explorer = BackpropExplorer(target=np.zeros((3, 3), int))
    np.testing.assert_array_equal(explorer.grad_out, explorer.output)
    assert explorer.loss == np.sum(explorer.output**2) / 2
    explorer.padding = 1
    assert explorer.target.shape == explorer.grad_out.shape == (5, 5)
    np.testing.assert_array_equal(explorer.grad_out, explorer.output)
    explorer.target = None
    assert explorer.loss is None
    explorer.grad_out = np.ones((5, 5))


def test_steps_downhill_lead_to_the_target():
    image = np.random.default_rng(0).normal(size=(8, 8))
    wanted = BackpropExplorer(image=image)
    explorer = BackpropExplorer(image=image, kernel=np.zeros((3, 3)), target=wanted.output, step_size=0.01)
    losses = [explorer.loss]
    for _ in range(10):
        explorer.descend()
        losses.append(explorer.loss)
    assert losses == sorted(losses, reverse=True)
    explorer.descend(200)
    np.testing.assert_allclose(explorer.kernel, wanted.kernel, atol=0.01)


def test_the_gradient_keeps_what_fits_when_the_output_changes_its_size():
    explorer = BackpropExplorer(grad_out=np.arange(9).reshape(3, 3))
    explorer.stride = 2
    np.testing.assert_array_equal(explorer.grad_out, [[0, 1], [3, 4]])
    explorer.stride = 1
    np.testing.assert_array_equal(explorer.grad_out, [[0, 1, 1], [3, 4, 1], [1, 1, 1]])


def test_position_is_the_last_step_until_it_is_set():
    explorer = BackpropExplorer()
    assert explorer.position == 8
    explorer.way = "gather"
    assert explorer.position == 24
    explorer.position = 3
    explorer.image = np.ones((5, 5))
    assert explorer.position == 3
    explorer.image = np.ones((4, 5))
    assert explorer.position == 19


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stride": 0}, "stride must be a whole number from 1 to 4, got 0"),
        ({"dilation": 3}, "dilation is refused: .*no window fits"),
        (
            {"grad_out": np.ones((2, 2))},
            r"grad_out must have the shape of the output, \(3, 3\), got",
        ),
        ({"target": np.ones((1, 3))}, r"target must have the shape of the output, \(3, 3\), got \(1, 3\)"),
        ({"target": np.ones((3, 3)), "grad_out": np.ones((3, 3))}, "grad_out follows from the target"),
        ({"image": np.ones((9, 9))}, "image must have 2 dimensions of 1 to 8 entries"),
        ({"position": 9}, "below the number of steps, 9, got 9"),
        ({"step_size": 0}, "step_size"),
        ({"way": "there and back"}, "way"),
    ],
)
def test_a_bad_value_is_refused_and_nothing_changes(change, message):
    explorer = BackpropExplorer()
    before = explorer.get_state(explorer.state_names())
    state = {name: encode(v) if isinstance(v, np.ndarray) else v for name, v in change.items()}
    with pytest.raises(traitlets.TraitError, match=message):
        explorer.set_state(state)
    assert explorer.get_state(explorer.state_names()) == before


def test_what_the_front_end_sends_together_is_taken_together():
    explorer = BackpropExplorer()
    grad_out = np.arange(4).reshape(2, 2)
    explorer.set_state({"stride": 2, "grad_out": encode(grad_out), "position": 1})
    np.testing.assert_array_equal(explorer.grad_out, grad_out)
    explorer.set_state({"target": encode(np.ones((2, 2), int))})
    np.testing.assert_array_equal(explorer.grad_out, explorer.output - 1)
    explorer.set_state({"target": None, "grad_out": encode(grad_out)})
    np.testing.assert_array_equal(explorer.grad_out, grad_out)


def test_unknown_keyword():
    with pytest.raises(TypeError, match="BackpropExplorer takes no weight; it takes controls, dilation"):
        BackpropExplorer(weight=2)


def test_the_static_copy_holds_numpys_numbers():
    explorer = BackpropExplorer(image=np.arange(48).reshape(6, 8) % 5, stride=2, way="convolution")
    data, _ = explorer._repr_mimebundle_()
    assert data["text/plain"] == (
        "BackpropExplorer(convolution: image 6x8 kernel 3x3 output 2x3, stride 2, padding 0, dilation 1)"
    )
    state = json.loads(unescape(re.search(r'data-state="([^"]*)"', data["text/html"])[1]))
    assert (state["target"], state["grad_out"]["shape"]) == (None, [2, 3])
    expected = {
        "input": explorer.image,
        "kernel": explorer.kernel,
        "output": explorer.output,
        "input gradient": explorer.grad_x,
        "kernel gradient": explorer.grad_weight,
        "output gradient": explorer.grad_out,
        "spread-out gradient": explorer.spread,
        "turned kernel": explorer.kernel[::-1, ::-1],
    }
    assert tables(data["text/html"]) == {name: array.tolist() for name, array in expected.items()}
    assert data["text/html"].count('class="dropped') + data["text/html"].count("class=dropped") == 2 * (6 + 7)


def test_every_bundle_of_the_same_state_is_the_same():
    one, two = (BackpropExplorer()._repr_mimebundle_()[0]["text/html"] for _ in range(2))
    assert one == two
