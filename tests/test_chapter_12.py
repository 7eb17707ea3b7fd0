"""The code that the chapter on the network that reads digits teaches is right, and what it says is so."""

import numpy as np
import pytest
from chapter import Chapter
from claims import numbers
from scipy.spatial.distance import cdist
from test_digit_network import script

import cnnbook
from cnnbook.data import digit_network, digits, results
from cnnbook.widgets.digit_reader import bitmaps

chapter = Chapter("12_digits", cnnbook=cnnbook)
taught = chapter.taught()
X, Y, X_TEST, Y_TEST = digits()
X, X_TEST = X.astype(float), X_TEST.astype(float)
said = chapter.told


def rows(array):
    return array.reshape(len(array), -1)


def test_the_taught_cut_and_network_are_those_of_the_script():
    for ours, theirs in zip(taught.cut(X, Y), script().cut(X, Y, 0), strict=True):
        for a, b in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(a, b)
    ours, theirs = (make(np.random.default_rng(7)).state() for make in (taught.new_network, script().network))
    for name, array in ours.items():
        np.testing.assert_array_equal(array, theirs[name])


def test_the_training_of_the_chapter_is_that_of_the_script():
    source, recipe = chapter.source("fit-code"), script()
    words = f'"epochs": {recipe.EPOCHS},', f'"batch_size": {recipe.BATCH_SIZE},', "lr=3e-3)", "default_rng(0)"
    assert all(word in source for word in words)
    assert recipe.LR == 3e-3
    assert chapter.said()["check-shipped"] == "True"


def test_what_is_said_about_twins():
    far = cdist(rows(X), rows(X))
    np.fill_diagonal(far, np.inf)
    nearest = far.argmin(axis=1)
    found = numbers(said("twins-say"))
    assert found[0] == round(np.median(far.min(axis=1)), 2)
    assert found[2] == round(100 * np.mean(Y[nearest] == Y), 1)
    assert found[3] == round(100 * np.mean(abs(nearest - np.arange(len(X))) < 100))
    same = [far[n, (Y[n] == Y) & np.isfinite(far[n])] for n in range(0, len(X), 7)]
    assert found[1] == round(np.median(np.concatenate(same)), 2)
    assert numbers(said("hard-say"))[-2:] == [np.sum(Y[nearest] != Y), len(X)]


def test_the_baselines():
    (x, y), (x_held, y_held) = script().cut(X, Y, 0)
    means = [x[y == k].mean(axis=0).ravel() for k in range(10)]
    by_mean = cdist(rows(x_held), means).argmin(axis=1) == y_held
    by_twin = y[cdist(rows(x_held), rows(x)).argmin(axis=1)] == y_held
    assert numbers(said("baseline-say"))[:2] == [round(100 * part.mean(), 1) for part in (by_mean, by_twin)]


def test_the_loss_of_a_network_that_knows_nothing_is_above_log_10():
    lowest, highest, mean = numbers(said("start-say"))[1:4]
    assert np.log(10) < lowest < mean < highest
    scores = np.random.default_rng(3).normal(scale=0.6, size=(50, 10))
    losses = [cnnbook.cross_entropy(scores, np.full(50, k))[0] for k in range(10)]
    assert np.log(10) < np.mean(losses) == pytest.approx(np.log(10) + 0.6**2 / 2, abs=0.04)


def test_both_splits_are_as_stored():
    lines, ends = [line.split("|")[2:6] for line in said("tests-say").splitlines()[2:4]], []
    for line, split in zip(lines, ("default", "strangers"), strict=True):
        found = results("digits")["splits"][split]
        assert numbers(line[3]) == [round(100 * np.mean(found["test"]), 1)]
        ends += [round(100 * end(found["test"]), 1) for end in (min, max)]
        assert numbers(line[2]) == [round(100 * np.mean(found["validation"]), 1)]
    assert np.mean(results("digits")["splits"]["default"]["test"]) >= 0.98
    found = numbers(said("strangers-say").replace("five", ""))
    means = [numbers(line[3])[0] for line in lines]
    assert found[:6] == [means[0], *ends[:2], means[1], *ends[2:]]
    assert found[7:9] == [round(100 - numbers(line[0])[0], 1) for line in reversed(lines)]


def test_the_mistakes_are_those_of_the_shipped_network():
    p = cnnbook.softmax(cnnbook.predict(digit_network(), X_TEST), axis=1)
    wrong = p.argmax(axis=1) != Y_TEST
    found = numbers(said("mistakes-say"))
    assert found[:2] == [wrong.sum(), len(wrong)]
    assert found[3] == round(np.median(p.max(axis=1)[wrong]), 2)
    assert found[4] == sum(np.sort(p[n])[-2] == p[n, Y_TEST[n]] for n in np.flatnonzero(wrong))
    doubtful = p.max(axis=1) < 0.9
    assert found[-3:] == [round(100 * doubtful.mean()), (doubtful & wrong).sum(), wrong.sum()]


