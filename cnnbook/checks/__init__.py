"""Exercise checkers: the book's exercises, checked at once.

Write a function, then hand it to the checker of the same name, ``checks.correlate(correlate)``.
The checker sweeps inputs that break typical mistakes, and compares with the right function. It
says how many cases passed, or that the exercise is not attempted yet; or it raises
:class:`CheckFailed`, which shows the smallest case that fails, with a hint at the likely cause.
"""

from cnnbook.checks.batches import unfold
from cnnbook.checks.borders import pad_reflect
from cnnbook.checks.columns import take_windows
from cnnbook.checks.counting import count_parameters
from cnnbook.checks.coverage import coverage
from cnnbook.checks.dense import dense_matrix
from cnnbook.checks.descent import nudge, slope
from cnnbook.checks.filters import filter_bank
from cnnbook.checks.flipping import convolve
from cnnbook.checks.grouping import grouped
from cnnbook.checks.layouts import to_nchw
from cnnbook.checks.loss import mean_squared_error
from cnnbook.checks.mixing import mix_channels
from cnnbook.checks.pictures import separable, to_unit_range
from cnnbook.checks.products import to_output
from cnnbook.checks.receptive import seen_by
from cnnbook.checks.report import CheckFailed, Verdict
from cnnbook.checks.scatter import add_back
from cnnbook.checks.shifts import blur_then_sample
from cnnbook.checks.sizes import windows_and_rest
from cnnbook.checks.sliding import correlate
from cnnbook.checks.window import output_shape, weighted_sum

__all__ = [
    "CheckFailed",
    "Verdict",
    "add_back",
    "blur_then_sample",
    "convolve",
    "correlate",
    "count_parameters",
    "coverage",
    "dense_matrix",
    "filter_bank",
    "grouped",
    "mean_squared_error",
    "mix_channels",
    "nudge",
    "output_shape",
    "pad_reflect",
    "seen_by",
    "separable",
    "slope",
    "take_windows",
    "to_nchw",
    "to_output",
    "to_unit_range",
    "unfold",
    "weighted_sum",
    "windows_and_rest",
]
