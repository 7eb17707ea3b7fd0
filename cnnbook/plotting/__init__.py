"""Figures that would clutter a chapter. They need matplotlib; the numerics do not.

Every figure lies on white paper, in the roles' colours for a light background. Sizes are in
pixels of the stored picture: 640 of them fill the column of a page, and a narrow phone shows
them at half that size.
"""

from cnnbook.plotting.columns import (
    column_layouts,
    columns_of_numbers,
    in_memory,
    memory_factors,
    timings,
    two_matrices,
)
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

__all__ = [
    "column_layouts",
    "columns_of_numbers",
    "descent",
    "draw_numbers",
    "draw_picture",
    "draw_signed",
    "in_memory",
    "matrix_map",
    "memory_factors",
    "number_grids",
    "panels",
    "patch_in_picture",
    "pictures",
    "signed_colours",
    "signed_map",
    "timings",
    "two_matrices",
    "windows_that_fit",
]
