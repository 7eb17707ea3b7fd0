"""AlgorithmRace in Python: what it counts, what it refuses, what its copy holds."""

import pytest
import traitlets
from bs4 import BeautifulSoup

from cnnbook import cheapest, convolution_costs
from cnnbook.widgets import AlgorithmRace


def test_it_counts_the_layer_that_its_traits_name():
    race = AlgorithmRace(kernel=3, size=24, channels=4, filters=8, batch=2)
    costs = convolution_costs((2, 4, 24, 24), (8, 4, 3, 3))
    for row, cost in zip(race.output, costs.values(), strict=True):
        assert row.tolist() == [cost.multiplications, cost.additions, cost.memory]
    for count in ("operations", "multiplications", "additions", "memory"):
        race.count = count
        assert race.winners == cheapest(costs, count)
    race.kernel = 5
    assert race.output[3].tolist() == [-1, -1, -1]


def test_its_map_is_the_winners_of_every_kernel_and_size():
    race = AlgorithmRace(channels=32, filters=16, stride=1)
    assert [len(row) for row in race.map] == [8] * 9
    for kernel, size, i, j in ((3, 16, 0, 1), (15, 256, 8, 7), (7, 64, 4, 3)):
        race.kernel, race.size = kernel, size
        assert race.map[i][j] == race.winners
    assert race.map[4][0] == ("direct", "im2col")


@pytest.mark.parametrize(
    ("name", "value"), [("kernel", 4), ("size", 17), ("channels", 3), ("batch", 0), ("count", "time")]
)
def test_refuses_and_keeps(name, value):
    race = AlgorithmRace()
    before = getattr(race, name)
    with pytest.raises(traitlets.TraitError, match=name):
        setattr(race, name, value)
    assert getattr(race, name) == before


@pytest.mark.parametrize(
    ("count", "coloured"),
    [("operations", [0, 1]), ("multiplications", [0]), ("additions", [1]), ("memory", [2])],
)
def test_in_the_copy_a_winners_bar_is_coloured_where_it_wins(count, coloured):
    race = AlgorithmRace(count=count)
    copy = BeautifulSoup(race.static_html(), "html.parser")
    ways = [row.th.text for row in copy.select(".cnn-counts tbody tr") if row.select(".cnn-ranked")]
    assert ways == list(race.winners)
    for row in copy.select(".cnn-winner"):
        bars = [cell.i for cell in row.find_all("td")]
        assert [k for k, bar in enumerate(bars) if bar.get("class") == ["cnn-ranked"]] == coloured


def test_the_copy_holds_counts_and_map():
    copy = BeautifulSoup(AlgorithmRace(kernel=15, size=256).static_html(), "html.parser")
    counts, winners = copy.find_all("table")
    assert [cell.text for cell in counts.find_all("tr")[4].find_all("td")] == ["–"] * 3
    assert len(winners.find_all("td")) == 72
    (here,) = winners.select(".cnn-here")
    assert here is winners.find_all("td")[-1]
    assert here.text == "F"
    assert copy.find(class_="cnn-words").text == "The fewest operations by count: FFT."
    least = AlgorithmRace(count="memory")
    assert "The least memory by count: direct." in least.static_html()
    assert "fewest operations by FFT" in repr(AlgorithmRace(kernel=15))
