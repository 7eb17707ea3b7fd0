"""Receptive fields, against asking a network which inputs move an output."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnbook import conv2d_backward, output_size, receptive_field

LAYERS = st.lists(
    st.fixed_dictionaries(
        {
            "kernel_size": st.integers(1, 3),
            "stride": st.integers(1, 3),
            "padding": st.integers(0, 2),
            "dilation": st.integers(1, 2),
        }
    ),
    max_size=3,
)


@given(LAYERS)
def test_is_what_the_gradient_reaches(layers):
    sizes = [150]
    for layer in layers:
        sizes.append(output_size(sizes[-1], **layer))
    place = sizes[-1] // 2
    grad = np.zeros((1, 1, 1, sizes[-1]))
    grad[..., place] = 1
    for size, layer in zip(sizes[-2::-1], layers[::-1], strict=True):
        settings = {name: (1 if name != "padding" else 0, value) for name, value in layer.items()}
        weight = np.ones((1, 1, 1, settings.pop("kernel_size")[1]))
        grad = conv2d_backward(grad, np.zeros((1, 1, 1, size)), weight, **settings)[0]
    reached = np.flatnonzero(grad)
    field = receptive_field(layers)
    start = field.start + place * field.jump
    assert reached[0] == start
    assert reached[-1] == start + field.size - 1


def test_known_stacks():
    three = [{"kernel_size": 3}] * 3
    assert receptive_field(three) == (7, 1, 0)
    assert receptive_field([{"kernel_size": 7, "stride": 2, "padding": 3}, *three]) == (19, 2, -3)
    assert receptive_field([{"kernel_size": 4, "padding": "same"}]) == (4, 1, -1)
    assert receptive_field([]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("layer", "kind", "message"),
    [
        ({"kernel_size": 0}, ValueError, "kernel_size must be at least 1, got 0"),
        ({"kernel_size": 2, "stride": 0}, ValueError, "stride must be at least 1, got 0"),
        ({"kernel_size": 2, "padding": -1}, ValueError, "padding must be at least 0, got -1"),
        ({"kernel_size": 2, "dilation": 1.5}, TypeError, "dilation must be a whole number"),
        ({"stride": 2}, TypeError, "kernel_size"),
        ({"kernel_size": 2, "strides": 2}, TypeError, "strides"),
    ],
)
def test_refuses_other_settings(layer, kind, message):
    with pytest.raises(kind, match=message):
        receptive_field([layer])
