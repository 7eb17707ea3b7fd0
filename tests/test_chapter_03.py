"""What the chapter on learning teaches is right, and its claims are computed in another way."""

import ast
import re

import numpy as np
import pytest
from chapter import Chapter
from claims import numbers, pairs
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from scipy import ndimage, signal

import cnnbook
from cnnbook.data import photo
from cnnbook.kernels import image_kernel
from cnnbook.widgets.quiz.questions import load_questions

chapter = Chapter("03_learning", cross_correlate2d=cnnbook.cross_correlate2d)
taught = chapter.taught()
said, told = chapter.said(), chapter.said("text/markdown")
QUESTIONS = {q["id"]: q for part in load_questions("03_learning").values() for q in part}


@given(pairs())
def test_the_matrix_is_the_one_of_the_exercise(pair):
    x, w = pair
    matrix = taught.matrix_by_asking(w, x.shape)
    np.testing.assert_allclose(matrix @ x.ravel(), cnnbook.cross_correlate2d(x, w).ravel(), atol=1e-12)
    solution = chapter.defined_by("solution-dense-matrix")["dense_matrix_solution"]
    np.testing.assert_array_equal(matrix, solution(w, x.shape))


@given(pairs(), st.data())
def test_the_slope_of_the_squared_error_is_its_derivative(pair, data):
    x, w = pair
    target = np.zeros_like(cnnbook.cross_correlate2d(x, w))
    u, v = (data.draw(st.integers(0, n - 1)) for n in w.shape)
    y = cnnbook.cross_correlate2d(x, w)
    pixels = x[u : u + y.shape[0], v : v + y.shape[1]]
    slopes = taught.slopes_of(lambda kernel: taught.mean_squared_error(kernel, x, target), w)
    # A forward difference of a parabola is off by h times half the second derivative.
    assert slopes[u, v] == pytest.approx((2 * y * pixels).mean() + 0.001 * (pixels**2).mean(), abs=1e-6)


@pytest.mark.parametrize("name", ["Sobel vertical", "sharpen", "box blur"])
def test_any_kernel_can_be_learned(name):
    rng = np.random.default_rng(5)
    picture, secret = rng.random((16, 16)), image_kernel(name).astype(float)
    result = cnnbook.cross_correlate2d(picture, secret)
    kernels = taught.learn(
        lambda kernel: taught.mean_squared_error(kernel, picture, result), rng.normal(size=(3, 3)), 0.3, 200
    )
    assert len(kernels) == 201
    np.testing.assert_allclose(kernels[-1], secret, atol=0.01)


@pytest.mark.parametrize("m", [1, 3, 40])
@pytest.mark.parametrize(("size", "frame"), [(3, 0), (3, 1), (5, 2)])
def test_a_moved_scene_breaks_as_many_columns_as_the_frame_is_wide(m, size, frame):
    """Not 40 columns for a move of 40: the columns that come into view are new, not broken."""
    x, kernel = photo(grey=True).astype(float), image_kernel("Sobel vertical", size).astype(float)
    old, new = (
        cnnbook.cross_correlate2d(np.pad(crop, frame), kernel) for crop in (x[:, m : m + 200], x[:, :200])
    )
    broken = np.flatnonzero((new[:, m:] != old[:, : old.shape[1] - m]).any(axis=0)) + m
    assert broken.tolist() == [*range(m, m + frame), *range(200 - frame, 200)][: 2 * frame]


def test_what_is_new_after_a_move():
    assert said["shift-code"] == "True"
    assert numbers(told["shift-result"])[:3] == [198, 158, 40]
    assert ast.literal_eval(said["shift-borders"]) == ([], [40, 199], [40, 41, 198, 199])


def test_how_far_the_scene_moves_does_not_matter():
    x, kernel = photo(grey=True).astype(float), image_kernel("Sobel vertical").astype(float)
    claim = told["shift-borders-result"].split("does not matter: ")[1]
    height, width, columns, *moves = map(int, numbers(claim))
    assert ((height, width), len(moves)) == (kernel.shape, 5)
    for m in moves:
        crops = x[:, m : m + 200], x[:, :200]
        old, new = (ndimage.correlate(crop, kernel, mode="constant") for crop in crops)
        assert (new[:, m:] != old[:, :-m]).any(axis=0).sum() == columns


