"""Random settings of convolutions, for the property tests."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st


@dataclass
class Convolution:
    """Images, kernels, a bias or none, and settings of which at least one window fits."""

    x: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None
    settings: dict

    @property
    def arrays(self):
        return self.x, self.weight, self.bias


def numbers(rng, *shape):
    """Return random multiples of 1/4: their sums of products are exact, so equality can be asked for."""
    return rng.integers(-8, 9, shape) / 4


@st.composite
def windows(draw, largest=4):
    """Draw an image size, a kernel size and its settings; height and width are drawn apart."""
    sizes, settings = [], {"kernel_size": [], "stride": [], "padding": [], "dilation": []}
    for _ in range(2):
        k, d, p = draw(st.integers(1, largest)), draw(st.integers(1, 3)), draw(st.integers(0, 3))
        smallest = max(1, d * (k - 1) + 1 - 2 * p)
        sizes.append(draw(st.integers(smallest, smallest + 5)))
        for name, value in zip(settings, (k, draw(st.integers(1, 5)), p, d), strict=True):
            settings[name].append(value)
    return tuple(sizes), {name: tuple(values) for name, values in settings.items()}


@st.composite
def convolutions(draw, smallest_batch=0):
    """Draw a convolution with groups, depthwise ones included."""
    size, settings = draw(windows(largest=3))
    groups, per_group, kernels = (draw(st.integers(1, 3)) for _ in range(3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = numbers(rng, draw(st.integers(smallest_batch, 3)), groups * per_group, *size)
    weight = numbers(rng, groups * kernels, per_group, *settings.pop("kernel_size"))
    bias = numbers(rng, groups * kernels) if draw(st.booleans()) else None
    return Convolution(x, weight, bias, settings | {"groups": groups})