def test_blame_is_the_slope_of_the_difference_times_the_ink():
    rng = np.random.default_rng(0)
    network = digit_network()
    picture = X_TEST[:2]
    said_, right = np.array([3, 5]), np.array([8, 1])
    marks = taught.blame(network, picture, said_, right)

    def difference(x):
        scores = network(x)
        return (scores[np.arange(2), said_] - scores[np.arange(2), right]).sum()

    direction = rng.normal(size=picture.shape) * picture  # along the ink alone
    slope = (difference(picture + 1e-6 * direction) - difference(picture - 1e-6 * direction)) / 2e-6
    inked = picture > 0
    assert slope == pytest.approx((marks[inked] / picture[inked] * direction[inked]).sum(), rel=1e-4)
    assert (marks[~inked] == 0).all()


def without_three(pictures, marks):
    flat = np.where(rows(np.argsort(np.argsort(rows(-marks), axis=1), axis=1)) < 3, 0, rows(pictures))
    return cnnbook.predict(digit_network(), flat.reshape(pictures.shape)).argmax(axis=1)


def test_wiping_out_what_is_blamed_turns_answers_right_or_wrong():
    network = digit_network()
    scores = cnnbook.predict(network, X_TEST)
    read, second = np.argsort(-scores, axis=1)[:, :2].T
    wrong = np.flatnonzero(read != Y_TEST)
    marks = taught.blame(network, X_TEST, read, np.where(read == Y_TEST, second, Y_TEST))
    after = without_three(X_TEST, marks)
    against, all_, mended, all_again, by_chance, draws, turned, turned_by_chance = numbers(said("blame-say"))
    assert against == (rows(marks)[wrong].sum(axis=1) < 0).sum()
    assert all_ == all_again == len(wrong)
    assert mended == (after == Y_TEST)[wrong].sum()
    assert mended > 2 * by_chance
    assert turned == round(100 * np.mean((after != read)[read == Y_TEST])) > 5 * turned_by_chance
    assert draws == 1000


def test_what_the_pixels_said_and_the_share_of_the_biases_add_up():
    network = digit_network()
    wrong = cnnbook.predict(network, X_TEST).argmax(axis=1) != Y_TEST
    pictures = X_TEST[wrong]
    scores = network(pictures)
    pick = np.eye(10)[scores.argmax(axis=1)] - np.eye(10)[Y_TEST[wrong]]
    of_the_ink = (network.backward(pick) * pictures).sum(axis=(1, 2, 3))
    of_the_biases = sum((grad * value).sum() for value, grad in network.parameters() if value.ndim == 1)
    assert of_the_ink.sum() + of_the_biases == pytest.approx((scores * pick).sum(), rel=1e-4)


def test_no_picture_is_in_two_parts():
    part, held = script().cut(X, Y, 0)
    sets = [{one.tobytes() for one in x.astype(float)} for x in (part[0], held[0], X_TEST)]
    assert sum(map(len, sets)) == len(set.union(*sets))
    assert said("cut-say").startswith("No picture is in two of the three parts")


def test_as_many_kernels_looked_balanced_before_training():
    start = taught.new_network(np.random.default_rng(0)).layers[0].weight
    counts = []
    for kernels in (digit_network().layers[0].weight, start):
        plus, minus = (np.maximum(sign * rows(kernels), 0).sum(axis=1) for sign in (1, -1))
        counts.append(np.sum(np.abs(np.log2(plus / minus)) < 1))
    found = numbers(said("kernels-say"))
    assert [found[0], found[2]] == counts


def test_how_far_the_approximation_of_the_first_loss_is_off():
    x, y = script().cut(X, Y, 0)[0]
    off = []
    for seed in range(20):
        scores = taught.new_network(np.random.default_rng(seed))(x)
        expected = np.log(10) + scores.var(axis=1).mean() / 2
        off.append(abs(cnnbook.cross_entropy(scores, y)[0] - expected))
    assert f"{np.mean(off):.2f} off on average, {max(off):.2f} at worst" in said("start-why-say")


def test_the_move_of_adam_forgets_how_large_all_gradients_were():
    moves = []
    for scale in (1, 10):
        value, grads = np.zeros(3), np.random.default_rng(0).normal(size=(5, 3))
        grad = np.zeros(3)
        steps = cnnbook.Adam([(value, grad)], lr=0.003)
        for one in grads:
            grad[:] = scale * one
            steps.step()
        moves.append(value)
    np.testing.assert_allclose(*moves, rtol=1e-6)


def test_the_confusion_and_its_margins():
    read = cnnbook.predict(digit_network(), X_TEST).argmax(axis=1)
    table = np.zeros((10, 10), int)
    for pair in zip(Y_TEST, read, strict=True):
        table[pair] += 1
    np.fill_diagonal(table, 0)
    worst = np.argwhere(table == table.max())
    times, *pairs = numbers(said("confusion-say"))[: 1 + worst.size]
    assert (times, pairs) == (table.max(), worst.ravel().tolist())
    common, so_often, mistakes = numbers(said("confusion-say"))[1 + worst.size :][:3]
    assert table[:, int(common)].sum() == so_often == table.sum(axis=0).max()
    assert table.sum() == mistakes


