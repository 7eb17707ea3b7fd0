"""The well-known image kernels."""

import numpy as np
import pytest
from scipy import ndimage

from cnnbook import cross_correlate2d
from cnnbook.kernels import KERNELS, image_kernel

SUM_ZERO = {"outline", "Sobel horizontal", "Sobel vertical"}


@pytest.mark.parametrize("size", [3, 5])
@pytest.mark.parametrize("name", KERNELS)
def test_the_sum_says_what_a_flat_area_becomes(name, size):
    kernel = image_kernel(name, size)
    assert kernel.shape == (size, size)
    assert kernel.sum() == pytest.approx(0 if name in SUM_ZERO else 1, abs=1e-15)


@pytest.mark.parametrize("size", [3, 5])
def test_sobel_is_a_blur_times_a_difference(size):
    vertical = image_kernel("Sobel vertical", size)
    assert np.linalg.matrix_rank(vertical) == 1
    np.testing.assert_array_equal(vertical, image_kernel("Sobel horizontal", size).T)
    np.testing.assert_array_equal(vertical, -vertical[:, ::-1])


@pytest.mark.parametrize(("name", "axis"), [("Sobel horizontal", 0), ("Sobel vertical", 1)])
def test_sobel_has_the_sign_of_scipys(name, axis):
    x = np.random.default_rng(0).normal(size=(7, 9))
    ours = cross_correlate2d(x, image_kernel(name).astype(float))
    np.testing.assert_allclose(ours, ndimage.sobel(x, axis)[1:-1, 1:-1])


def test_names_and_sizes_that_do_not_exist():
    with pytest.raises(ValueError, match="no kernel 'blur'; there are identity, box blur"):
        image_kernel("blur")
    with pytest.raises(ValueError, match="size must be 3 or 5, got 4"):
        image_kernel("identity", 4)