def windows_of(image):
    return sliding_window_view(image, (3, 3)).reshape(-1, 9)


def curvatures_of(image):
    windows = windows_of(image)
    return np.linalg.eigvalsh(2 / len(windows) * windows.T @ windows)


def ratio_of(image):
    curvature = curvatures_of(image)
    return curvature[-1] / curvature[0]


SMALL = photo(grey=True)[150:166, 150:166] / 255


def test_a_photograph_teaches_slowly_and_not_wrongly():
    """Worked out with the windows as a matrix, where the chapter nudges every weight."""
    rng = np.random.default_rng(1)
    rng.random((16, 16))
    weights, secret = rng.normal(size=(3, 3)).ravel(), image_kernel("Sobel vertical").ravel()
    steps, step, _, weight, _, percent, grey_levels, *_ = numbers(told["learn-noise-result"])
    A = windows_of(SMALL)
    for _ in range(200):
        weights = weights - 0.3 * 2 / len(A) * A.T @ (A @ weights - A @ secret)
    gap = np.linalg.norm(A @ (weights - secret)) / np.linalg.norm(A @ secret)
    apart = np.abs(windows_of(photo(grey=True).astype(float)) @ (weights - secret)).max()
    assert (steps, step) == (200, 0.3)
    assert weight == pytest.approx(np.abs(weights - secret).max(), abs=0.06)
    assert percent == pytest.approx(100 * gap, abs=1)
    assert grey_levels == pytest.approx(apart, abs=3)


def test_what_makes_the_photograph_slow():
    """Every step is taken along its nine directions at once."""
    rng = np.random.default_rng(1)
    noise, begin = rng.random((16, 16)), rng.normal(size=(3, 3)).ravel()
    secret = image_kernel("Sobel vertical").ravel()
    centred = SMALL - SMALL.mean()

    def off_after(image, step):
        windows = windows_of(image)
        one_step = np.eye(9) - step * 2 / len(windows) * windows.T @ windows
        return np.abs(np.linalg.matrix_power(one_step, 200) @ (begin - secret)).max()

    limits = [2 / curvatures_of(image)[-1] for image in (SMALL, noise, centred)]
    share = 0.3 / limits[1]
    claimed = numbers(told["learn-noise-why"])
    expected = [ratio_of(SMALL), ratio_of(noise), 0.3, 100 * share, 30 / limits[0], 100 * share]
    expected += [off_after(SMALL, share * limits[0]), ratio_of(centred), ratio_of(noise - noise.mean()), 0.3]
    expected += [off_after(centred, 0.3), limits[2], limits[0], 200, 100 * share]
    np.testing.assert_allclose(claimed[: len(expected)], expected, rtol=0.05, atol=0.05)
    assert off_after(centred, share * limits[2]) < claimed[len(expected)] + 1e-4 < 0.001
    assert claimed[-1] == pytest.approx(noise.var() / SMALL.var(), abs=0.05)
    for image in (SMALL, noise):
        steepest = np.linalg.eigh(windows_of(image).T @ windows_of(image))[1][:, -1]
        assert np.ptp(np.abs(steepest)) < 0.05
        assert (np.sign(steepest) == np.sign(steepest[0])).all()


def test_only_one_kernel_has_no_loss():
    noise = np.random.default_rng(1).random((16, 16))
    assert np.linalg.matrix_rank(windows_of(noise)) == np.linalg.matrix_rank(windows_of(SMALL)) == 9


def test_the_piece_of_the_text_is_an_easy_one():
    """Other random pieces than the chapter's, and every step taken."""
    grey, rng = photo(grey=True) / 255, np.random.default_rng(3)
    secret = image_kernel("Sobel vertical").ravel()
    ratios, off, too_long, alike = [], [], [], []
    for i, j in rng.integers(0, 241, size=(100, 2)):
        piece = grey[i : i + 16, j : j + 16]
        windows = windows_of(piece)
        curved = 2 / len(windows) * windows.T @ windows
        steepest = curvatures_of(piece)[-1]
        one_step = np.eye(9) - curved / steepest
        left = np.linalg.matrix_power(one_step, 5000) @ (rng.normal(size=9) - secret)
        ratios.append(ratio_of(piece))
        off.append(np.abs(left).max())
        too_long.append(2 / steepest < 0.3)
        alike.append(np.corrcoef(piece[:, 1:].ravel(), piece[:, :-1].ravel())[0, 1])
    easier, wild, right, wrong = (
        float(share) / 100 for share in re.findall(r"(\d+)%", told["learn-patches-result"])
    )
    assert easier == pytest.approx((np.array(ratios) < ratio_of(SMALL)).mean(), abs=0.08)
    assert wild == pytest.approx(np.mean(too_long), abs=0.12)
    assert right == pytest.approx((np.array(off) < 0.001).mean(), abs=0.08)
    assert wrong == pytest.approx((np.array(off) > 0.1).mean(), abs=0.12)
    assert easier < 0.1
    assert wrong > 0.6
    half, none = (float(n) for n in re.findall(r"(?:above|below) (\d\.\d\d)", told["learn-patches-result"]))
    assert half == pytest.approx(np.median(alike), abs=0.08)
    assert 0 < none < half


