"""The static copy of AlgorithmRace: a table of counts, a map of winners, a sentence."""

from __future__ import annotations

from typing import Any

from cnnbook.costs import Cost

__all__ = ["short", "static_copy"]

SHOWN = ("multiplications", "additions", "memory")
WON, RANKED = ' class="cnn-winner"', ' class="cnn-ranked"'


def short(count: int, units: list[str]) -> str:
    """Return a count to three digits, in words.

    Examples
    --------
    >>> units = ["", " thousand", " million"]
    >>> [short(count, units) for count in (999, 9999, 123456, 12345678)]
    ['999', '10.0 thousand', '123 thousand', '12.3 million']
    """
    if count < 1000:
        return str(count)
    power = len(str(count)) - 3
    digits = int(count / 10**power + 0.5)
    if digits == 1000:
        digits, power = 100, power + 1
    unit = -(-power // 3)
    places = 3 * unit - power
    return f"{digits / 10**places:.{places}f}{units[unit]}"


def static_copy(race: Any, facts: dict[str, Any]) -> str:
    """Return what stands on the page before, or without, JavaScript."""
    winners = " and ".join(race.winners)
    words = f"The fewest {race.count} by count: {winners}." if race.count != "memory" else ""
    words = words or f"The least memory by count: {winners}."
    table = counts_table(race.costs, race.winners, race.count, facts)
    drawn = map_table(race.map, (race.size, race.kernel), facts)
    left = f'<div class="cnn-race-left">{table}</div>'
    return f'<div class="cnn-race">{left}{drawn}</div><p class="cnn-words">{words}</p>'


def counts_table(costs: dict[str, Cost], winners: tuple[str, ...], ranked: str, facts: dict[str, Any]) -> str:
    """Return the counts, a row for each algorithm, with bars; a winner's is coloured where it wins."""
    ranks = {what for what in SHOWN if what == ranked or (ranked == "operations" and what != "memory")}
    most = {name: max(getattr(cost, name) for cost in costs.values()) for name in SHOWN}
    rows = "".join(
        f'<tr{WON * (name in winners)}><th scope="row">{name}</th>'
        + "".join(
            count_cell(costs.get(name), what, most[what], name in winners and what in ranks, facts)
            for what in SHOWN
        )
        + "</tr>"
        for name in facts["letters"]
    )
    head = "".join(f'<th scope="col">{what}</th>' for what in SHOWN)
    return (
        f'<table class="cnn-counts" aria-label="counts"><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def count_cell(cost: Cost | None, what: str, most: int, won: bool, facts: dict[str, Any]) -> str:
    """Return one count with its bar."""
    if cost is None:
        return "<td>\u2013</td>"
    count = getattr(cost, what)
    bar = f'<i{RANKED * won} style="--share:{count / most:.4f}"></i>'
    return f"<td>{short(count, facts['units'])}{bar}</td>"


def map_table(winners: list[list[tuple[str, ...]]], at: tuple[int, int], facts: dict[str, Any]) -> str:
    """Return the winners' letters, a row for each size of picture, a column for each kernel."""
    rows = ""
    for size, row in zip(facts["sizes"], winners, strict=True):
        cells = ""
        for kernel, names in zip(facts["kernels"], row, strict=True):
            letters = "".join(facts["letters"][name] for name in names)
            here = " cnn-here" * ((size, kernel) == at)
            cells += f'<td class="cnn-wins-{letters[0]}{here}">{letters}</td>'
        rows += f'<tr><th scope="row">{size}</th>{cells}</tr>'
    head = "".join(f'<th scope="col">{kernel}</th>' for kernel in facts["kernels"])
    told = ", ".join(f"{letter} {name}" for name, letter in facts["letters"].items())
    return (
        f'<figure class="cnn-figure cnn-winners"><figcaption><b>winners</b> kernel size across, '
        f"picture size down; {told}; two letters, a tie</figcaption>"
        '<div class="cnn-scroller" tabindex="0" role="group" aria-label="winners">'
        f'<table aria-label="winners"><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></figure>"
    )
