"""The digits: what is there, and that nobody is in both parts."""

import numpy as np
import pytest

from cnnbook.data import digits


@pytest.mark.parametrize("strangers", [False, True])
def test_shapes_dtypes_and_range(strangers):
    x_train, y_train, x_test, y_test = digits(strangers=strangers)
    assert x_train.shape == (1437, 1, 8, 8)
    assert x_test.shape == (360, 1, 8, 8)
    assert x_train.dtype == x_test.dtype == np.float32
    assert y_train.dtype == y_test.dtype == np.int64
    x = np.concatenate([x_train, x_test])
    np.testing.assert_array_equal(np.unique(x), np.arange(17) / 16)
    for labels, smallest in ((y_train, 130), (y_test, 25)):
        assert np.bincount(labels, minlength=10).min() > smallest


def test_both_splits_hold_the_same_rows_and_the_parts_share_none():
    def rows(x, y):
        return sorted((image.tobytes(), label) for image, label in zip(x, y.tolist(), strict=True))

    found = []
    for strangers in (False, True):
        x_train, y_train, x_test, y_test = digits(strangers=strangers)
        found.append(sorted(rows(x_train, y_train) + rows(x_test, y_test)))
        assert len(set(found[-1])) == 1797
    assert found[0] == found[1]


def test_the_split_is_fixed():
    x_train, y_train, x_test, y_test = digits()
    assert y_test[:10].tolist() == digits()[3][:10].tolist()
    assert y_train[:10].tolist() != y_test[:10].tolist()
    assert x_train[0].sum() != x_test[0].sum()


def test_new_arrays_at_every_call():
    for array in digits():
        array[...] = 0
    assert all(array.any() for array in digits())