def test_the_flattest_direction_of_the_photograph_is_a_chequered_one():
    small = windows_of(photo(grey=True)[150:166, 150:166] / 255)
    flattest = np.linalg.eigh(small.T @ small)[1][:, 0].reshape(3, 3)
    signs = np.sign(flattest)
    assert (signs[:, 1:] == -signs[:, :-1]).all()
    assert (signs[1:] == -signs[:-1]).all()


def test_a_step_asks_for_ten_losses():
    asked = []
    taught.slopes_of(lambda kernel: asked.append(kernel) or 0.0, np.zeros((3, 3)))
    assert len(asked) == 10 == int(said["count-losses"])


def test_examples_and_weights_of_one_small_picture():
    dense = signal.correlate2d(np.zeros((16, 16)), np.zeros((3, 3)), "valid").size
    assert numbers(told["matrix-examples"])[2:] == [dense, 9, 256 * dense, dense]


def test_the_largest_step_is_two_over_the_largest_curvature():
    rng = np.random.default_rng(1)
    windows = windows_of(rng.random((16, 16)))
    largest = 2 / np.linalg.eigvalsh(2 / len(windows) * windows.T @ windows)[-1]
    assert float(said["curvatures"]) == round(largest, 3) == 0.406
    start, shorter, longer = (float(text) for text in ast.literal_eval(said["largest-step"]))
    assert shorter < 1e-2 * start < start < longer


@pytest.mark.parametrize("name", ["Sobel vertical", "sharpen"])
def test_a_longer_step_grows_for_any_kernel(name):
    rng = np.random.default_rng(4)
    picture, secret, start = rng.random((12, 12)), image_kernel(name).ravel(), rng.normal(size=9)
    windows = windows_of(picture)
    H = 2 / len(windows) * windows.T @ windows
    for factor, shrinks in ((0.98, True), (1.02, False)):
        weights = start.copy()
        for _ in range(600):
            weights -= factor * 2 / np.linalg.eigvalsh(H)[-1] * H @ (weights - secret)
        before, after = (np.linalg.norm(windows @ (w - secret)) for w in (start, weights))
        assert bool(after < before) is shrinks


def test_what_the_quiz_says_about_steps():
    right = {
        q: next(a["number"] for a in QUESTIONS[q]["answers"] if a["right"])
        for q in ("largest-step", "losses-a-step")
    }
    asked = []
    taught.slopes_of(lambda kernel: asked.append(kernel) or 0.0, np.zeros((5, 5)))
    assert right == {"largest-step": 2 / 4, "losses-a-step": len(asked)}


def test_the_curve_levels_off_only_if_the_slopes_look_one_way():
    rng = np.random.default_rng(1)
    picture, secret = rng.random((16, 16)), image_kernel("Sobel vertical").astype(float)
    result, start = cnnbook.cross_correlate2d(picture, secret), rng.normal(size=(3, 3))
    slope = chapter.defined_by("solution-slope")["slope_solution"]
    both_ways = chapter.defined_by("solution-descend")["descend_solution"]

    def loss(kernel):
        return taught.mean_squared_error(kernel, picture, result)

    def slopes(kernel):
        return np.array([[slope(loss, kernel, u, v, 0.001) for v in range(3)] for u in range(3)])

    assert loss(taught.learn(loss, start, 0.3, 400)[-1]) == pytest.approx(1e-7, rel=0.2)
    assert loss(both_ways(slopes, start, 0.3, 400)) < 1e-12
