"""Figures that would clutter a chapter. They need matplotlib; the numerics do not.

Every figure lies on white paper, in the roles' colours for a light background. Sizes are in
pixels of the stored picture: 640 of them fill the column of a page, and a narrow phone shows
them at half that size.
"""

from cnnbook.plotting.borders import border_frames, border_lines
from cnnbook.plotting.channels import channel_links, costs, memory_tapes
from cnnbook.plotting.columns import (
    column_layouts,
    columns_of_numbers,
    in_memory,
    memory_factors,
    timings,
    two_matrices,
)
from cnnbook.plotting.curves import shift_errors
from cnnbook.plotting.draw import draw_numbers, draw_picture, draw_signed, signed_colours
from cnnbook.plotting.figures import (
    number_grids,
    patch_in_picture,
    pictures,
    signed_map,
    windows_that_fit,
)
from cnnbook.plotting.lessons import descent, matrix_map
from cnnbook.plotting.paper import panels
from cnnbook.plotting.sliding import seen_through, windows_on_a_line

__all__ = [
    "border_frames",
    "border_lines",
    "channel_links",
    "column_layouts",
    "columns_of_numbers",
    "costs",
    "descent",
    "draw_numbers",
    "draw_picture",
    "draw_signed",
    "in_memory",
    "matrix_map",
    "memory_factors",
    "memory_tapes",
    "number_grids",
    "panels",
    "patch_in_picture",
    "pictures",
    "seen_through",
    "shift_errors",
    "signed_colours",
    "signed_map",
    "timings",
    "two_matrices",
    "windows_on_a_line",
    "windows_that_fit",
]
