"""The code that the chapter on the other layers teaches is right, and what the chapter says is so."""

import numpy as np
import pytest
from chapter import Chapter
from claims import numbers
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from scipy import special

import cnnbook
from cnnbook import BatchNorm2d, Linear, checks, conv2d
from cnnbook.data import digits, photo
from cnnbook.kernels import image_kernel

chapter = Chapter("11_other_layers", cnnbook=cnnbook, conv2d=conv2d, AXES=(0, 2, 3), COLUMN=(1, -1, 1, 1))
taught = chapter.taught()
sizes = st.integers(1, 4)
said = chapter.told


@given(N=st.integers(2, 4), C=sizes, H=sizes, W=sizes, seed=st.integers(0, 99))
def test_what_is_taught_is_the_package(N, C, H, W, seed):
    rng = np.random.default_rng(seed)
    x, delta = rng.normal(size=(2, N, C, H, W))
    gamma, beta = rng.normal(size=(2, C))
    np.testing.assert_allclose(taught.norm(x, gamma, beta), cnnbook.batch_norm(x, gamma, beta), atol=1e-12)
    expected = cnnbook.batch_norm_backward(delta, x, gamma)[0]
    size = np.abs(expected).max() + np.abs(delta).max()
    for way in (taught.norm_back, taught.norm_back_steps):
        np.testing.assert_allclose(way(delta, x, gamma), expected, atol=1e-7 * size)
    rows, weight = x.reshape(N, -1), rng.normal(size=(3, C * H * W))
    bias, out = rng.normal(size=3), rng.normal(size=(N, 3))
    np.testing.assert_array_equal(taught.dense(rows, weight, bias), cnnbook.linear(rows, weight, bias))
    for ours, theirs in zip(
        taught.dense_back(out, rows, weight), cnnbook.linear_backward(out, rows, weight), strict=True
    ):
        np.testing.assert_array_equal(ours, theirs)


@given(N=sizes, K=st.integers(2, 5), seed=st.integers(0, 99))
def test_the_taught_loss_is_the_package(N, K, seed):
    rng = np.random.default_rng(seed)
    z, labels = rng.normal(scale=3, size=(N, K)), rng.integers(0, K, N)
    value, grad = cnnbook.cross_entropy(z, labels)
    p = taught.plain_softmax(z)
    np.testing.assert_allclose(-np.log(p[np.arange(N), labels]).mean(), value)
    np.testing.assert_allclose(
        taught.loss_from_logits(1000 * z, labels), cnnbook.cross_entropy(1000 * z, labels)[0]
    )
    np.testing.assert_allclose(taught.loss_back(p, labels), grad, atol=1e-12)


def test_the_taught_dropout_keeps_the_mean_and_its_mask():
    x = np.random.default_rng(0).normal(size=(3, 4, 5, 6))
    for drop, layer in ((taught.dropout, cnnbook.Dropout), (taught.drop_maps, cnnbook.Dropout2d)):
        y, mask = drop(x, 0.3, np.random.default_rng(7))
        ours = layer(0.3, rng=7)
        np.testing.assert_allclose(y, ours(x))
        np.testing.assert_allclose(taught.dropout_back(x, mask), ours.backward(x))


def parts():
    """Return the rows that the layer learns, and the validation part: both are training rows."""
    x, y, *_ = digits()
    kept, *others = np.array_split(np.random.default_rng(0).permutation(len(x)), 5)
    return [(x[some].reshape(-1, 64), y[some]) for some in (np.concatenate(others), kept)]


def test_no_test_row_is_looked_at():
    source = chapter.source("train-dense")
    assert source.startswith("pixels, labels, *_ = digits()")
    assert "digits()" not in "".join(cell.source for cell in chapter.cells).replace(source, "")