def test_what_it_cannot_read():
    head, _, *rows = (line.split("|")[2:-1] for line in said("cannot-say").splitlines()[:4])
    lines = {name.strip(): numbers(" ".join(cells)) for name, *cells in zip(head, *rows, strict=True)}
    for name, spoilt in (
        ("as they are", X_TEST),
        ("half a turn", np.rot90(X_TEST, 2, axes=(2, 3))),
        ("light on dark", 1 - X_TEST),
    ):
        p = cnnbook.softmax(cnnbook.predict(digit_network(), spoilt), axis=1)
        share = round(100 * cnnbook.accuracy(p, Y_TEST), 1)
        assert lines[name] == [share, round(np.median(p.max(axis=1)), 2)]
    assert len(lines["noise"]) == 1
    told = said("cannot-say").split("less than 90%")[1]
    for share, columns in zip(numbers(told), range(3), strict=False):
        moved = np.pad(X_TEST, ((0, 0), (0, 0), (0, 0), (columns, 0)))[..., :8]
        p = cnnbook.softmax(cnnbook.predict(digit_network(), moved), axis=1)
        assert share == round(100 * np.mean(p.max(axis=1) < 0.9))


def test_the_dense_layer_was_not_done():
    part, held = script().cut(X, Y, 0)
    dense = cnnbook.Sequential(cnnbook.Flatten(), cnnbook.Linear(64, 10, rng=0, dtype=float))
    steps = cnnbook.Adam(dense.parameters(), lr=3e-3)
    options = {"epochs": 100, "batch_size": 32, "rng": 0, "validation": held, "progress": False}
    history = cnnbook.fit(dense, *part, steps, **options)
    shares = history["validation_accuracy"]
    told = numbers(said("buys-read").split("after 100 epochs")[1])
    assert told[0] == round(100 * shares[-1], 1) > 100 * shares[11] + 2


def test_the_validation_loss_turns_before_the_end():
    rng = np.random.default_rng(0)
    network = taught.new_network(rng)
    part, held = script().cut(X, Y, 0)
    steps = cnnbook.Adam(network.parameters(), lr=3e-3)
    options = {"epochs": 12, "batch_size": 32, "rng": rng, "validation": held, "progress": False}
    history = cnnbook.fit(network, *part, steps, **options)
    epoch, before, after = numbers(said("fit-say").split("lowest after")[1])[:3]
    assert epoch == 1 + np.argmin(history["validation_loss"]) < 12
    assert [before, after] == [round(history["loss"][n], 3) for n in (int(epoch) - 1, 11)]


def test_how_far_a_digit_may_move_and_how_small_it_may_be():
    network, images = digit_network(), X_TEST[:, 0]
    drawn = [bitmaps.spread(image) for image in images]

    def read(drawings):
        return cnnbook.predict(network, np.stack([bitmaps.shrunk(one) for one in drawings])[:, None]).argmax(
            1
        )

    known = read(drawn) == Y_TEST
    by_step = np.array([read([bitmaps.moved(one, 0, step) for one in drawn]) for step in range(17)])
    changed = (by_step != Y_TEST)[:, known]
    first = np.where(changed.any(axis=0), changed.argmax(axis=0), np.inf)
    low, high, middle, pixels, small, again = numbers(said("reader-say"))
    assert [low, middle, high] == np.percentile(first, [25, 50, 75]).round().tolist()
    assert pixels == middle / 4
    halves = [np.pad(one[::2, ::2], 8) for one in drawn]
    assert small == round(100 * np.mean(read(halves) == Y_TEST))
    assert again == round(100 * np.mean(read(map(bitmaps.centred, halves)) == Y_TEST))


def test_the_table_of_ingredients():
    runs = results("digits")["variants"]
    base = np.array(runs["as it is"]["validation_accuracy"])
    lines = {line.split("|")[1].strip(): line.split("|")[2:] for line in said("buys-say").splitlines()[2:11]}
    assert list(lines) == list(runs)
    clear = said("buys-say").split("differences are clear: ")[1]
    for name, run in runs.items():
        shares = np.array(run["validation_accuracy"])
        assert numbers(lines[name][0]) == [round(100 * shares.mean(), 1)]
        difference = shares - base
        if name != "as it is":
            t = difference.mean() / (difference.std(ddof=1) / 5**0.5)
            assert (name in clear) == (abs(t) > 2.78)


def test_pytorch_takes_the_same_course():
    ours, theirs = results("digits")["variants"]["as it is"], results("digits_pytorch")
    ratios = np.array(ours["loss"]) / theirs["loss"]
    assert numbers(said("torch-say"))[0] == round(100 * (np.maximum(ratios, 1 / ratios).max() - 1))
