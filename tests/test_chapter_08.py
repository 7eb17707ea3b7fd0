"""The code that the chapter on pooling teaches is right, and what the chapter says is so."""

import numpy as np
import pytest
from chapter import Chapter
from claims import numbers
from hypothesis import given
from hypothesis import strategies as st

import cnnbook
from cnnbook import avg_pool2d, conv2d, im2col, max_pool2d, output_size
from cnnbook.data import photo
from cnnbook.kernels import image_kernel

chapter = Chapter(
    "08_pooling",
    im2col=im2col,
    output_size=output_size,
    conv2d=conv2d,
    image_kernel=image_kernel,
    max_pool2d=max_pool2d,
    avg_pool2d=avg_pool2d,
)
taught = chapter.taught()
GREY = photo(grey=True).astype(float)
SOBEL = conv2d(GREY[None, None], image_kernel("Sobel vertical").astype(float)[None, None])
EDGES = np.pad(np.maximum(SOBEL[0, 0], 0), 1)
EVERY, LARGEST, MEAN, BLUR = "every second pixel", "maximum of 2 × 2", "average of 2 × 2", "blur, then every"
said = chapter.told


@given(
    size=st.tuples(st.integers(3, 8), st.integers(3, 8)),
    batch=st.tuples(st.integers(1, 2), st.integers(1, 3)),
    k=st.integers(1, 3),
    s=st.integers(1, 4),
    seed=st.integers(0, 99),
)
def test_what_is_taught_is_the_package(size, batch, k, s, seed):
    rng = np.random.default_rng(seed)
    x = rng.integers(-3, 3, (*batch, *size)).astype(float)  # with ties
    y, place = taught.max_pool_columns(x, k, s)
    expected, indices = max_pool2d(x, k, s, return_indices=True)
    np.testing.assert_array_equal(y, expected)
    i, j = np.indices(y.shape[2:])
    np.testing.assert_array_equal((i * s + place // k) * size[1] + j * s + place % k, indices)
    g = rng.normal(size=y.shape)
    back = taught.max_pool_back(g[0, 0], indices[0, 0], size)
    np.testing.assert_allclose(back, cnnbook.max_pool2d_backward(g, x, k, s)[0, 0], atol=1e-12)


def small(way, x):
    """Return pictures made half as large, without the package's pooling."""
    if way == EVERY:
        return x[:, ::2, ::2]
    if way in (LARGEST, MEAN):
        blocks = x.reshape(len(x), x.shape[1] // 2, 2, x.shape[2] // 2, 2)
        return blocks.max((2, 4)) if way == LARGEST else blocks.mean((2, 4))
    line = np.array([1, 2, 1]) / 4
    x = np.pad(x, [(0, 0), (1, 1), (1, 1)], mode="edge")
    x = sum(w * x[:, i : i + x.shape[1] - 2] for i, w in enumerate(line))
    x = sum(w * x[:, :, i : i + x.shape[2] - 2] for i, w in enumerate(line))
    return x[:, ::2, ::2]


def cuts(image, places, down=0, right=0):
    return np.stack([image[i + down :, j + right :][:64, :64] for i, j in places])


def changes(image, way, down=0, right=1):
    """Return how much a shift changes each of sixty cuts, by the difference of unrelated ones."""
    here, far = np.random.default_rng(0).integers(0, 188, size=(2, 60, 2))
    one = small(way, cuts(image, here))
    yardstick = np.abs(small(way, cuts(image, far)) - one).mean()
    return np.abs(small(way, cuts(image, here, down, right)) - one).mean((1, 2)) / yardstick


@pytest.fixture(scope="module")
def measured():
    images = {"grey": GREY, "edges": EDGES}
    return {(n, w): changes(x, w) for n, x in images.items() for w in (EVERY, LARGEST, MEAN, BLUR)}


def test_the_table_of_shifts_is_right(measured):
    rows = [
        line
        for line in said("measure-say").splitlines()
        if line.startswith(("| every", "| max", "| av", "| bl"))
    ]
    for row, way in zip(rows, (EVERY, LARGEST, MEAN, BLUR), strict=True):
        found = [float(cell.strip().rstrip("%")) for cell in row.split("|")[2:4]]
        expected = [100 * measured[name, way].mean() for name in ("grey", "edges")]
        np.testing.assert_allclose(found, expected, atol=0.051)


def wins(measured, name, better, worse):
    return int((measured[name, better] < measured[name, worse]).sum())


def test_in_how_many_cuts_one_way_is_better(measured):
    pairs = [("grey", LARGEST, EVERY), ("grey", MEAN, LARGEST), ("grey", BLUR, MEAN)]
    pairs += [("edges", LARGEST, EVERY), ("edges", LARGEST, MEAN)]
    counts = [wins(measured, *pair) for pair in pairs]
    text = said("measure-say").rsplit("\n", 1)[1]
    assert numbers(text) == [counts[0], 60, counts[1], counts[2], counts[3], counts[4]]
    assert min(counts) > 40


@pytest.mark.parametrize("to", [(0, 1), (1, 0), (1, 1)])
def test_the_order_holds_in_every_direction(to):
    grey = {way: changes(GREY, way, *to).mean() for way in (EVERY, LARGEST, MEAN, BLUR)}
    assert grey[BLUR] < grey[MEAN] < grey[LARGEST] < grey[EVERY]
    edges = {way: changes(EDGES, way, *to).mean() for way in (EVERY, LARGEST, MEAN)}
    assert 0.1 < edges[LARGEST] < edges[MEAN] < edges[EVERY]


def test_against_every_second_pixel_the_maximum_takes_away_so_much(measured):
    gains = [1 - measured[name, LARGEST].mean() / measured[name, EVERY].mean() for name in ("grey", "edges")]
    assert numbers(said("measure-directions")) == [round(100 * gain) for gain in gains]
    assert gains[1] > gains[0] > 0


def test_the_mistake_shows_where_windows_overlap_and_only_there():
    assert chapter.said()["equals"] == "(0.0, 8.0)"
    assert "Of 16 settings" in said("equals-say")
    assert f"the mistake shows in {sum(s < k for k in range(1, 5) for s in range(1, 5))}:" in said(
        "equals-say"
    )


def test_zeros_win_where_all_numbers_are_negative():
    low = -SOBEL.shape[2] % 2
    assert low == 0
    rows = [np.arange(max(2 * i - 1, 0), min(2 * i + 2, 254)) for i in range(127)]
    border = [(i, j) for i in range(127) for j in range(127) if i == 0 or j == 0]
    won = sum(SOBEL[0, 0][np.ix_(rows[i], rows[j])].max() < 0 for i, j in border)
    assert numbers(said("padding-say"))[:5] == [3, 3, 2, len(border), won]
    assert won > 0


def test_sizes_of_the_libraries():
    lines = [line.split("|")[1:-1] for line in said("frameworks-table").splitlines()[2:6]]
    table = {name.strip(): [int(n) for n in row] for name, *row in lines}
    ns = [111, 112, 113, 114]
    assert table == {
        "PyTorch": [(n - 3) // 2 + 1 for n in ns],
        "Caffe, or `ceil_mode`": [-(-(n - 3) // 2) + 1 for n in ns],
        'Keras `"same"`': [(n + 1) // 2 for n in ns],
        "padding 1": [(n - 1) // 2 + 1 for n in ns],
    }


def test_ties_on_the_photograph_and_on_the_map():
    def share(x):
        blocks = x[: len(x) // 2 * 2, : x.shape[1] // 2 * 2]
        blocks = blocks.reshape(len(blocks) // 2, 2, -1, 2).swapaxes(1, 2).reshape(-1, 4)
        top = np.sort(blocks)[:, ::-1]
        return np.mean(top[:, 0] == top[:, 1]), np.mean(top[:, 0] == 0)

    positive = EDGES[1:-1, 1:-1]
    expected = [share(GREY)[0], *share(positive)]
    percents = [
        float(word.rstrip("%")) for word in said("ties-say").replace(",", " ").split() if word.endswith("%")
    ]
    assert percents == [round(100 * value) for value in expected]
    assert chapter.said()["tie"] == "([1.0, 0.0, 0.5], [1.0, 0.0])"


def test_what_is_lost():
    percents = numbers(said("lost-say"))
    cut = GREY[64:192, 64:192]
    largest = cut.reshape(32, 4, 32, 4).max((1, 3))
    assert percents[1:3] == [round(largest.mean()), round(cut.mean())]
    assert largest.mean() > cut.mean()


def test_the_mean_of_a_channel_saves_the_places():
    assert numbers(said("global-say"))[:6] == [512, 7, 7, 1000, 512 * 49 * 1000, 512 * 1000]


def test_a_blur_between_the_two_steps():
    grey_before, grey_after, grey_count, _, before, after, count, _ = numbers(said("zhang-say"))[2:]
    assert grey_after < grey_before
    assert after < before
    assert min(grey_count, count) > 40


def windows_rounded_up(n, k, s, p):
    """Count window after window: the last may reach beyond the frame, if it starts inside the picture."""
    count = 0
    while count * s - p + k <= n + p or ((count - 1) * s - p + k < n + p and count * s - p < n):
        count += 1
    return count


def test_how_often_the_rule_of_the_last_window_takes_one_away():
    tried = [
        (n, k, s, p)
        for n in range(1, 30)
        for k in range(1, 6)
        for s in range(1, 7)
        for p in range(k // 2 + 1)
        if n + 2 * p >= k
    ]
    fewer = sum(windows_rounded_up(n, k, s, p) < -(-(n + 2 * p - k) // s) + 1 for n, k, s, p in tried)
    said_of_it = numbers(said("rounding-say"))
    assert (said_of_it[0], said_of_it[-1]) == (len(tried), fewer)


def test_what_a_smaller_map_saves():
    work = [9 * 64 * 64 * n * n for n in (112, 56)]
    assert numbers(said("cheaper"))[4:] == [9 * 64 * 64, 112, 112, work[0], 56, 56, 2, 2, work[1]]


def test_what_a_move_by_whole_strides_carries_over():
    for moved in (1, 2, 3, 4):
        old, new = (small(LARGEST, GREY[None, :, 8 - m : -8 - m]) for m in (0, moved))
        same = [np.array_equal(new[..., by:], old[..., : old.shape[2] - by]) for by in range(8)]
        assert same == [by == moved / 2 for by in range(8)]


def test_a_blur_between_the_two_steps_changes_so_much(measured):
    def dense_maximum(x):
        H, W = x.shape[1] - 1, x.shape[2] - 1
        return np.max([x[:, i : i + H, j : j + W] for i in (0, 1) for j in (0, 1)], 0)

    found = numbers(said("zhang-say"))[2:]
    for image, name, before, after, count in (
        (GREY, "grey", *found[:3]),
        (EDGES, "edges", *found[4:7]),
    ):
        here, far = np.random.default_rng(0).integers(0, 188, size=(2, 60, 2))
        one, other, unrelated = (
            small(BLUR, dense_maximum(cuts(image, places, 0, right)))
            for places, right in ((here, 0), (here, 1), (far, 0))
        )
        change = np.abs(other - one).mean((1, 2)) / np.abs(unrelated - one).mean()
        plain = measured[name, LARGEST]
        assert [round(100 * plain.mean(), 1), round(100 * change.mean(), 1)] == [before, after]
        assert count == (change < plain).sum()