def test_the_order_of_the_pixels():
    (x, y), (x_val, y_val) = parts()
    orders = {"row": np.arange(64), "column": np.arange(64).reshape(8, 8).T.ravel()}
    orders["random"] = np.random.default_rng(0).permutation(64)

    def trained(x):
        layer = Linear(64, 10, rng=0, dtype=float)
        for order in layer_steps(len(x)):
            z = x[order] @ layer.weight.T + layer.bias
            p = special.softmax(z, axis=1)
            p[np.arange(len(order)), y[order]] -= 1
            layer.weight -= 0.5 * p.T @ x[order] / len(order)
            layer.bias -= 0.5 * p.mean(axis=0)
        return layer

    def layer_steps(count):
        rng = np.random.default_rng(0)
        for _ in range(10):
            order = rng.permutation(count)
            yield from (order[start : start + 32] for start in range(0, count, 32))

    plain, mixed = trained(x.astype(float)), trained(x[:, orders["random"]].astype(float))

    def reads(layer, order):
        return round(100 * np.mean((x_val[:, order] @ layer.weight.T + layer.bias).argmax(1) == y_val))

    found = [reads(plain, order) for order in orders.values()] + [reads(mixed, orders["random"])]
    assert numbers(said("order-say")) == [len(x_val), *found[:3], 10, found[3]]
    assert min(found[0], found[3]) > 90
    assert max(found[1:3]) < 20


def test_the_strip_is_read():
    _, (_, labels) = parts()
    assert ", ".join(map(str, labels[:4])) in said("strip-say")
    assert numbers(said("strip-say"))[5:] == [41 - 8 + 1] * 2


def test_where_exp_overflows():
    found = numbers(said("overflow-say"))
    assert found[:4] == [64, 709.8, 32, 88.7]
    with np.errstate(over="ignore"):
        for kind, limit in ((np.float64, 709.8), (np.float32, 88.7)):
            assert np.isfinite(np.exp(kind(limit - 0.05)))
            assert np.isinf(np.exp(kind(limit + 0.05)))
    assert found[6:8] == [round(p, 2) for p in special.softmax([0, 1])]
    assert "it is nan and nan" in said("overflow-say")
    assert f"is {np.log1p(np.exp(-1)):.4f}; of 0 and −800, where the plain way says inf" in said(
        "overflow-say"
    )
    assert found[-1] == 800
    hints = [mistake.hint for mistake in checks.loss_gradient.exercise.listed]
    assert any("In float64 np.exp overflows from about 709.8 on" in hint for hint in hints)


def test_a_relu_stack_scales_with_the_power_of_its_weights():
    assert numbers(said("spread-say"))[:2] == [4, 20]
    assert numbers(said("spread-say").split("smallest, ")[1])[0] == pytest.approx(4.0**20, rel=0.05)


def test_the_figure_shows_one_start_and_the_text_the_median():
    found = numbers(said("spread-say").split("one start")[1])

    def end(seed, border):
        draw = np.random.default_rng(seed)
        x = draw.normal(size=(16, 16, 8, 8))
        for _ in range(20):
            kernels = draw.normal(size=(16, 16, 3, 3)) * np.sqrt(2 / 144)
            windows = sliding_window_view(np.pad(x, [(0, 0)] * 2 + [(1, 1)] * 2, mode=border), (3, 3), (2, 3))
            x = np.einsum("nchwuv,ocuv->nohw", windows, kernels, optimize=True).clip(0)
        return x.std()

    assert found[0] == round(end(1, "constant"), 2)
    for shown, border in zip(found[1:3], ("constant", "wrap"), strict=True):
        assert shown == round(float(np.median([end(seed, border) for seed in range(9)])), 2)


def test_the_mean_carries_nothing_to_the_variance():
    """The fourth path: the variance around a point does not change where the point is the mean."""
    x = np.random.default_rng(0).normal(3, 2, size=40)
    around = [((x - x.mean() - h) ** 2).mean() for h in (-1e-4, 1e-4)]
    assert around[0] == pytest.approx(around[1], abs=1e-12)
    assert "fourth" in chapter.source("back")


def test_a_raised_number_widens_the_channel_in_proportion_to_how_far_out_it_is():
    x = np.random.default_rng(0).normal(3, 2, size=12)
    raised = np.array([(x + h * np.eye(12)[n]).var() for n in range(12) for h in (-1e-5, 1e-5)])
    slopes = (raised[1::2] - raised[::2]) / 2e-5
    np.testing.assert_allclose(slopes, 2 / 12 * (x - x.mean()), atol=1e-8)


def test_one_number_less():
    _, *m, a, b, c, d, e, f = numbers(said("unbiased-say"))[:-1]
    assert (a, b, c) == pytest.approx([1 - 1 / size for size in m], abs=0.011)
    assert (d, e, f) == pytest.approx((1, 1, 1), abs=0.011)


