"""Exercise: a line of pixels that goes on as in a mirror."""

import numpy as np

from cnnbook.checks.exercise import exercise
from cnnbook.checks.inputs import digits, scattered, thirds


@exercise(
    cases=[
        *((scattered(n), p) for n in range(1, 7) for p in range(n)),
        *((thirds(6), p) for p in (0, 3, 5)),
        *((digits(12), p) for p in (0, 2, 11)),
    ],
    mistakes="""
    reflect -> symmetric
        Your outermost pixel comes twice: the mirror stands on it, not behind it. Begin with its neighbour.
    return np.concatenate([line[1 : padding + 1], line, line[len(line) - 1 - padding : -1]])
        You took the right pixels, but not turned round: in a mirror the nearest comes first.
    return np.concatenate([result[:padding], line, line[len(line) - 1 - padding : -1]])
        The start is right, and the end is not turned round: there, too, the nearest pixel comes first.
    return np.concatenate([result[:padding], line, np.resize(line, padding)])
        The start is right, and beyond the end the line begins again: it has to be mirrored there, too.
    return np.concatenate([result[:padding], line, line[::-1][:padding]])
    return np.concatenate([line[:padding][::-1], line, result[len(result) - padding :]])
        At one end your outermost pixel comes twice: there, too, the mirror stands on it.
    mode="reflect" -> mode="reflect", reflect_type="odd"
        You mirrored the brightness as well: a mirror shows the pixels as they are.
    reflect -> constant
        Beyond the ends you put zeros: put the mirrored pixels there.
    reflect -> edge
        You repeated the outermost pixel. That is called replicate; a mirror shows its neighbours.
    reflect -> wrap
        Beyond each end you put what stands at the other end. That is called circular: mirror this end.
    line, padding -> line, (padding, 0)
        The start is right, and the end is missing: pad on each side.
    line, padding -> line, (0, padding)
        The end is right, and the start is missing: pad on each side.
    return np.concatenate([line[::-1][len(line) - 1 - padding : -1], line, line[1 : padding + 1][::-1]])
        The right end shows the pixels of the left one: it has to mirror its own neighbours.
    return np.concatenate([line[-1 - padding : -1][::-1], line, line[1 : padding + 1][::-1]])
        The two ends are swapped: before the line stands the mirror image of its beginning.
    return np.concatenate([line[:padding], line, line[len(line) - padding :]])
        You repeated the first and the last pixels as they stand: turn them round, without the outermost.
    where padding == 0
        Every case that fails has padding 0. The index -0 is 0, so a slice that ends at -padding is empty.
    where 0 < padding == len(line) - 1
        Every case that fails needs the whole line in the mirror: a slice that ends at -1 cannot reach 0.
    where padding > 1
        Every case that fails has a padding above 1: the pixels go on in the mirror, one after another.
    """,
)
def pad_reflect(line, padding):
    """Return a line with so many pixels more on each side, as in a mirror on the outermost pixel."""
    return np.pad(line, padding, mode="reflect")
