"""Exercise: how much faster several threads can be."""

from cnnbook.checks.exercise import exercise, grid


@exercise(
    cases=grid((0.0, 0.5, 2.0, 3), (1.0, 0.25, 4), (1, 2, 3, 5, 8), (1, 2, 3, 4, 8)),
    mistakes="""
    -(-pieces // threads) -> pieces / min(pieces, threads)
    -(-pieces // threads) -> pieces / threads
        A piece is not shared: five pieces on two threads take as long as three. Round up.
    -(-pieces // threads) -> max(1, pieces // threads)
    -(-pieces // threads) -> pieces // threads
        Rounded down, the last pieces are done by nobody: round up.
    -(-pieces // threads) -> pieces
        With more threads, several pieces are done at the same time.
    after = serial + -> after = serial / threads +
        The serial part is not shared: it takes as long as before.
    after = serial + -> after =
        You forgot the serial part in the time with threads.
    before = serial + -> before =
        You forgot the serial part in the time with one thread.
    return before / after -> return after
        That is the time with threads: asked is how many times as fast it is, the old time by the new.
    return before / after -> return after / before
        The other way round: the old time by the new.
    return before / after -> return before - after
        That is the time saved: asked is a ratio.
    return before / after -> return 1 - after / before
        That is the share that is saved: asked is the old time by the new.
    return before / after -> return threads
        So it would be without a serial part, and with pieces enough.
    -(-pieces // threads) -> (pieces // threads + 1)
        Where the threads divide the pieces nothing is left over for one round more: round up.
    where serial > 0
        Every case that fails has a serial part.
    where pieces % threads
        Every case that fails has a number of pieces that the threads do not divide.
    """,
)
def amdahl(serial, piece, pieces, threads):
    """Return how many times as fast ``threads`` threads are as one.

    ``serial`` seconds cannot be shared; then there are ``pieces`` of ``piece`` seconds each, and a piece
    cannot be cut.
    """
    before = serial + pieces * piece
    after = serial + -(-pieces // threads) * piece
    return before / after
