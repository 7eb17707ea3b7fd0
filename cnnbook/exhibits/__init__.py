"""The museum: layers with an error in them, in our own words, and five kinds of test that may find it.

The chapter on the sources shows them. The slips of :mod:`cnnbook.slips` are exhibits, too.
"""

from cnnbook.exhibits.catching import ONE, SWEEP, TESTS, arrays_of, caught_by
from cnnbook.exhibits.layers import EXHIBITS, Exhibit

__all__ = ["EXHIBITS", "ONE", "SWEEP", "TESTS", "Exhibit", "arrays_of", "caught_by"]