def test_small_batches_are_noisy():
    found = dict(zip((2, 8, 32, 128), numbers(said("noise-say"))[5:9], strict=True))
    rng = np.random.default_rng(5)
    for N, varies in found.items():
        batch = np.append(np.ones((4000, 1)), rng.normal(size=(4000, N - 1)), axis=1)
        answers = (batch[:, 0] - batch.mean(axis=1)) / batch.std(axis=1)
        assert varies == pytest.approx(answers.std(), rel=0.1)
    assert found[128] / found[32] == pytest.approx(0.5, abs=0.1)
    assert found[32] / found[8] == pytest.approx(0.5, abs=0.1)


def test_what_each_check_catches():
    listed = [line[2:].split(": ") for line in said("slips-say").splitlines() if line.startswith("- ")]
    slips = {name.strip("*"): red.split(", ") for name, red in listed}
    assert len(slips) == 5
    assert all(map(any, slips.values()))
    for check, slip in {
        "gradient check": "two parts of the gradient",
        "running variance": "biased running variance",
    }.items():
        assert [name for name, red in slips.items() if check in red] == [slip]
    x = np.random.default_rng(0).normal(3, 2, size=(4, 3, 5, 6))
    scope = {**chapter.names, "x": x}
    exec(chapter.source("slips-code"), scope)
    forward, backward, kept = scope["variant"]()
    layer = BatchNorm2d(3, momentum=1, dtype=float)
    np.testing.assert_allclose(forward(x), layer(x))
    np.testing.assert_allclose(backward(x**2, x), layer.backward(x**2))
    np.testing.assert_allclose(kept, layer.running_var)


def test_folding_is_exact():
    rng = np.random.default_rng(0)
    x, weight, bias = rng.normal(size=(2, 3, 6, 5)), rng.normal(size=(4, 3, 3, 2)), rng.normal(size=4)
    layer = BatchNorm2d(4, dtype=float).eval()
    for array in (layer.weight, layer.bias, layer.running_mean):
        array[:] = rng.normal(size=4)
    layer.running_var[:] = rng.uniform(0.5, 2, 4)
    folded = taught.fold(weight, bias, layer.weight, layer.bias, layer.running_mean, layer.running_var)
    np.testing.assert_allclose(conv2d(x, *folded), layer(conv2d(x, weight, bias)), rtol=1e-12, atol=1e-12)


def test_dropout_adds_to_the_variance():
    found = numbers(said("mean-say"))
    x, p = np.array([1, -2, 3, 6]), 0.5
    assert found[:6] == [0.5, 1_000_000, *x]
    assert found[6:10] == pytest.approx(x, abs=0.01)
    of_both = p * 0**2 + (1 - p) * (x / (1 - p)) ** 2 - x**2
    assert numbers(said("mean-say").split("here it is")[1])[:4] == pytest.approx(of_both, rel=0.01)
    np.testing.assert_allclose(of_both, x**2 * p / (1 - p))


def test_three_layers_of_dropout():
    found = numbers(said("test-time-say"))[1:]  # after the year
    assert found[:3] == [1, 0.5, 1]
    late, late_used, inverted, inverted_used, wrong, taught_with = found[3:9]
    assert (late, inverted, taught_with) == pytest.approx((1 / 8, 1, 1 / 8), rel=0.03)
    assert (late_used, inverted_used, wrong) == (0.125, 1, 1)


def test_a_lost_pixel_is_known_by_its_neighbours():
    found = numbers(said("spatial-say"))
    maps = conv2d(
        photo(grey=True)[None, None].astype(float),
        np.stack(
            [image_kernel(name) for name in ("Sobel vertical", "Sobel horizontal", "outline", "box blur")]
        )[:, None].astype(float),
    )[0].clip(0)
    rng = np.random.default_rng(11)
    for shown, array in zip(found[:4], maps, strict=True):
        seen = np.where(rng.random(array.shape) < 0.5, np.nan, array)
        around = [np.roll(seen, (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)]
        around = np.stack([a[1:-1, 1:-1] for a in around])
        guess = np.nansum(around, axis=0) / (~np.isnan(around)).sum(axis=0).clip(1)
        lost = np.isnan(seen[1:-1, 1:-1]) & (~np.isnan(around)).any(axis=0)
        assert shown == pytest.approx(
            100 * np.corrcoef(guess[lost], array[1:-1, 1:-1][lost])[0, 1] ** 2, abs=2
        )
    assert found[4] < 10
    assert "nearly all of a smooth map, and less than a quarter of an outline" in said("spatial-say")
    assert found[3] > 95
    assert found[2] < 25
